//! What a fit says about rows that it has not seen.

use ndarray::Array2;
use rayon::prelude::*;

use super::start::Start;
use super::{TrainParams, calibrating};
use crate::Result;
use crate::labelled::{LabelledSet, Uses, grouped_folds};
use crate::linear::{LogisticFit, softmax};

/// Probabilities of rows by fits that did not see them, nor a row of their groups.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOutRows {
    /// `[row][class]`; the calibration of a fold is fitted on the other folds.
    pub probabilities: Array2<f64>,
    /// The fold of each row.
    pub folds: Vec<usize>,
}

/// Held-out logits of every row under one penalty.
pub(super) struct HeldOut {
    pub(super) logits: Array2<f64>,
    pub(super) log_loss: f64,
}

/// Held-out logits for each penalty, and the fold of each row.
pub(super) type HeldOutFolds = (Vec<HeldOut>, Vec<usize>);

impl TrainParams {
    /// Held-out logits of all rows, for each penalty, and the folds. Only rows that are used for
    /// calibration or documents are judged, but all others take part in the fits.
    pub(super) fn cross_validate(
        &self,
        start: Start<'_>,
        set: &LabelledSet,
        n_folds: usize,
        progress: &(dyn Fn(&str, f64) + Sync),
    ) -> Result<HeldOutFolds> {
        let folds = grouped_folds(&set.fold_groups(), &set.labels, n_folds, self.seed);
        let k = set.scheme().n_classes();
        let mut logits = vec![Array2::zeros((set.len(), k)); self.l2.len()];
        for fold in 0..n_folds {
            progress("cross-validating", fold as f64 / n_folds as f64);
            let train = set.filtered(|i| folds[i] != fold);
            let judged: Vec<usize> = (0..set.len())
                .filter(|&i| folds[i] == fold && set.uses[i] != Uses::default())
                .collect();
            let texts: Vec<String> = judged.iter().map(|&i| set.texts[i].clone()).collect();
            let found = self.logits_of(start, &train, &texts)?;
            for (found, logits) in found.into_iter().zip(&mut logits) {
                for (row, &i) in found.rows().into_iter().zip(&judged) {
                    logits.row_mut(i).assign(&row);
                }
            }
        }
        let held_out = logits.into_iter().map(|logits| HeldOut {
            log_loss: self.log_loss(set, &logits),
            logits,
        });
        Ok((held_out.collect(), folds))
    }

    /// The logits of `texts` by fits to `train`, for each penalty.
    pub(super) fn logits_of(
        &self,
        start: Start<'_>,
        train: &LabelledSet,
        texts: &[String],
    ) -> Result<Vec<Array2<f64>>> {
        let design = start.design(self, train.scheme(), &train.texts)?;
        let fits: Vec<Result<LogisticFit>> = self
            .l2
            .par_iter()
            .map(|&l2| self.solve(&design, train, l2))
            .collect();
        let space = design.space;
        drop(design.rows);
        let rows = start.rows(&space, texts)?;
        let k = train.scheme().n_classes();
        fits.into_iter()
            .map(|fit| {
                let model = fit?.model;
                let mut logits = vec![0.0; texts.len() * k];
                for (row, out) in rows.rows().zip(logits.chunks_exact_mut(k)) {
                    model.logits_into(row, out)?;
                }
                Ok(Array2::from_shape_fn((texts.len(), k), |(i, j)| {
                    logits[i * k + j]
                }))
            })
            .collect()
    }

    /// Calibrates held-out logits, each fold by the others.
    pub(super) fn calibrated(
        &self,
        set: &LabelledSet,
        logits: &Array2<f64>,
        folds: Vec<usize>,
    ) -> Result<HeldOutRows> {
        let rows = calibrating(set);
        let mut probabilities = logits.clone();
        let n_folds = folds.iter().max().map_or(0, |f| f + 1);
        for fold in 0..n_folds {
            let others: Vec<usize> = rows.iter().copied().filter(|&i| folds[i] != fold).collect();
            let calibration = self.calibrate(set, logits, &others)?;
            for i in (0..set.len()).filter(|&i| folds[i] == fold) {
                let logits = logits.row(i).to_vec();
                let mut p = calibration
                    .as_ref()
                    .map_or(logits.clone(), |c| c.calibrate(&logits));
                softmax(&mut p);
                probabilities
                    .row_mut(i)
                    .iter_mut()
                    .zip(p)
                    .for_each(|(to, p)| *to = p);
            }
        }
        Ok(HeldOutRows {
            probabilities,
            folds,
        })
    }
}
