//! What several test files need: paths, the triplets, a small model and the command.

#![allow(dead_code, reason = "every test file uses a part of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use polemic::artifact::{ModelArtifact, Provenance};
use polemic::features::{ChannelSettings, Style, WordNgrams};
use polemic::labelled::{LabelColumns, LabelledRow, LabelledSet};
use polemic::train::TrainParams;
use serde_json::Value;

/// A file or folder of the repository.
pub fn repo(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The records of a table in the repository, by column name.
pub fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(repo(path)).expect(path);
    reader
        .deserialize()
        .map(|record| record.expect("a record"))
        .collect()
}

/// The labelled rows of the triplets.
pub fn triplets() -> Vec<LabelledRow> {
    let path = repo("labels/triplets.csv");
    LabelColumns::default().read(&path).expect("triplets").0
}

/// The rows of the first `n` groups.
pub fn first_triplets(n: usize) -> Vec<LabelledRow> {
    let mut rows = triplets();
    rows.truncate(3 * n);
    rows
}

/// A set made of these rows.
pub fn set_of(rows: Vec<LabelledRow>) -> LabelledSet {
    LabelledSet::from_rows(Path::new("rows.csv"), rows).expect("two classes or more")
}

/// One row of a group of its own.
pub fn row(text: &str, label: &str) -> LabelledRow {
    LabelledRow {
        id: String::new(),
        text: text.to_owned(),
        label: label.to_owned(),
        shares: Default::default(),
        group: String::new(),
        weight: 1.0,
        source: String::new(),
    }
}

/// Settings that fit in a moment.
pub fn quick_params() -> TrainParams {
    TrainParams {
        channels: vec![
            ChannelSettings::WordNgrams(WordNgrams {
                min_df: 1,
                ..WordNgrams::default()
            }),
            ChannelSettings::Style(Style::default()),
        ],
        l2: vec![1.0],
        folds: 2,
        ..TrainParams::default()
    }
}

/// A model of these rows.
pub fn fitted(params: &TrainParams, set: &LabelledSet) -> ModelArtifact {
    let trained = params.fit(set, &|_, _| ()).expect("a fit");
    let provenance = Provenance {
        name: "small".to_owned(),
        version: "1".to_owned(),
        program: "polemic tests".to_owned(),
        params: params.clone(),
        report: trained.report,
        data: Vec::new(),
        class_counts: BTreeMap::new(),
        evaluations: BTreeMap::new(),
    };
    ModelArtifact::new(trained.classifier, provenance).expect("an artifact")
}

/// The model that comes with the program.
pub fn embedded_model() -> &'static ModelArtifact {
    static MODEL: OnceLock<ModelArtifact> = OnceLock::new();
    MODEL.get_or_init(|| ModelArtifact::embedded().expect("the embedded model"))
}

/// A model of the first triplets.
pub fn small_model() -> &'static ModelArtifact {
    static MODEL: OnceLock<ModelArtifact> = OnceLock::new();
    MODEL.get_or_init(|| fitted(&quick_params(), &set_of(first_triplets(100))))
}

/// `polemic`, run in the repository's root.
pub fn polemic<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::cargo_bin("polemic").expect("the program");
    command.args(args).current_dir(repo("."));
    command
}

/// How a command ended: status, standard output, standard error.
pub fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("a run");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("no signal");
    (status, text(output.stdout), text(output.stderr))
}

/// Standard output of a command that succeeds.
pub fn stdout_of(command: &mut Command) -> String {
    let (status, stdout, stderr) = outcome(command);
    assert_eq!(status, 0, "{stderr}");
    stdout
}

/// Standard output of a command that succeeds, read as JSON.
pub fn json_of(command: &mut Command) -> Value {
    serde_json::from_str(&stdout_of(command)).expect("JSON")
}

/// A fresh folder with these files.
pub fn folder_of<B: AsRef<[u8]>>(files: &[(&str, B)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// Writes rows as a labelled CSV.
pub fn write_rows(path: &Path, rows: &[LabelledRow]) {
    let mut writer = csv::Writer::from_path(path).expect("a file");
    writer
        .write_record(["text", "label", "group", "weight"])
        .expect("a header");
    for row in rows {
        let weight = row.weight.to_string();
        writer
            .write_record([&row.text, &row.label, &row.group, &weight])
            .expect("a row");
    }
    writer.flush().expect("a file");
}
