//! The journal: every act is a line, appended and synced before anybody is told that it is done.
//!
//! It is never rewritten: an undo is a line too. A line that a crash cut short is cut off when the journal is
//! opened next; nobody was told that it was done.
//!
//! An open journal is locked: two programs that each know only their own acts would offer rows that are
//! done, and take back what the other one said. The lock is the operating system's and lies on the
//! journal itself, so that it has no second name (a link is the same file) and goes with the program, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind, Result};

/// What an annotator did with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Gave it this label.
    Label(String),
    /// Left it out.
    Skip,
    /// Took the last act back.
    Undo,
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Who.
    pub annotator: String,
    /// Id of the row.
    pub id: String,
    /// The first 16 digits of the SHA-256 of its text, so that a changed table is noticed.
    pub text_sha256: String,
    /// What.
    pub act: Act,
    /// A note, if any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// True if the row was drawn at random: such rows give an honest estimate.
    #[serde(default)]
    pub random: bool,
    /// What the model said of the row before it was labelled; the annotator did not see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guess: String,
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Opens a journal, making it if there is none, and gives its entries. It is locked until this is
    /// dropped.
    ///
    /// # Errors
    /// [`ErrorKind::InUse`] if it is open already, [`ErrorKind::Io`], or [`ErrorKind::BadRecord`] for a
    /// whole line that is no entry.
    pub fn open(path: &Path) -> Result<(Self, Vec<Entry>)> {
        let file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(path);
        let file = file.map_err(|e| Error::io(path, "open", e))?;
        // Before it is read: a line that another program is writing just now is not cut short.
        lock(path, &file)?;
        let bytes = read(path, &file)?;
        let whole = whole_lines(&bytes).len();
        if whole < bytes.len() {
            file.set_len(whole as u64)
                .and_then(|()| file.sync_all())
                .map_err(|e| Error::io(path, "write", e))?;
        }
        let entries = entries(path, &bytes)?;
        let path = path.to_owned();
        Ok((Self { path, file }, entries))
    }

    /// The entries of a journal, which may be open elsewhere; nothing is written.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], or [`ErrorKind::BadRecord`] for a whole line that is no entry.
    pub fn read(path: &Path) -> Result<Vec<Entry>> {
        let file = File::open(path).map_err(|e| Error::io(path, "open", e))?;
        entries(path, &read(path, &file)?)
    }

    /// Appends an entry. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn append(&mut self, entry: &Entry) -> Result<()> {
        let line = serde_json::to_string(entry)
            .map_err(|e| Error::setting("journal entry", e, "an entry in JSON"))?;
        let written = self.file.write_all(format!("{line}\n").as_bytes());
        written
            .and_then(|()| self.file.sync_data())
            .map_err(|e| Error::io(&self.path, "write", e))
    }
}

fn lock(path: &Path, file: &File) -> Result<()> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => ErrorKind::InUse {
            path: path.to_owned(),
            expected: "one program at a time that labels into it".to_owned(),
        }
        .into(),
        TryLockError::Error(error) => Error::io(path, "lock", error),
    })
}

/// All bytes of the open file: where locks bind readers too, only its own handle may read it.
fn read(path: &Path, mut file: &File) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = file.read_to_end(&mut bytes);
    read.map_err(|e| Error::io(path, "read", e))?;
    Ok(bytes)
}

/// What stands before the last line that has no end.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|b| *b == b'\n');
    &bytes[..end.map_or(0, |at| at + 1)]
}

fn entries(path: &Path, bytes: &[u8]) -> Result<Vec<Entry>> {
    let lines = whole_lines(bytes).split(|b| *b == b'\n').zip(1..);
    let entry = |(line, number): (&[u8], u64)| {
        serde_json::from_slice(line).map_err(|e| {
            Error::bad_record(
                path,
                number,
                e.to_string(),
                "a line that polemic label wrote",
            )
        })
    };
    lines
        .filter(|(line, _)| !line.is_empty())
        .map(entry)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cut_short_is_dropped_and_the_rest_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("j.jsonl");
        let entry = |id: &str| Entry {
            annotator: "ann".to_owned(),
            id: id.to_owned(),
            text_sha256: String::new(),
            act: Act::Label("neutral".to_owned()),
            note: String::new(),
            random: false,
            guess: String::new(),
        };
        let (mut journal, entries) = Journal::open(&path).expect("new");
        assert!(entries.is_empty());
        journal.append(&entry("1")).expect("written");
        journal.append(&entry("2")).expect("written");
        let whole = std::fs::read(&path).expect("read");
        std::fs::write(&path, &whole[..whole.len() - 5]).expect("cut");
        drop(journal);
        assert_eq!(Journal::read(&path).expect("read"), [entry("1")]);
        let cut = std::fs::read(&path).expect("read");
        assert_eq!(cut.len(), whole.len() - 5, "reading writes nothing");
        let (mut journal, entries) = Journal::open(&path).expect("opened");
        assert_eq!(entries, [entry("1")]);
        journal.append(&entry("3")).expect("written");
        let both = [entry("1"), entry("3")];
        assert_eq!(Journal::read(&path).expect("read"), both);
        drop(journal);
        assert_eq!(Journal::open(&path).expect("opened").1, both);
        std::fs::write(&path, "{}\n").expect("written");
        let message = Journal::open(&path).expect_err("refused").to_string();
        assert!(message.contains("record 1"), "{message}");
    }

    #[test]
    fn an_open_journal_is_locked_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("j.jsonl");
        let first = Journal::open(&path).expect("new");
        // What the first one may be writing when the second is started.
        std::fs::write(&path, "{\"annotator\":").expect("written");
        let error = Journal::open(&path).expect_err("refused");
        assert!(matches!(error.kind(), ErrorKind::InUse { .. }), "{error}");
        assert_eq!(std::fs::read(&path).expect("read").len(), 13);
        drop(first);
        assert!(Journal::open(&path).is_ok());
    }
}
