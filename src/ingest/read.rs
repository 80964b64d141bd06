//! Files and bytes to documents, and what is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::document::{Block, BlockKind, Document, DocumentId, Part};
use super::{furniture, markdown, plain};
use crate::{Error, ErrorKind, Result};

/// Largest document that is read: 64 MiB.
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

impl Document {
    /// Reads the file at `path`.
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
        let failed = |doing| move |source| Error::io(path, doing, source);
        let file = File::open(path).map_err(failed("open"))?;
        let bytes = file.metadata().map_err(failed("read"))?.len();
        check_size(path, bytes)?;
        Self::from_reader(path, file)
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
        let mut bytes = Vec::new();
        let mut limited = reader.take(MAX_DOCUMENT_BYTES + 1);
        limited
            .read_to_end(&mut bytes)
            .map_err(|source| Error::io(path, "read", source))?;
        Self::from_bytes(path, &bytes)
    }

    /// A document from bytes. Names ending in `.md` or `.markdown` are read as Markdown, all others
    /// as plain text.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`], [`ErrorKind::UnsupportedFile`] (PDF, Word, HTML, UTF-16 …),
    /// [`ErrorKind::BinaryDocument`] (a control byte), [`ErrorKind::InvalidUtf8`], or
    /// [`ErrorKind::EmptyDocument`] if there is no letter in it. The first that applies is returned.
    ///
    /// ```
    /// use std::path::Path;
    /// use polemic::ingest::Document;
    ///
    /// let error = Document::from_bytes(Path::new("a.txt"), b"%PDF-1.7").unwrap_err();
    /// assert_eq!(error.to_string(), "a.txt: a PDF file; expected plain text or Markdown in UTF-8");
    /// ```
    pub fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self> {
        check_size(path, bytes.len() as u64)?;
        check_kind(path, bytes)?;
        let text = decode(
            path,
            bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
            bytes,
        )?;
        if !text.contains(char::is_alphabetic) {
            return Err(ErrorKind::EmptyDocument {
                path: path.to_owned(),
            }
            .into());
        }
        let (given_title, parts) = if is_markdown(path) {
            markdown::parts(text)
        } else {
            (None, plain::parts(text))
        };
        let parts = furniture::set_apart(text, parts);
        Ok(Self::assemble(
            path,
            text,
            given_title,
            parts,
            hex(&Sha256::digest(bytes)),
        ))
    }

    fn assemble(
        path: &Path,
        text: &str,
        given_title: Option<String>,
        parts: Vec<Part>,
        sha256: String,
    ) -> Self {
        let (mut blocks, mut excluded) = (Vec::<Block>::new(), Vec::new());
        for part in parts {
            match part {
                Part::Block(block) => blocks.push(block),
                Part::Excluded(part) => excluded.push(part),
            }
        }
        let shown = blocks.iter().find(|block| block.kind == BlockKind::Title);
        let title = given_title.or_else(|| shown.map(|block| on_one_line(block.prose_in(text))));
        Self {
            id: DocumentId::from(path),
            path: path.to_owned(),
            title,
            metadata: BTreeMap::new(),
            text: text.to_owned(),
            blocks,
            excluded,
            sha256,
        }
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_size(path: &Path, bytes: u64) -> Result<()> {
    if bytes > MAX_DOCUMENT_BYTES {
        let (path, limit) = (path.to_owned(), MAX_DOCUMENT_BYTES);
        return Err(ErrorKind::TooLarge { path, bytes, limit }.into());
    }
    Ok(())
}

fn check_kind(path: &Path, bytes: &[u8]) -> Result<()> {
    let Some(found) = foreign_kind(bytes) else {
        return Ok(());
    };
    Err(ErrorKind::UnsupportedFile {
        path: path.to_owned(),
        found: found.to_owned(),
        expected: "plain text or Markdown in UTF-8".to_owned(),
    }
    .into())
}

/// What the first bytes say the file is, if that is nothing we read.
fn foreign_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Some("UTF-32 text"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Some("UTF-16 text"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Some("an old Microsoft Office file"),
        [b'P', b'K', 3, 4, ..] => return Some(archive_kind(bytes)),
        [0x1F, 0x8B, ..] => return Some("a gzip file"),
        _ => {}
    }
    let start = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = |mark: &[u8]| {
        start
            .get(..mark.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(mark))
    };
    let kinds: [(&[u8], &str); 4] = [
        (b"%PDF-", "a PDF file"),
        (b"{\\rtf", "an RTF file"),
        (b"<!doctype html", "an HTML file"),
        (b"<html", "an HTML file"),
    ];
    kinds
        .iter()
        .find(|(mark, _)| begins(mark))
        .map(|&(_, kind)| kind)
}

fn archive_kind(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(4096)];
    let names = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if names(b"word/") || names(b"[Content_Types].xml") {
        "a DOCX file"
    } else if names(b"opendocument") {
        "an OpenDocument file"
    } else if names(b"epub") {
        "an EPUB file"
    } else {
        "a ZIP archive"
    }
}

/// The text of `body`, which is the end of `bytes`; offsets in errors count from the file's start.
fn decode<'b>(path: &Path, body: &'b [u8], bytes: &[u8]) -> Result<&'b str> {
    let skipped = bytes.len() - body.len();
    let control = |b: &u8| matches!(b, 0..=8 | 11 | 14..=31 | 127);
    if let Some(at) = body.iter().position(control) {
        let (path, byte) = (path.to_owned(), body[at]);
        return Err(ErrorKind::BinaryDocument {
            path,
            offset: skipped + at,
            byte,
        }
        .into());
    }
    std::str::from_utf8(body).map_err(|error| {
        let at = error.valid_up_to();
        let byte = body.get(at).copied().unwrap_or(0);
        ErrorKind::InvalidUtf8 {
            path: path.to_owned(),
            offset: skipped + at,
            byte,
        }
        .into()
    })
}

fn is_markdown(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("");
    ["md", "markdown"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn hex(bytes: &[u8]) -> String {
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
