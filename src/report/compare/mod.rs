//! Two versions of a document, or two folders, side by side.

mod align;
mod pages;
mod pair;
mod terminal;

pub use align::{Change, align};
pub use pages::write_comparison_page;
pub use terminal::TerminalComparison;

use super::batch::statistics::{difference_interval, mean_interval};
use crate::profile::DocumentProfile;

/// Two documents, or two sets of documents of which some are versions of each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What was given first.
    pub before: Side,
    /// What was given second.
    pub after: Side,
    /// Pairs of documents: indices into the two sides.
    pub pairs: Vec<(usize, usize)>,
}

/// One of the two that are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its path as given.
    pub name: String,
    /// Its documents.
    pub documents: Vec<DocumentProfile>,
}

/// A class in both sides: mean shares over the documents, with what lies between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean share before, 0 to 1.
    pub before: f64,
    /// Mean share after, 0 to 1.
    pub after: f64,
    /// 90 % interval of the mean before; of a single document, that of its share.
    pub before_interval: [f64; 2],
    /// Likewise after.
    pub after_interval: [f64; 2],
    /// 90 % interval of the difference (Welch), if both sides have two documents or more.
    pub interval: Option<[f64; 2]>,
}

impl Difference {
    /// After less before.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.after - self.before
    }
}

impl Comparison {
    /// Compares two sides. Documents are pairs if their names below the given paths are the same;
    /// if both sides have one document, these are.
    #[must_use]
    pub fn new(before: Side, after: Side) -> Self {
        let pairs = if before.documents.len() == 1 && after.documents.len() == 1 {
            vec![(0, 0)]
        } else {
            pairs(&before, &after)
        };
        Self {
            before,
            after,
            pairs,
        }
    }

    /// True if each side is a single document.
    #[must_use]
    pub fn is_of_two_documents(&self) -> bool {
        self.before.documents.len() == 1 && self.after.documents.len() == 1
    }

    /// How a class differs.
    #[must_use]
    pub fn difference(&self, class: &str) -> Difference {
        let (old, new) = (self.before.shares(class), self.after.shares(class));
        let (before, before_interval) = self.before.mean(class, &old);
        let (after, after_interval) = self.after.mean(class, &new);
        Difference {
            before,
            after,
            before_interval,
            after_interval,
            interval: difference_interval(&old, &new),
        }
    }
}

impl Side {
    fn shares(&self, class: &str) -> Vec<f64> {
        self.documents
            .iter()
            .map(|p| super::of(&p.profile.share, class))
            .collect()
    }

    fn mean(&self, class: &str, shares: &[f64]) -> (f64, [f64; 2]) {
        let (mean, interval) = mean_interval(shares).unwrap_or((0.0, None));
        let own = || {
            self.documents
                .first()?
                .profile
                .share_interval
                .get(class)
                .copied()
        };
        (mean, interval.or_else(own).unwrap_or([0.0, 1.0]))
    }

    /// A document's id below the path that was given.
    pub(super) fn name_below(&self, document: usize) -> &str {
        let id = self.documents[document].document.id.as_str();
        let below = id.strip_prefix(self.name.as_str()).unwrap_or(id);
        let below = below.trim_start_matches('/');
        if below.is_empty() { id } else { below }
    }
}

fn pairs(before: &Side, after: &Side) -> Vec<(usize, usize)> {
    let names: std::collections::BTreeMap<&str, usize> = (0..after.documents.len())
        .map(|j| (after.name_below(j), j))
        .collect();
    let pair = |i: usize| names.get(before.name_below(i)).map(|&j| (i, j));
    (0..before.documents.len()).filter_map(pair).collect()
}
