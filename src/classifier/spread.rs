//! How far whole documents stray from what the probabilities of their sentences say.
//!
//! Sentences of one document are not independent: a classifier that takes the manner of one author
//! for polemical does so in every sentence. A logistic model with a random intercept for each document
//! (McCulloch & Searle 2001, ch. 8) says by how much: the log-odds of all sentences of a document are
//! shifted by the same amount, normal with mean 0, whose standard deviation is the spread.

use super::context::enough;
use crate::{ErrorKind, Result};

/// The standard deviation between documents of each class's log-odds, in nats, 0 or more.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentSpread(Vec<f64>);

/// The largest spread that is looked for.
const LARGEST: f64 = 3.0;
const COARSE_STEP: f64 = 0.25;
const FINE_STEP: f64 = 0.05;
/// Nodes of the sum that stands for the integral over the shifts, evenly from −4 to 4 deviations.
const FINE_NODES: usize = 33;

/// A labelled sentence: the probability of a class, and whether it is of that class.
pub(crate) type Outcome = (f64, bool);

impl DocumentSpread {
    /// Checks the spread of each of `n_classes` classes.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] unless there is one finite number of at least 0 for each class.
    pub fn from_parts(spread: Vec<f64>, n_classes: usize) -> Result<Self> {
        let in_range = |s: &f64| (0.0..=LARGEST).contains(s);
        if spread.len() == n_classes && spread.iter().all(in_range) {
            return Ok(Self(spread));
        }
        Err(ErrorKind::Shape {
            what: "the spread between documents",
            found: format!("{spread:?}"),
            expected: format!("{n_classes} numbers from 0 to {LARGEST}"),
        }
        .into())
    }

    /// The spread of each class, in the order of the scheme.
    #[must_use]
    pub fn by_class(&self) -> &[f64] {
        &self.0
    }

    /// The most likely spread, for each class from documents of labelled sentences that the classifier
    /// has not seen. Gives `None` with too few documents of five sentences or more.
    pub(crate) fn fit(classes: &[Vec<Vec<Outcome>>]) -> Option<Self> {
        let spread = classes
            .iter()
            .map(|documents| Some(most_likely(&enough(documents)?)));
        spread.collect::<Option<Vec<f64>>>().map(Self)
    }
}

fn most_likely(documents: &[&[Outcome]]) -> f64 {
    let steps = (LARGEST / COARSE_STEP) as usize;
    let coarse = (0..=steps).map(|i| i as f64 * COARSE_STEP);
    let near = best_of(coarse, documents);
    let steps = (COARSE_STEP / FINE_STEP).round() as i32;
    let fine = (-steps..=steps).map(|i| near + f64::from(i) * FINE_STEP);
    best_of(fine.map(|s| s.clamp(0.0, LARGEST)), documents)
}

fn best_of(candidates: impl Iterator<Item = f64>, documents: &[&[Outcome]]) -> f64 {
    let likelihoods = candidates.map(|spread| (spread, log_likelihood(documents, spread)));
    likelihoods
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(0.0, |(spread, _)| spread)
}

/// The log of the probability of all outcomes, the shift of each document integrated out.
fn log_likelihood(documents: &[&[Outcome]], spread: f64) -> f64 {
    let shifts = shifts(spread, FINE_NODES);
    let of_document = |document: &&[Outcome]| {
        let logs: Vec<f64> = shifts
            .iter()
            .map(|(shift, weight)| {
                let log = |&(p, is): &Outcome| {
                    let q = shifted(p, *shift);
                    if is { q } else { 1.0 - q }.max(f64::MIN_POSITIVE).ln()
                };
                weight.ln() + document.iter().map(log).sum::<f64>()
            })
            .collect();
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        largest
            + logs
                .iter()
                .map(|log| (log - largest).exp())
                .sum::<f64>()
                .ln()
    };
    documents.iter().map(of_document).sum()
}

/// A probability whose log-odds are shifted.
pub(crate) fn shifted(p: f64, shift: f64) -> f64 {
    let odds = p * shift.exp();
    let sum = odds + (1.0 - p);
    if sum > 0.0 { odds / sum } else { p }
}

/// Shifts that stand for a normal distribution with this standard deviation, evenly spaced over four
/// deviations on each side, with weights that sum to 1. A single one for 0.
pub(crate) fn shifts(spread: f64, nodes: usize) -> Vec<(f64, f64)> {
    if spread <= 0.0 || nodes < 2 {
        return vec![(0.0, 1.0)];
    }
    let z = |i: usize| 8.0 * i as f64 / (nodes - 1) as f64 - 4.0;
    let density = |z: f64| (-0.5 * z * z).exp();
    let sum: f64 = (0..nodes).map(|i| density(z(i))).sum();
    let node = |i| (spread * z(i), density(z(i)) / sum);
    (0..nodes).map(node).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Outcomes of documents whose log-odds are shifted by turns by −`shift` and `shift`.
    fn documents(shift: f64) -> Vec<Vec<Outcome>> {
        let document = |i: usize| {
            let p = shifted(0.3, if i.is_multiple_of(2) { shift } else { -shift });
            // The share p of 40 sentences, rounded by turns.
            let true_ones = (40.0 * p + (i / 2 % 4) as f64 / 4.0) as usize;
            (0..40).map(|s| (0.3, s < true_ones)).collect()
        };
        (0..60).map(document).collect()
    }

    fn fitted(documents: Vec<Vec<Outcome>>) -> Option<DocumentSpread> {
        DocumentSpread::fit(&[documents])
    }

    #[test]
    fn a_shift_of_documents_is_found() {
        let spread = fitted(documents(1.0)).expect("enough documents").0[0];
        assert!((0.8..1.2).contains(&spread), "{spread}");
        assert_eq!(fitted(documents(0.0)), Some(DocumentSpread(vec![0.0])));
        assert_eq!(fitted(documents(1.0)[..20].to_vec()), None);
    }

    #[test]
    fn shifts_have_the_moments_of_their_distribution() {
        for nodes in [13, 33] {
            let shifts = shifts(0.5, nodes);
            let moment = |power| shifts.iter().map(|(s, w)| s.powi(power) * w).sum::<f64>();
            assert!((moment(0) - 1.0).abs() < 1e-12 && moment(1).abs() < 1e-12);
            assert!((moment(2) - 0.25).abs() < 1e-3, "{}", moment(2));
        }
        assert_eq!(shifted(0.5, 0.0), 0.5);
        assert_eq!([shifted(0.0, 5.0), shifted(1.0, -5.0)], [0.0, 1.0]);
    }

    #[test]
    fn parts_must_fit() {
        assert!(DocumentSpread::from_parts(vec![0.0, 1.5], 2).is_ok());
        for bad in [
            vec![0.1],
            vec![-0.1, 0.0],
            vec![f64::NAN, 0.0],
            vec![0.0, 9.0],
        ] {
            assert!(DocumentSpread::from_parts(bad, 2).is_err());
        }
    }
}
