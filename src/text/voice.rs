//! Whose words is a sentence?
//!
//! Precision comes first: what is not clearly somebody else's speech is the author's.

use std::ops::Range;

use super::frame::{Speaker, bare_frame, frame_after, frame_before, holds_judgement, indirect};
use super::parts::{Heard, is_bare_announcement, trimmed};
use super::quotation::{Style, opening_style};
use super::referent::person_in;
use super::speech::{Speech, speeches_of};

/// Whose words a sentence is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The author's own.
    Author,
    /// Somebody else's, in direct speech or in indirect speech with a clear frame.
    Quoted {
        /// The name or description beside the reporting verb, if there is one.
        speaker: Option<String>,
        /// In quotation marks or set as a quotation; else in indirect speech.
        direct: bool,
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

/// What is heard in each sentence of each passage, in the order of the document.
///
/// A sentence is as a whole somebody else's when at least half of its letters lie in speech, when the rest is
/// only a frame (`"No," she said.`), or when it is indirect speech with a clear frame (`Hale said that
/// …`, `According to Hale, …`, `In Hale's view, …`, `Hale called it …`, `…, Hale said.`). Scare
/// quotes, titles of works and quoted terms are not speech, and neither is what `I` or `we` say. A
/// quotation that is not closed in its passage goes on in the next one if that opens with the same
/// mark; else it ends with the passage, or with the sentence if its mark is a straight one. A block
/// quotation is the speaker's who is named before its colon. A pronoun means whoever was named last.
///
/// A sentence of which something is speech and something is not has parts, so that neither voice is
/// charged with the other's words.
///
/// ```
/// use polemic::text::{Passage, Voice, sentences, voices};
///
/// let text = "“It is over,” Ana Ruiz said. “It is over for all of us,” she told the crowd in the square.";
/// let spans: Vec<_> =
///     sentences(text).map(|s| s.byte_offset..s.byte_offset + s.text.len()).collect();
/// let found = voices(&[Passage { text, sentences: &spans, quotation: false }]);
/// assert_eq!(found[0][0].voice, Voice::Quoted { speaker: Some("Ana Ruiz".into()), direct: true });
/// let [hers, authors] = &found[0][1].parts[..] else { panic!("two parts") };
/// assert_eq!(&text[hers.spans[0].clone()], "It is over for all of us,");
/// assert_eq!(&text[authors.spans[1].clone()], "” she told the crowd in the square.");
/// ```
#[must_use]
pub fn voices(passages: &[Passage<'_>]) -> Vec<Vec<Heard>> {
    let mut listener = Listener::new(passages);
    (0..passages.len()).map(|at| listener.passage(at)).collect()
}

/// Reads passages in their order and remembers who spoke last.
struct Listener<'p, 'd> {
    passages: &'p [Passage<'d>],
    /// The sentence being read: its passage and its number there.
    here: (usize, usize),
    /// The speaker last named in a frame, and where.
    named: Option<((usize, usize), &'d str)>,
    /// The quotation that runs over the end of the passage before, with its voice.
    running: Option<(Style, Voice)>,
    /// The voice of the block quotation before.
    block: Option<Voice>,
}

impl<'p, 'd> Listener<'p, 'd> {
    fn new(passages: &'p [Passage<'d>]) -> Self {
        Self {
            passages,
            here: (0, 0),
            named: None,
            running: None,
            block: None,
        }
    }

    fn passage(&mut self, at: usize) -> Vec<Heard> {
        self.here = (at, 0);
        let passage = self.passages[at];
        if passage.quotation {
            let voice = self.block_voice(at);
            self.block = Some(voice.clone());
            return vec![Heard::whole(voice); passage.sentences.len()];
        }
        self.block = None;
        let next = self.passages.get(at + 1);
        let announces = next.is_some_and(|next| next.quotation);
        let next = next.and_then(|next| opening_style(next.text));
        let continues = matches!(&self.running, Some((style, _))
            if opening_style(passage.text) == Some(*style));
        let speeches = speeches_of(&passage, next, continues);
        let mut found = self.sentences(&passage, speeches);
        if let Some(last) = found.last_mut().filter(|_| announces) {
            self.announcement(at, last);
        }
        found
    }

    /// A frame and nothing else before a block quotation goes with it.
    fn announcement(&mut self, at: usize, last: &mut Heard) {
        let passage = self.passages[at];
        let words = passage.sentences.last().cloned();
        let words = words.and_then(|span| passage.text.get(span));
        if last.voice == Voice::Author && words.is_some_and(is_bare_announcement) {
            *last = Heard::whole(self.block_voice(at + 1));
        }
    }

    /// The speaker of a block quotation is named before it: `Hale wrote:`.
    fn block_voice(&mut self, at: usize) -> Voice {
        if let Some(voice) = &self.block {
            return voice.clone();
        }
        let before = at.checked_sub(1).map(|before| self.passages[before]);
        let announcement = before.and_then(|passage| {
            let last = passage.sentences.last()?;
            passage
                .text
                .get(last.clone())
                .filter(|words| words.trim_end().ends_with(':'))
        });
        match announcement.and_then(frame_before) {
            Some(speaker) => self.voice(speaker, true),
            None => Voice::Quoted {
                speaker: None,
                direct: true,
            },
        }
    }

    fn sentences(&mut self, passage: &Passage<'d>, speeches: Vec<Speech<'d>>) -> Vec<Heard> {
        let mut found = Vec::with_capacity(passage.sentences.len());
        let mut heard: Vec<Voice> = Vec::with_capacity(speeches.len());
        let (running, mut from) = (self.running.take(), 0);
        for (i, sentence) in passage.sentences.iter().enumerate() {
            self.here.1 = i;
            while let Some(speech) = speeches.get(heard.len())
                && speech.outer.start < sentence.end
            {
                let before = match heard.last() {
                    None if speech.continues => running.as_ref().map(|(_, voice)| voice),
                    last => last,
                };
                let voice = self.speech_voice(speech, before);
                if speech.runs_on {
                    self.running = Some((speech.style, voice.clone()));
                }
                heard.push(voice);
            }
            while speeches
                .get(from)
                .is_some_and(|speech| speech.outer.end <= sentence.start)
            {
                from += 1;
            }
            let end = heard.len().max(from);
            let (speeches, heard) = (&speeches[from..end], &heard[from..]);
            let voice = self.voice_of(passage.text, sentence, speeches, heard);
            found.push(if speeches.is_empty() {
                Heard::whole(voice)
            } else {
                let speech = within(passage.text, sentence, speeches, heard);
                Heard::split(voice, passage.text, sentence, speech)
            });
        }
        found
    }

    /// The voice of a speech, where `before` is that of the speech before it.
    fn speech_voice(&mut self, speech: &Speech<'d>, before: Option<&Voice>) -> Voice {
        match (speech.frame, before) {
            (Some(speaker), _) => self.voice(speaker, true),
            (None, Some(voice)) => voice.clone(),
            (None, None) => Voice::Quoted {
                speaker: speech
                    .alone
                    .then(|| self.recent().map(str::to_owned))
                    .flatten(),
                direct: true,
            },
        }
    }

    /// The voice a frame gives, with pronouns resolved to whoever was named last.
    fn voice(&mut self, speaker: Speaker<'d>, direct: bool) -> Voice {
        let name = match speaker {
            Speaker::Author => return Voice::Author,
            Speaker::Pronoun => self.recent(),
            Speaker::Named(name) => Some(name),
        };
        if let Some(name) = name {
            self.named = Some((self.here, name));
        }
        Voice::Quoted {
            speaker: name.map(str::to_owned),
            direct,
        }
    }

    /// Whom `he` or `she` means here: the person named in one of the three sentences before, or the
    /// speaker named in a frame of this passage or of the one before, whichever is nearer.
    fn recent(&self) -> Option<&'d str> {
        let (passage, sentence) = self.here;
        let framed = self.named.filter(|((at, _), _)| passage - at < 2);
        let in_sentence = |passage: &Passage<'d>, at: usize| {
            let text = passage.text;
            text.get(passage.sentences.get(at)?.clone())
                .and_then(person_in)
        };
        for back in 1..=3 {
            let here = match sentence.checked_sub(back) {
                Some(at) => (passage, at),
                None => {
                    let before = passage.checked_sub(1)?;
                    let behind = back - sentence;
                    (
                        before,
                        self.passages[before].sentences.len().checked_sub(behind)?,
                    )
                }
            };
            if let Some((at, name)) = framed
                && at >= here
            {
                return Some(name);
            }
            let person = in_sentence(&self.passages[here.0], here.1);
            if person.is_some() {
                return person;
            }
        }
        framed.map(|(_, name)| name)
    }

    fn voice_of(
        &mut self,
        text: &'d str,
        sentence: &Range<usize>,
        speeches: &[Speech<'d>],
        heard: &[Voice],
    ) -> Voice {
        let Some(words) = text.get(sentence.clone()) else {
            return Voice::Author;
        };
        let (mut quoted, mut most, mut voice) = (0, 0, None);
        for (speech, heard) in speeches.iter().zip(heard) {
            let span = speech.span.start.max(sentence.start)..speech.span.end.min(sentence.end);
            let letters = text.get(span).map_or(0, letters);
            quoted += letters;
            if letters > most {
                (most, voice) = (letters, Some(heard));
            }
        }
        match voice {
            Some(voice)
                if quoted * 2 >= letters(words) || only_frame(text, sentence, speeches.iter()) =>
            {
                voice.clone()
            }
            _ => {
                let direct = voice.is_some() && opening_style(words).is_some();
                indirect(words).map_or(Voice::Author, |speaker| self.voice(speaker, direct))
            }
        }
    }
}

/// What somebody else than the author says in the sentence.
fn within(
    text: &str,
    sentence: &Range<usize>,
    speeches: &[Speech<'_>],
    heard: &[Voice],
) -> Vec<(Range<usize>, Voice)> {
    let others = speeches
        .iter()
        .zip(heard)
        .filter(|(_, voice)| voice.is_quoted());
    let clipped = others.filter_map(|(speech, voice)| {
        let span = speech.span.start.max(sentence.start)..speech.span.end.min(sentence.end);
        Some((trimmed(text, span)?, voice.clone()))
    });
    clipped.collect()
}

pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Is what the quotations leave of the sentence no more than a frame?
fn only_frame<'s>(
    text: &str,
    sentence: &Range<usize>,
    speeches: impl Iterator<Item = &'s Speech<'s>>,
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
        if part.trim_end().ends_with(':') && part.split_whitespace().count() < 13 {
            return true;
        }
        let frame = bare_frame(part)
            .or_else(|| frame_after(part))
            .or_else(|| frame_before(part));
        frame.is_some()
            && !holds_judgement(part)
            && !part.contains(", and ")
            && !part.contains(", but ")
    };
    parts
        .iter()
        .map(|part| part.split_whitespace().count())
        .sum::<usize>()
        < 24
        && parts.iter().all(|part| bare(part) || framed(part))
}

#[cfg(test)]
mod tests;
