//! The stance of a document as a whole.
//!
//! Half of a polemic's sentences are plain, and a report may quote polemics, so the largest mean
//! probability is not what a careful reader would say. A small logistic regression
//! (linfa-logistic) reads the distribution of the sentences' probabilities instead.

use ndarray::Array2;

use super::dense::Affine;
use crate::Result;
use crate::linear::softmax;
use crate::stance::ClassId;

/// Strength of the penalty, in documents.
const L2: f64 = 1.0;

/// From the probabilities of a document's sentences to the probabilities of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentModel(Affine);

impl DocumentModel {
    /// What the model sees of a document, for sentence probabilities `[sentence][class]`: for each
    /// class the mean probability, the share of sentences in which it is the most probable, and
    /// the mean of the quarter of the sentences in which it is highest. All lie between 0 and 1.
    ///
    /// ```
    /// use polemic::classifier::DocumentModel;
    /// let seen = DocumentModel::features(&[vec![0.9, 0.1], vec![0.4, 0.6]]);
    /// assert_eq!(seen, [0.65, 0.35, 0.5, 0.5, 0.9, 0.6]);
    /// ```
    #[must_use]
    pub fn features(sentences: &[Vec<f64>]) -> Vec<f64> {
        let n_classes = sentences.first().map_or(0, Vec::len);
        let n = sentences.len().max(1) as f64;
        let column = |class: usize| sentences.iter().map(move |p| p[class]);
        let means = (0..n_classes).map(|class| column(class).sum::<f64>() / n);
        let shares = (0..n_classes).map(|class| {
            sentences
                .iter()
                .filter(|p| super::most_probable(p) == class)
                .count() as f64
                / n
        });
        let peaks = (0..n_classes).map(|class| {
            let mut values: Vec<f64> = column(class).collect();
            values.sort_by(|a, b| b.total_cmp(a));
            let quarter = sentences.len().div_ceil(4).max(1);
            values.iter().take(quarter).sum::<f64>() / quarter as f64
        });
        means.chain(shares).chain(peaks).collect()
    }

    /// Fits the model to documents: their [`DocumentModel::features`] and classes. Of each class
    /// as many documents are used as the rarest has, evenly spread over those given. Gives `None`
    /// if a class has no document.
    ///
    /// # Errors
    /// [`ErrorKind::Linfa`](crate::ErrorKind::Linfa) if linfa-logistic fails.
    pub fn fit(documents: &[(Vec<f64>, ClassId)], n_classes: usize) -> Result<Option<Self>> {
        let of_class = |class: usize| documents.iter().filter(move |d| d.1 as usize == class);
        let fewest = (0..n_classes)
            .map(|class| of_class(class).count())
            .min()
            .unwrap_or(0);
        if fewest == 0 {
            return Ok(None);
        }
        let mut chosen: Vec<&(Vec<f64>, ClassId)> = Vec::new();
        for class in 0..n_classes {
            let all: Vec<_> = of_class(class).collect();
            chosen.extend((0..fewest).map(|i| all[i * all.len() / fewest]));
        }
        let width = chosen[0].0.len();
        let x = Array2::from_shape_fn((chosen.len(), width), |(i, j)| chosen[i].0[j]);
        let classes: Vec<ClassId> = chosen.iter().map(|d| d.1).collect();
        Ok(Affine::fit(x.view(), &classes, n_classes, L2)?.map(Self))
    }

    /// A model from its parts: coefficients `[feature][class]`, flat, and intercepts.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`](crate::ErrorKind::Shape) unless there are three features a class.
    pub fn from_parts(coefficients: Vec<f64>, intercepts: Vec<f64>) -> Result<Self> {
        let columns = 3 * intercepts.len();
        Affine::from_parts("the document model", columns, coefficients, intercepts).map(Self)
    }

    /// The coefficients `[feature][class]`, flat.
    #[must_use]
    pub fn coefficients(&self) -> Vec<f64> {
        self.0.flat_coefficients()
    }

    /// The intercepts, one a class.
    #[must_use]
    pub fn intercepts(&self) -> Vec<f64> {
        self.0.intercepts().to_vec()
    }

    /// The probabilities of a document of these sentences, one a class.
    #[must_use]
    pub fn score(&self, sentences: &[Vec<f64>]) -> Vec<f64> {
        self.score_features(&Self::features(sentences))
    }

    /// As [`DocumentModel::score`], for the features themselves.
    pub(super) fn score_features(&self, features: &[f64]) -> Vec<f64> {
        let mut logits = self.0.logits(features);
        softmax(&mut logits);
        logits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_polemical_sentences_can_make_a_polemic() {
        let document = |polemical: usize, n: usize| -> Vec<Vec<f64>> {
            (0..n)
                .map(|i| {
                    if i < polemical {
                        vec![0.2, 0.8]
                    } else {
                        vec![0.85, 0.15]
                    }
                })
                .collect()
        };
        let reports = (0..20).map(|i| (DocumentModel::features(&document(i % 3, 20)), 0));
        let columns = (0..20).map(|i| (DocumentModel::features(&document(6 + i % 4, 20)), 1));
        let documents: Vec<_> = reports.chain(columns).collect();
        let model = DocumentModel::fit(&documents, 2)
            .expect("fits")
            .expect("both classes");
        assert!(model.score(&document(8, 20))[1] > 0.5);
        assert!(model.score(&document(1, 20))[1] < 0.5);
    }

    #[test]
    fn parts_must_fit() {
        assert!(DocumentModel::from_parts(vec![0.0; 12], vec![0.0; 2]).is_ok());
        assert!(DocumentModel::from_parts(vec![0.0; 11], vec![0.0; 2]).is_err());
    }
}
