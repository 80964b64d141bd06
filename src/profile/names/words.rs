//! The words of a sentence, and which of them may be of a name.

use std::ops::Range;

use super::kind::NameKind;
use super::lists::{Cue, Cues, LISTS, normal};
use crate::text::{
    Lexicon, TokenKind, begins_sentences, is_name_particle, is_never_a_name, tokens,
};

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    /// Without a possessive ending.
    pub text: &'t str,
    pub start: usize,
    /// Behind [`Word::text`].
    pub end: usize,
    /// Starts with a capital that means something here.
    pub name: bool,
    /// Starts with a capital.
    pub capital: bool,
    /// Had a possessive ending.
    pub possessive: bool,
    /// What it shows in any case.
    pub cues: Cues,
    /// Is it a common word in lower case?
    pub common: bool,
    /// A day, a month, the pronoun *I*.
    never: bool,
}

impl Word<'_> {
    /// Two or more letters, all capitals, digits allowed.
    pub(super) fn is_acronym(&self) -> bool {
        let capitals = self.text.chars().filter(|c| c.is_uppercase()).count();
        capitals > 1
            && self
                .text
                .chars()
                .all(|c| c.is_uppercase() || c.is_numeric())
    }

    /// `R` in `Jon R. Hale`.
    fn is_initial(&self) -> bool {
        self.capital && self.text.chars().count() == 1
    }
}

/// A sentence with its words; marks are not among them.
pub(super) struct Sentence<'t> {
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
}

impl<'t> Sentence<'t> {
    /// Reads a sentence in which every capitalised name is `masked`, in order.
    pub(super) fn read(text: &'t str, masked: &[Range<usize>], lexicon: &Lexicon) -> Self {
        let mut masked = masked.iter().peekable();
        let mut words = Vec::new();
        for token in tokens(text).filter(|token| token.kind == TokenKind::Word) {
            while masked
                .next_if(|span| span.end <= token.byte_offset)
                .is_some()
            {}
            let inside = masked
                .peek()
                .is_some_and(|span| span.start <= token.byte_offset);
            words.push(word(text, token.byte_offset, token.text, inside));
        }
        let mut sentence = Self { text, words };
        if !sentence.has_names() {
            sentence.words.clear();
            return sentence;
        }
        sentence.know_words(lexicon);
        sentence.join_given_names();
        sentence.name_capitals();
        sentence.name_first_words();
        sentence
    }

    /// False if nothing but the first word has a capital, and that is no name: then there is none.
    fn has_names(&self) -> bool {
        self.words.iter().any(|word| word.name)
            || self.words.iter().skip(1).any(|word| word.capital)
    }

    /// Looks every word up, once.
    fn know_words(&mut self, lexicon: &Lexicon) {
        let mut lower = String::new();
        for word in &mut self.words {
            let form = if word.text.bytes().all(|b| b.is_ascii_lowercase()) {
                word.text
            } else {
                lower.clear();
                lower.extend(word.text.chars().flat_map(char::to_lowercase));
                &lower
            };
            word.cues = LISTS.cues(form);
            word.common = lexicon.contains(form);
            word.never = is_never_a_name(form) || form.starts_with("i’");
            word.name &= !word.never;
        }
    }

    /// `Seo-yeon`, `Jean-Luc` are words.
    fn join_given_names(&mut self) {
        let mut joined: Vec<Word<'t>> = Vec::with_capacity(self.words.len());
        for next in &self.words {
            match joined.last_mut() {
                Some(word) if self.text[word.end..next.start] == *"-" && !word.possessive => {
                    let whole = &self.text[word.start..next.end];
                    if LISTS.is_given_name(whole) {
                        (word.text, word.end) = (whole, next.end);
                        word.possessive = next.possessive;
                        (word.cues, word.common) = (Cues::default(), false);
                    } else {
                        joined.push(*next);
                    }
                }
                _ => joined.push(*next),
            }
        }
        self.words = joined;
    }

    /// A short sentence with many names looks like a headline, in which a capital means nothing. A
    /// headline does not end in a stop.
    fn name_capitals(&mut self) {
        let lower = self.words.iter().filter(|word| !word.capital).count();
        if !self.text.trim_end().ends_with('.') || lower == 0 {
            return;
        }
        for at in 1..self.words.len() {
            let opens = |c: char| !matches!(c, ' ' | ',' | '’' | '\'' | 's');
            let inside = !self.gap(at - 1).contains(opens);
            let word = &mut self.words[at];
            let shouted = word.text.len() > 4 && word.is_acronym();
            if word.capital && inside && !shouted {
                word.name |= !word.never && !begins_sentences(word.text);
            }
        }
    }

    /// A word whose capital is due to where it stands belongs to the name that follows it:
    /// `Green Party leaders left`.
    fn name_first_words(&mut self) {
        for at in 0..self.words.len().saturating_sub(1) {
            let word = self.words[at];
            let next = &self.words[at + 1];
            let listed = || {
                let both = &self.text[word.start..next.end];
                LISTS.name(&normal(both)).is_some()
            };
            let opens = || {
                next.cues.has(Cue::OrganisationHead) || LISTS.is_given_name(word.text) || listed()
            };
            if word.capital
                && !word.name
                && !word.possessive
                && next.name
                && next.capital
                && self.are_joined(at)
                && opens()
                && !begins_sentences(word.text)
                && !word.never
            {
                self.words[at].name = true;
            }
        }
    }

    /// What stands between a word and the next; nothing behind the last.
    pub(super) fn gap(&self, at: usize) -> &'t str {
        let (Some(word), Some(next)) = (self.words.get(at), self.words.get(at + 1)) else {
            return "";
        };
        let possessive = if word.possessive {
            // `'s` or `’s`
            self.text[word.end..].find('s').map_or(0, |s| s + 1)
        } else {
            0
        };
        &self.text[word.end + possessive..next.start]
    }

    /// Can a word and the next be of one name? Spaces, hyphens, stops of abbreviations and `&` may
    /// stand between.
    pub(super) fn are_joined(&self, at: usize) -> bool {
        if at + 1 >= self.words.len() {
            return false;
        }
        let gap = self.gap(at);
        let word = &self.words[at];
        match gap.trim() {
            "" => !gap.is_empty(),
            "-" | "‑" => gap.trim() == gap && !self.are_two_names(at),
            "&" => true,
            "." => word.is_initial() || is_short_title(word.text),
            _ => false,
        }
    }

    /// Do both sides of a hyphen name somebody or some place: `US-China`, `Obama-Trump`?
    fn are_two_names(&self, at: usize) -> bool {
        let (word, next) = (&self.words[at], &self.words[at + 1]);
        let place = |name: &str| LISTS.name(name).is_some_and(|l| l.kind == NameKind::Place);
        let named = |word: &Word<'_>| place(word.text) || LISTS.is_surname(word.text);
        let whole = normal(&self.text[word.start..next.end]);
        named(word) && named(next) && LISTS.name(&whole).is_none()
    }

    /// The words as written, without a possessive ending.
    pub(super) fn written(&self, words: Range<usize>) -> &'t str {
        let (first, last) = (&self.words[words.start], &self.words[words.end - 1]);
        let dots = last.is_initial()
            && words.len() > 1
            && self.text[last.end..].starts_with('.')
            && self.text[..last.start].ends_with('.');
        &self.text[first.start..last.end + usize::from(dots)]
    }

    /// The word before, if only spaces stand between.
    pub(super) fn before(&self, at: usize) -> Option<&Word<'t>> {
        let before = at.checked_sub(1)?;
        self.gap(before)
            .trim()
            .is_empty()
            .then(|| &self.words[before])
    }

    /// The word behind `at`, if only spaces stand between.
    pub(super) fn behind(&self, at: usize) -> Option<&Word<'t>> {
        let next = self.words.get(at + 1)?;
        self.gap(at).trim().is_empty().then_some(next)
    }

    /// Is `at` a lower-case word inside a name, such as `van`?
    pub(super) fn is_particle(&self, at: usize) -> bool {
        let word = &self.words[at];
        !word.capital && is_name_particle(word.text)
    }
}

fn word<'t>(text: &'t str, start: usize, token: &'t str, name: bool) -> Word<'t> {
    let stem = without_possessive(token);
    Word {
        text: &text[start..start + stem.len()],
        start,
        end: start + stem.len(),
        name,
        capital: stem.starts_with(char::is_uppercase),
        possessive: stem.len() < token.len(),
        cues: Cues::default(),
        common: false,
        never: false,
    }
}

fn without_possessive(token: &str) -> &str {
    token
        .strip_suffix("'s")
        .or_else(|| token.strip_suffix("’s"))
        .unwrap_or(token)
}

/// Titles that are written with a stop.
fn is_short_title(word: &str) -> bool {
    const SHORT: [&str; 19] = [
        "Adm", "Capt", "Col", "Dr", "Gen", "Gov", "Hon", "Lt", "Maj", "Mr", "Mrs", "Ms", "Mt",
        "Prof", "Rep", "Rev", "Sen", "Sgt", "St",
    ];
    SHORT.contains(&word)
}
