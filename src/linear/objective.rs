//! The penalised log loss, its gradient, and products with its Hessian.
//!
//! Over rows `i`, features `j` and classes `k`, with weights `w_i` and targets `t_ik`:
//!
//! ```text
//! f(W, b) = Σ_i w_i Σ_k t_ik · (−log p_ik) + (l2/2) · Σ_jk (W_jk − P_jk)²
//! p_i     = softmax(x_i W + b)
//! ```
//!
//! A sum, not a mean: twice the rows are twice the evidence against the same penalty. So
//! `l2 = 1/C` for scikit-learn's multinomial `LogisticRegression` and `l2 = alpha` for
//! `linfa_logistic::MultiLogisticRegression`. scikit-learn's two-class form has one coefficient
//! `w = W_1 − W_0` per feature; at the optimum `W_1 = −W_0`, so there `l2 = 2/C`.
//!
//! All `K` classes have coefficients (no reference class). The penalty makes `W` unique; the
//! intercepts are not penalised and unique up to a common shift.
//!
//! Parameters are one vector of `(n_features + 1) · K` values: the `K` coefficients of feature 0
//! *relative to the prior* `P`, of feature 1, …, then the `K` intercepts. The prior enters
//! as fixed logit offsets `x_i P`, after which nothing else needs to know of it.

use rayon::prelude::*;

use super::columns::Columns;
use super::gather::{add_squared, add_weighted};
use super::softmax::{log_sum_exp, softmax};
use super::targets::Masses;
use crate::Result;
use crate::features::SparseMatrix;

/// Rows and features that one task handles at a time; fixed, see [`super::blocked`].
const ROWS: usize = 512;
const FEATURES: usize = 64;

/// `f` for fixed data, and what is needed to evaluate it.
pub(super) struct Objective<'a> {
    x: &'a SparseMatrix,
    columns: Columns,
    masses: Masses<'a>,
    l2: f64,
    offsets: Option<Vec<f64>>,
}

impl<'a> Objective<'a> {
    /// The objective for rows `x`, penalised towards `prior` (`[n_features][K]`; none means 0).
    pub(super) fn new(
        x: &'a SparseMatrix,
        masses: Masses<'a>,
        l2: f64,
        prior: Option<&[f32]>,
    ) -> Result<Self> {
        let columns = Columns::of(x)?;
        let mut objective = Self {
            x,
            columns,
            masses,
            l2,
            offsets: None,
        };
        objective.offsets = prior.map(|p| {
            let mut offsets = vec![0.0; objective.n_logits()];
            objective.each_row(&mut offsets, |i, z| {
                let row = x.row(i);
                add_weighted(row.columns, row.values, p, z);
            });
            offsets
        });
        Ok(objective)
    }

    /// `K`, the number of classes.
    pub(super) fn n_classes(&self) -> usize {
        self.masses.class_totals().len()
    }

    /// Number of parameters, `(n_features + 1) · K`.
    pub(super) fn n_parameters(&self) -> usize {
        (self.x.n_cols() + 1) * self.n_classes()
    }

    /// Number of logits, `n_rows · K`.
    pub(super) fn n_logits(&self) -> usize {
        self.x.n_rows() * self.n_classes()
    }

    /// The weight of each class, `Σ_i w_i t_ik`.
    pub(super) fn class_totals(&self) -> &[f64] {
        self.masses.class_totals()
    }

    /// The penalty's strength.
    pub(super) fn l2(&self) -> f64 {
        self.l2
    }

    /// The penalised part of a parameter vector: everything but the intercepts.
    pub(super) fn penalised<'v>(&self, parameters: &'v [f64]) -> &'v [f64] {
        &parameters[..parameters.len() - self.n_classes()]
    }

    /// `z_i = x_i W + b`, the prior's offsets included.
    pub(super) fn logits(&self, parameters: &[f64], z: &mut [f64]) {
        self.logit_changes(parameters, z);
        if let Some(offsets) = &self.offsets {
            super::blocked::add(z, 1.0, offsets);
        }
    }

    /// How the logits change along a direction of the parameters.
    pub(super) fn logit_changes(&self, direction: &[f64], u: &mut [f64]) {
        self.each_row(u, |i, u| self.row_product(i, direction, u));
    }

    /// `Σ_i w_i Σ_k t_ik · (−log p_ik)` at the logits `z + step · u`.
    ///
    /// With `Σ_k t_ik = 1`, the inner sum is `log Σ_k exp(z_ik) − Σ_k t_ik z_ik`.
    pub(super) fn loss(&self, z: &[f64], u: &[f64], step: f64, partials: &mut [f64]) -> f64 {
        let k = self.n_classes();
        let blocks = (
            z.par_chunks(ROWS * k),
            u.par_chunks(ROWS * k),
            &mut partials[..],
        );
        blocks
            .into_par_iter()
            .enumerate()
            .for_each(|(block, (z, u, partial))| {
                let rows = z.chunks_exact(k).zip(u.chunks_exact(k));
                *partial = rows
                    .zip(block * ROWS..)
                    .map(|((z, u), i)| {
                        let at = |k: usize| z[k] + step * u[k];
                        self.masses.weight(i) * log_sum_exp(k, at) - self.masses.dot(i, k, at)
                    })
                    .sum();
            });
        partials[..self.n_blocks()].iter().sum()
    }

    /// Length of the scratch space for sums over blocks of rows.
    pub(super) fn n_partials(&self) -> usize {
        self.n_blocks() * self.n_classes()
    }

    /// Replaces logits by probabilities `p` and sets `h_ik = w_i · (p_ik − t_ik)`.
    pub(super) fn residuals(&self, z_to_p: &mut [f64], h: &mut [f64]) {
        let k = self.n_classes();
        let blocks = (z_to_p.par_chunks_mut(ROWS * k), h.par_chunks_mut(ROWS * k));
        blocks
            .into_par_iter()
            .enumerate()
            .for_each(|(block, (p, h))| {
                let rows = p.chunks_exact_mut(k).zip(h.chunks_exact_mut(k));
                for ((p, h), i) in rows.zip(block * ROWS..) {
                    softmax(p);
                    let weight = self.masses.weight(i);
                    h.iter_mut().zip(&*p).for_each(|(h, p)| *h = weight * p);
                    self.masses.subtract_from(h, i);
                }
            });
    }

    /// From row terms `h` to a parameter vector: `out = (Xᵀh + l2 · V, Σ_i h_i)`.
    ///
    /// With residuals and the parameters themselves as `v`, this is the gradient.
    pub(super) fn pull_back(&self, h: &[f64], v: &[f64], partials: &mut [f64], out: &mut [f64]) {
        let (coefficients, intercepts) = out.split_at_mut(out.len() - self.n_classes());
        self.each_feature(coefficients, |j, out| {
            let v = &v[j * out.len()..];
            out.iter_mut()
                .zip(v)
                .for_each(|(out, v)| *out = self.l2 * v);
            let (rows, values) = self.columns.column(j);
            add_weighted(rows, values, h, out);
        });
        self.sum_rows(h, partials, intercepts);
    }

    /// The Hessian at probabilities `p`, times `v`, into `out`; `h` is scratch space.
    ///
    /// With `u_i = x_i V + c`: `h_ik = w_i p_ik (u_ik − Σ_l p_il u_il)`, then pulled back.
    pub(super) fn hessian_product(
        &self,
        p: &[f64],
        v: &[f64],
        (h, partials): (&mut [f64], &mut [f64]),
        out: &mut [f64],
    ) {
        let k = self.n_classes();
        self.each_row(h, |i, h| {
            self.row_product(i, v, h);
            let p = &p[i * k..][..k];
            let mean: f64 = p.iter().zip(&*h).map(|(p, u)| p * u).sum();
            let weight = self.masses.weight(i);
            h.iter_mut()
                .zip(p)
                .for_each(|(h, p)| *h = weight * p * (*h - mean));
        });
        self.pull_back(h, v, partials, out);
    }

    /// The inverse of the Hessian's diagonal at probabilities `p`; `h` is scratch space.
    ///
    /// `D_jk = l2 + Σ_i w_i x_ij² p_ik (1 − p_ik)`, without `l2` for the intercepts, which are
    /// kept above a trillionth of the total weight instead.
    pub(super) fn inverse_diagonal(
        &self,
        p: &[f64],
        (h, partials): (&mut [f64], &mut [f64]),
        out: &mut [f64],
    ) {
        let k = self.n_classes();
        self.each_row(h, |i, h| {
            let weight = self.masses.weight(i);
            h.iter_mut()
                .zip(&p[i * k..])
                .for_each(|(h, p)| *h = weight * p * (1.0 - p));
        });
        let (coefficients, intercepts) = out.split_at_mut(out.len() - k);
        self.each_feature(coefficients, |j, out| {
            out.fill(self.l2);
            let (rows, values) = self.columns.column(j);
            add_squared(rows, values, h, out);
            out.iter_mut().for_each(|d| *d = d.recip());
        });
        self.sum_rows(h, partials, intercepts);
        let least = 1e-12 * self.class_totals().iter().sum::<f64>();
        intercepts
            .iter_mut()
            .for_each(|d| *d = d.max(least).recip());
    }

    /// An upper bound of the gradient's norm without the penalty, `√2 Σ_i w_i ‖(x_i, 1)‖`: what
    /// rounding in the gradient is measured against.
    pub(super) fn gradient_bound(&self) -> f64 {
        let row_norm = |i: usize| {
            let squares = self.x.row(i).values.iter().map(|&v| f64::from(v).powi(2));
            (1.0 + squares.sum::<f64>()).sqrt()
        };
        let sum: f64 = (0..self.x.n_rows())
            .map(|i| self.masses.weight(i) * row_norm(i))
            .sum();
        std::f64::consts::SQRT_2 * sum
    }

    /// `x_i V + c` for one row.
    fn row_product(&self, i: usize, v: &[f64], out: &mut [f64]) {
        let (coefficients, intercepts) = v.split_at(v.len() - out.len());
        out.copy_from_slice(intercepts);
        let row = self.x.row(i);
        add_weighted(row.columns, row.values, coefficients, out);
    }

    fn n_blocks(&self) -> usize {
        self.x.n_rows().div_ceil(ROWS)
    }

    /// `out = Σ_i h_i`, block by block.
    fn sum_rows(&self, h: &[f64], partials: &mut [f64], out: &mut [f64]) {
        let k = out.len();
        let blocks = (h.par_chunks(ROWS * k), partials.par_chunks_mut(k));
        blocks
            .into_par_iter()
            .for_each(|(h, partial)| add_rows(h, partial));
        add_rows(partials, out);
    }

    /// Calls `f(i, chunk)` for every row's `K` values, in parallel.
    fn each_row(&self, rows: &mut [f64], f: impl Fn(usize, &mut [f64]) + Sync) {
        in_chunks::<ROWS>(rows, self.n_classes(), f);
    }

    /// Calls `f(j, chunk)` for every feature's `K` values, in parallel.
    fn each_feature(&self, features: &mut [f64], f: impl Fn(usize, &mut [f64]) + Sync) {
        in_chunks::<FEATURES>(features, self.n_classes(), f);
    }
}

fn in_chunks<const N: usize>(table: &mut [f64], k: usize, f: impl Fn(usize, &mut [f64]) + Sync) {
    table
        .par_chunks_mut(N * k)
        .enumerate()
        .for_each(|(block, chunk)| {
            for (chunk, i) in chunk.chunks_exact_mut(k).zip(block * N..) {
                f(i, chunk);
            }
        });
}

/// `out = Σ_i rows_i`, in row order.
fn add_rows(rows: &[f64], out: &mut [f64]) {
    out.fill(0.0);
    for row in rows.chunks_exact(out.len()) {
        out.iter_mut().zip(row).for_each(|(sum, v)| *sum += v);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear::{ClassWeights, Targets};

    const K: usize = 3;

    /// Three rows, two features, three classes, uneven weights, one uncertain row.
    fn small() -> Result<SparseMatrix> {
        let mut x = SparseMatrix::new(2);
        x.push_row([(0, 1.0), (1, -0.5)])?;
        x.push_row([(1, 2.0)])?;
        x.push_row([(0, -1.5)])?;
        Ok(x)
    }

    fn objective<'a>(x: &'a SparseMatrix, prior: Option<&[f32]>) -> Result<Objective<'a>> {
        let targets = Targets::Soft(&[1.0, 0.0, 0.0, 0.25, 0.5, 0.25, 0.0, 0.0, 1.0]);
        let weights = Some(&[1.0, 2.0, 0.5][..]);
        let masses = Masses::new((3, K), targets, weights, &ClassWeights::None)?;
        Objective::new(x, masses, 0.7, prior)
    }

    fn value(f: &Objective<'_>, theta: &[f64]) -> f64 {
        let mut z = vec![0.0; f.n_logits()];
        f.logits(theta, &mut z);
        let squares: f64 = f.penalised(theta).iter().map(|w| w * w).sum();
        let zero = vec![0.0; z.len()];
        f.loss(&z, &zero, 0.0, &mut vec![0.0; f.n_partials()]) + f.l2() / 2.0 * squares
    }

    /// Gradient and probabilities.
    fn gradient(f: &Objective<'_>, theta: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let (mut p, mut h) = (vec![0.0; f.n_logits()], vec![0.0; f.n_logits()]);
        let mut out = vec![0.0; theta.len()];
        f.logits(theta, &mut p);
        f.residuals(&mut p, &mut h);
        f.pull_back(&h, theta, &mut vec![0.0; f.n_partials()], &mut out);
        (out, p)
    }

    fn theta() -> Vec<f64> {
        (0..9).map(|n| f64::from(n * n % 7) / 5.0 - 0.4).collect()
    }

    #[test]
    fn loss_by_hand() -> Result<()> {
        // At zero every class has probability 1/3, so each of 3.5 weighted rows loses log 3.
        let x = small()?;
        let f = objective(&x, None)?;
        assert!((value(&f, &[0.0; 9]) - 3.5 * 3f64.ln()).abs() < 1e-14);
        let (g, _) = gradient(&f, &[0.0; 9]);
        // Class 0 of feature 0: rows 1/3 − 1 and 0.5 · 1/3 times the values 1 and −1.5.
        assert!((g[0] - (-2.0 / 3.0 - 0.25)).abs() < 1e-14);
        // Intercept of class 0: 3.5/3 − (1 + 2 · 0.25).
        assert!((g[6] - (3.5 / 3.0 - 1.5)).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn gradient_is_the_slope_of_the_value() -> Result<()> {
        let x = small()?;
        for prior in [None, Some(&[0.5, -0.25, 0.0, 1.0, 0.0, -1.0][..])] {
            let f = objective(&x, prior)?;
            let (g, _) = gradient(&f, &theta());
            for j in 0..9 {
                let [up, down] = [1e-5, -1e-5].map(|step| {
                    let mut moved = theta();
                    moved[j] += step;
                    value(&f, &moved)
                });
                let slope = (up - down) / 2e-5;
                assert!((slope - g[j]).abs() < 1e-8, "{j}: {slope} against {}", g[j]);
            }
        }
        Ok(())
    }

    #[test]
    fn hessian_is_the_slope_of_the_gradient() -> Result<()> {
        let x = small()?;
        let f = objective(&x, None)?;
        let p = gradient(&f, &theta()).1;
        let mut inverse = vec![0.0; 9];
        let (mut h, mut partials) = (vec![0.0; f.n_logits()], vec![0.0; f.n_partials()]);
        f.inverse_diagonal(&p, (&mut h, &mut partials), &mut inverse);
        for j in 0..9 {
            let mut unit = vec![0.0; 9];
            unit[j] = 1.0;
            let mut product = vec![0.0; 9];
            f.hessian_product(&p, &unit, (&mut h, &mut partials), &mut product);
            let [up, down] = [1e-5, -1e-5].map(|step| {
                let mut moved = theta();
                moved[j] += step;
                gradient(&f, &moved).0
            });
            for i in 0..9 {
                let slope = (up[i] - down[i]) / 2e-5;
                assert!((slope - product[i]).abs() < 1e-8, "{i}, {j}");
            }
            assert!(
                (inverse[j] * product[j] - 1.0).abs() < 1e-12,
                "diagonal {j}"
            );
        }
        Ok(())
    }

    #[test]
    fn loss_along_a_direction_is_loss_at_the_moved_point() -> Result<()> {
        let x = small()?;
        let f = objective(&x, None)?;
        let (mut z, mut u, mut moved) = (vec![0.0; 9], vec![0.0; 9], vec![0.0; 9]);
        let direction: Vec<f64> = theta().iter().map(|t| 1.0 - t).collect();
        f.logits(&theta(), &mut z);
        f.logit_changes(&direction, &mut u);
        let there: Vec<f64> = theta()
            .iter()
            .zip(&direction)
            .map(|(t, d)| t + 0.3 * d)
            .collect();
        f.logits(&there, &mut moved);
        let mut partials = vec![0.0; f.n_partials()];
        let along = f.loss(&z, &u, 0.3, &mut partials);
        assert!((along - f.loss(&moved, &u, 0.0, &mut partials)).abs() < 1e-12);
        Ok(())
    }
}
