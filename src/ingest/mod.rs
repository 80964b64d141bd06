//! From bytes to documents.

mod rows;

pub use rows::{TableKind, TextColumns, TextRow, TextRows};
