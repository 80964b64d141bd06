//! A quick model of the labels so far, to order what is left and to draw the learning curve.

use std::path::Path;

use crate::Result;
use crate::classifier::Classifier;
use crate::features::{ChannelSettings, Style, WordNgrams, WordVectors};
use crate::labelled::{LabelledRow, LabelledSet};
use crate::train::{Start, TrainParams};

/// Fewest labels of each class before anything is fitted.
const FEWEST: usize = 3;

/// What a refit gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Refit {
    /// The classes of the columns.
    pub classes: Vec<String>,
    /// `[row][class]` for all texts.
    pub probabilities: Vec<Vec<f64>>,
    /// Macro F1 on held-out folds of the labels so far.
    pub macro_f1: Option<f64>,
}

/// Fits to the labels so far, from `base` if there is one, and judges `texts`. `None` if there are
/// too few labels.
///
/// # Errors
/// Those of [`TrainParams::fit`].
pub fn refit(
    rows: Vec<LabelledRow>,
    texts: &[String],
    base: Option<&Classifier>,
    seed: u64,
) -> Result<Option<Refit>> {
    let Ok(set) = LabelledSet::from_rows(Path::new("labels"), rows) else {
        return Ok(None);
    };
    if set.class_counts().into_iter().any(|n| n < FEWEST) {
        return Ok(None);
    }
    let words = WordNgrams {
        min_df: 1,
        ..WordNgrams::default()
    };
    let vectors = WordVectors {
        scale: 2.0,
        ..WordVectors::default()
    };
    let params = TrainParams {
        channels: vec![
            ChannelSettings::WordNgrams(words),
            ChannelSettings::Style(Style::default()),
            ChannelSettings::WordVectors(vectors),
        ],
        l2: vec![1.0],
        seed,
        ..TrainParams::default()
    };
    let start = base.map_or(Start::Scratch, Start::Logits);
    let trained = params.fit_from(start, &set, &|_, _| ())?;
    let mut scorer = trained.classifier.scorer();
    let probabilities = texts
        .iter()
        .map(|text| scorer.score(text).probabilities().to_vec());
    Ok(Some(Refit {
        classes: set.scheme().names().map(str::to_owned).collect(),
        probabilities: probabilities.collect(),
        macro_f1: trained.report.held_out.map(|figures| figures.macro_f1),
    }))
}
