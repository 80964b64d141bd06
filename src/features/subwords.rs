//! The subword channel: character n-grams inside words.
//!
//! `φ(word)` holds the idf of each n-gram of `<word>` (the brackets mark its ends), scaled to
//! length one, so that a word that was never seen is read by its parts (Bojanowski et al. 2017).
//! Names, numbers and marks have none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::analyzer::Word;
use super::corpus::Corpus;
use super::ngrams::idf;
use super::term_index::TermIndex;
use crate::text::StringTable;
use crate::text::key::key_of;
use crate::{Error, Result};

/// Settings of the subword channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Subwords {
    /// Shortest n-gram, in characters; 1 to `longest`. Default 3.
    pub shortest: usize,
    /// Longest n-gram, in characters; at most 8. Default 5.
    pub longest: usize,
    /// Distinct words that must contain an n-gram; at least 1. Default 3.
    pub min_words: u32,
    /// Length of the row of a one-word text; above 0. Default 1.
    pub scale: f32,
}

impl Default for Subwords {
    fn default() -> Self {
        Self {
            shortest: 3,
            longest: 5,
            min_words: 3,
            scale: 1.0,
        }
    }
}

impl Subwords {
    /// # Errors
    /// [`crate::ErrorKind::Setting`] if a setting is out of its range.
    pub fn check(&self) -> Result<()> {
        if !(1..=self.longest).contains(&self.shortest) || self.longest > 8 {
            let found = format!("{} to {}", self.shortest, self.longest);
            return Err(Error::setting(
                "subword range",
                found,
                "1 <= shortest <= longest <= 8",
            ));
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

    /// Learns which n-grams there are and their idf.
    pub(super) fn fit(&self, corpus: &Corpus<'_>) -> SubwordChannel {
        let mut counts: BTreeMap<String, (u32, u64)> = BTreeMap::new();
        for (index, df) in corpus.row_frequencies().into_iter().enumerate() {
            let word = corpus.word(u32::try_from(index).unwrap_or(u32::MAX));
            if !word.is_lexical || df == 0 {
                continue;
            }
            let mut grams = Vec::new();
            self.each_gram(&word.surface, |gram| grams.push(gram.to_owned()));
            grams.sort_unstable();
            grams.dedup();
            for gram in grams {
                let (words, rows) = counts.entry(gram).or_default();
                *words += 1;
                *rows += u64::from(df);
            }
        }
        let n = corpus.n_rows() as f64;
        let kept = counts
            .into_iter()
            .filter(|(_, (words, _))| *words >= self.min_words);
        let (grams, idf): (Vec<String>, _) = kept
            .map(|(gram, (_, rows))| (gram, idf(n, (rows as f64).min(n))))
            .unzip();
        SubwordChannel::new(self.clone(), grams.into_iter().collect(), idf)
    }

    fn each_gram(&self, word: &str, mut found: impl FnMut(&str)) {
        let padded = format!("<{word}>");
        let ends: Vec<usize> = padded
            .char_indices()
            .map(|(i, _)| i)
            .chain([padded.len()])
            .collect();
        for n in self.shortest..=self.longest {
            for window in ends.windows(n + 1) {
                found(&padded[window[0]..window[n]]);
            }
        }
    }
}

/// Room for the n-grams of all but the longest words.
const MOST_GRAMS: usize = 48;

/// A fitted subword channel.
#[derive(Clone, Debug)]
pub struct SubwordChannel {
    settings: Subwords,
    grams: StringTable,
    idf: Vec<f32>,
    index: TermIndex,
}

impl SubwordChannel {
    /// A channel from its parts: sorted n-grams and their idf.
    pub(crate) fn new(settings: Subwords, grams: StringTable, idf: Vec<f32>) -> Self {
        let index = TermIndex::new(grams.iter().map(key_of));
        Self {
            settings,
            grams,
            idf,
            index,
        }
    }

    /// What it was fitted with.
    #[must_use]
    pub fn settings(&self) -> &Subwords {
        &self.settings
    }

    /// The n-grams, sorted.
    #[must_use]
    pub fn grams(&self) -> &StringTable {
        &self.grams
    }

    /// The inverse document frequencies, one an n-gram, at least 1.
    #[must_use]
    pub fn idf(&self) -> &[f32] {
        &self.idf
    }

    pub(super) fn push_features(&self, word: &Word, out: &mut Vec<(u32, f32)>) {
        if !word.is_lexical {
            return;
        }
        let start = out.len();
        let mut keys = Vec::with_capacity(MOST_GRAMS);
        self.settings
            .each_gram(&word.surface, |gram| keys.push(key_of(gram)));
        let mut columns = Vec::with_capacity(MOST_GRAMS);
        self.index.look_up_known(&mut keys, &mut columns);
        columns.sort_unstable();
        out.extend(columns.iter().map(|&c| (c, self.idf[c as usize])));
        let squares: f32 = out[start..].iter().map(|(_, v)| v * v).sum();
        for (_, value) in &mut out[start..] {
            *value /= squares.sqrt();
        }
    }
}
