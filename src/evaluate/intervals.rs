//! Bootstrap intervals of all figures over groups.
//!
//! Groups are drawn with replacement, because rows of one document are alike: intervals over rows would be too
//! narrow.

use std::collections::BTreeMap;

use ndarray::Array2;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Evaluation;
use crate::labelled::{Draws, interval95, resample};
use crate::stance::{ClassId, StanceScheme};

/// 95 % intervals of the figures of one class.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClassIntervals {
    /// Of precision.
    pub precision: Option<[f64; 2]>,
    /// Of recall.
    pub recall: Option<[f64; 2]>,
    /// Of F1.
    pub f1: Option<[f64; 2]>,
    /// Of the AUC.
    pub auc: Option<[f64; 2]>,
}

/// 95 % intervals of the figures of an [`Evaluation`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Intervals {
    /// Number of groups that were drawn from.
    pub groups: usize,
    /// Of macro F1.
    pub macro_f1: Option<[f64; 2]>,
    /// Of accuracy.
    pub accuracy: Option<[f64; 2]>,
    /// Of log loss.
    pub log_loss: Option<[f64; 2]>,
    /// Of the calibration error.
    pub calibration_error: Option<[f64; 2]>,
    /// By class name.
    pub classes: BTreeMap<String, ClassIntervals>,
}

/// A resample's calibration error is too large, because its bins hold copies. The interval is moved
/// by what the resamples exceed the figure by, on average; it does not go below 0.
fn unbiased(
    interval: [f64; 2],
    judged: &[Evaluation],
    scheme: &StanceScheme,
    probabilities: &Array2<f64>,
    truth: &[ClassId],
) -> [f64; 2] {
    let figure = Evaluation::from_probabilities(scheme, probabilities, truth).calibration_error;
    let mean = judged.iter().map(|e| e.calibration_error).sum::<f64>() / judged.len() as f64;
    interval.map(|end| (end - (mean - figure)).max(0.0))
}

impl Intervals {
    /// Intervals by `resamples` draws of the groups.
    #[must_use]
    pub fn of(
        scheme: &StanceScheme,
        probabilities: &Array2<f64>,
        truth: &[ClassId],
        groups: &[u32],
        (resamples, seed): (usize, u64),
    ) -> Self {
        let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        groups
            .iter()
            .enumerate()
            .for_each(|(i, group)| members.entry(*group).or_default().push(i));
        let members: Vec<Vec<usize>> = members.into_values().collect();
        let mut draws = Draws::new("intervals", seed);
        let drawn: Vec<Vec<u32>> = (0..resamples)
            .map(|_| resample(&mut draws, members.len()))
            .collect();
        let judge = |counts: &Vec<u32>| {
            let rows = members.iter().zip(counts);
            let rows: Vec<usize> = rows
                .flat_map(|(rows, n)| std::iter::repeat_n(rows, *n as usize).flatten().copied())
                .collect();
            let truth: Vec<ClassId> = rows.iter().map(|&i| truth[i]).collect();
            let probabilities = probabilities.select(ndarray::Axis(0), &rows);
            Evaluation::from_probabilities(scheme, &probabilities, &truth)
        };
        let judged: Vec<Evaluation> = drawn.par_iter().map(judge).collect();
        let of = |figure: &dyn Fn(&Evaluation) -> Option<f64>| {
            interval95(judged.iter().filter_map(figure).collect())
        };
        let classes = scheme.names().map(|name| {
            let of = |figure: &dyn Fn(&super::ClassFigures) -> Option<f64>| {
                of(&|e| {
                    e.classes
                        .get(name)
                        .filter(|c| c.samples > 0)
                        .and_then(figure)
                })
            };
            let intervals = ClassIntervals {
                precision: of(&|c| Some(c.precision)),
                recall: of(&|c| Some(c.recall)),
                f1: of(&|c| Some(c.f1)),
                auc: of(&|c| c.auc),
            };
            (name.to_owned(), intervals)
        });
        Self {
            groups: members.len(),
            macro_f1: of(&|e| Some(e.macro_f1)),
            accuracy: of(&|e| Some(e.accuracy)),
            log_loss: of(&|e| Some(e.log_loss)),
            calibration_error: of(&|e| Some(e.calibration_error))
                .map(|interval| unbiased(interval, &judged, scheme, probabilities, truth)),
            classes: classes.collect(),
        }
    }
}
