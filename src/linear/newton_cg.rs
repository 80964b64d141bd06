//! Truncated Newton: each step solves `H d = −g` only as far as it pays, by conjugate gradients.
//!
//! The Hessian is never formed: a product with it is one pass over the rows and one over the
//! columns. Conjugate gradients are preconditioned by the Hessian's diagonal and stop once
//! `‖H d + g‖ ≤ η ‖g‖`, `η` shrinking with the gradient (Dembo and Steihaug 1983; Nocedal and
//! Wright, *Numerical Optimization*, 2006, §7.1). The logits are linear in the parameters, so a
//! trial step of the line search costs `n_rows · K` and never touches the features.

use super::blocked::{Partials, add, redirect};
use super::objective::Objective;

/// The part of the linear decrease that a step must reach (Armijo).
const SUFFICIENT_DECREASE: f64 = 1e-4;
/// Halvings before the line search gives up.
const MAX_HALVINGS: u32 = 40;
/// Conjugate gradient iterations within one Newton step.
const MAX_INNER: u32 = 250;
/// Relative rounding of the loss: smaller changes mean nothing.
const LOSS_ROUNDING: f64 = 1e-13;
/// Rounding of the gradient relative to [`Objective::gradient_bound`].
const GRADIENT_ROUNDING: f64 = 1e-15;

/// Where the minimisation ended.
pub(super) struct Minimum {
    pub(super) parameters: Vec<f64>,
    pub(super) loss: f64,
    pub(super) gradient_norm: f64,
    pub(super) n_iter: u32,
    pub(super) converged: bool,
}

/// Minimises from `start` until `‖g‖ ≤ tolerance · ‖g_0‖` or `max_iter` Newton steps are done.
///
/// `g_0` is the gradient where every row is given the class shares as its probabilities: a scale
/// of the data alone, the same for every start, so that a good start ends sooner.
pub(super) fn minimise(
    objective: &Objective<'_>,
    start: Vec<f64>,
    tolerance: f64,
    max_iter: u32,
) -> Minimum {
    let mut newton = Newton::new(objective, start);
    let scale = newton.uninformed_gradient_norm();
    let goal = (tolerance * scale).max(GRADIENT_ROUNDING * objective.gradient_bound());
    newton.enter();
    let mut n_iter = 0;
    while newton.gradient_norm > goal && n_iter < max_iter {
        let (loss, norm) = (newton.loss, newton.gradient_norm);
        newton.solve_for_direction(forcing(norm / scale, goal / norm));
        if !newton.step() {
            break;
        }
        n_iter += 1;
        if newton.loss >= loss && newton.gradient_norm >= norm {
            break; // Nothing but rounding is left.
        }
    }
    newton.into_minimum(n_iter, goal)
}

/// `η`: loose far from the optimum, tight near it, never much tighter than the goal asks.
fn forcing(relative_norm: f64, relative_goal: f64) -> f64 {
    relative_norm.sqrt().min(0.25).max(relative_goal / 2.0)
}

/// The state of the minimisation; every buffer is allocated once.
struct Newton<'o, 'a> {
    objective: &'o Objective<'a>,
    // Of one value per parameter:
    parameters: Vec<f64>,
    gradient: Vec<f64>,
    inverse_diagonal: Vec<f64>,
    direction: Vec<f64>,
    residual: Vec<f64>,
    conjugate: Vec<f64>,
    product: Vec<f64>,
    // Of one value per row and class:
    logits: Vec<f64>,
    probabilities: Vec<f64>,
    rows: Vec<f64>,
    row_partials: Vec<f64>,
    partials: Partials,
    loss: f64,
    gradient_norm: f64,
}

impl<'o, 'a> Newton<'o, 'a> {
    fn new(objective: &'o Objective<'a>, parameters: Vec<f64>) -> Self {
        let n = parameters.len();
        let n_logits = objective.n_logits();
        Self {
            objective,
            parameters,
            gradient: vec![0.0; n],
            inverse_diagonal: vec![0.0; n],
            direction: vec![0.0; n],
            residual: vec![0.0; n],
            conjugate: vec![0.0; n],
            product: vec![0.0; n],
            logits: vec![0.0; n_logits],
            probabilities: vec![0.0; n_logits],
            rows: vec![0.0; n_logits],
            row_partials: vec![0.0; objective.n_partials()],
            partials: Partials::new(n),
            loss: f64::NAN,
            gradient_norm: f64::NAN,
        }
    }

    /// `‖g‖` at `W = 0`, with intercepts that give every row the class shares.
    fn uninformed_gradient_norm(&mut self) -> f64 {
        let totals = self.objective.class_totals();
        for row in self.probabilities.chunks_exact_mut(totals.len()) {
            row.iter_mut()
                .zip(totals)
                .for_each(|(z, total)| *z = total.ln());
        }
        self.direction.fill(0.0);
        self.objective
            .residuals(&mut self.probabilities, &mut self.rows);
        let (h, zero) = (&self.rows, &self.direction);
        self.objective
            .pull_back(h, zero, &mut self.row_partials, &mut self.gradient);
        self.partials.norm(&self.gradient)
    }

    /// Evaluates everything at the starting point.
    fn enter(&mut self) {
        self.objective.logits(&self.parameters, &mut self.logits);
        self.rows.fill(0.0);
        let loss = self.loss_at(0.0);
        self.loss = loss + self.penalties()[0];
        self.evaluate_gradient();
    }

    fn evaluate_gradient(&mut self) {
        self.probabilities.copy_from_slice(&self.logits);
        self.objective
            .residuals(&mut self.probabilities, &mut self.rows);
        let (h, theta) = (&self.rows, &self.parameters);
        self.objective
            .pull_back(h, theta, &mut self.row_partials, &mut self.gradient);
        self.gradient_norm = self.partials.norm(&self.gradient);
    }

    /// Conjugate gradients on `H d = −g` to a relative residual of `eta`.
    fn solve_for_direction(&mut self, eta: f64) {
        let scratch = (&mut self.rows[..], &mut self.row_partials[..]);
        self.objective
            .inverse_diagonal(&self.probabilities, scratch, &mut self.inverse_diagonal);
        self.direction.fill(0.0);
        self.residual
            .iter_mut()
            .zip(&self.gradient)
            .for_each(|(r, g)| *r = -g);
        redirect(
            &mut self.conjugate,
            0.0,
            &self.residual,
            &self.inverse_diagonal,
        );
        let mut rmr = self.partials.dot(&self.residual, &self.conjugate);
        for _ in 0..MAX_INNER {
            let scratch = (&mut self.rows[..], &mut self.row_partials[..]);
            let (p, v) = (&self.probabilities, &self.conjugate);
            self.objective
                .hessian_product(p, v, scratch, &mut self.product);
            let curvature = self.partials.dot(&self.conjugate, &self.product);
            if curvature.is_nan() || curvature <= 0.0 {
                return; // Rounding: what has been found so far still descends.
            }
            let (rr, next_rmr) = self.partials.advance(
                rmr / curvature,
                (&mut self.direction, &self.conjugate),
                (&mut self.residual, &self.product),
                &self.inverse_diagonal,
            );
            if rr.sqrt() <= eta * self.gradient_norm {
                return;
            }
            let beta = next_rmr / rmr;
            redirect(
                &mut self.conjugate,
                beta,
                &self.residual,
                &self.inverse_diagonal,
            );
            rmr = next_rmr;
        }
    }

    /// Moves along the direction as far as the loss allows; false if it does not allow any step.
    fn step(&mut self) -> bool {
        let slope = self.partials.dot(&self.gradient, &self.direction);
        self.objective
            .logit_changes(&self.direction, &mut self.rows);
        let [here, linear, square] = self.penalties();
        let slack = LOSS_ROUNDING * self.loss.abs();
        let mut step = 1.0;
        for _ in 0..MAX_HALVINGS {
            let penalty = here + step * (linear + step * square);
            let loss = self.loss_at(step) + penalty;
            if slope < 0.0 && loss <= self.loss + SUFFICIENT_DECREASE * step * slope + slack {
                self.advance(step, loss);
                return true;
            }
            step /= 2.0;
        }
        false
    }

    fn advance(&mut self, step: f64, loss: f64) {
        add(&mut self.parameters, step, &self.direction);
        add(&mut self.logits, step, &self.rows);
        self.loss = loss;
        self.evaluate_gradient();
    }

    /// The log loss `step` along the direction, whose logit changes are in `rows`.
    fn loss_at(&mut self, step: f64) -> f64 {
        self.objective
            .loss(&self.logits, &self.rows, step, &mut self.row_partials)
    }

    /// The penalty along the direction as a polynomial in the step: constant, linear, square.
    fn penalties(&mut self) -> [f64; 3] {
        let theta = self.objective.penalised(&self.parameters);
        let d = self.objective.penalised(&self.direction);
        let half = self.objective.l2() / 2.0;
        let theta_d = self.partials.dot(theta, d);
        [
            half * self.partials.dot(theta, theta),
            2.0 * half * theta_d,
            half * self.partials.dot(d, d),
        ]
    }

    fn into_minimum(self, n_iter: u32, goal: f64) -> Minimum {
        Minimum {
            loss: self.loss,
            gradient_norm: self.gradient_norm,
            n_iter,
            converged: self.gradient_norm <= goal,
            parameters: self.parameters,
        }
    }
}
