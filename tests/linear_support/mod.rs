//! Small random problems and the objective, written down as plainly as it can be.

#![allow(dead_code, reason = "every test file uses a part of it")]

use polemic::features::SparseMatrix;
use polemic::linear::LogisticRegression;

/// A linear congruential generator (Knuth's MMIX constants), upper bits only.
pub struct Random(pub u64);

impl Random {
    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1u64 << 24) as f64
    }

    /// Uniform in `0..n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
}

/// Dense rows, and classes that depend on them with noise.
pub struct Problem {
    pub rows: Vec<Vec<f32>>,
    pub classes: Vec<u32>,
    pub n_classes: usize,
}

impl Problem {
    /// A share `density` of the values is not 0.
    pub fn random(seed: u64, shape: (usize, usize, usize), density: f64) -> Self {
        let (n_rows, n_features, n_classes) = shape;
        let mut random = Random(seed);
        let (mut rows, mut classes) = (Vec::new(), Vec::new());
        for _ in 0..n_rows {
            let class = random.below(n_classes);
            let row = (0..n_features).map(|j| {
                let shift = if j % n_classes == class { 0.7 } else { 0.0 };
                let value = (random.unit() * 2.0 - 1.0 + shift) as f32;
                if random.unit() < density { value } else { 0.0 }
            });
            rows.push(row.collect());
            classes.push(class as u32);
        }
        Self {
            rows,
            classes,
            n_classes,
        }
    }

    pub fn sparse(&self) -> SparseMatrix {
        sparse(&self.rows)
    }
}

/// Dense rows as a sparse matrix, without their zeros.
pub fn sparse(rows: &[Vec<f32>]) -> SparseMatrix {
    let mut x = SparseMatrix::new(rows.first().map_or(0, Vec::len));
    for row in rows {
        let stored = (0u32..).zip(row.iter().copied()).filter(|&(_, v)| v != 0.0);
        x.push_row(stored).expect("finite values in order");
    }
    x
}

/// `Σ_i w_i (−log p_i,y_i) + (l2/2) ‖W‖²`, by way of the model's own probabilities.
pub fn objective(problem: &Problem, weights: &[f64], l2: f64, model: &LogisticRegression) -> f64 {
    let p = model
        .predict_proba(&problem.sparse())
        .expect("as many columns as features");
    let losses = problem.classes.iter().zip(weights).zip(p.rows());
    let loss: f64 = losses.map(|((&y, w), p)| -w * p[y as usize].ln()).sum();
    let squares: f64 = model
        .coefficients()
        .iter()
        .map(|&c| f64::from(c).powi(2))
        .sum();
    loss + l2 / 2.0 * squares
}

/// Panics unless all pairs are within `tolerance`.
pub fn assert_close<A, B>(found: A, expected: B, tolerance: f64, what: &str)
where
    A: IntoIterator<Item = f64>,
    B: IntoIterator<Item = f64>,
{
    let (found, expected): (Vec<_>, Vec<_>) =
        (found.into_iter().collect(), expected.into_iter().collect());
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (f, e)) in found.iter().zip(&expected).enumerate() {
        assert!(
            (f - e).abs() <= tolerance,
            "{what}: value {i} is {f}, expected {e}"
        );
    }
}

/// A model's coefficients as `f64`.
pub fn coefficients(model: &LogisticRegression) -> Vec<f64> {
    model
        .coefficients()
        .iter()
        .copied()
        .map(f64::from)
        .collect()
}
