//! Parallel vector arithmetic with sums in a fixed order.
//!
//! Vectors are cut into blocks of a fixed length; each block is summed from its start to its end,
//! and the blocks' sums are added in block order. Who computes which block never matters, so the
//! result has the same bits for any number of threads.

use rayon::prelude::*;

/// Values in a block: large enough to hide the scheduling, small enough to share the work.
const BLOCK: usize = 8192;

/// The block sums of vectors of one length, kept so that no sum allocates.
pub(super) struct Partials(Vec<[f64; 2]>);

impl Partials {
    /// Room for vectors of `len` values.
    pub(super) fn new(len: usize) -> Self {
        Self(vec![[0.0; 2]; len.div_ceil(BLOCK)])
    }

    /// `aᵀb`.
    pub(super) fn dot(&mut self, a: &[f64], b: &[f64]) -> f64 {
        let blocks = (a.par_chunks(BLOCK), b.par_chunks(BLOCK), &mut self.0);
        blocks.into_par_iter().for_each(|(a, b, partial)| {
            *partial = [a.iter().zip(b).map(|(a, b)| a * b).sum(), 0.0];
        });
        self.total()[0]
    }

    /// `‖a‖`, the Euclidean norm.
    pub(super) fn norm(&mut self, a: &[f64]) -> f64 {
        self.dot(a, a).sqrt()
    }

    /// One step of conjugate gradients: `d += α·p`, `r −= α·q`; returns `(rᵀr, rᵀM⁻¹r)`.
    pub(super) fn advance(
        &mut self,
        alpha: f64,
        (d, p): (&mut [f64], &[f64]),
        (r, q): (&mut [f64], &[f64]),
        inverse: &[f64],
    ) -> (f64, f64) {
        let blocks = (
            (d.par_chunks_mut(BLOCK), p.par_chunks(BLOCK)),
            (r.par_chunks_mut(BLOCK), q.par_chunks(BLOCK)),
            inverse.par_chunks(BLOCK),
            &mut self.0,
        );
        let ((d, p), (r, q), inverse, partials) = blocks;
        (d, p, r, q, inverse, partials)
            .into_par_iter()
            .for_each(|(d, p, r, q, m, partial)| {
                add_scaled(d, alpha, p);
                add_scaled(r, -alpha, q);
                *partial = r.iter().zip(m).fold([0.0; 2], |[rr, rmr], (r, m)| {
                    let square = r * r;
                    [rr + square, rmr + square * m]
                });
            });
        let [rr, rmr] = self.total();
        (rr, rmr)
    }

    fn total(&self) -> [f64; 2] {
        self.0
            .iter()
            .fold([0.0; 2], |[a, b], [c, d]| [a + c, b + d])
    }
}

/// `y += α·x`, in parallel.
pub(super) fn add(y: &mut [f64], alpha: f64, x: &[f64]) {
    let blocks = (y.par_chunks_mut(BLOCK), x.par_chunks(BLOCK));
    blocks
        .into_par_iter()
        .for_each(|(y, x)| add_scaled(y, alpha, x));
}

/// The next conjugate direction: `p = M⁻¹r + β·p`.
pub(super) fn redirect(p: &mut [f64], beta: f64, r: &[f64], inverse: &[f64]) {
    let blocks = (
        p.par_chunks_mut(BLOCK),
        r.par_chunks(BLOCK),
        inverse.par_chunks(BLOCK),
    );
    blocks.into_par_iter().for_each(|(p, r, m)| {
        for ((p, r), m) in p.iter_mut().zip(r).zip(m) {
            *p = r * m + beta * *p;
        }
    });
}

fn add_scaled(y: &mut [f64], alpha: f64, x: &[f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += alpha * x;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_cross_block_borders() {
        let n = BLOCK * 2 + 5;
        let mut partials = Partials::new(n);
        assert_eq!(partials.dot(&vec![2.0; n], &vec![3.0; n]), 6.0 * n as f64);
        assert_eq!(Partials::new(0).norm(&[]), 0.0);
    }

    #[test]
    fn a_step_by_hand() {
        let (mut d, mut r) = ([0.0, 1.0], [1.0, 2.0]);
        let sums = Partials::new(2).advance(
            2.0,
            (&mut d, &[1.0, -1.0]),
            (&mut r, &[0.5, 0.5]),
            &[1.0, 10.0],
        );
        assert_eq!((d, r, sums), ([2.0, -1.0], [0.0, 1.0], (1.0, 10.0)));
        let mut p = [1.0, 1.0];
        redirect(&mut p, 0.5, &r, &[1.0, 10.0]);
        assert_eq!(p, [0.5, 10.5]);
    }
}
