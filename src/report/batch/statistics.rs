//! Means, intervals and quantiles.

/// Standard normal quantile of 0.95.
const Z95: f64 = 1.644_853_626_951_472_7;

/// The mean of `values`, and its 90 % interval if there are two or more: mean ± t · s / √n, with
/// the 0.95 quantile t of Student's distribution with n − 1 degrees of freedom, cut to `[0, 1]`. It
/// is how far the mean of other documents of the same kind may be, if these are a random sample of
/// them. `None` without a value.
///
/// ```
/// let (mean, interval) = polemic::report::mean_interval(&[0.2, 0.4]).unwrap();
/// assert!((mean - 0.3).abs() < 1e-12);
/// assert_eq!(interval, Some([0.0, 0.931375]));
/// ```
#[must_use]
pub fn mean_interval(values: &[f64]) -> Option<(f64, Option<[f64; 2]>)> {
    let n = values.len();
    if n == 0 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    if n == 1 {
        return Some((mean, None));
    }
    let reach = student95(n - 1) * squared_error(values)?.sqrt();
    let end = |value: f64| (value.clamp(0.0, 1.0) * 1e6).round() / 1e6;
    Some((mean, Some([end(mean - reach), end(mean + reach)])))
}

/// The 90 % interval of the difference of two means, `after` less `before`, if both have two values
/// or more: Welch's, with the degrees of freedom rounded down.
#[must_use]
pub(in crate::report) fn difference_interval(before: &[f64], after: &[f64]) -> Option<[f64; 2]> {
    let (old, new) = (squared_error(before)?, squared_error(after)?);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let difference = mean(after) - mean(before);
    let weight = |error: f64, n: usize| error.powi(2) / (n - 1) as f64;
    let spread = weight(old, before.len()) + weight(new, after.len());
    let degrees = if spread > 0.0 {
        ((old + new).powi(2) / spread + 1e-9) as usize
    } else {
        1
    };
    let reach = student95(degrees.max(1)) * (old + new).sqrt();
    Some([difference - reach, difference + reach])
}

/// The square of the standard error of a mean; `None` of a single value.
fn squared_error(values: &[f64]) -> Option<f64> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n as f64;
    let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    (n > 1).then(|| squares / (n - 1) as f64 / n as f64)
}

/// The 0.95 quantile of Student's t: exact for one and two degrees of freedom, else the expansion
/// around the normal quantile (Abramowitz and Stegun, 26.7.5), right to 0.01 at three and better above.
fn student95(degrees: usize) -> f64 {
    let z = Z95;
    match degrees {
        0 => f64::INFINITY,
        1 => 6.313_751_514_675_04,
        2 => 2.919_985_580_355_516,
        n => {
            let n = n as f64;
            let terms = [
                (z.powi(3) + z) / 4.0,
                (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0,
                (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0,
            ];
            z + terms[0] / n + terms[1] / n.powi(2) + terms[2] / n.powi(3)
        }
    }
}

/// The value below which the given part of the sorted values lies, by linear interpolation; 0
/// without a value.
pub(super) fn quantile(sorted: &[f64], part: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let at = part * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_student_are_those_of_tables() {
        for (degrees, table) in [
            (1, 6.314),
            (2, 2.920),
            (3, 2.353),
            (10, 1.812),
            (100, 1.660),
        ] {
            assert!((student95(degrees) - table).abs() < 0.01, "{degrees}");
        }
    }

    #[test]
    fn a_difference_has_welchs_interval() {
        // Means 0.3 and 0.6, squared errors 0.01 and 0.01, two degrees of freedom.
        let [low, high] = difference_interval(&[0.2, 0.4], &[0.5, 0.7]).expect("two of each");
        let reach = 2.919_986 * 0.02f64.sqrt();
        assert!((low - (0.3 - reach)).abs() < 1e-5 && (high - (0.3 + reach)).abs() < 1e-5);
        assert_eq!(difference_interval(&[0.2], &[0.5, 0.7]), None);
    }

    #[test]
    fn quantiles_are_interpolated() {
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 3.0], 0.5), 1.5);
        assert_eq!(quantile(&[4.0], 0.9), 4.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn one_document_has_no_interval() {
        assert_eq!(mean_interval(&[0.4]), Some((0.4, None)));
        assert_eq!(mean_interval(&[]), None);
        assert_eq!(
            mean_interval(&[0.5, 0.5, 0.5]),
            Some((0.5, Some([0.5, 0.5])))
        );
    }
}
