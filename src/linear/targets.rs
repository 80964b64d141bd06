//! What every row should say, and how much it counts.

use crate::{Error, ErrorKind, Result};

/// How far a soft row may be from summing to 1: well above what `f32` rounding needs.
const SUM_TOLERANCE: f64 = 1e-4;

/// The classes of the rows, known or uncertain.
///
/// ```
/// use polemic::linear::Targets;
///
/// let known = Targets::Hard(&[0, 2]);
/// let judged = Targets::Soft(&[1.0, 0.0, 0.0, 0.0, 0.3, 0.7]); // two rows, three classes
/// # let _ = (known, judged);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Targets<'a> {
    /// One class index per row, below the number of classes.
    Hard(&'a [u32]),
    /// One probability per row and class, row after row; each row sums to 1 within 1e-4 and is
    /// divided by its sum.
    Soft(&'a [f32]),
}

/// How much each class counts: a factor `c_k` on every row's share in class `k`.
///
/// ```
/// use polemic::linear::{ClassWeights, LogisticParams};
///
/// let even = LogisticParams::new().class_weights(ClassWeights::Balanced);
/// let lean = LogisticParams::new().class_weights(ClassWeights::Given(vec![1.0, 1.0, 2.0]));
/// # let _ = (even, lean);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum ClassWeights {
    /// `c_k = 1`: rows count by their own weights only. The default.
    #[default]
    None,
    /// `c_k = (Σ_i s_i) / (K' · Σ_i s_i t_ik)` with sample weights `s`, targets `t` and `K'`
    /// classes that have any weight: scikit-learn's `class_weight="balanced"`. All those classes
    /// then weigh the same and the total weight is unchanged.
    Balanced,
    /// One finite, non-negative factor per class.
    Given(Vec<f64>),
}

impl ClassWeights {
    /// The factors for classes that weigh `totals` before weighting.
    fn factors(&self, totals: &[f64]) -> Result<Vec<f64>> {
        match self {
            Self::None => Ok(vec![1.0; totals.len()]),
            Self::Balanced => Ok(balanced(totals)),
            Self::Given(factors) if factors.len() != totals.len() => Err(shape(
                "class weights",
                format!("{} values", factors.len()),
                format!("one per class ({})", totals.len()),
            )),
            Self::Given(factors) => Ok(factors.clone()),
        }
    }
}

fn balanced(totals: &[f64]) -> Vec<f64> {
    let present = totals.iter().filter(|&&t| t > 0.0).count() as f64;
    let share = totals.iter().sum::<f64>() / present;
    totals
        .iter()
        .map(|&t| if t > 0.0 { share / t } else { 0.0 })
        .collect()
}

/// The checked targets and weights of a fit, as masses `m_ik = s_i · c_k · t_ik`.
pub(super) struct Masses<'a> {
    rows: Rows<'a>,
    /// `W_i = Σ_k m_ik`, the weight of row `i`.
    weights: Vec<f64>,
    /// `Σ_i m_ik`, the weight of class `k`.
    class_totals: Vec<f64>,
}

/// Hard targets stay borrowed (the row's whole weight is on one class); soft ones are `m_ik`.
enum Rows<'a> {
    Hard(&'a [u32]),
    Soft(Vec<f64>),
}

impl<'a> Masses<'a> {
    /// Checks and multiplies targets, sample weights (1 where there are none) and class weights.
    pub(super) fn new(
        (n_rows, n_classes): (usize, usize),
        targets: Targets<'a>,
        sample_weights: Option<&[f32]>,
        class_weights: &ClassWeights,
    ) -> Result<Self> {
        let mut rows = Rows::checked(targets, n_rows, n_classes)?;
        let mut weights = checked_weights(sample_weights, n_rows)?;
        let mut class_totals = rows.totals(&weights, n_classes);
        let factors = class_weights.factors(&class_totals)?;
        rows.weigh(&mut weights, &factors);
        class_totals
            .iter_mut()
            .zip(&factors)
            .for_each(|(total, factor)| *total *= factor);
        Self {
            rows,
            weights,
            class_totals,
        }
        .with_two_classes()
    }

    fn with_two_classes(self) -> Result<Self> {
        let present = self.class_totals.iter().filter(|&&t| t > 0.0).count();
        if present < 2 || !self.class_totals.iter().sum::<f64>().is_finite() {
            return Err(shape(
                "the targets",
                format!("{present} classes with any weight"),
                "at least two, with a finite total".to_owned(),
            ));
        }
        Ok(self)
    }

    /// `W_i`, the weight of row `i`.
    pub(super) fn weight(&self, i: usize) -> f64 {
        self.weights[i]
    }

    /// `Σ_i m_ik` for every class.
    pub(super) fn class_totals(&self) -> &[f64] {
        &self.class_totals
    }

    /// `h_k −= m_ik`.
    pub(super) fn subtract_from(&self, h: &mut [f64], i: usize) {
        match &self.rows {
            Rows::Hard(classes) => h[classes[i] as usize] -= self.weights[i],
            Rows::Soft(masses) => {
                let masses = &masses[i * h.len()..];
                h.iter_mut().zip(masses).for_each(|(h, m)| *h -= m);
            }
        }
    }

    /// `Σ_k m_ik z_k` for the `n_classes` logits `z_k = at(k)`.
    pub(super) fn dot(&self, i: usize, n_classes: usize, at: impl Fn(usize) -> f64) -> f64 {
        match &self.rows {
            Rows::Hard(classes) => self.weights[i] * at(classes[i] as usize),
            Rows::Soft(masses) => {
                let masses = &masses[i * n_classes..][..n_classes];
                masses.iter().enumerate().map(|(k, m)| m * at(k)).sum()
            }
        }
    }
}

impl<'a> Rows<'a> {
    fn checked(targets: Targets<'a>, n_rows: usize, n_classes: usize) -> Result<Self> {
        let (found, expected) = match targets {
            Targets::Hard(classes) => (classes.len(), Some(n_rows)),
            Targets::Soft(shares) => (shares.len(), n_rows.checked_mul(n_classes)),
        };
        if Some(found) != expected {
            return Err(shape(
                "the targets",
                format!("{found} values"),
                format!("the values of {n_rows} rows and {n_classes} classes"),
            ));
        }
        match targets {
            Targets::Hard(classes) => checked_classes(classes, n_classes).map(Self::Hard),
            Targets::Soft(shares) => normalised(shares, n_classes).map(Self::Soft),
        }
    }

    /// `Σ_i s_i t_ik` for every class.
    fn totals(&self, weights: &[f64], n_classes: usize) -> Vec<f64> {
        let mut totals = vec![0.0; n_classes];
        match self {
            Self::Hard(classes) => {
                classes
                    .iter()
                    .zip(weights)
                    .for_each(|(&k, w)| totals[k as usize] += w);
            }
            Self::Soft(shares) => {
                for (row, w) in shares.chunks_exact(n_classes).zip(weights) {
                    totals
                        .iter_mut()
                        .zip(row)
                        .for_each(|(total, t)| *total += w * t);
                }
            }
        }
        totals
    }

    /// From sample weights to row weights `W_i`, and from soft targets to masses.
    fn weigh(&mut self, weights: &mut [f64], factors: &[f64]) {
        match self {
            Self::Hard(classes) => {
                classes
                    .iter()
                    .zip(weights)
                    .for_each(|(&k, w)| *w *= factors[k as usize]);
            }
            Self::Soft(shares) => {
                for (row, w) in shares.chunks_exact_mut(factors.len()).zip(weights) {
                    row.iter_mut()
                        .zip(factors)
                        .for_each(|(t, factor)| *t *= *w * factor);
                    *w = row.iter().sum();
                }
            }
        }
    }
}

fn checked_classes(classes: &[u32], n_classes: usize) -> Result<&[u32]> {
    match classes.iter().position(|&k| k as usize >= n_classes) {
        None => Ok(classes),
        Some(i) => Err(shape(
            "the targets",
            format!("class {} in row {i}", classes[i]),
            format!("classes below {n_classes}"),
        )),
    }
}

fn normalised(shares: &[f32], n_classes: usize) -> Result<Vec<f64>> {
    let mut rows: Vec<f64> = shares.iter().copied().map(f64::from).collect();
    for (i, row) in rows.chunks_exact_mut(n_classes).enumerate() {
        let sum: f64 = row.iter().sum();
        // Written so that a NaN fails.
        if !(row.iter().all(|&t| t >= 0.0) && (sum - 1.0).abs() <= SUM_TOLERANCE) {
            return Err(shape(
                "the targets",
                format!("{row:?} in row {i}"),
                "non-negative shares that sum to 1".to_owned(),
            ));
        }
        row.iter_mut().for_each(|t| *t /= sum);
    }
    Ok(rows)
}

fn checked_weights(sample_weights: Option<&[f32]>, n_rows: usize) -> Result<Vec<f64>> {
    let Some(weights) = sample_weights else {
        return Ok(vec![1.0; n_rows]);
    };
    if weights.len() != n_rows {
        let found = format!("{} values", weights.len());
        return Err(shape(
            "the sample weights",
            found,
            format!("one per row ({n_rows})"),
        ));
    }
    if let Some(i) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
        return Err(shape(
            "the sample weights",
            format!("{} in row {i}", weights[i]),
            "finite, non-negative values".to_owned(),
        ));
    }
    Ok(weights.iter().copied().map(f64::from).collect())
}

fn shape(what: &'static str, found: String, expected: String) -> Error {
    ErrorKind::Shape {
        what,
        found,
        expected,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masses(
        targets: Targets<'_>,
        weights: Option<&[f32]>,
        classes: ClassWeights,
    ) -> Result<(Vec<f64>, Vec<f64>)> {
        let masses = Masses::new((3, 2), targets, weights, &classes)?;
        Ok((masses.weights, masses.class_totals))
    }

    #[test]
    fn balanced_classes_weigh_the_same() -> Result<()> {
        let found = masses(Targets::Hard(&[0, 0, 1]), None, ClassWeights::Balanced)?;
        assert_eq!(found, (vec![0.75, 0.75, 1.5], vec![1.5, 1.5]));
        Ok(())
    }

    #[test]
    fn soft_rows_split_their_weight() -> Result<()> {
        let targets = Targets::Soft(&[1.0, 0.0, 0.5, 0.5, 0.0, 1.0]);
        let found = masses(
            targets,
            Some(&[1.0, 2.0, 3.0]),
            ClassWeights::Given(vec![1.0, 10.0]),
        )?;
        assert_eq!(found, (vec![1.0, 11.0, 30.0], vec![2.0, 40.0]));
        Ok(())
    }

    #[test]
    fn bad_targets_are_named() {
        let bad: [(Targets<'_>, Option<&[f32]>, &str); 8] = [
            (Targets::Hard(&[0, 1]), None, "2 values"),
            (Targets::Hard(&[0, 1, 2]), None, "class 2 in row 2"),
            (Targets::Hard(&[0, 0, 0]), None, "1 classes"),
            (Targets::Soft(&[1.0, 0.0, 0.0]), None, "3 values"),
            (
                Targets::Soft(&[1.0, 0.0, 0.9, 0.0, 0.0, 1.0]),
                None,
                "in row 1",
            ),
            (
                Targets::Soft(&[1.0, 0.0, f32::NAN, 0.0, 0.0, 1.0]),
                None,
                "in row 1",
            ),
            (
                Targets::Hard(&[0, 1, 1]),
                Some(&[1.0, -1.0, 1.0]),
                "-1 in row 1",
            ),
            (Targets::Hard(&[0, 1, 1]), Some(&[0.0; 3]), "0 classes"),
        ];
        for (targets, weights, expected) in bad {
            match masses(targets, weights, ClassWeights::None) {
                Err(error) => assert!(error.to_string().contains(expected), "{error}"),
                Ok(_) => panic!("{targets:?} was accepted"),
            }
        }
    }
}
