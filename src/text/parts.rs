//! Which words of a sentence are the author's and which stand in somebody's speech.

use std::ops::Range;

use super::clause::{verb_of, words};
use super::frame::indirect;
use super::reporting::Reporting;
use super::voice::Voice;

/// Words that a part of a sentence needs to be somebody's by itself. With fewer there is too little
/// to go by: the frame of `“We will not pay for it,” she said.` is nobody's.
const FEWEST_WORDS: usize = 5;

/// Whose words a sentence is, as a whole and in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The voice of the sentence as a whole.
    pub voice: Voice,
    /// Its parts, if it is not of one piece: first that of its own voice, then those in other voices,
    /// as far as they have five words or more. Empty if the sentence is one voice's throughout.
    pub parts: Vec<VoicePart>,
}

/// What one voice says in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoicePart {
    /// Whose words these are.
    pub voice: Voice,
    /// Where they stand: byte spans in the text of the passage, in order, none of them empty.
    pub spans: Vec<Range<usize>>,
}

impl Heard {
    /// A sentence of one piece.
    pub(super) fn whole(voice: Voice) -> Self {
        Self {
            voice,
            parts: Vec::new(),
        }
    }

    /// A sentence of the given voice with speech in it. What stands outside the speech is the author's,
    /// marks included, unless it is indirect speech.
    pub(super) fn split(
        voice: Voice,
        text: &str,
        sentence: &Range<usize>,
        speech: Vec<(Range<usize>, Voice)>,
    ) -> Self {
        let outside = outside(text, sentence, &speech);
        let has_words = |span: &Range<usize>| text[span.clone()].contains(char::is_alphanumeric);
        if speech.is_empty() || !outside.iter().any(has_words) || is_reported(text, &outside) {
            return Self::whole(voice);
        }
        let mut parts = by_voice(speech);
        if voice == Voice::Author {
            parts.insert(0, author(outside));
        } else {
            let own = parts.iter().position(|part| part.voice == voice);
            parts[..=own.unwrap_or(0)].rotate_right(1);
            parts[0].voice = voice.clone();
            parts.push(author(outside));
        }
        let enough = |part: &VoicePart| is_enough(text, &part.spans);
        if !enough(&parts[0]) {
            return Self::whole(voice);
        }
        parts.retain(enough);
        Self { voice, parts }
    }
}

/// `He wrote:` is too short to be the author's beside the quotation it announces.
pub(super) fn is_bare_announcement(sentence: &str) -> bool {
    sentence.trim_end().ends_with(':') && words_in(sentence) < FEWEST_WORDS
}

fn author(spans: Vec<Range<usize>>) -> VoicePart {
    VoicePart {
        voice: Voice::Author,
        spans,
    }
}

/// Is what stands outside the speech somebody's too, as in `Hale said the plan was “a farce”`? In
/// `Hale called it “a farce”` it is not.
fn is_reported(text: &str, outside: &[Range<usize>]) -> bool {
    let pieces: Vec<&str> = outside.iter().map(|span| &text[span.clone()]).collect();
    let outside = pieces.join(" ");
    indirect(&outside).is_some() && !describes(&outside)
}

/// Does a verb such as `called` or `described` stand in it, so that the quotation is the judgement?
/// What somebody is accused of or blamed for is not.
fn describes(outside: &str) -> bool {
    let charges = ["accused", "accuses", "blamed", "blames"];
    words(outside)
        .iter()
        .any(|word| verb_of(word) == Some(Reporting::Judging) && !word.is_any(&charges))
}

/// What the speech leaves of the sentence.
fn outside(
    text: &str,
    sentence: &Range<usize>,
    speech: &[(Range<usize>, Voice)],
) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(speech.len() + 1);
    let mut from = sentence.start;
    for (span, _) in speech {
        found.extend(trimmed(text, from..span.start));
        from = span.end;
    }
    found.extend(trimmed(text, from..sentence.end));
    found
}

/// `span` without white space at its ends, if anything is left.
pub(super) fn trimmed(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let inside = text.get(span.clone())?;
    let start = span.end - inside.trim_start().len();
    let end = span.start + inside.trim_end().len();
    (start < end).then_some(start..end)
}

/// The speech of each speaker, in the order in which they first speak.
fn by_voice(speech: Vec<(Range<usize>, Voice)>) -> Vec<VoicePart> {
    let mut found: Vec<VoicePart> = Vec::new();
    for (span, voice) in speech {
        match found.iter_mut().find(|part| part.voice == voice) {
            Some(part) => part.spans.push(span),
            None => found.push(VoicePart {
                voice,
                spans: vec![span],
            }),
        }
    }
    found
}

fn is_enough(text: &str, spans: &[Range<usize>]) -> bool {
    let words = spans.iter().map(|span| words_in(&text[span.clone()]));
    words.sum::<usize>() >= FEWEST_WORDS
}

fn words_in(text: &str) -> usize {
    let word = |word: &&str| word.contains(char::is_alphanumeric);
    text.split_whitespace().filter(word).count()
}

#[cfg(test)]
mod tests;
