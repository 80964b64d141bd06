//! A model of annotators (Dawid & Skene 1979, "Maximum Likelihood Estimation of Observer Error-Rates Using the
//! EM Algorithm").
//!
//! Every item has one true class, drawn with probability `π`; annotator `a` calls class `j` class
//! `l` with probability `e[a][j][l]`. Expectation: `q_ij ∝ π_j Π e[a][j][l]` over the labels of item `i`;
//! maximisation: `π` and `e` are the shares that `q` gives, each count raised by [`SMOOTHING`]. It
//! starts from the votes.

use super::Annotations;

/// Added to each count of an annotator's confusions, so that nobody is thought infallible.
const SMOOTHING: f64 = 0.01;
/// Most rounds.
const MOST_ROUNDS: usize = 200;
/// It ends when no share moves by more.
const TOLERANCE: f64 = 1e-6;

/// What the model says.
#[derive(Clone, Debug, PartialEq)]
pub struct DawidSkene {
    /// Shares of the classes, item by item.
    pub shares: Vec<Vec<f64>>,
    /// `[annotator][true class][given class]`: how likely the annotator is to give a class.
    pub confusions: Vec<Vec<Vec<f64>>>,
    /// How frequent each class is.
    pub prior: Vec<f64>,
}

/// Fits the model.
#[must_use]
pub fn dawid_skene(annotations: &Annotations) -> DawidSkene {
    let mut shares = annotations.vote_shares();
    let (mut confusions, mut prior) = maximised(annotations, &shares);
    for _ in 0..MOST_ROUNDS {
        let next = expected(annotations, &confusions, &prior);
        let moves = next
            .iter()
            .flatten()
            .zip(shares.iter().flatten())
            .map(|(a, b)| (a - b).abs());
        let moved = moves.fold(0.0, f64::max);
        shares = next;
        (confusions, prior) = maximised(annotations, &shares);
        if moved < TOLERANCE {
            break;
        }
    }
    DawidSkene {
        shares,
        confusions,
        prior,
    }
}

fn maximised(annotations: &Annotations, shares: &[Vec<f64>]) -> (Vec<Vec<Vec<f64>>>, Vec<f64>) {
    let k = annotations.classes.len();
    let mut counts = vec![vec![vec![SMOOTHING; k]; k]; annotations.annotators.len()];
    let mut prior = vec![0.0; k];
    for (labels, shares) in annotations.items.iter().zip(shares) {
        for (truth, share) in shares.iter().enumerate() {
            prior[truth] += share / shares.len().max(1) as f64;
            for (annotator, given) in labels {
                counts[*annotator as usize][truth][*given as usize] += share;
            }
        }
    }
    counts.iter_mut().flatten().for_each(|row| normalise(row));
    normalise(&mut prior);
    (counts, prior)
}

fn expected(
    annotations: &Annotations,
    confusions: &[Vec<Vec<f64>>],
    prior: &[f64],
) -> Vec<Vec<f64>> {
    let shares = annotations.items.iter().map(|labels| {
        let log = |truth: usize| -> f64 {
            let given = labels
                .iter()
                .map(|(a, l)| confusions[*a as usize][truth][*l as usize].ln());
            prior[truth].max(f64::MIN_POSITIVE).ln() + given.sum::<f64>()
        };
        let logs: Vec<f64> = (0..prior.len()).map(log).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut shares: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
        normalise(&mut shares);
        shares
    });
    shares.collect()
}

fn normalise(row: &mut [f64]) {
    let sum: f64 = row.iter().sum();
    row.iter_mut().for_each(|value| *value /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labelled::Draws;

    /// Two good annotators against three who say 0 whatever they see, on 400 items.
    #[test]
    fn good_annotators_outvote_more_careless_ones() {
        let mut draws = Draws::new("test", 1);
        let truths: Vec<u32> = (0..400).map(|i| i % 2).collect();
        let items = truths.iter().map(|&truth| {
            let right = [90, 90, 55, 55, 55];
            let label = |a: usize, draws: &mut Draws| {
                let hit = draws.below(100) < right[a];
                (a as u32, if hit { truth } else { 1 - truth })
            };
            (0..5).map(|a| label(a, &mut draws)).collect()
        });
        let annotations = Annotations {
            classes: vec!["a".to_owned(), "b".to_owned()],
            annotators: (0..5).map(|i| i.to_string()).collect(),
            items: items.collect(),
        };
        let right = |shares: &[Vec<f64>]| {
            let best = shares.iter().map(|s| u32::from(s[1] > s[0]));
            best.zip(&truths).filter(|(a, b)| a == *b).count()
        };
        let model = dawid_skene(&annotations);
        let (by_model, by_votes) = (right(&model.shares), right(&annotations.vote_shares()));
        assert!(
            by_model >= 350 && by_model > by_votes + 15,
            "{by_model} {by_votes}"
        );
        assert!(
            (model.confusions[0][0][0] - 0.9).abs() < 0.06,
            "{:?}",
            model.confusions[0]
        );
        assert!(
            (model.confusions[2][0][0] - 0.55).abs() < 0.08,
            "{:?}",
            model.confusions[2]
        );
    }

    #[test]
    fn unanimous_items_keep_their_class() {
        let annotations = Annotations {
            classes: vec!["a".to_owned(), "b".to_owned()],
            annotators: vec!["x".to_owned(), "y".to_owned()],
            items: (0..20).map(|i| vec![(0, i % 2), (1, i % 2)]).collect(),
        };
        let model = dawid_skene(&annotations);
        assert!(model.shares[0][0] > 0.999 && model.shares[1][1] > 0.999);
        assert!((model.prior[0] - 0.5).abs() < 1e-6);
    }
}
