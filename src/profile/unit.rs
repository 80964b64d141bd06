//! What counts once in a share: a sentence, or a part of one.

use super::{ByClass, SentenceProfile};

/// The figures of a sentence in its own voice, or of a part of it in another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'p> {
    pub(super) quoted: bool,
    pub(super) speaker: Option<&'p str>,
    pub(super) label: &'p str,
    pub(super) uncertain: bool,
    pub(super) probability: &'p ByClass,
}

impl<'p> From<&'p SentenceProfile> for Unit<'p> {
    fn from(s: &'p SentenceProfile) -> Self {
        Unit {
            quoted: s.is_quoted(),
            speaker: s.speaker.as_deref(),
            label: &s.label,
            uncertain: s.uncertain,
            probability: &s.probability,
        }
    }
}

/// The units of all sentences in their order, each with the index of its sentence.
pub(super) fn units(sentences: &[SentenceProfile]) -> impl Iterator<Item = (usize, Unit<'_>)> {
    sentences.iter().enumerate().flat_map(|(i, s)| {
        let parts = s.parts.iter().map(|part| Unit {
            quoted: part.voice == "quoted",
            speaker: part.speaker.as_deref(),
            label: &part.label,
            uncertain: part.uncertain,
            probability: &part.probability,
        });
        let own = std::iter::once(Unit::from(s));
        own.chain(parts).map(move |unit| (i, unit))
    })
}
