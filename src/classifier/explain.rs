//! Which words made it so: a sentence's logits taken apart, exactly.

use std::collections::BTreeMap;
use std::ops::Range;

use super::scorer::Scorer;
use crate::features::{Channel, RowBuilder};

/// What one place of the text adds to each logit.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Bytes of the text: a word or an n-gram.
    pub span: Range<usize>,
    /// What is added to each class's logit. For an n-gram that occurs twice each place has half.
    pub weights: Vec<f64>,
}

/// The logits of a sentence as a sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The intercepts, one a class.
    pub intercepts: Vec<f64>,
    /// All contributions, in the order of the text. Intercepts and contributions sum to the
    /// logits (within rounding, 1e-6).
    pub contributions: Vec<Contribution>,
}

impl Scorer<'_> {
    /// Takes the logits of one sentence apart.
    pub fn explain(&mut self, text: &str) -> Explanation {
        self.analyze(text);
        let model = self.classifier.model();
        let k = model.n_classes();
        let mut places: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
        let mut add = |span: Range<usize>, weights: &mut dyn Iterator<Item = f64>| {
            let sums = places
                .entry((span.start, span.end))
                .or_insert_with(|| vec![0.0; k]);
            sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += w);
        };
        let mut row = RowBuilder::default();
        for (first, channel) in self.classifier.features().blocks() {
            let Channel::WordNgrams(ngrams) = channel else {
                continue;
            };
            row.clear();
            ngrams.fill(&self.analyzer, &self.occurrences, first, &mut row);
            let found = ngrams.places(&self.analyzer, &self.occurrences);
            for (column, span) in &found {
                let n_places = found.iter().filter(|place| place.0 == *column).count();
                let value = f64::from(row.value(first + column)) / n_places as f64;
                let start = (first + column) as usize * k;
                let weights = &model.coefficients()[start..start + k];
                add(
                    span.clone(),
                    &mut weights.iter().map(|w| value * f64::from(*w)),
                );
            }
        }
        let factor = 1.0 / (self.occurrences.len().max(1) as f64).sqrt();
        for occurrence in &self.occurrences {
            if let Some(weights) = self.word_logits(occurrence.word) {
                add(occurrence.span(), &mut weights.iter().map(|w| factor * w));
            }
        }
        let contributions = places
            .into_iter()
            .map(|((start, end), weights)| Contribution {
                span: start..end,
                weights,
            })
            .collect();
        Explanation {
            intercepts: model.intercepts().to_vec(),
            contributions,
        }
    }
}
