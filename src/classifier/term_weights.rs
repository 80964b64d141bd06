//! What a term needs when it is met, side by side: its idf and its coefficients.
//!
//! They come from two tables, each larger than the nearer caches; one row here is one fetch.

use crate::features::{Channel, FeatureSpace, sublinear};
use crate::linear::LogisticRegression;

/// The rows `[term][idf, coefficient of class 0, …]` of one n-gram channel.
#[derive(Clone, Debug)]
pub(super) struct TermWeights {
    rows: Vec<f32>,
    scale: f64,
}

impl TermWeights {
    /// The tables of all n-gram channels, in their order.
    pub(super) fn of_channels(features: &FeatureSpace, model: &LogisticRegression) -> Vec<Self> {
        let k = model.n_classes();
        let tables = features.blocks().filter_map(|(first, channel)| {
            let Channel::WordNgrams(ngrams) = channel else {
                return None;
            };
            let coefficients = model.coefficients()[first as usize * k..].chunks_exact(k);
            let mut rows = Vec::with_capacity(ngrams.idf().len() * (k + 1));
            for (&idf, coefficients) in ngrams.idf().iter().zip(coefficients) {
                rows.push(idf);
                rows.extend_from_slice(coefficients);
            }
            let scale = f64::from(ngrams.settings().scale);
            Some(Self { rows, scale })
        });
        tables.collect()
    }

    /// Adds to `logits` what the terms of a text, each with its tf, say together:
    /// `scale / ‖v‖ · Σ v_t · W_t` with `v_t = (1 + ln tf) · idf_t`.
    pub(super) fn add_up(&self, terms: &[(u32, u32)], logits: &mut [f64]) {
        match logits.len() {
            2 => self.add_fixed::<2, 3>(terms, logits),
            3 => self.add_fixed::<3, 4>(terms, logits),
            4 => self.add_fixed::<4, 5>(terms, logits),
            _ => self.add_any(terms, logits),
        }
    }

    /// As [`TermWeights::add_up`], for `K` classes and rows of `R = K + 1` values.
    fn add_fixed<const K: usize, const R: usize>(&self, terms: &[(u32, u32)], logits: &mut [f64]) {
        let rows = self.rows.as_chunks::<R>().0;
        // Read first, all at once: the sums would wait for one row after the other.
        let read = |bits, &(term, _): &(u32, u32)| bits | rows[term as usize][0].to_bits();
        std::hint::black_box(terms.iter().fold(0, read));
        let (mut sums, mut squares) = ([0.0; K], 0.0);
        for &(term, tf) in terms {
            let row = &rows[term as usize];
            let value = f64::from(sublinear(tf) * row[0]);
            squares += value * value;
            for (sum, &w) in sums.iter_mut().zip(&row[1..]) {
                *sum += value * f64::from(w);
            }
        }
        self.add_scaled(&sums, squares, logits);
    }

    fn add_any(&self, terms: &[(u32, u32)], logits: &mut [f64]) {
        let (mut sums, mut squares) = (vec![0.0; logits.len()], 0.0);
        for &(term, tf) in terms {
            let (value, coefficients) = self.term(term, tf, logits.len());
            squares += value * value;
            for (sum, &w) in sums.iter_mut().zip(coefficients) {
                *sum += value * f64::from(w);
            }
        }
        self.add_scaled(&sums, squares, logits);
    }

    fn add_scaled(&self, sums: &[f64], squares: f64, logits: &mut [f64]) {
        if squares > 0.0 {
            let factor = self.scale / squares.sqrt();
            for (z, sum) in logits.iter_mut().zip(sums) {
                *z += factor * sum;
            }
        }
    }

    /// `scale / ‖v‖` of a text with these terms and `k` classes; 0 without terms.
    pub(super) fn factor(&self, terms: &[(u32, u32)], k: usize) -> f64 {
        let values = terms.iter().map(|&(term, tf)| self.term(term, tf, k).0);
        let squares: f64 = values.map(|value| value * value).sum();
        if squares > 0.0 {
            self.scale / squares.sqrt()
        } else {
            0.0
        }
    }

    /// `v_t` of a term that occurs `tf` times, and its coefficients, for `k` classes.
    pub(super) fn term(&self, term: u32, tf: u32, k: usize) -> (f64, &[f32]) {
        let start = term as usize * (k + 1);
        let row = &self.rows[start..=start + k];
        (f64::from(sublinear(tf) * row[0]), &row[1..])
    }
}
