//! Snowball stems.

use serde::{Deserialize, Serialize};

/// How words are reduced to stems. Recorded in every model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stemming {
    /// Words stay as they are.
    None,
    /// The Snowball English stemmer (Porter2; <https://snowballstem.org/algorithms/english/stemmer.html>).
    #[default]
    SnowballEnglish,
}

/// Stems lower-case words. It is slow (about 20 MB/s): callers keep what it gave
/// (see [`crate::features::Analyzer`]).
pub struct Stemmer(Option<rust_stemmers::Stemmer>);

impl Stemmer {
    /// A stemmer for the given habit.
    #[must_use]
    pub fn new(stemming: Stemming) -> Self {
        Self(match stemming {
            Stemming::None => None,
            Stemming::SnowballEnglish => Some(rust_stemmers::Stemmer::create(
                rust_stemmers::Algorithm::English,
            )),
        })
    }

    /// Appends the stem of `word`, which is in lower case.
    ///
    /// ```
    /// use polemic::text::{Stemmer, Stemming};
    /// let mut stem = String::new();
    /// Stemmer::new(Stemming::SnowballEnglish).push_stem("relations", &mut stem);
    /// assert_eq!(stem, "relat");
    /// ```
    pub fn push_stem(&self, word: &str, out: &mut String) {
        match &self.0 {
            Some(stemmer) => out.push_str(&stemmer.stem(word)),
            None => out.push_str(word),
        }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stemmer").field(&self.0.is_some()).finish()
    }
}
