//! Files and bytes to documents, and what is refused.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::clean::cleaned;
use super::decode::{Decoded, decode};
use super::document::{Block, BlockKind, Document, DocumentId, Part};
use super::draft::{Draft, on_one_line};
use super::excluded::ExcludedKind;
use super::html::{self, Endless};
use super::kind::{FileKind, HEAD_BYTES, kind_of};
use super::rows::TextColumns;
use super::{furniture, gzip, mail, markdown, package, pdf, plain, rtf};
use crate::text::language_of;
use crate::{Error, ErrorKind, Result};

/// Largest document that is read, packed or unpacked: 64 MiB.
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// How documents are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadParams {
    /// Parts that are scored although they are no prose of the document. Default none.
    pub include: BTreeSet<ExcludedKind>,
    /// Which columns of a table hold what.
    pub columns: TextColumns,
    /// Take documents in other languages than English too. Default false.
    pub any_language: bool,
}

impl ReadParams {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn read(&self, path: &Path) -> Result<Document> {
        let failed = |doing| move |source| Error::io(path, doing, source);
        let file = File::open(path).map_err(failed("open"))?;
        let bytes = file.metadata().map_err(failed("read"))?.len();
        check_size(path, bytes)?;
        self.from_reader(path, file)
    }

    /// Reads a document from `reader` to its end; `path` names it (`-` for standard input).
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn from_reader(&self, path: &Path, reader: impl io::Read) -> Result<Document> {
        self.from_bytes(path, &read_bounded(path, reader)?)
    }

    /// A document from bytes.
    ///
    /// # Errors
    /// As [`Document::from_bytes`].
    pub fn from_bytes(&self, path: &Path, bytes: &[u8]) -> Result<Document> {
        check_size(path, bytes.len() as u64)?;
        let draft = self.draft(path, bytes)?;
        self.finish(path, draft, hex(&Sha256::digest(bytes)))
    }

    fn draft(&self, path: &Path, bytes: &[u8]) -> Result<Draft> {
        let head = &bytes[..bytes.len().min(HEAD_BYTES)];
        let kind = kind_of(path, head).map_err(|found| unsupported(path, found))?;
        match kind {
            FileKind::Text => text_draft(path, bytes, |text| Ok(plain_draft(text))),
            FileKind::Markdown => text_draft(path, bytes, |text| Ok(markdown::draft(text))),
            FileKind::Html => text_draft(path, bytes, |text| {
                html::draft(&text).map_err(|Endless| unsupported(path, Endless::FOUND))
            }),
            FileKind::Rtf => rtf::draft(path, bytes),
            FileKind::Mail => mail::draft(path, bytes),
            FileKind::Pdf => pdf::draft(path, bytes),
            FileKind::Zip => package::draft(path, bytes),
            FileKind::Gzip => {
                let (inner, unpacked) = gzip::unpacked(path, bytes)?;
                match kind_of(&inner, &unpacked[..unpacked.len().min(HEAD_BYTES)]) {
                    Ok(FileKind::Gzip) => Err(unsupported(path, "a gzip file in a gzip file")),
                    _ => self.draft(&inner, &unpacked),
                }
            }
            FileKind::Table(_) => Err(unsupported(path, "a table")),
        }
    }

    /// Sets furniture apart, cleans the prose and checks the language.
    pub(super) fn finish(&self, path: &Path, draft: Draft, sha256: String) -> Result<Document> {
        if !draft.text.contains(char::is_alphabetic) {
            return Err(ErrorKind::EmptyDocument {
                path: path.to_owned(),
            }
            .into());
        }
        let parts = furniture::set_apart(&draft.text, draft.parts);
        let mut document = Document {
            id: DocumentId::from(path),
            path: path.to_owned(),
            title: draft.title,
            metadata: draft.metadata,
            text: draft.text,
            blocks: Vec::new(),
            excluded: Vec::new(),
            sha256,
        };
        for part in parts {
            self.sort_in(&mut document, part);
        }
        clean(&mut document);
        let shown = document.blocks.iter().find(|b| b.kind == BlockKind::Title);
        let shown = shown.map(|block| on_one_line(document.prose(block)));
        document.title = document.title.or(shown);
        self.check_language(&document)?;
        Ok(document)
    }

    fn sort_in(&self, document: &mut Document, part: Part) {
        match part {
            Part::Block(block) => document.blocks.push(block),
            Part::Excluded(part, blocks) if self.include.contains(&part.kind) => {
                let whole = Block::plain(BlockKind::Paragraph, part.span);
                let blocks = if blocks.is_empty() {
                    vec![whole]
                } else {
                    blocks
                };
                document.blocks.extend(blocks);
            }
            Part::Excluded(part, _) => document.excluded.push(part),
        }
    }

    fn check_language(&self, document: &Document) -> Result<()> {
        let found = language_of(&document.sample()).filter(|found| found.code() != "eng");
        match found {
            Some(found) if !self.any_language => Err(ErrorKind::OtherLanguage {
                path: document.path.clone(),
                name: found.name(),
                code: found.code(),
            }
            .into()),
            _ => Ok(()),
        }
    }
}

/// Cleans the prose of all blocks; what was repaired is kept as metadata.
fn clean(document: &mut Document) {
    let mut repairs = 0;
    let mut clean = |block| {
        let (block, repaired) = cleaned(&document.text, block);
        repairs += repaired;
        block
    };
    let blocks = std::mem::take(&mut document.blocks);
    document.blocks = blocks.into_iter().map(&mut clean).collect();
    if repairs > 0 {
        let what = if repairs == 1 {
            "character"
        } else {
            "characters"
        };
        let repaired = format!("{repairs} garbled {what}");
        document.metadata.insert("repaired".to_owned(), repaired);
    }
}

impl Document {
    /// Reads the file at `path`, with the default [`ReadParams`].
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be read, [`ErrorKind::TooLarge`] if it is larger than
    /// [`MAX_DOCUMENT_BYTES`] (found before it is read), and as [`Document::from_bytes`].
    ///
    /// ```
    /// use std::path::Path;
    /// use polemic::ingest::Document;
    ///
    /// let error = Document::read(Path::new("no/such.txt")).unwrap_err();
    /// assert!(error.to_string().starts_with("cannot open no/such.txt"));
    /// ```
    pub fn read(path: &Path) -> Result<Self> {
        ReadParams::default().read(path)
    }

    /// Reads a document from `reader` to its end; `path` names it (`-` for standard input).
    ///
    /// # Errors
    /// As [`Document::read`].
    ///
    /// ```
    /// use std::path::Path;
    /// use polemic::ingest::Document;
    ///
    /// let document = Document::from_reader(Path::new("-"), &b"It rained."[..])?;
    /// assert_eq!(document.id.as_str(), "-");
    /// # Ok::<(), polemic::Error>(())
    /// ```
    pub fn from_reader(path: &Path, reader: impl io::Read) -> Result<Self> {
        ReadParams::default().from_reader(path, reader)
    }

    /// A document from bytes: plain text, HTML, PDF, DOCX, ODT, EPUB, RTF, a message, or one of these in
    /// a gzip file. The bytes decide; only names ending in `.md` or `.markdown` make a text Markdown.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`], [`ErrorKind::UnsupportedFile`] (a file of another kind, or one that is
    /// broken or needs a password), [`ErrorKind::BinaryDocument`], [`ErrorKind::UnknownEncoding`],
    /// [`ErrorKind::EmptyDocument`] if there is no letter in it, or [`ErrorKind::OtherLanguage`]. The
    /// first that applies is returned.
    ///
    /// ```
    /// use std::path::Path;
    /// use polemic::ingest::Document;
    ///
    /// let page = b"<html><body><h1>A plea</h1><p>We must act.</p></body></html>";
    /// let document = Document::from_bytes(Path::new("plea.html"), page)?;
    /// assert_eq!(document.text, "A plea\n\nWe must act.");
    /// let error = Document::from_bytes(Path::new("a.txt"), b"\x89PNG\r\n").unwrap_err();
    /// assert_eq!(error.to_string(), "a.txt: a PNG picture; expected a document");
    /// # Ok::<(), polemic::Error>(())
    /// ```
    pub fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self> {
        ReadParams::default().from_bytes(path, bytes)
    }

    /// The ISO 639-3 code of the language that the prose seems to be in; `None` if it is too short to
    /// tell.
    #[must_use]
    pub fn language(&self) -> Option<&'static str> {
        language_of(&self.sample()).map(|found| found.code())
    }

    /// The first prose, enough to tell the language by.
    fn sample(&self) -> String {
        let mut sample = String::new();
        for block in &self.blocks {
            sample.push_str(self.prose(block));
            sample.push('\n');
            if sample.len() > 16 << 10 {
                break;
            }
        }
        sample
    }
}

/// A draft of a text in any encoding.
fn text_draft(path: &Path, bytes: &[u8], read: impl Fn(String) -> Result<Draft>) -> Result<Draft> {
    let Decoded {
        text,
        encoding,
        damaged,
    } = decode(path, bytes)?;
    let mut draft = read(text)?;
    if encoding != "UTF-8" {
        draft.field("encoding", encoding);
    }
    if damaged > 0 {
        draft.field("damaged", &format!("{damaged} places that are not UTF-8"));
    }
    Ok(draft)
}

fn plain_draft(text: String) -> Draft {
    let parts = plain::parts(&text);
    Draft::of_text(text, parts)
}

/// Reads to the end, but not more than [`MAX_DOCUMENT_BYTES`] and one.
pub(super) fn read_bounded(path: &Path, reader: impl io::Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut limited = reader.take(MAX_DOCUMENT_BYTES + 1);
    limited
        .read_to_end(&mut bytes)
        .map_err(|source| Error::io(path, "read", source))?;
    check_size(path, bytes.len() as u64)?;
    Ok(bytes)
}

fn check_size(path: &Path, bytes: u64) -> Result<()> {
    if bytes > MAX_DOCUMENT_BYTES {
        let (path, limit) = (path.to_owned(), MAX_DOCUMENT_BYTES);
        return Err(ErrorKind::TooLarge { path, bytes, limit }.into());
    }
    Ok(())
}

/// A file that is nothing we read, or broken.
pub(super) fn unsupported(path: &Path, found: impl Into<String>) -> Error {
    ErrorKind::UnsupportedFile {
        path: path.to_owned(),
        found: found.into(),
        expected: "a document".to_owned(),
    }
    .into()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests;
