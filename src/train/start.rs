//! Where a fit starts: from nothing, or from a model that knows something already.
//!
//! - [`Start::Prior`]: the base's columns; the penalty pulls towards its coefficients in place of 0, so what the
//!   rows say nothing about stays as it was.
//! - [`Start::Logits`]: the base's logits are columns beside the fit's own. Logits are linear in the base's
//!   columns, so afterwards they fold into them: `W = W_base · A`. The classes may be others.
//!
//! `tools/measure_retraining.py base` measures one against the other.

use super::TrainParams;
use crate::classifier::Classifier;
use crate::features::{Channel, FeatureSpace, RowBuilder, SparseMatrix};
use crate::linear::LogisticRegression;
use crate::stance::StanceScheme;
use crate::text::Lexicon;
use crate::{ErrorKind, Result};

/// Value of a logit column for each unit of the base's logit.
const LOGIT_SCALE: f32 = 0.5;

/// Where a fit starts.
#[derive(Clone, Copy, Debug, Default)]
pub enum Start<'m> {
    /// From nothing.
    #[default]
    Scratch,
    /// The coefficients of a model are where the penalty pulls to. Its classes must hold the labels.
    Prior(&'m Classifier),
    /// The logits of a model are features.
    Logits(&'m Classifier),
}

/// Columns to fit on, and the rows of the texts they were made for.
pub(super) struct Design {
    pub(super) space: FeatureSpace,
    pub(super) rows: SparseMatrix,
    pub(super) prior: Option<LogisticRegression>,
}

impl Start<'_> {
    /// Makes the columns for `texts`.
    pub(super) fn design(
        self,
        params: &TrainParams,
        scheme: &StanceScheme,
        texts: &[String],
    ) -> Result<Design> {
        let (space, rows, prior) = match self {
            Self::Scratch => {
                let (space, rows) =
                    FeatureSpace::fit(params.text, Lexicon::english(), &params.channels, texts)?;
                (space, rows, None)
            }
            Self::Prior(base) => {
                let space = base.features().clone();
                let rows = self.rows(&space, texts)?;
                (space, rows, Some(prior(base, scheme)?))
            }
            Self::Logits(base) => {
                let (text, lexicon) = (base.features().text_settings(), base.features().lexicon());
                let (space, _) = FeatureSpace::fit(text, lexicon.clone(), &params.channels, texts)?;
                let rows = self.rows(&space, texts)?;
                (space, rows, None)
            }
        };
        Ok(Design { space, rows, prior })
    }

    /// The rows of `texts` in columns made by [`Start::design`].
    pub(super) fn rows(self, space: &FeatureSpace, texts: &[String]) -> Result<SparseMatrix> {
        let own = space.n_columns();
        let mut base = match self {
            Self::Logits(base) => Some((base.scorer(), base.scheme().n_classes())),
            _ => None,
        };
        let mut matrix = SparseMatrix::new(own + base.as_ref().map_or(0, |(_, k)| *k));
        let mut analyzer = space.analyzer();
        let (mut occurrences, mut row) = (Vec::new(), RowBuilder::default());
        for text in texts {
            analyzer.analyze(text, &mut occurrences);
            space.transform(&analyzer, &occurrences, &mut row);
            let logits = base
                .as_mut()
                .map_or(&[][..], |(scorer, _)| scorer.logits(text));
            let mean = logits.iter().sum::<f64>() / logits.len().max(1) as f64;
            let extra = logits.iter().map(|z| LOGIT_SCALE * (z - mean) as f32);
            matrix.push_row(row.row().iter().chain((own as u32..).zip(extra)))?;
        }
        Ok(matrix)
    }

    /// The classifier of a model fitted on columns made by [`Start::design`].
    pub(super) fn classifier(
        self,
        scheme: &StanceScheme,
        space: FeatureSpace,
        model: LogisticRegression,
    ) -> Result<Classifier> {
        let Self::Logits(base) = self else {
            return Classifier::new(scheme.clone(), space, model);
        };
        let (own, k) = (space.n_columns(), model.n_classes());
        let (mut coefficients, tail) = {
            let (own, tail) = model.coefficients().split_at(own * k);
            (own.to_vec(), tail.to_vec())
        };
        for weights in base
            .model()
            .coefficients()
            .chunks_exact(base.scheme().n_classes())
        {
            let weights: Vec<f64> = weights.iter().map(|w| f64::from(*w)).collect();
            coefficients.extend(through(&weights, &tail, k).into_iter().map(|w| w as f32));
        }
        let added = through(base.model().intercepts(), &tail, k);
        let intercepts = model
            .intercepts()
            .iter()
            .zip(added)
            .map(|(b, a)| b + a)
            .collect();
        let channels: Vec<Channel> = space
            .channels()
            .iter()
            .chain(base.features().channels())
            .cloned()
            .collect();
        let space =
            FeatureSpace::from_parts(space.text_settings(), space.lexicon().clone(), channels);
        let model = LogisticRegression::from_parts(space.n_columns(), coefficients, intercepts)?;
        Classifier::new(scheme.clone(), space, model)
    }
}

/// `s · (z − mean z) · A` for logits, or weights of logits, `z`.
fn through(z: &[f64], a: &[f32], k: usize) -> Vec<f64> {
    let mean = z.iter().sum::<f64>() / z.len().max(1) as f64;
    let mut out = vec![0.0; k];
    for (z, row) in z.iter().zip(a.chunks_exact(k)) {
        let scaled = f64::from(LOGIT_SCALE) * (z - mean);
        out.iter_mut()
            .zip(row)
            .for_each(|(o, a)| *o += scaled * f64::from(*a));
    }
    out
}

/// The base's coefficients for the classes of `scheme`.
fn prior(base: &Classifier, scheme: &StanceScheme) -> Result<LogisticRegression> {
    let classes: Option<Vec<usize>> = scheme
        .names()
        .map(|name| base.scheme().class_id(name).map(|c| c as usize))
        .collect();
    let classes = classes.ok_or_else(|| ErrorKind::BadLabels {
        path: "labelled set".into(),
        found: format!("labels {}", scheme.names().collect::<Vec<_>>().join(", ")),
        expected: format!(
            "labels of the base model ({})",
            base.scheme().names().collect::<Vec<_>>().join(", ")
        ),
    })?;
    let model = base.model();
    let weights = model.coefficients().chunks_exact(model.n_classes());
    let coefficients = weights
        .flat_map(|w| classes.iter().map(|&c| w[c]))
        .collect();
    let intercepts = classes.iter().map(|&c| model.intercepts()[c]).collect();
    LogisticRegression::from_parts(model.n_features(), coefficients, intercepts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{ChannelSettings, Style, WordNgrams};
    use crate::labelled::{LabelledRow, LabelledSet};

    fn set(classes: [&str; 2]) -> LabelledSet {
        let row = |i: usize| LabelledRow {
            text: format!(
                "{} plan {} was read",
                ["A shameful", "A careful"][i % 2],
                i % 5
            ),
            id: String::new(),
            label: classes[i % 2].to_owned(),
            shares: Default::default(),
            group: String::new(),
            weight: 1.0,
            source: String::new(),
        };
        LabelledSet::from_rows(std::path::Path::new("x"), (0..20).map(row).collect()).expect("two")
    }

    #[test]
    fn a_base_of_other_classes_folds_into_the_model_that_was_fitted() {
        let words = WordNgrams {
            min_df: 1,
            ..WordNgrams::default()
        };
        let params = TrainParams {
            channels: vec![
                ChannelSettings::WordNgrams(words),
                ChannelSettings::Style(Style::default()),
            ],
            l2: vec![1.0],
            folds: 2,
            ..TrainParams::default()
        };
        let base = params
            .fit(&set(["a", "b"]), &|_, _| ())
            .expect("a base")
            .classifier;
        let set = set(["loud", "calm"]);
        let start = Start::Logits(&base);
        let design = start
            .design(&params, set.scheme(), &set.texts)
            .expect("columns");
        let model = params.solve(&design, &set, 1.0).expect("a fit").model;
        let texts = [
            "A shameful plan 3 was read".to_owned(),
            "Nobody read it".to_owned(),
        ];
        let rows = start.rows(&design.space, &texts).expect("rows");
        let classifier = start
            .classifier(set.scheme(), design.space, model.clone())
            .expect("a classifier");
        for (row, text) in rows.rows().zip(&texts) {
            let mut fitted = [0.0; 2];
            model.logits_into(row, &mut fitted).expect("logits");
            let folded = classifier.scorer().logits(text).to_vec();
            for (a, b) in fitted.iter().zip(folded) {
                assert!((a - b).abs() < 1e-4, "{fitted:?} {b}");
            }
        }
    }
}
