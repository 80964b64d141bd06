//! The word-vector channel: what a word means, for words the training text never had.
//!
//! `φ(word) = a / (a + p(word)) · v(word)`: smooth inverse frequency weights (Arora et al. 2017) on
//! fixed vectors that `tools/make_vectors.py` makes from words alone. It is a channel to fit with:
//! a linear model on it gives each word one weight a class, so afterwards it is folded into a
//! [`WordTableChannel`] and no vector is needed for scoring.

use std::collections::HashMap;
use std::sync::Arc;

use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};

use super::analyzer::Word;
use super::corpus::Corpus;
use super::key_table::KeyTable;
use crate::text::StringTable;
use crate::text::key::{KeyHasher, key_of};
use crate::{Error, ErrorKind, Result};

/// Settings of the word-vector channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordVectors {
    /// Length of the row of a text of one average word; above 0. Default 1.
    pub scale: f32,
    /// Leading dimensions to use; at least 1, at most those there are. Default 128.
    pub dimensions: usize,
    /// `a` of the smooth inverse frequency, a share of all words; above 0. Default 0.001.
    pub rarity: f64,
}

impl Default for WordVectors {
    fn default() -> Self {
        Self {
            scale: 1.0,
            dimensions: 128,
            rarity: 1e-3,
        }
    }
}

impl WordVectors {
    /// # Errors
    /// [`ErrorKind::Setting`] if a setting is out of its range.
    pub fn check(&self) -> Result<()> {
        if !(self.scale > 0.0 && self.scale.is_finite()) {
            return Err(Error::setting(
                "scale",
                self.scale,
                "a finite number above 0",
            ));
        }
        if !(self.rarity > 0.0 && self.rarity.is_finite()) {
            return Err(Error::setting(
                "rarity",
                self.rarity,
                "a finite number above 0",
            ));
        }
        if self.dimensions == 0 {
            return Err(Error::setting("dimensions", 0, "at least 1"));
        }
        Ok(())
    }

    pub(super) fn fit(&self, corpus: &Corpus<'_>) -> Result<WordVectorChannel> {
        let table = VectorTable::embedded()?;
        let mut counts: HashMap<u64, u32, KeyHasher> = HashMap::default();
        let mut total = 0.0_f64;
        for occurrence in corpus.rows().flatten() {
            *counts
                .entry(key_of(&corpus.word(occurrence.word).surface))
                .or_default() += 1;
            total += 1.0;
        }
        let weight = |word: &str| {
            let count = counts.get(&key_of(word)).copied().unwrap_or(0);
            (self.rarity / (self.rarity + f64::from(count) / total.max(1.0))) as f32
        };
        let weights = table.words.iter().map(weight).collect();
        Ok(WordVectorChannel {
            settings: self.clone(),
            table: Arc::new(table),
            weights,
        })
    }
}

/// Words and their vectors.
#[derive(Debug)]
struct VectorTable {
    words: StringTable,
    columns: KeyTable<u32>,
    dimensions: usize,
    /// What one unit of each dimension stands for.
    scale: Vec<f32>,
    /// `[word][dimension]`.
    vectors: Vec<i8>,
}

/// Made by `tools/make_vectors.py`.
const VECTORS: &[u8] = include_bytes!("../../models/vectors.safetensors");

impl VectorTable {
    fn embedded() -> Result<Self> {
        Self::read(VECTORS).ok_or_else(|| {
            ErrorKind::BadModel {
                path: "embedded word vectors".into(),
                found: "no words, scale and vectors that fit together".to_owned(),
                expected: "the output of tools/make_vectors.py".to_owned(),
            }
            .into()
        })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let tensors = SafeTensors::deserialize(bytes).ok()?;
        let words = std::str::from_utf8(tensors.tensor("words").ok()?.data()).ok()?;
        let words: StringTable = words.lines().collect();
        let scale = tensors.tensor("scale").ok()?;
        let scale: Vec<f32> = scale
            .data()
            .as_chunks()
            .0
            .iter()
            .map(|b| f32::from_le_bytes(*b))
            .collect();
        let vectors = tensors.tensor("vectors").ok()?;
        let vectors: Vec<i8> = vectors.data().iter().map(|b| b.cast_signed()).collect();
        let columns = columns_of(words.iter());
        let fits = vectors.len() == words.len() * scale.len() && !scale.is_empty();
        fits.then_some(Self {
            words,
            columns,
            dimensions: scale.len(),
            scale,
            vectors,
        })
    }
}

/// A fitted word-vector channel: one column a dimension.
#[derive(Clone, Debug)]
pub struct WordVectorChannel {
    settings: WordVectors,
    table: Arc<VectorTable>,
    /// The smooth inverse frequency of each word of the table.
    weights: Vec<f32>,
}

impl WordVectorChannel {
    /// What it was fitted with.
    #[must_use]
    pub fn settings(&self) -> &WordVectors {
        &self.settings
    }

    /// Number of columns.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.settings.dimensions.min(self.table.dimensions)
    }

    /// The words that have a vector.
    #[must_use]
    pub fn words(&self) -> &StringTable {
        &self.table.words
    }

    /// `φ` of the word with this index in [`WordVectorChannel::words`], one value a dimension.
    pub fn features_of(&self, word: usize) -> impl Iterator<Item = f32> + '_ {
        let start = word * self.table.dimensions;
        let vector = self
            .table
            .vectors
            .get(start..start + self.dimensions())
            .unwrap_or(&[]);
        let weight = self.weights.get(word).copied().unwrap_or(0.0);
        vector
            .iter()
            .zip(&self.table.scale)
            .map(move |(v, s)| f32::from(*v) * s * weight)
    }

    pub(super) fn push_features(&self, word: &Word, out: &mut Vec<(u32, f32)>) {
        if let Some(index) = self.table.columns.get(key_of(&word.surface)) {
            out.extend((0..).zip(self.features_of(index as usize)));
        }
    }
}

/// A channel with one column a word: 1 for the word itself.
#[derive(Clone, Debug)]
pub struct WordTableChannel {
    scale: f32,
    words: StringTable,
    columns: KeyTable<u32>,
}

impl WordTableChannel {
    /// A channel of these words, sorted and all different.
    #[must_use]
    pub fn new(scale: f32, words: StringTable) -> Self {
        let columns = columns_of(words.iter());
        Self {
            scale,
            words,
            columns,
        }
    }

    /// Length of the row of a text of one word.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The words, one a column, sorted.
    #[must_use]
    pub fn words(&self) -> &StringTable {
        &self.words
    }

    pub(super) fn push_features(&self, word: &Word, out: &mut Vec<(u32, f32)>) {
        out.extend(
            self.columns
                .get(key_of(&word.surface))
                .map(|column| (column, 1.0)),
        );
    }
}

/// The number of each word, by its key.
fn columns_of<'w>(words: impl ExactSizeIterator<Item = &'w str>) -> KeyTable<u32> {
    let mut columns = KeyTable::with_capacity(words.len());
    for (word, column) in words.zip(0..) {
        columns.insert(key_of(word), column);
    }
    columns
}
