//! What paths on a command line mean: files, the members of archives, the rows of tables.

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::archive::Members;
use super::gzip::inner_name;
use super::input::Input;
use super::kind::{FileKind, HEAD_BYTES, by_ending, kind_of};
use super::package::{self, PackageKind};
use super::read::{ReadParams, read_bounded, unsupported};
use super::records::Records;
use super::rows::{TableKind, TextColumns};
use super::source::listed;
use crate::{Error, Result};

/// Iterator over the documents that paths mean, in order. Nothing but archives and tables is opened
/// before a document is read, and these are read on only as far as is asked for.
///
/// ```
/// use polemic::ingest::{Inputs, ReadParams};
///
/// let folder = tempfile::tempdir()?;
/// let table = folder.path().join("texts.csv");
/// std::fs::write(&table, "id,text,outlet\na,It rained.,Post\nb,It snowed.,Times\n")?;
/// let params = ReadParams::default();
/// let mut texts = Vec::new();
/// for input in Inputs::new([&table], &params) {
///     let document = input?.read(&params)?;
///     texts.push((document.text, document.metadata["outlet"].clone()));
/// }
/// assert_eq!(texts[1], ("It snowed.".to_owned(), "Times".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Inputs {
    paths: std::vec::IntoIter<Result<PathBuf>>,
    columns: TextColumns,
    several: bool,
    open: Option<Box<dyn Iterator<Item = Result<Input>> + Send>>,
}

impl Inputs {
    /// The documents in `paths`: files, folders, patterns such as `*.html`, and `-` for standard input.
    pub fn new<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>, params: &ReadParams) -> Self {
        let paths: Vec<P> = paths.into_iter().collect();
        let found = listed(&paths, &params.columns);
        let folder = paths.iter().any(|path| path.as_ref().is_dir());
        let several = found.iter().flatten().count() > 1
            || folder
            || found.iter().flatten().any(|path| is_collection(path));
        Self {
            paths: found.into_iter(),
            columns: params.columns.clone(),
            several,
            open: None,
        }
    }

    /// True if there may be more than one document.
    #[must_use]
    pub fn several(&self) -> bool {
        self.several
    }

    /// Files that have not been looked at; an archive or table counts once.
    #[must_use]
    pub fn files_left(&self) -> usize {
        self.paths.len()
    }

    /// The document at `path`; or `None`, and then what is in it comes next.
    fn look_into(&mut self, path: PathBuf) -> Result<Option<Input>> {
        if path == Path::new("-") {
            let bytes = read_bounded(&path, std::io::stdin().lock())?;
            return self.in_memory(path, bytes);
        }
        let mut file = File::open(&path).map_err(|e| Error::io(&path, "open", e))?;
        let metadata = file.metadata().map_err(|e| Error::io(&path, "read", e))?;
        let mut head = Vec::new();
        if metadata.is_file() {
            let read = (&mut file).take(HEAD_BYTES as u64).read_to_end(&mut head);
            read.map_err(|e| Error::io(&path, "read", e))?;
        }
        match kind_of(&path, &head) {
            Ok(FileKind::Table(kind)) => {
                self.open = Some(rows(
                    path.clone(),
                    Records::open(&path, kind)?,
                    &self.columns,
                )?);
            }
            Ok(FileKind::Zip) => {
                let mut zip = zip::ZipArchive::new(BufReader::new(reopened(&path)?))
                    .map_err(|error| unsupported(&path, format!("a broken ZIP file ({error})")))?;
                if package::kind_of(&mut zip) == Ok(PackageKind::Archive) {
                    self.open = Some(members(Members::new(path.clone(), zip), &self.columns));
                } else {
                    return Ok(Some(Input::file(path)));
                }
            }
            Ok(FileKind::Gzip) => {
                let inner = inner_name(&path);
                let Some(FileKind::Table(kind)) = by_ending(&inner) else {
                    return Ok(Some(Input::file(path)));
                };
                let unpacked = Box::new(MultiGzDecoder::new(BufReader::new(reopened(&path)?)));
                let records = Records::new(&path, kind, unpacked)?;
                self.open = Some(rows(path, records, &self.columns)?);
            }
            _ => return Ok(Some(Input::file(path))),
        }
        Ok(None)
    }

    /// Standard input: any document, archive or table but Parquet.
    fn in_memory(&mut self, path: PathBuf, bytes: Vec<u8>) -> Result<Option<Input>> {
        let head = &bytes[..bytes.len().min(HEAD_BYTES)];
        if kind_of(&path, head) != Ok(FileKind::Zip) {
            return Ok(Some(Input::bytes(path, bytes)));
        }
        let mut zip = package::open(&path, &bytes)?;
        if package::kind_of(&mut zip) != Ok(PackageKind::Archive) {
            drop(zip);
            return Ok(Some(Input::bytes(path, bytes)));
        }
        drop(zip);
        let zip = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| unsupported(&path, format!("a broken ZIP file ({error})")))?;
        self.open = Some(members(Members::new(path, zip), &self.columns));
        Ok(None)
    }
}

impl Iterator for Inputs {
    type Item = Result<Input>;

    fn next(&mut self) -> Option<Result<Input>> {
        loop {
            if let Some(input) = self.open.as_mut().and_then(Iterator::next) {
                return Some(input);
            }
            self.open = None;
            let found = match self.paths.next()? {
                Ok(path) => self.look_into(path),
                Err(error) => Err(error),
            };
            if let Some(input) = found.transpose() {
                return Some(input);
            }
        }
    }
}

fn reopened(path: &Path) -> Result<File> {
    File::open(path).map_err(|e| Error::io(path, "open", e))
}

/// Does the name say that there may be several documents in the file?
fn is_collection(path: &Path) -> bool {
    let inner = inner_name(path);
    match by_ending(&inner) {
        Some(FileKind::Table(_)) => true,
        Some(FileKind::Zip) => path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("zip")),
        _ => false,
    }
}

/// The rows of a table as documents.
fn rows(
    path: PathBuf,
    mut records: Records,
    columns: &TextColumns,
) -> Result<Box<dyn Iterator<Item = Result<Input>> + Send>> {
    records.need(columns)?;
    Ok(Box::new(std::iter::from_fn(move || {
        let record = records.next()?;
        let number = records.number();
        Some(record.map(|record| Input::row(path.clone(), number, record)))
    })))
}

/// The members of an archive, and the rows of the tables among them.
fn members<R: Read + std::io::Seek + Send + 'static>(
    members: Members<R>,
    columns: &TextColumns,
) -> Box<dyn Iterator<Item = Result<Input>> + Send> {
    let columns = columns.clone();
    Box::new(members.flat_map(
        move |member| -> Box<dyn Iterator<Item = Result<Input>> + Send> {
            let inner = member.and_then(|(path, bytes)| {
                let head = &bytes[..bytes.len().min(HEAD_BYTES)];
                match kind_of(&path, head) {
                    Ok(FileKind::Table(kind)) => {
                        let records = Records::new(&path, kind, Box::new(Cursor::new(bytes)))?;
                        rows(path, records, &columns)
                    }
                    _ => Ok(Box::new(std::iter::once(Ok(Input::bytes(path, bytes)))) as Box<_>),
                }
            });
            inner.unwrap_or_else(|error| Box::new(std::iter::once(Err(error))))
        },
    ))
}

/// Has the table at `path` a column with texts, as far as its first bytes tell?
pub(super) fn holds_texts(path: &Path, columns: &TextColumns) -> bool {
    let inner = inner_name(path);
    let Some(FileKind::Table(kind)) = by_ending(&inner) else {
        return true;
    };
    let opened = File::open(path).map_err(|e| Error::io(path, "open", e));
    let records = opened.and_then(|file| match kind {
        TableKind::Parquet => Records::open(path, kind),
        _ if inner != path => Records::new(path, kind, Box::new(MultiGzDecoder::new(file))),
        _ => Records::new(path, kind, Box::new(file)),
    });
    // What cannot be read shall be said when it is its turn.
    let Ok(mut records) = records else {
        return true;
    };
    if let Some(names) = records.columns() {
        return names.contains(&columns.text);
    }
    match records.next() {
        Some(Ok(record)) => record.iter().any(|(name, _)| *name == columns.text),
        _ => true,
    }
}
