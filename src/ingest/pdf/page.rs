//! Runs of words on a page to lines in reading order, column by column.

use super::lines::Segment;

/// A line of a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) words: String,
    /// Which column of which band of the page; lines of one group stand under each other.
    pub(super) group: usize,
    /// Left and right end of the column's text.
    pub(super) column: (f32, f32),
    /// Runs with a wide gap between them.
    pub(super) cells: usize,
}

/// A gutter is at least this wide, in points.
const GUTTER: f32 = 7.0;
/// Gutters of a page that are looked at.
const MOST_GUTTERS: usize = 7;
/// Lines that a column has at least.
const COLUMN_LINES: usize = 6;

/// The lines of a page in reading order. `before` are the gutters of the page before, which hold for a
/// page with too few lines to tell, such as the last one.
pub(super) fn lines_of(segments: Vec<Segment>, before: &mut Vec<(f32, f32)>) -> Vec<Line> {
    let mut gutters = gutters(&segments);
    if gutters.is_empty() && fit(&segments, before) {
        gutters.clone_from(before);
    }
    before.clone_from(&gutters);
    let crosses = |s: &Segment| gutters.iter().any(|g| s.x0 < g.0 && s.x1 > g.1);
    let mut spanning: Vec<f32> = segments
        .iter()
        .filter(|s| crosses(s))
        .map(|s| s.y)
        .collect();
    spanning.sort_by(f32::total_cmp);
    // A band is what stands between two lines that go across all columns. The lines themselves are
    // bands too.
    let place = |s: &Segment| {
        let above = spanning.partition_point(|y| *y < s.y - 0.3 * s.size);
        if crosses(s) {
            return (2 * above + 1, 0);
        }
        let level = spanning.iter().any(|y| (*y - s.y).abs() <= 0.3 * s.size);
        let column = gutters.iter().filter(|g| s.x0 >= (g.0 + g.1) / 2.0).count();
        if level {
            (2 * above + 1, 0)
        } else {
            (2 * above, column)
        }
    };
    let mut placed: Vec<((usize, usize), Segment)> = Vec::with_capacity(segments.len());
    placed.extend(segments.iter().map(|s| (place(s), s.clone())));
    placed.sort_by(|(a, s), (b, t)| a.cmp(b).then(s.y.total_cmp(&t.y)));
    let mut lines = Vec::new();
    let mut from = 0;
    while from < placed.len() {
        let group = placed[from].0;
        let to = from
            + placed[from..]
                .iter()
                .take_while(|(g, _)| *g == group)
                .count();
        let number = if group.0 % 2 == 1 {
            // Lines across the page belong together if nothing stands between them.
            usize::MAX
        } else {
            group.0 * 16 + group.1
        };
        lines.extend(merged(&placed[from..to], number));
        from = to;
    }
    measure_columns(&mut lines);
    lines
}

/// Does text stand on both sides of the gutters, and hardly any across them?
fn fit(segments: &[Segment], gutters: &[(f32, f32)]) -> bool {
    let crossing = |g: &(f32, f32)| segments.iter().filter(|s| s.x0 < g.0 && s.x1 > g.1).count();
    let beside = |g: &(f32, f32)| {
        segments.iter().any(|s| s.x1 <= g.1) && segments.iter().any(|s| s.x0 >= g.0)
    };
    !gutters.is_empty()
        && gutters
            .iter()
            .all(|g| beside(g) && crossing(g) * 5 <= segments.len())
}

/// The runs on one level become a line, from left to right.
fn merged(placed: &[((usize, usize), Segment)], group: usize) -> Vec<Line> {
    let mut rows: Vec<Vec<&Segment>> = Vec::new();
    for (_, segment) in placed {
        match rows.last_mut() {
            Some(row) if (segment.y - row[0].y).abs() < 0.45 * row[0].size.max(segment.size) => {
                row.push(segment);
            }
            _ => rows.push(vec![segment]),
        }
    }
    let line = |mut row: Vec<&Segment>| {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let words: Vec<&str> = row.iter().map(|s| s.words.as_str()).collect();
        let longest = row.iter().max_by_key(|s| s.words.len()).unwrap_or(&row[0]);
        Line {
            x0: row[0].x0,
            x1: row.iter().map(|s| s.x1).fold(f32::MIN, f32::max),
            y: longest.y,
            size: longest.size,
            words: words.join(" "),
            group,
            column: (0.0, 0.0),
            cells: row.len() - usize::from(row.len() > 1 && is_bullet(&row[0].words)),
        }
    };
    rows.into_iter().map(line).collect()
}

/// Is this nothing but the mark of a list item?
pub(super) fn is_bullet(words: &str) -> bool {
    let mut chars = words.chars();
    let mark = |c: char| "•‣▪◦●–*".contains(c) || ('\u{f000}'..='\u{f8ff}').contains(&c);
    chars.next().is_some_and(mark) && chars.next().is_none()
}

fn measure_columns(lines: &mut [Line]) {
    let mut from = 0;
    while from < lines.len() {
        let group = lines[from].group;
        let to = from
            + lines[from..]
                .iter()
                .take_while(|line| line.group == group)
                .count();
        let left = lines[from..to]
            .iter()
            .map(|l| l.x0)
            .fold(f32::MAX, f32::min);
        let right = lines[from..to]
            .iter()
            .map(|l| l.x1)
            .fold(f32::MIN, f32::max);
        for line in &mut lines[from..to] {
            line.column = (left, right);
        }
        from = to;
    }
}

/// The white stripes between columns: few runs cross them, and many stand on both sides, at the
/// same heights.
fn gutters(segments: &[Segment]) -> Vec<(f32, f32)> {
    let left = segments.iter().map(|s| s.x0).fold(f32::MAX, f32::min);
    let right = segments.iter().map(|s| s.x1).fold(f32::MIN, f32::max);
    let steps = ((right - left) / 2.0).clamp(0.0, 2000.0) as usize;
    let allowed = segments.len() / 5;
    let (mut found, mut stripe) = (Vec::new(), None::<(f32, f32, usize)>);
    for step in 0..=steps {
        let x = left + 2.0 * step as f32;
        let crossing = segments.iter().filter(|s| s.x0 < x && s.x1 > x).count();
        stripe = match stripe {
            Some((from, _, least)) if crossing <= allowed.min(least) => Some((from, x, crossing)),
            Some((from, to, least)) => {
                found.push((from, to, least));
                None
            }
            None => (crossing <= allowed).then_some((x, x, crossing)),
        };
    }
    found.retain(|(from, to, _)| to - from >= GUTTER - 2.0 && stand_beside(segments, (*from, *to)));
    found
        .into_iter()
        .take(MOST_GUTTERS)
        .map(|(from, to, _)| (from, to))
        .collect()
}

/// Do enough runs stand on both sides of the stripe, beside each other, and not as cells of a table?
fn stand_beside(segments: &[Segment], (from, to): (f32, f32)) -> bool {
    let left: Vec<&Segment> = segments.iter().filter(|s| s.x1 <= to).collect();
    let right: Vec<&Segment> = segments.iter().filter(|s| s.x0 >= from).collect();
    let range = |side: &[&Segment]| {
        let low = side.iter().map(|s| s.y).fold(f32::MAX, f32::min);
        let high = side.iter().map(|s| s.y).fold(f32::MIN, f32::max);
        (low, high)
    };
    let words = |side: &[&Segment]| -> usize {
        side.iter()
            .map(|s| s.words.split(' ').count())
            .sum::<usize>()
    };
    if left.len() < COLUMN_LINES || right.len() < COLUMN_LINES {
        return false;
    }
    let ((a, b), (c, d)) = (range(&left), range(&right));
    let shared = b.min(d) - a.max(c);
    let prose = |side: &[&Segment]| words(side) >= 3 * side.len();
    shared > 0.5 * (b - a).min(d - c) && prose(&left) && prose(&right)
}
