//! What a model card says besides settings and figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::LearningCurve;
use crate::evaluate::Intervals;

/// Facts about a fit to labelled tables; all absent for a fit to a recipe.
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
}
