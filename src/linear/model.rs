//! The fitted coefficients and what they say about a row.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::{MultiFittedLogisticRegression, MultiLogisticRegression};
use ndarray::{Array1, Array2, Axis, concatenate};
use rayon::prelude::*;

use super::gather::add_weighted;
use super::softmax::softmax;
use crate::features::{SparseMatrix, SparseRow};
use crate::{Error, ErrorKind, Result};

/// A multinomial logistic regression: `p = softmax(x W + b)`.
///
/// Coefficients are stored feature by feature, `[n_features][n_classes]`, so that what one term
/// adds to every class is adjacent. They are logits per unit of the feature's value; only their
/// differences between classes matter.
///
/// ```
/// use polemic::features::SparseMatrix;
/// use polemic::linear::LogisticRegression;
///
/// let model = LogisticRegression::from_parts(2, vec![1.0, -1.0, 0.0, 2.0], vec![0.5, -0.5])?;
/// let mut x = SparseMatrix::new(2);
/// x.push_row([(1, 3.0)])?;
/// let mut logits = [0.0; 2];
/// model.logits_into(x.row(0), &mut logits)?;
/// assert_eq!(logits, [0.5, 5.5]);
/// # Ok::<(), polemic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticRegression {
    n_features: usize,
    coefficients: Vec<f32>,
    intercepts: Vec<f64>,
}

impl LogisticRegression {
    /// A model from its coefficients, `[n_features][n_classes]`, and one intercept per class.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if there are fewer than two intercepts, the number of coefficients is
    /// not `n_features · n_classes`, or a value is not finite.
    pub fn from_parts(
        n_features: usize,
        coefficients: Vec<f32>,
        intercepts: Vec<f64>,
    ) -> Result<Self> {
        let n_classes = intercepts.len();
        if n_classes < 2 {
            return Err(shape("the intercepts", n_classes, "at least two"));
        }
        if n_features.checked_mul(n_classes) != Some(coefficients.len()) {
            let expected = format!("{n_classes} for each of {n_features} features");
            return Err(shape("the coefficients", coefficients.len(), &expected));
        }
        let finite = coefficients.iter().all(|c| c.is_finite());
        if !finite || !intercepts.iter().all(|b| b.is_finite()) {
            return Err(ErrorKind::Shape {
                what: "the model",
                found: "coefficients or intercepts that are infinite or not numbers".to_owned(),
                expected: "finite values".to_owned(),
            }
            .into());
        }
        Ok(Self {
            n_features,
            coefficients,
            intercepts,
        })
    }

    /// Number of features.
    #[must_use]
    pub fn n_features(&self) -> usize {
        self.n_features
    }

    /// Number of classes, at least two.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.intercepts.len()
    }

    /// All coefficients, `[n_features][n_classes]`.
    #[must_use]
    pub fn coefficients(&self) -> &[f32] {
        &self.coefficients
    }

    /// What a value of 1 in `feature` adds to the logit of every class; none if there is no such
    /// feature.
    ///
    /// ```
    /// # use polemic::linear::LogisticRegression;
    /// let model = LogisticRegression::from_parts(2, vec![1.0, -1.0, 0.0, 2.0], vec![0.0, 0.0])?;
    /// assert_eq!(model.feature(1), Some(&[0.0, 2.0][..]));
    /// assert_eq!(model.feature(2), None);
    /// # Ok::<(), polemic::Error>(())
    /// ```
    #[must_use]
    pub fn feature(&self, feature: usize) -> Option<&[f32]> {
        let start = feature.checked_mul(self.n_classes())?;
        self.coefficients.get(start..)?.get(..self.n_classes())
    }

    /// The logit of every class for an empty row. A fit centres them to sum to 0.
    #[must_use]
    pub fn intercepts(&self) -> &[f64] {
        &self.intercepts
    }

    /// Writes the logits `x W + b` of one row, one per class, summed in `f64` in column order.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if `logits` is not one value per class, or the row has a column that
    /// the model has no feature for.
    pub fn logits_into(&self, row: SparseRow<'_>, logits: &mut [f64]) -> Result<()> {
        if logits.len() != self.n_classes() {
            let expected = format!("one per class ({})", self.n_classes());
            return Err(shape("the logits", logits.len(), &expected));
        }
        if let Some(&column) = row
            .columns
            .iter()
            .max()
            .filter(|&&c| c as usize >= self.n_features)
        {
            return Err(ErrorKind::Shape {
                what: "sparse row",
                found: format!("a value in column {column}"),
                expected: format!("columns below {}", self.n_features),
            }
            .into());
        }
        self.add_up(row, logits);
        Ok(())
    }

    /// The probability of every class (columns) for every row, computed in parallel.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if the matrix has not as many columns as the model has features.
    ///
    /// ```
    /// # use polemic::features::SparseMatrix;
    /// # use polemic::linear::LogisticRegression;
    /// let model = LogisticRegression::from_parts(1, vec![0.0, 3f32.ln()], vec![0.0, 0.0])?;
    /// let mut x = SparseMatrix::new(1);
    /// x.push_row([(0, 1.0)])?;
    /// assert!((model.predict_proba(&x)?[[0, 1]] - 0.75).abs() < 1e-6);
    /// # Ok::<(), polemic::Error>(())
    /// ```
    pub fn predict_proba(&self, x: &SparseMatrix) -> Result<Array2<f64>> {
        if x.n_cols() != self.n_features {
            let expected = format!("one per feature ({})", self.n_features);
            return Err(shape("the columns of the matrix", x.n_cols(), &expected));
        }
        let mut probabilities = vec![0.0; x.n_rows() * self.n_classes()];
        probabilities
            .par_chunks_mut(self.n_classes())
            .enumerate()
            .for_each(|(i, row)| {
                self.add_up(x.row(i), row);
                softmax(row);
            });
        let shape = (x.n_rows(), self.n_classes());
        Array2::from_shape_vec(shape, probabilities).map_err(|e| linfa::Error::from(e).into())
    }

    /// The same model as linfa's own type, with the classes `0..n_classes`.
    ///
    /// linfa-logistic has no public constructor for it. Its public way in is a fit from given
    /// initial parameters with no iteration allowed, which hands them back unchanged; that fit
    /// needs one dense row per class, so the memory is `8 · n_features · n_classes` bytes several
    /// times over for the duration of the call.
    ///
    /// # Errors
    /// [`ErrorKind::Linfa`] if linfa refuses the parameters.
    ///
    /// ```
    /// # use polemic::linear::LogisticRegression;
    /// use linfa::traits::Predict;
    ///
    /// let model = LogisticRegression::from_parts(1, vec![0.0, 1.0], vec![0.0, -2.0])?;
    /// let classes = model.to_linfa()?.predict(&ndarray::array![[1.0], [3.0]]);
    /// assert_eq!(classes, ndarray::array![0, 1]);
    /// # Ok::<(), polemic::Error>(())
    /// ```
    pub fn to_linfa(&self) -> Result<MultiFittedLogisticRegression<f64, usize>> {
        let refused = |e: &dyn std::fmt::Display| Error::from(linfa_error(e));
        let k = self.n_classes();
        let coefficients: Vec<f64> = self.coefficients.iter().copied().map(f64::from).collect();
        let coefficients =
            Array2::from_shape_vec((self.n_features, k), coefficients).map_err(|e| refused(&e))?;
        let intercepts = Array1::from(self.intercepts.clone()).insert_axis(Axis(0));
        let initial = concatenate(Axis(0), &[coefficients.view(), intercepts.view()])
            .map_err(|e| refused(&e))?;
        let rows = DatasetBase::new(
            Array2::<f64>::zeros((k, self.n_features)),
            Array1::from_iter(0..k),
        );
        let params = MultiLogisticRegression::default()
            .initial_params(initial)
            .max_iterations(0);
        params.fit(&rows).map_err(|e| refused(&e))
    }

    /// The logits of a row whose columns are known to be features.
    pub(crate) fn add_up(&self, row: SparseRow<'_>, logits: &mut [f64]) {
        logits.copy_from_slice(&self.intercepts);
        add_weighted(row.columns, row.values, &self.coefficients, logits);
    }
}

fn linfa_error(e: &dyn std::fmt::Display) -> linfa::Error {
    linfa::Error::Parameters(format!("as a linfa-logistic model: {e}"))
}

fn shape(what: &'static str, found: usize, expected: &str) -> Error {
    let found = format!("{found} values");
    ErrorKind::Shape {
        what,
        found,
        expected: expected.to_owned(),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Result<LogisticRegression> {
        LogisticRegression::from_parts(2, vec![1.0, 0.0, -1.0, 0.0, 2.0, 0.5], vec![0.0, 1.0, -1.0])
    }

    #[test]
    fn parts_are_checked() {
        assert!(LogisticRegression::from_parts(1, vec![0.0], vec![0.0]).is_err());
        assert!(LogisticRegression::from_parts(2, vec![0.0; 3], vec![0.0; 2]).is_err());
        assert!(LogisticRegression::from_parts(usize::MAX, vec![0.0; 3], vec![0.0; 2]).is_err());
        assert!(LogisticRegression::from_parts(1, vec![0.0, f32::NAN], vec![0.0; 2]).is_err());
        assert!(LogisticRegression::from_parts(0, vec![], vec![0.0, f64::INFINITY]).is_err());
    }

    #[test]
    fn logits_by_hand() -> Result<()> {
        let mut logits = [0.0; 3];
        let row = SparseRow {
            columns: &[0, 1],
            values: &[2.0, 0.5],
        };
        model()?.logits_into(row, &mut logits)?;
        assert_eq!(logits, [2.0, 2.0, -2.75]);
        let beyond = SparseRow {
            columns: &[2],
            values: &[1.0],
        };
        assert!(model()?.logits_into(beyond, &mut logits).is_err());
        assert!(model()?.logits_into(row, &mut [0.0; 2]).is_err());
        assert!(model()?.predict_proba(&SparseMatrix::new(3)).is_err());
        Ok(())
    }

    #[test]
    fn linfa_gets_the_same_numbers() -> Result<()> {
        let linfa = model()?.to_linfa()?;
        let coefficients: Vec<f32> = linfa.params().iter().map(|&c| c as f32).collect();
        assert_eq!(coefficients, model()?.coefficients());
        assert_eq!(linfa.intercept().to_vec(), model()?.intercepts());
        assert_eq!(linfa.classes(), [0, 1, 2]);
        Ok(())
    }
}
