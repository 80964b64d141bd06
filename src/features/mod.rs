//! From token streams to sparse rows.

mod analyzer;
mod sparse;

pub use analyzer::{Analyzer, Occurrence, TextSettings, Word};
pub use sparse::{SparseMatrix, SparseRow};
