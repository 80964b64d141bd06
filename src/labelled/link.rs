//! Groups that share a text become one: else a copy of a held-out row is in the fit.

use super::near::{equal_texts, near_duplicates};

/// Group numbers in which rows with the same or nearly the same text share a group, and with them
/// all rows of their groups. A linked group has the lowest of the numbers.
///
/// ```
/// let texts = ["Rain fell.", "Snow fell.", "rain fell", "Hail fell."];
/// assert_eq!(polemic::labelled::linked_groups(&texts, &[0, 1, 2, 2]), [0, 1, 0, 0]);
/// ```
#[must_use]
pub fn linked_groups<T: AsRef<str>>(texts: &[T], groups: &[u32]) -> Vec<u32> {
    let n = groups.iter().max().map_or(0, |&g| g as usize + 1);
    let mut parents: Vec<u32> = (0..n as u32).collect();
    let equal = equal_texts(texts).into_iter();
    let equal = equal.flat_map(|rows| rows.windows(2).map(|w| (w[0], w[1])).collect::<Vec<_>>());
    for (a, b) in equal.chain(near_duplicates(texts)) {
        let (a, b) = (root(&mut parents, groups[a]), root(&mut parents, groups[b]));
        parents[a.max(b) as usize] = a.min(b);
    }
    groups
        .iter()
        .map(|&group| root(&mut parents, group))
        .collect()
}

fn root(parents: &mut [u32], mut group: u32) -> u32 {
    while parents[group as usize] != group {
        parents[group as usize] = parents[parents[group as usize] as usize];
        group = parents[group as usize];
    }
    group
}
