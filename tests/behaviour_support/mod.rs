//! Cases from templates, what the model makes of them, and how that is published.

pub mod measure;
pub mod published;
pub mod render;
pub mod suite;
pub mod targets;
