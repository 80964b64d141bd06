//! The list of documents, with pictures of all of them together.

use std::io;

use askama::Template;

use super::data::IndexData;
use super::extremes::{Extreme, extremes};
use super::figures::{ClassMean, class_means};
use super::groups::{Grouping, grouping, telling_keys};
use super::histogram::Histogram;
use super::store::Finished;
use super::ternary::{MOST_STATIC, Point, Ternary, place};
use super::timeline::Timeline;
use crate::report::html::about::{counted, grouped, model};
use crate::report::html::figure::{Figure, Share};
use crate::report::html::{PROGRAM, PageSettings};
use crate::report::percent;
use crate::report::row::DocumentRow;

const STYLE: &str = concat!(
    include_str!("../html/common.css"),
    include_str!("../html/index.css")
);
const SCRIPT: &str = include_str!("../html/index.js");
/// Rows that the page shows to whoever has no script.
const MOST_ROWS: usize = 100;

/// A document that could not be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The reason, which names the file.
    pub reason: String,
}

/// What the list says and how.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexParams {
    /// Its heading.
    pub title: String,
    /// Classes and settings.
    pub settings: PageSettings,
    /// Keys of metadata to group by, `folder` for the folder; empty: those that tell something.
    pub group_by: Vec<String>,
    /// The files beside the list, with what they hold.
    pub files: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'d> {
    program: &'d str,
    style: &'d str,
    script: &'d str,
    params: &'d IndexParams,
    classes: Vec<&'d str>,
    focus_name: &'d str,
    size: String,
    means: Vec<MeanRow>,
    histograms: Vec<Histogram>,
    ternary: Option<Ternary>,
    groupings: Vec<Grouping>,
    timeline: Option<Timeline>,
    most: Vec<Extreme>,
    least: Vec<Extreme>,
    rows: Vec<ListRow<'d>>,
    n: usize,
    failures: &'d [Failure],
    model: String,
    model_sha256: &'d str,
    data: String,
}

struct MeanRow {
    class: usize,
    name: String,
    definition: String,
    mean: ClassMean,
    figure: Figure,
}

struct ListRow<'d> {
    page: &'d str,
    name: &'d str,
    id: &'d str,
    class: usize,
    dominant: &'d str,
    shares: Vec<String>,
    range: String,
    words: String,
    sentences: String,
    quoted: usize,
}

/// Writes the list of documents, in their order, with links to their pages.
///
/// # Errors
/// Those of `out`.
pub fn write_index(
    documents: &[Finished],
    failures: &[Failure],
    params: &IndexParams,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let classes = params.settings.names();
    let rows: Vec<&DocumentRow> = documents.iter().map(|d| &d.row).collect();
    let focus = classes.len().saturating_sub(1);
    let keys = if params.group_by.is_empty() {
        telling_keys(&rows)
    } else {
        params.group_by.clone()
    };
    let [most, least] = extremes(documents, focus);
    let first = rows.first();
    let index = Index {
        program: PROGRAM,
        style: STYLE,
        script: SCRIPT,
        params,
        focus_name: classes.last().copied().unwrap_or(""),
        size: size(&rows),
        means: means(&rows, params),
        histograms: histograms(&rows, &classes),
        ternary: ternary(documents, &classes),
        groupings: keys
            .iter()
            .map(|key| grouping(&rows, key, classes.len()))
            .collect(),
        timeline: Timeline::new(&rows, &classes),
        most,
        least,
        rows: documents
            .iter()
            .take(MOST_ROWS)
            .map(|d| list_row(d, &classes))
            .collect(),
        n: documents.len(),
        failures,
        model: first.map_or_else(String::new, |row| model(&row.model)),
        model_sha256: first.map_or("", |row| &row.model.sha256),
        data: IndexData::new(documents, &classes).to_json()?,
        classes,
    };
    index.write_into(out).map_err(io::Error::other)
}

fn size(rows: &[&DocumentRow]) -> String {
    let words: usize = rows.iter().map(|r| r.words).sum();
    let sentences: usize = rows.iter().map(|r| r.sentences).sum();
    format!(
        "{}, {} words, {}",
        counted(rows.len(), "document"),
        grouped(words),
        counted(sentences, "sentence")
    )
}

fn means(rows: &[&DocumentRow], params: &IndexParams) -> Vec<MeanRow> {
    let classes = params.settings.classes.iter().enumerate();
    let means = class_means(rows, params.settings.classes.len());
    classes
        .zip(means)
        .map(|((class, (name, definition)), mean)| {
            let share = Share {
                class,
                share: mean.mean,
                interval: mean.interval.unwrap_or([mean.mean; 2]),
                hollow: false,
            };
            MeanRow {
                class,
                name: name.clone(),
                definition: definition.clone(),
                figure: Figure::of(&[share]),
                mean,
            }
        })
        .collect()
}

fn histograms(rows: &[&DocumentRow], classes: &[&str]) -> Vec<Histogram> {
    let of_class = |(class, name): (usize, &&str)| {
        let shares: Vec<f64> = rows.iter().map(|r| r.shares[class]).collect();
        Histogram::new(class, name, &shares)
    };
    classes.iter().enumerate().map(of_class).collect()
}

/// Three classes have a triangle.
fn ternary(documents: &[Finished], classes: &[&str]) -> Option<Ternary> {
    let names: [&str; 3] = classes.try_into().ok()?;
    let shown = if documents.len() > MOST_STATIC {
        &[]
    } else {
        documents
    };
    let points = shown.iter().enumerate().map(|(index, d)| Point {
        index,
        class: classes
            .iter()
            .position(|c| *c == d.row.dominant)
            .unwrap_or(0),
        page: d.page.clone(),
        said: said(&d.row, classes),
        at: place([d.row.shares[0], d.row.shares[1], d.row.shares[2]]),
    });
    Some(Ternary::new(names.map(str::to_owned), points.collect()))
}

fn said(row: &DocumentRow, classes: &[&str]) -> String {
    let shares = classes.iter().zip(&row.shares);
    let shares: Vec<String> = shares
        .map(|(c, s)| format!("{c} {} %", percent(*s)))
        .collect();
    format!("{}: {}", row.name(), shares.join(", "))
}

fn list_row<'d>(document: &'d Finished, classes: &[&str]) -> ListRow<'d> {
    let row = &document.row;
    let range = row.intervals.last().map(|i| i.map(percent).join("–"));
    ListRow {
        page: &document.page,
        name: row.name(),
        id: &row.id,
        class: classes.iter().position(|c| *c == row.dominant).unwrap_or(0),
        dominant: &row.dominant,
        shares: row.shares.iter().map(|s| percent(*s)).collect(),
        range: range.unwrap_or_default(),
        words: grouped(row.words),
        sentences: grouped(row.sentences),
        quoted: row.quoted_sentences,
    }
}
