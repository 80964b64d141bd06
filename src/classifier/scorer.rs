//! The hot path: text to logits without allocating.

use std::ops::Range;

use super::Classifier;
use crate::features::{Analyzer, Channel, NAME, Occurrence, TermFinder};
use crate::linear::softmax;
use crate::text::NameFinder;

/// One probability per class, in scheme order; they sum to 1 within 1e-9.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores(pub(crate) Vec<f64>);

impl Scores {
    /// The probabilities.
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.0
    }

    /// The class with the highest probability; the first of equals.
    #[must_use]
    pub fn most_probable(&self) -> usize {
        most_probable(&self.0)
    }
}

/// Index of the largest of `probabilities`; the first of equals.
#[must_use]
pub fn most_probable(probabilities: &[f64]) -> usize {
    let mut best = 0;
    for (class, p) in probabilities.iter().enumerate() {
        if *p > probabilities[best] {
            best = class;
        }
    }
    best
}

/// Scores texts with one [`Classifier`]; remembers the words it has met.
pub struct Scorer<'m> {
    pub(super) classifier: &'m Classifier,
    pub(super) analyzer: Analyzer<'m>,
    pub(super) occurrences: Vec<Occurrence>,
    /// One for each n-gram channel.
    pub(super) finders: Vec<TermFinder<'m>>,
    /// `[word][class]`: what a word adds through all channels that sum over words, for √n = 1.
    /// Empty if there is no such channel.
    word_logits: Vec<f64>,
    features: Vec<(u32, f32)>,
    logits: Vec<f64>,
}

impl<'m> Scorer<'m> {
    pub(super) fn new(classifier: &'m Classifier) -> Self {
        let finders = classifier.features.channels().iter();
        let finders = finders.filter_map(|channel| match channel {
            Channel::WordNgrams(ngrams) => Some(ngrams.finder()),
            Channel::WordFeatures(_) => None,
        });
        Self {
            classifier,
            analyzer: classifier.features.analyzer(),
            occurrences: Vec::new(),
            finders: finders.collect(),
            word_logits: Vec::new(),
            features: Vec::new(),
            logits: Vec::new(),
        }
    }

    /// The probabilities of one sentence.
    pub fn score(&mut self, text: &str) -> Scores {
        let mut probabilities = Vec::new();
        self.score_into(text, &mut probabilities);
        Scores(probabilities)
    }

    /// Fills `probabilities` with those of one sentence, one a class.
    pub fn score_into(&mut self, text: &str, probabilities: &mut Vec<f64>) {
        self.logits(text);
        probabilities.clear();
        probabilities.extend_from_slice(&self.logits);
        softmax(probabilities);
    }

    /// The logits of one sentence, one a class; their mean over the classes carries no meaning.
    pub fn logits(&mut self, text: &str) -> &[f64] {
        self.analyze(text);
        self.logits.clear();
        self.logits
            .extend_from_slice(self.classifier.model.intercepts());
        for (finder, weights) in self.finders.iter_mut().zip(&self.classifier.term_weights) {
            let terms = finder.find(&self.analyzer, &self.occurrences);
            weights.add_up(terms, &mut self.logits);
        }
        if !self.word_logits.is_empty() {
            let factor = 1.0 / (self.occurrences.len().max(1) as f64).sqrt();
            let words = self.occurrences.iter().map(|o| o.word);
            add_words(words, &self.word_logits, factor, &mut self.logits);
        }
        &self.logits
    }

    /// Where the words that the model masks as names are, a run of them in one piece; none if it
    /// masks none.
    pub(crate) fn names(&mut self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.analyze(text);
        let names = self.occurrences.iter().filter(|o| o.word == NAME);
        names.map(Occurrence::span)
    }

    /// How the model finds names.
    pub(crate) fn name_finder(&self) -> NameFinder {
        self.classifier.features.text_settings().names
    }

    /// Cuts the text into words and weighs those that are new.
    pub(super) fn analyze(&mut self, text: &str) {
        if self.analyzer.analyze(text, &mut self.occurrences) {
            self.word_logits.clear();
            self.finders.iter_mut().for_each(TermFinder::forget);
        }
        let k = self.classifier.scheme.n_classes();
        let sums = self.classifier.features.channels().iter();
        if !sums.clone().any(|c| matches!(c, Channel::WordFeatures(_))) {
            return;
        }
        let known = self.word_logits.len() / k;
        for index in known..self.analyzer.n_words() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            self.weigh_word(index);
        }
    }

    fn weigh_word(&mut self, index: u32) {
        let start = self.word_logits.len();
        let model = &self.classifier.model;
        let k = model.n_classes();
        self.word_logits.resize(start + k, 0.0);
        for (first, channel) in self.classifier.features.blocks() {
            if let Channel::WordFeatures(words) = channel {
                self.features.clear();
                words.push_features(self.analyzer.word(index), &mut self.features);
                for &(column, value) in &self.features {
                    let at = (first + column) as usize * k;
                    let scaled = f64::from(value) * f64::from(words.scale());
                    let weights = &model.coefficients()[at..at + k];
                    add_scaled(&mut self.word_logits[start..], weights, scaled);
                }
            }
        }
    }

    /// What a word adds to each logit in a text where √n = 1.
    pub(super) fn word_logits(&self, word: u32) -> Option<&[f64]> {
        let k = self.classifier.scheme.n_classes();
        self.word_logits
            .get(word as usize * k..(word as usize + 1) * k)
    }
}

/// Adds `factor · Σ table[word]` to `logits`, of which a row of the table has as many.
fn add_words(words: impl Iterator<Item = u32>, table: &[f64], factor: f64, logits: &mut [f64]) {
    match logits.len() {
        2 => add_fixed::<2>(words, table, factor, logits),
        3 => add_fixed::<3>(words, table, factor, logits),
        4 => add_fixed::<4>(words, table, factor, logits),
        k => words.for_each(|word| {
            add_scaled(logits, &table[word as usize * k..][..k], factor);
        }),
    }
}

/// As [`add_words`], for `K` classes: the sums stay in registers.
fn add_fixed<const K: usize>(
    words: impl Iterator<Item = u32>,
    table: &[f64],
    factor: f64,
    logits: &mut [f64],
) {
    let rows = table.as_chunks::<K>().0;
    let mut sums = [0.0; K];
    for word in words {
        for (sum, w) in sums.iter_mut().zip(&rows[word as usize]) {
            *sum += w;
        }
    }
    add_scaled(logits, &sums, factor);
}

fn add_scaled<W: Copy + Into<f64>>(logits: &mut [f64], weights: &[W], value: f64) {
    for (z, &w) in logits.iter_mut().zip(weights) {
        *z += value * w.into();
    }
}
