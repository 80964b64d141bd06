//! Seeded draws and percentile intervals (Efron & Tibshirani 1993, "An Introduction to the Bootstrap", ch. 13).

use crate::text::key::{join_keys, key_of};

/// Draws by a hash of seed and counter: the same on every machine and in every version.
#[derive(Clone, Debug)]
pub struct Draws {
    state: u64,
    count: u64,
}

impl Draws {
    /// A stream of draws for a purpose; other purposes have other draws for the same seed.
    #[must_use]
    pub fn new(purpose: &str, seed: u64) -> Self {
        Self {
            state: join_keys(key_of(purpose), seed),
            count: 0,
        }
    }

    /// A number of at least 0 and below `n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.count += 1;
        let hash = xxhash_rust::xxh3::xxh3_64_with_seed(&self.count.to_le_bytes(), self.state);
        ((u128::from(hash) * n as u128) >> 64) as usize
    }

    /// The numbers below `n` in an order drawn at random.
    pub fn shuffled(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

/// How often each of `n` things is in a resample of `n`, with replacement.
#[must_use]
pub fn resample(draws: &mut Draws, n: usize) -> Vec<u32> {
    let mut counts = vec![0; n];
    (0..n).for_each(|_| counts[draws.below(n)] += 1);
    counts
}

/// The 2.5 % and 97.5 % points of `values`, interpolated; `None` if there is none.
///
/// ```
/// use polemic::labelled::interval95;
/// assert_eq!(interval95((0..=200).map(f64::from).collect()), Some([5.0, 195.0]));
/// ```
#[must_use]
pub fn interval95(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.retain(|v| v.is_finite());
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| {
        let x = share * last as f64;
        let (low, high) = (values[x.floor() as usize], values[x.ceil() as usize]);
        low + (high - low) * x.fract()
    };
    Some([at(0.025), at(0.975)])
}
