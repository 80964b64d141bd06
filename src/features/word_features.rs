//! Channels whose row is a sum over words: `scale / √n · Σ φ(word)` for a text of `n` words.
//!
//! Because a linear model on such a row gives each word one weight per class whatever its
//! neighbours are, these channels cost nothing when scoring: [`crate::classifier::Scorer`] adds
//! up `φ(word) · W` once for each distinct word and remembers it.

use super::analyzer::{Analyzer, Occurrence, Word};
use super::row::RowBuilder;
use super::style::StyleChannel;
use super::subwords::SubwordChannel;
use super::vectors::{WordTableChannel, WordVectorChannel};

/// A fitted channel that gives each word a sparse vector `φ(word)`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WordFeatureChannel {
    /// Character n-grams of the word.
    Subwords(SubwordChannel),
    /// Style inventories that hold the word.
    Style(StyleChannel),
    /// The word's vector.
    Vectors(WordVectorChannel),
    /// The word itself, if it is in a table.
    Words(WordTableChannel),
}

impl WordFeatureChannel {
    /// Number of columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        match self {
            Self::Subwords(channel) => channel.grams().len(),
            Self::Style(channel) => channel.names().len(),
            Self::Vectors(channel) => channel.dimensions(),
            Self::Words(channel) => channel.words().len(),
        }
    }

    /// What a column stands for.
    #[must_use]
    pub fn column_name(&self, column: usize) -> String {
        match self {
            Self::Subwords(channel) => format!("‹{}›", channel.grams().get(column)),
            Self::Style(channel) => format!("[{}]", channel.names()[column]),
            Self::Vectors(_) => format!("vector {column}"),
            Self::Words(channel) => format!("{}*", channel.words().get(column)),
        }
    }

    /// The setting `scale`.
    #[must_use]
    pub fn scale(&self) -> f32 {
        match self {
            Self::Subwords(channel) => channel.settings().scale,
            Self::Style(channel) => channel.settings().scale,
            Self::Vectors(channel) => channel.settings().scale,
            Self::Words(channel) => channel.scale(),
        }
    }

    /// Appends the (column, value) pairs of `φ(word)`, columns increasing.
    pub fn push_features(&self, word: &Word, out: &mut Vec<(u32, f32)>) {
        match self {
            Self::Subwords(channel) => channel.push_features(word, out),
            Self::Style(channel) => channel.push_features(word, out),
            Self::Vectors(channel) => channel.push_features(word, out),
            Self::Words(channel) => channel.push_features(word, out),
        }
    }

    /// Adds the row of these occurrences to `row`, with columns from `first_column` on.
    pub(super) fn fill(
        &self,
        analyzer: &Analyzer<'_>,
        occurrences: &[Occurrence],
        first_column: u32,
        row: &mut RowBuilder,
    ) {
        let n = occurrences.len().max(1) as f64;
        let factor = (f64::from(self.scale()) / n.sqrt()) as f32;
        let found = &mut row.scratch.found;
        found.clear();
        for occurrence in occurrences {
            self.push_features(analyzer.word(occurrence.word), found);
        }
        for (_, value) in found {
            *value *= factor;
        }
        row.push_sums(first_column);
    }
}
