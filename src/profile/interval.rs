//! How far a share may be from the truth.

use crate::classifier::{shifted, shifts};

/// Documents with more sentences use the normal approximation.
const LARGEST_EXACT: usize = 600;
/// Standard normal quantile of 0.95.
const Z95: f64 = 1.644_853_626_951_472_7;
/// Shifts that stand for all of a document's.
const NODES: usize = 13;

/// The central 90 % interval of the share of sentences that truly belong to a class.
///
/// Each sentence does with the given probability, once the log-odds of all of them are shifted by an
/// amount that is the document's own: normal with mean 0 and standard deviation `spread`
/// ([`DocumentSpread`](crate::classifier::DocumentSpread)). Without spread these are quantiles of the
/// Poisson binomial distribution, with it those of a mixture of such distributions. `[0, 1]` without any
/// sentence.
///
/// ```
/// use polemic::profile::share_interval;
///
/// let [low, high] = share_interval(&[0.5; 100], 0.0);
/// assert!((0.40..=0.44).contains(&low) && (0.56..=0.60).contains(&high));
/// assert_eq!(share_interval(&[1.0, 1.0], 0.0), [1.0, 1.0]);
/// let [lower, higher] = share_interval(&[0.5; 100], 0.8);
/// assert!(lower < low && higher > high);
/// ```
#[must_use]
pub fn share_interval(probabilities: &[f64], spread: f64) -> [f64; 2] {
    let n = probabilities.len();
    if n == 0 {
        return [0.0, 1.0];
    }
    if n > LARGEST_EXACT {
        return approximate(probabilities, spread);
    }
    let mut mass = vec![0.0; n + 1];
    for (shift, weight) in shifts(spread, NODES) {
        add_poisson_binomial(probabilities, shift, weight, &mut mass);
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

/// Adds the distribution of the number of sentences, times `weight`, to `mass`.
fn add_poisson_binomial(probabilities: &[f64], shift: f64, weight: f64, mass: &mut [f64]) {
    let mut own = vec![0.0; mass.len()];
    own[0] = weight;
    for (i, p) in probabilities.iter().enumerate() {
        let p = shifted(*p, shift);
        for k in (0..=i).rev() {
            own[k + 1] += own[k] * p;
            own[k] *= 1.0 - p;
        }
    }
    mass.iter_mut()
        .zip(own)
        .for_each(|(mass, own)| *mass += own);
}

/// The normal distribution with the moments of the mixture.
fn approximate(probabilities: &[f64], spread: f64) -> [f64; 2] {
    let n = probabilities.len() as f64;
    let (mut mean, mut square) = (0.0, 0.0);
    for (shift, weight) in shifts(spread, NODES) {
        let (mut sum, mut variance) = (0.0, 0.0);
        for p in probabilities {
            let p = shifted(*p, shift);
            sum += p;
            variance += p * (1.0 - p);
        }
        mean += weight * sum / n;
        square += weight * (variance + sum * sum) / (n * n);
    }
    let deviation = (square - mean * mean).max(0.0).sqrt();
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
        assert_eq!(share_interval(&[0.5, 0.5], 0.0), [0.0, 1.0]);
        // 0.96 of the mass is at one of one.
        assert_eq!(share_interval(&[0.96], 0.0), [1.0, 1.0]);
        assert_eq!(share_interval(&[], 0.0), [0.0, 1.0]);
    }

    #[test]
    fn the_approximation_joins_the_exact_interval() {
        let p: Vec<f64> = (0..LARGEST_EXACT)
            .map(|i| 0.1 + 0.6 * (i % 7) as f64 / 7.0)
            .collect();
        for (spread, near) in [(0.0, 0.002), (0.4, 0.01)] {
            let (exact, normal) = (share_interval(&p, spread), approximate(&p, spread));
            let apart = (exact[0] - normal[0])
                .abs()
                .max((exact[1] - normal[1]).abs());
            assert!(apart < near, "{exact:?} {normal:?}");
        }
    }

    #[test]
    fn a_spread_widens() {
        let p = [0.2; 40];
        let widths = [0.0, 0.3, 0.6, 1.2].map(|spread| {
            let [low, high] = share_interval(&p, spread);
            high - low
        });
        assert!(
            widths.is_sorted() && widths[3] > 2.0 * widths[0],
            "{widths:?}"
        );
    }
}
