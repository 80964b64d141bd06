//! Who is quoted by name, and what they are quoted with.

use std::collections::BTreeMap;

use super::groups::most_frequent;
use super::{Named, SentenceProfile};

/// The named speakers of the quoted sentences, most often quoted first.
pub(super) fn speakers(sentences: &[SentenceProfile], classes: &[String]) -> Vec<Named> {
    let mut found: BTreeMap<String, Vec<&SentenceProfile>> = BTreeMap::new();
    for sentence in sentences.iter().filter(|s| s.is_quoted()) {
        if let Some(speaker) = &sentence.speaker {
            found.entry(speaker.clone()).or_default().push(sentence);
        }
    }
    most_frequent(found, classes)
}
