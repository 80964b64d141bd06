//! `polemic report`: a folder that is the same however often it was interrupted.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{folder_of, outcome, polemic, triplets};
use serde_json::Value;

/// All files below a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|e| e.expect("an entry"));
    let files = walk.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| {
        path.strip_prefix(folder)
            .expect("below")
            .display()
            .to_string()
    };
    files
        .map(|entry| {
            (
                name(entry.path()),
                std::fs::read(entry.path()).expect("a file"),
            )
        })
        .collect()
}

/// A folder with `n` documents of some length in two outlets.
fn many_documents(n: usize) -> tempfile::TempDir {
    let texts: Vec<String> = triplets().into_iter().map(|row| row.text).collect();
    let document = |i: usize| {
        let body: Vec<&str> = (0..60)
            .map(|k| texts[(i * 61 + k * 7) % texts.len()].as_str())
            .collect();
        (
            format!("docs/{}/{i:03}.txt", ["east", "west"][i % 2]),
            body.join(" "),
        )
    };
    let documents: Vec<(String, String)> = (0..n).map(document).collect();
    let listed: Vec<(&str, &str)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    folder_of(&listed)
}

fn report(folder: &Path, options: &[&str]) -> (i32, String, String) {
    let mut command = polemic(["report", "docs", "--quiet"]);
    outcome(command.args(options).current_dir(folder))
}

/// What the list's script reads.
fn list_data(index: &str) -> Value {
    let start = index.find("id=\"data\">").expect("data") + "id=\"data\">".len();
    let end = start + index[start..].find("</script>").expect("an end");
    serde_json::from_str(&index[start..end]).expect("JSON")
}

#[test]
fn a_report_of_the_samples_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = polemic([
        "report",
        "data",
        "tests/fixtures/binary.txt",
        "--title",
        "Samples",
        "-o",
    ]);
    let (status, stdout, stderr) = outcome(command.arg(folder.path().join("out")));
    assert_eq!((status, stdout.as_str()), (1, ""), "{stderr}");
    let found = files(&folder.path().join("out"));
    let n = common::table("data/manifest.csv").len();
    assert_eq!(
        found
            .keys()
            .filter(|name| name.starts_with("pages/"))
            .count(),
        n
    );
    let index = String::from_utf8(found["index.html"].clone()).expect("UTF-8");
    assert!(index.contains("<h1>Samples</h1>") && index.contains("binary data (byte 0x00"));
    assert_eq!(list_data(&index)["id"].as_array().map(Vec::len), Some(n));
    for (name, page) in &found {
        let page = String::from_utf8_lossy(page);
        let alone = !page.contains("src=\"http") && !page.contains("href=\"http");
        assert!(
            !name.ends_with(".html") || alone,
            "{name} needs the network"
        );
    }
    let rows = |name: &str| {
        let mut reader = csv::Reader::from_reader(found[name].as_slice());
        reader
            .records()
            .map(|r| r.expect("a record").len())
            .collect::<Vec<_>>()
    };
    assert_eq!(rows("documents.csv").len(), n);
    assert!(rows("sentences.csv").len() > 20 * n);
    assert!(!found.keys().any(|name| name.contains("unfinished")));
}

#[test]
fn the_sentences_of_a_report_are_those_of_score() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    outcome(polemic(["report", "data", "-o"]).arg(&out));
    let mut score = polemic(["score", "data", "--format", "csv", "--sentences"]);
    let table = std::fs::read_to_string(out.join("sentences.csv")).expect("a table");
    assert_eq!(table, common::stdout_of(&mut score));
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let folder = many_documents(12);
    report(folder.path(), &["-o", "one", "--jobs", "1"]);
    report(folder.path(), &["-o", "three", "--jobs", "3"]);
    let (one, three) = (
        files(&folder.path().join("one")),
        files(&folder.path().join("three")),
    );
    assert!(one.len() > 12 && one == three);
}

#[cfg(unix)]
#[test]
fn killed_and_resumed_it_is_the_same_report() {
    let folder = many_documents(90);
    let (status, _, stderr) = report(folder.path(), &["-o", "once"]);
    assert_eq!(status, 0, "{stderr}");
    let journal = folder.path().join("killed/.unfinished/journal.jsonl");
    let length = || std::fs::metadata(&journal).map_or(0, |m| m.len());
    let (mut kills, mut finished) = (0, false);
    while kills < 6 && !finished {
        let before = length();
        let mut run = Command::new(assert_cmd::cargo::cargo_bin("polemic"))
            .args([
                "report", "docs", "-o", "killed", "--resume", "--quiet", "--jobs", "1",
            ])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("a run");
        while length() <= before && !finished {
            std::thread::sleep(Duration::from_millis(1));
            finished = run.try_wait().expect("a state").is_some();
        }
        if !finished {
            run.kill().expect("killed");
        }
        run.wait().expect("an end");
        if !finished && journal.is_file() {
            kills += 1;
            // As if the machine had stopped in the middle of a line.
            let mut bytes = std::fs::read(&journal).unwrap_or_default();
            bytes.extend(b"{\"row\":{\"id\":\"docs/ea");
            std::fs::write(&journal, bytes).expect("written");
        }
    }
    assert!(kills > 1, "killed {kills} times");
    if !finished {
        let (status, _, stderr) = report(folder.path(), &["-o", "killed", "--resume"]);
        assert_eq!(status, 0, "{stderr}");
    }
    let (once, killed) = (
        files(&folder.path().join("once")),
        files(&folder.path().join("killed")),
    );
    assert_eq!(
        once.keys().collect::<Vec<_>>(),
        killed.keys().collect::<Vec<_>>()
    );
    assert!(once == killed);
}

#[test]
fn what_changed_since_the_interruption_is_measured_anew() {
    let folder = many_documents(6);
    let store = |name: &str| folder.path().join(name);
    report(folder.path(), &["-o", "whole"]);
    // An interrupted run: what `report` keeps, without its end.
    let model = polemic::artifact::ModelArtifact::embedded().expect("a model");
    drop(
        polemic::report::UnfinishedReport::begin(&store("out"), &model.sha256, "other")
            .expect("begun"),
    );
    let (status, _, stderr) = report(folder.path(), &["-o", "out", "--resume"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("a run with other settings"), "{stderr}");
    let (status, _, stderr) = report(folder.path(), &["-o", "out"]);
    assert!(
        status == 2 && stderr.contains("--resume to go on"),
        "{stderr}"
    );
    let (status, _, stderr) = report(folder.path(), &["-o", "out", "--force"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(files(&store("out")) == files(&store("whole")));
}

#[test]
fn nothing_is_overwritten_unless_forced_and_then_nothing_is_left_over() {
    let folder = many_documents(4);
    assert_eq!(report(folder.path(), &["-o", "out"]).0, 0);
    let first = files(&folder.path().join("out"));
    let (status, _, stderr) = report(folder.path(), &["-o", "out"]);
    let message = "polemic: --output is out, which is not empty; expected a new or an empty folder; \
                   or --resume to go on, --force to replace\n";
    assert_eq!((status, stderr.as_str()), (2, message));
    assert!(files(&folder.path().join("out")) == first);
    std::fs::write(folder.path().join("out/notes.txt"), "mine").expect("written");
    std::fs::remove_file(folder.path().join("docs/east/000.txt")).expect("removed");
    assert_eq!(report(folder.path(), &["-o", "out", "--force"]).0, 0);
    let second = files(&folder.path().join("out"));
    assert_eq!(second.len(), first.len());
    assert!(second.contains_key("notes.txt"));
}

#[test]
fn a_report_of_nothing_leaves_nothing() {
    let folder = folder_of(&[("docs/a.txt", "")]);
    let (status, _, stderr) = report(folder.path(), &["-o", "out"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("the document is empty"), "{stderr}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn groups_are_shown_with_their_numbers() {
    let folder = many_documents(9);
    assert_eq!(
        report(folder.path(), &["-o", "out", "--group-by", "folder"]).0,
        0
    );
    let index = std::fs::read_to_string(folder.path().join("out/index.html")).expect("a list");
    assert!(index.contains("By folder"));
    assert!(index.contains("<th scope=\"row\">docs/east</th><td class=\"number\">5</td>"));
    assert!(index.contains("<th scope=\"row\">docs/west</th><td class=\"number\">4</td>"));
}

#[test]
fn a_table_gives_metadata() {
    let folder = many_documents(6);
    let rows: String = (0..6)
        .map(|i| {
            format!(
                "{}/{i:03}.txt,2026-0{}-11,Paper {}\n",
                ["east", "west"][i % 2],
                1 + i / 2,
                i / 3
            )
        })
        .collect();
    std::fs::write(
        folder.path().join("docs/about.csv"),
        format!("path,date,outlet\n{rows}"),
    )
    .expect("written");
    let (status, _, stderr) = report(
        folder.path(),
        &["-o", "out", "--metadata", "docs/about.csv"],
    );
    assert_eq!(status, 0, "{stderr}");
    let found = files(&folder.path().join("out"));
    let index = String::from_utf8_lossy(&found["index.html"]).into_owned();
    assert!(index.contains("By outlet") && index.contains("Month by month"));
    assert!(index.contains("<th scope=\"row\">2026-03</th><td class=\"number\">2</td>"));
    let table = String::from_utf8_lossy(&found["documents.csv"]).into_owned();
    assert!(
        table
            .lines()
            .next()
            .expect("a header")
            .ends_with(",page,metadata_date,metadata_outlet")
    );
    assert!(table.contains(",2026-01-11,Paper 0\n"));
}

#[test]
fn a_hostile_name_stays_text() {
    let name = "docs/<script>alert(1)<&\".txt";
    let folder = folder_of(&[(
        name,
        "# <b>Rain</b>\n\nIt rained </script><script>alert(2)</script> all day.",
    )]);
    assert_eq!(report(folder.path(), &["-o", "out"]).0, 0);
    for (name, bytes) in files(&folder.path().join("out")) {
        if name.ends_with(".html") {
            let page = String::from_utf8(bytes).expect("UTF-8");
            assert!(!page.contains("<script>alert"), "{name}");
        }
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_tables_hold_what_the_csv_tables_hold() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    outcome(
        polemic(["report", "data", "-o"])
            .arg(&out)
            .current_dir(common::repo(".")),
    );
    for table in ["documents", "sentences"] {
        let file = std::fs::File::open(out.join(table).with_extension("parquet")).expect("a file");
        let reader = SerializedFileReader::new(file).expect("Parquet");
        let mut csv = csv::Reader::from_path(out.join(table).with_extension("csv")).expect("CSV");
        let names = csv.headers().expect("a header").clone();
        let mut n = 0;
        for (row, record) in reader.get_row_iter(None).expect("rows").zip(csv.records()) {
            let (row, record) = (row.expect("a row"), record.expect("a record"));
            for (((name, value), expected), column) in
                row.get_column_iter().zip(&record).zip(&names)
            {
                let found = match value {
                    Field::Null => String::new(),
                    Field::Str(text) => text.clone(),
                    Field::Long(n) => n.to_string(),
                    Field::Double(number) => format!("{number:.6}"),
                    Field::Bool(flag) => flag.to_string(),
                    other => panic!("{other:?}"),
                };
                assert_eq!((name.as_str(), found.as_str()), (column, expected));
            }
            n += 1;
        }
        assert!(n > 10);
    }
}
