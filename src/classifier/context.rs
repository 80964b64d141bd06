//! A sentence in its document: the second stage that judges sentences of a document, not of a table.
//!
//! A plain sentence of a report and one of a column may read alike; what stands around them tells them
//! apart. A small logistic regression (linfa-logistic) reads the logits of a sentence and the mean
//! probabilities of its document, and is fitted on sentences that were judged one by one.

use ndarray::Array2;

use super::dense::Affine;
use crate::linear::softmax;
use crate::stance::ClassId;
use crate::{ErrorKind, Result};

/// Strength of the penalty, in sentences.
const L2: f64 = 1.0;
/// As many usual sentences are added to every document, so that a short one says little.
const USUAL_SENTENCES: f64 = 5.0;
/// Smaller probabilities count as this.
const SMALLEST: f64 = 1e-12;

/// From the probabilities of a sentence by itself to those of the sentence in its document.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextModel {
    /// Of the centred logits of the sentence, then of the mean probabilities of its document, one a class.
    stage: Affine,
    /// The mean probabilities of a usual sentence.
    usual: Vec<f64>,
}

/// A labelled sentence: its probabilities by itself, and its class.
pub(crate) type Labelled = (Vec<f64>, ClassId);

impl ContextModel {
    /// Fits a model to documents of labelled sentences that the classifier has not seen. Gives `None` if fewer
    /// than 30 documents have five sentences or more, or if a class has no sentence in them.
    ///
    /// # Errors
    /// [`ErrorKind::Linfa`] if linfa-logistic fails.
    pub(crate) fn fit(documents: &[Vec<Labelled>], n_classes: usize) -> Result<Option<Self>> {
        let Some(documents) = enough(documents) else {
            return Ok(None);
        };
        let sentences = || documents.iter().flat_map(|d| d.iter());
        let n = sentences().count() as f64;
        let mean = |class: usize| sentences().map(|(p, _)| p[class]).sum::<f64>() / n;
        let usual: Vec<f64> = (0..n_classes).map(mean).collect();
        let mut features = Vec::new();
        for document in &documents {
            let around = seen_of(&usual, document.iter().map(|(p, _)| p.as_slice()));
            for (p, _) in document.iter() {
                features.extend(centred_logits(p));
                features.extend_from_slice(&around);
            }
        }
        let classes: Vec<ClassId> = sentences().map(|(_, class)| *class).collect();
        let shape = (classes.len(), 2 * n_classes);
        let x = Array2::from_shape_fn(shape, |(i, j)| features[i * 2 * n_classes + j]);
        let stage = Affine::fit(x.view(), &classes, n_classes, L2)?;
        Ok(stage.map(|stage| Self { stage, usual }))
    }

    /// A model from its parts: coefficients `[feature][class]`, flat, intercepts, and the mean
    /// probabilities of a usual sentence.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] unless there are two features a class and one usual probability.
    pub fn from_parts(
        coefficients: Vec<f64>,
        intercepts: Vec<f64>,
        usual: Vec<f64>,
    ) -> Result<Self> {
        const WHAT: &str = "the context model";
        let n_classes = intercepts.len();
        if usual.len() != n_classes || usual.iter().any(|p| !p.is_finite()) {
            return Err(ErrorKind::Shape {
                what: WHAT,
                found: format!("{} means", usual.len()),
                expected: format!("{n_classes} finite ones"),
            }
            .into());
        }
        let stage = Affine::from_parts(WHAT, 2 * n_classes, coefficients, intercepts)?;
        Ok(Self { stage, usual })
    }

    /// The coefficients `[feature][class]`, flat.
    #[must_use]
    pub fn coefficients(&self) -> Vec<f64> {
        self.stage.flat_coefficients()
    }

    /// The intercepts, one a class.
    #[must_use]
    pub fn intercepts(&self) -> Vec<f64> {
        self.stage.intercepts().to_vec()
    }

    /// The mean probabilities of a usual sentence, one a class.
    #[must_use]
    pub fn usual(&self) -> &[f64] {
        &self.usual
    }

    /// What is seen of a document: the mean probabilities of its sentences, five usual ones added.
    #[must_use]
    pub fn document<'p>(&self, sentences: impl Iterator<Item = &'p [f64]>) -> Vec<f64> {
        seen_of(&self.usual, sentences)
    }

    /// The probabilities of a sentence in a document ([`ContextModel::document`]).
    #[must_use]
    pub fn in_document(&self, sentence: &[f64], document: &[f64]) -> Vec<f64> {
        let mut logits = self.document_logits(document);
        let own = self.carried(&centred_logits(sentence));
        logits.iter_mut().zip(own).for_each(|(z, own)| *z += own);
        softmax(&mut logits);
        logits
    }

    /// What the document adds to each logit, the intercepts included.
    #[must_use]
    pub fn document_logits(&self, document: &[f64]) -> Vec<f64> {
        self.stage.logits_from(document, self.usual.len())
    }

    /// What becomes of something that is added to the logits of the sentence by itself, such as the
    /// contribution of a word.
    #[must_use]
    pub fn carried(&self, logits: &[f64]) -> Vec<f64> {
        self.stage.products(&centred(logits))
    }
}

/// The documents that teach something about documents, those of five labelled sentences or more; `None` if they
/// are too few to learn from.
pub(super) fn enough<T>(documents: &[Vec<T>]) -> Option<Vec<&[T]>> {
    const FEWEST_SENTENCES: usize = 5;
    const FEWEST_DOCUMENTS: usize = 30;
    let documents = documents.iter().map(Vec::as_slice);
    let long: Vec<&[T]> = documents.filter(|d| d.len() >= FEWEST_SENTENCES).collect();
    (long.len() >= FEWEST_DOCUMENTS).then_some(long)
}

/// The mean probabilities of sentences, usual ones added.
fn seen_of<'p>(usual: &[f64], sentences: impl Iterator<Item = &'p [f64]>) -> Vec<f64> {
    let mut sums: Vec<f64> = usual.iter().map(|p| p * USUAL_SENTENCES).collect();
    let mut n = USUAL_SENTENCES;
    for p in sentences {
        sums.iter_mut().zip(p).for_each(|(sum, p)| *sum += p);
        n += 1.0;
    }
    sums.iter_mut().for_each(|sum| *sum /= n);
    sums
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    values.iter().map(|value| value - mean).collect()
}

fn centred_logits(p: &[f64]) -> Vec<f64> {
    let logs: Vec<f64> = p.iter().map(|p| p.max(SMALLEST).ln()).collect();
    centred(&logs)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports, in which what looks polemical is not, and columns, in which it is.
    fn documents() -> Vec<Vec<Labelled>> {
        let report = |i: usize| (0..20).map(move |s| (vec![0.8, 0.2], ClassId::from(s == i % 9)));
        let column = |i: usize| {
            (0..20).map(move |s| {
                let polemical = s % 2 == 0;
                let p = if s % 3 == i % 3 {
                    vec![0.3, 0.7]
                } else {
                    vec![0.5, 0.5]
                };
                (p, ClassId::from(polemical))
            })
        };
        let both = (0_usize..40).map(|i| {
            if i.is_multiple_of(2) {
                report(i).collect()
            } else {
                column(i).collect()
            }
        });
        both.collect()
    }

    fn fitted() -> ContextModel {
        let model = ContextModel::fit(&documents(), 2).expect("fits");
        model.expect("enough documents")
    }

    #[test]
    fn the_document_moves_a_sentence() {
        let model = fitted();
        let report = model.document([[0.8, 0.2].as_slice(); 20].into_iter());
        let column = model.document([[0.4, 0.6].as_slice(); 20].into_iter());
        let sentence = [0.6, 0.4];
        let polemical = |document: &[f64]| model.in_document(&sentence, document)[1];
        assert!(polemical(&report) < 0.2 && polemical(&column) > 0.3);
        let short = model.document([[0.8, 0.2].as_slice(); 1].into_iter());
        assert!(
            polemical(&short) > polemical(&report),
            "one sentence says little"
        );
        assert_eq!(
            ContextModel::fit(&documents()[..20], 2).expect("fits"),
            None
        );
    }

    #[test]
    fn what_is_carried_sums_to_the_logits() {
        let model = fitted();
        let (document, logits) = ([0.7, 0.3], [1.5, -0.25]);
        let mut p = logits.to_vec();
        softmax(&mut p);
        let parts = [[1.0, 0.5], [0.5, -0.75]].map(|part| model.carried(&part));
        let mut sum = model.document_logits(&document);
        for part in &parts {
            sum.iter_mut().zip(part).for_each(|(z, w)| *z += w);
        }
        softmax(&mut sum);
        let found = model.in_document(&p, &document);
        assert!((sum[0] - found[0]).abs() < 1e-9, "{sum:?} {found:?}");
    }

    #[test]
    fn parts_must_fit() {
        let parts = |n, usual| ContextModel::from_parts(vec![0.0; n], vec![0.0; 2], usual);
        assert!(parts(8, vec![0.5; 2]).is_ok());
        assert!(parts(7, vec![0.5; 2]).is_err() && parts(8, vec![0.5]).is_err());
        assert!(parts(8, vec![f64::NAN, 0.5]).is_err());
    }
}
