//! What `score` writes, byte for byte but for the last digits of numbers. `make bless` writes the
//! files in `tests/golden/` anew; their difference is reviewed like code.

mod common;

use std::fmt::Write as _;

use common::{fitted, polemic, quick_params, repo, set_of, stdout_of, triplets};

/// Numbers with a decimal point may differ by this much.
const TOLERANCE: f64 = 1e-4;
const ONE: &str = "tests/fixtures/notice.txt";
const TWO: &str = "tests/fixtures/plea.md";

/// The model file that the golden files were made with: fitted here, so that a new default model
/// does not change them.
fn model() -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut rows = triplets();
    rows.truncate(300);
    fitted(&quick_params(), &set_of(rows))
        .write_to(file.path())
        .expect("written");
    file
}

#[test]
fn outputs_are_as_blessed() {
    let model = model();
    let cases: [(&str, &[&str]); 12] = [
        ("one.table.txt", &[TWO]),
        ("one.sentences.txt", &[ONE, "--sentences"]),
        ("one.explain.txt", &[TWO, "--explain"]),
        (
            "one.json",
            &[ONE, "--format", "json", "--explain", "--text"],
        ),
        ("one.md", &[TWO, "--format", "md"]),
        ("one.html", &[ONE, "--format", "html"]),
        (
            "sorted.sentences.txt",
            &[ONE, "--sentences", "--sort", "strength"],
        ),
        ("two.table.txt", &[ONE, TWO, "--sort", "polemical"]),
        ("two.json", &[ONE, TWO, "--format", "json"]),
        ("two.jsonl", &[ONE, TWO, "--format", "jsonl"]),
        ("two.csv", &[ONE, TWO, "--format", "csv"]),
        (
            "two.sentences.csv",
            &[ONE, TWO, "--format", "csv", "--sentences"],
        ),
    ];
    let mut wrong = String::new();
    for (name, args) in cases {
        let mut command = polemic(["score", "--model"]);
        let found = stdout_of(command.arg(model.path()).args(args));
        let found = without_checksum(&without_assets(&found));
        if let Some(difference) = check(name, &found) {
            let _ = writeln!(wrong, "{name}: {difference}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}`make bless` if this is meant");
}

/// A page without its style sheet and its script, which are files of their own.
fn without_assets(output: &str) -> String {
    let mut out = output.to_owned();
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        if let (Some(start), Some(end)) = (out.find(open), out.find(close)) {
            out.replace_range(start + open.len()..end, "");
        }
    }
    out
}

/// The model's checksum hangs on the last digit of its coefficients.
fn without_checksum(output: &str) -> String {
    let (mut out, mut rest) = (String::new(), output);
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let run = rest[at..]
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(rest.len() - at);
        out += &rest[..at];
        out += if run == 64 {
            "<sha256>"
        } else {
            &rest[at..at + run]
        };
        rest = &rest[at + run..];
    }
    out + rest
}

/// What differs from the golden file; or writes the file, if `POLEMIC_BLESS` is set.
fn check(name: &str, found: &str) -> Option<String> {
    let path = repo("tests/golden").join(name);
    if std::env::var_os("POLEMIC_BLESS").is_some() {
        std::fs::write(path, found).expect("written");
        return None;
    }
    let Ok(expected) = std::fs::read_to_string(&path) else {
        return Some("no golden file".to_owned());
    };
    let (found, expected) = (pieces(found), pieces(&expected));
    let differs = |(a, b): &(&Piece, &Piece)| !a.is_near(b);
    match found.iter().zip(&expected).find(differs) {
        Some((found, expected)) => Some(format!("{found:?}, not {expected:?}")),
        None if found.len() != expected.len() => Some("another length".to_owned()),
        None => None,
    }
}

/// A part of an output: text, or a number with a decimal point.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Number(f64),
}

impl Piece {
    fn is_near(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => (a - b).abs() <= TOLERANCE,
            (a, b) => a == b,
        }
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let numeric = |c: char| c.is_ascii_digit() || "+-.e".contains(c);
    let mut pieces = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while !rest.is_empty() {
            let first = rest.starts_with(numeric);
            let end = rest.find(|c| numeric(c) != first).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            rest = after;
            pieces.push(match part.parse() {
                Ok(number) if part.contains(['.', 'e']) => Piece::Number(number),
                _ => Piece::Text(part.to_owned()),
            });
        }
        pieces.push(Piece::Text("\n".to_owned()));
    }
    pieces
}

#[test]
fn only_last_digits_may_differ() {
    let near = |a: &str, b: &str| {
        let (a, b) = (pieces(a), pieces(b));
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.is_near(b))
    };
    assert!(near("share 0.12345 of 7.", "share 0.12349 of 7."));
    assert!(!near("share 0.123", "share 0.124"));
    assert!(!near("7 words", "8 words"));
}
