//! From bytes to documents, and from tables to rows.

mod document;
mod furniture;
mod markdown;
mod plain;
mod read;
mod references;
mod rows;
mod source;

pub use document::{Block, BlockKind, Document, DocumentId, Excluded, ExcludedKind};
pub use read::MAX_DOCUMENT_BYTES;
pub use rows::{TableKind, TextColumns, TextRow, TextRows};
pub use source::documents_in;
