//! The generated part of `docs/BEHAVIOUR.md`.

use std::path::PathBuf;
use std::{env, fs};

const BEGIN: &str = "<!-- figures: written by `make bless` -->\n";
const END: &str = "<!-- end of figures -->\n";
/// How far a published figure may be from the measured one.
const TOLERANCE: f64 = 0.005;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/BEHAVIOUR.md")
}

/// Writes the tables if `POLEMIC_BLESS` is set, else compares.
///
/// # Panics
///
/// If a published figure differs from the measured one by more than 0.005, or the text around it.
pub fn publish_or_compare(tables: &str) {
    let page = fs::read_to_string(path()).expect("docs/BEHAVIOUR.md");
    let (before, rest) = page
        .split_once(BEGIN)
        .expect("a mark where the figures begin");
    let (published, after) = rest.split_once(END).expect("a mark where the figures end");
    if env::var_os("POLEMIC_BLESS").is_some() {
        let page = format!("{before}{BEGIN}{tables}\n{END}{after}");
        fs::write(path(), page).expect("docs/BEHAVIOUR.md can be written");
    } else {
        compare(published.trim(), tables.trim());
    }
}

fn compare(published: &str, measured: &str) {
    let advice = "run `make bless` and review the difference of docs/BEHAVIOUR.md";
    let (old, new) = (published.lines().count(), measured.lines().count());
    assert_eq!(
        old, new,
        "docs/BEHAVIOUR.md has another number of lines; {advice}"
    );
    for (published, measured) in published.lines().zip(measured.lines()) {
        assert!(
            agree(published, measured),
            "docs/BEHAVIOUR.md is out of date; {advice}\npublished: {published}\nmeasured:  {measured}"
        );
    }
}

/// Whether two lines have the same words, and numbers within the tolerance.
fn agree(published: &str, measured: &str) -> bool {
    let (mut left, mut right) = (published.split_whitespace(), measured.split_whitespace());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(l), Some(r)) if l == r || close(l, r) => {}
            _ => return false,
        }
    }
}

fn close(left: &str, right: &str) -> bool {
    let number = |cell: &str| cell.parse::<f64>().ok();
    matches!((number(left), number(right)), (Some(l), Some(r)) if (l - r).abs() <= TOLERANCE + 1e-9)
}

#[test]
fn figures_may_differ_by_half_a_hundredth() {
    assert!(agree("| all | 120 | 0.995 |", "| all | 120 | 1.000 |"));
    assert!(!agree("| all | 120 | 0.995 |", "| all | 120 | 1.001 |"));
    assert!(!agree("| all | 120 | 0.995 |", "| all | 121 | 0.995 |"));
    assert!(!agree("| all |", "| all | 1 |"));
}
