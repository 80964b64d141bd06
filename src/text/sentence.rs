//! Sentences of one block of prose, as slices with byte offsets.
//!
//! One pass over the bytes looks for stops (`.`, `!`, `?`, `…`). At each stop the marks, the closing
//! quotes and brackets and the note numbers behind them are read, then what follows is weighed:
//! the case of the next letter, the abbreviation before the stop, the word after it. Nothing is
//! allocated. Text that follows a stop in lower case continues the sentence, except after a bare
//! `!` or `?`. A blank line always ends a sentence; a single line break is a space.

use super::abbreviations::{
    Abbreviation, abbreviation, begins_sentences, counts_in_lower_case, follows_clock,
    is_shouted_name,
};
use super::joined::space_is_missing;
use super::marks::{Mark, blank_line_follows, citation_length, mark_at, may_stop, note_length};
use super::opening::{Case, Opening};

/// A sentence of a text, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'d> {
    /// The sentence itself.
    pub text: &'d str,
    /// Where it begins, in bytes from the start of the text that was split.
    pub byte_offset: usize,
}

/// The sentences of one block of prose, in order. Every character that is not white space lies in
/// exactly one of them.
///
/// ```
/// use polemic::text::sentences;
///
/// let text = "Dr. Osei asked, \"Why?\" Nobody answered. It cost $1.2 million.";
/// let found: Vec<_> = sentences(text).map(|s| (s.byte_offset, s.text)).collect();
/// assert_eq!(found, [
///     (0, "Dr. Osei asked, \"Why?\""),
///     (23, "Nobody answered."),
///     (40, "It cost $1.2 million."),
/// ]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences {
        text,
        byte_offset: 0,
    }
}

/// Bytes to either side of a stop in which the bracket around it is looked for.
const BRACKET_BYTES: usize = 80;

/// Iterator over [`sentences`].
///
/// ```
/// let mut sentences = polemic::text::sentences("One. Two.");
/// assert_eq!(sentences.next().map(|s| s.text), Some("One."));
/// assert_eq!(sentences.next().map(|s| s.byte_offset), Some(5));
/// assert_eq!(sentences.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Sentences<'d> {
    text: &'d str,
    byte_offset: usize,
}

impl<'d> Iterator for Sentences<'d> {
    type Item = Sentence<'d>;

    fn next(&mut self) -> Option<Sentence<'d>> {
        let start = self.text.len() - self.text[self.byte_offset..].trim_start().len();
        self.byte_offset = end_of_sentence(self.text, start);
        let text = self.text[start..self.byte_offset].trim_end();
        (!text.is_empty()).then_some(Sentence {
            text,
            byte_offset: start,
        })
    }
}

impl std::iter::FusedIterator for Sentences<'_> {}

/// The end of the sentence that begins at `start`.
fn end_of_sentence(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut from = start;
    while let Some(at) = bytes[from..]
        .iter()
        .position(|&b| may_stop(b))
        .map(|i| from + i)
    {
        from = match bytes[at] {
            b'\n' if blank_line_follows(&bytes[at + 1..]) => return at,
            0xE2 | 0xE3 | 0xEF | b'\n' if mark_at(bytes, at).is_none() => at + 1,
            _ => {
                let stop = Stop::read(text, start, at);
                if stop.ends_sentence() {
                    return stop.end;
                }
                stop.end.max(at + 1)
            }
        };
    }
    text.len()
}

/// A run of stops with the closing marks behind it, inside the sentence that begins at `start`.
pub(super) struct Stop<'d> {
    pub(super) text: &'d str,
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) mark: Mark,
    /// A closing quotation mark or bracket follows the stop.
    pub(super) closed: bool,
    /// That mark is a quotation mark.
    quoted: bool,
}

impl<'d> Stop<'d> {
    fn read(text: &'d str, start: usize, at: usize) -> Self {
        let mut stop = Stop {
            text,
            start,
            at,
            end: at,
            mark: Mark::Period,
            closed: false,
            quoted: false,
        };
        stop.read_marks();
        stop.read_closers();
        stop
    }

    fn read_marks(&mut self) {
        let bytes = self.text.as_bytes();
        let mut periods = 0;
        while let Some((mark, length)) = mark_at(bytes, self.end) {
            periods += usize::from(mark == Mark::Period);
            if mark != Mark::Period && self.mark != Mark::Strong {
                self.mark = mark;
            }
            self.end += length;
            if bytes[self.end..].starts_with(b" .") && !followed_by_word(&bytes[self.end + 2..]) {
                self.end += 1;
            }
        }
        if periods > 1 && self.mark == Mark::Period {
            self.mark = Mark::Ellipsis;
        }
    }

    fn read_closers(&mut self) {
        let marks_end = self.end;
        while let Some(next) = self.rest().chars().next() {
            let length = match next {
                '“' | '‘' if self.opens_behind(next) => 0,
                '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | '‹' => {
                    self.quoted = true;
                    next.len_utf8()
                }
                ')' | ']' | '}' | '*' | '_' => 1,
                '[' => citation_length(self.rest()),
                '0'..='9' if self.may_carry_note() => note_length(self.rest()),
                '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => next.len_utf8(),
                ' ' if self.spaced_quote() => {
                    self.quoted = true;
                    2
                }
                _ if self.spaced_guillemet() => next.len_utf8() + '»'.len_utf8(),
                _ => 0,
            };
            if length == 0 {
                break;
            }
            self.end += length;
        }
        self.closed = self.end > marks_end;
    }

    pub(super) fn rest(&self) -> &'d str {
        &self.text[self.end..]
    }

    /// `ended.“The`: the mark opens the next sentence and closes none, as it does in German.
    fn opens_behind(&self, mark: char) -> bool {
        let rest = &self.rest()[mark.len_utf8()..];
        rest.starts_with(char::is_alphanumeric)
    }

    /// Tokenised text: `" No . " The` has a space before the closing mark. It closes if a mark was opened
    /// in the sentence.
    fn spaced_quote(&self) -> bool {
        let spaced = self.rest().starts_with(" \" ") || self.rest() == " \"";
        let opened = || self.text[self.start..self.end].matches('"').count() % 2 == 1;
        spaced && opened()
    }

    /// French style: `« Non ! »` has a space before the closing mark.
    fn spaced_guillemet(&self) -> bool {
        let mut chars = self.rest().chars();
        chars
            .next()
            .is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
            && chars.next() == Some('»')
            && chars.next().is_none_or(|c| !c.is_alphanumeric())
    }

    /// Can a number right behind the stop be a note (`growth.3 The`)?
    fn may_carry_note(&self) -> bool {
        let word = self.word();
        let behind_word = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
        (behind_word && abbreviation(word).is_none()) || self.text[..self.at].ends_with(')')
    }

    /// The word before the stop, with the stops inside it: `U.S`, `e.g`, `Tolkien`.
    pub(super) fn word(&self) -> &'d str {
        let before = &self.text[self.start..self.at];
        let inner = |c: char| c.is_alphanumeric() || c == '.';
        let start = before
            .char_indices()
            .rev()
            .take(24)
            .take_while(|&(_, c)| inner(c))
            .last()
            .map_or(before.len(), |(i, _)| i);
        before[start..].trim_start_matches('.')
    }

    fn ends_sentence(&self) -> bool {
        let Some(next) = self.rest().chars().next() else {
            return true;
        };
        if self.mark == Mark::Wide {
            return true;
        }
        if !next.is_whitespace() {
            return space_is_missing(self, next);
        }
        let Some(opening) = Opening::of(self.rest()) else {
            return true;
        };
        let ends = match self.mark {
            Mark::Strong => self.strong_ends(&opening),
            Mark::Ellipsis => self.ellipsis_ends(&opening),
            Mark::Period | Mark::Wide => self.period_ends(&opening),
        };
        ends && !self.is_inside_bracket()
    }

    /// A bracket that was opened inside the sentence and is closed shortly belongs to it whole:
    /// `(2d Cir. 1969)`. So does a bracket around one abbreviation: `(ret.)`.
    fn is_inside_bracket(&self) -> bool {
        let bytes = self.text.as_bytes();
        let from = self.start.max(self.at.saturating_sub(BRACKET_BYTES));
        let last = |range: &[u8]| range.iter().rposition(|b| matches!(b, b'(' | b')'));
        let Some(open) = last(&bytes[from..self.at]).map(|i| from + i) else {
            return false;
        };
        let apart = open > self.start && bytes[open - 1].is_ascii_whitespace();
        if bytes[open] != b'(' || !apart || bytes[open + 1..self.at].contains(&b'\n') {
            return false;
        }
        if self.closed && bytes[self.at + 1..self.end].contains(&b')') {
            return self.mark == Mark::Period && !bytes[open..self.at].contains(&b' ');
        }
        let ahead = &bytes[self.end..bytes.len().min(self.end + BRACKET_BYTES)];
        let mut marks = ahead
            .iter()
            .filter(|b| matches!(b, b'(' | b')' | b'!' | b'?' | b'\n'));
        marks.next() == Some(&b')')
    }

    fn strong_ends(&self, next: &Opening<'_>) -> bool {
        let bracketed_mark = self.text[..self.at].ends_with('(') && self.closed;
        let named = is_shouted_name(self.word()) && !begins_sentences(next.word);
        if next.after_dash || bracketed_mark || named {
            return false;
        }
        match next.case() {
            Case::Lower => !self.closed,
            Case::Upper => !(self.quoted && next.is_speech_tag()),
            Case::Joining => false,
            Case::Other => true,
        }
    }

    fn ellipsis_ends(&self, next: &Opening<'_>) -> bool {
        let before = &self.text[self.start..self.at];
        let apart = before.is_empty() || before.ends_with(char::is_whitespace);
        match next.case() {
            _ if before.is_empty() => false,
            Case::Lower | Case::Joining => false,
            Case::Upper | Case::Other if apart => begins_sentences(next.word),
            Case::Upper => !(self.quoted && next.is_speech_tag()),
            Case::Other => true,
        }
    }

    fn period_ends(&self, next: &Opening<'_>) -> bool {
        let continues = match next.case() {
            Case::Joining => true,
            Case::Lower => !next.is_item_label(self.line_breaks()) && !self.in_lower_case(),
            Case::Upper | Case::Other => false,
        };
        if continues || self.is_enumeration() || (self.quoted && next.is_speech_tag()) {
            return false;
        }
        let word = self.word();
        match abbreviation(word) {
            Some(Abbreviation::Title | Abbreviation::Inner) => false,
            Some(Abbreviation::Numbered) => !next.is_number_like(word),
            Some(Abbreviation::Clock) => {
                !follows_clock(next.word) && !next.is_initials() && !self.has_few_words()
            }
            Some(Abbreviation::Last) => true,
            Some(Abbreviation::Either) => next.begins_sentence(),
            None if is_initials(word) => next.begins_sentence(),
            None => !(counts_in_lower_case(word) && next.is_digits()),
        }
    }

    /// Does a new line begin right behind the stop?
    fn line_breaks(&self) -> bool {
        self.rest()
            .trim_start_matches([' ', '\t', '\r'])
            .starts_with('\n')
    }

    /// The sentence began in lower case, as a writer's who never uses capitals, and an ordinary
    /// word stands before the stop.
    fn in_lower_case(&self) -> bool {
        let word = self.word();
        let plain = word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
        let plain = plain && abbreviation(word).is_none();
        plain && !self.closed && self.text[self.start..].starts_with(char::is_lowercase)
    }

    /// `1.`, `a.`, `(2.` or `IV.` at the very start of the sentence counts an item.
    fn is_enumeration(&self) -> bool {
        if self.at - self.start > 12 {
            return false;
        }
        let before = self.text[self.start..self.at].trim_start_matches(['(', '[', '"', '“', '*']);
        let roman = |b: u8| matches!(b, b'i' | b'v' | b'x' | b'I' | b'V' | b'X');
        match before.as_bytes() {
            [one] => one.is_ascii_alphanumeric(),
            few if few.len() > 4 || few.is_empty() || self.closed => false,
            few => {
                few.len() < 4 && few.iter().all(u8::is_ascii_digit) || few.iter().all(|&b| roman(b))
            }
        }
    }

    /// At most three words so far: `At 9 a.m. Parliament …`.
    fn has_few_words(&self) -> bool {
        self.text[self.start..self.at]
            .split_whitespace()
            .take(4)
            .count()
            < 4
    }
}

fn followed_by_word(bytes: &[u8]) -> bool {
    bytes
        .first()
        .is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0xC3)
}

/// `J`, `U.S`, `Ph.D`: one capital, or single letters with stops between them.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.').map(|part| part.chars().count());
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let first = parts.next().unwrap_or(0);
    let dotted = word.contains('.');
    (first == 1 && (capital || dotted) || first == 2 && capital && dotted)
        && word.chars().all(|c| c.is_alphabetic() || c == '.')
        && parts.all(|length| length == 1)
}

#[cfg(test)]
mod tests;
