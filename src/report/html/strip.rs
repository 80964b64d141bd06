//! The document from its first sentence to its last.

use askama::Template;

use super::figure::tenths;
use super::sentence::strength;
use crate::profile::{DocumentProfile, SentenceProfile};
use crate::report::of;

const WIDTH: f64 = 720.0;
/// Room for the names of the lines.
const RIGHT: f64 = 92.0;
const LEFT: f64 = 34.0;
/// Height of the plot of lines.
const PLOT: f64 = 96.0;
const TOP: f64 = 8.0;
/// Height of the cells below.
const CELLS: f64 = 14.0;
/// More sentences than this share cells.
const MOST_CELLS: usize = 240;
/// Sentences on each side that a point of the line is averaged with.
const REACH: usize = 3;
/// Least distance between two names.
const NAME_STEP: f64 = 14.0;

/// Lines of the probabilities, smoothed, over cells, one a sentence.
#[derive(Template)]
#[template(path = "strip.html")]
pub(super) struct Strip {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    middle: f64,
    cells_top: f64,
    cells_middle: f64,
    cell_height: f64,
    pub n: usize,
    lines: Vec<Line>,
    cells: Vec<Cell>,
}

struct Line {
    class: usize,
    points: String,
    name: String,
    name_y: f64,
}

struct Cell {
    x: f64,
    width: f64,
    class: usize,
    strength: usize,
    quoted: bool,
}

impl Strip {
    pub(super) fn new(profile: &DocumentProfile, classes: &[&str]) -> Self {
        let sentences = &profile.sentences;
        let plot = WIDTH - LEFT - RIGHT;
        Self {
            width: WIDTH,
            height: TOP + PLOT + 6.0 + CELLS,
            left: LEFT,
            right: WIDTH - RIGHT,
            top: TOP,
            bottom: TOP + PLOT,
            middle: TOP + PLOT / 2.0,
            cells_top: TOP + PLOT + 6.0,
            cells_middle: TOP + PLOT + 6.0 + CELLS / 2.0,
            cell_height: CELLS,
            n: sentences.len(),
            lines: lines(sentences, classes, plot),
            cells: cells(sentences, classes, plot),
        }
    }

    /// Fewer than two sentences have no course.
    pub(super) fn is_worth_it(&self) -> bool {
        self.n > 1
    }
}

fn lines(sentences: &[SentenceProfile], classes: &[&str], plot: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = classes
        .iter()
        .enumerate()
        .map(|(class, name)| {
            let smooth = smoothed(sentences, name);
            Line {
                class,
                points: points(&smooth, plot),
                name: (*name).to_owned(),
                name_y: y(smooth.last().copied().unwrap_or(0.0)) + 4.0,
            }
        })
        .collect();
    spread_names(&mut lines);
    lines
}

fn y(probability: f64) -> f64 {
    tenths(TOP + PLOT * (1.0 - probability))
}

/// The mean probability over up to seven sentences around each.
fn smoothed(sentences: &[SentenceProfile], class: &str) -> Vec<f64> {
    let mean = |i: usize| {
        let around = &sentences[i.saturating_sub(REACH)..(i + REACH + 1).min(sentences.len())];
        let sum: f64 = around.iter().map(|s| of(&s.probability, class)).sum();
        sum / around.len() as f64
    };
    (0..sentences.len()).map(mean).collect()
}

/// The corners of a line, thinned so that there is at most one a cell.
fn points(values: &[f64], plot: f64) -> String {
    let step = values.len().div_ceil(MOST_CELLS).max(1);
    let point = |i: usize| {
        let x = tenths(LEFT + plot * (i as f64 + 0.5) / values.len() as f64);
        format!("{x},{}", y(values[i]))
    };
    let points: Vec<String> = (0..values.len()).step_by(step).map(point).collect();
    points.join(" ")
}

/// Names at the right end, from above to below, far enough apart to be read.
fn spread_names(lines: &mut [Line]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|&a, &b| lines[a].name_y.total_cmp(&lines[b].name_y));
    let mut lowest = f64::NEG_INFINITY;
    for &i in &order {
        lines[i].name_y = lines[i].name_y.max(lowest + NAME_STEP);
        lowest = lines[i].name_y;
    }
    let mut highest = TOP + PLOT + NAME_STEP;
    for &i in order.iter().rev() {
        lines[i].name_y = tenths(lines[i].name_y.min(highest - NAME_STEP));
        highest = lines[i].name_y;
    }
}

fn cells(sentences: &[SentenceProfile], classes: &[&str], plot: f64) -> Vec<Cell> {
    let step = sentences.len().div_ceil(MOST_CELLS).max(1);
    let x = |i: usize| LEFT + plot * i as f64 / sentences.len() as f64;
    let cell = |(i, group): (usize, &[SentenceProfile])| {
        let shown = group
            .iter()
            .max_by_key(|s| strength(s))
            .unwrap_or(&group[0]);
        let from = i * step;
        Cell {
            x: tenths(x(from)),
            width: tenths(x(from + group.len()) - x(from)),
            class: classes.iter().position(|c| *c == shown.label).unwrap_or(0),
            strength: strength(shown),
            quoted: shown.is_quoted(),
        }
    };
    sentences.chunks(step).enumerate().map(cell).collect()
}
