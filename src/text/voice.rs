//! Whose words is a sentence?
//!
//! Precision comes first: what is not clearly somebody else's speech is the author's.

use std::ops::Range;

use super::frame::{Speaker, bare_frame, frame_after, frame_before, indirect};
use super::quotation::{Quotation, Style, opening_style, quotations};

/// Whose words a sentence is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The author's own.
    Author,
    /// Somebody else's, in direct speech or in indirect speech with a clear frame.
    Quoted {
        /// The name or description beside the reporting verb, if there is one.
        speaker: Option<String>,
    },
}

impl Voice {
    /// Is the sentence somebody else's?
    ///
    /// ```
    /// assert!(!polemic::text::Voice::Author.is_quoted());
    /// ```
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        matches!(self, Voice::Quoted { .. })
    }
}

/// One block of a document with its sentences.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'d> {
    /// The prose of the block.
    pub text: &'d str,
    /// The byte spans of its sentences in `text`, in order.
    pub sentences: &'d [Range<usize>],
    /// The whole block is set as a quotation, so no marks are needed.
    pub quotation: bool,
}

/// The voice of each sentence of each passage, in the order of the document.
///
/// A sentence is quoted when at least half of its letters lie in speech, when the rest is only a
/// frame (`"No," she said.`), or when it is indirect speech with a clear frame (`Hale said that …`,
/// `According to Hale, …`, `…, Hale said.`). Scare quotes, titles of works and quoted terms are not
/// speech, and neither is what `I` or `we` say. A quotation that is not closed in its passage goes on
/// in the next one if that opens with the same mark; else it ends with the passage, or with the
/// sentence if its mark is a straight one.
///
/// ```
/// use polemic::text::{Passage, Voice, sentences, voices};
///
/// let text = "“It is over,” Ana Ruiz said. Nobody believed her.";
/// let spans: Vec<_> =
///     sentences(text).map(|s| s.byte_offset..s.byte_offset + s.text.len()).collect();
/// let found = voices(&[Passage { text, sentences: &spans, quotation: false }]);
/// assert_eq!(found[0][0], Voice::Quoted { speaker: Some("Ana Ruiz".into()) });
/// assert_eq!(found[0][1], Voice::Author);
/// ```
#[must_use]
pub fn voices(passages: &[Passage<'_>]) -> Vec<Vec<Voice>> {
    let mut memory = Memory::default();
    let mut found = Vec::with_capacity(passages.len());
    for (i, passage) in passages.iter().enumerate() {
        let next = passages
            .get(i + 1)
            .and_then(|next| opening_style(next.text));
        memory.passage = i;
        found.push(if passage.quotation {
            vec![Voice::Quoted { speaker: None }; passage.sentences.len()]
        } else {
            voices_of(passage, next, &mut memory)
        });
    }
    found
}

/// What earlier passages leave behind.
#[derive(Default)]
struct Memory {
    /// Index of the passage being read.
    passage: usize,
    /// The speaker last named, and in which passage.
    named: Option<(usize, String)>,
    /// The quotation that runs over the end of the passage before, with its voice.
    running: Option<(Style, Option<Voice>)>,
}

impl Memory {
    /// The voice a frame gives, with pronouns resolved to the speaker last named nearby.
    fn voice(&mut self, speaker: Speaker<'_>) -> Voice {
        match speaker {
            Speaker::Author => Voice::Author,
            Speaker::Pronoun => Voice::Quoted {
                speaker: self.recent(),
            },
            Speaker::Named(name) => {
                self.named = Some((self.passage, name.to_owned()));
                Voice::Quoted {
                    speaker: Some(name.to_owned()),
                }
            }
        }
    }

    fn recent(&self) -> Option<String> {
        let (passage, name) = self.named.as_ref()?;
        (self.passage - passage < 2).then(|| name.clone())
    }
}

/// A quotation that is speech.
struct Speech {
    span: Range<usize>,
    outer: Range<usize>,
    voice: Voice,
}

fn voices_of(passage: &Passage<'_>, next: Option<Style>, memory: &mut Memory) -> Vec<Voice> {
    let speeches = speeches_of(passage, next, memory);
    let mut from = 0;
    let mut found = Vec::with_capacity(passage.sentences.len());
    for sentence in passage.sentences {
        while speeches
            .get(from)
            .is_some_and(|speech| speech.outer.end <= sentence.start)
        {
            from += 1;
        }
        found.push(voice_of(passage.text, sentence, &speeches[from..], memory));
    }
    found
}

fn voice_of(
    text: &str,
    sentence: &Range<usize>,
    speeches: &[Speech],
    memory: &mut Memory,
) -> Voice {
    let Some(words) = text.get(sentence.clone()) else {
        return Voice::Author;
    };
    let inside = speeches
        .iter()
        .take_while(|speech| speech.outer.start < sentence.end);
    let (mut quoted, mut most, mut voice) = (0, 0, None);
    for speech in inside.clone() {
        let span = speech.span.start.max(sentence.start)..speech.span.end.min(sentence.end);
        let letters = text.get(span).map_or(0, letters);
        quoted += letters;
        if letters > most {
            (most, voice) = (letters, Some(&speech.voice));
        }
    }
    match voice {
        Some(voice) if quoted * 2 >= letters(words) || only_frame(text, sentence, inside) => {
            voice.clone()
        }
        _ => indirect(words).map_or(Voice::Author, |speaker| memory.voice(speaker)),
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Is what the quotations leave of the sentence no more than a frame?
fn only_frame<'s>(
    text: &str,
    sentence: &Range<usize>,
    speeches: impl Iterator<Item = &'s Speech>,
) -> bool {
    let mut from = sentence.start;
    let mut parts = Vec::new();
    for speech in speeches {
        parts.extend(text.get(from..speech.outer.start));
        from = speech.outer.end.min(sentence.end);
    }
    parts.extend(text.get(from..sentence.end));
    let bare = |part: &str| !part.contains(char::is_alphabetic);
    let framed = |part: &str| {
        let frame = bare_frame(part)
            .or_else(|| frame_after(part))
            .or_else(|| frame_before(part));
        frame.is_some() && !part.contains(", and ") && !part.contains(", but ")
    };
    parts
        .iter()
        .map(|part| part.split_whitespace().count())
        .sum::<usize>()
        < 24
        && parts.iter().all(|part| bare(part) || framed(part))
}

/// The speech in a passage: its quotations without scare quotes, titles and terms.
fn speeches_of(passage: &Passage<'_>, next: Option<Style>, memory: &mut Memory) -> Vec<Speech> {
    let running = memory.running.take();
    let opening = opening_style(passage.text);
    let mut found: Vec<Speech> = Vec::new();
    let mut previous_end = 0;
    for (i, mut quotation) in quotations(passage.text).into_iter().enumerate() {
        let runs_on = !quotation.closed && next == Some(quotation.style);
        if !runs_on {
            end_at_sentence(&mut quotation, passage.sentences);
        }
        let context = Context::of(passage, &quotation, previous_end);
        let continued = match &running {
            Some((style, voice)) if i == 0 && opening == Some(*style) => voice.clone(),
            _ => None,
        };
        previous_end = quotation.outer.end;
        let frame = context.frame();
        if frame == Some(Speaker::Pronoun)
            && let Some(Speaker::Named(name)) = indirect(context.sentence_before)
        {
            memory.named = Some((memory.passage, name.to_owned()));
        }
        if continued.is_none() && !runs_on && !context.is_speech(&frame) {
            continue;
        }
        let inherited = continued.or_else(|| found.last().map(|speech| speech.voice.clone()));
        let voice = match frame {
            Some(speaker) => memory.voice(speaker),
            None => inherited.unwrap_or(Voice::Quoted { speaker: None }),
        };
        if runs_on {
            memory.running = Some((quotation.style, Some(voice.clone())));
        }
        found.push(Speech {
            span: quotation.span,
            outer: quotation.outer,
            voice,
        });
    }
    found
}

/// An unclosed straight quotation ends with its sentence.
fn end_at_sentence(quotation: &mut Quotation, sentences: &[Range<usize>]) {
    if quotation.closed || quotation.style != Style::Straight {
        return;
    }
    let at = sentences.partition_point(|sentence| sentence.end <= quotation.span.start);
    if let Some(sentence) = sentences.get(at) {
        let end = quotation
            .span
            .end
            .min(sentence.end.max(quotation.span.start));
        quotation.span.end = end;
        quotation.outer.end = end;
    }
}

/// A quotation with the words around it in its sentences.
struct Context<'d> {
    quoted: &'d str,
    before: &'d str,
    after: &'d str,
    /// The whole sentence before, which may name the speaker.
    sentence_before: &'d str,
}

impl<'d> Context<'d> {
    fn of(passage: &Passage<'d>, quotation: &Quotation, previous_end: usize) -> Self {
        let (text, sentences) = (passage.text, passage.sentences);
        let first = sentences.partition_point(|sentence| sentence.end <= quotation.outer.start);
        let last = sentences.partition_point(|sentence| sentence.end < quotation.outer.end);
        let start = sentences
            .get(first)
            .map_or(0, |sentence| sentence.start)
            .max(previous_end);
        let end = sentences
            .get(last)
            .map_or(text.len(), |sentence| sentence.end);
        let before = first.checked_sub(1).and_then(|at| sentences.get(at));
        Context {
            sentence_before: before.and_then(|span| text.get(span.clone())).unwrap_or(""),
            quoted: text.get(quotation.span.clone()).unwrap_or(""),
            before: last_part(text.get(start..quotation.outer.start).unwrap_or("")),
            after: first_part(text.get(quotation.outer.end..end).unwrap_or("")),
        }
    }

    fn frame(&self) -> Option<Speaker<'d>> {
        let next_quotation = self
            .after
            .find(['"', '“', '«', '„'])
            .unwrap_or(self.after.len());
        frame_after(&self.after[..next_quotation]).or_else(|| frame_before(self.before))
    }

    /// Is it what somebody says, and not a scare quote, a title or a term?
    fn is_speech(&self, frame: &Option<Speaker<'_>>) -> bool {
        let bare = |text: &str| !text.contains(char::is_alphanumeric);
        if bare(self.before) && bare(self.after) {
            return letters(self.quoted) > 0;
        }
        let words = self.quoted.split_whitespace().count();
        let inner_stop = self
            .quoted
            .trim_end()
            .ends_with([',', '.', '!', '?', '…', '—', '-']);
        let introduced = self.before.trim_end().ends_with([',', ':']);
        let written = self.is_title() && words > 1 && !introduced && bare(self.after);
        if frame.is_some() && (introduced || inner_stop) && !written {
            return !(words < 4 && frame_is_far(self.before, self.after));
        }
        words > 3 && !self.names_term() && !self.is_title()
    }

    /// `the phrase “…”`: the words before say that it is a term.
    fn names_term(&self) -> bool {
        let last = self.before.split_whitespace().next_back().unwrap_or("");
        let last = last.trim_matches(|c: char| !c.is_alphanumeric());
        TERM_NOUNS
            .iter()
            .any(|noun| last.eq_ignore_ascii_case(noun))
    }

    /// Every longer word and the last one have a capital, as in the title of a work.
    fn is_title(&self) -> bool {
        let words = || {
            let bare = |word: &'d str| word.trim_matches(|c: char| !c.is_alphanumeric());
            self.quoted
                .split_whitespace()
                .map(bare)
                .filter(|word| !word.is_empty())
        };
        let capital = |word: &str| !word.starts_with(char::is_lowercase);
        words().all(|word| word.len() < 5 || capital(word))
            && words().next_back().is_some_and(capital)
    }
}

/// Bytes around a quotation in which a frame is looked for; more would cost time in hostile texts.
const FRAME_BYTES: usize = 600;

fn first_part(text: &str) -> &str {
    let cut = (FRAME_BYTES..FRAME_BYTES + 4).find(|&at| text.is_char_boundary(at));
    cut.and_then(|at| text.get(..at)).unwrap_or(text)
}

fn last_part(text: &str) -> &str {
    let from = text.len().saturating_sub(FRAME_BYTES);
    let cut = (from..from + 4).find(|&at| text.is_char_boundary(at));
    cut.and_then(|at| text.get(at..)).unwrap_or(text)
}

/// For one to three words: is the reporting verb not directly beside the quotation?
fn frame_is_far(before: &str, after: &str) -> bool {
    let beside = bare_frame(after.trim_matches(['.', ',', ' '])).is_some()
        || frame_after(after).is_some()
        || before.trim_end().ends_with([',', ':']);
    !beside
}

const TERM_NOUNS: [&str; 14] = [
    "word",
    "words",
    "term",
    "terms",
    "phrase",
    "phrases",
    "expression",
    "slogan",
    "titled",
    "entitled",
    "book",
    "film",
    "song",
    "novel",
];

#[cfg(test)]
mod tests;
