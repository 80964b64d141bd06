//! Recipes: a fit written down, so that it can be done again.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::TrainParams;
use super::distilled::{Distilled, DistilledEntry};
use super::judgements::{Judgements, JudgementsEntry};
use crate::labelled::{DataFile, LabelColumns, LabelledRow, LabelledSet, Uses};
use crate::stance::StanceScheme;
use crate::{Error, ErrorKind, Result};

const SCHEMA: &str = "polemic.recipe/1";

/// A recipe file: settings, and every data set with its weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Always `polemic.recipe/1`.
    pub schema: String,
    /// Name of the model.
    pub name: String,
    /// Version of the model.
    pub version: String,
    /// Settings of the fit.
    pub fit: TrainParams,
    /// Data sets in the corpora folder: `NAME.csv`.
    #[serde(default)]
    pub corpus: Vec<CorpusEntry>,
    /// Labelled files beside the recipe.
    #[serde(default)]
    pub labels: Vec<LabelsEntry>,
    /// Judgements of rows of the corpora, beside the recipe.
    #[serde(default)]
    pub judgements: Vec<JudgementsEntry>,
    /// Shares by a larger model for rows of the corpora, beside the recipe.
    #[serde(default)]
    pub distilled: Vec<DistilledEntry>,
}

/// A data set in the corpora folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorpusEntry {
    /// File name without `.csv`.
    pub name: String,
    /// Weight of a row of each class, by class name; a class that is not named is left out.
    pub weight: std::collections::BTreeMap<String, f32>,
    /// Only every n-th document (group) is used; 1 for all. Default 1.
    #[serde(default = "one")]
    pub every: usize,
    /// Whether the penalty is chosen and the probabilities are calibrated on its rows.
    #[serde(default)]
    pub calibrates: bool,
    /// Whether its groups are whole documents whose stance is the label of their rows: the
    /// document model is fitted on them.
    #[serde(default)]
    pub documents: bool,
    /// Where the data set comes from, for the model card.
    pub origin: String,
    /// Its licence, for the model card.
    pub licence: String,
}

/// A labelled file that belongs to the project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelsEntry {
    /// Path, relative to the recipe.
    pub path: PathBuf,
    /// Weight of a row.
    pub weight: f32,
    /// Whether the penalty is chosen and the probabilities are calibrated on its rows.
    #[serde(default)]
    pub calibrates: bool,
}

fn one() -> usize {
    1
}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], or [`ErrorKind::BadRecipe`] naming what cannot be understood.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, "read", e))?;
        let bad = |found: String, expected: &str| {
            Error::from(ErrorKind::BadRecipe {
                path: path.to_owned(),
                found,
                expected: expected.to_owned(),
            })
        };
        let recipe: Self = toml::from_str(&text)
            .map_err(|error| bad(error.to_string().trim_end().replace('\n', " "), "a recipe"))?;
        if recipe.schema != SCHEMA {
            return Err(bad(format!("schema {:?}", recipe.schema), SCHEMA));
        }
        recipe
            .fit
            .check()
            .map_err(|error| bad(error.to_string(), "settings in range"))?;
        Ok(recipe)
    }

    /// Reads the recipe's data: corpora from `corpora`, labels from beside `path` (the recipe).
    ///
    /// A corpus named in `exclude` is left out, and with it every row of the corpora that stay
    /// whose `source` begins with that name.
    ///
    /// # Errors
    /// Errors of reading; [`ErrorKind::BadRecipe`] if an excluded name is unknown.
    pub fn load(
        &self,
        path: &Path,
        corpora: &Path,
        exclude: &[String],
    ) -> Result<(LabelledSet, Vec<DataFile>)> {
        if let Some(unknown) = exclude
            .iter()
            .find(|name| !self.corpus.iter().any(|c| c.name == **name))
        {
            let names: Vec<&str> = self.corpus.iter().map(|c| c.name.as_str()).collect();
            return Err(ErrorKind::BadRecipe {
                path: path.to_owned(),
                found: format!("no corpus {unknown:?} to exclude"),
                expected: format!("one of {}", names.join(", ")),
            }
            .into());
        }
        let mut set = LabelledSet::new(StanceScheme::default());
        let mut files = Vec::new();
        let columns = LabelColumns::default();
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut judgements = Vec::new();
        for entry in &self.judgements {
            judgements.push(Judgements::read(entry, folder, set.scheme())?);
        }
        let mut distilled = Vec::new();
        for entry in self.distilled.iter().filter(|_| exclude.is_empty()) {
            distilled.push(Distilled::read(entry, folder, set.scheme())?);
        }
        for corpus in self.corpus.iter().filter(|c| !exclude.contains(&c.name)) {
            let file_path = corpora.join(format!("{}.csv", corpus.name));
            let (mut rows, mut file) = columns.read(&file_path)?;
            for judgements in &mut judgements {
                let judged = judgements.take(&corpus.name, &rows, &file_path)?;
                if judgements.entry.overrides {
                    let ids: HashSet<&str> = judged.iter().map(|row| row.id.as_str()).collect();
                    let overridden = rows.iter_mut().filter(|row| ids.contains(row.id.as_str()));
                    overridden.for_each(|row| row.weight = 0.0);
                }
                let uses = Uses {
                    calibration: judgements.entry.calibrates,
                    document: false,
                    sentences: judgements.entry.documents,
                };
                set.extend(judged, 1.0, uses, &file_path)?;
            }
            for distilled in &distilled {
                distilled.check(&corpus.name, &rows, &file_path)?;
            }
            let mut rows = corpus.select(rows, exclude);
            for distilled in &distilled {
                distilled.divide(&corpus.name, &mut rows);
            }
            file.path = PathBuf::from(format!("{}.csv", corpus.name));
            file.rows = rows.len();
            files.push(file);
            let uses = Uses {
                calibration: corpus.calibrates,
                document: corpus.documents,
                sentences: false,
            };
            set.extend(rows, 1.0, uses, &file_path)?;
        }
        files.extend(judgements.into_iter().map(|judgements| judgements.file));
        files.extend(distilled.into_iter().map(|distilled| distilled.file));
        for labels in &self.labels {
            let file_path = folder.join(&labels.path);
            let (rows, mut file) = columns.read(&file_path)?;
            file.path.clone_from(&labels.path);
            files.push(file);
            let uses = Uses {
                calibration: labels.calibrates,
                document: false,
                sentences: false,
            };
            set.extend(rows, labels.weight, uses, &file_path)?;
        }
        Ok((set, files))
    }
}

impl CorpusEntry {
    /// The rows that take part, weighed.
    fn select(&self, rows: Vec<LabelledRow>, exclude: &[String]) -> Vec<LabelledRow> {
        let mut documents: std::collections::BTreeMap<String, usize> = Default::default();
        let mut kept = Vec::new();
        for (mut row, number) in rows.into_iter().zip(0..) {
            let Some(&weight) = self.weight.get(&row.label) else {
                continue;
            };
            if exclude
                .iter()
                .any(|name| row.source.starts_with(name.as_str()))
            {
                continue;
            }
            let next = documents.len();
            let document = if row.group.is_empty() {
                number
            } else {
                *documents.entry(row.group.clone()).or_insert(next)
            };
            if document % self.every.max(1) == 0 {
                row.weight *= weight;
                kept.push(row);
            }
        }
        kept
    }
}
