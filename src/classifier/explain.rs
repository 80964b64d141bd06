//! Which words made it so: a sentence's logits taken apart, exactly.

use std::collections::BTreeMap;
use std::ops::Range;

use super::scorer::Scorer;

/// What one place of the text adds to each logit.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Bytes of the text: a word or an n-gram; empty at an edge of the text that counts as a word.
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
        let tables = self.finders.iter_mut().zip(&self.classifier.term_weights);
        for (finder, weights) in tables {
            let terms = finder.find(&self.analyzer, &self.occurrences);
            let factor = weights.factor(terms, k);
            let tf: BTreeMap<u32, u32> = terms.iter().copied().collect();
            for (term, span) in finder.channel().places(&self.analyzer, &self.occurrences) {
                let (value, coefficients) = weights.term(term, tf[&term], k);
                let share = factor * value / f64::from(tf[&term]);
                add(
                    span,
                    &mut coefficients.iter().map(|w| share * f64::from(*w)),
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
