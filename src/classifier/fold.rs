//! Folding word vectors into a table of words.
//!
//! A linear layer on a sum of vectors is a sum of one weight a word: `Σ φ(word) · W`. So after a fit
//! each word-vector channel becomes a channel with one column a word, and nothing changes but the
//! cost.

use super::Classifier;
use crate::Result;
use crate::features::{
    Channel, FeatureSpace, WordFeatureChannel, WordTableChannel, WordVectorChannel,
};
use crate::linear::LogisticRegression;

/// Words that move no logit by more than this are left out of the table.
const SMALLEST_WEIGHT: f32 = 1e-4;

impl Classifier {
    /// The same classifier without word vectors: a table of words in their place.
    ///
    /// # Errors
    /// None for a classifier whose parts fit together.
    pub fn folded(self) -> Result<Self> {
        let k = self.model.n_classes();
        let mut channels = Vec::new();
        let mut coefficients = Vec::new();
        for (first, channel) in self.features.blocks() {
            let start = first as usize * k;
            let block = &self.model.coefficients()[start..start + channel.n_columns() * k];
            match channel {
                Channel::WordFeatures(WordFeatureChannel::Vectors(vectors)) => {
                    let table = fold(vectors, block, k, &mut coefficients);
                    channels.push(Channel::WordFeatures(WordFeatureChannel::Words(table)));
                }
                other => {
                    coefficients.extend_from_slice(block);
                    channels.push(other.clone());
                }
            }
        }
        let features = FeatureSpace::from_parts(
            self.features.text_settings(),
            self.features.lexicon().clone(),
            channels,
        );
        let intercepts = self.model.intercepts().to_vec();
        let model = LogisticRegression::from_parts(features.n_columns(), coefficients, intercepts)?;
        Ok(Self {
            documents: self.documents,
            ..Self::new(self.scheme, features, model)?
        })
    }
}

/// The table of a channel; the weights of its words are appended to `coefficients`.
fn fold(
    vectors: &WordVectorChannel,
    block: &[f32],
    k: usize,
    coefficients: &mut Vec<f32>,
) -> WordTableChannel {
    let mut words = Vec::new();
    let mut weights = vec![0.0_f64; k];
    for (index, word) in vectors.words().iter().enumerate() {
        weights.fill(0.0);
        for (value, row) in vectors.features_of(index).zip(block.chunks_exact(k)) {
            for (sum, w) in weights.iter_mut().zip(row) {
                *sum += f64::from(value) * f64::from(*w);
            }
        }
        if weights.iter().any(|w| w.abs() as f32 > SMALLEST_WEIGHT) {
            words.push(word);
            coefficients.extend(weights.iter().map(|w| *w as f32));
        }
    }
    WordTableChannel::new(vectors.settings().scale, words.into_iter().collect())
}
