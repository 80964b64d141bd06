//! A fence around code that is not ours and may panic on broken input.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives, or `Err` if it panicked. `work` leaves nothing behind but its result, so nothing
/// half done can be seen afterwards.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, ()> {
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(drop)
}

/// True while this thread reads a file with code that may panic: such a panic becomes an error that
/// names the file, and a panic hook need not say anything.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}
