//! The files in a ZIP archive, unpacked one by one into memory, within bounds.
//!
//! Nothing is ever written, so a name in an archive can lead nowhere; one that tries is refused all the
//! same, because results are named after it.

use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::kind::by_ending;
use super::package::broken;
use super::read::{MAX_DOCUMENT_BYTES, unsupported};
use crate::{ErrorKind, Result};

/// Most bytes that an archive may unpack to: 4 GiB.
const MOST_BYTES: u64 = 4 << 30;
/// Most members of an archive.
const MOST_MEMBERS: usize = 200_000;

/// Iterator over the documents and tables in an archive, by the order in it: name and bytes.
pub(super) struct Members<R> {
    path: PathBuf,
    zip: ZipArchive<R>,
    next: usize,
    found: usize,
    budget: u64,
}

impl<R: Read + Seek> Members<R> {
    pub(super) fn new(path: PathBuf, zip: ZipArchive<R>) -> Self {
        Self {
            path,
            zip,
            next: 0,
            found: 0,
            budget: MOST_BYTES,
        }
    }

    fn member(&mut self, index: usize) -> Option<Result<(PathBuf, Vec<u8>)>> {
        let (path, budget) = (&self.path, self.budget);
        let member = match self.zip.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                let name = format!("member {}", index + 1);
                return Some(Err(unsupported(path, broken(&name, &error))));
            }
        };
        let said = member
            .name()
            .map(|name| name.into_owned())
            .unwrap_or_default();
        if member.is_dir() || is_hidden(&said) {
            return None;
        }
        let Some(inside) = member.enclosed_name() else {
            let found = format!("a member {said:?} that leads out of the archive");
            return Some(Err(unsupported(path, found)));
        };
        by_ending(&inside)?;
        let name = path.join(inside);
        let mut bytes = Vec::new();
        let limit = MAX_DOCUMENT_BYTES.min(budget);
        let read = member.take(limit + 1).read_to_end(&mut bytes);
        self.budget = self.budget.saturating_sub(bytes.len() as u64);
        if let Err(error) = read {
            return Some(Err(unsupported(
                &name,
                format!("a broken member of a ZIP file ({error})"),
            )));
        }
        let length = bytes.len() as u64;
        if length > MAX_DOCUMENT_BYTES {
            let (path, bytes, limit) = (name, length, MAX_DOCUMENT_BYTES);
            return Some(Err(ErrorKind::TooLarge { path, bytes, limit }.into()));
        }
        Some(Ok((name, bytes)))
    }
}

impl<R: Read + Seek> Iterator for Members<R> {
    type Item = Result<(PathBuf, Vec<u8>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.zip.len() > MOST_MEMBERS && self.next == 0 {
            self.next = self.zip.len();
            self.found = 1;
            let found = format!(
                "an archive of {} files, more than {MOST_MEMBERS}",
                self.zip.len()
            );
            return Some(Err(unsupported(&self.path, found)));
        }
        while self.next < self.zip.len() {
            let index = self.next;
            self.next += 1;
            if self.budget == 0 {
                self.next = self.zip.len();
                let found = format!("an archive that unpacks to more than {MOST_BYTES} bytes");
                return Some(Err(unsupported(&self.path, found)));
            }
            if let Some(member) = self.member(index) {
                self.found += 1;
                return Some(member);
            }
        }
        if self.found == 0 {
            self.found = 1;
            return Some(Err(unsupported(
                &self.path,
                "an archive without a document",
            )));
        }
        None
    }
}

/// Hidden files, and what macOS puts beside files.
fn is_hidden(name: &str) -> bool {
    Path::new(name).components().any(|part| {
        let part = part.as_os_str().to_string_lossy();
        (part.starts_with('.') && part != ".." && part != ".") || part == "__MACOSX"
    })
}
