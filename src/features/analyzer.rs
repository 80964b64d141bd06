//! The words of a text as the channels see them: names masked, stems and keys looked up once a
//! word, not once a token.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::key::{KeyHasher, key_of};
use crate::text::{
    Casing, Lexicon, NameFinder, Stemmer, Stemming, Token, TokenKind, is_never_a_name, tokens,
};

/// How text becomes words. Recorded in every model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextSettings {
    /// How words are reduced to stems. Default: `snowball_english`.
    pub stemming: Stemming,
    /// Which words are masked as `<name>`. Default: `uncommon`.
    pub names: NameFinder,
}

/// A distinct word, as first met by an [`Analyzer`].
#[derive(Clone, Debug)]
pub struct Word {
    /// Normal form: lower case, or a class such as `<num>`, or a mark.
    pub surface: Box<str>,
    /// The stem, or the normal form where nothing is stemmed.
    pub stem: Box<str>,
    /// True for words made of letters (not numbers, marks and names).
    pub is_lexical: bool,
    pub(crate) surface_key: u64,
    pub(crate) stem_key: u64,
    common: bool,
}

/// One occurrence of a word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Index into [`Analyzer::word`].
    pub word: u32,
    start: u32,
    end: u32,
}

impl Occurrence {
    /// Where it is, in bytes of the analysed text. A run of names is one occurrence.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Turns texts into occurrences of words. Holds what it has seen, so keep one for each thread.
pub struct Analyzer<'m> {
    settings: TextSettings,
    lexicon: &'m Lexicon,
    stemmer: Stemmer,
    indices: HashMap<u64, u32, KeyHasher>,
    words: Vec<Word>,
    capacity: usize,
    scratch: String,
}

/// Index of the mask that stands for every name.
pub(crate) const NAME: u32 = 0;
const NAME_MASK: &str = "<name>";
/// Words that an analyzer remembers; past that it forgets all and starts again, so that a batch
/// of any length needs bounded memory.
const REMEMBERED_WORDS: usize = 1 << 19;

impl<'m> Analyzer<'m> {
    /// An analyzer that has seen nothing yet.
    #[must_use]
    pub fn new(settings: TextSettings, lexicon: &'m Lexicon) -> Self {
        let mut analyzer = Self {
            settings,
            lexicon,
            stemmer: Stemmer::new(settings.stemming),
            indices: HashMap::default(),
            words: Vec::new(),
            capacity: REMEMBERED_WORDS,
            scratch: String::new(),
        };
        analyzer.forget();
        analyzer
    }

    /// The same analyzer, but it never forgets: for a corpus whose words all stay in memory.
    #[must_use]
    pub(crate) fn unforgetting(self) -> Self {
        Self {
            capacity: usize::MAX,
            ..self
        }
    }

    /// The word with this index.
    #[must_use]
    pub fn word(&self, index: u32) -> &Word {
        &self.words[index as usize]
    }

    /// Number of distinct words remembered; indices are below it.
    #[must_use]
    pub fn n_words(&self) -> usize {
        self.words.len()
    }

    /// Fills `out` with the occurrences in one sentence. Indices given for earlier texts stay
    /// valid unless this returns `true`: then the analyzer has just forgotten them.
    ///
    /// ```
    /// use polemic::features::{Analyzer, TextSettings};
    /// use polemic::text::Lexicon;
    ///
    /// let lexicon = Lexicon::english();
    /// let mut analyzer = Analyzer::new(TextSettings::default(), &lexicon);
    /// let mut found = Vec::new();
    /// analyzer.analyze("Narendra Modi attacked the critics in 2019.", &mut found);
    /// let stems: Vec<&str> = found.iter().map(|o| &*analyzer.word(o.word).stem).collect();
    /// assert_eq!(stems, ["<name>", "attack", "the", "critic", "in", "<year>"]);
    /// ```
    pub fn analyze(&mut self, text: &str, out: &mut Vec<Occurrence>) -> bool {
        let forgotten = self.words.len() > self.capacity;
        if forgotten {
            self.forget();
        }
        out.clear();
        let headline = self.settings.names != NameFinder::None && is_headline(text);
        let mut at_start = true;
        for token in tokens(text) {
            let word = self.index_of(&token, headline || at_start);
            at_start = match token.kind {
                TokenKind::Mark => at_start || matches!(token.text, "\"" | "“" | "„" | "«" | ":"),
                _ => false,
            };
            let start = offset(token.byte_offset);
            let end = offset(token.byte_offset + token.text.len());
            match out.last_mut() {
                Some(last) if word == NAME && last.word == NAME => last.end = end,
                _ => out.push(Occurrence { word, start, end }),
            }
        }
        forgotten
    }

    fn forget(&mut self) {
        self.indices.clear();
        self.words.clear();
        self.remember(NAME_MASK, TokenKind::Mark);
    }

    fn index_of(&mut self, token: &Token<'_>, capital_expected: bool) -> u32 {
        self.scratch.clear();
        token.push_normal_form(&mut self.scratch);
        let key = key_of(&self.scratch);
        let index = match self.indices.get(&key) {
            Some(&index) => index,
            None => {
                let form = std::mem::take(&mut self.scratch);
                let index = self.remember(&form, token.kind);
                self.scratch = form;
                index
            }
        };
        if self.is_name(token, index, capital_expected) {
            NAME
        } else {
            index
        }
    }

    fn is_name(&self, token: &Token<'_>, index: u32, capital_expected: bool) -> bool {
        if self.settings.names == NameFinder::None || !token.is_capitalized() {
            return false;
        }
        let word = &self.words[index as usize];
        let casing = Casing {
            capitalized: true,
            all_capitals: token.is_all_capitals(),
            len: token.text.len(),
            capital_expected,
            common: word.common,
        };
        self.settings.names.is_name(casing) && !is_never_a_name(&word.surface)
    }

    fn remember(&mut self, form: &str, kind: TokenKind) -> u32 {
        let is_lexical = kind == TokenKind::Word;
        let mut stem = String::new();
        if is_lexical {
            self.stemmer.push_stem(form, &mut stem);
        } else {
            stem.push_str(form);
        }
        let index = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let surface_key = key_of(form);
        self.words.push(Word {
            surface: form.into(),
            is_lexical,
            surface_key,
            stem_key: key_of(&stem),
            stem: stem.into_boxed_str(),
            common: is_lexical && self.lexicon.contains(form),
        });
        self.indices.insert(surface_key, index);
        index
    }
}

/// Byte offsets are kept in 32 bits; what lies past 4 GiB is not told apart.
fn offset(byte_offset: usize) -> u32 {
    u32::try_from(byte_offset).unwrap_or(u32::MAX)
}

/// True if most words of a text of four or more start with a capital: capitals mean nothing there.
fn is_headline(text: &str) -> bool {
    const FEWEST_WORDS: usize = 4;
    let (mut words, mut capitals) = (0, 0);
    let mut inside = false;
    for c in text.chars() {
        let letter = c.is_alphanumeric() || c == '\'' || c == '’';
        if letter && !inside && c.is_alphabetic() {
            words += 1;
            capitals += usize::from(c.is_uppercase());
        }
        inside = letter;
    }
    words >= FEWEST_WORDS && capitals * 5 > words * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(names: NameFinder, text: &str) -> Vec<String> {
        let lexicon = Lexicon::english();
        let settings = TextSettings {
            names,
            ..TextSettings::default()
        };
        let mut analyzer = Analyzer::new(settings, &lexicon);
        let mut found = Vec::new();
        analyzer.analyze(text, &mut found);
        found
            .iter()
            .map(|o| analyzer.word(o.word).stem.to_string())
            .collect()
    }

    #[test]
    fn swapping_names_changes_nothing() {
        let pairs = [
            (
                "India accused Pakistan of lying.",
                "Pakistan accused India of lying.",
            ),
            (
                "Russia’s leaders, said Putin, are right.",
                "America’s leaders, said Joe Biden, are right.",
            ),
            ("The Republicans lied!", "The Democrats lied!"),
            ("the US-led war", "the Russian-led war"),
        ];
        for (left, right) in pairs {
            assert_eq!(
                stems(NameFinder::Uncommon, left),
                stems(NameFinder::Uncommon, right)
            );
        }
    }

    #[test]
    fn headlines_and_sentence_starts_keep_their_words() {
        assert_eq!(
            stems(NameFinder::Capitalized, "Taxes Rise Again In France"),
            ["tax", "rise", "again", "in", "<name>"]
        );
        assert_eq!(
            stems(NameFinder::Capitalized, "He said: “Taxes rise.”")[3..5],
            ["\"", "tax"]
        );
    }

    #[test]
    fn a_run_of_names_is_one_occurrence_with_the_whole_span() {
        let lexicon = Lexicon::english();
        let mut analyzer = Analyzer::new(TextSettings::default(), &lexicon);
        let mut found = Vec::new();
        analyzer.analyze("met Angela Merkel today", &mut found);
        assert_eq!(
            found[1],
            Occurrence {
                word: NAME,
                start: 4,
                end: 17
            }
        );
    }
}
