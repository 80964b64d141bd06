//! Softmax and log-sum-exp of one row, shifted by the row's own maximum.

/// Replaces logits by probabilities: `p_k = exp(z_k − m) / Σ_j exp(z_j − m)`, `m = max_j z_j`.
///
/// The shift by the row's own maximum keeps every exponential in [0, 1], so large logits neither
/// overflow nor vanish together. The result sums to 1 within rounding. An empty slice stays empty;
/// a NaN, or a positive infinity, makes NaNs.
///
/// ```
/// use polemic::linear::softmax;
///
/// let mut row = [1000.0, 1000.0 + f64::ln(3.0)];
/// softmax(&mut row);
/// assert!((row[0] - 0.25).abs() < 1e-12 && (row[1] - 0.75).abs() < 1e-12);
/// ```
pub fn softmax(logits: &mut [f64]) {
    let max = maximum(logits);
    let mut sum = 0.0;
    for z in logits.iter_mut() {
        *z = (*z - max).exp();
        sum += *z;
    }
    for z in logits {
        *z /= sum;
    }
}

/// `log Σ_k exp(z_k)` of the logits `z_k = at(k)`, for `k` in `0..n`.
///
/// The logits come from a function so that a line search can try `z + α·u` without storing it.
pub(super) fn log_sum_exp(n: usize, at: impl Fn(usize) -> f64) -> f64 {
    let max = (0..n).map(&at).fold(f64::NEG_INFINITY, f64::max);
    max + (0..n).map(|k| (at(k) - max).exp()).sum::<f64>().ln()
}

fn maximum(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_of_equal_logits_is_uniform() {
        let mut row = [-7.0; 4];
        softmax(&mut row);
        assert_eq!(row, [0.25; 4]);
        softmax(&mut []);
    }

    #[test]
    fn a_far_row_does_not_underflow() {
        let z = [-2000.0, -2000.0 + 2f64.ln()];
        assert!((log_sum_exp(2, |k| z[k]) - (-2000.0 + 3f64.ln())).abs() < 1e-12);
    }
}
