//! How the mean shares change from month to month.

use std::collections::BTreeMap;

use askama::Template;

use super::figures::{ClassMean, class_means};
use super::groups::value_of;
use super::months::month_of;
use crate::report::html::figure::tenths;
use crate::report::row::DocumentRow;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 36.0;
const RIGHT: f64 = 96.0;
const TOP: f64 = 10.0;
const PLOT: f64 = 190.0;
/// Least distance between two dates or two names.
const DATE_STEP: f64 = 58.0;
const NAME_STEP: f64 = 15.0;

/// A line a class over months, with intervals.
#[derive(Template)]
#[template(path = "timeline.html")]
pub(super) struct Timeline {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    middle: f64,
    bottom: f64,
    dates: Vec<(f64, String)>,
    lines: Vec<Line>,
    /// The same as numbers.
    pub months: Vec<Month>,
}

struct Line {
    class: usize,
    name: String,
    name_y: f64,
    points: String,
    marks: Vec<Mark>,
}

struct Mark {
    x: f64,
    y: f64,
    low: f64,
    high: f64,
}

/// One month.
pub(super) struct Month {
    pub name: String,
    pub n: usize,
    pub means: Vec<ClassMean>,
    at: i32,
}

impl Timeline {
    /// `None` unless there are dated documents of two months.
    pub(super) fn new(rows: &[&DocumentRow], classes: &[&str]) -> Option<Self> {
        let months = months(rows, classes.len());
        let (first, last) = (months.first()?.at, months.last()?.at);
        if first == last {
            return None;
        }
        let span = f64::from(last - first);
        let x = |month: &Month| {
            let part = f64::from(month.at - first) / span;
            tenths(LEFT + 8.0 + part * (WIDTH - LEFT - RIGHT - 16.0))
        };
        let mut lines: Vec<Line> = classes
            .iter()
            .enumerate()
            .map(|(class, name)| line(class, name, &months, &x))
            .collect();
        spread(&mut lines);
        Some(Self {
            width: WIDTH,
            height: TOP + PLOT + 24.0,
            left: LEFT,
            right: WIDTH - RIGHT,
            top: TOP,
            middle: TOP + PLOT / 2.0,
            bottom: TOP + PLOT,
            dates: dates(&months, &x),
            lines,
            months,
        })
    }
}

fn months(rows: &[&DocumentRow], n_classes: usize) -> Vec<Month> {
    let mut found: BTreeMap<(u16, u8), Vec<&DocumentRow>> = BTreeMap::new();
    for row in rows {
        if let Some(month) = value_of(row, "date").and_then(month_of) {
            found.entry(month).or_default().push(row);
        }
    }
    let month = |((year, month), members): ((u16, u8), Vec<&DocumentRow>)| Month {
        name: format!("{year}-{month:02}"),
        n: members.len(),
        means: class_means(&members, n_classes),
        at: i32::from(year) * 12 + i32::from(month),
    };
    found.into_iter().map(month).collect()
}

fn y(share: f64) -> f64 {
    tenths(TOP + PLOT * (1.0 - share))
}

fn line(class: usize, name: &str, months: &[Month], x: &impl Fn(&Month) -> f64) -> Line {
    let mark = |month: &Month| {
        let ClassMean { mean, interval } = &month.means[class];
        let [low, high] = interval.unwrap_or([*mean; 2]);
        Mark {
            x: tenths(x(month) + (class as f64 - 1.0) * 2.5),
            y: y(*mean),
            low: y(low),
            high: y(high),
        }
    };
    let marks: Vec<Mark> = months.iter().map(mark).collect();
    let points: Vec<String> = marks.iter().map(|m| format!("{},{}", m.x, m.y)).collect();
    Line {
        class,
        name: name.to_owned(),
        name_y: marks.last().map_or(0.0, |m| m.y + 4.0),
        points: points.join(" "),
        marks,
    }
}

fn spread(lines: &mut [Line]) {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|&a, &b| lines[b].name_y.total_cmp(&lines[a].name_y));
    let mut above = f64::INFINITY;
    for i in order {
        lines[i].name_y = tenths(lines[i].name_y.min(above - NAME_STEP));
        above = lines[i].name_y;
    }
}

fn dates(months: &[Month], x: &impl Fn(&Month) -> f64) -> Vec<(f64, String)> {
    let mut dates: Vec<(f64, String)> = Vec::new();
    for month in months {
        let at = x(month);
        if dates.last().is_none_or(|(last, _)| at - last >= DATE_STEP) {
            dates.push((at, month.name.clone()));
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::row;
    use super::*;

    #[test]
    fn documents_are_put_into_months() {
        let rows = [
            row("a", [0.5, 0.0, 0.5], &[("date", "2026-01-31")]),
            row("b", [0.7, 0.0, 0.3], &[("date", "3 January 2026")]),
            row("c", [0.2, 0.0, 0.8], &[("date", "2026-03-02T10:00:00Z")]),
            row("d", [0.2, 0.0, 0.8], &[("date", "last week")]),
        ];
        let rows: Vec<&DocumentRow> = rows.iter().collect();
        let found = Timeline::new(&rows, &["n", "a", "p"]).expect("two months");
        let months: Vec<(&str, usize, String)> = found
            .months
            .iter()
            .map(|m| (m.name.as_str(), m.n, m.means[2].percent()))
            .collect();
        let expected = [
            ("2026-01", 2, "40".to_owned()),
            ("2026-03", 1, "80".to_owned()),
        ];
        assert_eq!(months, expected);
        assert!(Timeline::new(&rows[..2], &["n", "a", "p"]).is_none());
    }
}
