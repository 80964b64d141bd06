//! PDF files: glyphs to lines, lines to columns, columns to paragraphs.

mod bomb;
mod glyphs;
mod lines;
mod page;
mod paragraphs;
mod running;

use std::path::Path;

use hayro_syntax::object::DateTime;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::glyphs::{PageReader, TooMuch};
use self::page::{Line, lines_of};
use super::draft::Draft;
use super::guard::guarded;
use super::read::unsupported;
use crate::Result;

/// Pages of a document that are read.
const MOST_PAGES: usize = 5_000;

/// Reads a PDF file.
pub(super) fn draft(path: &Path, bytes: &[u8]) -> Result<Draft> {
    if let Some(found) = bomb::found(bytes) {
        return Err(unsupported(path, found));
    }
    guarded(|| read(path, bytes)).unwrap_or_else(|()| {
        Err(unsupported(
            path,
            "a PDF file that is broken in a way unknown so far",
        ))
    })
}

fn read(path: &Path, bytes: &[u8]) -> Result<Draft> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| unsupported(path, why(bytes, error)))?;
    let count = pdf.pages().len();
    if count > MOST_PAGES {
        let found = format!("a PDF file of {count} pages, more than {MOST_PAGES}");
        return Err(unsupported(path, found));
    }
    let mut reader = PageReader::default();
    let mut pages: Vec<Vec<Line>> = Vec::with_capacity(count);
    let mut gutters = Vec::new();
    for page in pdf.pages().iter() {
        let glyphs = reader.read(page);
        let glyphs =
            glyphs.map_err(|TooMuch| unsupported(path, "a PDF file that draws without end"))?;
        pages.push(lines_of(lines::segments(glyphs), &mut gutters));
    }
    if pages.iter().all(Vec::is_empty) {
        let found = format!("a PDF file without text on its {count} pages (a scan?)");
        return Err(unsupported(path, found));
    }
    let heads = running::heads(&pages);
    let mut draft = Draft::default();
    paragraphs::put(&pages, &heads, &mut draft);
    describe(&pdf, &mut draft);
    Ok(draft)
}

/// Why a file cannot be read.
fn why(bytes: &[u8], error: LoadPdfError) -> &'static str {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "a PDF file that needs a password"
        }
        LoadPdfError::Decryption(_) => "a PDF file with an encryption that is not known",
        LoadPdfError::Invalid if !tail.windows(5).any(|end| end == b"%%EOF") => {
            "a PDF file that is cut short"
        }
        LoadPdfError::Invalid => "a broken PDF file",
    }
}

fn describe(pdf: &Pdf, draft: &mut Draft) {
    let metadata = pdf.metadata();
    if let Some(title) = metadata.title.as_deref().map(pdf_text) {
        // What a word processor puts there when nobody has given a title.
        let file_name = [".doc", ".docx", ".indd", ".qxd", ".tex", ".dvi"]
            .iter()
            .any(|e| title.ends_with(e));
        if !file_name && !title.starts_with("Microsoft Word -") && title != "untitled" {
            draft.titled(&title);
        }
    }
    draft.field(
        "author",
        &metadata.author.as_deref().map(pdf_text).unwrap_or_default(),
    );
    draft.field(
        "keywords",
        &metadata
            .keywords
            .as_deref()
            .map(pdf_text)
            .unwrap_or_default(),
    );
    draft.field(
        "date",
        &metadata.creation_date.map(iso_date).unwrap_or_default(),
    );
}

/// A text string: UTF-16 or UTF-8 with a mark, else nearly Latin-1.
fn pdf_text(bytes: &[u8]) -> String {
    let encoding =
        encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::WINDOWS_1252, |(e, _)| e);
    encoding.decode(bytes).0.into_owned()
}

fn iso_date(date: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year, date.month, date.day, date.hour, date.minute, date.second
    )
}

#[cfg(test)]
mod tests;
