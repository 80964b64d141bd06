//! Which sentence of one version became which of the other.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::profile::SentenceProfile;

/// Two sentences with less in common are a removal and an addition.
const LEAST_ALIKE: f64 = 0.4;
/// Pairs of sentences in one changed passage that are compared word by word; larger passages count
/// as removed and added.
const MOST_PAIRS: usize = 1_000_000;

/// What happened to a sentence, by the indices of both versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is the same.
    Same {
        /// Index before.
        before: usize,
        /// Index after.
        after: usize,
    },
    /// Its words were changed.
    Edited {
        /// Index before.
        before: usize,
        /// Index after.
        after: usize,
    },
    /// It is gone.
    Removed {
        /// Index before.
        before: usize,
    },
    /// It is new.
    Added {
        /// Index after.
        after: usize,
    },
}

/// The changes from one version to the other, in the order of the text. Sentences that are the same
/// but for blanks are found first (a patience diff); between them, sentences are paired so that the
/// sum of what the pairs have in common is greatest. What two sentences have in common is twice
/// the number of words in both over the number of words of both (Dice), by lower-case words.
#[must_use]
pub fn align(before: &[SentenceProfile], after: &[SentenceProfile]) -> Vec<Change> {
    let words = |s: &SentenceProfile| -> Vec<String> {
        s.text.split_whitespace().map(str::to_lowercase).collect()
    };
    let old: Vec<Vec<String>> = before.iter().map(words).collect();
    let new: Vec<Vec<String>> = after.iter().map(words).collect();
    let mut changes = Vec::with_capacity(old.len().max(new.len()));
    let (mut from, mut to) = (0, 0);
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            pair(&old, &new, (from, old_index), (to, new_index), &mut changes);
            changes.extend((0..len).map(|i| Change::Same {
                before: old_index + i,
                after: new_index + i,
            }));
            (from, to) = (old_index + len, new_index + len);
        }
    }
    pair(&old, &new, (from, old.len()), (to, new.len()), &mut changes);
    changes
}

/// Pairs the sentences of a passage that changed, `from..until` of each version.
fn pair(
    old: &[Vec<String>],
    new: &[Vec<String>],
    (old_from, old_until): (usize, usize),
    (new_from, new_until): (usize, usize),
    changes: &mut Vec<Change>,
) {
    let (old, new) = (&old[old_from..old_until], &new[new_from..new_until]);
    let pairs = if old.len() * new.len() <= MOST_PAIRS {
        best_pairs(old, new)
    } else {
        Vec::new()
    };
    let (mut i, mut j) = (0, 0);
    for (a, b) in pairs.into_iter().chain([(old.len(), new.len())]) {
        changes.extend((i..a).map(|i| Change::Removed {
            before: old_from + i,
        }));
        changes.extend((j..b).map(|j| Change::Added {
            after: new_from + j,
        }));
        if a < old.len() {
            let (before, after) = (old_from + a, new_from + b);
            changes.push(Change::Edited { before, after });
        }
        (i, j) = (a + 1, b + 1);
    }
}

/// Pairs in order, with the greatest sum of what they have in common.
fn best_pairs(old: &[Vec<String>], new: &[Vec<String>]) -> Vec<(usize, usize)> {
    let sorted = |all: &[Vec<String>]| -> Vec<Vec<String>> {
        let sort = |words: &Vec<String>| {
            let mut words = words.clone();
            words.sort_unstable();
            words
        };
        all.iter().map(sort).collect()
    };
    let (old, new) = (sorted(old), sorted(new));
    let width = new.len() + 1;
    let mut best = vec![0.0; (old.len() + 1) * width];
    let mut alike = vec![0.0; old.len() * new.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let common = in_common(&old[i], &new[j]);
            alike[i * new.len() + j] = common;
            let paired = if common >= LEAST_ALIKE {
                common + best[(i + 1) * width + j + 1]
            } else {
                0.0
            };
            let skipped = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            best[i * width + j] = skipped.max(paired);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        let common = alike[i * new.len() + j];
        let here = best[i * width + j];
        if common >= LEAST_ALIKE && here == common + best[(i + 1) * width + j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Dice's coefficient of two sorted lists of words.
fn in_common(a: &[String], b: &[String]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()).max(1) as f64
}

/// Words that stayed, went or came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Kept,
    Removed,
    Added,
}

/// The words of an edited sentence, runs of the same kind together.
pub(super) fn word_changes(before: &str, after: &str) -> Vec<(Word, String)> {
    let old: Vec<&str> = before.split_whitespace().collect();
    let new: Vec<&str> = after.split_whitespace().collect();
    let mut runs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (removed, added) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            runs.push((Word::Kept, added.join(" ")));
            continue;
        }
        if !removed.is_empty() {
            runs.push((Word::Removed, removed.join(" ")));
        }
        if !added.is_empty() {
            runs.push((Word::Added, added.join(" ")));
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn sentences(texts: &[&str]) -> Vec<SentenceProfile> {
        let sentence = |text: &&str| SentenceProfile {
            start: 0,
            end: text.len(),
            text: (*text).to_owned(),
            voice: "author".to_owned(),
            speaker: None,
            spans: Vec::new(),
            label: "neutral".to_owned(),
            uncertain: false,
            probability: BTreeMap::new(),
            intercept: None,
            contributions: Vec::new(),
            parts: Vec::new(),
        };
        texts.iter().map(sentence).collect()
    }

    #[test]
    fn an_edited_text_is_aligned() {
        let before = sentences(&[
            "Rain fell.",
            "The mayor lied to us all.",
            "Nobody came.",
            "It ended.",
        ]);
        let after = sentences(&[
            "Rain  fell.",
            "The mayor misinformed us all.",
            "It ended.",
            "We left early.",
        ]);
        let found = align(&before, &after);
        let expected = [
            Change::Same {
                before: 0,
                after: 0,
            },
            Change::Edited {
                before: 1,
                after: 1,
            },
            Change::Removed { before: 2 },
            Change::Same {
                before: 3,
                after: 2,
            },
            Change::Added { after: 3 },
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn every_sentence_occurs_once() {
        let before = sentences(&["a b c", "d e f", "a b c", "g"]);
        let after = sentences(&["d e x", "a b c", "g h", "a b z"]);
        let found = align(&before, &after);
        let old = |c: &Change| match *c {
            Change::Same { before, .. }
            | Change::Edited { before, .. }
            | Change::Removed { before } => Some(before),
            Change::Added { .. } => None,
        };
        let new = |c: &Change| match *c {
            Change::Same { after, .. } | Change::Edited { after, .. } | Change::Added { after } => {
                Some(after)
            }
            Change::Removed { .. } => None,
        };
        assert_eq!(
            found.iter().filter_map(old).collect::<Vec<_>>(),
            [0, 1, 2, 3]
        );
        assert_eq!(
            found.iter().filter_map(new).collect::<Vec<_>>(),
            [0, 1, 2, 3]
        );
    }

    #[test]
    fn words_that_changed() {
        let found = word_changes("the old mayor lied", "the mayor lied again");
        let runs: Vec<(Word, &str)> = found.iter().map(|(w, t)| (*w, t.as_str())).collect();
        let expected = [
            (Word::Kept, "the"),
            (Word::Removed, "old"),
            (Word::Kept, "mayor lied"),
            (Word::Added, "again"),
        ];
        assert_eq!(runs, expected);
    }
}
