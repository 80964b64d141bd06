//! Judgements: labels, or shares of classes, for rows of the corpora, given by their ids.
//!
//! A judgements file holds no text, so it may be passed on where the text may not.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::labelled::{DataFile, LabelledRow, data_file};
use crate::stance::StanceScheme;
use crate::{Error, ErrorKind, Result};

/// A file of judgements that belongs to the project: CSV with the columns `corpus` and `id`, and
/// either `label`, or for each class of the scheme a column with its share; `weight` is used if it
/// is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgementsEntry {
    /// Path, relative to the recipe.
    pub path: PathBuf,
    /// Weight of a row.
    pub weight: f32,
    /// Weights of the rows of some corpora, by their names, in place of `weight`.
    #[serde(default)]
    pub weight_in: BTreeMap<String, f32>,
    /// Whether the penalty is chosen and the probabilities are calibrated on its rows.
    #[serde(default)]
    pub calibrates: bool,
    /// Whether its rows are sentences of documents (groups), labelled one by one, on which it is learnt what a
    /// document says about its sentences.
    #[serde(default)]
    pub documents: bool,
    /// Whether the corpora's own labels of the rows it names do not count in the fit.
    #[serde(default)]
    pub overrides: bool,
}

/// The judgements of one file, by corpus and id.
pub(super) struct Judgements<'r> {
    pub(super) entry: &'r JudgementsEntry,
    pub(super) file: DataFile,
    by_corpus: ByCorpus,
}

/// What is said of one row, and where.
pub(super) struct Verdict {
    pub(super) record: u64,
    label: String,
    /// By class; empty if there is a label.
    pub(super) shares: BTreeMap<String, f32>,
    weight: f32,
}

impl<'r> Judgements<'r> {
    /// Reads a file; `folder` is that of the recipe.
    pub(super) fn read(
        entry: &'r JudgementsEntry,
        folder: &Path,
        scheme: &StanceScheme,
    ) -> Result<Self> {
        let (by_corpus, file) = read(&entry.path, folder, scheme, Form::LabelsOrShares)?;
        Ok(Self {
            entry,
            file,
            by_corpus,
        })
    }

    /// Takes the judged rows out of those of a corpus, with their new labels and weights.
    ///
    /// # Errors
    /// [`ErrorKind::BadRecord`] if the corpus lacks a row that is judged.
    pub(super) fn take(
        &mut self,
        corpus: &str,
        rows: &[LabelledRow],
        path: &Path,
    ) -> Result<Vec<LabelledRow>> {
        let Some(mut verdicts) = self.by_corpus.remove(corpus) else {
            return Ok(Vec::new());
        };
        let weight = self.entry.weight_in.get(corpus);
        let weight = *weight.unwrap_or(&self.entry.weight);
        let mut judged = Vec::with_capacity(verdicts.len());
        for row in rows {
            if let Some(verdict) = verdicts.remove(&row.id) {
                judged.push(LabelledRow {
                    label: verdict.label,
                    shares: verdict.shares,
                    weight: weight * verdict.weight,
                    ..row.clone()
                });
            }
        }
        match verdicts.iter().min_by_key(|(_, v)| v.record) {
            None => Ok(judged),
            Some((id, verdict)) => Err(unknown_row(&self.file.path, verdict, corpus, id, path)),
        }
    }
}

/// The corpus, read from `path`, has no row that is called `id` in the file `found_in`.
pub(super) fn unknown_row(
    found_in: &Path,
    verdict: &Verdict,
    corpus: &str,
    id: &str,
    path: &Path,
) -> Error {
    let found = format!("id {id:?} of corpus {corpus:?}");
    let expected = format!("an id of {}", path.display());
    Error::bad_record(found_in, verdict.record, found, expected)
}

/// What is said of each row, by corpus and id.
pub(super) type ByCorpus = BTreeMap<String, HashMap<String, Verdict>>;

/// What a file may say of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A label or, in a file without that column, a share for each class.
    LabelsOrShares,
    /// A share for each class.
    Shares,
}

/// Reads a file of the project; `folder` is that of the recipe, which `path` is relative to.
pub(super) fn read(
    path: &Path,
    folder: &Path,
    scheme: &StanceScheme,
    form: Form,
) -> Result<(ByCorpus, DataFile)> {
    let place = folder.join(path);
    let bytes = std::fs::read(&place).map_err(|source| Error::io(&place, "read", source))?;
    let by_corpus = parse(&place, &bytes, scheme, form)?;
    let rows = by_corpus.values().map(HashMap::len).sum();
    Ok((by_corpus, data_file(path, &bytes, rows)))
}

fn parse(path: &Path, bytes: &[u8], scheme: &StanceScheme, form: Form) -> Result<ByCorpus> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| Error::csv(path, &e))?.clone();
    let columns = Columns::find(path, &header, scheme, form)?;
    let mut by_corpus = ByCorpus::new();
    for (record, number) in reader.records().zip(1..) {
        let record = record.map_err(|e| Error::csv(path, &e))?;
        let verdict = columns.verdict(path, number, &record)?;
        let of_corpus = by_corpus.entry(record[columns.corpus].to_owned());
        let (of_corpus, id) = (of_corpus.or_default(), record[columns.id].to_owned());
        if of_corpus.insert(id, verdict).is_some() {
            let found = format!("id {:?} a second time", &record[columns.id]);
            return Err(Error::bad_record(
                path,
                number,
                found,
                "every row once".to_owned(),
            ));
        }
    }
    Ok(by_corpus)
}

/// Where the columns are. Without a label there is a share for every class.
struct Columns<'s> {
    corpus: usize,
    id: usize,
    label: Option<usize>,
    shares: Vec<(&'s str, usize)>,
    weight: Option<usize>,
}

impl<'s> Columns<'s> {
    fn find(
        path: &Path,
        header: &csv::StringRecord,
        scheme: &'s StanceScheme,
        form: Form,
    ) -> Result<Self> {
        let find = |name: &str| header.iter().position(|h| h == name);
        let need = |name: &str| {
            find(name).ok_or_else(|| {
                Error::from(ErrorKind::MissingColumn {
                    path: path.to_owned(),
                    column: name.to_owned(),
                    found: header.iter().map(str::to_owned).collect(),
                })
            })
        };
        let label = find("label").filter(|_| form == Form::LabelsOrShares);
        let shares = match label {
            Some(_) => Ok(Vec::new()),
            None => scheme
                .names()
                .map(|n| Ok((n, need(n)?)))
                .collect::<Result<_>>(),
        };
        Ok(Self {
            corpus: need("corpus")?,
            id: need("id")?,
            label,
            shares: shares?,
            weight: find("weight"),
        })
    }

    fn verdict(&self, path: &Path, number: u64, record: &csv::StringRecord) -> Result<Verdict> {
        let amount = |at: usize, what: &str| {
            let read = record[at].trim().parse::<f32>().ok();
            read.filter(|n| n.is_finite() && *n >= 0.0).ok_or_else(|| {
                let found = format!("{what} {:?}", &record[at]);
                Error::bad_record(path, number, found, "a number of at least 0".to_owned())
            })
        };
        let weight = self.weight.map_or(Ok(1.0), |at| amount(at, "weight"))?;
        let mut shares = BTreeMap::new();
        for &(class, at) in &self.shares {
            shares.insert(class.to_owned(), amount(at, class)?);
        }
        let sum: f32 = shares.values().sum();
        if self.label.is_none() && sum <= 0.0 {
            let found = "shares that are all 0".to_owned();
            return Err(Error::bad_record(
                path,
                number,
                found,
                "a sum above 0".to_owned(),
            ));
        }
        shares.values_mut().for_each(|share| *share /= sum);
        let largest = shares.iter().max_by(|a, b| a.1.total_cmp(b.1));
        let label = self.label.map(|at| record[at].to_owned());
        Ok(Verdict {
            record: number,
            label: label
                .or(largest.map(|(class, _)| class.clone()))
                .unwrap_or_default(),
            shares,
            weight,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(bytes: &[u8]) -> Result<ByCorpus> {
        let scheme = StanceScheme::default();
        parse(Path::new("j.csv"), bytes, &scheme, Form::LabelsOrShares)
    }

    #[test]
    fn labels_and_shares_are_read() -> Result<()> {
        let hard = parsed(b"corpus,id,label\nnews,a,neutral\n")?;
        assert_eq!(hard["news"]["a"].label, "neutral");
        let soft = parsed(b"corpus,id,neutral,academic,polemical\nnews,a,2,0,6\n")?;
        let verdict = &soft["news"]["a"];
        assert_eq!(
            (verdict.label.as_str(), verdict.shares["polemical"]),
            ("polemical", 0.75)
        );
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases: [(&[u8], &str); 4] = [
            (
                b"corpus,label\n",
                "j.csv: no column \"id\"; found corpus, label",
            ),
            (
                b"corpus,id,label\nn,a,neutral\nn,a,neutral\n",
                "j.csv: record 2: id \"a\" a second time; expected every row once",
            ),
            (
                b"corpus,id,neutral,academic,polemical\nn,a,0,0,0\n",
                "j.csv: record 1: shares that are all 0; expected a sum above 0",
            ),
            (
                b"corpus,id,neutral,academic,polemical\nn,a,1,-1,0\n",
                "j.csv: record 1: academic \"-1\"; expected a number of at least 0",
            ),
        ];
        for (bytes, message) in cases {
            match parsed(bytes) {
                Err(error) => assert_eq!(error.to_string(), message),
                Ok(_) => panic!("{message}: accepted"),
            }
        }
    }
}
