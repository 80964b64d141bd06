//! Voices against the gold set written for this project (`tests/fixtures/voice`). `docs/METHOD.md` has
//! the figures. When a rule changes, read the differences of the open part; the held-out part is only
//! counted.

mod gold_support;

use gold_support::voices::{Case, Figures, Kind, cases};

fn figures(part: &str) -> Figures {
    let mut total = Figures::default();
    for case in cases(part).iter().flat_map(|(_, cases)| cases) {
        for (gold, found) in case.gold.iter().zip(case.found()) {
            total.add(Figures::of(gold, &found));
        }
    }
    total
}

/// What is wrong in a case, sentence by sentence.
fn differences(name: &str, case: &Case) -> String {
    let mut lines = String::new();
    for (gold, found) in case.gold.iter().zip(case.found()) {
        if !Figures::of(gold, &found).is_right() {
            let text = &case.paragraphs[gold.paragraph].0[gold.span.clone()];
            lines += &format!("\n{name}, {}: {text}\n    {gold:?} {found:?}", case.name);
        }
    }
    lines
}

fn open_differences() -> String {
    let files = cases("open");
    let of_file = |(name, cases): &(String, Vec<Case>)| -> String {
        cases.iter().map(|case| differences(name, case)).collect()
    };
    files.iter().map(of_file).collect()
}

#[test]
fn more_than_three_hundred_cases_of_every_voice() {
    let files: Vec<_> = ["open", "held-out"].into_iter().flat_map(cases).collect();
    let cases: Vec<&Case> = files.iter().flat_map(|(_, cases)| cases).collect();
    let count = |kind| {
        let sentences = cases.iter().flat_map(|case| &case.gold);
        sentences.filter(|gold| gold.kind == kind).count()
    };
    let counts = [Kind::Author, Kind::Direct, Kind::Indirect].map(count);
    assert_eq!((cases.len(), counts), (379, [567, 148, 183]));
}

#[test]
fn open_part() {
    let found = figures("open");
    assert!(
        found.direct.precision() >= 0.99 && found.direct.recall() >= 0.99,
        "{found:?}"
    );
    let enough = found.indirect.precision() >= 0.99 && found.indirect.recall() >= 0.96;
    assert!(enough, "{:?}{}", found.indirect, open_differences());
    assert!(
        found.speaker.recall() >= 0.97,
        "{:?}{}",
        found.speaker,
        open_differences()
    );
}

#[test]
fn held_out_part() {
    let found = figures("held-out");
    assert!(
        found.direct.precision() >= 0.95 && found.direct.recall() >= 0.95,
        "{found:?}"
    );
    assert!(
        found.indirect.precision() >= 0.95 && found.indirect.recall() >= 0.85,
        "{found:?}"
    );
    assert!(found.speaker.recall() >= 0.85, "{found:?}");
}
