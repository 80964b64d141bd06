//! Documents that are ZIP files: DOCX, ODT, EPUB.
//!
//! Only the members that hold text are unpacked, each within bounds, into memory.

use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::draft::Draft;
use super::read::{MAX_DOCUMENT_BYTES, unsupported};
use super::{docx, epub, odt};
use crate::{ErrorKind, Result};

/// A kind of ZIP file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageKind {
    Docx,
    Odt,
    Epub,
    /// An archive of files.
    Archive,
}

/// What a ZIP file is by the names in it, or what it is if it is nothing that can be read.
pub(super) fn kind_of<R: Read + std::io::Seek>(
    zip: &mut ZipArchive<R>,
) -> Result<PackageKind, &'static str> {
    let has = |zip: &ZipArchive<R>, name: &str| zip.index_for_name(name).is_some();
    if has(zip, "word/document.xml") {
        return Ok(PackageKind::Docx);
    }
    if has(zip, "xl/workbook.xml") {
        return Err("an Excel workbook");
    }
    if has(zip, "ppt/presentation.xml") {
        return Err("a PowerPoint file");
    }
    if has(zip, "META-INF/container.xml") && !has(zip, "content.xml") {
        return Ok(PackageKind::Epub);
    }
    let mut kind = String::new();
    if let Ok(member) = zip.by_name("mimetype") {
        // What cannot be read is no kind.
        let _ = member.take(200).read_to_string(&mut kind);
    }
    match kind.trim() {
        kind if kind.starts_with("application/vnd.oasis.opendocument.text") => Ok(PackageKind::Odt),
        kind if kind.starts_with("application/vnd.oasis.opendocument") => {
            Err("an OpenDocument file without running text")
        }
        _ if has(zip, "content.xml") && has(zip, "META-INF/manifest.xml") => Ok(PackageKind::Odt),
        _ => Ok(PackageKind::Archive),
    }
}

/// A ZIP file in memory whose members are taken out by name.
pub(super) struct Package<'b> {
    path: &'b Path,
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    budget: u64,
}

impl Package<'_> {
    /// The text of a member as it stands; `None` if there is none of that name.
    pub(super) fn member(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let member = match self.zip.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(unsupported(self.path, broken(name, &error))),
        };
        let said = usize::try_from(member.size().min(self.budget)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(said + 1);
        let read = member.take(self.budget + 1).read_to_end(&mut bytes);
        read.map_err(|e| unsupported(self.path, broken(name, &ZipError::Io(e))))?;
        let length = bytes.len() as u64;
        if length > self.budget {
            let (path, limit) = (self.path.to_owned(), MAX_DOCUMENT_BYTES);
            let bytes = limit - self.budget + length;
            return Err(ErrorKind::TooLarge { path, bytes, limit }.into());
        }
        self.budget -= length;
        Ok(Some(bytes))
    }

    /// The text of a member that the format demands.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>> {
        let member = self.member(name)?;
        member.ok_or_else(|| unsupported(self.path, format!("a ZIP file without {name}")))
    }
}

/// What is wrong with a member.
pub(super) fn broken(name: &str, error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            format!("{name} needs a password")
        }
        error => format!("a broken ZIP file ({name}: {error})"),
    }
}

/// Opens a ZIP file that is in memory.
pub(super) fn open<'b>(path: &Path, bytes: &'b [u8]) -> Result<ZipArchive<Cursor<&'b [u8]>>> {
    ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| unsupported(path, format!("a broken ZIP file ({error})")))
}

/// Reads a document that is a ZIP file.
pub(super) fn draft(path: &Path, bytes: &[u8]) -> Result<Draft> {
    let mut zip = open(path, bytes)?;
    let kind = kind_of(&mut zip).map_err(|found| unsupported(path, found))?;
    let mut package = Package {
        path,
        zip,
        budget: MAX_DOCUMENT_BYTES,
    };
    match kind {
        PackageKind::Docx => docx::draft(path, &mut package),
        PackageKind::Odt => odt::draft(path, &mut package),
        PackageKind::Epub => epub::draft(path, &mut package),
        PackageKind::Archive => Err(unsupported(path, "an archive")),
    }
}
