//! Figures that say how good a classifier is.

mod intervals;
mod judgement;
mod metrics;
mod overall;
mod reliability;
mod shortcuts;
mod suspects;

pub use intervals::{ClassIntervals, Intervals};
pub use judgement::{CurveRow, Doubt, Judged, Judgement, ModelAgreement, Part};
pub use metrics::{auc, calibration_error};
pub use overall::OverallFigure;
pub use reliability::{ReliabilityBin, reliability};
pub use shortcuts::{Baseline, baselines};
pub use suspects::{Suspect, suspects};

use std::collections::BTreeMap;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::classifier::{Classifier, most_probable};
use crate::labelled::LabelledSet;
use crate::stance::{ClassId, StanceScheme};

/// Figures of one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassFigures {
    /// Samples of the class.
    pub samples: usize,
    /// Of the samples given this label, the share that has it; 0 if none was given it.
    pub precision: f64,
    /// Of the samples that have this label, the share given it; 0 if none has it.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Area under the ROC curve of this class against the others; absent if one side is empty.
    pub auc: Option<f64>,
}

/// Figures of a classifier on labelled samples. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Number of samples.
    pub samples: usize,
    /// Unweighted mean of the F1 of the classes that have samples.
    pub macro_f1: f64,
    /// Share of samples given their label.
    pub accuracy: f64,
    /// Mean of -ln p(true class), in nats.
    pub log_loss: f64,
    /// Expected calibration error over 15 bins of the highest probability.
    pub calibration_error: f64,
    /// Figures by class name.
    pub classes: BTreeMap<String, ClassFigures>,
    /// Counts; rows true, columns predicted, in scheme order.
    pub confusion: Vec<Vec<usize>>,
}

/// The probabilities of every sample of `set`; columns are the classes of the classifier.
#[must_use]
pub fn probabilities(classifier: &Classifier, set: &LabelledSet) -> Array2<f64> {
    let mut scorer = classifier.scorer();
    let mut probabilities = Array2::zeros((set.len(), classifier.scheme().n_classes()));
    let mut scores = Vec::new();
    for (text, mut row) in set.texts.iter().zip(probabilities.rows_mut()) {
        scorer.score_into(text, &mut scores);
        row.iter_mut()
            .zip(&scores)
            .for_each(|(to, from)| *to = *from);
    }
    probabilities
}

/// Scores every sample of `set` and compares with its label.
#[must_use]
pub fn evaluate(classifier: &Classifier, set: &LabelledSet) -> Evaluation {
    let probabilities = probabilities(classifier, set);
    Evaluation::from_probabilities(classifier.scheme(), &probabilities, &set.labels)
}

impl Evaluation {
    /// Figures from probabilities (rows samples, columns classes of `scheme`) and true classes.
    #[must_use]
    pub fn from_probabilities(
        scheme: &StanceScheme,
        probabilities: &Array2<f64>,
        truth: &[ClassId],
    ) -> Self {
        let predicted: Vec<usize> = probabilities
            .rows()
            .into_iter()
            .map(|p| most_probable(&p.to_vec()))
            .collect();
        let confusion = confusion(scheme.n_classes(), &predicted, truth);
        let mut classes = BTreeMap::new();
        for (class, name) in scheme.names().enumerate() {
            let is_class: Vec<bool> = truth.iter().map(|&t| t as usize == class).collect();
            let auc = auc(&probabilities.column(class).to_vec(), &is_class);
            classes.insert(name.to_owned(), class_figures(&confusion, class, auc));
        }
        let present: Vec<f64> = classes
            .values()
            .filter(|c| c.samples > 0)
            .map(|c| c.f1)
            .collect();
        let hits: usize = (0..confusion.len()).map(|k| confusion[k][k]).sum();
        let n = truth.len().max(1) as f64;
        let loss = |(p, &t): (ndarray::ArrayView1<'_, f64>, &ClassId)| {
            -p[t as usize].max(f64::MIN_POSITIVE).ln()
        };
        Self {
            samples: truth.len(),
            macro_f1: present.iter().sum::<f64>() / present.len().max(1) as f64,
            accuracy: hits as f64 / n,
            log_loss: probabilities
                .rows()
                .into_iter()
                .zip(truth)
                .map(loss)
                .sum::<f64>()
                / n,
            calibration_error: calibration_error(probabilities, truth),
            classes,
            confusion,
        }
    }
}

/// Counts; rows true, columns predicted. (linfa's confusion matrix leaves out classes that the
/// truth does not have, so it is not used here.)
fn confusion(n_classes: usize, predicted: &[usize], truth: &[ClassId]) -> Vec<Vec<usize>> {
    let mut counts = vec![vec![0; n_classes]; n_classes];
    for (&truth, &predicted) in truth.iter().zip(predicted) {
        counts[truth as usize][predicted] += 1;
    }
    counts
}

fn class_figures(confusion: &[Vec<usize>], class: usize, auc: Option<f64>) -> ClassFigures {
    let hits = confusion[class][class] as f64;
    let samples: usize = confusion[class].iter().sum();
    let given: usize = confusion.iter().map(|row| row[class]).sum();
    let share = |of: usize| if of == 0 { 0.0 } else { hits / of as f64 };
    let (precision, recall) = (share(given), share(samples));
    let sum = precision + recall;
    let f1 = if sum > 0.0 {
        2.0 * precision * recall / sum
    } else {
        0.0
    };
    ClassFigures {
        samples,
        precision,
        recall,
        f1,
        auc,
    }
}
