//! What holds after all acts so far: who said what of which row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::journal::{Act, Entry, Journal};
use crate::labelled::{LabelledRow, TextRow, hex};
use crate::{Error, ErrorKind, Result};

/// What an annotator said of a row last.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) row: usize,
    pub(super) entry: Entry,
}

/// The rows of a table and what annotators said of them.
#[derive(Debug)]
pub struct Labels {
    rows: Vec<TextRow>,
    by_id: HashMap<String, usize>,
    /// What holds, by annotator, in the order of the acts.
    said: BTreeMap<String, Vec<Said>>,
}

impl Labels {
    /// The labels of `rows` in the journal at `path`, which is only read: another program may be
    /// writing it.
    ///
    /// # Errors
    /// Those of [`Journal::read`]; [`ErrorKind::BadLabels`] for a row id that occurs twice;
    /// [`ErrorKind::BadRecord`] for a journal of other rows.
    pub fn read(rows: Vec<TextRow>, path: &Path) -> Result<Self> {
        Self::new(rows, path)?.with(Journal::read(path)?, path)
    }

    /// `rows` of which nobody said anything; `path` is for messages.
    ///
    /// # Errors
    /// [`ErrorKind::BadLabels`] for a row id that occurs twice.
    pub(super) fn new(rows: Vec<TextRow>, path: &Path) -> Result<Self> {
        Ok(Self {
            by_id: by_id(&rows, path)?,
            rows,
            said: BTreeMap::new(),
        })
    }

    /// Takes in the entries of the journal at `path`.
    ///
    /// # Errors
    /// [`ErrorKind::BadRecord`] for a journal of other rows.
    pub(super) fn with(mut self, entries: Vec<Entry>, path: &Path) -> Result<Self> {
        for (entry, number) in entries.into_iter().zip(1..) {
            let row = self.row_of(&entry.id);
            let row = row.filter(|&row| self.digest(row) == entry.text_sha256);
            let row = row.ok_or_else(|| {
                let found = format!(
                    "row id {:?}, which the table lacks or has with another text",
                    entry.id
                );
                Error::bad_record(path, number, found, "the journal of this table")
            })?;
            self.replay(row, entry);
        }
        Ok(self)
    }

    pub(super) fn replay(&mut self, row: usize, entry: Entry) {
        let said = self.said.entry(entry.annotator.clone()).or_default();
        if entry.act == Act::Undo {
            said.pop();
        } else {
            said.push(Said { row, entry });
        }
    }

    pub(super) fn rows(&self) -> &[TextRow] {
        &self.rows
    }

    pub(super) fn row_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// What an annotator said, in the order of the acts.
    pub(super) fn said_by(&self, annotator: &str) -> &[Said] {
        self.said.get(annotator).map_or(&[], Vec::as_slice)
    }

    /// The rows of which anybody said anything.
    pub(super) fn done(&self) -> BTreeSet<usize> {
        self.said.values().flatten().map(|said| said.row).collect()
    }

    /// The first 16 digits of the SHA-256 of a row's text.
    pub(super) fn digest(&self, row: usize) -> String {
        let digits = hex(&Sha256::digest(&self.rows[row].text));
        digits.chars().take(16).collect()
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = (&Said, &str)> {
        let said = self.said.values().flatten();
        said.filter_map(|said| match &said.entry.act {
            Act::Label(label) => Some((said, label.as_str())),
            _ => None,
        })
    }

    /// The labels so far, one an annotator and row.
    #[must_use]
    pub fn labelled(&self) -> Vec<LabelledRow> {
        self.labels()
            .map(|(said, label)| self.labelled_row(said, label))
            .collect()
    }

    fn labelled_row(&self, said: &Said, label: &str) -> LabelledRow {
        let row = &self.rows[said.row];
        LabelledRow {
            text: row.text.clone(),
            id: row.id.clone(),
            label: label.to_owned(),
            shares: BTreeMap::new(),
            group: row.group.clone(),
            weight: 1.0,
            source: String::new(),
        }
    }

    /// The labels as the CSV table that `polemic train` reads.
    ///
    /// # Errors
    /// [`ErrorKind::Setting`] if it cannot be written, which does not happen in memory.
    pub fn to_csv(&self) -> Result<Vec<u8>> {
        let unwritable = |e: &dyn std::fmt::Display| Error::setting("table", e, "a CSV table");
        let others: BTreeSet<&String> = self.rows.iter().flat_map(|r| r.columns.keys()).collect();
        let own = ["id", "text", "label", "annotator", "group", "note", "drawn"];
        let others: Vec<&String> = others
            .into_iter()
            .filter(|n| !own.contains(&n.as_str()))
            .collect();
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header = own.into_iter().chain(others.iter().map(|n| n.as_str()));
        writer.write_record(header).map_err(|e| unwritable(&e))?;
        for (said, label) in self.labels() {
            let row = &self.rows[said.row];
            let drawn = if said.entry.random {
                "random"
            } else {
                "uncertain"
            };
            let own = [
                &row.id,
                &row.text,
                label,
                &said.entry.annotator,
                &row.group,
                &said.entry.note,
                drawn,
            ];
            let rest = others
                .iter()
                .map(|name| row.columns.get(*name).map_or("", String::as_str));
            writer
                .write_record(own.into_iter().chain(rest))
                .map_err(|e| unwritable(&e))?;
        }
        writer.into_inner().map_err(|e| unwritable(&e))
    }
}

/// The rows by their ids; `path` is for messages.
fn by_id(rows: &[TextRow], path: &Path) -> Result<HashMap<String, usize>> {
    let mut by_id = HashMap::new();
    for (i, row) in rows.iter().enumerate() {
        if by_id.insert(row.id.clone(), i).is_some() {
            return Err(ErrorKind::BadLabels {
                path: path.to_owned(),
                found: format!("row id {:?} twice", row.id),
                expected: "every id once in the table".to_owned(),
            }
            .into());
        }
    }
    Ok(by_id)
}
