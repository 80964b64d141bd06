//! One HTML page about a model on labelled rows: self-contained, readable without scripts, printable.

use askama::Template;

use crate::evaluate::{Doubt, Judgement, Part};
use crate::{Error, Result};

/// Side of the reliability diagram, in pixels.
const SIDE: f64 = 260.0;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    judged: &'a str,
    rows: usize,
    groups: usize,
    overall: Vec<[String; 3]>,
    classes: Vec<ClassLine>,
    class_names: &'a [String],
    confusion: Vec<(String, Vec<usize>)>,
    bins: Vec<Bin>,
    side: f64,
    beside: Vec<(String, String, bool)>,
    curve: Vec<[String; 3]>,
    gain: Option<String>,
    agreement: Vec<[String; 2]>,
    parts: Vec<[String; 5]>,
    doubts: &'a [Doubt],
}

struct ClassLine {
    name: String,
    rows: usize,
    figures: Vec<String>,
}

/// A point of the reliability diagram.
struct Bin {
    x: f64,
    y: f64,
    radius: f64,
    label: String,
}

fn figure(value: f64) -> String {
    format!("{value:.3}")
}

fn between(interval: Option<[f64; 2]>) -> String {
    interval.map_or_else(String::new, |[low, high]| format!("{low:.3} to {high:.3}"))
}

fn with(value: f64, interval: Option<[f64; 2]>) -> String {
    match between(interval) {
        none if none.is_empty() => figure(value),
        some => format!("{value:.3} ({some})"),
    }
}

/// The page.
///
/// # Errors
/// [`crate::ErrorKind::Setting`] if it cannot be written, which does not happen with this template.
pub fn judgement_html(judgement: &Judgement) -> Result<String> {
    let page = Page {
        judged: &judgement.judged,
        rows: judgement.figures.samples,
        groups: judgement.intervals.groups,
        overall: overall(judgement),
        classes: judgement
            .class_order
            .iter()
            .map(|name| class_line(judgement, name))
            .collect(),
        class_names: &judgement.class_order,
        confusion: judgement
            .class_order
            .iter()
            .cloned()
            .zip(judgement.figures.confusion.clone())
            .collect(),
        bins: bins(judgement),
        side: SIDE,
        beside: beside(judgement),
        curve: judgement
            .curve_points
            .iter()
            .map(|(rows, f1, range)| [format!("{rows:.0}"), figure(*f1), between(Some(*range))])
            .collect(),
        gain: judgement.gain_of_500.map(|(gain, [low, high])| {
            format!("{gain:.3} (by the curves of single folds {low:.3} to {high:.3})")
        }),
        agreement: agreement(judgement),
        parts: judgement.parts.iter().map(part).collect(),
        doubts: &judgement.doubts,
    };
    page.render()
        .map_err(|e| Error::setting("page", e, "a page that can be written"))
}

fn part(part: &Part) -> [String; 5] {
    [
        format!("{}: {}", part.column, part.value),
        part.rows.to_string(),
        figure(part.macro_f1),
        between(part.interval),
        figure(part.accuracy),
    ]
}

fn overall(judgement: &Judgement) -> Vec<[String; 3]> {
    let figures = judgement.figures.overall(&judgement.intervals);
    figures
        .map(|f| [f.name.to_owned(), figure(f.value), between(f.interval)])
        .into()
}

fn class_line(judgement: &Judgement, name: &str) -> ClassLine {
    let figures = judgement.figures.classes.get(name);
    let intervals = judgement
        .intervals
        .classes
        .get(name)
        .cloned()
        .unwrap_or_default();
    let shown = figures.map_or_else(Vec::new, |f| {
        vec![
            with(f.precision, intervals.precision),
            with(f.recall, intervals.recall),
            with(f.f1, intervals.f1),
            f.auc
                .map_or_else(String::new, |auc| with(auc, intervals.auc)),
        ]
    });
    ClassLine {
        name: name.to_owned(),
        rows: figures.map_or(0, |f| f.samples),
        figures: shown,
    }
}

fn bins(judgement: &Judgement) -> Vec<Bin> {
    let most = judgement
        .reliability
        .iter()
        .map(|b| b.rows)
        .max()
        .unwrap_or(1) as f64;
    let bins = judgement.reliability.iter().map(|bin| Bin {
        x: bin.claimed * SIDE,
        y: (1.0 - bin.right) * SIDE,
        radius: 3.0 + 7.0 * (bin.rows as f64 / most).sqrt(),
        label: format!(
            "{} rows: claimed {:.2}, right {:.2}",
            bin.rows, bin.claimed, bin.right
        ),
    });
    bins.collect()
}

fn beside(judgement: &Judgement) -> Vec<(String, String, bool)> {
    let own = (
        "this model".to_owned(),
        with(judgement.figures.macro_f1, judgement.intervals.macro_f1),
        false,
    );
    let baselines = judgement.baselines.iter();
    let mut lines: Vec<(String, String, bool)> = std::iter::once(own)
        .chain(baselines.map(|b| (b.knows.clone(), figure(b.macro_f1), b.suspicious)))
        .collect();
    if let Some(default) = &judgement.default_model {
        lines.push((
            "the default model".to_owned(),
            figure(default.macro_f1),
            false,
        ));
    }
    if let Some(people) = judgement.agreement.as_ref().and_then(|a| a.people_macro_f1) {
        lines.push((
            "a person against the others".to_owned(),
            figure(people),
            false,
        ));
    }
    lines
}

fn agreement(judgement: &Judgement) -> Vec<[String; 2]> {
    let Some(agreement) = &judgement.agreement else {
        return Vec::new();
    };
    let shown =
        |value: Option<f64>, interval| value.map_or_else(String::new, |v| with(v, interval));
    let alpha = &agreement.people.alpha;
    let mut lines = vec![
        [
            "Krippendorff’s alpha of the people".to_owned(),
            shown(alpha.value, alpha.interval),
        ],
        [
            "mean alpha of the model with each person".to_owned(),
            shown(agreement.model_alpha, None),
        ],
    ];
    for (class, alpha) in &agreement.people.classes {
        lines.push([
            format!("alpha of {class}"),
            shown(alpha.value, alpha.interval),
        ]);
    }
    for (name, annotator) in &agreement.people.annotators {
        lines.push([
            format!("{name}: mean kappa with the others"),
            shown(annotator.mean_kappa, None),
        ]);
    }
    lines
}
