//! Sentence boundaries against the gold set written for this project (`tests/fixtures/sentences`).
//! `docs/METHOD.md` has the figures. When a rule changes, read the differences of the open part; the
//! held-out part is only counted, so that its figure keeps meaning something.

mod gold_support;

use gold_support::Tally;
use gold_support::sentences::paragraphs;

fn tally(part: &str) -> Tally {
    let mut total = Tally::default();
    for (_, paragraphs) in paragraphs(part) {
        for paragraph in &paragraphs {
            total.add(paragraph.tally());
        }
    }
    total
}

/// What is wrong in the open part, file by file.
fn differences() -> String {
    let mut lines = String::new();
    for (name, paragraphs) in paragraphs("open") {
        for difference in paragraphs
            .iter()
            .flat_map(|paragraph| paragraph.differences())
        {
            lines += &format!("\n{name}: {difference}");
        }
    }
    lines
}

#[test]
fn a_thousand_boundaries_of_many_kinds() {
    let (open, held_out) = (tally("open"), tally("held-out"));
    assert_eq!((open.gold, held_out.gold), (737, 304));
}

#[test]
fn open_part() {
    let found = tally("open");
    assert!(
        found.f1() >= 0.995,
        "{found:?} {:.4}{}",
        found.f1(),
        differences()
    );
}

#[test]
fn held_out_part() {
    let found = tally("held-out");
    assert!(found.f1() >= 0.985, "{found:?} {:.4}", found.f1());
    assert!(
        found.precision() >= 0.98 && found.recall() >= 0.98,
        "{found:?}"
    );
}
