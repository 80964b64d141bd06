//! Fitting a classifier: choose the penalty, fit, calibrate.

mod judgements;
mod recipe;

pub use judgements::JudgementsEntry;
pub use recipe::{CorpusEntry, LabelsEntry, Recipe};

use std::collections::BTreeMap;

use ndarray::Array2;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::classifier::{Calibration, Classifier, DocumentModel};
use crate::evaluate::Evaluation;
use crate::features::{ChannelSettings, FeatureSpace, Style, Subwords, TextSettings, WordNgrams};
use crate::labelled::{LabelledSet, Uses, grouped_folds};
use crate::linear::{ClassWeights, LogisticFit, LogisticParams, Targets, softmax};
use crate::stance::ClassId;
use crate::text::Lexicon;
use crate::{Error, ErrorKind, Result};

/// Everything that decides a fit, besides the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainParams {
    /// How text becomes words.
    pub text: TextSettings,
    /// The channels, in column order; at least one.
    #[serde(rename = "channel")]
    pub channels: Vec<ChannelSettings>,
    /// Penalties to choose from by cross-validated log loss, each above 0, in units of the
    /// objective `Σ weight · loss + l2/2 · ‖W‖²`; a single one is taken as it is.
    pub l2: Vec<f64>,
    /// True: every class has the same total weight. Default false.
    pub balanced: bool,
    /// Folds of cross-validation and calibration, 2 to 20. Default 5.
    pub folds: usize,
    /// Seed of the folds.
    pub seed: u64,
}

impl Default for TrainParams {
    /// What `polemic train` does without a recipe: settings for hundreds to thousands of rows.
    fn default() -> Self {
        Self {
            text: TextSettings::default(),
            channels: vec![
                ChannelSettings::WordNgrams(WordNgrams {
                    min_df: 1,
                    ..WordNgrams::default()
                }),
                ChannelSettings::Subwords(Subwords::default()),
                ChannelSettings::Style(Style::default()),
            ],
            l2: vec![0.25, 0.5, 1.0, 2.0, 4.0],
            balanced: false,
            folds: 5,
            seed: 1,
        }
    }
}

/// How a fit went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitReport {
    /// The penalty that was used.
    pub l2: f64,
    /// Mean held-out log loss of each penalty that was tried; empty if there was no choice.
    pub search: Vec<(f64, f64)>,
    /// Newton steps of the final fit.
    pub n_iter: u32,
    /// Whether the final fit reached its tolerance.
    pub converged: bool,
    /// Final value of the objective.
    pub final_loss: f64,
    /// Whether probabilities were calibrated on held-out folds.
    pub calibrated: bool,
    /// Figures on held-out folds (before calibration), by grouped cross-validation; absent with
    /// too few groups.
    pub held_out: Option<Evaluation>,
    /// Columns of the feature space.
    pub n_features: usize,
}

/// A fitted classifier and how the fit went.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The classifier.
    pub classifier: Classifier,
    /// How the fit went.
    pub report: FitReport,
}

/// Held-out logits of every sample under one penalty.
struct HeldOut {
    logits: Array2<f64>,
    log_loss: f64,
}

impl TrainParams {
    /// # Errors
    /// [`ErrorKind::Setting`] if a setting is out of its range.
    pub fn check(&self) -> Result<()> {
        if self.channels.is_empty() {
            return Err(Error::setting("number of channels", 0, "at least 1"));
        }
        if self.l2.is_empty() || self.l2.iter().any(|l2| !(*l2 > 0.0 && l2.is_finite())) {
            return Err(Error::setting(
                "l2",
                format!("{:?}", self.l2),
                "finite numbers above 0",
            ));
        }
        if !(2..=20).contains(&self.folds) {
            return Err(Error::setting("folds", self.folds, "2 to 20"));
        }
        self.channels.iter().try_for_each(ChannelSettings::check)
    }

    /// Fits a classifier. `progress` is told what is being done and how far it is, 0 to 1.
    ///
    /// The penalty is chosen, and the probabilities are calibrated, on folds that keep groups
    /// together; the samples of a fold shape neither vocabulary nor weights that judge them.
    ///
    /// # Errors
    /// [`ErrorKind::Setting`] for settings out of range, [`ErrorKind::BadLabels`] for a set that
    /// lacks a class, errors of the solver.
    pub fn fit(&self, set: &LabelledSet, progress: &(dyn Fn(&str, f64) + Sync)) -> Result<Trained> {
        self.check()?;
        let groups = distinct(&set.linked_groups());
        let n_folds = self.folds.min(groups);
        let smallest = set.class_counts().into_iter().min().unwrap_or(0);
        if smallest == 0 {
            return Err(ErrorKind::BadLabels {
                path: "labelled set".into(),
                found: format!("samples per class {:?}", set.class_counts()),
                expected: "at least one of every class".to_owned(),
            }
            .into());
        }
        let nothing_to_learn = self.l2.len() == 1 && set.uses.iter().all(|u| *u == Uses::default());
        let held_out = if n_folds < 2 || nothing_to_learn {
            Vec::new()
        } else {
            self.cross_validate(set, n_folds, progress)?
        };
        let best = held_out
            .iter()
            .enumerate()
            .min_by(|a, b| a.1.log_loss.total_cmp(&b.1.log_loss));
        let l2 = self.l2[best.map_or(0, |(i, _)| i)];
        progress("fitting on all rows", 0.9);
        let (features, matrix) =
            FeatureSpace::fit(self.text, Lexicon::english(), &self.channels, &set.texts)?;
        let fit = self.solve(&matrix, set, l2)?;
        let mut classifier = Classifier::new(set.scheme().clone(), features, fit.model.clone())?;
        let calibration = match best {
            Some((_, held_out)) => calibrate(set, &held_out.logits)?,
            None => None,
        };
        if let Some(calibration) = &calibration {
            classifier = classifier.calibrated(calibration)?;
        }
        if let Some((_, held_out)) = best {
            let model = fit_documents(set, &held_out.logits, calibration.as_ref())?;
            classifier = classifier.with_document_model(model)?;
        }
        let classifier = classifier.folded()?;
        let report = FitReport {
            l2,
            search: if held_out.len() > 1 {
                self.l2
                    .iter()
                    .copied()
                    .zip(held_out.iter().map(|h| h.log_loss))
                    .collect()
            } else {
                Vec::new()
            },
            n_iter: fit.n_iter,
            converged: fit.converged,
            final_loss: fit.final_loss,
            calibrated: calibration.is_some(),
            held_out: best
                .filter(|_| !calibrating(set).is_empty())
                .map(|(_, held_out)| judge(set, &held_out.logits)),
            n_features: fit.model.n_features(),
        };
        Ok(Trained { classifier, report })
    }

    fn solve(
        &self,
        matrix: &crate::features::SparseMatrix,
        set: &LabelledSet,
        l2: f64,
    ) -> Result<LogisticFit> {
        let weights = if self.balanced {
            ClassWeights::Balanced
        } else {
            ClassWeights::None
        };
        LogisticParams::new().l2(l2).class_weights(weights).fit(
            matrix,
            Targets::Soft(&set.shares),
            Some(&set.weights),
            set.scheme().n_classes(),
        )
    }

    /// Held-out logits of all samples, for each penalty. Only calibrating samples are judged when
    /// there are any, but all others take part in the fits.
    fn cross_validate(
        &self,
        set: &LabelledSet,
        n_folds: usize,
        progress: &(dyn Fn(&str, f64) + Sync),
    ) -> Result<Vec<HeldOut>> {
        let folds = grouped_folds(&set.linked_groups(), &set.labels, n_folds, self.seed);
        let k = set.scheme().n_classes();
        let mut logits = vec![Array2::zeros((set.len(), k)); self.l2.len()];
        for fold in 0..n_folds {
            progress("cross-validating", 0.9 * fold as f64 / n_folds as f64);
            let train = set.filtered(|i| folds[i] != fold);
            let (features, matrix) =
                FeatureSpace::fit(self.text, Lexicon::english(), &self.channels, &train.texts)?;
            let judged: Vec<usize> = (0..set.len())
                .filter(|&i| folds[i] == fold && set.uses[i] != Uses::default())
                .collect();
            let fits: Vec<Result<LogisticFit>> = self
                .l2
                .par_iter()
                .map(|&l2| self.solve(&matrix, &train, l2))
                .collect();
            let (mut features, n_columns) = (features, matrix.n_cols());
            drop(matrix);
            for (fit, logits) in fits.into_iter().zip(&mut logits) {
                let model = fit?.model;
                debug_assert_eq!(model.n_features(), n_columns);
                let classifier = Classifier::new(set.scheme().clone(), features, model)?;
                let mut scorer = classifier.scorer();
                for &i in &judged {
                    let found = scorer.logits(&set.texts[i]);
                    logits
                        .row_mut(i)
                        .iter_mut()
                        .zip(found)
                        .for_each(|(to, from)| *to = *from);
                }
                features = classifier.into_features();
            }
        }
        Ok(logits
            .into_iter()
            .map(|logits| HeldOut {
                log_loss: log_loss(set, &logits),
                logits,
            })
            .collect())
    }
}

fn distinct(groups: &[u32]) -> usize {
    let mut groups = groups.to_vec();
    groups.sort_unstable();
    groups.dedup();
    groups.len()
}

/// The samples that calibration may use; those without weight do not count.
fn calibrating(set: &LabelledSet) -> Vec<usize> {
    (0..set.len())
        .filter(|&i| set.uses[i].calibration && set.weights[i] > 0.0)
        .collect()
}

fn log_loss(set: &LabelledSet, logits: &Array2<f64>) -> f64 {
    let mut loss = 0.0;
    let mut total = 0.0;
    for i in calibrating(set) {
        let mut p = logits.row(i).to_vec();
        softmax(&mut p);
        let weight = f64::from(set.weights[i]);
        loss -= weight * p[set.labels[i] as usize].max(f64::MIN_POSITIVE).ln();
        total += weight;
    }
    if total > 0.0 { loss / total } else { 0.0 }
}

fn calibrate(set: &LabelledSet, logits: &Array2<f64>) -> Result<Option<Calibration>> {
    let rows = calibrating(set);
    let labels: Vec<_> = rows.iter().map(|&i| set.labels[i]).collect();
    Calibration::fit(logits.select(ndarray::Axis(0), &rows).view(), &labels)
}

/// The document model, fitted on held-out probabilities of the documents' sentences.
fn fit_documents(
    set: &LabelledSet,
    logits: &Array2<f64>,
    calibration: Option<&Calibration>,
) -> Result<Option<DocumentModel>> {
    let mut documents: BTreeMap<u32, (Vec<Vec<f64>>, ClassId)> = BTreeMap::new();
    for i in (0..set.len()).filter(|&i| set.uses[i].document) {
        let logits = logits.row(i).to_vec();
        let mut p = calibration.map_or(logits.clone(), |c| c.calibrate(&logits));
        softmax(&mut p);
        documents
            .entry(set.groups[i])
            .or_insert((Vec::new(), set.labels[i]))
            .0
            .push(p);
    }
    let seen: Vec<(Vec<f64>, ClassId)> = documents
        .into_values()
        .map(|(p, class)| (DocumentModel::features(&p), class))
        .collect();
    DocumentModel::fit(&seen, set.scheme().n_classes())
}

fn judge(set: &LabelledSet, logits: &Array2<f64>) -> Evaluation {
    let rows = calibrating(set);
    let mut probabilities = logits.select(ndarray::Axis(0), &rows);
    for mut row in probabilities.rows_mut() {
        let mut p = row.to_vec();
        softmax(&mut p);
        row.iter_mut().zip(p).for_each(|(to, from)| *to = from);
    }
    let labels: Vec<_> = rows.iter().map(|&i| set.labels[i]).collect();
    Evaluation::from_probabilities(set.scheme(), &probabilities, &labels)
}
