//! Voices against the gold set written for this project (`tests/fixtures/voice`).

mod gold_support;

use gold_support::voices::{Figures, Kind, cases};
use polemic::text::Voice;

fn figures(part: &str) -> Figures {
    let mut total = Figures::default();
    for (name, cases) in cases(part) {
        let mut of_file = Figures::default();
        for case in &cases {
            for (gold, found) in case.gold.iter().zip(case.found()) {
                let one = Figures::of(gold, &found);
                let wrong = one.direct.found != one.direct.gold
                    || one.indirect.found != one.indirect.gold
                    || one.speaker.right != one.speaker.gold;
                if part == "open" && wrong {
                    let text = &case.paragraphs[gold.paragraph].0[gold.span.clone()];
                    eprintln!(
                        "{name}/{}: {:?} <{}> {found:?}\n      {text}",
                        case.name, gold.kind, gold.speaker
                    );
                }
                of_file.add(one);
            }
        }
        eprintln!("{part} {name} {}", line(&of_file));
        total.add(of_file);
    }
    eprintln!("{part} {}", line(&total));
    total
}

fn line(f: &Figures) -> String {
    let pr = |t: gold_support::Tally| {
        format!(
            "P {:.3} R {:.3} ({}/{}/{})",
            t.precision(),
            t.recall(),
            t.right,
            t.found,
            t.gold
        )
    };
    format!(
        "direct {} indirect {} reported {} speaker {:.3} of {}",
        pr(f.direct),
        pr(f.indirect),
        pr(f.reported),
        f.speaker.recall(),
        f.speaker.gold
    )
}

#[test]
fn open_part() {
    let _ = Kind::Author;
    let _ = Voice::Author;
    figures("open"); figures("held-out");
}
