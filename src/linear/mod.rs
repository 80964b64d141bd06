//! Multinomial logistic regression on sparse rows.
//!
//! [`LogisticParams`] checks its settings and its input, minimises the penalised log loss with a
//! truncated Newton method and returns a [`LogisticFit`]: the [`LogisticRegression`] with what is
//! known about how it was reached. The result has the same bits for any number of threads.
//!
//! ```
//! use polemic::features::SparseMatrix;
//! use polemic::linear::{LogisticParams, Targets};
//!
//! let mut x = SparseMatrix::new(2);
//! for i in 0..8 {
//!     x.push_row([(i % 2, 1.0)])?;
//! }
//! let classes = [0, 1, 0, 1, 0, 1, 0, 1];
//! let fit = LogisticParams::new().l2(0.1).fit(&x, Targets::Hard(&classes), None, 2)?;
//! assert!(fit.converged);
//! assert!(fit.model.predict_proba(&x)?[[0, 0]] > 0.9);
//! # Ok::<(), polemic::Error>(())
//! ```
//!
//! | File | Idea |
//! |---|---|
//! | `targets` | what each row should say and how much it counts |
//! | `objective` | the loss, its gradient and its Hessian |
//! | `newton_cg` | how it is minimised |
//! | `params` | settings, what is checked, and the fit |
//! | `model` | the fitted coefficients |
//! | `linfa_impl` | linfa's traits |
//! | `softmax`, `gather`, `columns`, `blocked` | the kernels below them |

mod blocked;
mod columns;
mod gather;
mod linfa_impl;
mod model;
mod newton_cg;
mod objective;
mod params;
mod softmax;
mod targets;

pub use linfa_impl::SparseRecords;
pub use model::LogisticRegression;

pub use params::{LogisticFit, LogisticParams, LogisticValidParams};
pub use softmax::softmax;
pub use targets::{ClassWeights, Targets};
