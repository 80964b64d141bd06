//! Names: which capitalised words name somebody or something.
//!
//! A program that is to be even-handed must not weigh names. Names are found by their capital, not
//! by a list, so that one that was never seen is treated as one that was seen often.

use serde::{Deserialize, Serialize};

/// Which words count as names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameFinder {
    /// None: names are words like any other.
    None,
    /// Capitalised words that are not common words: `Obama`, not `President`.
    #[default]
    Uncommon,
    /// Every capitalised word inside a sentence, and uncommon ones at its start.
    Capitalized,
}

/// How a word is written, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Casing {
    /// It starts with an upper-case letter.
    pub capitalized: bool,
    /// It has two or more letters, all upper case.
    pub all_capitals: bool,
    /// Number of bytes.
    pub len: usize,
    /// A capital says nothing here: the start of a sentence, or a headline.
    pub capital_expected: bool,
    /// Its lower-case form is a common word.
    pub common: bool,
}

impl NameFinder {
    /// True if a word of this casing is a name.
    ///
    /// Short words in capitals (`US`, `IT`) are names; longer common ones (`NEVER`) are shouted
    /// words. Pronouns and dates ([`is_never_a_name`]) must be left out by the caller.
    #[must_use]
    pub fn is_name(self, word: Casing) -> bool {
        const LONGEST_ACRONYM: usize = 3;
        if !word.capitalized || self == Self::None {
            return false;
        }
        if word.all_capitals && !word.capital_expected && word.len <= LONGEST_ACRONYM {
            return true;
        }
        let shouted = word.all_capitals && word.common;
        let counts_inside = self == Self::Capitalized && !word.capital_expected && !shouted;
        !word.common || counts_inside
    }
}

/// True for capitalised words that are never names: `I` and its contractions, days and months.
#[must_use]
pub fn is_never_a_name(lower: &str) -> bool {
    lower == "i" || lower.starts_with("i'") || DATES.contains(&lower)
}

/// True for lower-case words that name a side of politics or of faith, or its creed: they are masked
/// like names, so that a sentence about one side scores like the same sentence about the other.
/// Words that also mean something else (left, right, green) are not among them.
#[must_use]
pub fn is_political_side(lower: &str) -> bool {
    is_listed(lower, &SIDES)
}

/// Sorted, in the singular.
#[rustfmt::skip]
const SIDES: [&str; 53] = [
    "atheism", "atheist", "capitalism", "capitalist", "centrism", "centrist",
    "communism", "communist", "conservatism", "conservative", "environmentalism", "environmentalist",
    "evangelical", "feminism", "feminist", "globalism", "globalist", "humanism",
    "humanist", "leftie", "leftist", "leftwing", "leftwinger", "lefty",
    "liberal", "liberalism", "libertarian", "libertarianism", "marxism", "marxist",
    "monarchist", "nationalism", "nationalist", "neocon", "neoconservatism", "neoconservative",
    "neoliberal", "neoliberalism", "pagan", "paganism", "populism", "populist",
    "progressive", "progressivism", "rightist", "rightwing", "rightwinger", "secularism",
    "secularist", "socialism", "socialist", "unionism", "unionist",
];

/// True if the singular of `lower` is in a sorted list.
fn is_listed(lower: &str, singulars: &[&str]) -> bool {
    let singular = lower.strip_suffix("'s").unwrap_or(lower);
    let singular = singular.strip_suffix('s').unwrap_or(singular);
    singulars.binary_search(&singular).is_ok()
}

/// True for lower-case words that name who holds an office: they are masked like the name of the
/// person would be.
#[must_use]
pub fn is_office(lower: &str) -> bool {
    is_listed(lower, &OFFICES)
}

/// Sorted, in the singular.
#[rustfmt::skip]
const OFFICES: [&str; 13] = [
    "ambassador", "bishop", "chancellor", "congressman", "congresswoman", "governor", "king",
    "mayor", "minister", "premier", "president", "queen", "senator",
];

/// True for lower-case words inside names: *Pieter van der Hoeven*.
#[must_use]
pub fn is_name_particle(lower: &str) -> bool {
    PARTICLES.binary_search(&lower).is_ok()
}

#[rustfmt::skip]
const PARTICLES: [&str; 20] = [
    "al", "bar", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "el",
    "ibn", "la", "le", "van", "von", "zu",
];

const DATES: [&str; 19] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn casing(word: &str, capital_expected: bool, common: bool) -> Casing {
        Casing {
            capitalized: word.starts_with(char::is_uppercase),
            all_capitals: word.len() > 1 && word.chars().all(char::is_uppercase),
            len: word.len(),
            capital_expected,
            common,
        }
    }

    #[test]
    fn sides_are_found_in_every_form() {
        assert!(SIDES.is_sorted() && OFFICES.is_sorted() && PARTICLES.is_sorted());
        assert!(is_office("presidents") && is_office("mayor's") && !is_office("office"));
        assert!(is_political_side("liberals") && is_political_side("conservative's"));
        assert!(!is_political_side("left") && !is_political_side("social"));
    }

    #[test]
    fn capitals_make_names() {
        let cases = [
            ("obama", false, false, false),
            ("Obama", false, false, true),
            ("Obama", true, false, true),
            ("Taxes", true, true, false),
            ("President", false, true, false),
            ("US", false, true, true),
            ("NEVER", false, true, false),
            ("BJP", true, false, true),
        ];
        for (word, start, common, expected) in cases {
            let found = NameFinder::Uncommon.is_name(casing(word, start, common));
            assert_eq!(found, expected, "{word}");
        }
        assert!(NameFinder::Capitalized.is_name(casing("President", false, true)));
        assert!(!NameFinder::Capitalized.is_name(casing("NEVER", false, true)));
        assert!(!NameFinder::None.is_name(casing("Obama", false, false)));
    }
}
