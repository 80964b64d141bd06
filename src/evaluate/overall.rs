//! The figures about all samples together: their names and their order, for everything that shows them.

use super::{Evaluation, Intervals};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverallFigure {
    /// What it is called.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Its 95 % interval, if there is one.
    pub interval: Option<[f64; 2]>,
}

impl Evaluation {
    /// Macro F1, accuracy, log loss and calibration error, with their `intervals`; for figures without
    /// any, these are the default.
    #[must_use]
    pub fn overall(&self, intervals: &Intervals) -> [OverallFigure; 4] {
        let (f, i) = (self, intervals);
        let figures = [
            ("macro F1", f.macro_f1, i.macro_f1),
            ("accuracy", f.accuracy, i.accuracy),
            ("log loss", f.log_loss, i.log_loss),
            (
                "calibration error",
                f.calibration_error,
                i.calibration_error,
            ),
        ];
        figures.map(|(name, value, interval)| OverallFigure {
            name,
            value,
            interval,
        })
    }
}
