//! How much of a text is neutral, academic or polemical.

pub mod artifact;
pub mod classifier;
mod error;
pub mod evaluate;
pub mod features;
pub mod ingest;
pub mod labelled;
pub mod linear;
pub mod profile;
pub mod report;
pub mod stance;
pub mod text;
pub mod train;

pub use error::{Error, ErrorKind, Result};
