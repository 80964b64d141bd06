//! Sentence boundaries against the gold set written for this project (`tests/fixtures/sentences`).
//! `docs/METHOD.md` has the figures. `SHOW=open cargo test --test sentences -- --nocapture` would
//! tempt one to fit rules to the held-out part: it shows the open part only.

mod gold_support;

use gold_support::Tally;
use gold_support::sentences::paragraphs;

fn tally(part: &str) -> Tally {
    let mut total = Tally::default();
    for (name, found) in paragraphs(part) {
        let mut of_file = Tally::default();
        for paragraph in &found {
            of_file.add(paragraph.tally());
            if part == "open" {
                for difference in paragraph.differences() {
                    eprintln!("{name} {difference}");
                }
            }
        }
        eprintln!("{part} {name} {:.3} {of_file:?}", of_file.f1());
        total.add(of_file);
    }
    eprintln!(
        "{part} P {:.4} R {:.4} F1 {:.4} {total:?}",
        total.precision(),
        total.recall(),
        total.f1()
    );
    total
}

#[test]
fn open_part() {
    assert!(tally("open").f1() > 0.97); tally("held-out");
}
