//! The words of a text as the channels see them: names masked, stems and keys looked up once a
//! word, not once a token.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::circumstance::circumstances_of;
use super::key_table::KeyTable;
use crate::text::key::{key_of, quick_key};
use crate::text::{
    Casing, Lexeme, Lexicon, NameFinder, Stemmer, Stemming, Token, TokenKind, is_name_particle,
    is_never_a_name, is_office, is_political_side, tokens,
};

/// How text becomes words. Recorded in every model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TextSettings {
    /// How words are reduced to stems. Default: `snowball_english`.
    pub stemming: Stemming,
    /// Which words are masked as `<name>`. Default: `uncommon`.
    pub names: NameFinder,
    /// Whether the beginning and the end of a text count as words, `<s>` and `</s>`. Default false.
    pub edges: bool,
}

/// What n-grams are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Words as written, in lower case.
    Words,
    /// Stems.
    #[default]
    Stems,
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
}

/// What [`Analyzer::analyze`] needs to know of a word: it sits in the table itself, because names
/// are rare words whose [`Word`] would have to be fetched from far away.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    word: u32,
    common: bool,
    never_a_name: bool,
    particle: bool,
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
    fn edge(word: u32, at: u32) -> Self {
        let (start, end) = (at, at);
        Self { word, start, end }
    }

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
    known: KeyTable<Known>,
    words: Vec<Word>,
    surface_keys: Vec<u64>,
    stem_keys: Vec<u64>,
    circumstances: Vec<u8>,
    capacity: usize,
    mentions: Vec<Mention>,
    /// A normal form that is being made.
    form: String,
}

/// A token without its text.
#[derive(Clone, Copy, Debug)]
struct Mention {
    start: u32,
    end: u32,
    kind: TokenKind,
    capitalized: bool,
    /// Of its normal form, see [`key_of_form`].
    key: u64,
}

/// Index of the mask that stands for every name.
pub(crate) const NAME: u32 = 0;
/// Index of the beginning of a text.
const START: u32 = 1;
/// Index of the end of a text.
const END: u32 = 2;
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
            known: KeyTable::with_capacity(1 << 12),
            words: Vec::new(),
            surface_keys: Vec::new(),
            stem_keys: Vec::new(),
            circumstances: Vec::new(),
            capacity: REMEMBERED_WORDS,
            mentions: Vec::new(),
            form: String::new(),
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

    /// The keys of all words by their index: of the units that they are in n-grams.
    pub(super) fn keys(&self, unit: Unit) -> &[u64] {
        match unit {
            Unit::Words => &self.surface_keys,
            Unit::Stems => &self.stem_keys,
        }
    }

    /// A bit for each circumstance that a text of these words has.
    pub(super) fn circumstances(&self, words: &[Occurrence]) -> u8 {
        let of = |o: &Occurrence| self.circumstances[o.word as usize];
        words.iter().fold(0, |bits, o| bits | of(o))
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
        self.read(text);
        let mentions = std::mem::take(&mut self.mentions);
        let headline = is_headline(&mentions);
        if self.settings.edges {
            out.push(Occurrence::edge(START, 0));
        }
        let mut at_start = true;
        for (mention, next) in mentions.iter().zip(1..) {
            let known = match self.known.get(mention.key) {
                Some(known) => known,
                None => self.meet(&mention.token(text), mention.key),
            };
            let is_name = mention.capitalized
                && known.is_name(
                    self.settings.names,
                    &mention.token(text),
                    headline || at_start,
                );
            let inside_name = known.particle
                && self.settings.names != NameFinder::None
                && out.last().is_some_and(|last| last.word == NAME)
                && mentions.get(next).is_some_and(|next| next.capitalized);
            let masked = is_name || inside_name;
            let word = if masked { NAME } else { known.word };
            at_start = mention.kind == TokenKind::Mark
                && (at_start || opens_speech(mention.token(text).text));
            match out.last_mut() {
                Some(last) if word == NAME && last.word == NAME => last.end = mention.end,
                _ => out.push(Occurrence {
                    word,
                    start: mention.start,
                    end: mention.end,
                }),
            }
        }
        if self.settings.edges {
            out.push(Occurrence::edge(END, offset(text.len())));
        }
        self.mentions = mentions;
        forgotten
    }

    /// Cuts `text` into tokens and fetches what is known of their words.
    fn read(&mut self, text: &str) {
        self.mentions.clear();
        let mut found = tokens(text);
        while let Some(lexeme) = found.next_lexeme() {
            let rare = || rare_key(text, &lexeme, &mut self.form);
            let key = lexeme.key.unwrap_or_else(rare);
            self.mentions.push(Mention {
                start: offset(lexeme.start),
                end: offset(lexeme.end),
                kind: lexeme.kind,
                capitalized: lexeme.capitalized,
                key,
            });
        }
        self.known.fetch(self.mentions.iter().map(|m| m.key));
    }

    fn forget(&mut self) {
        self.known.clear();
        self.words.clear();
        self.surface_keys.clear();
        self.stem_keys.clear();
        self.circumstances.clear();
        for form in [NAME_MASK, "<s>", "</s>"] {
            self.remember(form, key_of_form(form), TokenKind::Mark);
        }
    }

    /// A word that was not known.
    #[cold]
    fn meet(&mut self, token: &Token<'_>, key: u64) -> Known {
        let mut form = std::mem::take(&mut self.form);
        let known = self.remember(token.normal_form(&mut form), key, token.kind);
        self.form = form;
        known
    }

    fn remember(&mut self, form: &str, key: u64, kind: TokenKind) -> Known {
        let is_lexical = kind == TokenKind::Word;
        let mut stem = String::new();
        if is_lexical {
            self.stemmer.push_stem(form, &mut stem);
        } else {
            stem.push_str(form);
        }
        let masked =
            self.settings.names != NameFinder::None && (is_political_side(form) || is_office(form));
        let known = Known {
            word: if masked {
                NAME
            } else {
                u32::try_from(self.words.len()).unwrap_or(u32::MAX)
            },
            common: is_lexical && self.lexicon.contains(form),
            never_a_name: is_never_a_name(form),
            particle: is_name_particle(form),
        };
        self.surface_keys.push(key_of(form));
        self.stem_keys.push(key_of(&stem));
        self.circumstances.push(circumstances_of(form));
        self.words.push(Word {
            surface: form.into(),
            stem: stem.into_boxed_str(),
            is_lexical,
        });
        self.known.insert(key, known);
        known
    }
}

impl Known {
    /// Does this capitalised token of the word name somebody or something?
    fn is_name(self, finder: NameFinder, token: &Token<'_>, capital_expected: bool) -> bool {
        !self.never_a_name
            && finder.is_name(Casing {
                capitalized: true,
                all_capitals: token.is_all_capitals(),
                len: token.text.len(),
                capital_expected,
                common: self.common,
            })
    }
}

impl Mention {
    fn token<'t>(&self, text: &'t str) -> Token<'t> {
        Token {
            text: &text[self.start as usize..self.end as usize],
            byte_offset: self.start as usize,
            kind: self.kind,
        }
    }
}

/// The key of what is not a word in ASCII; `form` is where its normal form is made.
#[cold]
fn rare_key(text: &str, lexeme: &Lexeme, form: &mut String) -> u64 {
    let token = Token {
        text: &text[lexeme.start..lexeme.end],
        byte_offset: lexeme.start,
        kind: lexeme.kind,
    };
    key_of_form(token.normal_form(form))
}

/// The key under which an analyzer keeps a normal form.
fn key_of_form(form: &str) -> u64 {
    quick_key(form.as_bytes(), 0..form.len()).unwrap_or_else(|| key_of(form))
}

/// Byte offsets are kept in 32 bits; what lies past 4 GiB is not told apart.
fn offset(byte_offset: usize) -> u32 {
    u32::try_from(byte_offset).unwrap_or(u32::MAX)
}

/// True for marks after which a sentence may start.
fn opens_speech(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "„" | "«" | ":")
}

/// True if most words of a text of four or more start with a capital: capitals mean nothing there.
fn is_headline(mentions: &[Mention]) -> bool {
    const FEWEST_WORDS: usize = 4;
    let words = mentions.iter().filter(|m| m.kind == TokenKind::Word);
    let (words, capitals) = words.fold((0, 0), |(words, capitals), m| {
        (words + 1, capitals + usize::from(m.capitalized))
    });
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
            ("the liberals lied", "the conservatives lied"),
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
        assert_eq!((found[1].word, found[1].span()), (NAME, 4..17));
    }
}
