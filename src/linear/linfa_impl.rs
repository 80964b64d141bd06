//! linfa's traits, so that its datasets and metrics work on sparse rows.

use linfa::dataset::{AsSingleTargets, DatasetBase, Records};
use linfa::traits::{Fit, PredictInplace};
use ndarray::Array1;

use super::model::LogisticRegression;
use super::params::{LogisticFit, LogisticValidParams};
use super::targets::Targets;
use crate::features::SparseMatrix;
use crate::{Error, Result};

/// A sparse matrix as linfa's records: rows are samples, columns features.
///
/// ```
/// use linfa::ParamGuard;
/// use linfa::prelude::*;
/// use ndarray::array;
/// use polemic::features::SparseMatrix;
/// use polemic::linear::{LogisticParams, SparseRecords};
///
/// let mut x = SparseMatrix::new(2);
/// for column in [0, 1, 0, 1] {
///     x.push_row([(column, 1.0)])?;
/// }
/// let dataset = DatasetBase::new(SparseRecords(x), array![0, 1, 0, 1]);
/// let fit = LogisticParams::new().l2(0.1).check()?.fit(&dataset)?;
/// let predicted = fit.model.predict(&dataset);
/// assert_eq!(predicted.confusion_matrix(&dataset)?.accuracy(), 1.0);
/// # Ok::<(), polemic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SparseRecords(pub SparseMatrix);

impl Records for SparseRecords {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.0.n_rows()
    }

    fn nfeatures(&self) -> usize {
        self.0.n_cols()
    }
}

/// Fits on class indices as targets and on the dataset's weights as sample weights.
///
/// The number of classes is that of the prior, of the warm start or of the given class weights;
/// without any of them, the greatest target plus one.
impl<T: AsSingleTargets<Elem = usize>> Fit<SparseRecords, T, Error> for LogisticValidParams {
    type Object = LogisticFit;

    fn fit(&self, dataset: &DatasetBase<SparseRecords, T>) -> Result<LogisticFit> {
        let targets = dataset.targets().as_single_targets();
        let highest = targets.iter().copied().max().unwrap_or(0);
        let n_classes = self.n_classes().unwrap_or(highest.saturating_add(1));
        // What does not fit into 32 bits is beyond every number of classes, and refused as such.
        let class = |&k: &usize| u32::try_from(k).unwrap_or(u32::MAX);
        let classes: Vec<u32> = targets.iter().map(class).collect();
        let weights = (!dataset.weights.is_empty()).then(|| dataset.weights.to_vec());
        let x = &dataset.records().0;
        self.fit_rows(x, Targets::Hard(&classes), weights.as_deref(), n_classes)
    }
}

/// Predicts the most probable class; the first of equals.
///
/// # Panics
/// As linfa's own models, if the records have not as many columns as the model has features, or
/// `y` has not as many values as the records have rows: the trait has no way to refuse.
impl PredictInplace<SparseRecords, Array1<usize>> for LogisticRegression {
    fn predict_inplace(&self, x: &SparseRecords, y: &mut Array1<usize>) {
        assert_eq!(
            x.nfeatures(),
            self.n_features(),
            "columns of the records against features"
        );
        assert_eq!(x.nsamples(), y.len(), "rows of the records against targets");
        let mut logits = vec![0.0; self.n_classes()];
        for (row, class) in x.0.rows().zip(y) {
            self.add_up(row, &mut logits);
            *class = first_highest(&logits);
        }
    }

    fn default_target(&self, x: &SparseRecords) -> Array1<usize> {
        Array1::zeros(x.nsamples())
    }
}

fn first_highest(values: &[f64]) -> usize {
    (1..values.len()).fold(0, |best, k| if values[k] > values[best] { k } else { best })
}
