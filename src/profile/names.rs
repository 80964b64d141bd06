//! Which names a document holds, and what the sentences around them are like.

use std::collections::BTreeMap;

use super::{ByClass, Named, SentenceProfile};
use crate::classifier::Scorer;

/// Names in fewer sentences are left out.
const FEWEST_SENTENCES: usize = 2;
/// At most this many names are listed.
const MOST_NAMES: usize = 30;

/// The names in the author's sentences, most frequent first.
pub(super) fn named(
    scorer: &mut Scorer<'_>,
    sentences: &[SentenceProfile],
    shares: impl Fn(&[&SentenceProfile]) -> ByClass,
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
    let mut named: Vec<Named> = found
        .into_iter()
        .filter(|(_, sentences)| sentences.len() >= FEWEST_SENTENCES)
        .map(|(name, with)| Named {
            name,
            sentences: with.len(),
            share: shares(&with),
        })
        .collect();
    named.sort_by(|a, b| b.sentences.cmp(&a.sentences).then(a.name.cmp(&b.name)));
    named.truncate(MOST_NAMES);
    named
}

/// Without a possessive ending.
fn plain(name: &str) -> String {
    let name = name
        .strip_suffix("'s")
        .or_else(|| name.strip_suffix("’s"))
        .unwrap_or(name);
    name.to_owned()
}
