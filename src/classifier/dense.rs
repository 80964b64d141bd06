//! linfa-logistic on a few dense columns: what calibration and the models of documents stand on.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

use crate::Result;
use crate::stance::ClassId;

const MAX_ITERATIONS: u64 = 500;
const GRADIENT_TOLERANCE: f64 = 1e-6;

/// Coefficients `[column][class]` and intercepts `[class]` of a multinomial logistic regression.
pub(super) type Fitted = (Array2<f64>, Array1<f64>);

/// Fits `x` (rows samples) to `classes`; `l2` is in samples. `None` if one of the `n_classes` has
/// no sample: linfa would leave it out in silence.
pub(super) fn fit(
    x: ArrayView2<'_, f64>,
    classes: &[ClassId],
    n_classes: usize,
    l2: f64,
) -> Result<Option<Fitted>> {
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
    Ok(Some((fitted.params().clone(), fitted.intercept().clone())))
}

/// Adds each feature times its coefficients, a row of one a class, to the logits.
pub(super) fn add_products<'c>(
    features: &[f64],
    rows: impl IntoIterator<Item = ArrayView1<'c, f64>>,
    logits: &mut [f64],
) {
    for (value, weights) in features.iter().zip(rows) {
        logits
            .iter_mut()
            .zip(weights)
            .for_each(|(z, w)| *z += value * w);
    }
}
