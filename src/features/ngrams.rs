//! The word n-gram channel: TF-IDF over n-grams of stems or of words.
//!
//! value = (1 + ln tf) · idf, each row scaled to Euclidean length one, with
//! idf = ln((1 + n) / (1 + df)) + 1 frozen when the channel is fitted: scikit-learn's
//! `TfidfVectorizer(sublinear_tf=True)`. The vocabulary is sorted.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::analyzer::{Analyzer, Occurrence, Unit, Word};
use super::circumstance::{ALL, numbers};
use super::corpus::Corpus;
use super::row::{RowBuilder, Scratch};
use super::term_finder::TermFinder;
use super::term_index::TermIndex;
use crate::text::StringTable;
use crate::text::key::{KeyHasher, join_keys, key_of};
use crate::{Error, Result};

/// Settings of the word n-gram channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordNgrams {
    /// Shortest n-gram, in words; 1 to `longest`. Default 1.
    pub shortest: usize,
    /// Longest n-gram, in words; at most 5. Default 2.
    pub longest: usize,
    /// Rows that must contain a term for it to enter the vocabulary; at least 1. Default 2.
    pub min_df: u32,
    /// Largest vocabulary; the terms with the highest df stay. Default 300,000.
    pub max_terms: usize,
    /// What the n-grams are made of. Default `stems`.
    pub unit: Unit,
    /// Whether words are told apart by what kind of sentence they stand in: one that quotes, reports what
    /// somebody said, speaks of *I* or *we*, speaks to *you*, asks or exclaims, or has a number. A word then counts
    /// once for each of these that is true of its sentence. For single words only. Default false.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub circumstances: bool,
    /// Length of a row before it is joined with the other channels; above 0. Default 1.
    pub scale: f32,
}

impl Default for WordNgrams {
    fn default() -> Self {
        Self {
            shortest: 1,
            longest: 2,
            min_df: 2,
            max_terms: 300_000,
            unit: Unit::Stems,
            circumstances: false,
            scale: 1.0,
        }
    }
}

/// Longest n-gram that may be asked for.
const LONGEST: usize = 5;

impl WordNgrams {
    /// # Errors
    /// [`crate::ErrorKind::Setting`] if a setting is out of its range.
    pub fn check(&self) -> Result<()> {
        let range = (1..=self.longest).contains(&self.shortest) && self.longest <= LONGEST;
        if !range {
            let found = format!("{} to {}", self.shortest, self.longest);
            return Err(Error::setting(
                "n-gram range",
                found,
                "1 <= shortest <= longest <= 5",
            ));
        }
        if self.circumstances && self.longest > 1 {
            let expected = "1 where circumstances tell words apart";
            return Err(Error::setting("longest", self.longest, expected));
        }
        if self.min_df == 0 {
            return Err(Error::setting("min_df", 0, "at least 1"));
        }
        if !(self.scale > 0.0 && self.scale.is_finite()) {
            return Err(Error::setting(
                "scale",
                self.scale,
                "a finite number above 0",
            ));
        }
        Ok(())
    }

    /// Learns vocabulary and idf.
    pub(super) fn fit(&self, corpus: &Corpus<'_>) -> WordNgramChannel {
        let kept = self.select(corpus);
        let mut terms: Vec<(String, u32)> = self.spell(corpus, &kept);
        terms.sort_unstable();
        let n = corpus.n_rows() as f64;
        let idf = terms.iter().map(|(_, df)| idf(n, f64::from(*df))).collect();
        let terms = terms.into_iter().map(|(term, _)| term).collect();
        WordNgramChannel::new(self.clone(), terms, idf)
    }

    /// Keys of the terms that stay, with their df.
    fn select(&self, corpus: &Corpus<'_>) -> HashMap<u64, u32, KeyHasher> {
        let mut seen: HashMap<u64, (u32, u32), KeyHasher> = HashMap::default();
        let mut keys = Vec::new();
        for (row, occurrences) in corpus.rows().enumerate() {
            let row = row as u32 + 1;
            self.keys_into(corpus.analyzer(), occurrences, &mut keys);
            for &key in &keys {
                let (df, last) = seen.entry(key).or_insert((0, 0));
                *df += u32::from(*last != row);
                *last = row;
            }
        }
        let mut kept: Vec<(u32, u64)> = seen
            .iter()
            .filter(|(_, s)| s.0 >= self.min_df)
            .map(|(&key, s)| (s.0, key))
            .collect();
        drop(seen);
        if kept.len() > self.max_terms {
            kept.sort_unstable_by_key(|&(df, key)| (std::cmp::Reverse(df), key));
            kept.truncate(self.max_terms);
        }
        kept.into_iter().map(|(df, key)| (key, df)).collect()
    }

    /// The terms behind the kept keys, as text.
    fn spell(
        &self,
        corpus: &Corpus<'_>,
        kept: &HashMap<u64, u32, KeyHasher>,
    ) -> Vec<(String, u32)> {
        let mut left = kept.clone();
        let mut terms = Vec::with_capacity(left.len());
        let mut keys = Vec::new();
        for occurrences in corpus.rows() {
            self.keys_into(corpus.analyzer(), occurrences, &mut keys);
            let bits = corpus.analyzer().circumstances(occurrences);
            for (key, (mark, words)) in keys.iter().zip(self.ngrams(bits, occurrences)) {
                if let Some(df) = left.remove(key) {
                    let forms = words.iter().map(|o| self.form(corpus.word(o.word)));
                    let forms = mark.into_iter().chain(forms);
                    terms.push((forms.collect::<Vec<_>>().join(" "), df));
                }
            }
        }
        terms
    }

    fn form<'w>(&self, word: &'w Word) -> &'w str {
        match self.unit {
            Unit::Words => &word.surface,
            Unit::Stems => &word.stem,
        }
    }

    /// The n-grams: the shortest first, those of one length in the order of the text; or the words under
    /// the mark of each circumstance.
    fn ngrams<'o>(
        &self,
        circumstances: u8,
        words: &'o [Occurrence],
    ) -> impl Iterator<Item = (Option<&'static str>, &'o [Occurrence])> {
        let marks = numbers(if self.circumstances { circumstances } else { 0 });
        let lengths = (self.shortest..=self.longest).filter(|_| !self.circumstances);
        let plain = lengths.flat_map(|n| words.windows(n)).map(|w| (None, w));
        let marked = marks.flat_map(|i| words.windows(1).map(move |w| (Some(ALL[i].mark), w)));
        plain.chain(marked)
    }

    /// Fills `keys` with those of [`WordNgrams::ngrams`].
    pub(super) fn keys_into(
        &self,
        analyzer: &Analyzer<'_>,
        words: &[Occurrence],
        keys: &mut Vec<u64>,
    ) {
        let word_keys = analyzer.keys(self.unit);
        keys.clear();
        if self.circumstances {
            for i in numbers(analyzer.circumstances(words)) {
                let mark = key_of(ALL[i].mark);
                keys.extend(
                    words
                        .iter()
                        .map(|o| join_keys(mark, word_keys[o.word as usize])),
                );
            }
            return;
        }
        keys.extend(words.iter().map(|o| word_keys[o.word as usize]));
        let (mut left, mut shortest) = (0, 0);
        for n in 2..=self.longest {
            let start = keys.len();
            keys.resize(start + (words.len() + 1).saturating_sub(n), 0);
            let (shorter, new) = keys.split_at_mut(start);
            let last_words = shorter[..words.len()].iter().skip(n - 1);
            for ((key, left), right) in new.iter_mut().zip(&shorter[left..]).zip(last_words) {
                *key = join_keys(*left, *right);
            }
            left = start;
            if n == self.shortest {
                shortest = start;
            }
        }
        keys.drain(..shortest);
    }
}

/// Smoothed inverse document frequency.
pub(crate) fn idf(n: f64, df: f64) -> f32 {
    (((1.0 + n) / (1.0 + df)).ln() + 1.0) as f32
}

/// A fitted word n-gram channel.
#[derive(Clone, Debug)]
pub struct WordNgramChannel {
    pub(super) settings: WordNgrams,
    terms: StringTable,
    idf: Vec<f32>,
    pub(super) index: TermIndex,
}

impl WordNgramChannel {
    /// A channel from its parts: `terms` (sorted, words joined by a space) and their `idf`.
    #[must_use]
    pub(crate) fn new(settings: WordNgrams, terms: StringTable, idf: Vec<f32>) -> Self {
        let index = TermIndex::new(term_keys(&terms));
        Self {
            settings,
            terms,
            idf,
            index,
        }
    }

    /// What it was fitted with.
    #[must_use]
    pub fn settings(&self) -> &WordNgrams {
        &self.settings
    }

    /// The vocabulary, sorted.
    #[must_use]
    pub fn terms(&self) -> &StringTable {
        &self.terms
    }

    /// The inverse document frequencies, one a term, at least 1.
    #[must_use]
    pub fn idf(&self) -> &[f32] {
        &self.idf
    }

    /// Adds the row of these occurrences to `row`, with columns from `first_column` on.
    pub(crate) fn fill(
        &self,
        analyzer: &Analyzer<'_>,
        occurrences: &[Occurrence],
        first_column: u32,
        row: &mut RowBuilder,
    ) {
        let Scratch { keys, columns, .. } = &mut row.scratch;
        self.settings.keys_into(analyzer, occurrences, keys);
        self.index.look_up_known(keys, columns);
        self.weigh(first_column, row);
    }

    /// Adds the columns found to `row`: repeated ones count as tf.
    fn weigh(&self, first_column: u32, row: &mut RowBuilder) {
        let start = row.len();
        let mut columns = std::mem::take(&mut row.scratch.columns);
        columns.sort_unstable();
        let mut squares = 0.0;
        for same in columns.chunk_by(|a, b| a == b) {
            let value = sublinear(same.len() as u32) * self.idf[same[0] as usize];
            squares += f64::from(value) * f64::from(value);
            row.push(first_column + same[0], value);
        }
        row.scratch.columns = columns;
        let factor = f64::from(self.settings.scale) / f64::sqrt(squares);
        for value in row.values_mut(start) {
            *value = (f64::from(*value) * factor) as f32;
        }
    }

    /// What finds the terms of this channel in texts.
    pub(crate) fn finder(&self) -> TermFinder<'_> {
        TermFinder::new(self)
    }

    /// Every place in these occurrences that adds to a column of this channel; the places of one
    /// column add the same.
    pub(crate) fn places(
        &self,
        analyzer: &Analyzer<'_>,
        occurrences: &[Occurrence],
    ) -> Vec<(u32, Range<usize>)> {
        let (mut keys, mut columns) = (Vec::new(), Vec::new());
        self.settings.keys_into(analyzer, occurrences, &mut keys);
        self.index.look_up(&keys, &mut columns);
        let bits = analyzer.circumstances(occurrences);
        let ngrams = columns.iter().zip(self.settings.ngrams(bits, occurrences));
        ngrams
            .filter_map(|(&column, (_, words))| {
                let (first, last) = (words.first()?, words.last()?);
                Some((column.checked_sub(1)?, first.span().start..last.span().end))
            })
            .collect()
    }
}

/// What `tf` occurrences of a term count: 1 + ln tf.
pub(crate) fn sublinear(tf: u32) -> f32 {
    match tf {
        1 => 1.0,
        _ => 1.0 + (tf as f32).ln(),
    }
}

/// The keys of terms given as text. Neighbours in a sorted vocabulary share their beginnings, whose
/// keys are made once.
fn term_keys(terms: &StringTable) -> impl ExactSizeIterator<Item = u64> {
    // Where each word of the term before ends in it, and the key of the n-gram up to there.
    let mut made: Vec<(usize, u64)> = Vec::new();
    let mut before = "";
    terms.iter().map(move |term| {
        let shared = term.bytes().zip(before.bytes());
        let shared = shared.take_while(|(a, b)| a == b).count();
        let ends_there = |end: usize| matches!(term.as_bytes().get(end), None | Some(b' '));
        while let Some(&(end, _)) = made.last()
            && (end > shared || !ends_there(end))
        {
            made.pop();
        }
        before = term;
        let new = made
            .last()
            .map_or(Some(term), |&(end, _)| term.get(end + 1..));
        for word in new.into_iter().flat_map(|words| words.split(' ')) {
            let key = key_of(word);
            let (end, key) = match made.last() {
                Some(&(end, left)) => (end + 1 + word.len(), join_keys(left, key)),
                None => (word.len(), key),
            };
            made.push((end, key));
        }
        made.last().map_or(0, |&(_, key)| key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_terms_are_those_of_their_words() {
        let terms = [
            "", "a", "a b", "a b c", "a bc", "ab", "ab c", "é", "é a", "é a", "a b",
        ];
        let alone = |term: &str| {
            let keys = term.split(' ').map(key_of);
            keys.reduce(join_keys).expect("a word")
        };
        let table: StringTable = terms.into_iter().collect();
        let keys: Vec<u64> = term_keys(&table).collect();
        assert_eq!(keys, terms.map(alone));
    }
}
