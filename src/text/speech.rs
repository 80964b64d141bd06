//! The quotations of a passage that are speech, and the frames beside them.

use std::ops::Range;

use super::frame::{Speaker, bare_frame, closing_frame, frame_after, frame_before};
use super::quotation::{Quotation, Style, quotations};
use super::voice::{Passage, letters};

/// A quotation that is speech.
pub(super) struct Speech<'d> {
    /// The quoted words.
    pub(super) span: Range<usize>,
    /// With their marks.
    pub(super) outer: Range<usize>,
    /// Who speaks, if a frame says so.
    pub(super) frame: Option<Speaker<'d>>,
    pub(super) style: Style,
    /// It goes on from the passage before.
    pub(super) continues: bool,
    /// It goes on in the next passage.
    pub(super) runs_on: bool,
    /// Nothing else is said in its sentences.
    pub(super) alone: bool,
}

/// The speech in a passage: its quotations without scare quotes, titles and terms. `next` is the
/// mark that the next passage opens with; `continues` says that the first quotation goes on from the
/// passage before.
pub(super) fn speeches_of<'d>(
    passage: &Passage<'d>,
    next: Option<Style>,
    continues: bool,
) -> Vec<Speech<'d>> {
    let mut found: Vec<Speech<'d>> = Vec::new();
    let mut previous_end = 0;
    for (i, mut quotation) in quotations(passage.text).into_iter().enumerate() {
        let runs_on = !quotation.closed && next == Some(quotation.style);
        let continues = continues && i == 0;
        if !runs_on {
            end_at_sentence(&mut quotation, passage.sentences);
        }
        let context = Context::of(passage, &quotation, previous_end);
        previous_end = quotation.outer.end;
        let frame = context.frame();
        if !continues && !runs_on && !context.is_speech(&frame) {
            continue;
        }
        let alone = context.is_alone();
        found.push(Speech {
            span: quotation.span,
            outer: quotation.outer,
            frame,
            style: quotation.style,
            continues,
            runs_on,
            alone,
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
    closed: bool,
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
        Context {
            closed: quotation.closed,
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
        frame_after(&self.after[..next_quotation])
            .or_else(|| frame_before(self.before))
            .or_else(|| citation(self.after))
            .or_else(|| self.inner_frame())
    }

    /// The frame inside a quotation that was never closed: `“We will stay, Hale said.`
    fn inner_frame(&self) -> Option<Speaker<'d>> {
        let bare = |text: &str| !text.contains(char::is_alphanumeric);
        (!self.closed && bare(self.after)).then(|| closing_frame(self.quoted))?
    }

    /// Nothing else is said in its sentences.
    fn is_alone(&self) -> bool {
        let bare = |text: &str| !text.contains(char::is_alphanumeric);
        bare(self.before) && bare(self.after)
    }

    /// Is it what somebody says, and not a scare quote, a title or a term?
    fn is_speech(&self, frame: &Option<Speaker<'_>>) -> bool {
        let bare = |text: &str| !text.contains(char::is_alphanumeric);
        if self.is_alone() {
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

/// `(Weller 1997, p. 12)` behind a quotation.
fn citation(after: &str) -> Option<Speaker<'_>> {
    let inner = after.trim_start().strip_prefix('(')?;
    let inner = &inner[..inner.find(')')?];
    let name = &inner[..inner.find(|c: char| c.is_ascii_digit())?];
    let name = name.trim_end_matches([' ', ',']);
    let words = name.split(' ').count();
    let named = name
        .split(' ')
        .all(|word| word.starts_with(char::is_uppercase) || word == "and");
    let year = inner
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4);
    (named && words < 6 && year).then_some(Speaker::Named(name))
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
