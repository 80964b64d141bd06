//! The triplets: complete, varied, even-handed, and not to be told apart by how they look.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{repo, table, triplets};
use ndarray::Array2;
use polemic::evaluate::Evaluation;
use polemic::features::SparseMatrix;
use polemic::labelled::{LabelledSet, grouped_folds};
use polemic::linear::{LogisticParams, Targets};
use polemic::stance::StanceScheme;

const FILE: &str = "labels/triplets.csv";
const CLASSES: [&str; 3] = ["academic", "neutral", "polemical"];
/// What a model that sees length and first word only must stay below.
const MOST_BY_LOOKS: f64 = 0.45;

fn distinct(column: &str) -> BTreeSet<String> {
    table(FILE)
        .into_iter()
        .map(|mut r| r.remove(column).expect("a column"))
        .collect()
}

/// How often each key occurs.
fn counted<K: Ord>(keys: impl IntoIterator<Item = K>) -> BTreeMap<K, usize> {
    keys.into_iter().fold(BTreeMap::new(), |mut counts, key| {
        *counts.entry(key).or_insert(0) += 1;
        counts
    })
}

#[test]
fn there_are_enough_of_them() {
    assert!(distinct("group").len() >= 600);
    assert!(distinct("topic").len() >= 40);
    assert_eq!(distinct("id").len(), table(FILE).len(), "ids are unique");
    assert_eq!(
        distinct("text").len(),
        table(FILE).len(),
        "texts are unique"
    );
}

#[test]
fn every_group_has_each_class_once_and_one_topic() {
    let mut groups: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in table(FILE) {
        let entry = (row["label"].clone(), row["topic"].clone());
        groups.entry(row["group"].clone()).or_default().push(entry);
    }
    for (group, mut rows) in groups {
        rows.sort();
        let labels: Vec<&str> = rows.iter().map(|r| r.0.as_str()).collect();
        assert_eq!(labels, CLASSES, "group {group}");
        assert!(rows.iter().all(|r| r.1 == rows[0].1), "group {group}");
    }
}

#[test]
fn no_five_words_come_more_than_five_times() {
    let texts: Vec<String> = triplets()
        .into_iter()
        .map(|r| r.text.to_lowercase())
        .collect();
    let words: Vec<Vec<&str>> = texts.iter().map(|text| words_of(text)).collect();
    let counts = counted(words.iter().flat_map(|w| w.windows(5)));
    let worn: Vec<_> = counts.into_iter().filter(|(_, n)| *n > 5).collect();
    assert!(worn.is_empty(), "{worn:?}");
}

fn words_of(text: &str) -> Vec<&str> {
    let inside = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
    text.split(|c| !inside(c))
        .filter(|w| !w.is_empty())
        .collect()
}

#[test]
fn both_sides_of_a_quarrel_get_as_many_polemics() {
    let mut balance: BTreeMap<String, i32> = BTreeMap::new();
    for row in table(FILE) {
        let polemical = row["label"] == "polemical";
        assert_eq!(
            polemical,
            !row["side"].is_empty(),
            "{}: a side is for polemics",
            row["id"]
        );
        let step = match row["side"].split_once(' ') {
            Some(("pro", matter)) => Some((matter, 1)),
            Some(("anti", matter)) => Some((matter, -1)),
            _ if polemical => panic!("{}: side {:?}", row["id"], row["side"]),
            _ => None,
        };
        if let Some((matter, step)) = step {
            *balance.entry(matter.to_owned()).or_default() += step;
        }
    }
    let uneven: Vec<_> = balance.into_iter().filter(|(_, sum)| *sum != 0).collect();
    assert!(uneven.is_empty(), "{uneven:?}");
}

#[test]
fn length_and_first_word_say_little_about_the_class() {
    let set = common::set_of(triplets());
    let x = looks(&set);
    let folds = grouped_folds(&set.groups, &set.labels, 5, 1);
    let mut held_out = Array2::zeros((set.len(), 3));
    for fold in 0..5 {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..set.len()).partition(|&i| folds[i] == fold);
        let labels: Vec<u32> = outside.iter().map(|&i| set.labels[i]).collect();
        let fit = LogisticParams::new()
            .fit(&rows_of(&x, &outside), Targets::Hard(&labels), None, 3)
            .expect("a fit");
        let p = fit
            .model
            .predict_proba(&rows_of(&x, &inside))
            .expect("probabilities");
        for (&i, p) in inside.iter().zip(p.rows()) {
            held_out.row_mut(i).assign(&p);
        }
    }
    let figures = Evaluation::from_probabilities(set.scheme(), &held_out, &set.labels);
    let macro_f1 = figures.macro_f1;
    assert!(
        macro_f1 < MOST_BY_LOOKS,
        "macro F1 {macro_f1} by length and first word alone"
    );
}

/// Words, characters, their squares, and the first word.
fn looks(set: &LabelledSet) -> SparseMatrix {
    let lower: Vec<String> = set.texts.iter().map(|t| t.to_lowercase()).collect();
    let firsts: Vec<&str> = lower.iter().map(|t| words_of(t)[0]).collect();
    let vocabulary: Vec<&str> = firsts
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut x = SparseMatrix::new(4 + vocabulary.len());
    for (text, first) in lower.iter().zip(firsts) {
        let words = words_of(text).len() as f32 / 25.0;
        let characters = text.chars().count() as f32 / 150.0;
        let place = vocabulary.binary_search(&first).expect("a known word") as u32;
        let lengths = [words, characters, words * words, characters * characters];
        let row = (0..4).zip(lengths).chain([(4 + place, 1.0)]);
        x.push_row(row).expect("increasing columns");
    }
    x
}

fn rows_of(x: &SparseMatrix, rows: &[usize]) -> SparseMatrix {
    let mut part = SparseMatrix::new(x.n_cols());
    for &i in rows {
        part.push_row(x.row(i).iter()).expect("a row of a matrix");
    }
    part
}

#[test]
fn the_codebook_has_the_classes_of_the_scheme_with_ten_borderline_cases_each() {
    let codebook = std::fs::read_to_string(repo("labels/CODEBOOK.md")).expect("a codebook");
    let headings: Vec<&str> = codebook.lines().filter(|l| l.starts_with("## ")).collect();
    for class in StanceScheme::default().classes() {
        let letter = class.title.chars().next().expect("a letter");
        assert!(
            headings
                .iter()
                .any(|h| h.ends_with(&format!(" {}", class.title))),
            "{}",
            class.title
        );
        let section = codebook
            .split(&format!(" {}\n", class.title))
            .nth(1)
            .expect("a section");
        let section = section.split("\n## ").next().expect("its text");
        let cases: Vec<&str> = section
            .lines()
            .filter(|l| {
                let number = l.strip_prefix(&format!("| {letter}"));
                number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
            })
            .collect();
        assert_eq!(cases.len(), 10, "{}", class.title);
        for case in cases {
            let decision = case.split('|').nth(3).expect("a decision").trim();
            assert!(CLASSES.contains(&decision), "{case}");
        }
    }
}
