//! Which names a document holds, and what the sentences around them are like.

use std::collections::BTreeMap;

use super::groups::most_frequent;
use super::{Named, SentenceProfile};
use crate::classifier::Scorer;

/// Names in fewer sentences are left out.
const FEWEST_SENTENCES: usize = 2;

/// The names in the author's sentences, most frequent first.
pub(super) fn named(
    scorer: &mut Scorer<'_>,
    sentences: &[SentenceProfile],
    classes: &[String],
) -> Vec<Named> {
    let mut found: BTreeMap<String, Vec<&SentenceProfile>> = BTreeMap::new();
    for sentence in sentences.iter().filter(|s| !s.is_quoted()) {
        let mut here: Vec<String> = scorer
            .names(&sentence.text)
            .map(|span| plain(&sentence.text[span]))
            .collect();
        here.sort_unstable();
        here.dedup();
        for name in here {
            found.entry(name).or_default().push(sentence);
        }
    }
    found.retain(|_, sentences| sentences.len() >= FEWEST_SENTENCES);
    most_frequent(found, classes)
}

/// Without a possessive ending.
fn plain(name: &str) -> String {
    let name = name
        .strip_suffix("'s")
        .or_else(|| name.strip_suffix("’s"))
        .unwrap_or(name);
    name.to_owned()
}
