//! A labelling session: rows, journal and order; the same behind the page and the terminal.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::journal::{Act, Entry, Journal};
use super::order::{Pick, order};
use super::refit::Refit;
use crate::labelled::{LabelledRow, TextRow, hex};
use crate::{Error, ErrorKind, Result};

/// A refit is due after so many new labels.
const REFIT_EVERY: usize = 10;

/// A row to label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The row before it in the same document, empty if there is none.
    pub before: String,
    /// The row after it in the same document.
    pub after: String,
}

/// How far a session is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Progress {
    /// Rows in all.
    pub rows: usize,
    /// Labels by annotator.
    pub labels: BTreeMap<String, usize>,
    /// Rows drawn at random that were labelled, and of these those that the model had guessed.
    pub random: (usize, usize),
    /// Learning curve: labels and macro F1 on held-out folds.
    pub curve: Vec<(usize, f64)>,
}

/// What an annotator said of a row last.
#[derive(Clone, Debug)]
struct Said {
    row: usize,
    entry: Entry,
}

/// A session.
#[derive(Debug)]
pub struct Session {
    rows: Vec<TextRow>,
    by_id: HashMap<String, usize>,
    classes: Vec<String>,
    journal: Journal,
    /// What holds, by annotator, in the order of the acts.
    said: BTreeMap<String, Vec<Said>>,
    order: Vec<Pick>,
    guesses: Vec<String>,
    curve: Vec<(usize, f64)>,
    since_refit: usize,
    seed: u64,
}

impl Session {
    /// Opens the session of `rows` that the journal at `path` keeps.
    ///
    /// # Errors
    /// Those of [`Journal::open`]; [`ErrorKind::BadLabels`] for a row id that occurs twice;
    /// [`ErrorKind::BadRecord`] for a journal of other rows.
    pub fn open(rows: Vec<TextRow>, classes: Vec<String>, path: &Path, seed: u64) -> Result<Self> {
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
        let (journal, entries) = Journal::open(path)?;
        let mut session = Self {
            rows,
            by_id,
            classes,
            journal,
            said: BTreeMap::new(),
            order: Vec::new(),
            guesses: Vec::new(),
            curve: Vec::new(),
            since_refit: REFIT_EVERY,
            seed,
        };
        for (entry, number) in entries.into_iter().zip(1..) {
            let row = session.by_id.get(&entry.id).copied();
            let row = row.filter(|&row| digest(&session.rows[row].text) == entry.text_sha256);
            let row = row.ok_or_else(|| ErrorKind::BadRecord {
                path: path.to_owned(),
                record: number,
                found: format!(
                    "row id {:?}, which the table lacks or has with another text",
                    entry.id
                ),
                expected: "the journal of this table".to_owned(),
            })?;
            session.replay(row, entry);
        }
        session.reorder(None);
        Ok(session)
    }

    fn replay(&mut self, row: usize, entry: Entry) {
        let said = self.said.entry(entry.annotator.clone()).or_default();
        if entry.act == Act::Undo {
            said.pop();
        } else {
            said.push(Said { row, entry });
        }
    }

    /// The next row for an annotator; `None` if all are done.
    #[must_use]
    pub fn next(&self, annotator: &str) -> Option<Task> {
        let done: BTreeSet<usize> = self
            .said
            .get(annotator)
            .into_iter()
            .flatten()
            .map(|s| s.row)
            .collect();
        let others: BTreeSet<usize> = self.said.values().flatten().map(|s| s.row).collect();
        // What others have labelled comes first, so that agreement can be measured.
        let shared = others.into_iter().find(|row| !done.contains(row));
        let own = || {
            self.order
                .iter()
                .map(|p| p.row)
                .find(|row| !done.contains(row))
        };
        shared.or_else(own).map(|row| self.task(row))
    }

    fn task(&self, row: usize) -> Task {
        let neighbour = |at: Option<usize>| {
            let other = at.and_then(|i| self.rows.get(i));
            let same = other.filter(|o| !o.group.is_empty() && o.group == self.rows[row].group);
            same.map_or_else(String::new, |o| o.text.clone())
        };
        Task {
            id: self.rows[row].id.clone(),
            text: self.rows[row].text.clone(),
            before: neighbour(row.checked_sub(1)),
            after: neighbour(Some(row + 1)),
        }
    }

    /// Takes an act down: on the disk when this returns.
    ///
    /// # Errors
    /// [`ErrorKind::Setting`] for an unknown row or label, or an undo without an act;
    /// [`ErrorKind::Io`].
    pub fn act(&mut self, annotator: &str, id: &str, act: Act, note: &str) -> Result<()> {
        let annotator = annotator.trim();
        if annotator.is_empty() {
            return Err(Error::setting("annotator", "empty", "a name"));
        }
        if let Act::Label(label) = &act
            && !self.classes.contains(label)
        {
            let expected = format!("one of {}", self.classes.join(", "));
            return Err(Error::setting("label", format!("{label:?}"), expected));
        }
        let row = match act {
            Act::Undo => self
                .said
                .get(annotator)
                .and_then(|s| s.last())
                .map(|s| s.row),
            _ => self.by_id.get(id).copied(),
        };
        let row = row.ok_or_else(|| {
            Error::setting(
                "row",
                format!("{id:?}"),
                "a row of the table, or an act to undo",
            )
        })?;
        let done = self
            .said
            .get(annotator)
            .is_some_and(|s| s.iter().any(|s| s.row == row));
        if done && act != Act::Undo {
            let expected = "a row that this annotator has not done; undo first";
            return Err(Error::setting("row", format!("{id:?}"), expected));
        }
        let entry = Entry {
            annotator: annotator.to_owned(),
            id: self.rows[row].id.clone(),
            text_sha256: digest(&self.rows[row].text),
            act,
            note: note.trim().to_owned(),
            random: self.order.iter().any(|p| p.row == row && p.random),
            guess: self.guesses.get(row).cloned().unwrap_or_default(),
        };
        self.journal.append(&entry)?;
        if entry.act == Act::Undo && !self.order.iter().any(|p| p.row == row) {
            // A refit may have dropped it from the order; it comes again now.
            self.order.insert(0, Pick { row, random: false });
        }
        self.replay(row, entry);
        self.since_refit += 1;
        Ok(())
    }

    /// The labels so far, one an annotator and row.
    #[must_use]
    pub fn labelled(&self) -> Vec<LabelledRow> {
        self.labels()
            .map(|(said, label)| self.labelled_row(said, label))
            .collect()
    }

    fn labels(&self) -> impl Iterator<Item = (&Said, &str)> {
        self.said
            .values()
            .flatten()
            .filter_map(|said| match &said.entry.act {
                Act::Label(label) => Some((said, label.as_str())),
                _ => None,
            })
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

    /// True if enough labels came in since the last refit; asking resets it.
    pub fn refit_is_due(&mut self) -> bool {
        let due = self.since_refit >= REFIT_EVERY && self.labels().next().is_some();
        if due {
            self.since_refit = 0;
        }
        due
    }

    /// The texts of all rows, in order.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.text.clone()).collect()
    }

    /// Orders the rows that nobody has done yet by what a refit says; at random without one.
    pub fn reorder(&mut self, refit: Option<&Refit>) {
        let done: BTreeSet<usize> = self.said.values().flatten().map(|s| s.row).collect();
        let open: Vec<usize> = (0..self.rows.len())
            .filter(|row| !done.contains(row))
            .collect();
        let texts: Vec<&str> = self.rows.iter().map(|row| row.text.as_str()).collect();
        let probabilities = refit.map_or(&[][..], |refit| refit.probabilities.as_slice());
        self.order = order(&texts, &open, probabilities, self.seed);
        if let Some(refit) = refit {
            let best = |p: &Vec<f64>| refit.classes[crate::classifier::most_probable(p)].clone();
            self.guesses = refit.probabilities.iter().map(best).collect();
            if let Some(macro_f1) = refit.macro_f1 {
                self.curve.push((self.labels().count(), macro_f1));
            }
        }
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let mut progress = Progress {
            rows: self.rows.len(),
            curve: self.curve.clone(),
            ..Progress::default()
        };
        for (said, label) in self.labels() {
            *progress
                .labels
                .entry(said.entry.annotator.clone())
                .or_default() += 1;
            if said.entry.random && !said.entry.guess.is_empty() {
                progress.random.0 += 1;
                progress.random.1 += usize::from(said.entry.guess == label);
            }
        }
        progress
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

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text)).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(n: usize) -> Vec<TextRow> {
        let row = |i: usize| TextRow {
            record: i as u64 + 1,
            text: format!("Sentence number {i} of the long report."),
            id: i.to_string(),
            group: "d".to_owned(),
            columns: BTreeMap::new(),
        };
        (0..n).map(row).collect()
    }

    fn open(path: &Path) -> Session {
        let classes = vec!["a".to_owned(), "b".to_owned()];
        Session::open(rows(20), classes, path, 1).expect("a session")
    }

    #[test]
    fn nothing_is_lost_when_the_session_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("j");
        let mut session = open(&path);
        for label in ["a", "b", "a"] {
            let task = session.next("ann").expect("a row");
            session
                .act("ann", &task.id, Act::Label(label.to_owned()), "")
                .expect("done");
        }
        let undone = session.next("ann").expect("a row");
        session
            .act("ann", &undone.id, Act::Skip, "unclear")
            .expect("done");
        session.act("ann", "", Act::Undo, "").expect("undone");
        let before = session.labelled();
        drop(session);
        let session = open(&path);
        assert_eq!(session.labelled(), before);
        assert_eq!(before.len(), 3);
        let csv = String::from_utf8(session.to_csv().expect("a table")).expect("UTF-8");
        assert_eq!(csv.lines().count(), 4);
        assert!(
            csv.starts_with("id,text,label,annotator,group,note,drawn\n"),
            "{csv}"
        );
    }

    #[test]
    fn an_undone_row_comes_again_at_once_even_after_a_refit() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut session = open(&folder.path().join("j"));
        let first = session.next("ann").expect("a row");
        session
            .act("ann", &first.id, Act::Label("a".to_owned()), "")
            .expect("done");
        session.reorder(None);
        session.act("ann", "", Act::Undo, "").expect("undone");
        assert_eq!(session.next("ann").expect("a row").id, first.id);
    }

    #[test]
    fn a_second_annotator_gets_what_the_first_has_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut session = open(&folder.path().join("j"));
        let first = session.next("ann").expect("a row");
        session
            .act("ann", &first.id, Act::Label("a".to_owned()), "")
            .expect("done");
        assert_eq!(session.next("bob").expect("a row").id, first.id);
        let message = session
            .act("ann", &first.id, Act::Skip, "")
            .expect_err("twice")
            .to_string();
        assert!(message.contains("undo first"), "{message}");
        assert!(
            session
                .act("ann", &first.id, Act::Label("c".to_owned()), "")
                .is_err()
        );
    }
}
