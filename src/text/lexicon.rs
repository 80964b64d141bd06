//! Common words: those that writers put in lower case.
//!
//! A capital at the start of a sentence says nothing; the lexicon tells `Turkey` from `Taxes`
//! there. The list is made from counts of words in running text by `tools/make_lexicon.py`.

use std::collections::HashSet;

use crate::text::key::{KeyHasher, key_of};

/// The default list, one lower-case word a line, sorted.
const COMMON_WORDS: &str = include_str!("common_words.txt");

/// A set of common lower-case words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// The words, each ended by a line feed.
    words: String,
    keys: HashSet<u64, KeyHasher>,
}

impl Lexicon {
    /// The lexicon that comes with the program: about 50,000 English words.
    ///
    /// ```
    /// let lexicon = polemic::text::Lexicon::english();
    /// assert!(lexicon.contains("taxes") && !lexicon.contains("pakistan"));
    /// ```
    #[must_use]
    pub fn english() -> Self {
        Self::from_words(COMMON_WORDS.lines())
    }

    /// A lexicon of the given lower-case words.
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut lexicon = Self::default();
        for word in words {
            lexicon.words.push_str(word);
            lexicon.words.push('\n');
            lexicon.keys.insert(key_of(word));
        }
        lexicon
    }

    /// The words, in the order given.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        self.words.lines().collect()
    }

    /// True if `word`, given in lower case, is a common word.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.keys.contains(&key_of(word))
    }
}
