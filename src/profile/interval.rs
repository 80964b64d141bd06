//! How far a share may be from the truth.

/// Documents with more sentences use the normal approximation.
const LARGEST_EXACT: usize = 2000;
/// Standard normal quantile of 0.95.
const Z95: f64 = 1.644_853_626_951_472_7;

/// The central 90 % interval of the share of sentences that truly belong to a class, when each
/// sentence does with the given probability, independently: quantiles of the Poisson binomial
/// distribution. `[0, 1]` without any sentence.
///
/// ```
/// let [low, high] = polemic::profile::share_interval(&[0.5; 100]);
/// assert!((0.40..=0.44).contains(&low) && (0.56..=0.60).contains(&high));
/// assert_eq!(polemic::profile::share_interval(&[1.0, 1.0]), [1.0, 1.0]);
/// ```
#[must_use]
pub fn share_interval(probabilities: &[f64]) -> [f64; 2] {
    let n = probabilities.len();
    if n == 0 {
        return [0.0, 1.0];
    }
    if n > LARGEST_EXACT {
        return approximate(probabilities);
    }
    let mut mass = vec![0.0; n + 1];
    mass[0] = 1.0;
    for (i, p) in probabilities.iter().enumerate() {
        for k in (0..=i).rev() {
            mass[k + 1] += mass[k] * p;
            mass[k] *= 1.0 - p;
        }
    }
    let quantile = |q: f64| {
        let mut sum = 0.0;
        mass.iter().position(|m| {
            sum += m;
            sum >= q - 1e-12
        })
    };
    let share = |k: Option<usize>| k.unwrap_or(n) as f64 / n as f64;
    [share(quantile(0.05)), share(quantile(0.95))]
}

fn approximate(probabilities: &[f64]) -> [f64; 2] {
    let n = probabilities.len() as f64;
    let mean = probabilities.iter().sum::<f64>() / n;
    let deviation = probabilities
        .iter()
        .map(|p| p * (1.0 - p))
        .sum::<f64>()
        .sqrt()
        / n;
    [
        (mean - Z95 * deviation).max(0.0),
        (mean + Z95 * deviation).min(1.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_computed() {
        // Two coins: 0 heads 1/4, 1 head 1/2, 2 heads 1/4.
        assert_eq!(share_interval(&[0.5, 0.5]), [0.0, 1.0]);
        // 0.96 of the mass is at one of one.
        assert_eq!(share_interval(&[0.96]), [1.0, 1.0]);
        assert_eq!(share_interval(&[]), [0.0, 1.0]);
    }

    #[test]
    fn the_approximation_joins_the_exact_interval() {
        let p: Vec<f64> = (0..LARGEST_EXACT)
            .map(|i| 0.1 + 0.6 * (i % 7) as f64 / 7.0)
            .collect();
        let (exact, near) = (share_interval(&p), approximate(&p));
        assert!((exact[0] - near[0]).abs() < 1e-3 && (exact[1] - near[1]).abs() < 1e-3);
    }
}
