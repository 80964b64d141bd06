//! The word n-gram channel: TF-IDF over n-grams of stems or of words.
//!
//! value = (1 + ln tf) · idf, each row scaled to Euclidean length one, with
//! idf = ln((1 + n) / (1 + df)) + 1 frozen when the channel is fitted: scikit-learn's
//! `TfidfVectorizer(sublinear_tf=True)`. The vocabulary is sorted.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::analyzer::{Analyzer, Occurrence, Word};
use super::corpus::Corpus;
use super::row::RowBuilder;
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
    /// True for stems, false for words as written. Default true.
    pub stems: bool,
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
            stems: true,
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
        for (row, occurrences) in corpus.rows().enumerate() {
            let row = row as u32 + 1;
            self.each_key(
                occurrences,
                |o| corpus.word(o.word),
                |key, _, _| {
                    let (df, last) = seen.entry(key).or_insert((0, 0));
                    *df += u32::from(*last != row);
                    *last = row;
                },
            );
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
        for occurrences in corpus.rows() {
            self.each_key(
                occurrences,
                |o| corpus.word(o.word),
                |key, first, n| {
                    if let Some(df) = left.remove(&key) {
                        let words = &occurrences[first..first + n];
                        let forms = words.iter().map(|o| self.form(corpus.word(o.word)));
                        terms.push((forms.collect::<Vec<_>>().join(" "), df));
                    }
                },
            );
        }
        terms
    }

    fn form<'w>(&self, word: &'w Word) -> &'w str {
        if self.stems {
            &word.stem
        } else {
            &word.surface
        }
    }

    /// Calls `found(key, first, n)` for every n-gram of the occurrences.
    fn each_key<'w>(
        &self,
        occurrences: &[Occurrence],
        word: impl Fn(&Occurrence) -> &'w Word,
        mut found: impl FnMut(u64, usize, usize),
    ) {
        for first in 0..occurrences.len() {
            let mut key = 0;
            for (n, occurrence) in (1..=self.longest).zip(&occurrences[first..]) {
                let word = word(occurrence);
                let next = if self.stems {
                    word.stem_key
                } else {
                    word.surface_key
                };
                key = if n == 1 { next } else { join_keys(key, next) };
                if n >= self.shortest {
                    found(key, first, n);
                }
            }
        }
    }
}

/// Smoothed inverse document frequency.
pub(crate) fn idf(n: f64, df: f64) -> f32 {
    (((1.0 + n) / (1.0 + df)).ln() + 1.0) as f32
}

/// A fitted word n-gram channel.
#[derive(Clone, Debug)]
pub struct WordNgramChannel {
    settings: WordNgrams,
    terms: Vec<String>,
    idf: Vec<f32>,
    columns: HashMap<u64, u32, KeyHasher>,
}

impl WordNgramChannel {
    /// A channel from its parts: `terms` (sorted, words joined by a space) and their `idf`.
    #[must_use]
    pub(crate) fn new(settings: WordNgrams, terms: Vec<String>, idf: Vec<f32>) -> Self {
        let columns = terms
            .iter()
            .zip(0..)
            .map(|(term, column)| (term_key(term), column))
            .collect();
        Self {
            settings,
            terms,
            idf,
            columns,
        }
    }

    /// What it was fitted with.
    #[must_use]
    pub fn settings(&self) -> &WordNgrams {
        &self.settings
    }

    /// The vocabulary, sorted.
    #[must_use]
    pub fn terms(&self) -> &[String] {
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
        let start = row.len();
        self.settings.each_key(
            occurrences,
            |o| analyzer.word(o.word),
            |key, first, n| {
                if let Some(&column) = self.columns.get(&key) {
                    let span =
                        occurrences[first].span().start..occurrences[first + n - 1].span().end;
                    row.add(first_column + column, 1.0, span);
                }
            },
        );
        row.merge(start);
        let mut squares = 0.0;
        for (column, value) in row.entries_mut(start) {
            *value = (1.0 + value.ln()) * self.idf[(*column - first_column) as usize];
            squares += f64::from(*value) * f64::from(*value);
        }
        let length = f64::sqrt(squares);
        for (_, value) in row.entries_mut(start) {
            *value = (f64::from(*value) * f64::from(self.settings.scale) / length) as f32;
        }
    }
}

/// The key of a term given as text.
fn term_key(term: &str) -> u64 {
    let mut words = term.split(' ').map(key_of);
    let first = words.next().unwrap_or_default();
    words.fold(first, join_keys)
}
