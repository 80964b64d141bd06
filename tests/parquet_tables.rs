//! Parquet tables are read as the same tables in CSV are: by `predict`, `audit`, `train`, `evaluate` and `label`.

#![cfg(feature = "parquet")]

mod common;

use std::fs;
use std::path::Path;

use common::{outcome, polemic, repo};

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    outcome(polemic(args).current_dir(folder))
}

/// Standard output of a run that must do.
fn done(folder: &Path, args: &[&str]) -> String {
    let (status, stdout, stderr) = run(folder, args);
    assert_eq!(status, 0, "{args:?}: {stderr}");
    stdout
}

/// A folder with the sentences of two documents as `s.csv` and `s.parquet`, labelled by the program itself,
/// and the documents as `d.csv` and `d.parquet`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = [
        "data/coalition-duration-paper.txt",
        "data/tax-great-fortunes.txt",
    ]
    .map(repo);
    let [a, b] = texts.map(|path| path.to_str().expect("UTF-8").to_owned());
    for format in ["csv", "parquet"] {
        let (rows, documents) = (format!("s.{format}"), format!("d.{format}"));
        let score = ["score", &a, &b, "--format", format, "-o"];
        done(
            folder.path(),
            &[&score[..], &[&rows, "--sentences"]].concat(),
        );
        done(folder.path(), &[&score[..], &[&documents]].concat());
    }
    folder
}

#[test]
fn parquet_gives_what_csv_gives() {
    let folder = folder();
    let path = folder.path();
    for args in [
        &["predict"][..],
        &["audit"],
        &["evaluate", "--json"],
        &["predict", "--id-column", "start"],
    ] {
        let with = |table| done(path, &[args, &[table]].concat());
        let (csv, parquet) = (with("s.csv"), with("s.parquet"));
        assert!(csv.lines().count() > 5, "{args:?}: {csv}");
        assert_eq!(csv, parquet.replace("s.parquet", "s.csv"), "{args:?}");
    }
}

#[cfg(feature = "label")]
#[test]
fn rows_to_label_may_be_parquet() {
    let folder = folder();
    let label = |table: &str| {
        let mut label = polemic(["label", table, "--text-column", "title", "--terminal"]);
        let label = label.current_dir(folder.path());
        outcome(label.write_stdin("1 a note\nq\n"))
    };
    let (csv, parquet) = (label("d.csv"), label("d.parquet"));
    assert_eq!(csv, parquet);
    assert!(csv.1.ends_with("1 labels by me\n"), "{csv:?}");
    assert!(folder.path().join("d.parquet.journal.jsonl").exists());
}

#[test]
fn a_model_is_fitted_to_parquet() {
    let folder = folder();
    let fit = ["train", "s.parquet", "--quiet", "-o", "m.safetensors"];
    done(folder.path(), &fit);
    done(folder.path(), &["model", "verify", "m.safetensors"]);
}

#[test]
fn broken_tables_are_named_and_where_they_break() {
    let folder = folder();
    let path = folder.path();
    let whole = fs::read(path.join("s.parquet")).expect("read");
    fs::write(path.join("cut.parquet"), &whole[..whole.len() / 2]).expect("written");
    for verb in ["predict", "audit", "evaluate"] {
        let (status, stdout, stderr) = run(path, &[verb, "cut.parquet"]);
        assert_eq!((status, stdout.as_str()), (2, ""), "{verb}");
        assert!(
            stderr.starts_with("polemic: cut.parquet: a broken Parquet file ("),
            "{verb}: {stderr}"
        );
    }
    // The footer is whole, the first page of data is not.
    let mut torn = whole;
    torn[4..64].fill(0xff);
    fs::write(path.join("torn.parquet"), &torn).expect("written");
    for verb in ["predict", "audit"] {
        let (status, _, stderr) = run(path, &[verb, "torn.parquet"]);
        assert_eq!(status, 2, "{verb}");
        assert!(
            stderr.contains("torn.parquet: record 1: "),
            "{verb}: {stderr}"
        );
    }
}

#[test]
fn a_missing_column_is_named_with_those_there_are() {
    let folder = folder();
    for verb in ["predict", "audit"] {
        let args = [verb, "s.parquet", "--text-column", "body"];
        let (status, _, stderr) = run(folder.path(), &args);
        assert_eq!(status, 2, "{verb}");
        assert!(
            stderr.contains("s.parquet: no column \"body\"; found ") && stderr.contains("text"),
            "{verb}: {stderr}"
        );
    }
}
