//! Which names a document holds, what they are of, and what the sentences around them are like.
//!
//! Kinds are told by lists and by the words in and around a name (`lists/`). They are for display
//! only: what a sentence scores depends on no name and no kind.

mod cues;
mod gather;
mod kind;
mod lists;
mod phrase;
mod words;

pub use gather::FoundName;
pub use kind::NameKind;

use std::collections::BTreeMap;
use std::ops::Range;

use super::groups::{Classes, most_frequent};
use super::{Named, SentenceProfile};
use crate::classifier::Scorer;
use crate::features::{Analyzer, NAME, Occurrence, TextSettings};
use crate::text::{Lexicon, NameFinder, Stemming};
use gather::Gathered;
use words::Sentence;

/// Names in fewer sentences are left out.
const FEWEST_SENTENCES: usize = 2;

/// The names in the author's sentences, most frequent first. What the other sentences show about a name
/// counts for its kind.
pub(super) fn named(
    scorer: &mut Scorer<'_>,
    lexicon: &Lexicon,
    sentences: &[SentenceProfile],
    classes: &Classes,
) -> Vec<Named> {
    let texts = sentences.iter().map(|s| s.text.as_str());
    let mut found: BTreeMap<String, Vec<&SentenceProfile>> = BTreeMap::new();
    let mut kinds: BTreeMap<String, NameKind> = BTreeMap::new();
    // A scorer has met the words already; an analyzer of its own would have to learn them.
    let found_names = if scorer.name_finder() == NameFinder::Capitalized {
        gathered(lexicon, texts, |text, masked| {
            masked.extend(scorer.names(text))
        })
    } else {
        names_in(lexicon, texts)
    };
    for name in found_names {
        let stands_in = name.texts.iter().map(|&text| &sentences[text]);
        let own: Vec<&SentenceProfile> = stands_in.filter(|s| !s.is_quoted()).collect();
        if own.len() >= FEWEST_SENTENCES {
            kinds.entry(name.name.clone()).or_insert(name.kind);
            found.entry(name.name).or_insert(own);
        }
    }
    let mut named = most_frequent(found, classes);
    for name in &mut named {
        name.kind = kinds.get(&name.name).copied();
    }
    named
}

/// The names in the texts of one document, such as its sentences, in alphabetical order of what they are
/// kept under. `lexicon` tells names from common words where every word has a capital.
///
/// A country is one name whatever it is called (`Britain`, `UK`, `British`); a person is one if the
/// document has only one of that name (`Vladimir Putin`, `Mr Putin`).
///
/// ```
/// use polemic::profile::{NameKind, names_in};
/// use polemic::text::Lexicon;
///
/// let texts = ["Ana Ruiz flew to Lima.", "Ruiz met Peruvian miners."];
/// let found = names_in(&Lexicon::english(), texts);
/// let found: Vec<_> = found.iter().map(|n| (&*n.name, n.kind, &*n.texts)).collect();
/// assert_eq!(found, [
///     ("Ana Ruiz", NameKind::Person, &[0, 1][..]),
///     ("Lima", NameKind::Place, &[0]),
///     ("Peru", NameKind::Place, &[1]),
/// ]);
/// ```
#[must_use]
pub fn names_in<'t>(lexicon: &Lexicon, texts: impl IntoIterator<Item = &'t str>) -> Vec<FoundName> {
    let settings = TextSettings {
        stemming: Stemming::None,
        names: NameFinder::Capitalized,
        edges: false,
    };
    let mut analyzer = Analyzer::new(settings, lexicon);
    let mut occurrences = Vec::new();
    gathered(lexicon, texts, |text, masked| {
        analyzer.analyze(text, &mut occurrences);
        let names = occurrences.iter().filter(|o| o.word == NAME);
        masked.extend(names.map(Occurrence::span));
    })
}

/// The names in the texts, where `mask` adds the places of the capitalised ones of a text.
fn gathered<'t>(
    lexicon: &Lexicon,
    texts: impl IntoIterator<Item = &'t str>,
    mut mask: impl FnMut(&str, &mut Vec<Range<usize>>),
) -> Vec<FoundName> {
    let mut masked = Vec::new();
    let mut gathered = Gathered::default();
    for (at, text) in texts.into_iter().enumerate() {
        masked.clear();
        mask(text, &mut masked);
        let sentence = Sentence::read(text, &masked, lexicon);
        for mention in phrase::mentions(&sentence) {
            if !cues::is_language(&mention, &sentence) {
                let around = cues::votes_around(&mention, &sentence);
                gathered.add(&mention, &sentence, around, at);
            }
        }
    }
    gathered.names()
}
