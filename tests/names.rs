//! Names and their kinds against gold texts written for this project (`tests/fixtures/names`: texts with
//! the names that stand in them). `docs/METHOD.md` has the figures. When a rule changes, read the
//! differences of the open part; the held-out part is only counted.

mod common;
mod gold_support;

use std::collections::BTreeMap;

use common::{json_of, polemic, stdout_of, table};
use gold_support::Tally;
use polemic::profile::{FoundName, NameKind, names_in};
use polemic::text::{Lexicon, sentences};

type Kinds = BTreeMap<String, NameKind>;

/// A text and the names in it.
struct Case {
    text: String,
    gold: Kinds,
}

fn cases(part: &str) -> Vec<Case> {
    let rows = table(&format!("tests/fixtures/names/{part}.csv"));
    let case = |row: BTreeMap<String, String>| Case {
        gold: row["names"].split('|').map(name).collect(),
        text: row["text"].clone(),
    };
    rows.into_iter().map(case).collect()
}

/// `NAME=KIND`.
fn name(cell: &str) -> (String, NameKind) {
    let (name, kind) = cell.split_once('=').expect("a name and its kind");
    let kind = serde_json::from_value(kind.into()).expect("a kind");
    (name.to_owned(), kind)
}

fn found(lexicon: &Lexicon, text: &str) -> Kinds {
    let texts: Vec<&str> = sentences(text).map(|s| s.text).collect();
    let names = names_in(lexicon, texts).into_iter();
    names
        .map(|FoundName { name, kind, .. }| (name, kind))
        .collect()
}

/// How many names of a kind were found, and of these are right in name and kind.
fn tally(kind: NameKind, gold: &Kinds, found: &Kinds) -> Tally {
    let of_kind = |names: &Kinds| names.values().filter(|k| **k == kind).count();
    let right = |(name, k): &(&String, &NameKind)| **k == kind && gold.get(*name) == Some(&kind);
    Tally {
        right: found.iter().filter(right).count(),
        found: of_kind(found),
        gold: of_kind(gold),
    }
}

/// The tallies by kind, and what is wrong.
fn measured(part: &str) -> ([Tally; 4], String) {
    let lexicon = Lexicon::english();
    let mut tallies = [Tally::default(); 4];
    let mut wrong = String::new();
    for case in cases(part) {
        let found = found(&lexicon, &case.text);
        for (sum, kind) in tallies.iter_mut().zip(NameKind::ALL) {
            sum.add(tally(kind, &case.gold, &found));
        }
        if found != case.gold {
            wrong += &format!("\n{}\n    {:?}\n    {found:?}", case.text, case.gold);
        }
    }
    (tallies, wrong)
}

#[test]
fn more_than_250_names_of_every_kind() {
    let cases = ["open", "held-out"].into_iter().flat_map(cases);
    let kinds: Vec<NameKind> = cases.flat_map(|case| case.gold.into_values()).collect();
    let count = |kind| kinds.iter().filter(|k| **k == kind).count();
    assert_eq!(NameKind::ALL.map(count), [63, 127, 74, 30]);
}

#[test]
fn open_part() {
    let (tallies, wrong) = measured("open");
    let published = [(44, 44), (72, 72), (60, 60), (15, 18)];
    assert_eq!(tallies.map(right_of_found), published, "{wrong}");
}

/// As `docs/METHOD.md` has it.
fn right_of_found(tally: Tally) -> (usize, usize) {
    (tally.right, tally.found)
}

#[test]
fn held_out_part() {
    let (tallies, _) = measured("held-out");
    let published = [(19, 20), (49, 49), (14, 15), (14, 16)];
    assert_eq!(tallies.map(right_of_found), published);
}

/// The names in a document of these sentences, with the sentences that they stand in.
fn names(texts: &[&str]) -> Vec<(String, NameKind, Vec<usize>)> {
    let found = names_in(&Lexicon::english(), texts.iter().copied()).into_iter();
    found.map(|n| (n.name, n.kind, n.texts)).collect()
}

fn one(name: &str, kind: NameKind, texts: &[usize]) -> (String, NameKind, Vec<usize>) {
    (name.to_owned(), kind, texts.to_vec())
}

#[test]
fn a_person_is_one_name_in_a_document() {
    let texts = [
        "Marta Quell spoke first.",
        "Mr Quell was her uncle.",
        "Quell’s plan failed.",
    ];
    assert_eq!(
        names(&texts),
        [one("Marta Quell", NameKind::Person, &[0, 1, 2])]
    );
}

#[test]
fn two_people_of_one_name_stay_apart() {
    let texts = [
        "Marta Quell spoke first.",
        "Her uncle Otto Quell slept.",
        "Then Quell left.",
    ];
    let found = names(&texts);
    assert_eq!(
        found,
        [
            one("Marta Quell", NameKind::Person, &[0]),
            one("Otto Quell", NameKind::Person, &[1]),
            one("Quell", NameKind::Other, &[2]),
        ]
    );
}

#[test]
fn a_country_is_one_name_and_a_language_is_none() {
    let texts = [
        "The British left.",
        "They were told of it in Britain.",
        "The letter was written in French.",
        "It said that the UK had paid the U.S. navy.",
    ];
    let found = names(&texts);
    assert_eq!(
        found,
        [
            one("Britain", NameKind::Place, &[0, 1, 3]),
            one("U.S.", NameKind::Place, &[3]),
        ]
    );
}

#[test]
fn a_place_is_no_short_form_of_a_person() {
    let texts = ["George Washington is dead.", "Nobody in Washington cares."];
    let found = names(&texts);
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn an_acronym_in_brackets_is_the_name_before_it() {
    let texts = [
        "The Harbour Pilots Union (HPU) met on its boats.",
        "The HPU wants more pilots.",
    ];
    let union = one("Harbour Pilots Union", NameKind::Organisation, &[0, 1]);
    assert_eq!(names(&texts), [union]);
}

#[test]
fn offices_and_dates_are_no_names() {
    let texts = [
        "On Monday the Prime Minister met the President.",
        "I’ve seen it in May.",
        "",
        "!!!",
    ];
    assert_eq!(names(&texts), []);
}

#[test]
fn long_texts_of_capitals_end() {
    for piece in [
        "India ",
        "Jean-Luc ",
        "Mr ",
        "Taxes ",
        "Bank of ",
        "Ann van ",
        "Ana Ruiz and ",
    ] {
        let text = piece.repeat(10_000);
        assert!(names(&[&text]).len() < 10, "{piece}");
    }
    let many: Vec<String> = (0..5_000)
        .map(|n| format!("We saw Ana Bo{n}x there."))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(names(&many).len() > 1_000);
}

/// What was wrong in columns and wire reports, with other words.
#[test]
fn hyphens_offices_and_ships() {
    use NameKind::{Organisation, Other, Person, Place};
    let cases: [(&str, &[(&str, NameKind)]); 8] = [
        (
            "They are African-American voters.",
            &[("African-American", Other)],
        ),
        (
            "It harms US-China trade.",
            &[("US", Place), ("China", Place)],
        ),
        (
            "Then Secretary of State Jane Oduya left.",
            &[("Jane Oduya", Person)],
        ),
        (
            "Only Democrat Ravi Stone agreed.",
            &[("Democrats", Organisation), ("Ravi Stone", Person)],
        ),
        (
            "They boarded the USS Abel Strand there.",
            &[("USS Abel Strand", Other)],
        ),
        ("LISBON, the wire says, is calm.", &[("Lisbon", Place)]),
        (
            "Green Party members of Oslo left.",
            &[("Green Party", Organisation), ("Oslo", Place)],
        ),
        (
            "We saw Joost van der Laan yesterday.",
            &[("Joost van der Laan", Person)],
        ),
    ];
    for (text, wanted) in cases {
        let wanted: Kinds = wanted.iter().map(|(n, k)| ((*n).to_owned(), *k)).collect();
        assert_eq!(found(&Lexicon::english(), text), wanted, "{text}");
    }
}

const QUAY: &str = "Mayor Ines Falk closed the quay in Rostock. The Harbour Council has no money, and \
                    Falk has none either. In Rostock the Harbour Council owns every quay.";

#[test]
fn profiles_say_what_names_are_of() {
    let mut command = polemic(["score", "-", "--format", "json"]);
    let profile = json_of(command.write_stdin(QUAY));
    let named = profile["named"].as_array().expect("names");
    let kinds: Vec<(&str, &str, u64)> = named
        .iter()
        .map(|n| {
            (
                n["name"].as_str(),
                n["kind"].as_str(),
                n["sentences"].as_u64(),
            )
        })
        .map(|(name, kind, n)| {
            (
                name.expect("a name"),
                kind.expect("a kind"),
                n.expect("a count"),
            )
        })
        .collect();
    let wanted = [
        ("Harbour Council", "organisation", 2),
        ("Ines Falk", "person", 2),
        ("Rostock", "place", 2),
    ];
    assert_eq!(kinds, wanted);
}

#[test]
fn pages_group_names_by_kind() {
    let mut command = polemic(["score", "-", "--format", "html"]);
    let page = stdout_of(command.write_stdin(QUAY));
    let headings: Vec<&str> = page
        .split("scope=\"rowgroup\" colspan=\"5\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(headings, ["People", "Places", "Organisations"]);
}
