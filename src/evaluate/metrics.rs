//! Metrics over probabilities.

use ndarray::Array2;

use crate::classifier::most_probable;
use crate::stance::ClassId;

/// Area under the ROC curve: the chance that a random positive scores above a random negative,
/// ties counted half. `None` if there is no positive or no negative.
///
/// ```
/// use polemic::evaluate::auc;
/// assert_eq!(auc(&[0.1, 0.4, 0.35, 0.8], &[false, false, true, true]), Some(0.75));
/// assert_eq!(auc(&[0.1], &[true]), None);
/// ```
#[must_use]
pub fn auc(scores: &[f64], positive: &[bool]) -> Option<f64> {
    let mut order: Vec<(f64, bool)> = scores
        .iter()
        .copied()
        .zip(positive.iter().copied())
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = order.iter().filter(|o| o.1).count();
    let negatives = order.len() - positives;
    if positives == 0 || negatives == 0 {
        return None;
    }
    let (mut below, mut wins) = (0.0, 0.0);
    for ties in order.chunk_by(|a, b| a.0 == b.0) {
        let up = ties.iter().filter(|o| o.1).count() as f64;
        let down = ties.len() as f64 - up;
        wins += up * (below + down / 2.0);
        below += down;
    }
    Some(wins / (positives as f64 * negatives as f64))
}

/// Expected calibration error of the most probable class (Naeini et al. 2015), 15 equal bins.
///
/// ```
/// use ndarray::array;
/// use polemic::evaluate::calibration_error;
/// let p = array![[0.8, 0.2], [0.8, 0.2], [0.8, 0.2], [0.8, 0.2]];
/// assert!((calibration_error(&p, &[0, 0, 0, 1]) - 0.05).abs() < 1e-9);
/// ```
#[must_use]
pub fn calibration_error(probabilities: &Array2<f64>, truth: &[ClassId]) -> f64 {
    const BINS: usize = 15;
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    for (p, &true_class) in probabilities.rows().into_iter().zip(truth) {
        let best = most_probable(&p.to_vec());
        let bin = ((p[best] * BINS as f64).ceil() as usize).clamp(1, BINS) - 1;
        bins[bin].0 += p[best];
        bins[bin].1 += f64::from(u8::from(best == true_class as usize));
    }
    bins.iter()
        .map(|(claimed, right)| (claimed - right).abs())
        .sum::<f64>()
        / truth.len().max(1) as f64
}
