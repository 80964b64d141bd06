//! How much of a text is neutral, academic or polemical.

mod error;
pub mod features;
pub mod ingest;
pub mod linear;
pub mod stance;
pub mod text;

pub use error::{Error, ErrorKind, Result};
