//! Calibration: logits that the model was not fitted on become honest probabilities.
//!
//! Matrix scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks"): a second, small
//! logistic regression p = softmax(A·z + c) on held-out logits z, fitted by linfa-logistic. Because it
//! is linear it folds into the coefficients, so contributions stay exact and scoring costs the same.

use ndarray::{Array1, Array2, ArrayView2};

use super::dense::Affine;
use crate::linear::LogisticRegression;
use crate::stance::ClassId;
use crate::{ErrorKind, Result};

/// Strength of the penalty on `A`, in rows.
const L2: f64 = 1.0;

/// The map from logits to calibrated logits, `A·z + c`.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// `[from][to]`.
    matrix: Array2<f64>,
    offset: Array1<f64>,
}

impl Calibration {
    /// Fits the map on held-out `logits` (one row a sample, one column a class) and the true
    /// classes. Gives `None` if a class has no sample: then nothing can be said about it.
    ///
    /// # Errors
    /// [`ErrorKind::Linfa`] if linfa-logistic fails.
    pub fn fit(logits: ArrayView2<'_, f64>, classes: &[ClassId]) -> Result<Option<Self>> {
        let fitted = Affine::fit(logits, classes, logits.ncols(), L2)?;
        let parts = fitted.map(Affine::into_parts);
        Ok(parts.map(|(matrix, offset)| Self { matrix, offset }))
    }

    /// The map for rows among which all classes are equally frequent, where those of the fit had
    /// `counts` of each class, none 0: `c_k − ln counts_k` (Saerens, Latinne and Decaestecker 2002,
    /// "Adjusting the outputs of a classifier to new a priori probabilities").
    #[must_use]
    pub fn for_even_classes(mut self, counts: &[usize]) -> Self {
        for (c, &count) in self.offset.iter_mut().zip(counts) {
            *c -= (count as f64).ln();
        }
        self
    }

    /// The calibrated logits of these logits.
    #[must_use]
    pub fn calibrate(&self, logits: &[f64]) -> Vec<f64> {
        self.apply(logits, true)
    }

    /// The coefficients `W·A` and intercepts `A·b + c`, centred over the classes (softmax does not
    /// see a common shift).
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if the model has another number of classes.
    pub fn fold_into(&self, model: &LogisticRegression) -> Result<LogisticRegression> {
        let k = model.n_classes();
        if k != self.offset.len() {
            return Err(ErrorKind::Shape {
                what: "the calibration",
                found: format!("{} classes", self.offset.len()),
                expected: format!("{k} classes"),
            }
            .into());
        }
        let mut coefficients = Vec::with_capacity(model.coefficients().len());
        for weights in model.coefficients().chunks_exact(k) {
            let weights: Vec<f64> = weights.iter().copied().map(f64::from).collect();
            coefficients.extend(self.apply(&weights, false).into_iter().map(|w| w as f32));
        }
        let intercepts = self.apply(model.intercepts(), true);
        LogisticRegression::from_parts(model.n_features(), coefficients, intercepts)
    }

    fn apply(&self, from: &[f64], with_offset: bool) -> Vec<f64> {
        let to = |class: usize| -> f64 {
            let sum: f64 = from
                .iter()
                .zip(self.matrix.column(class))
                .map(|(z, a)| z * a)
                .sum();
            sum + if with_offset { self.offset[class] } else { 0.0 }
        };
        let mut mapped: Vec<f64> = (0..from.len()).map(to).collect();
        let mean = mapped.iter().sum::<f64>() / mapped.len() as f64;
        mapped.iter_mut().for_each(|z| *z -= mean);
        mapped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn overconfident_logits_are_cooled_down() {
        // Two classes; the logits claim 99.8 %, the truth is three of four.
        let logits = Array2::from_shape_fn((80, 2), |(i, k)| {
            let sign = if (i % 2 == 0) == (k == 0) { 1.0 } else { -1.0 };
            3.0 * sign
        });
        let classes: Vec<ClassId> = (0..80)
            .map(|i| u32::from((i % 2 == 1) != (i % 8 < 2)))
            .collect();
        let calibration = Calibration::fit(logits.view(), &classes)
            .expect("fits")
            .expect("both");
        let z = calibration.apply(&[3.0, -3.0], true);
        let p = 1.0 / (1.0 + (z[1] - z[0]).exp());
        assert!((0.7..0.8).contains(&p), "{p}");
    }

    #[test]
    fn even_classes_take_the_shares_of_the_fit_back() {
        // The logits say nothing, so probabilities are the shares: one in four.
        let logits = Array2::zeros((80, 2));
        let classes: Vec<ClassId> = (0..80).map(|i| u32::from(i % 4 == 0)).collect();
        let calibration = Calibration::fit(logits.view(), &classes)
            .expect("fits")
            .expect("both");
        let odds = |c: &Calibration| {
            let z = c.calibrate(&[0.0, 0.0]);
            (z[1] - z[0]).exp()
        };
        assert!((odds(&calibration) - 1.0 / 3.0).abs() < 1e-3);
        let even = calibration.for_even_classes(&[60, 20]);
        assert!((odds(&even) - 1.0).abs() < 1e-3);
    }

    #[test]
    fn folding_is_the_same_as_mapping_the_logits() {
        let model = LogisticRegression::from_parts(2, vec![0.5, -0.5, 1.0, -1.0], vec![0.2, -0.2])
            .expect("shapes fit");
        let calibration = Calibration {
            matrix: array![[0.9, 0.1], [-0.3, 0.6]],
            offset: array![0.05, -0.02],
        };
        let folded = calibration.fold_into(&model).expect("shapes fit");
        let row = [2.0, -1.0];
        let logits = |m: &LogisticRegression| -> Vec<f64> {
            (0..2)
                .map(|k| {
                    m.intercepts()[k]
                        + (0..2)
                            .map(|j| row[j] * f64::from(m.coefficients()[j * 2 + k]))
                            .sum::<f64>()
                })
                .collect()
        };
        let mapped = calibration.apply(&logits(&model), true);
        for (a, b) in logits(&folded).iter().zip(mapped) {
            assert!((a - b).abs() < 1e-6);
        }
    }

    #[test]
    fn a_missing_class_gives_no_calibration() {
        let logits = array![[1.0, 0.0], [0.0, 1.0]];
        assert_eq!(
            Calibration::fit(logits.view(), &[0, 0]).expect("no error"),
            None
        );
    }
}
