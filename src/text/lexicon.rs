//! Common words: those that writers put in lower case.
//!
//! A capital at the start of a sentence says nothing; the lexicon tells `Turkey` from `Taxes`
//! there. The list is made from counts of words in running text by `tools/make_lexicon.py`.

use std::collections::HashSet;

use crate::text::StringTable;
use crate::text::key::{KeyHasher, key_of};

/// The default list, one lower-case word a line, sorted.
const COMMON_WORDS: &str = include_str!("common_words.txt");

/// A set of common lower-case words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: StringTable,
    keys: HashSet<u64, KeyHasher>,
}

impl Lexicon {
    /// The lexicon that comes with the program: about 34,000 English words.
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
        words.into_iter().collect::<StringTable>().into()
    }

    /// The words, in the order given.
    #[must_use]
    pub fn words(&self) -> &StringTable {
        &self.words
    }

    /// True if `word`, given in lower case, is a common word.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.keys.contains(&key_of(word))
    }
}

impl From<StringTable> for Lexicon {
    fn from(words: StringTable) -> Self {
        let mut keys = HashSet::with_capacity_and_hasher(words.len(), KeyHasher);
        keys.extend(words.iter().map(key_of));
        Self { words, keys }
    }
}
