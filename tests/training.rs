//! Training: repeatable, for any classes, and judged on what it did not see.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{
    first_triplets, fitted, json_of, outcome, polemic, quick_params, row, set_of, write_rows,
};
use ndarray::array;
use polemic::artifact::ModelArtifact;
use polemic::evaluate::Evaluation;
use polemic::labelled::{LabelledRow, Uses, grouped_folds};
use polemic::stance::StanceScheme;
use serde_json::Value;

/// A labelled file in a folder of its own.
fn labelled(rows: &[LabelledRow]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write_rows(&folder.path().join("rows.csv"), rows);
    folder
}

/// `polemic` in that folder.
fn polemic_in<const N: usize>(folder: &tempfile::TempDir, args: [&str; N]) -> assert_cmd::Command {
    let mut command = polemic(args);
    command.current_dir(folder.path());
    command
}

fn read(folder: &tempfile::TempDir, name: &str) -> Vec<u8> {
    std::fs::read(folder.path().join(name)).expect(name)
}

#[test]
fn the_same_rows_give_the_same_bytes_for_any_number_of_threads() {
    let folder = labelled(&first_triplets(40));
    for (jobs, name) in [("1", "one"), ("2", "two"), ("2", "again")] {
        let mut train = polemic_in(
            &folder,
            ["train", "rows.csv", "-o", "m", "--quiet", "--jobs", jobs],
        );
        assert_eq!(outcome(&mut train), (0, String::new(), String::new()));
        std::fs::rename(folder.path().join("m"), folder.path().join(name)).expect("renamed");
    }
    let one = read(&folder, "one");
    assert_eq!(one, read(&folder, "two"));
    assert_eq!(one, read(&folder, "again"));
}

#[test]
fn any_four_classes_can_be_told_apart() {
    let words = [
        ("sport", "goal match striker league"),
        ("weather", "rain storm cloud frost"),
        ("Küche", "butter oven flour recipe"),
        ("money, mostly", "bank loan interest share"),
    ];
    let rows: Vec<LabelledRow> = (0..40)
        .map(|i| {
            let (label, words) = words[i % 4];
            let words: Vec<&str> = words.split(' ').collect();
            let text = format!(
                "The {} and the {} in week {i}.",
                words[i % 3],
                words[i / 4 % 4]
            );
            row(&text, label)
        })
        .collect();
    let folder = labelled(&rows);
    let mut train = polemic_in(&folder, ["train", "rows.csv", "-o", "m.safetensors", "-q"]);
    train.assert().success();
    let mut predict = polemic_in(&folder, ["predict", "rows.csv", "--model", "m.safetensors"]);
    let found = common::stdout_of(&mut predict);
    assert!(
        found.starts_with("id,Küche,\"money, mostly\",sport,weather,label\n"),
        "{found}"
    );
    let mut reader = csv::Reader::from_reader(found.as_bytes());
    for (record, row) in reader.records().zip(&rows) {
        assert_eq!(&record.expect("a record")[5], row.label, "{}", row.text);
    }
    let mut score = polemic_in(&folder, ["score", "-", "--model", "m.safetensors"]);
    score
        .write_stdin("The storm brought frost and rain.")
        .assert()
        .success();
}

/// Coefficients of a fit without cross-validation, on style counts only: these do not depend on
/// how often a row is there.
fn coefficients(rows: Vec<LabelledRow>) -> Vec<f32> {
    let mut params = quick_params();
    params.channels.remove(0);
    let mut set = set_of(rows);
    set.uses.fill(Uses::default());
    fitted(&params, &set)
        .classifier
        .model()
        .coefficients()
        .to_vec()
}

fn distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max)
}

#[test]
fn a_row_of_weight_two_counts_like_two_rows() {
    let once = first_triplets(20);
    let (mut weighed, mut doubled) = (once.clone(), once.clone());
    for (i, row) in once.iter().enumerate().filter(|(i, _)| i % 4 == 0) {
        weighed[i].weight = 2.0;
        doubled.push(row.clone());
    }
    let weighed = coefficients(weighed);
    assert!(
        distance(&weighed, &coefficients(once)) > 0.01,
        "the weights change nothing"
    );
    assert!(distance(&weighed, &coefficients(doubled)) < 0.01);
}

#[test]
fn a_row_of_weight_nothing_does_not_count() {
    let rows = first_triplets(20);
    let mut with = rows.clone();
    with.extend((0..10).map(|_| LabelledRow {
        weight: 0.0,
        ..row("This disgrace must end now!", "neutral")
    }));
    assert!(distance(&coefficients(with), &coefficients(rows)) < 0.01);
}

#[test]
fn rows_of_weight_nothing_are_not_judged() {
    let mut rows = first_triplets(20);
    let judged = rows.len();
    rows.extend((0..10).map(|_| LabelledRow {
        weight: 0.0,
        ..row("This disgrace must end now!", "neutral")
    }));
    let model = fitted(&quick_params(), &set_of(rows));
    let held_out = model.provenance.report.held_out.expect("cross-validated");
    assert_eq!(held_out.samples, judged);
}

#[test]
fn folds_never_split_a_group() {
    let set = set_of(first_triplets(200));
    for (n_folds, seed) in [(2, 1), (5, 1), (5, 2), (20, 3)] {
        let folds = grouped_folds(&set.groups, &set.labels, n_folds, seed);
        let mut fold_of: BTreeMap<u32, usize> = BTreeMap::new();
        for (group, fold) in set.groups.iter().zip(&folds) {
            assert_eq!(
                fold_of.entry(*group).or_insert(*fold),
                fold,
                "group {group}"
            );
        }
        let sizes: Vec<usize> = (0..n_folds)
            .map(|f| folds.iter().filter(|&&g| g == f).count())
            .collect();
        let (least, most) = (sizes.iter().min(), sizes.iter().max());
        assert!(
            most.zip(least).is_some_and(|(m, l)| m - l <= 3),
            "{sizes:?}"
        );
    }
}

#[test]
fn a_saved_model_scores_as_it_did() {
    let model = common::small_model();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("m.safetensors");
    model.write_to(&path).expect("written");
    let loaded = ModelArtifact::read(&path).expect("read");
    assert_eq!(loaded.sha256, model.sha256);
    assert_eq!(loaded.provenance, model.provenance);
    assert_eq!(
        loaded.to_bytes().expect("bytes"),
        std::fs::read(&path).expect("bytes")
    );
    let (mut before, mut after) = (model.classifier.scorer(), loaded.classifier.scorer());
    for row in common::triplets().iter().step_by(5) {
        assert_eq!(
            before.score(&row.text),
            after.score(&row.text),
            "{}",
            row.text
        );
    }
}

#[cfg(unix)]
#[test]
fn a_model_file_has_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (model, usual) = (folder.path().join("m"), folder.path().join("usual"));
    common::small_model().write_to(&model).expect("written");
    std::fs::write(&usual, "x").expect("written");
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&model), mode(&usual));
}

#[test]
fn nothing_is_left_where_a_model_cannot_be_written() {
    let folder = labelled(&first_triplets(5));
    std::fs::create_dir(folder.path().join("taken")).expect("a folder");
    for output in ["missing/m.safetensors", "taken"] {
        let mut train = polemic_in(&folder, ["train", "rows.csv", "-q", "-o", output]);
        let (status, stdout, stderr) = outcome(&mut train);
        assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
        assert!(
            stderr.starts_with(&format!("polemic: cannot write {output}: ")),
            "{stderr}"
        );
        assert!(!stderr.contains(".tmp"), "a temporary name in {stderr:?}");
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["rows.csv", "taken"], "{output}");
    }
}

#[test]
fn figures_are_those_computed_by_hand() {
    let scheme = StanceScheme::default();
    // neutral right, neutral called polemical, academic right, polemical right, polemical called neutral
    let p = array![
        [0.8, 0.1, 0.1],
        [0.2, 0.2, 0.6],
        [0.1, 0.7, 0.2],
        [0.1, 0.1, 0.8],
        [0.5, 0.1, 0.4],
    ];
    let found = Evaluation::from_probabilities(&scheme, &p, &[0, 0, 1, 2, 2]);
    assert_eq!(found.confusion, [[1, 0, 1], [0, 1, 0], [1, 0, 1]]);
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    close(found.accuracy, 3.0 / 5.0);
    close(found.macro_f1, (0.5 + 1.0 + 0.5) / 3.0);
    let loss = -(0.8_f64.ln() + 0.2_f64.ln() + 0.7_f64.ln() + 0.8_f64.ln() + 0.4_f64.ln()) / 5.0;
    close(found.log_loss, loss);
    let neutral = &found.classes["neutral"];
    assert_eq!(neutral.samples, 2);
    close(neutral.precision, 0.5);
    close(neutral.recall, 0.5);
    // neutral 0.8 and 0.2 against 0.1, 0.1 and 0.5: five of six pairs are in order
    assert!(
        neutral
            .auc
            .is_some_and(|auc| (auc - 5.0 / 6.0).abs() < 1e-12),
        "{:?}",
        neutral.auc
    );
    // bins of 1/15: 0.8 twice, 0.7, 0.6 wrong, 0.5 wrong, each apart from the others
    close(found.calibration_error, (0.4 + 0.3 + 0.6 + 0.5) / 5.0);
}

#[test]
fn evaluate_agrees_with_predict() {
    let folder = labelled(&first_triplets(30));
    let figures = json_of(&mut polemic_in(&folder, ["evaluate", "rows.csv", "--json"]));
    let predicted = common::stdout_of(&mut polemic_in(&folder, ["predict", "rows.csv"]));
    let mut reader = csv::Reader::from_reader(predicted.as_bytes());
    let hits = reader
        .records()
        .zip(first_triplets(30))
        .filter(|(record, row)| record.as_ref().is_ok_and(|r| r[4] == row.label))
        .count();
    assert_eq!(figures["samples"], 90);
    assert_eq!(figures["accuracy"], Value::from(hits as f64 / 90.0));
}

#[test]
fn cross_validation_judges_every_row_once_and_only_by_others() {
    // Each group has a word of its own for each class: whoever sees the group knows the answer.
    let rows: Vec<LabelledRow> = (0..60)
        .map(|i| {
            let label = ["neutral", "academic", "polemical"][i % 3];
            LabelledRow {
                group: format!("g{}", i / 3),
                ..row(&format!("zq{i} zq{i}"), label)
            }
        })
        .collect();
    let folder = labelled(&rows);
    let args = ["evaluate", "rows.csv", "--cross-validate", "--json"];
    let figures = json_of(&mut polemic_in(&folder, args));
    assert_eq!(figures["samples"], 60);
    let accuracy = figures["accuracy"].as_f64().expect("a number");
    assert!(
        accuracy < 0.6,
        "held-out rows cannot be known, yet accuracy is {accuracy}"
    );
    assert_eq!(
        figures,
        json_of(&mut polemic_in(&folder, args)),
        "same seed, same figures"
    );
}

#[test]
fn cross_validation_of_one_group_is_refused() {
    let mut rows = first_triplets(4);
    rows.iter_mut().for_each(|row| row.group = "all".to_owned());
    let folder = labelled(&rows);
    let mut command = polemic_in(&folder, ["evaluate", "rows.csv", "--cross-validate"]);
    let (status, stdout, stderr) = outcome(&mut command);
    let message =
        "polemic: rows.csv: one group only; expected at least two groups to cross-validate\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", message));
}
