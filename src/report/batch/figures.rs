//! Mean shares of several documents.

use super::statistics::mean_interval;
use crate::report::percent;
use crate::report::row::DocumentRow;

/// The mean share of a class over documents.
pub(super) struct ClassMean {
    /// 0 to 1.
    pub mean: f64,
    /// Of two documents or more.
    pub interval: Option<[f64; 2]>,
}

impl ClassMean {
    /// In whole percent.
    pub(super) fn percent(&self) -> String {
        percent(self.mean)
    }

    /// The interval in whole percent, or a dash.
    pub(super) fn range(&self) -> String {
        self.interval.map_or_else(
            || "–".to_owned(),
            |[low, high]| format!("{}–{}", percent(low), percent(high)),
        )
    }
}

/// The means of all classes.
pub(super) fn class_means(members: &[&DocumentRow], n_classes: usize) -> Vec<ClassMean> {
    let of_class = |class: usize| -> Vec<f64> {
        let share = |row: &&DocumentRow| row.shares.get(class).copied().unwrap_or(0.0);
        members.iter().map(share).collect()
    };
    (0..n_classes)
        .map(|class| {
            let (mean, interval) = mean_interval(&of_class(class)).unwrap_or((0.0, None));
            ClassMean { mean, interval }
        })
        .collect()
}
