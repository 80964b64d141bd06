//! From token streams to sparse rows.

mod sparse;

pub use sparse::{SparseMatrix, SparseRow};
