//! From capitalised words to the names that they are: where one begins and ends, and what its own words
//! show.

use std::ops::Range;

use super::kind::{NameKind, Votes};
use super::lists::{Cue, LISTS, Listed, normal};
use super::words::{Sentence, Word};
use crate::text::begins_sentences;

/// A list has it, or one of its words says so.
const CERTAIN: u32 = 8;
/// A known given name or family name that stands alone.
const LIKELY: u32 = 3;
/// Nothing but how it is written.
const WEAK: u32 = 2;
/// Words of the longest known name.
const LONGEST: usize = 6;
/// Words of the longest run that is read as one; what a text of capitals only costs stays bounded.
const LONGEST_RUN: usize = 24;

/// A name in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Its words.
    pub words: Range<usize>,
    /// What its own words show.
    pub votes: Votes,
    /// The known name that it is.
    pub listed: Option<Listed>,
}

impl Mention {
    fn new(words: Range<usize>, kind: NameKind, weight: u32) -> Self {
        Self {
            words,
            votes: Votes::of(kind, weight),
            listed: None,
        }
    }

    fn of_list(words: Range<usize>, listed: Listed) -> Self {
        Self {
            listed: Some(listed),
            ..Self::new(words, listed.kind, CERTAIN)
        }
    }

    fn unknown(words: Range<usize>) -> Self {
        Self {
            words,
            votes: Votes::default(),
            listed: None,
        }
    }
}

/// The names in a sentence, in order.
pub(super) fn mentions(sentence: &Sentence<'_>) -> Vec<Mention> {
    let reader = Reader { sentence };
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let names = sentence.words[at].capital && !reader.is_field_of_office(at);
        let end = if names { reader.phrase_end(at) } else { at };
        if end == at {
            at += 1;
            continue;
        }
        reader.cut(at..end, &mut found);
        at = end;
    }
    found
}

struct Reader<'s, 't> {
    sentence: &'s Sentence<'t>,
}

impl<'t> Reader<'_, 't> {
    fn word(&self, at: usize) -> &Word<'t> {
        &self.sentence.words[at]
    }

    fn has(&self, at: usize, cue: Cue) -> bool {
        self.word(at).cues.has(cue)
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.sentence.words.get(at).is_some_and(|w| w.text == text)
    }

    /// `State` in `Secretary of State Ann Green`, `Foreign Affairs` in `Minister of Foreign Affairs`.
    fn is_field_of_office(&self, at: usize) -> bool {
        let before = at.saturating_sub(LONGEST)..at;
        if !before
            .clone()
            .any(|at| self.is(at, "of") || self.is(at, "for"))
        {
            return false;
        }
        let field = |at: usize| {
            self.word(at).capital && self.is_common(at) && self.listed_from(at).is_none()
        };
        let start = (at.saturating_sub(LONGEST)..=at)
            .rev()
            .find(|&word| !field(word));
        start.is_some_and(|of| {
            of > 0
                && of < at
                && (self.is(of, "of") || self.is(of, "for"))
                && self.has(of - 1, Cue::Title)
        })
    }

    fn is_common(&self, at: usize) -> bool {
        self.word(at).common
    }

    /// The end of the phrase that begins at `at`: `at` itself, if no name begins there.
    fn phrase_end(&self, at: usize) -> usize {
        let listed = self.listed_from(at).map_or(at, |(end, _)| end);
        let heads = !self.word(at).name && self.opens_body(at);
        if !self.word(at).name && !heads {
            return if listed > at + 1 { listed } else { at };
        }
        let end = self.run_end(at);
        self.with_complement(at, end).max(listed)
    }

    /// A capital that stands first, on a head that is completed: `Bank of England`.
    fn opens_body(&self, at: usize) -> bool {
        self.complement_start(at + 1).is_some() && self.is_head(at)
    }

    fn is_head(&self, at: usize) -> bool {
        let cues = self.word(at).cues;
        cues.has(Cue::OrganisationHead)
            || cues.has(Cue::OtherHead)
            || cues.has(Cue::PlaceHead)
            || cues.has(Cue::PlaceOpening)
    }

    /// The end of the run of joined names that begins at `at`.
    fn run_end(&self, at: usize) -> usize {
        let words = &self.sentence.words;
        let mut end = at + 1;
        let longest = words.len().min(at + LONGEST_RUN);
        while end < longest && self.sentence.are_joined(end - 1) {
            let named = words[end].capital && words[end].name;
            let particle = self.sentence.is_particle(end)
                && (end + 1..words.len().min(end + LONGEST))
                    .find(|&next| !self.sentence.is_particle(next))
                    .is_some_and(|next| words[next].capital && words[next].name);
            let owner = words[end - 1].possessive && !self.owns_head(end - 1);
            if !(named || particle) || owner {
                break;
            }
            end += 1;
        }
        end
    }

    /// `King’s College`, `Women’s Institute`: a common word that belongs to the body's name.
    fn owns_head(&self, at: usize) -> bool {
        self.is_common(at) && self.is_head(at + 1)
    }

    /// Where `of` or `for` is followed by more of the name of a body.
    fn complement_start(&self, at: usize) -> Option<usize> {
        let joins = |at: usize| self.sentence.before(at).is_some();
        if !(joins(at) && (self.is(at, "of") || self.is(at, "for"))) {
            return None;
        }
        let after = at + 1 + usize::from(self.is(at + 1, "the"));
        let next = self.sentence.words.get(after)?;
        (joins(at + 1) && joins(after) && next.capital && next.name).then_some(after)
    }

    /// The end of the name with what completes it: `Ministry of Finance`, `Food and Drug
    /// Administration`.
    fn with_complement(&self, start: usize, end: usize) -> usize {
        let last = end - 1;
        let office = self.has(last, Cue::Title) && !self.has(last, Cue::OrganisationHead);
        let completes = !office && !self.word(last).possessive && self.is_head(last);
        if completes && let Some(more) = self.complement_start(end) {
            let end = self.run_end(more);
            return self.common_and(more, end, false).unwrap_or(end);
        }
        self.common_and(start, end, true).unwrap_or(end)
    }

    /// The end behind `and`, where both sides are common words.
    fn common_and(&self, start: usize, end: usize, needs_head: bool) -> Option<usize> {
        let next = self.sentence.words.get(end + 1)?;
        let joins = self.is(end, "and") && self.sentence.before(end).is_some();
        if !joins || !next.capital || !next.name || self.sentence.before(end + 1).is_none() {
            return None;
        }
        let more = self.run_end(end + 1);
        let common = (start..end)
            .chain(end + 1..more)
            .all(|at| self.is_common(at));
        let headed = self.has(more - 1, Cue::OrganisationHead) && !self.is_head(end - 1);
        (common && (!needs_head || headed)).then_some(more)
    }

    /// The longest known name that begins at `at`, and its end.
    fn listed_from(&self, at: usize) -> Option<(usize, Listed)> {
        if !LISTS.opens_name(self.word(at).text) {
            return None;
        }
        let longest = (at + LONGEST).min(self.sentence.words.len());
        (at + 1..=longest)
            .rev()
            .filter(|&end| self.word(end - 1).capital)
            .filter(|&end| (at..end - 1).all(|word| self.sentence.are_joined(word)))
            .find_map(|end| Some((end, self.listed(at..end)?)))
    }

    /// The known name that is these words, a possessive ending included if it is part of it.
    fn listed(&self, words: Range<usize>) -> Option<Listed> {
        let (first, last) = (self.word(words.start), self.word(words.end - 1));
        let whole = normal(&self.sentence.text[first.start..last.end]);
        let with_ending = || last.possessive.then(|| LISTS.name(&format!("{whole}'s")))?;
        let article = || {
            let before = self.sentence.before(words.start)?;
            let definite = before.text.eq_ignore_ascii_case("the");
            definite.then(|| LISTS.name(&format!("the {whole}")))?
        };
        let shouted = || {
            let single = words.len() == 1 && first.is_acronym() && whole.len() > 3;
            let rest = whole.get(1..).filter(|_| single)?;
            LISTS.name(&(whole[..1].to_owned() + &rest.to_lowercase()))
        };
        with_ending()
            .or_else(article)
            .or_else(|| LISTS.name(&whole))
            .or_else(shouted)
    }

    /// Cuts a phrase into names.
    fn cut(&self, mut words: Range<usize>, found: &mut Vec<Mention>) {
        while words.len() > 1 && self.is(words.start, "The") && self.begins_name(words.start + 1) {
            words.start += 1;
        }
        if self.is_office(&words) {
            return;
        }
        if let Some(listed) = self.listed(words.clone()) {
            found.push(Mention::of_list(words, listed));
        } else if self.is_no_name(&words) {
            // nothing to find
        } else if let Some(kind) = self.head_kind(&words) {
            found.push(Mention::new(words, kind, CERTAIN));
        } else if let Some(title) = words.clone().find(|&at| self.has(at, Cue::Title)) {
            self.cut_at_title(words, title, found);
        } else {
            self.cut_untitled(words, found);
        }
    }

    /// A single letter, a numeral, a pronoun with a capital.
    fn is_no_name(&self, words: &Range<usize>) -> bool {
        let word = self.word(words.start);
        let short = word.text.chars().count() == 1;
        words.len() == 1
            && (short || self.has(words.start, Cue::Never) || begins_sentences(word.text))
    }

    /// After `The`: anything but a title of common words only (`The Quiet Harvest`).
    fn begins_name(&self, at: usize) -> bool {
        let end = self.run_end(at);
        let listed = self.listed_from(at).is_some();
        listed || (at..end).any(|word| !self.is_common(word) || self.is_head(word))
    }

    /// Common words up to a title that nobody's name follows: `Prime Minister`.
    fn is_office(&self, words: &Range<usize>) -> bool {
        let title = |at| self.has(at, Cue::Title);
        title(words.end - 1)
            && !self.has(words.end - 1, Cue::PlaceOpening)
            && words.clone().all(|at| title(at) || self.is_common(at))
    }

    /// `Mr Justice Harding`, `US President Joe Biden`.
    fn cut_at_title(&self, words: Range<usize>, title: usize, found: &mut Vec<Mention>) {
        if title > words.start {
            self.cut(words.start..title, found);
        }
        let bearer = (title..words.end).find(|&at| !self.has(at, Cue::Title));
        let Some(bearer) = bearer else { return };
        if self.sentence.is_particle(bearer) || bearer == words.start {
            return;
        }
        let complemented = (bearer..words.end).any(|at| self.is(at, "of") || self.is(at, "for"));
        if complemented {
            self.cut(bearer..words.end, found);
        } else {
            found.push(Mention::new(bearer..words.end, NameKind::Person, CERTAIN));
        }
    }

    fn cut_untitled(&self, words: Range<usize>, found: &mut Vec<Mention>) {
        let Some((end, listed)) = self.listed_from(words.start) else {
            found.push(self.unlisted(words));
            return;
        };
        let rest = end..words.end;
        let given = LISTS.is_given_name(self.word(words.start).text);
        let splits = listed.demonym && rest.clone().any(|at| !self.is_common(at))
            || self.listed(rest.clone()).is_some()
            || LISTS.is_given_name(self.word(rest.start).text) && rest.len() > 1;
        if given && !splits {
            found.push(self.unlisted(words));
        } else if splits {
            found.push(Mention::of_list(words.start..end, listed));
            self.cut(rest, found);
        } else {
            let kind = match listed.kind {
                NameKind::Place if !listed.demonym => NameKind::Organisation,
                _ => NameKind::Other,
            };
            found.push(Mention::new(words, kind, WEAK));
        }
    }

    /// What the first or the last word of a longer name says it is of.
    fn head_kind(&self, words: &Range<usize>) -> Option<NameKind> {
        let completed =
            (words.start + 1..words.end).find(|&at| self.is(at, "of") || self.is(at, "for"));
        let last = completed.unwrap_or(words.end) - 1;
        let first = words.start;
        let several = last > first || completed.is_some();
        let given = LISTS.is_given_name(self.word(first).text);
        if self.has(last, Cue::OrganisationHead) {
            return Some(NameKind::Organisation);
        }
        if !several {
            return None;
        }
        if self.has(last, Cue::OtherHead) || self.has(first, Cue::OtherOpening) {
            return Some(NameKind::Other);
        }
        let titled = self.has(first, Cue::Title);
        let headed = self.has(last, Cue::PlaceHead)
            || (self.has(last, Cue::PlaceHeadOrSurname) && !given && !titled);
        let directed = self.has(first, Cue::Direction)
            && self
                .listed_from(first + 1)
                .is_some_and(|(end, l)| end == words.end && l.kind == NameKind::Place);
        let opened = self.has(first, Cue::PlaceOpening) && completed.is_none();
        if headed || directed || opened {
            return Some(NameKind::Place);
        }
        let inner = (first..last)
            .any(|at| self.has(at, Cue::OrganisationHead) && !self.has(at, Cue::Title));
        let person = (first..=last).any(|at| self.has(at, Cue::Title)) || given;
        (inner && !person).then_some(NameKind::Organisation)
    }

    /// A name that is in no list and has no head.
    fn unlisted(&self, words: Range<usize>) -> Mention {
        let (first, last) = (self.word(words.start), self.word(words.end - 1));
        let n = words.len();
        if n == 1 {
            return self.single(words);
        }
        let family_first = LISTS.is_surname(first.text) && n < 4 && !self.is_common(words.end - 1);
        let surnamed = LISTS.is_surname(last.text) || family_first;
        if n < 7 && LISTS.is_given_name(first.text) || n < 5 && surnamed {
            return Mention::new(words, NameKind::Person, CERTAIN);
        }
        let common = words.clone().filter(|&at| self.is_common(at)).count();
        let acronyms = words.clone().any(|at| self.word(at).is_acronym());
        if common == n || acronyms || n > 5 {
            Mention::new(words, NameKind::Other, LIKELY)
        } else if self.is_common(words.start) {
            Mention::new(words, NameKind::Other, WEAK - 1)
        } else {
            Mention::new(words, NameKind::Person, WEAK)
        }
    }

    fn single(&self, words: Range<usize>) -> Mention {
        let word = self.word(words.start);
        if LISTS.is_surname(word.text) || LISTS.is_given_name(word.text) {
            Mention::new(words, NameKind::Person, LIKELY)
        } else if word.is_acronym() {
            Mention::new(words, NameKind::Organisation, WEAK)
        } else {
            Mention::unknown(words)
        }
    }
}
