//! Sentences, and parts of sentences, counted by class.

use std::collections::BTreeMap;

use super::interval::share_interval;
use super::unit::Unit;
use super::{ByClass, Named};
use crate::classifier::Classifier;

/// At most this many names are listed.
const MOST_NAMES: usize = 30;

/// What shares are of, and how far documents stray.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    pub(super) names: Vec<String>,
    /// See [`DocumentSpread`](crate::classifier::DocumentSpread); all 0 where nothing is known.
    spread: Vec<f64>,
}

impl Classes {
    pub(super) fn of(classifier: &Classifier) -> Self {
        let names: Vec<String> = classifier.scheme().names().map(str::to_owned).collect();
        let spread = classifier.document_spread();
        let spread = spread.map_or(vec![0.0; names.len()], |s| s.by_class().to_vec());
        Self { names, spread }
    }
}

/// The names with their sentences, most frequent first, then in alphabetical order.
pub(super) fn most_frequent<'p, U: Into<Unit<'p>>>(
    found: BTreeMap<String, Vec<U>>,
    classes: &Classes,
) -> Vec<Named> {
    let mut names: Vec<(String, Vec<U>)> = found.into_iter().collect();
    names.sort_by_key(|(_, sentences)| std::cmp::Reverse(sentences.len()));
    names.truncate(MOST_NAMES);
    names
        .into_iter()
        .map(|(name, sentences)| {
            let sentences: Vec<Unit<'_>> = sentences.into_iter().map(Into::into).collect();
            let share = shares_of(classes, &sentences);
            Named {
                name,
                kind: None,
                sentences: sentences.len(),
                share_interval: intervals_of(classes, &sentences, &share),
                share,
            }
        })
        .collect()
}

/// The share of sentences by their most probable class; all 0 without a sentence.
pub(super) fn shares_of(classes: &Classes, of: &[Unit<'_>]) -> ByClass {
    let share = |class: &String| {
        let count = of.iter().filter(|s| s.label == *class).count();
        rounded(count as f64 / of.len().max(1) as f64)
    };
    let with_share = |class: &String| (class.clone(), share(class));
    classes.names.iter().map(with_share).collect()
}

/// The 90 % interval of each share, widened to hold the share itself.
pub(super) fn intervals_of(
    classes: &Classes,
    of: &[Unit<'_>],
    share: &ByClass,
) -> BTreeMap<String, [f64; 2]> {
    let interval = |class: &String, spread: f64| {
        let [low, high] = share_interval(&probabilities_of(class, of), spread);
        let counted = share.get(class).copied().unwrap_or(0.0);
        [rounded(low.min(counted)), rounded(high.max(counted))]
    };
    let classes = classes.names.iter().zip(&classes.spread);
    classes
        .map(|(class, &spread)| (class.clone(), interval(class, spread)))
        .collect()
}

/// The probability of a class in each sentence.
pub(super) fn probabilities_of(class: &str, of: &[Unit<'_>]) -> Vec<f64> {
    let probability = |s: &Unit<'_>| s.probability.get(class).copied().unwrap_or(0.0);
    of.iter().map(probability).collect()
}

/// A value of each class under its name.
pub(super) fn by_class(names: &[&str], values: &[f64]) -> ByClass {
    let names = names.iter().map(|name| (*name).to_owned());
    names.zip(values.iter().copied()).collect()
}

/// Six decimals: what is printed is what is kept.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
