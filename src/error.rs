//! One error type for the whole library: it says where, what was found and what was expected.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A `Result` whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Anything that can go wrong in this library.
///
/// The details are in [`Error::kind`]; `Display` gives one sentence that names the file or the
/// setting, what was found and what was expected.
pub struct Error(Box<ErrorKind>);

impl Error {
    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A failure to `doing` (a verb: `read`, `write`, `open`) the file at `path`.
    #[must_use]
    pub fn io(path: &Path, doing: &'static str, source: io::Error) -> Self {
        ErrorKind::Io {
            path: path.to_owned(),
            doing,
            source: without_temporary_path(source),
        }
        .into()
    }

    /// What the CSV reader says of a record of the table at `path`.
    #[must_use]
    pub fn csv(path: &Path, error: &csv::Error) -> Self {
        let bad_record = |found: String, expected: &str| ErrorKind::BadRecord {
            path: path.to_owned(),
            record: error.position().map_or(0, csv::Position::record),
            found,
            expected: expected.to_owned(),
        };
        match error.kind() {
            csv::ErrorKind::Io(source) => Self::io(
                path,
                "read",
                io::Error::new(source.kind(), source.to_string()),
            ),
            csv::ErrorKind::Utf8 { err, .. } => bad_record(
                format!("invalid UTF-8 in field {}", err.field() + 1),
                "UTF-8 text",
            )
            .into(),
            _ => bad_record(error.to_string(), "a CSV record").into(),
        }
    }

    /// A record of a table that cannot be used; records count from 1, the header does not.
    pub(crate) fn bad_record(
        path: &Path,
        record: u64,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        ErrorKind::BadRecord {
            path: path.to_owned(),
            record,
            found: found.into(),
            expected: expected.into(),
        }
        .into()
    }

    /// A setting out of its range.
    #[must_use]
    pub fn setting(
        name: &'static str,
        found: impl fmt::Display,
        expected: impl Into<String>,
    ) -> Self {
        ErrorKind::Setting {
            name,
            found: found.to_string(),
            expected: expected.into(),
        }
        .into()
    }
}

/// The kinds of [`Error`], each with what is needed to find the cause.
///
/// Offsets are zero-based bytes; records are one-based and do not count the header.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused a file operation.
    #[error("cannot {doing} {}: {source}", shown(path))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The verb: `read`, `write`, `open`.
        doing: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file that another program has open, and that only one may have open.
    #[error("{}: another program has it open; expected {expected}", shown(path))]
    InUse {
        /// The file.
        path: PathBuf,
        /// Who may have it open.
        expected: String,
    },
    /// A document without any text.
    #[error("{}: the document is empty; expected text", shown(path))]
    EmptyDocument {
        /// The file.
        path: PathBuf,
    },
    /// A document that is not text.
    #[error(
        "{}: binary data (byte 0x{byte:02x} at offset {offset}); expected text",
        shown(path)
    )]
    BinaryDocument {
        /// The file.
        path: PathBuf,
        /// Offset of the first byte that text cannot hold.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// A text whose encoding cannot be told.
    #[error(
        "{}: not {tried} text from offset {offset} on, as it seemed; expected text in a known encoding",
        shown(path)
    )]
    UnknownEncoding {
        /// The file.
        path: PathBuf,
        /// Offset of the first byte that was tried.
        offset: usize,
        /// The encoding that seemed the most probable, by its WHATWG name.
        tried: String,
    },
    /// A document in a language that the model does not know.
    #[error("{}: seems to be in {name} ({code}); expected English", shown(path))]
    OtherLanguage {
        /// The file.
        path: PathBuf,
        /// English name of the language.
        name: &'static str,
        /// Its ISO 639-3 code.
        code: &'static str,
    },
    /// A file over the size limit.
    #[error("{}: {bytes} bytes; expected at most {limit}", shown(path))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file of a kind that is not read.
    #[error("{}: {found}; expected {expected}", shown(path))]
    UnsupportedFile {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        found: String,
        /// What can be read.
        expected: String,
    },
    /// A folder without a readable document.
    #[error(
        "{}: no document in this folder; expected files named {expected}",
        shown(path)
    )]
    NoDocuments {
        /// The folder.
        path: PathBuf,
        /// The file names looked for.
        expected: String,
    },
    /// A table without a column that is needed.
    #[error("{}: no column {column:?}; found {}", shown(path), list(found))]
    MissingColumn {
        /// The table.
        path: PathBuf,
        /// The column looked for.
        column: String,
        /// The columns there are.
        found: Vec<String>,
    },
    /// A record of a table that cannot be used.
    #[error("{}: record {record}: {found}; expected {expected}", shown(path))]
    BadRecord {
        /// The table.
        path: PathBuf,
        /// One-based number of the record, the header not counted.
        record: u64,
        /// What is there.
        found: String,
        /// What should be there.
        expected: String,
    },
    /// Labelled data that no classifier can be fitted on.
    #[error("{}: {found}; expected {expected}", shown(path))]
    BadLabels {
        /// The table, or the first of several.
        path: PathBuf,
        /// What is there.
        found: String,
        /// What should be there.
        expected: String,
    },
    /// A recipe that cannot be followed.
    #[error("{}: {found}; expected {expected}", shown(path))]
    BadRecipe {
        /// The recipe.
        path: PathBuf,
        /// What is there.
        found: String,
        /// What should be there.
        expected: String,
    },
    /// A model file that cannot be trusted or understood.
    #[error("{}: not a usable model: {found}; expected {expected}", shown(path))]
    BadModel {
        /// The model file.
        path: PathBuf,
        /// What is there.
        found: String,
        /// What should be there.
        expected: String,
    },
    /// A setting out of its range.
    #[error("{name} is {found}; expected {expected}")]
    Setting {
        /// The setting's name.
        name: &'static str,
        /// Its value.
        found: String,
        /// What it may be.
        expected: String,
    },
    /// Arrays whose shapes do not fit together.
    #[error("{what} has {found}; expected {expected}")]
    Shape {
        /// Which array.
        what: &'static str,
        /// Its shape, with units.
        found: String,
        /// The shape it should have.
        expected: String,
    },
    /// An error of the linfa framework.
    #[error("{0}")]
    Linfa(#[source] Box<linfa::Error>),
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<linfa::Error> for Error {
    fn from(source: linfa::Error) -> Self {
        ErrorKind::Linfa(Box::new(source)).into()
    }
}

/// What the operating system said, without the name of a temporary file that was to become the
/// file in question.
fn without_temporary_path(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path \"") {
        Some((said, _)) => io::Error::new(error.kind(), said.to_owned()),
        None => error,
    }
}

/// A path as messages show it: `-` stands for standard input.
fn shown(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// A list of names as messages show it.
fn list(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
