//! The journal: every act is a line, appended and synced before anybody is told that it is done.
//!
//! It is never rewritten: an undo is a line too. A line that a crash cut short is cut off when the journal is
//! opened next; nobody was told that it was done.

use std::fs::{File, OpenOptions};
use std::io::Write;
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
    /// Opens a journal, making it if there is none, and gives its entries.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], or [`ErrorKind::BadRecord`] for a whole line that is no entry.
    pub fn open(path: &Path) -> Result<(Self, Vec<Entry>)> {
        let file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(path);
        let file = file.map_err(|e| Error::io(path, "open", e))?;
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, "read", e))?;
        let whole = bytes
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        if whole < bytes.len() {
            file.set_len(whole as u64)
                .map_err(|e| Error::io(path, "write", e))?;
            file.sync_all().map_err(|e| Error::io(path, "write", e))?;
        }
        let mut entries = Vec::new();
        for (line, number) in bytes[..whole].split(|b| *b == b'\n').zip(1..) {
            if line.is_empty() {
                continue;
            }
            let entry = serde_json::from_slice(line).map_err(|e| ErrorKind::BadRecord {
                path: path.to_owned(),
                record: number,
                found: e.to_string(),
                expected: "a line that polemic label wrote".to_owned(),
            })?;
            entries.push(entry);
        }
        Ok((
            Self {
                path: path.to_owned(),
                file,
            },
            entries,
        ))
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
        let (mut journal, entries) = Journal::open(&path).expect("opened");
        assert_eq!(entries, [entry("1")]);
        journal.append(&entry("3")).expect("written");
        assert_eq!(
            Journal::open(&path).expect("opened").1,
            [entry("1"), entry("3")]
        );
        std::fs::write(&path, "{}\n").expect("written");
        let message = Journal::open(&path).expect_err("refused").to_string();
        assert!(message.contains("record 1"), "{message}");
    }
}
