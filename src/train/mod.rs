//! Fitting a classifier: choose the penalty, fit, calibrate.

mod curve;
mod distilled;
mod documents;
mod facts;
mod held_out;
mod judgements;
mod recipe;
mod search;
mod shares;
mod start;

pub use curve::{CurvePoint, LearningCurve, learning_curve};
pub use distilled::DistilledEntry;
pub use facts::{BehaviourFigure, Facts};
pub use held_out::HeldOutRows;
pub use judgements::JudgementsEntry;
pub use recipe::{CorpusEntry, LabelsEntry, Recipe};
pub use search::{Candidate, Tried, candidates, search};
pub use shares::{ClassShares, SharesTried};
pub use start::Start;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use documents::HeldOutDocuments;
use held_out::HeldOutFolds;
use start::Design;

use crate::classifier::{Calibration, Classifier};
use crate::evaluate::Evaluation;
use crate::features::{ChannelSettings, Style, Subwords, TextSettings, WordNgrams};
use crate::labelled::{LabelledSet, Uses};
use crate::linear::{ClassWeights, LogisticFit, LogisticParams, Targets, softmax};
use crate::stance::ClassId;
use crate::text::NameFinder;
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
    /// True: every class has the same total weight, and probabilities are those for rows among
    /// which all classes are equally frequent. False: classes are as frequent as in the rows.
    /// Default false.
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
            text: TextSettings {
                names: NameFinder::Capitalized,
                edges: true,
                ..TextSettings::default()
            },
            channels: vec![
                ChannelSettings::WordNgrams(WordNgrams {
                    min_df: 1,
                    ..WordNgrams::default()
                }),
                ChannelSettings::Subwords(Subwords::default()),
                ChannelSettings::Style(Style::default()),
            ],
            l2: vec![0.125, 0.25, 0.5, 1.0, 2.0, 4.0],
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
    /// The log of a search over channels and penalties; empty if there was none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tried: Vec<Tried>,
    /// What the choice between class shares stood on; absent if there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<SharesTried>,
    /// Facts for the model card.
    #[serde(default)]
    pub facts: Facts,
    /// Newton steps of the final fit.
    pub n_iter: u32,
    /// Whether the final fit reached its tolerance.
    pub converged: bool,
    /// Final value of the objective.
    pub final_loss: f64,
    /// Whether probabilities were calibrated on held-out folds.
    pub calibrated: bool,
    /// Figures on held-out folds by grouped cross-validation, each fold calibrated by the others;
    /// absent with too few groups.
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
    /// What was said of each row by a fit that had not seen it; absent with too few groups.
    pub held_out: Option<HeldOutRows>,
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
        self.fit_from(Start::Scratch, set, progress)
    }

    /// As [`TrainParams::fit`], but from what another model knows already.
    ///
    /// # Errors
    /// As [`TrainParams::fit`]; [`ErrorKind::BadLabels`] for labels that a prior does not have.
    pub fn fit_from(
        &self,
        start: Start<'_>,
        set: &LabelledSet,
        progress: &(dyn Fn(&str, f64) + Sync),
    ) -> Result<Trained> {
        let held_out = self.held_out(start, set, &|doing, share| progress(doing, 0.9 * share))?;
        self.finish(start, set, held_out, progress)
    }

    /// Checks, and cross-validates if there is something to learn from it.
    fn held_out(
        &self,
        start: Start<'_>,
        set: &LabelledSet,
        progress: &(dyn Fn(&str, f64) + Sync),
    ) -> Result<HeldOutFolds> {
        self.check()?;
        let smallest = set.class_counts().into_iter().min().unwrap_or(0);
        if smallest == 0 {
            return Err(ErrorKind::BadLabels {
                path: "labelled set".into(),
                found: format!("samples per class {:?}", set.class_counts()),
                expected: "at least one of every class".to_owned(),
            }
            .into());
        }
        let n_folds = self.folds.min(distinct(&set.fold_groups()));
        let nothing_to_learn = self.l2.len() == 1 && set.uses.iter().all(|u| *u == Uses::default());
        if n_folds < 2 || nothing_to_learn {
            return Ok((Vec::new(), Vec::new()));
        }
        self.cross_validate(start, set, n_folds, progress)
    }

    /// Fits to all rows with the best penalty, and calibrates.
    fn finish(
        &self,
        start: Start<'_>,
        set: &LabelledSet,
        (held_out, folds): HeldOutFolds,
        progress: &(dyn Fn(&str, f64) + Sync),
    ) -> Result<Trained> {
        let best = held_out
            .iter()
            .enumerate()
            .min_by(|a, b| a.1.log_loss.total_cmp(&b.1.log_loss));
        let l2 = self.l2[best.map_or(0, |(i, _)| i)];
        progress("fitting on all rows", 0.9);
        let design = start.design(self, set.scheme(), &set.texts)?;
        let fit = self.solve(&design, set, l2)?;
        let mut classifier = start.classifier(set.scheme(), design.space, fit.model.clone())?;
        let calibration = match best {
            Some((_, held_out)) => self.calibrate(set, &held_out.logits, &calibrating(set))?,
            None => None,
        };
        if let Some(calibration) = &calibration {
            classifier = classifier.calibrated(calibration)?;
        }
        if let Some((_, held_out)) = best {
            let documents = HeldOutDocuments {
                set,
                logits: &held_out.logits,
                calibration: calibration.as_ref(),
            };
            classifier = documents.teach(classifier)?;
        }
        let classifier = classifier.folded()?;
        let rows = match best.filter(|_| !calibrating(set).is_empty()) {
            Some((_, held_out)) => Some(self.calibrated(set, &held_out.logits, folds)?),
            None => None,
        };
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
            tried: Vec::new(),
            shares: None,
            facts: Facts::default(),
            n_iter: fit.n_iter,
            converged: fit.converged,
            final_loss: fit.final_loss,
            calibrated: calibration.is_some(),
            held_out: rows.as_ref().map(|rows| judge(set, &rows.probabilities)),
            n_features: fit.model.n_features(),
        };
        Ok(Trained {
            classifier,
            report,
            held_out: rows,
        })
    }

    /// The calibration by these rows and their held-out logits; none if a class has no row.
    fn calibrate(
        &self,
        set: &LabelledSet,
        logits: &Array2<f64>,
        rows: &[usize],
    ) -> Result<Option<Calibration>> {
        let labels: Vec<ClassId> = rows.iter().map(|&i| set.labels[i]).collect();
        let fitted = Calibration::fit(logits.select(ndarray::Axis(0), rows).view(), &labels)?;
        Ok(fitted.map(|calibration| {
            if self.balanced {
                calibration.for_even_classes(&counts(&labels, set.scheme().n_classes()))
            } else {
                calibration
            }
        }))
    }

    /// Mean log loss of held-out logits.
    fn log_loss(&self, set: &LabelledSet, logits: &Array2<f64>) -> f64 {
        let rows = calibrating(set);
        let labels: Vec<ClassId> = rows.iter().map(|&i| set.labels[i]).collect();
        let counts = counts(&labels, set.scheme().n_classes());
        let (mut loss, mut total) = (0.0, 0.0);
        for i in rows {
            let (mut p, label) = (logits.row(i).to_vec(), set.labels[i] as usize);
            softmax(&mut p);
            let mut weight = f64::from(set.weights[i]);
            if self.balanced {
                weight /= counts[label] as f64;
            }
            loss -= weight * p[label].max(f64::MIN_POSITIVE).ln();
            total += weight;
        }
        if total > 0.0 { loss / total } else { 0.0 }
    }

    fn solve(&self, design: &Design, set: &LabelledSet, l2: f64) -> Result<LogisticFit> {
        let weights = if self.balanced {
            ClassWeights::Balanced
        } else {
            ClassWeights::None
        };
        let mut params = LogisticParams::new().l2(l2).class_weights(weights);
        if let Some(prior) = &design.prior {
            params = params.prior(prior.clone());
        }
        params.fit(
            &design.rows,
            Targets::Soft(&set.shares),
            Some(&set.weights),
            set.scheme().n_classes(),
        )
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

/// Rows of each class.
fn counts(labels: &[ClassId], n_classes: usize) -> Vec<usize> {
    let mut counts = vec![0; n_classes];
    labels.iter().for_each(|&label| counts[label as usize] += 1);
    counts
}

fn judge(set: &LabelledSet, probabilities: &Array2<f64>) -> Evaluation {
    let rows = calibrating(set);
    let labels: Vec<_> = rows.iter().map(|&i| set.labels[i]).collect();
    let probabilities = probabilities.select(ndarray::Axis(0), &rows);
    Evaluation::from_probabilities(set.scheme(), &probabilities, &labels)
}
