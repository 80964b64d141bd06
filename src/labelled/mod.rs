//! Labelled sentences, and how they are split into folds.

mod agreement;
mod annotations;
mod audit;
mod bootstrap;
mod dawid_skene;
mod decode;
mod delimited;
mod exports;
mod finding;
mod folds;
mod label_map;
mod link;
mod near;
mod raw;
mod read;
mod table;
mod texts;

pub use agreement::{Agreement, AnnotatorAgreement, Estimate, PairAgreement, alpha};
pub use annotations::{Aggregated, Aggregation, Annotations};
pub use audit::audit;
pub use bootstrap::{Draws, interval95, resample};
pub use dawid_skene::{DawidSkene, dawid_skene};
pub use finding::{Finding, Place, Problem};
pub use folds::grouped_folds;
pub use label_map::LabelMap;
pub use link::linked_groups;
pub use near::{NEARLY_EQUAL, equal_texts, near_duplicates};
pub use read::LabelColumns;
pub(crate) use read::{data_file, hex};
pub use table::{LabelledTable, TableColumns, TableRow};
pub use texts::{TextRow, read_texts};

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::stance::{ClassId, StanceScheme};
use crate::{Error, ErrorKind, Result};

/// One labelled row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledRow {
    /// The sentence.
    pub text: String,
    /// What the row is called in its table (the column `id`), empty if not said.
    pub id: String,
    /// Its label as written; where there are shares, the class with the largest.
    pub label: String,
    /// How sure the label is: shares by class name that sum to 1; empty if it is certain.
    pub shares: BTreeMap<String, f32>,
    /// Rows of one group share a side of every split; empty: the row is a group of its own.
    pub group: String,
    /// How much the row counts in a fit; finite, at least 0. 1 unless the table says otherwise.
    pub weight: f32,
    /// Where the row comes from (the column `source`), empty if not said.
    pub source: String,
}

/// Where labelled rows were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Number of rows taken from it.
    pub rows: usize,
}

/// Samples that a classifier can be fitted or judged on.
#[derive(Clone, Debug)]
pub struct LabelledSet {
    scheme: StanceScheme,
    /// The sentences.
    pub texts: Vec<String>,
    /// Their classes in the scheme; of a sample with shares, the class with the largest.
    pub labels: Vec<ClassId>,
    /// Share of each class, `[sample][class]`, flat; each sample's sum to 1. A certain label has
    /// share 1.
    pub shares: Vec<f32>,
    /// Group numbers; equal numbers stay together.
    pub groups: Vec<u32>,
    /// Sample weights.
    pub weights: Vec<f32>,
    /// What each sample may be used for besides the fit itself.
    pub uses: Vec<Uses>,
}

/// What a sample may be used for besides the fit itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// The penalty is chosen and the probabilities are calibrated on it.
    pub calibration: bool,
    /// Its group is a whole document, in order, whose stance is the label.
    pub document: bool,
    /// Its group is a document whose sentences are labelled one by one: sentences in their documents
    /// are judged by what it shows, and how far documents stray.
    pub sentences: bool,
}

/// Fewest rows of the rarest class that a fit accepts.
const FEWEST_ROWS_PER_CLASS: usize = 2;

impl LabelledSet {
    /// An empty set with this scheme.
    #[must_use]
    pub fn new(scheme: StanceScheme) -> Self {
        Self {
            scheme,
            texts: Vec::new(),
            labels: Vec::new(),
            shares: Vec::new(),
            groups: Vec::new(),
            weights: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// A set of all `rows`, with a scheme made of their labels ([`StanceScheme::for_labels`]).
    /// Groups with a text in common are one group ([`linked_groups`]).
    ///
    /// # Errors
    /// [`ErrorKind::BadLabels`] naming `path` if there are too few rows or classes.
    pub fn from_rows(path: &Path, rows: Vec<LabelledRow>) -> Result<Self> {
        let mut labels: Vec<String> = rows.iter().map(|r| r.label.clone()).collect();
        labels.sort_unstable();
        labels.dedup();
        let bad = |found: String, expected: &str| ErrorKind::BadLabels {
            path: path.to_owned(),
            found,
            expected: expected.to_owned(),
        };
        match labels.as_slice() {
            [] => return Err(bad("no labelled row".to_owned(), "at least two classes").into()),
            [only] => {
                let found = format!("one class only ({only})");
                return Err(bad(found, "at least two classes").into());
            }
            _ => {}
        }
        let mut set = Self::new(StanceScheme::for_labels(&labels)?);
        set.extend(
            rows,
            1.0,
            Uses {
                calibration: true,
                document: false,
                sentences: false,
            },
            path,
        )?;
        let counts = set.class_counts();
        if let Some(class) = counts.iter().position(|&n| n < FEWEST_ROWS_PER_CLASS) {
            let found = format!(
                "{} row(s) in all, {} of class {}",
                set.texts.len(),
                counts[class],
                set.scheme.class_name(class)
            );
            return Err(bad(found, "at least two rows of every class").into());
        }
        set.groups = linked_groups(&set.texts, &set.groups);
        Ok(set)
    }

    /// Adds `rows`, their weights times `factor`.
    ///
    /// # Errors
    /// [`ErrorKind::BadLabels`] if a label is not in the scheme.
    pub fn extend(
        &mut self,
        rows: Vec<LabelledRow>,
        factor: f32,
        uses: Uses,
        path: &Path,
    ) -> Result<()> {
        let mut next = self.groups.iter().max().map_or(0, |&g| g + 1);
        let mut numbers: HashMap<String, u32> = HashMap::new();
        for row in rows {
            let class = self.class_of(&row.label, path)?;
            let first = self.shares.len();
            self.shares.resize(first + self.scheme.n_classes(), 0.0);
            if row.shares.is_empty() {
                self.shares[first + class as usize] = 1.0;
            }
            for (name, share) in &row.shares {
                let class = self.class_of(name, path)?;
                self.shares[first + class as usize] = *share;
            }
            let mut fresh = || {
                next += 1;
                next - 1
            };
            let group = if row.group.is_empty() {
                fresh()
            } else {
                *numbers.entry(row.group).or_insert_with(fresh)
            };
            self.texts.push(row.text);
            self.labels.push(class);
            self.groups.push(group);
            self.weights.push(row.weight * factor);
            self.uses.push(uses);
        }
        Ok(())
    }

    fn class_of(&self, label: &str, path: &Path) -> Result<ClassId> {
        self.scheme.class_id(label).ok_or_else(|| {
            let names: Vec<&str> = self.scheme.names().collect();
            Error::from(ErrorKind::BadLabels {
                path: path.to_owned(),
                found: format!("label {label:?}"),
                expected: format!("one of {}", names.join(", ")),
            })
        })
    }

    /// The classes.
    #[must_use]
    pub fn scheme(&self) -> &StanceScheme {
        &self.scheme
    }

    /// Number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// True if there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Number of samples of each class.
    #[must_use]
    pub fn class_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.scheme.n_classes()];
        for &label in &self.labels {
            counts[label as usize] += 1;
        }
        counts
    }

    /// The groups, joined where they hold the same text: samples that must share a fold.
    #[must_use]
    pub fn fold_groups(&self) -> Vec<u32> {
        let mut first_with: HashMap<&str, u32> = HashMap::new();
        let mut joined: BTreeMap<u32, u32> = BTreeMap::new();
        for (text, &group) in self.texts.iter().zip(&self.groups) {
            let other = root(&joined, *first_with.entry(text.trim()).or_insert(group));
            let group = root(&joined, group);
            if group != other {
                joined.insert(group.max(other), group.min(other));
            }
        }
        self.groups.iter().map(|&g| root(&joined, g)).collect()
    }

    /// The samples for which `keep` holds, in order.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.len()).filter(|&i| keep(i)).collect();
        let k = self.scheme.n_classes();
        Self {
            scheme: self.scheme.clone(),
            texts: kept.iter().map(|&i| self.texts[i].clone()).collect(),
            labels: kept.iter().map(|&i| self.labels[i]).collect(),
            shares: kept
                .iter()
                .flat_map(|&i| &self.shares[i * k..(i + 1) * k])
                .copied()
                .collect(),
            groups: kept.iter().map(|&i| self.groups[i]).collect(),
            weights: kept.iter().map(|&i| self.weights[i]).collect(),
            uses: kept.iter().map(|&i| self.uses[i]).collect(),
        }
    }
}

/// The smallest group that `group` is joined with, itself if none.
fn root(joined: &BTreeMap<u32, u32>, mut group: u32) -> u32 {
    while let Some(&smaller) = joined.get(&group) {
        group = smaller;
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn row(text: &str, label: &str, group: &str) -> LabelledRow {
        LabelledRow {
            id: String::new(),
            text: text.to_owned(),
            shares: BTreeMap::new(),
            label: label.to_owned(),
            group: group.to_owned(),
            weight: 1.0,
            source: String::new(),
        }
    }

    #[test]
    fn rows_without_a_group_stand_alone() {
        let rows = vec![
            row("a", "neutral", "d"),
            row("b", "polemical", ""),
            row("c", "neutral", "d"),
            row("d", "polemical", ""),
        ];
        let set = LabelledSet::from_rows(Path::new("x.csv"), rows).expect("two classes");
        assert_eq!(set.groups, [0, 1, 0, 2]);
    }

    #[test]
    fn groups_with_the_same_text_are_linked() {
        let rows = vec![
            row("a", "neutral", "d"),
            row("b", "polemical", "e"),
            row(" b", "neutral", "d"),
            row("c", "polemical", "f"),
            row("c", "neutral", "g"),
        ];
        let set = LabelledSet::from_rows(Path::new("x.csv"), rows).expect("two classes");
        assert_eq!(set.fold_groups(), [0, 0, 0, 2, 2]);
    }

    #[test]
    fn one_class_and_single_rows_are_refused() {
        let message = |rows| {
            LabelledSet::from_rows(Path::new("x.csv"), rows)
                .expect_err("refused")
                .to_string()
        };
        assert_eq!(
            message(vec![row("a", "neutral", ""), row("b", "neutral", "")]),
            "x.csv: one class only (neutral); expected at least two classes"
        );
        assert_eq!(
            message(vec![row("a", "neutral", ""), row("b", "polemical", "")]),
            "x.csv: 2 row(s) in all, 1 of class neutral; expected at least two rows of every class"
        );
    }
}
