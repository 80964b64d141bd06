//! How two models differ.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ModelArtifact;

/// A term whose weight for a class differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// The term.
    pub term: String,
    /// Its coefficient in the older model; absent if the model does not have the term.
    pub before: Option<f32>,
    /// Its coefficient in the newer model.
    pub after: Option<f32>,
}

/// How two models differ. Coefficients are compared by the names of their columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelDiff {
    /// Classes that only one of them has, the older's first.
    pub classes: [Vec<String>; 2],
    /// Terms that only one of them has: how many.
    pub only: [usize; 2],
    /// Terms that both have.
    pub shared: usize,
    /// For each class that both have, the terms that moved most, the farthest first.
    pub moved: BTreeMap<String, Vec<Moved>>,
}

impl ModelDiff {
    /// Compares `a` (older) with `b`; at most `top` terms a class.
    #[must_use]
    pub fn of(a: &ModelArtifact, b: &ModelArtifact, top: usize) -> Self {
        let names = |m: &ModelArtifact| -> BTreeSet<String> {
            m.classifier.scheme().names().map(str::to_owned).collect()
        };
        let (a_names, b_names) = (names(a), names(b));
        let (a_terms, b_terms) = (columns(a), columns(b));
        let all: BTreeSet<&String> = a_terms.keys().chain(b_terms.keys()).collect();
        let shared = all
            .iter()
            .filter(|t| a_terms.contains_key(**t) && b_terms.contains_key(**t));
        let shared = shared.count();
        let moved = a_names.intersection(&b_names).map(|class| {
            let mut moved: Vec<Moved> = all
                .iter()
                .map(|term| Moved {
                    term: (*term).clone(),
                    before: weight(a, &a_terms, term, class),
                    after: weight(b, &b_terms, term, class),
                })
                .collect();
            moved.sort_by(|x, y| {
                y.distance()
                    .total_cmp(&x.distance())
                    .then_with(|| x.term.cmp(&y.term))
            });
            moved.truncate(top);
            (class.clone(), moved)
        });
        Self {
            moved: moved.collect(),
            classes: [
                a_names.difference(&b_names).cloned().collect(),
                b_names.difference(&a_names).cloned().collect(),
            ],
            only: [a_terms.len() - shared, b_terms.len() - shared],
            shared,
        }
    }
}

impl Moved {
    /// How far the weight moved; a term that a model lacks weighs 0.
    #[must_use]
    pub fn distance(&self) -> f32 {
        (self.after.unwrap_or(0.0) - self.before.unwrap_or(0.0)).abs()
    }
}

fn columns(model: &ModelArtifact) -> BTreeMap<String, u32> {
    let features = model.classifier.features();
    (0..features.n_columns() as u32)
        .map(|c| (features.column_name(c), c))
        .collect()
}

fn weight(
    model: &ModelArtifact,
    columns: &BTreeMap<String, u32>,
    term: &str,
    class: &str,
) -> Option<f32> {
    let column = *columns.get(term)?;
    let class = model.classifier.scheme().class_id(class)?;
    let weights = model.classifier.model().feature(column as usize)?;
    weights.get(class as usize).copied()
}
