//! Three shares that sum to 1 as a point in a triangle.

use askama::Template;

use crate::report::html::figure::tenths;

/// Length of a side, and room around for names.
const SIDE: f64 = 420.0;
const AROUND: f64 = 46.0;
/// Documents up to which the points are part of the page; beyond, its script draws them.
pub(super) const MOST_STATIC: usize = 1000;

/// The frame of the triangle with its grid, and the points of the documents.
#[derive(Template)]
#[template(path = "ternary.html")]
pub(super) struct Ternary {
    width: f64,
    height: f64,
    corners: [[f64; 2]; 3],
    grid: Vec<[[f64; 2]; 2]>,
    names: Vec<Name>,
    points: Vec<Point>,
}

/// The name of a class at its corner.
struct Name {
    class: usize,
    name: String,
    x: f64,
    y: f64,
}

/// A document.
pub(super) struct Point {
    pub index: usize,
    pub class: usize,
    pub page: String,
    pub said: String,
    pub at: [f64; 2],
}

/// Where shares lie: the first class is at the lower left, the second at the lower right, the third
/// at the top. Shares that do not sum to 1 are scaled.
pub(super) fn place(shares: [f64; 3]) -> [f64; 2] {
    let sum: f64 = shares.iter().sum();
    let [_, second, third] = shares.map(|share| if sum > 0.0 { share / sum } else { 1.0 / 3.0 });
    let x = AROUND + SIDE * (second + third / 2.0);
    let y = AROUND + SIDE * triangle_height() * (1.0 - third);
    [tenths(x), tenths(y)]
}

fn triangle_height() -> f64 {
    0.75f64.sqrt()
}

impl Ternary {
    pub(super) fn new(names: [String; 3], points: Vec<Point>) -> Self {
        let corner = |class: usize| {
            let mut shares = [0.0; 3];
            shares[class] = 1.0;
            place(shares)
        };
        Self {
            width: SIDE + 2.0 * AROUND,
            height: tenths(SIDE * triangle_height() + 2.0 * AROUND),
            corners: [0, 1, 2].map(corner),
            grid: grid(),
            names: names
                .into_iter()
                .enumerate()
                .map(|(class, name)| at_corner(class, name, corner(class)))
                .collect(),
            points,
        }
    }
}

/// Below the lower corners, above the upper one.
fn at_corner(class: usize, name: String, [x, y]: [f64; 2]) -> Name {
    let y = if class == 2 { y - 12.0 } else { y + 22.0 };
    Name { class, name, x, y }
}

/// Lines of equal share at 25, 50 and 75 % of each class.
fn grid() -> Vec<[[f64; 2]; 2]> {
    let mut lines = Vec::new();
    for class in 0..3 {
        for share in [0.25, 0.5, 0.75] {
            let end = |other: usize| {
                let mut shares = [0.0; 3];
                shares[class] = share;
                shares[(class + other) % 3] = 1.0 - share;
                place(shares)
            };
            lines.push([end(1), end(2)]);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_and_centre() {
        let height = SIDE * 0.75f64.sqrt();
        assert_eq!(place([1.0, 0.0, 0.0]), [AROUND, tenths(AROUND + height)]);
        assert_eq!(place([0.0, 1.0, 0.0])[0], AROUND + SIDE);
        assert_eq!(place([0.0, 0.0, 1.0]), [AROUND + SIDE / 2.0, AROUND]);
        let third = 1.0 / 3.0;
        assert_eq!(
            place([third; 3]),
            [AROUND + SIDE / 2.0, tenths(AROUND + height * 2.0 / 3.0)]
        );
    }
}
