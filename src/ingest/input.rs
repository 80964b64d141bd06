//! One document to be read: a file, a member of an archive, a row of a table.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::document::{Document, DocumentId};
use super::draft::Draft;
use super::html::{self, Endless};
use super::kind::{FileKind, kind_of};
use super::plain;
use super::read::{ReadParams, hex, unsupported};
use super::records::Record;
use crate::{Error, Result};

/// A document that has been found and not yet been read.
#[derive(Debug)]
pub struct Input {
    /// The file, or the member of an archive.
    path: PathBuf,
    content: Content,
}

#[derive(Debug)]
enum Content {
    File,
    Bytes(Vec<u8>),
    Row { number: u64, record: Record },
}

impl Input {
    pub(super) fn file(path: PathBuf) -> Self {
        let content = Content::File;
        Self { path, content }
    }

    pub(super) fn bytes(path: PathBuf, bytes: Vec<u8>) -> Self {
        let content = Content::Bytes(bytes);
        Self { path, content }
    }

    pub(super) fn row(path: PathBuf, number: u64, record: Record) -> Self {
        let content = Content::Row { number, record };
        Self { path, content }
    }

    /// The file that it is read from; for a member of an archive, `ARCHIVE/MEMBER`.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the document will be called: its path, or `TABLE#ID` for a row.
    #[must_use]
    pub fn id(&self, params: &ReadParams) -> DocumentId {
        let Content::Row { number, record } = &self.content else {
            return DocumentId::from(self.path.as_path());
        };
        let column = id_column(params);
        let given = record.iter().find(|(name, _)| name == column);
        let given = given.map(|(_, id)| id.trim()).filter(|id| !id.is_empty());
        let id = given.map_or_else(|| number.to_string(), str::to_owned);
        DocumentId::from(format!("{}#{id}", self.path.display()).as_str())
    }

    /// Bytes that it holds in memory.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        match &self.content {
            Content::File => 0,
            Content::Bytes(bytes) => bytes.len(),
            Content::Row { record, .. } => record.iter().map(|(k, v)| k.len() + v.len()).sum(),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// As [`Document::read`]; [`crate::ErrorKind::BadRecord`] for a row without a text.
    pub fn read(self, params: &ReadParams) -> Result<Document> {
        let id = self.id(params);
        match self.content {
            Content::File => params.read(&self.path),
            Content::Bytes(bytes) => params.from_bytes(&self.path, &bytes),
            Content::Row { number, record } => of_row(&self.path, id, number, record, params),
        }
    }
}

fn id_column(params: &ReadParams) -> &str {
    params.columns.id.as_deref().unwrap_or("id")
}

/// A row as a document. A column `title` holds its title; all others but the text and the id are
/// metadata.
fn of_row(
    path: &Path,
    id: DocumentId,
    number: u64,
    record: Record,
    params: &ReadParams,
) -> Result<Document> {
    let mut text = String::new();
    let mut about = Draft::default();
    for (name, value) in record {
        if name == params.columns.text {
            text = value;
        } else if name == "title" || name == "headline" {
            about.titled(&value);
        } else if name != id_column(params) {
            about.field(&name, &value);
        }
    }
    if text.trim().is_empty() {
        let found = format!("no text in the column {:?}", params.columns.text);
        return Err(Error::bad_record(path, number, found, "text"));
    }
    let sha256 = hex(&Sha256::digest(text.as_bytes()));
    let draft = draft_of(text);
    let mut draft = draft.map_err(|Endless| unsupported(Path::new(id.as_str()), Endless::FOUND))?;
    draft.title = about.title.or(draft.title);
    draft.lead_with_title();
    draft.metadata.extend(about.metadata);
    let mut document = params.finish(Path::new(id.as_str()), draft, sha256)?;
    path.clone_into(&mut document.path);
    Ok(document)
}

/// The text of a row: a page if it begins as one does, else plain.
fn draft_of(text: String) -> std::result::Result<Draft, Endless> {
    let head = &text.as_bytes()[..text.len().min(4096)];
    match kind_of(Path::new(""), head) {
        Ok(FileKind::Html) => html::draft(&text),
        _ => {
            let parts = plain::parts(&text);
            Ok(Draft::of_text(text, parts))
        }
    }
}
