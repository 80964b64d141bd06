//! What a model card says besides settings and figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::LearningCurve;
use crate::evaluate::Intervals;

/// One figure about cases made for one question (`behaviour`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BehaviourFigure {
    /// The question: what was done, and what should come of it.
    pub question: String,
    /// Number of cases.
    pub cases: usize,
    /// Share of the cases in which it came of it, 0 to 1.
    pub right: f64,
    /// Mean change of a probability, −1 to 1, where there is one.
    #[serde(default)]
    pub change: Option<f64>,
}

/// Facts about a fit. All but `behaviour` are about labelled tables, and absent for a fit to a recipe.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The model that the fit started from: name, version, first digits of its checksum.
    pub base: Option<String>,
    /// Intervals of the held-out figures.
    pub intervals: Option<Intervals>,
    /// Macro F1 of others on the same rows: baselines, the default model, people.
    pub beside: BTreeMap<String, f64>,
    /// The learning curve.
    pub curve: Option<LearningCurve>,
    /// Number of annotators and Krippendorff's alpha with its interval, if there were several.
    pub annotators: Option<(usize, Option<f64>, Option<[f64; 2]>)>,
    /// Number of findings of the audit, by kind.
    pub findings: BTreeMap<String, usize>,
    /// How the model does on cases made for one question each; empty if it has not the classes for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub behaviour: Vec<BehaviourFigure>,
}
