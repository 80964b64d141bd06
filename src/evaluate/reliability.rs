//! Reliability: of the rows given a class with probability 0.8, eight in ten should have it.

use ndarray::Array2;
use serde::Serialize;

use crate::classifier::most_probable;
use crate::stance::ClassId;

/// Rows whose highest probability is alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// Number of rows.
    pub rows: usize,
    /// Their mean highest probability.
    pub claimed: f64,
    /// The share of them whose label is the most probable class.
    pub right: f64,
}

/// Ten equal bins of the highest probability, empty ones left out.
#[must_use]
pub fn reliability(probabilities: &Array2<f64>, truth: &[ClassId]) -> Vec<ReliabilityBin> {
    const BINS: usize = 10;
    let mut sums = [(0_usize, 0.0_f64, 0.0_f64); BINS];
    for (p, truth) in probabilities.rows().into_iter().zip(truth) {
        let best = most_probable(&p.to_vec());
        let bin = ((p[best] * BINS as f64).ceil() as usize).clamp(1, BINS) - 1;
        let hit = f64::from(u8::from(best == *truth as usize));
        sums[bin] = (sums[bin].0 + 1, sums[bin].1 + p[best], sums[bin].2 + hit);
    }
    let full = sums.into_iter().filter(|(n, ..)| *n > 0);
    full.map(|(rows, claimed, right)| ReliabilityBin {
        rows,
        claimed: claimed / rows as f64,
        right: right / rows as f64,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn bins_by_hand() {
        let p = array![[0.85, 0.15], [0.15, 0.85], [0.55, 0.45]];
        let bins = reliability(&p, &[0, 0, 0]);
        assert_eq!((bins[0].rows, bins[0].right), (1, 1.0));
        assert_eq!(
            (bins[1].rows, bins[1].claimed, bins[1].right),
            (2, 0.85, 0.5)
        );
    }
}
