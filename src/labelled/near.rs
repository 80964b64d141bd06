//! Rows with the same or nearly the same text.
//!
//! Texts are compared as sets of word trigrams, without capitals and punctuation. All pairs above a
//! threshold of Jaccard similarity are found exactly, by prefix filtering (Bayardo, Ma & Srikant 2007,
//! "Scaling Up All Pairs Similarity Search"): two sets that overlap enough must share one of their
//! rarest members.

use std::collections::{BTreeMap, HashMap};

use crate::text::key::{KeyHasher, join_keys, key_of};

/// Least Jaccard similarity of near-duplicates: about one word in twenty differs.
pub const NEARLY_EQUAL: f64 = 0.8;
/// Shorter texts than this are compared as a whole only.
const FEWEST_WORDS: usize = 6;

/// Rows that have the same text but for capitals, punctuation and spaces; each list is sorted and
/// has two rows or more.
#[must_use]
pub fn equal_texts<T: AsRef<str>>(texts: &[T]) -> Vec<Vec<usize>> {
    let mut rows: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for (i, text) in texts.iter().enumerate() {
        let words = words(text.as_ref());
        let key = if words.is_empty() {
            vec![key_of(text.as_ref())]
        } else {
            words
        };
        rows.entry(key).or_default().push(i);
    }
    let mut equal: Vec<Vec<usize>> = rows.into_values().filter(|rows| rows.len() > 1).collect();
    equal.sort_unstable();
    equal
}

/// Pairs of rows `(earlier, later)` whose texts are nearly but not wholly equal, sorted.
///
/// ```
/// let texts = [
///     "The council of the town voted on Monday to close the old stone bridge to all cars for the whole summer",
///     "The council of the town voted on Monday to close the old stone bridge to all cars for the whole autumn",
///     "Nobody asked the people who use the bridge every day",
/// ];
/// assert_eq!(polemic::labelled::near_duplicates(&texts), [(0, 1)]);
/// ```
#[must_use]
pub fn near_duplicates<T: AsRef<str>>(texts: &[T]) -> Vec<(usize, usize)> {
    let words: Vec<Vec<u64>> = texts.iter().map(|t| words(t.as_ref())).collect();
    let sets = by_rarity(words.iter().map(|w| trigrams(w)).collect());
    let mut index: HashMap<u64, Vec<usize>, KeyHasher> = HashMap::default();
    let mut pairs = Vec::new();
    for (i, set) in sets.iter().enumerate() {
        let overlap = (NEARLY_EQUAL * set.len() as f64).ceil() as usize;
        let prefix = &set[..set.len() - overlap.min(set.len()) + usize::from(!set.is_empty())];
        let mut candidates: Vec<usize> = Vec::new();
        for (_, member) in prefix {
            let rows = index.entry(*member).or_default();
            candidates.extend(rows.iter().copied());
            rows.push(i);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let near = candidates
            .into_iter()
            .filter(|&j| words[i] != words[j] && jaccard(set, &sets[j]) >= NEARLY_EQUAL);
        pairs.extend(near.map(|j| (j, i)));
    }
    pairs.sort_unstable();
    pairs
}

/// Keys of the words, without capitals and punctuation.
fn words(text: &str) -> Vec<u64> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.map(|word| key_of(&word.to_lowercase())).collect()
}

fn trigrams(words: &[u64]) -> Vec<u64> {
    if words.len() < FEWEST_WORDS {
        return Vec::new();
    }
    let keys = words
        .windows(3)
        .map(|w| join_keys(join_keys(w[0], w[1]), w[2]));
    let mut keys: Vec<u64> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The members of each set with their frequencies, the rarest first.
fn by_rarity(sets: Vec<Vec<u64>>) -> Vec<Vec<(u32, u64)>> {
    let mut counts: HashMap<u64, u32, KeyHasher> = HashMap::default();
    sets.iter()
        .flatten()
        .for_each(|member| *counts.entry(*member).or_default() += 1);
    let ordered = sets.into_iter().map(|set| {
        let mut set: Vec<(u32, u64)> = set.into_iter().map(|m| (counts[&m], m)).collect();
        set.sort_unstable();
        set
    });
    ordered.collect()
}

/// Jaccard similarity of two sets in the same order.
fn jaccard(a: &[(u32, u64)], b: &[(u32, u64)]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (common, i, j) = (common + 1, i + 1, j + 1);
            }
        }
    }
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_punctuation_do_not_count() {
        let texts = ["Rain fell.", "Snow fell.", "rain  fell", "!", "!", "?"];
        assert_eq!(equal_texts(&texts), [vec![0, 2], vec![3, 4]]);
    }

    #[test]
    fn the_filter_finds_what_comparing_all_pairs_finds() {
        let words = ["tax", "rain", "vote", "stone", "king", "sea"];
        let texts: Vec<String> = (0..60_usize)
            .map(|i| {
                let at = |j: usize| words[(i / 4 * 7 + j * j + usize::from(i % 4 == j % 9)) % 6];
                (0..24).map(at).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let sets: Vec<Vec<u64>> = texts.iter().map(|t| trigrams(&super::words(t))).collect();
        let sets = by_rarity(sets);
        let mut slow = Vec::new();
        for i in 0..texts.len() {
            for j in i + 1..texts.len() {
                if texts[i] != texts[j] && jaccard(&sets[i], &sets[j]) >= NEARLY_EQUAL {
                    slow.push((i, j));
                }
            }
        }
        assert_eq!(near_duplicates(&texts), slow);
    }
}
