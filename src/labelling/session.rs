//! A labelling session: rows, journal and order; the same behind the page and the terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::journal::{Act, Entry, Journal};
use super::labels::Labels;
use super::order::{Pick, order};
use super::refit::Refit;
use crate::labelled::TextRow;
use crate::{Error, Result};

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

/// A session.
#[derive(Debug)]
pub struct Session {
    labels: Labels,
    classes: Vec<String>,
    journal: Journal,
    order: Vec<Pick>,
    guesses: Vec<String>,
    curve: Vec<(usize, f64)>,
    since_refit: usize,
    seed: u64,
}

impl Session {
    /// Opens the session of `rows` that the journal at `path` keeps. No other session can be opened on it
    /// meanwhile.
    ///
    /// # Errors
    /// Those of [`Journal::open`]; [`ErrorKind::BadLabels`](crate::ErrorKind::BadLabels) for a row id that
    /// occurs twice; [`ErrorKind::BadRecord`](crate::ErrorKind::BadRecord) for a journal of other rows.
    pub fn open(rows: Vec<TextRow>, classes: Vec<String>, path: &Path, seed: u64) -> Result<Self> {
        let labels = Labels::new(rows, path)?;
        let (journal, entries) = Journal::open(path)?;
        let mut session = Self {
            labels: labels.with(entries, path)?,
            classes,
            journal,
            order: Vec::new(),
            guesses: Vec::new(),
            curve: Vec::new(),
            since_refit: REFIT_EVERY,
            seed,
        };
        session.reorder(None);
        Ok(session)
    }

    /// The labels so far.
    #[must_use]
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The next row for an annotator; `None` if all are done.
    #[must_use]
    pub fn next(&self, annotator: &str) -> Option<Task> {
        let done = self.labels.said_by(annotator).iter().map(|said| said.row);
        let done: BTreeSet<usize> = done.collect();
        let others = self.labels.done();
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
        let rows = self.labels.rows();
        let neighbour = |at: Option<usize>| {
            let other = at.and_then(|i| rows.get(i));
            let same = other.filter(|o| !o.group.is_empty() && o.group == rows[row].group);
            same.map_or_else(String::new, |o| o.text.clone())
        };
        Task {
            id: rows[row].id.clone(),
            text: rows[row].text.clone(),
            before: neighbour(row.checked_sub(1)),
            after: neighbour(Some(row + 1)),
        }
    }

    /// Takes an act down: on the disk when this returns.
    ///
    /// # Errors
    /// [`ErrorKind::Setting`](crate::ErrorKind::Setting) for an unknown row or label, or an undo without an act;
    /// [`ErrorKind::Io`](crate::ErrorKind::Io).
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
        let said = self.labels.said_by(annotator);
        let row = match act {
            Act::Undo => said.last().map(|said| said.row),
            _ => self.labels.row_of(id),
        };
        let row = row.ok_or_else(|| {
            Error::setting(
                "row",
                format!("{id:?}"),
                "a row of the table, or an act to undo",
            )
        })?;
        let done = said.iter().any(|said| said.row == row);
        if done && act != Act::Undo {
            let expected = "a row that this annotator has not done; undo first";
            return Err(Error::setting("row", format!("{id:?}"), expected));
        }
        let entry = Entry {
            annotator: annotator.to_owned(),
            id: self.labels.rows()[row].id.clone(),
            text_sha256: self.labels.digest(row),
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
        self.labels.replay(row, entry);
        self.since_refit += 1;
        Ok(())
    }

    /// True if enough labels came in since the last refit; asking resets it.
    pub fn refit_is_due(&mut self) -> bool {
        let due = self.since_refit >= REFIT_EVERY && self.labels.labels().next().is_some();
        if due {
            self.since_refit = 0;
        }
        due
    }

    /// The texts of all rows, in order.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let rows = self.labels.rows().iter();
        rows.map(|row| row.text.clone()).collect()
    }

    /// Orders the rows that nobody has done yet by what a refit says; at random without one.
    pub fn reorder(&mut self, refit: Option<&Refit>) {
        let (rows, done) = (self.labels.rows(), self.labels.done());
        let open: Vec<usize> = (0..rows.len()).filter(|row| !done.contains(row)).collect();
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let probabilities = refit.map_or(&[][..], |refit| refit.probabilities.as_slice());
        self.order = order(&texts, &open, probabilities, self.seed);
        if let Some(refit) = refit {
            let best = |p: &Vec<f64>| refit.classes[crate::classifier::most_probable(p)].clone();
            self.guesses = refit.probabilities.iter().map(best).collect();
            if let Some(macro_f1) = refit.macro_f1 {
                self.curve.push((self.labels.labels().count(), macro_f1));
            }
        }
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let mut progress = Progress {
            rows: self.labels.rows().len(),
            curve: self.curve.clone(),
            ..Progress::default()
        };
        for (said, label) in self.labels.labels() {
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
        let before = session.labels().labelled();
        assert_eq!(before.len(), 3);
        let read = Labels::read(rows(20), &path).expect("read beside the session");
        assert_eq!(read.labelled(), before);
        drop(session);
        let session = open(&path);
        assert_eq!(session.labels().labelled(), before);
        let csv = session.labels().to_csv().expect("a table");
        let csv = String::from_utf8(csv).expect("UTF-8");
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
