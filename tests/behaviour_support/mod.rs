//! How what a model makes of the cases is published.

pub mod published;
pub mod render;
pub mod targets;
