//! Labelling row by row: what comes next, and a journal that loses nothing.

mod journal;
mod labels;
mod order;
mod refit;
mod session;

pub use journal::{Act, Entry, Journal};
pub use labels::Labels;
pub use order::{Pick, order};
pub use refit::{Refit, refit};
pub use session::{Progress, Session, Task};
