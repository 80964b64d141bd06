//! The settings of a fit, what is checked of them and of its input, and its outcome.

use linfa::ParamGuard;

use super::model::LogisticRegression;
use super::newton_cg::{Minimum, minimise};
use super::objective::Objective;
use super::softmax::log_sum_exp;
use super::targets::{ClassWeights, Masses, Targets};
use crate::features::SparseMatrix;
use crate::{Error, ErrorKind, Result};

/// Where a class without any weight starts, relative to all others together.
const FLOOR: f64 = 1e-9;
/// More classes than anybody tells apart: a label column read as a class.
const MAX_CLASSES: usize = 65_536;

/// Settings of a multinomial logistic regression, not yet checked.
///
/// The fit minimises, over coefficients `W` and intercepts `b`,
///
/// ```text
/// f(W, b) = Σ_i w_i Σ_k t_ik · (−log p_ik) + (l2/2) · ‖W − P‖²,   p_i = softmax(x_i W + b)
/// ```
///
/// with row weights `w` (sample weight times class weight), targets `t` and an optional prior
/// `P`; intercepts are not penalised. [`LogisticParams::fit`] checks and fits. For linfa's traits
/// check first: `params.check()?.fit(&dataset)`, see [`SparseRecords`](super::SparseRecords).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogisticParams(LogisticValidParams);

/// Settings that have passed [`LogisticParams`]'s checks.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticValidParams {
    l2: f64,
    tolerance: f64,
    max_iter: u32,
    class_weights: ClassWeights,
    warm_start: Option<LogisticRegression>,
    prior: Option<LogisticRegression>,
}

/// A fitted model and how it was reached.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LogisticFit {
    /// The model. Intercepts sum to 0.
    pub model: LogisticRegression,
    /// Newton steps taken; 0 if the start was good enough.
    pub n_iter: u32,
    /// Whether the gradient reached the tolerance. If not, `max_iter` was too small or the
    /// tolerance below what rounding allows.
    pub converged: bool,
    /// The objective `f` at the end, penalty included: nats, summed over weighted rows.
    pub final_loss: f64,
    /// `‖∇f‖` at the end, Euclidean, over coefficients and intercepts.
    pub gradient_norm: f64,
    /// Classes without any weight, increasing. Their intercepts start at one in a billion of the
    /// other classes together and the loss only lowers them: on rows like those fitted they are
    /// improbable, and their probabilities mean nothing more.
    pub missing_classes: Vec<usize>,
}

impl Default for LogisticValidParams {
    fn default() -> Self {
        Self {
            l2: 1.0,
            tolerance: 1e-4,
            max_iter: 100,
            class_weights: ClassWeights::None,
            warm_start: None,
            prior: None,
        }
    }
}

impl LogisticParams {
    /// `l2` 1, tolerance 1e-4, at most 100 iterations, no class weights, no prior.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Strength of the penalty: positive, finite; default 1. Nats per squared coefficient, against
    /// a loss summed over rows: twice the data with twice the `l2` give the same model.
    ///
    /// It is `1/C` of scikit-learn's multinomial `LogisticRegression` (`2/C` with two classes,
    /// where scikit-learn penalises the difference of the two) and linfa-logistic's `alpha`.
    #[must_use]
    pub fn l2(mut self, l2: f64) -> Self {
        self.0.l2 = l2;
        self
    }

    /// The fit ends once `‖∇f‖ ≤ tolerance · ‖∇f_0‖`, where `∇f_0` is the gradient with every row
    /// given the class shares as its probabilities. Positive, finite; default 1e-4.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// The most Newton steps: at least 1; default 100. Ten are typical.
    #[must_use]
    pub fn max_iter(mut self, max_iter: u32) -> Self {
        self.0.max_iter = max_iter;
        self
    }

    /// How much each class counts; default [`ClassWeights::None`].
    #[must_use]
    pub fn class_weights(mut self, class_weights: ClassWeights) -> Self {
        self.0.class_weights = class_weights;
        self
    }

    /// Starts from a model's coefficients. The optimum is the same, reached sooner if it is near.
    #[must_use]
    pub fn warm_start(mut self, model: LogisticRegression) -> Self {
        self.0.warm_start = Some(model);
        self
    }

    /// Penalises the distance from a model's coefficients, instead of from 0: what the data say
    /// nothing about stays as it was. Its intercepts are only where the fit starts.
    ///
    /// ```
    /// use polemic::features::SparseMatrix;
    /// use polemic::linear::{LogisticParams, LogisticRegression, Targets};
    ///
    /// let base = LogisticRegression::from_parts(2, vec![0.0, 0.0, 1.0, -1.0], vec![0.0; 2])?;
    /// let mut x = SparseMatrix::new(2);
    /// x.push_row([(0, 1.0)])?;
    /// x.push_row([(0, -1.0)])?;
    /// let fit = LogisticParams::new().prior(base).fit(&x, Targets::Hard(&[0, 1]), None, 2)?;
    /// assert!(fit.model.feature(0).is_some_and(|w| w[0] > w[1]));
    /// assert_eq!(fit.model.feature(1), Some(&[1.0, -1.0][..]));
    /// # Ok::<(), polemic::Error>(())
    /// ```
    #[must_use]
    pub fn prior(mut self, model: LogisticRegression) -> Self {
        self.0.prior = Some(model);
        self
    }

    /// Checks settings and input, and fits.
    ///
    /// `sample_weights` holds one finite, non-negative weight per row; none means 1 for all.
    /// Runs on rayon's current pool; the number of its threads does not change a bit of the
    /// result. Not converging is no error: see [`LogisticFit::converged`].
    ///
    /// # Errors
    /// [`ErrorKind::Setting`] for a setting out of its range; [`ErrorKind::Shape`] if targets,
    /// weights, prior or warm start do not fit the matrix and `n_classes`, hold a value out of
    /// range, or fewer than two classes have any weight.
    pub fn fit(
        &self,
        x: &SparseMatrix,
        targets: Targets<'_>,
        sample_weights: Option<&[f32]>,
        n_classes: usize,
    ) -> Result<LogisticFit> {
        self.check_ref()?
            .fit_rows(x, targets, sample_weights, n_classes)
    }
}

impl ParamGuard for LogisticParams {
    type Checked = LogisticValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&LogisticValidParams> {
        let params = &self.0;
        for (name, value) in [("l2", params.l2), ("tolerance", params.tolerance)] {
            if !(value.is_finite() && value > 0.0) {
                return Err(Error::setting(name, value, "a positive, finite number"));
            }
        }
        if params.max_iter == 0 {
            return Err(Error::setting("max_iter", 0, "at least 1"));
        }
        if let ClassWeights::Given(weights) = &params.class_weights
            && let Some(bad) = weights.iter().find(|w| !(w.is_finite() && **w >= 0.0))
        {
            return Err(Error::setting(
                "class_weights",
                bad,
                "finite, non-negative numbers",
            ));
        }
        Ok(params)
    }

    fn check(self) -> Result<LogisticValidParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl LogisticValidParams {
    /// As [`LogisticParams::fit`], with checked settings.
    pub(super) fn fit_rows(
        &self,
        x: &SparseMatrix,
        targets: Targets<'_>,
        sample_weights: Option<&[f32]>,
        n_classes: usize,
    ) -> Result<LogisticFit> {
        self.check_shape(x, n_classes)?;
        let shape = (x.n_rows(), n_classes);
        let masses = Masses::new(shape, targets, sample_weights, &self.class_weights)?;
        let prior = self.prior.as_ref().map(LogisticRegression::coefficients);
        let objective = Objective::new(x, masses, self.l2, prior)?;
        let start = self.start(&objective);
        let minimum = minimise(&objective, start, self.tolerance, self.max_iter);
        let missing_classes = missing(objective.class_totals());
        outcome(minimum, x.n_cols(), prior, missing_classes)
    }

    /// The number of classes that a class weight, a prior or a warm start already decides.
    pub(super) fn n_classes(&self) -> Option<usize> {
        let given = match &self.class_weights {
            ClassWeights::Given(weights) => Some(weights.len()),
            _ => None,
        };
        let models = [&self.prior, &self.warm_start];
        let model = models
            .into_iter()
            .flatten()
            .map(LogisticRegression::n_classes)
            .next();
        model.or(given)
    }

    fn check_shape(&self, x: &SparseMatrix, n_classes: usize) -> Result<()> {
        if !(2..=MAX_CLASSES).contains(&n_classes) {
            let expected = format!("between 2 and {MAX_CLASSES}");
            return Err(Error::setting("n_classes", n_classes, expected));
        }
        let models = [
            ("the prior", &self.prior),
            ("the warm start", &self.warm_start),
        ];
        for (what, model) in models {
            let Some(model) = model else { continue };
            if (model.n_features(), model.n_classes()) != (x.n_cols(), n_classes) {
                let (features, classes) = (model.n_features(), model.n_classes());
                return Err(ErrorKind::Shape {
                    what,
                    found: format!("{features} features and {classes} classes"),
                    expected: format!("{} and {n_classes}", x.n_cols()),
                }
                .into());
            }
        }
        Ok(())
    }

    /// Where the fit starts: coefficients relative to the prior, then intercepts.
    fn start(&self, objective: &Objective<'_>) -> Vec<f64> {
        let mut start = vec![0.0; objective.n_parameters()];
        let n_coefficients = start.len() - objective.n_classes();
        let (coefficients, intercepts) = start.split_at_mut(n_coefficients);
        if let Some(warm) = &self.warm_start {
            add(coefficients, 1.0, warm.coefficients());
            if let Some(prior) = &self.prior {
                add(coefficients, -1.0, prior.coefficients());
            }
        }
        let totals = objective.class_totals();
        match self.warm_start.as_ref().or(self.prior.as_ref()) {
            Some(model) => intercepts.copy_from_slice(model.intercepts()),
            None => intercepts
                .iter_mut()
                .zip(totals)
                .for_each(|(b, total)| *b = total.ln()),
        }
        lower_missing(intercepts, totals);
        start
    }
}

fn add(sums: &mut [f64], sign: f64, coefficients: &[f32]) {
    sums.iter_mut()
        .zip(coefficients)
        .for_each(|(sum, &c)| *sum += sign * f64::from(c));
}

fn missing(totals: &[f64]) -> Vec<usize> {
    (0..totals.len()).filter(|&k| totals[k] <= 0.0).collect()
}

/// Sets the intercepts of classes without weight to [`FLOOR`] of the others together.
///
/// Their loss has no minimum (the lower, the better), so without this the tolerance would decide
/// where they end.
fn lower_missing(intercepts: &mut [f64], totals: &[f64]) {
    let present = |k: usize| {
        if totals[k] > 0.0 {
            intercepts[k]
        } else {
            f64::NEG_INFINITY
        }
    };
    let floor = log_sum_exp(totals.len(), present) + FLOOR.ln();
    for k in missing(totals) {
        intercepts[k] = floor;
    }
}

/// From relative `f64` parameters to a model with centred intercepts.
fn outcome(
    minimum: Minimum,
    n_features: usize,
    prior: Option<&[f32]>,
    missing_classes: Vec<usize>,
) -> Result<LogisticFit> {
    let mut coefficients = minimum.parameters;
    let n_classes = coefficients.len() / (n_features + 1);
    let mut intercepts = coefficients.split_off(n_features * n_classes);
    if let Some(prior) = prior {
        add(&mut coefficients, 1.0, prior);
    }
    let mean = intercepts.iter().sum::<f64>() / intercepts.len() as f64;
    intercepts.iter_mut().for_each(|b| *b -= mean);
    let coefficients = coefficients.into_iter().map(|c| c as f32).collect();
    Ok(LogisticFit {
        model: LogisticRegression::from_parts(n_features, coefficients, intercepts)?,
        n_iter: minimum.n_iter,
        converged: minimum.converged,
        final_loss: minimum.loss,
        gradient_norm: minimum.gradient_norm,
        missing_classes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_feature_by_hand() -> Result<()> {
        // Rows x = ±1 of class 0 and 1: by symmetry W = (a, −a), b = 0, and the derivative in a,
        // −2·2·(1 − σ(2a)) + 2·l2·a, is zero for l2 = 2·(1 − σ(2a))/a. Take a = 1/2.
        let l2 = 4.0 * (1.0 - 1.0 / (1.0 + f64::exp(-1.0)));
        let mut x = SparseMatrix::new(1);
        x.push_row([(0, 1.0)])?;
        x.push_row([(0, -1.0)])?;
        let params = LogisticParams::new().l2(l2).tolerance(1e-12);
        let fit = params.fit(&x, Targets::Hard(&[0, 1]), None, 2)?;
        assert!(fit.converged);
        assert_eq!(fit.model.coefficients(), [0.5, -0.5]);
        assert!(fit.model.intercepts().iter().all(|b| b.abs() < 1e-12));
        let expected = 2.0 * (1.0 + f64::exp(-1.0)).ln() + l2 / 4.0;
        assert!((fit.final_loss - expected).abs() < 1e-12);
        Ok(())
    }

    #[test]
    fn intercepts_alone_give_the_class_shares() -> Result<()> {
        let mut x = SparseMatrix::new(0);
        (0..4).try_for_each(|_| x.push_row([]))?;
        let fit = LogisticParams::new().fit(&x, Targets::Hard(&[0, 1, 1, 1]), None, 2)?;
        let half = 3f64.ln() / 2.0;
        assert_eq!(fit.n_iter, 0);
        assert!((fit.model.intercepts()[1] - half).abs() < 1e-12);
        assert!((fit.model.intercepts()[0] + half).abs() < 1e-12);
        Ok(())
    }

    #[test]
    fn missing_classes_start_at_the_floor() {
        let mut intercepts = [0.25f64.ln(), 7.0, 0.75f64.ln()];
        lower_missing(&mut intercepts, &[1.0, 0.0, 3.0]);
        assert!((intercepts[1] - FLOOR.ln()).abs() < 1e-12);
        assert_eq!(missing(&[1.0, 0.0, 3.0]), [1]);
    }
}
