//! Which sentences decide most what a document is as a whole.

use super::Deciding;
use super::groups::rounded;
use crate::classifier::DocumentModel;

/// At most this many sentences are named.
const MOST_SENTENCES: usize = 10;

/// The sentences without which the log-odds of class `dominant` fall most, for probabilities
/// `[sentence][class]` of the sentences with the given indices. Empty for a single sentence.
pub(super) fn deciding(
    model: Option<&DocumentModel>,
    probabilities: &[Vec<f64>],
    indices: &[usize],
    whole: &[f64],
    dominant: usize,
) -> Vec<Deciding> {
    if probabilities.len() < 2 {
        return Vec::new();
    }
    let without = match model {
        Some(model) => model.score_without_each(probabilities),
        None => means_without_each(probabilities),
    };
    let all = log_odds(whole[dominant]);
    let effects = without.iter().map(|p| rounded(all - log_odds(p[dominant])));
    let mut found: Vec<Deciding> = indices
        .iter()
        .zip(effects)
        .map(|(&sentence, effect)| Deciding { sentence, effect })
        .filter(|d| d.effect > 0.0)
        .collect();
    found.sort_by(|a, b| {
        b.effect
            .total_cmp(&a.effect)
            .then(a.sentence.cmp(&b.sentence))
    });
    found.truncate(MOST_SENTENCES);
    found
}

fn log_odds(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    (p / (1.0 - p)).ln()
}

fn means_without_each(probabilities: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = probabilities.len();
    let n_classes = probabilities.first().map_or(0, Vec::len);
    let sums: Vec<f64> = (0..n_classes)
        .map(|class| probabilities.iter().map(|p| p[class]).sum())
        .collect();
    let without = |p: &Vec<f64>| {
        let left = sums
            .iter()
            .zip(p)
            .map(|(sum, p)| (sum - p) / (n - 1) as f64);
        left.collect()
    };
    probabilities.iter().map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_document_model_the_mean_decides() {
        // Means without each: 0.5, 0.7, 0.6; with all: 0.6.
        let p = [vec![0.2, 0.8], vec![0.6, 0.4], vec![0.4, 0.6]];
        let found = deciding(None, &p, &[4, 5, 6], &[0.4, 0.6], 1);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].sentence, 4);
        assert!((found[0].effect - 1.5f64.ln()).abs() < 1e-6);
    }

    #[test]
    fn a_single_sentence_decides_nothing_beside_itself() {
        assert!(deciding(None, &[vec![0.1, 0.9]], &[0], &[0.1, 0.9], 1).is_empty());
    }
}
