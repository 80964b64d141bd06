//! linfa-logistic on a few dense columns: what calibration and the models of documents stand on.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2, ArrayView2};

use crate::stance::ClassId;
use crate::{ErrorKind, Result};

const MAX_ITERATIONS: u64 = 500;
const GRADIENT_TOLERANCE: f64 = 1e-6;

/// A multinomial logistic regression on a few columns: what it adds up to logits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Affine {
    /// `[column][class]`.
    coefficients: Array2<f64>,
    /// `[class]`.
    intercepts: Array1<f64>,
}

impl Affine {
    /// Fits `x` (rows samples) to `classes`; `l2` is in samples. `None` if one of the `n_classes` has
    /// no sample: linfa would leave it out in silence.
    pub(super) fn fit(
        x: ArrayView2<'_, f64>,
        classes: &[ClassId],
        n_classes: usize,
        l2: f64,
    ) -> Result<Option<Self>> {
        if (0..n_classes).any(|class| !classes.iter().any(|&c| c as usize == class)) {
            return Ok(None);
        }
        let targets: Array1<usize> = classes.iter().map(|&c| c as usize).collect();
        let fitted = MultiLogisticRegression::default()
            .alpha(l2)
            .max_iterations(MAX_ITERATIONS)
            .gradient_tolerance(GRADIENT_TOLERANCE)
            .fit(&DatasetBase::new(x.to_owned(), targets))
            .map_err(|error| linfa::Error::NotConverged(error.to_string()))?;
        Ok(Some(Self {
            coefficients: fitted.params().clone(),
            intercepts: fitted.intercept().clone(),
        }))
    }

    /// From coefficients `[column][class]`, flat, and intercepts; `what` it is, for the error.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] unless there are `columns` of them a class, all finite.
    pub(super) fn from_parts(
        what: &'static str,
        columns: usize,
        coefficients: Vec<f64>,
        intercepts: Vec<f64>,
    ) -> Result<Self> {
        let (found, n_classes) = (coefficients.len(), intercepts.len());
        let finite = coefficients
            .iter()
            .chain(&intercepts)
            .all(|x| x.is_finite());
        match Array2::from_shape_vec((columns, n_classes), coefficients) {
            Ok(coefficients) if finite => Ok(Self {
                coefficients,
                intercepts: Array1::from_vec(intercepts),
            }),
            _ => Err(ErrorKind::Shape {
                what,
                found: format!("{found} coefficients"),
                expected: format!(
                    "{} finite ones for {n_classes} classes",
                    columns * n_classes
                ),
            }
            .into()),
        }
    }

    /// The coefficients `[column][class]` and the intercepts `[class]`.
    pub(super) fn into_parts(self) -> (Array2<f64>, Array1<f64>) {
        (self.coefficients, self.intercepts)
    }

    /// The coefficients `[column][class]`, flat.
    pub(super) fn flat_coefficients(&self) -> Vec<f64> {
        self.coefficients.iter().copied().collect()
    }

    /// The intercepts, one a class.
    pub(super) fn intercepts(&self) -> &Array1<f64> {
        &self.intercepts
    }

    /// The logits of a sample.
    pub(super) fn logits(&self, features: &[f64]) -> Vec<f64> {
        self.logits_from(features, 0)
    }

    /// The logits of what is known of a sample from column `first` on.
    pub(super) fn logits_from(&self, features: &[f64], first: usize) -> Vec<f64> {
        let mut logits = self.intercepts.to_vec();
        self.add(features, first, &mut logits);
        logits
    }

    /// What features, the columns from the first on, add to the logits.
    pub(super) fn products(&self, features: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.intercepts.len()];
        self.add(features, 0, &mut sums);
        sums
    }

    fn add(&self, features: &[f64], first: usize, logits: &mut [f64]) {
        let rows = self.coefficients.rows().into_iter().skip(first);
        for (value, weights) in features.iter().zip(rows) {
            let sums = logits.iter_mut().zip(weights);
            sums.for_each(|(z, w)| *z += value * w);
        }
    }
}
