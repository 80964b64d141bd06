//! From bytes to documents.

mod document;
mod furniture;
mod markdown;
mod plain;
mod read;
mod references;
mod source;

pub use document::{Block, BlockKind, Document, DocumentId, Excluded, ExcludedKind};
pub use read::MAX_DOCUMENT_BYTES;
pub use source::documents_in;
