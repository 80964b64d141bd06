//! Shares as points on a line from 0 to 100 %, each with its interval.

use askama::Template;

use crate::report::percent;

/// Width of the line in the figure's own units; the margins hold half a point.
const LINE: f64 = 200.0;
const MARGIN: f64 = 5.0;
/// Height that each point gets.
const STEP: f64 = 11.0;

/// A small picture beside the numbers that it shows, hidden from screen readers.
#[derive(Template)]
#[template(path = "figure.html")]
pub(in crate::report) struct Figure {
    width: f64,
    height: f64,
    grid: Vec<f64>,
    marks: Vec<Mark>,
}

struct Mark {
    y: f64,
    low: f64,
    high: f64,
    at: f64,
    class: usize,
    hollow: bool,
}

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Share {
    /// Index of the class.
    pub class: usize,
    /// 0 to 1.
    pub share: f64,
    /// 0 to 1.
    pub interval: [f64; 2],
    /// Of the quoted voice, or of the earlier state.
    pub hollow: bool,
}

impl Share {
    /// The share in whole percent.
    pub(in crate::report) fn percent(&self) -> String {
        percent(self.share)
    }

    /// The interval in whole percent, as in `34–53`.
    pub(in crate::report) fn range(&self) -> String {
        let [low, high] = self.interval.map(percent);
        format!("{low}–{high}")
    }
}

impl Figure {
    /// One line for each share.
    pub(in crate::report) fn of(shares: &[Share]) -> Self {
        let x = |share: f64| tenths(MARGIN + share.clamp(0.0, 1.0) * LINE);
        let mark = |(row, share): (usize, &Share)| Mark {
            y: row as f64 * STEP + STEP / 2.0,
            low: x(share.interval[0]),
            high: x(share.interval[1]),
            at: x(share.share),
            class: share.class,
            hollow: share.hollow,
        };
        Self {
            width: LINE + 2.0 * MARGIN,
            height: STEP * shares.len().max(1) as f64,
            grid: [0.0, 0.25, 0.5, 0.75, 1.0].map(x).to_vec(),
            marks: shares.iter().enumerate().map(mark).collect(),
        }
    }
}

/// A coordinate with one decimal: pages stay small.
pub(in crate::report) fn tenths(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_drawn_where_it_is() {
        let share = Share {
            class: 2,
            share: 0.5,
            interval: [0.25, 1.0],
            hollow: false,
        };
        let drawn = Figure::of(&[share]).to_string();
        assert!(drawn.contains("x1=\"55\" x2=\"205\""), "{drawn}");
        assert!(drawn.contains("cx=\"105\""), "{drawn}");
        assert_eq!(share.range(), "25–100");
    }
}
