//! Distillation: rows of the corpora get the shares of classes that a larger model gives them, beside
//! their own label (Hinton, Vinyals & Dean 2015).

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::judgements::{ByCorpus, Form, read, unknown_row};
use crate::labelled::{DataFile, LabelledRow};
use crate::stance::StanceScheme;
use crate::{Error, Result};

/// A file of class shares by a larger model that was fitted on the labels of all corpora: CSV with the columns
/// `corpus`, `id` and one for each class of the scheme. So it counts only if no corpus is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistilledEntry {
    /// Path, relative to the recipe.
    pub path: PathBuf,
    /// How much of a row stays with its own label, 0 to 1; the rest is divided as the file says.
    pub own: f32,
    /// What the weights of rows of some labels, by the name of their class, are multiplied with.
    #[serde(default)]
    pub weight: BTreeMap<String, f32>,
}

/// The shares of one file, by corpus and id.
pub(super) struct Distilled<'r> {
    entry: &'r DistilledEntry,
    pub(super) file: DataFile,
    by_corpus: ByCorpus,
}

impl<'r> Distilled<'r> {
    /// Reads a file; `folder` is that of the recipe.
    pub(super) fn read(
        entry: &'r DistilledEntry,
        folder: &Path,
        scheme: &StanceScheme,
    ) -> Result<Self> {
        if !(0.0..=1.0).contains(&entry.own) {
            return Err(Error::setting("own", entry.own, "0 to 1"));
        }
        let (by_corpus, file) = read(&entry.path, folder, scheme, Form::Shares)?;
        Ok(Self {
            entry,
            file,
            by_corpus,
        })
    }

    /// # Errors
    /// [`ErrorKind::BadRecord`](crate::ErrorKind::BadRecord) if the file has a row that the corpus, read from
    /// `path`, has not.
    pub(super) fn check(&self, corpus: &str, rows: &[LabelledRow], path: &Path) -> Result<()> {
        let Some(shares_of) = self.by_corpus.get(corpus) else {
            return Ok(());
        };
        let ids: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let unknown = shares_of
            .iter()
            .filter(|(id, _)| !ids.contains(id.as_str()));
        match unknown.min_by_key(|(_, verdict)| verdict.record) {
            None => Ok(()),
            Some((id, verdict)) => Err(unknown_row(&self.file.path, verdict, corpus, id, path)),
        }
    }

    /// Divides the rows of a corpus that the file has.
    pub(super) fn divide(&self, corpus: &str, rows: &mut [LabelledRow]) {
        let Some(shares_of) = self.by_corpus.get(corpus) else {
            return;
        };
        let own = self.entry.own;
        for row in rows {
            let Some(verdict) = shares_of.get(&row.id) else {
                continue;
            };
            row.weight *= self.entry.weight.get(&row.label).unwrap_or(&1.0);
            row.shares = verdict
                .shares
                .iter()
                .map(|(class, share)| {
                    let labelled = if *class == row.label { own } else { 0.0 };
                    (class.clone(), labelled + (1.0 - own) * share)
                })
                .collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_divided_between_its_label_and_the_file() -> Result<()> {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(
            folder.path().join("d.csv"),
            "corpus,id,neutral,academic,polemical\nnews,a,0.5,0,0.5\n",
        )
        .expect("written");
        let entry = DistilledEntry {
            path: "d.csv".into(),
            own: 0.5,
            weight: BTreeMap::from([("polemical".to_owned(), 1.5)]),
        };
        let distilled = Distilled::read(&entry, folder.path(), &StanceScheme::default())?;
        let row = |id: &str| LabelledRow {
            id: id.to_owned(),
            label: "polemical".to_owned(),
            weight: 2.0,
            text: String::new(),
            shares: BTreeMap::new(),
            group: String::new(),
            source: String::new(),
        };
        let mut rows = [row("a"), row("b")];
        distilled.divide("news", &mut rows);
        assert_eq!((rows[0].weight, rows[0].shares["polemical"]), (3.0, 0.75));
        assert_eq!(rows[0].shares["neutral"], 0.25);
        assert_eq!(rows[1], row("b"));
        let found = distilled.check("news", &[row("b")], Path::new("news.csv"));
        let message = found.expect_err("a row is not there").to_string();
        assert!(message.contains("id \"a\" of corpus \"news\""), "{message}");
        let labels = folder.path().join("labels.csv");
        std::fs::write(&labels, "corpus,id,label\nnews,a,polemical\n").expect("written");
        let of_labels = DistilledEntry {
            path: labels,
            ..entry.clone()
        };
        let found = Distilled::read(&of_labels, folder.path(), &StanceScheme::default());
        let message = found.err().expect("no shares").to_string();
        assert!(message.contains("no column \"neutral\""), "{message}");
        let too_much = DistilledEntry { own: 1.5, ..entry };
        assert!(Distilled::read(&too_much, folder.path(), &StanceScheme::default()).is_err());
        Ok(())
    }
}
