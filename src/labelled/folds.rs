//! Folds that keep groups together and classes balanced.

use std::collections::BTreeMap;

use crate::stance::ClassId;
use crate::text::key::{join_keys, key_of};

/// The fold, from 0 to `n_folds - 1`, of every sample.
///
/// Samples of one group share a fold. Groups are dealt out one by one, large ones first, each to
/// the fold that has the least of the group's classes so far; equals are ordered by a hash of
/// group and seed, so the same input and seed give the same folds everywhere.
///
/// ```
/// let groups = [0, 0, 1, 1, 2, 2, 3, 3];
/// let labels = [0, 1, 0, 1, 0, 1, 0, 1];
/// let folds = polemic::labelled::grouped_folds(&groups, &labels, 2, 7);
/// assert!((0..4).all(|g| folds[2 * g] == folds[2 * g + 1]));
/// assert_eq!(folds.iter().filter(|&&f| f == 0).count(), 4);
/// ```
#[must_use]
pub fn grouped_folds(groups: &[u32], labels: &[ClassId], n_folds: usize, seed: u64) -> Vec<usize> {
    let n_classes = labels.iter().max().map_or(0, |&c| c as usize + 1);
    let mut members: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    let mut totals = vec![0.0_f64; n_classes];
    for (&group, &label) in groups.iter().zip(labels) {
        members.entry(group).or_insert_with(|| vec![0.0; n_classes])[label as usize] += 1.0;
        totals[label as usize] += 1.0;
    }
    let mut order: Vec<(u32, Vec<f64>)> = members.into_iter().collect();
    let size = |counts: &[f64]| counts.iter().sum::<f64>();
    order.sort_by(|(a, a_counts), (b, b_counts)| {
        size(b_counts)
            .total_cmp(&size(a_counts))
            .then(draw(seed, *a).cmp(&draw(seed, *b)))
    });
    let mut load = vec![vec![0.0; n_classes]; n_folds];
    let mut fold_of: BTreeMap<u32, usize> = BTreeMap::new();
    for (group, counts) in order {
        let cost = |fold: &[f64]| -> f64 {
            let shares = fold.iter().zip(&counts).zip(&totals);
            shares
                .map(|((have, add), total)| have * add / total.max(1.0))
                .sum()
        };
        let key = |f: &usize| (cost(&load[*f]), size(&load[*f]));
        let best = (0..n_folds).min_by(|a, b| {
            key(a)
                .partial_cmp(&key(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let best = best.unwrap_or(0);
        load[best]
            .iter_mut()
            .zip(&counts)
            .for_each(|(have, add)| *have += add);
        fold_of.insert(group, best);
    }
    groups.iter().map(|group| fold_of[group]).collect()
}

fn draw(seed: u64, group: u32) -> u64 {
    join_keys(join_keys(key_of("fold"), seed), u64::from(group))
}
