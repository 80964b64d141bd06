//! Which figures the project aims at, and which it holds.

use std::fmt::Write;

use super::render::{Figures, table};

/// A bound on a figure.
#[derive(Clone, Copy)]
pub enum Bound {
    AtLeast(f64),
    AtMost(f64),
}
use Bound::{AtLeast, AtMost};

/// A figure, what the project wants of it, and what must hold today. `held` equals `wanted` where
/// the default model meets it; where it does not, it is what was measured, rounded to the
/// model's disadvantage. Tighten it when the model gets better; never loosen it silently.
pub struct Target {
    pub figure: &'static str,
    pub wanted: Bound,
    pub held: Bound,
}

const fn target(figure: &'static str, wanted: Bound, held: Bound) -> Target {
    Target {
        figure,
        wanted,
        held,
    }
}

/// Organisations and group words are not in the project's target; they are held to the same.
pub const TARGETS: [Target; 18] = [
    target("names swapped: same label", AtLeast(0.995), AtLeast(0.995)),
    target("names swapped: mean change", AtMost(0.02), AtMost(0.02)),
    target(
        "organisations swapped: same label",
        AtLeast(0.995),
        AtLeast(0.995),
    ),
    target(
        "organisations swapped: mean change",
        AtMost(0.02),
        AtMost(0.02),
    ),
    target(
        "group words swapped: same label",
        AtLeast(0.995),
        AtLeast(0.995),
    ),
    target(
        "group words swapped: mean change",
        AtMost(0.02),
        AtMost(0.02),
    ),
    target(
        "left and right mirrored: mean change",
        AtMost(0.03),
        AtMost(0.03),
    ),
    target("nations mirrored: mean change", AtMost(0.03), AtMost(0.03)),
    target("causes mirrored: mean change", AtMost(0.03), AtMost(0.03)),
    target(
        "religions and sexes mirrored: mean change",
        AtMost(0.03),
        AtMost(0.03),
    ),
    target("hedge added: right way", AtLeast(0.95), AtLeast(0.95)),
    target("citation added: right way", AtLeast(0.95), AtLeast(0.95)),
    target("insult added: right way", AtLeast(0.95), AtLeast(0.95)),
    target(
        "insult as a verdict added: right way",
        AtLeast(0.95),
        AtLeast(0.95),
    ),
    target("exhortation added: right way", AtLeast(0.95), AtLeast(0.95)),
    target("all added: right way", AtLeast(0.95), AtLeast(0.95)),
    target(
        "quoted: author's share polemical is 0",
        AtLeast(1.0),
        AtLeast(1.0),
    ),
    target("clear cases: right", AtLeast(0.95), AtLeast(0.95)),
];

impl Bound {
    fn admits(self, figure: f64) -> bool {
        match self {
            AtLeast(bound) => figure >= bound,
            AtMost(bound) => figure <= bound,
        }
    }

    fn words(self) -> String {
        match self {
            AtLeast(bound) => format!("at least {bound}"),
            AtMost(bound) => format!("at most {bound}"),
        }
    }
}

/// The table of targets.
pub fn render(figures: &Figures) -> String {
    let mut out = String::new();
    let row = |target: &Target| {
        let figure = figures[target.figure];
        let met = if target.wanted.admits(figure) {
            "met"
        } else {
            "**unmet**"
        };
        let bounds = [target.wanted.words(), met.to_owned(), target.held.words()];
        let figure = [target.figure.to_owned(), format!("{figure:.4}")];
        figure.into_iter().chain(bounds).collect()
    };
    let head = ["Figure", "Measured", "Target", "", "Asserted by the test"];
    table(&mut out, "Targets", &head, TARGETS.iter().map(row));
    out
}

/// One line for each figure outside of what is asserted.
pub fn broken(figures: &Figures) -> String {
    let mut out = String::new();
    for Target { figure, held, .. } in TARGETS {
        let measured = figures[figure];
        if !held.admits(measured) {
            let _ = writeln!(out, "{figure} is {measured:.4}, must be {}", held.words());
        }
    }
    out
}
