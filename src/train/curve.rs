//! The learning curve: how much the labels have brought, and what more of them would.
//!
//! `1 − macro F1 ≈ a + b / √n`, `b ≥ 0`: least squares over sizes and folds. It is a rule of thumb for
//! the next few hundred labels, not for thousands.

use serde::{Deserialize, Serialize};

use super::TrainParams;
use super::start::Start;
use crate::Result;
use crate::evaluate::Evaluation;
use crate::labelled::{Draws, LabelledSet, grouped_folds};
use crate::linear::softmax;

/// Shares of the rows that are fitted on.
const SHARES: [f64; 5] = [0.1, 0.2, 0.4, 0.7, 1.0];
/// Fewest rows to fit on.
const FEWEST_ROWS: usize = 20;
/// How many more labels the estimate is for.
const MORE: f64 = 500.0;

/// Figures with so many rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Mean number of rows fitted on.
    pub rows: f64,
    /// Mean macro F1 on held-out folds.
    pub macro_f1: f64,
    /// Lowest and highest macro F1 of the folds.
    pub range: [f64; 2],
}

/// A learning curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningCurve {
    /// The points, by rows.
    pub points: Vec<CurvePoint>,
    /// What 500 more labels would add to macro F1 by the curve; absent with fewer than three
    /// points.
    pub gain_of_500: Option<f64>,
    /// The same for each fold alone, lowest and highest: how far it can be trusted.
    pub gain_range: Option<[f64; 2]>,
}

/// Fits to growing parts of the rows, with the first penalty of `params`, and judges held-out
/// folds. Parts grow by whole groups; each holds the one before.
///
/// # Errors
/// As [`TrainParams::fit`].
pub fn learning_curve(
    params: &TrainParams,
    l2: f64,
    start: Start<'_>,
    set: &LabelledSet,
    progress: &(dyn Fn(&str, f64) + Sync),
) -> Result<LearningCurve> {
    let params = TrainParams {
        l2: vec![l2],
        ..params.clone()
    };
    let n_folds = params.folds.min(super::distinct(&set.groups));
    let folds = grouped_folds(&set.groups, &set.labels, n_folds, params.seed);
    let mut seen: Vec<Vec<(f64, f64)>> = vec![Vec::new(); SHARES.len()];
    for fold in 0..n_folds {
        progress("learning curve", fold as f64 / n_folds as f64);
        let order = Draws::new("curve", params.seed ^ fold as u64).shuffled(set.len());
        for (share, seen) in SHARES.iter().zip(&mut seen) {
            let part = part(set, &folds, fold, &order, *share);
            if let Some(f1) = score(&params, start, set, &part, |i| folds[i] == fold)? {
                seen.push((part.iter().filter(|p| **p).count() as f64, f1));
            }
        }
    }
    Ok(LearningCurve::of(&seen, set.len() as f64))
}

/// The rows to fit on: groups in the order given, until there are enough rows.
fn part(set: &LabelledSet, folds: &[usize], fold: usize, order: &[usize], share: f64) -> Vec<bool> {
    let total = folds.iter().filter(|f| **f != fold).count();
    let wanted = (share * total as f64).round() as usize;
    let mut sizes = std::collections::BTreeMap::new();
    set.groups
        .iter()
        .for_each(|g| *sizes.entry(*g).or_insert(0) += 1);
    let mut taken = std::collections::BTreeSet::new();
    let mut n = 0;
    for &i in order.iter().filter(|&&i| folds[i] != fold) {
        if n < wanted && taken.insert(set.groups[i]) {
            n += sizes[&set.groups[i]];
        }
    }
    (0..set.len())
        .map(|i| folds[i] != fold && taken.contains(&set.groups[i]))
        .collect()
}

/// Macro F1 of a fit to a part; `None` if the part lacks a class or is too small.
fn score(
    params: &TrainParams,
    start: Start<'_>,
    set: &LabelledSet,
    part: &[bool],
    judged: impl Fn(usize) -> bool,
) -> Result<Option<f64>> {
    let train = set.filtered(|i| part[i]);
    if train.len() < FEWEST_ROWS || train.class_counts().contains(&0) {
        return Ok(None);
    }
    let test = set.filtered(judged);
    let mut logits = params.logits_of(start, &train, &test.texts)?.remove(0);
    for mut row in logits.rows_mut() {
        let mut p = row.to_vec();
        softmax(&mut p);
        row.iter_mut().zip(p).for_each(|(to, p)| *to = p);
    }
    Ok(Some(
        Evaluation::from_probabilities(set.scheme(), &logits, &test.labels).macro_f1,
    ))
}

impl LearningCurve {
    fn of(seen: &[Vec<(f64, f64)>], rows: f64) -> Self {
        let points: Vec<CurvePoint> = seen
            .iter()
            .filter(|s| !s.is_empty())
            .map(|s| {
                let n = s.len() as f64;
                let scores = s.iter().map(|x| x.1);
                CurvePoint {
                    rows: s.iter().map(|x| x.0).sum::<f64>() / n,
                    macro_f1: scores.clone().sum::<f64>() / n,
                    range: [
                        scores.clone().fold(1.0, f64::min),
                        scores.fold(0.0, f64::max),
                    ],
                }
            })
            .collect();
        let all: Vec<(f64, f64)> = seen.iter().flatten().copied().collect();
        let folds = seen.iter().map(Vec::len).max().unwrap_or(0);
        let single = (0..folds).filter_map(|fold| {
            gain(
                &seen
                    .iter()
                    .filter_map(|s| s.get(fold))
                    .copied()
                    .collect::<Vec<_>>(),
                rows,
            )
        });
        let single: Vec<f64> = single.collect();
        let gain_of_500 = (points.len() >= 3).then(|| gain(&all, rows)).flatten();
        let range = [
            single.iter().copied().fold(1.0, f64::min),
            single.iter().copied().fold(0.0, f64::max),
        ];
        Self {
            points,
            gain_of_500,
            gain_range: gain_of_500.map(|_| range),
        }
    }
}

/// What 500 more rows than `rows` bring by `1 − F1 = a + b / √n` through (n, F1).
fn gain(points: &[(f64, f64)], rows: f64) -> Option<f64> {
    let n = points.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (mx, my) = (mean(&|p| p.0.powf(-0.5)), mean(&|p| 1.0 - p.1));
    let spread = mean(&|p| (p.0.powf(-0.5) - mx).powi(2));
    let slope = mean(&|p| (p.0.powf(-0.5) - mx) * (1.0 - p.1 - my)) / spread;
    let falls = rows.powf(-0.5) - (rows + MORE).powf(-0.5);
    slope.is_finite().then(|| slope.max(0.0) * falls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gain_follows_the_rule() {
        let points: Vec<(f64, f64)> = [100.0_f64, 225.0, 400.0]
            .iter()
            .map(|n| (*n, 0.8 - 2.0 / n.sqrt()))
            .collect();
        let found = gain(&points, 400.0).expect("a slope");
        assert!(
            (found - 2.0 * (1.0 / 20.0 - 1.0 / 30.0)).abs() < 1e-9,
            "{found}"
        );
        assert_eq!(gain(&[(100.0, 0.7), (400.0, 0.6)], 400.0), Some(0.0));
    }
}
