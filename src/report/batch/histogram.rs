//! How the shares of a class are distributed over the documents.

use askama::Template;

use super::statistics::quantile;
use crate::report::html::figure::tenths;
use crate::report::percent;

const BINS: usize = 20;
const WIDTH: f64 = 260.0;
const HEIGHT: f64 = 96.0;
/// Room above the highest bar.
const TOP: f64 = 16.0;
const MARGIN: f64 = 6.0;

/// Bars of equal width from 0 to 100 %, with the middle half of the documents and their median.
#[derive(Template)]
#[template(path = "histogram.html")]
pub(super) struct Histogram {
    pub class: usize,
    pub name: String,
    pub median: String,
    pub middle: String,
    width: f64,
    height: f64,
    margin: f64,
    right: f64,
    bars: Vec<Bar>,
    most: usize,
    quarter: [f64; 2],
    median_x: f64,
}

struct Bar {
    x: f64,
    width: f64,
    y: f64,
    height: f64,
}

impl Histogram {
    pub(super) fn new(class: usize, name: &str, shares: &[f64]) -> Self {
        let mut sorted = shares.to_vec();
        sorted.sort_by(f64::total_cmp);
        let counts = counts(&sorted);
        let most = counts.iter().copied().max().unwrap_or(0);
        let [low, median, high] = [0.25, 0.5, 0.75].map(|part| quantile(&sorted, part));
        Self {
            class,
            name: name.to_owned(),
            median: percent(median),
            middle: format!("{}–{}", percent(low), percent(high)),
            width: WIDTH,
            height: HEIGHT,
            margin: MARGIN,
            right: WIDTH - MARGIN,
            bars: bars(&counts, most),
            most,
            quarter: [x(low), x(high)],
            median_x: x(median),
        }
    }
}

fn x(share: f64) -> f64 {
    tenths(MARGIN + share * (WIDTH - 2.0 * MARGIN))
}

/// Documents by bin; the last bin holds 100 % too.
fn counts(shares: &[f64]) -> [usize; BINS] {
    let mut counts = [0; BINS];
    for share in shares {
        let bin = (share * BINS as f64 + 1e-9) as usize;
        counts[bin.min(BINS - 1)] += 1;
    }
    counts
}

fn bars(counts: &[usize; BINS], most: usize) -> Vec<Bar> {
    let bar = |(bin, &count): (usize, &usize)| {
        let height = tenths((HEIGHT - TOP) * count as f64 / most.max(1) as f64);
        let from = x(bin as f64 / BINS as f64);
        Bar {
            x: tenths(from + 0.5),
            width: tenths(x((bin + 1) as f64 / BINS as f64) - from - 1.0),
            y: tenths(HEIGHT - height),
            height,
        }
    };
    counts
        .iter()
        .enumerate()
        .filter(|(_, n)| **n > 0)
        .map(bar)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_has_a_bin() {
        let counts = counts(&[0.0, 0.049, 0.05, 0.15, 1.0]);
        assert_eq!((counts[0], counts[1], counts[3], counts[19]), (2, 1, 1, 1));
    }
}
