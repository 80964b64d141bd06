//! The documents with the most and the least of the last class.

use super::store::Finished;
use crate::report::html::figure::{Figure, Share};

/// Documents in each list.
const MOST: usize = 10;

/// A document with its share.
pub(super) struct Extreme {
    pub page: String,
    pub name: String,
    pub share: Share,
    pub figure: Figure,
}

/// The most and the least, at most half of the documents each.
pub(super) fn extremes(documents: &[Finished], class: usize) -> [Vec<Extreme>; 2] {
    let share = |d: &Finished| d.row.shares.get(class).copied().unwrap_or(0.0);
    let mut order: Vec<&Finished> = documents.iter().collect();
    order.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let n = MOST.min(documents.len() / 2);
    let most = order.iter().take(n).map(|d| extreme(d, class)).collect();
    let least = order
        .iter()
        .rev()
        .take(n)
        .map(|d| extreme(d, class))
        .collect();
    [most, least]
}

fn extreme(document: &Finished, class: usize) -> Extreme {
    let row = &document.row;
    let share = Share {
        class,
        share: row.shares.get(class).copied().unwrap_or(0.0),
        interval: row.intervals.get(class).copied().unwrap_or([0.0, 1.0]),
        hollow: false,
    };
    Extreme {
        page: document.page.clone(),
        name: row.name().to_owned(),
        share,
        figure: Figure::of(&[share]),
    }
}
