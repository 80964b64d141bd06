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
/// either `label`, or for each class of the scheme a column with its share.
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
    /// Whether the corpora's own labels of the rows it names do not count in the fit.
    #[serde(default)]
    pub overrides: bool,
}

/// The judgements of one file, by corpus and id.
pub(super) struct Judgements<'r> {
    pub(super) entry: &'r JudgementsEntry,
    pub(super) file: DataFile,
    by_corpus: BTreeMap<String, HashMap<String, Verdict>>,
}

/// What is said of one row, and where.
struct Verdict {
    record: u64,
    label: String,
    shares: BTreeMap<String, f32>,
}

impl<'r> Judgements<'r> {
    /// Reads a file; `folder` is that of the recipe.
    pub(super) fn read(
        entry: &'r JudgementsEntry,
        folder: &Path,
        scheme: &StanceScheme,
    ) -> Result<Self> {
        let path = folder.join(&entry.path);
        let bytes = std::fs::read(&path).map_err(|source| Error::io(&path, "read", source))?;
        let by_corpus = parse(&path, &bytes, scheme)?;
        let rows = by_corpus.values().map(HashMap::len).sum();
        let file = data_file(&entry.path, &bytes, rows);
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
                    weight,
                    ..row.clone()
                });
            }
        }
        match verdicts.iter().min_by_key(|(_, v)| v.record) {
            None => Ok(judged),
            Some((id, verdict)) => {
                let found = format!("id {id:?} of corpus {corpus:?}");
                Err(bad_record(
                    &self.file.path,
                    verdict.record,
                    found,
                    format!("an id of {}", path.display()),
                ))
            }
        }
    }
}

fn parse(
    path: &Path,
    bytes: &[u8],
    scheme: &StanceScheme,
) -> Result<BTreeMap<String, HashMap<String, Verdict>>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| Error::csv(path, &e))?.clone();
    let need = |name: &str| {
        header.iter().position(|h| h == name).ok_or_else(|| {
            Error::from(ErrorKind::MissingColumn {
                path: path.to_owned(),
                column: name.to_owned(),
                found: header.iter().map(str::to_owned).collect(),
            })
        })
    };
    let (corpus, id) = (need("corpus")?, need("id")?);
    let label = header.iter().position(|h| h == "label");
    let shares: Vec<(&str, usize)> = match label {
        Some(_) => Vec::new(),
        None => scheme
            .names()
            .map(|n| Ok((n, need(n)?)))
            .collect::<Result<_>>()?,
    };
    let mut by_corpus: BTreeMap<String, HashMap<String, Verdict>> = BTreeMap::new();
    for (record, number) in reader.records().zip(1..) {
        let record = record.map_err(|e| Error::csv(path, &e))?;
        let verdict = match label {
            Some(at) => Verdict {
                record: number,
                label: record[at].to_owned(),
                shares: BTreeMap::new(),
            },
            None => shared(path, number, &record, &shares)?,
        };
        let of_corpus = by_corpus.entry(record[corpus].to_owned()).or_default();
        if of_corpus.insert(record[id].to_owned(), verdict).is_some() {
            let found = format!("id {:?} a second time", &record[id]);
            return Err(bad_record(path, number, found, "every row once".to_owned()));
        }
    }
    Ok(by_corpus)
}

/// A verdict in shares; they are divided by their sum.
fn shared(
    path: &Path,
    number: u64,
    record: &csv::StringRecord,
    columns: &[(&str, usize)],
) -> Result<Verdict> {
    let mut shares = BTreeMap::new();
    let mut largest = ("", 0.0);
    for &(class, at) in columns {
        let share = record[at].trim().parse::<f32>().ok();
        let Some(share) = share.filter(|s| s.is_finite() && *s >= 0.0) else {
            let found = format!("{class} {:?}", &record[at]);
            return Err(bad_record(
                path,
                number,
                found,
                "a number of at least 0".to_owned(),
            ));
        };
        if share > largest.1 {
            largest = (class, share);
        }
        shares.insert(class.to_owned(), share);
    }
    let sum: f32 = shares.values().sum();
    if sum <= 0.0 {
        let found = "shares that are all 0".to_owned();
        return Err(bad_record(path, number, found, "a sum above 0".to_owned()));
    }
    shares.values_mut().for_each(|share| *share /= sum);
    Ok(Verdict {
        record: number,
        label: largest.0.to_owned(),
        shares,
    })
}

fn bad_record(path: &Path, record: u64, found: String, expected: String) -> Error {
    ErrorKind::BadRecord {
        path: path.to_owned(),
        record,
        found,
        expected,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(bytes: &[u8]) -> Result<BTreeMap<String, HashMap<String, Verdict>>> {
        parse(Path::new("j.csv"), bytes, &StanceScheme::default())
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
