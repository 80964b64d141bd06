//! Where in a sentence the words stand that made it what it is.

use std::fmt::Write as _;

use crate::profile::{SentenceProfile, TermContribution};

/// Words kept for a sentence.
const MOST_TERMS: usize = 8;
/// Weights nearer to 0 than this are not worth a mark.
const LEAST_WEIGHT: f64 = 0.05;

/// A word or run of words with its place in the sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term<'p> {
    /// Bytes of [`SentenceProfile::text`].
    start: usize,
    /// The words.
    pub term: &'p str,
    /// What is added to the logit of the sentence's class.
    pub weight: f64,
}

/// The terms that weigh most for and against the sentence's own class, heaviest first.
pub(super) fn heaviest(sentence: &SentenceProfile) -> Vec<Term<'_>> {
    let mut found = placed(sentence);
    found.retain(|term| term.weight.abs() >= LEAST_WEIGHT);
    found.sort_by(|a, b| {
        let heavier = b.weight.abs().total_cmp(&a.weight.abs());
        heavier.then(a.start.cmp(&b.start))
    });
    found.truncate(MOST_TERMS);
    found
}

/// `start,length,weight` of each term, separated by blanks: UTF-16 units of the sentence, as scripts
/// count, and hundredths.
pub(super) fn packed(sentence: &SentenceProfile, terms: &[Term<'_>]) -> String {
    let units = |text: &str| text.encode_utf16().count();
    let mut out = String::new();
    for term in terms {
        let before = sentence.text.get(..term.start).map_or(0, units);
        let separator = if out.is_empty() { "" } else { " " };
        let hundredths = (term.weight * 100.0).round();
        // Writing to a string cannot fail.
        let _ = write!(out, "{separator}{before},{},{hundredths}", units(term.term));
    }
    out
}

/// The contributions to the sentence's class with their places in its text. Offsets of profiles
/// are into the source, which holds markup that the text does not, so they are found again in order.
fn placed(sentence: &SentenceProfile) -> Vec<Term<'_>> {
    let own = |c: &&TermContribution| c.class == sentence.label;
    let mut last = (0, 0);
    let mut found = Vec::new();
    for contribution in sentence.contributions.iter().filter(own) {
        let term = contribution.term.as_str();
        let Some(start) = place_of(&sentence.text, term, last) else {
            continue;
        };
        last = (start, start + term.len());
        found.push(Term {
            start,
            term,
            weight: contribution.weight,
        });
    }
    found
}

/// The first place of a whole word after `last` in the order of (start, end).
fn place_of(text: &str, term: &str, last: (usize, usize)) -> Option<usize> {
    let rest = text.get(last.0..)?;
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let places = rest.match_indices(term).map(|(at, _)| last.0 + at);
    places.into_iter().find(|&start| {
        let end = start + term.len();
        let inside_word = (letter(text[..start].chars().next_back())
            && letter(term.chars().next()))
            || (letter(text[end..].chars().next()) && letter(term.chars().next_back()));
        (start, end) > last && !inside_word
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_in_order_and_as_whole_words() {
        let text = "that a cat, a cat";
        assert_eq!(place_of(text, "a", (0, 4)), Some(5));
        assert_eq!(place_of(text, "a cat", (5, 6)), Some(5));
        assert_eq!(place_of(text, "a", (7, 10)), Some(12));
        assert_eq!(place_of(text, "dog", (0, 0)), None);
    }
}
