//! Shortcuts: what tells the classes apart besides the words.
//!
//! A model that knows only the length, the source or the first word of a text is judged on held-out folds.
//! If it does well, a model on the words may do well for the same bad reason.

use std::collections::BTreeMap;

use ndarray::Array2;
use serde::Serialize;

use super::Evaluation;
use crate::Result;
use crate::features::SparseMatrix;
use crate::labelled::{LabelledSet, grouped_folds};
use crate::linear::{LogisticParams, Targets};
use crate::stance::ClassId;

const FOLDS: usize = 5;
/// Fewer rows say nothing about shortcuts.
const FEWEST_TO_JUDGE: usize = 30;
/// Macro F1 above chance that makes a shortcut worth a warning.
const SUSPICIOUS: f64 = 0.12;
/// A value with fewer rows is too rare to have a column.
const FEWEST_ROWS: usize = 3;

/// How well one thing alone tells the classes apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Baseline {
    /// What the model knows.
    pub knows: String,
    /// Its macro F1 on held-out folds.
    pub macro_f1: f64,
    /// True if that is far above chance.
    pub suspicious: bool,
}

/// Baselines of a set: the most frequent class, length, first word, and each of `columns` (name
/// and one value a row) that has at least two values.
///
/// # Errors
/// Errors of the solver.
pub fn baselines(
    set: &LabelledSet,
    columns: &[(String, Vec<String>)],
    seed: u64,
) -> Result<Vec<Baseline>> {
    if set.len() < FEWEST_TO_JUDGE {
        return Ok(Vec::new());
    }
    let chance = chance(set);
    let most =
        set.class_counts().iter().copied().max().unwrap_or(0) as f64 / set.len().max(1) as f64;
    let mut found = vec![Baseline {
        knows: "the most frequent class".to_owned(),
        macro_f1: 2.0 * most / (1.0 + most) / set.scheme().n_classes() as f64,
        suspicious: false,
    }];
    let folds = grouped_folds(&set.groups, &set.labels, FOLDS, seed);
    let mut judge = |knows: &str, rows: &SparseMatrix| -> Result<()> {
        if let Some(macro_f1) = held_out_f1(set, rows, &folds)? {
            let suspicious = macro_f1 > chance + SUSPICIOUS;
            found.push(Baseline {
                knows: knows.to_owned(),
                macro_f1,
                suspicious,
            });
        }
        Ok(())
    };
    judge("length", &lengths(set)?)?;
    let first = |text: &String| {
        let word = text
            .split(|c: char| !c.is_alphanumeric())
            .find(|w| !w.is_empty());
        word.unwrap_or_default().to_lowercase()
    };
    judge(
        "first word",
        &one_hot(&set.texts.iter().map(first).collect::<Vec<_>>())?,
    )?;
    for (name, values) in columns {
        if values.iter().any(|value| *value != values[0]) {
            judge(name, &one_hot(values)?)?;
        }
    }
    Ok(found)
}

/// Macro F1 of guessing with the shares of the classes: each class has its share as F1.
fn chance(set: &LabelledSet) -> f64 {
    let k = set.scheme().n_classes();
    let shares = set
        .class_counts()
        .into_iter()
        .map(|n| n as f64 / set.len().max(1) as f64);
    shares.sum::<f64>() / k as f64
}

fn lengths(set: &LabelledSet) -> Result<SparseMatrix> {
    let mut rows = SparseMatrix::new(2);
    for text in &set.texts {
        let words = (text.split_whitespace().count() as f32 + 1.0).ln();
        rows.push_row([(0, words), (1, words * words / 4.0)])?;
    }
    Ok(rows)
}

/// A column for each value that is not rare.
fn one_hot<V: AsRef<str>>(values: &[V]) -> Result<SparseMatrix> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    values
        .iter()
        .for_each(|v| *counts.entry(v.as_ref()).or_default() += 1);
    counts.retain(|_, n| *n >= FEWEST_ROWS);
    let columns: BTreeMap<&str, u32> = counts.into_keys().zip(0..).collect();
    let mut rows = SparseMatrix::new(columns.len().max(1));
    for value in values {
        rows.push_row(columns.get(value.as_ref()).map(|column| (*column, 1.0)))?;
    }
    Ok(rows)
}

/// `None` if a fold leaves a fit without two classes.
fn held_out_f1(set: &LabelledSet, x: &SparseMatrix, folds: &[usize]) -> Result<Option<f64>> {
    let k = set.scheme().n_classes();
    let mut probabilities = Array2::zeros((set.len(), k));
    for fold in 0..FOLDS {
        let mut train = SparseMatrix::new(x.n_cols());
        let mut labels: Vec<ClassId> = Vec::new();
        for i in (0..set.len()).filter(|&i| folds[i] != fold) {
            train.push_row(x.row(i).iter())?;
            labels.push(set.labels[i]);
        }
        if labels.iter().all(|label| *label == labels[0]) {
            return Ok(None);
        }
        let model = LogisticParams::new()
            .fit(&train, Targets::Hard(&labels), None, k)?
            .model;
        let mut logits = vec![0.0; k];
        for i in (0..set.len()).filter(|&i| folds[i] == fold) {
            model.logits_into(x.row(i), &mut logits)?;
            crate::linear::softmax(&mut logits);
            probabilities
                .row_mut(i)
                .iter_mut()
                .zip(&logits)
                .for_each(|(to, p)| *to = *p);
        }
    }
    Ok(Some(
        Evaluation::from_probabilities(set.scheme(), &probabilities, &set.labels).macro_f1,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labelled::LabelledRow;

    #[test]
    fn a_source_that_decides_is_suspicious_and_one_that_does_not_is_not() {
        let rows = (0..60).map(|i| LabelledRow {
            id: String::new(),
            text: format!("{} row {i} of the town", ["The", "A", "This"][i / 2 % 3]),
            label: ["a", "b"][i % 2].to_owned(),
            shares: BTreeMap::new(),
            group: String::new(),
            weight: 1.0,
            source: String::new(),
        });
        let set = LabelledSet::from_rows(std::path::Path::new("x"), rows.collect()).expect("two");
        let deciding = (0..60).map(|i| ["p", "q"][i % 2].to_owned()).collect();
        let idle = (0..60).map(|i| ["p", "q"][i / 30].to_owned()).collect();
        let columns = [("source".to_owned(), deciding), ("topic".to_owned(), idle)];
        let found = baselines(&set, &columns, 1).expect("fits");
        let of = |knows: &str| {
            found
                .iter()
                .find(|b| b.knows == knows)
                .expect(knows)
                .suspicious
        };
        assert!(of("source") && !of("topic") && !of("length"), "{found:?}");
        assert!((found[0].macro_f1 - 1.0 / 3.0).abs() < 1e-9);
    }
}
