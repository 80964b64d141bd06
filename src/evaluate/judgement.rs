//! Everything that is said about a model on labelled rows, in one place.

use ndarray::{Array2, Axis};
use serde::Serialize;

use super::{
    Baseline, Evaluation, Intervals, ReliabilityBin, Suspect, baselines, reliability, suspects,
};
use crate::Result;
use crate::classifier::{Classifier, most_probable};
use crate::labelled::{Agreement, Annotations, LabelledSet, Place, TableRow, alpha};
use crate::stance::ClassId;

/// Resamples behind the intervals of all figures.
const RESAMPLES: usize = 1000;
/// Resamples behind the intervals of the parts.
const PART_RESAMPLES: usize = 300;
/// A part with fewer rows has no figures worth showing.
const FEWEST_ROWS: usize = 10;
/// Terms shown for a doubtful row.
const TERMS: usize = 5;

/// The model as one more annotator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelAgreement {
    /// How far the people agree: the ceiling.
    pub people: Agreement,
    /// Krippendorff's alpha of the model and each person, mean over the people: comparable with
    /// the alpha of the people.
    pub model_alpha: Option<f64>,
    /// Mean macro F1 of each person against the aggregated label of the others.
    pub people_macro_f1: Option<f64>,
}

/// A row on which model and label disagree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// Where it stands.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// Its label.
    pub label: String,
    /// What the model says.
    pub instead: String,
    /// Probability of the label minus that of the other class.
    pub margin: f64,
    /// True if confident learning believes the other class of it.
    pub believed: bool,
    /// The words that speak most for the other class, with what they add to its logit over the
    /// label's.
    pub terms: Vec<(String, f64)>,
}

/// Figures of the rows with one value in a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The column.
    pub column: String,
    /// The value.
    pub value: String,
    /// Number of rows.
    pub rows: usize,
    /// Macro F1.
    pub macro_f1: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// Accuracy.
    pub accuracy: f64,
}

/// How good a model is on labelled rows, and beside what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// Which probabilities were judged, for people.
    pub judged: String,
    /// The classes in order.
    pub class_order: Vec<String>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Evaluation,
    /// Their intervals over groups.
    pub intervals: Intervals,
    /// The points of a reliability diagram.
    pub reliability: Vec<ReliabilityBin>,
    /// What a model that knows less than the words reaches.
    pub baselines: Vec<Baseline>,
    /// The model that comes with the program on the same rows, if it knows the labels.
    pub default_model: Option<Evaluation>,
    /// The people who labelled, if there were several.
    pub agreement: Option<ModelAgreement>,
    /// Figures by the values of columns.
    pub parts: Vec<Part>,
    /// The rows on which label and model disagree most.
    pub doubts: Vec<Doubt>,
    /// What more labels would bring, if it was asked for.
    pub curve_points: Vec<CurveRow>,
    /// Macro F1 that 500 more labels would add, and its range over the folds.
    pub gain_of_500: Option<(f64, [f64; 2])>,
}

/// A point of a learning curve: rows fitted on, mean macro F1, its range over the folds.
pub type CurveRow = (f64, f64, [f64; 2]);

/// What a [`Judgement`] is made from.
pub struct Judged<'a> {
    /// The rows as a set.
    pub set: &'a LabelledSet,
    /// The same rows in their table, in the same order.
    pub rows: &'a [TableRow],
    /// `[row][class]`.
    pub probabilities: &'a Array2<f64>,
    /// Which they are, for people.
    pub what: &'a str,
    /// What explains doubtful rows.
    pub classifier: &'a Classifier,
    /// Who labelled what.
    pub annotations: Option<&'a Annotations>,
    /// Columns to break the figures down by.
    pub by: &'a [String],
    /// How many doubtful rows to show.
    pub n_doubts: usize,
    /// Draws folds and resamples.
    pub seed: u64,
}

impl Judgement {
    /// Judges.
    ///
    /// # Errors
    /// Errors of the solver, for the baselines.
    pub fn of(input: &Judged<'_>) -> Result<Self> {
        let (set, p) = (input.set, input.probabilities);
        let scheme = set.scheme();
        let annotated = input.annotations.filter(|a| a.items.len() == set.len());
        Ok(Self {
            judged: input.what.to_owned(),
            class_order: scheme.names().map(str::to_owned).collect(),
            figures: Evaluation::from_probabilities(scheme, p, &set.labels),
            intervals: Intervals::of(scheme, p, &set.labels, &set.groups, (RESAMPLES, input.seed)),
            reliability: reliability(p, &set.labels),
            baselines: baselines(set, &input.columns(&["source", "topic"]), input.seed)?,
            default_model: None,
            agreement: annotated.map(|a| agreement(a, set, p, input.seed)),
            parts: input.parts(),
            doubts: input.doubts(),
            curve_points: Vec::new(),
            gain_of_500: None,
        })
    }
}

impl Judged<'_> {
    /// The values of these columns, of those that the table has.
    fn columns(&self, names: &[&str]) -> Vec<(String, Vec<String>)> {
        let known = names
            .iter()
            .filter(|name| self.rows.iter().any(|r| r.columns.contains_key(**name)));
        known
            .map(|name| ((*name).to_owned(), self.values(name)))
            .collect()
    }

    fn values(&self, column: &str) -> Vec<String> {
        self.rows
            .iter()
            .map(|r| r.columns.get(column).cloned().unwrap_or_default())
            .collect()
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for column in self.by {
            let values = self.values(column);
            let mut different = values.clone();
            different.sort_unstable();
            different.dedup();
            for value in different {
                let rows: Vec<usize> = (0..values.len()).filter(|&i| values[i] == value).collect();
                if rows.len() >= FEWEST_ROWS {
                    parts.push(self.part(column, value, &rows));
                }
            }
        }
        parts
    }

    fn part(&self, column: &str, value: String, rows: &[usize]) -> Part {
        let p = self.probabilities.select(Axis(0), rows);
        let labels: Vec<ClassId> = rows.iter().map(|&i| self.set.labels[i]).collect();
        let groups: Vec<u32> = rows.iter().map(|&i| self.set.groups[i]).collect();
        let scheme = self.set.scheme();
        let figures = Evaluation::from_probabilities(scheme, &p, &labels);
        let intervals = Intervals::of(scheme, &p, &labels, &groups, (PART_RESAMPLES, self.seed));
        Part {
            column: column.to_owned(),
            value,
            rows: rows.len(),
            macro_f1: figures.macro_f1,
            interval: intervals.macro_f1,
            accuracy: figures.accuracy,
        }
    }

    fn doubts(&self) -> Vec<Doubt> {
        let suspects = suspects(self.probabilities, &self.set.labels).into_iter();
        let wrong = suspects.filter(|s| s.margin < 0.0).take(self.n_doubts);
        wrong.map(|suspect| self.doubt(&suspect)).collect()
    }

    fn doubt(&self, suspect: &Suspect) -> Doubt {
        let (label, other) = (self.set.labels[suspect.row], suspect.instead);
        let scheme = self.set.scheme();
        let row = &self.rows[suspect.row];
        let class = |class: ClassId| {
            let name = scheme.class_name(class as usize);
            self.classifier.scheme().class_id(name).map(|c| c as usize)
        };
        let mut terms = Vec::new();
        if let (Some(label), Some(other)) = (class(label), class(other)) {
            let found = self
                .classifier
                .scorer()
                .explain(&row.row.text)
                .contributions;
            let weight = |c: &crate::classifier::Contribution| c.weights[other] - c.weights[label];
            terms = found
                .iter()
                .map(|c| (row.row.text[c.span.clone()].to_owned(), weight(c)))
                .collect();
            terms.retain(|(_, weight)| *weight > 0.0);
            terms.sort_by(|a, b| b.1.total_cmp(&a.1));
            terms.truncate(TERMS);
        }
        Doubt {
            place: row.place.clone(),
            text: row.row.text.clone(),
            label: scheme.class_name(label as usize).to_owned(),
            instead: scheme.class_name(other as usize).to_owned(),
            margin: suspect.margin,
            believed: suspect.believed,
            terms,
        }
    }
}

/// The people's agreement with each other and with the model.
fn agreement(
    annotations: &Annotations,
    set: &LabelledSet,
    p: &Array2<f64>,
    seed: u64,
) -> ModelAgreement {
    let class_of = |name: &str| annotations.classes.iter().position(|c| c == name);
    let said: Vec<Option<u32>> = p
        .rows()
        .into_iter()
        .map(|p| class_of(set.scheme().class_name(most_probable(&p.to_vec()))).map(|c| c as u32))
        .collect();
    let n = annotations.annotators.len() as u32;
    let with_model = (0..n).filter_map(|annotator| {
        let pairs = annotations
            .items
            .iter()
            .zip(&said)
            .filter_map(|(item, said)| {
                let own = item.iter().find(|(a, _)| *a == annotator)?;
                Some(vec![*own, (n, (*said)?)])
            });
        alpha(&pairs.collect::<Vec<_>>())
    });
    let with_model: Vec<f64> = with_model.collect();
    let people = (0..n).filter_map(|annotator| against_others(annotations, annotator));
    ModelAgreement {
        people: Agreement::of(annotations, seed),
        model_alpha: mean(&with_model),
        people_macro_f1: mean(&people.collect::<Vec<_>>()),
    }
}

/// Macro F1 of one annotator against the most voted class of the others, first of equals.
fn against_others(annotations: &Annotations, annotator: u32) -> Option<f64> {
    let k = annotations.classes.len();
    let (mut hits, mut given, mut true_of) = (vec![0.0; k], vec![0.0; k], vec![0.0; k]);
    for item in &annotations.items {
        let Some((_, own)) = item.iter().find(|(a, _)| *a == annotator) else {
            continue;
        };
        let mut votes = vec![0.0; k];
        item.iter()
            .filter(|(a, _)| *a != annotator)
            .for_each(|(_, c)| votes[*c as usize] += 1.0);
        if votes.iter().sum::<f64>() > 0.0 {
            let (own, truth) = (*own as usize, most_probable(&votes));
            given[own] += 1.0;
            true_of[truth] += 1.0;
            hits[own] += f64::from(u8::from(own == truth));
        }
    }
    let classes = (0..k).filter(|&c| true_of[c] > 0.0);
    mean(
        &classes
            .map(|c| 2.0 * hits[c] / (given[c] + true_of[c]))
            .collect::<Vec<_>>(),
    )
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
