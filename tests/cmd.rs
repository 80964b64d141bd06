//! The commands in `tests/cmd/`, run in the repository's root, and those that need something that
//! a repository cannot keep: empty folders, links, permissions.

mod common;

use common::{folder_of, outcome, polemic, repo};

#[test]
fn commands_do_what_their_files_say() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}

#[test]
fn an_empty_folder_has_no_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let (status, stdout, stderr) = outcome(polemic(["score", "."]).current_dir(folder.path()));
    let message = "polemic: .: no document in this folder; \
                   expected files named *.txt, *.md, *.html, *.pdf, *.docx, *.odt, *.epub, *.rtf, *.eml, \
                   *.csv, *.tsv, *.jsonl, *.parquet, *.zip or *.gz\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", message));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_named_and_the_rest_is_scored() {
    let folder = folder_of(&[("texts/a.txt", "Rain fell on Monday.")]);
    let texts = folder.path().join("texts");
    std::os::unix::fs::symlink(&texts, texts.join("back")).expect("a link");
    let mut score = polemic(["score", "texts", "--format", "jsonl"]);
    let (status, stdout, stderr) = outcome(score.current_dir(folder.path()));
    assert_eq!((status, stdout.lines().count()), (1, 1), "{stderr}");
    let message = "polemic: cannot read texts/back: this link leads back to texts\n";
    assert_eq!(stderr, message);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_named() {
    let folder = folder_of(&[("a.txt", "Rain fell on Monday.")]);
    std::os::unix::fs::symlink("nowhere", folder.path().join("b.txt")).expect("a link");
    let mut score = polemic(["score", ".", "--format", "jsonl"]);
    let (status, stdout, stderr) = outcome(score.current_dir(folder.path()));
    assert_eq!((status, stdout.lines().count()), (1, 1), "{stderr}");
    assert!(
        stderr.contains("b.txt") && stderr.contains("No such file"),
        "{stderr}"
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named_and_the_rest_is_scored() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder_of(&[("a.txt", "Rain fell."), ("b.txt", "Snow fell.")]);
    let closed = folder.path().join("b.txt");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("closed");
    if std::fs::read(&closed).is_ok() {
        return; // root reads everything
    }
    let mut score = polemic(["score", "a.txt", "b.txt", "--format", "jsonl"]);
    let (status, stdout, stderr) = outcome(score.current_dir(folder.path()));
    assert_eq!((status, stdout.lines().count()), (1, 1));
    assert_eq!(
        stderr,
        "polemic: cannot open b.txt: Permission denied (os error 13)\n"
    );
}

#[test]
fn results_go_to_a_file_that_appears_whole() {
    let folder = folder_of(&[("a.txt", "Rain fell on Monday.")]);
    let run = |args: &[&str]| outcome(polemic(args).current_dir(folder.path()));
    let (_, printed, _) = run(&["score", "a.txt", "--format", "json"]);
    let written = run(&["score", "a.txt", "--format", "json", "-o", "out.json"]);
    assert_eq!(written, (0, String::new(), String::new()));
    let file = || std::fs::read_to_string(folder.path().join("out.json")).expect("a file");
    assert_eq!(file(), printed);
    // A run that fails leaves the older file as it was.
    let (status, ..) = run(&["score", "missing.txt", "--format", "json", "-o", "out.json"]);
    assert_eq!((status, file()), (2, printed.clone()));
    // Neither does one that would replace it unasked.
    let (status, _, stderr) = run(&["score", "a.txt", "--format", "csv", "-o", "out.json"]);
    let message = "polemic: --output is out.json, which is there already; \
                   expected a new file, or --force to replace it\n";
    assert_eq!((status, stderr.as_str(), file()), (2, message, printed));
    let forced = run(&[
        "score", "a.txt", "--format", "csv", "-o", "out.json", "--force",
    ]);
    assert!(forced.0 == 0 && file().starts_with("id,title"));
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        2
    );
}

#[test]
fn nothing_is_written_where_there_is_no_folder() {
    let folder = folder_of(&[("a.txt", "Rain fell."), ("rows.csv", "text\nRain fell.\n")]);
    let verbs: [&[&str]; 2] = [
        &["score", "a.txt", "-o", "missing/out"],
        &["predict", "rows.csv", "-o", "missing/out"],
    ];
    for verb in verbs {
        let (status, stdout, stderr) = outcome(polemic(verb).current_dir(folder.path()));
        assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
        let message = "polemic: cannot write missing/out: No such file or directory (os error 2)\n";
        assert_eq!(stderr, message, "{verb:?}");
    }
}

#[test]
fn standard_input_is_a_document_or_a_table() {
    let score = |bytes: &[u8]| outcome(polemic(["score", "-"]).write_stdin(bytes));
    assert_eq!(score(b"Rain fell on Monday.").0, 0);
    let (status, stdout, stderr) = score(b"");
    let message = "polemic: standard input: the document is empty; expected text\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", message));
    let (status, stdout, _) = outcome(polemic(["predict", "-"]).write_stdin("text\nRain fell.\n"));
    assert_eq!((status, stdout.lines().count()), (0, 2));
}

#[test]
fn other_languages_are_scored_only_if_asked_for() {
    let text = "Der Rat hat am Montag beschlossen, dass die Brücke im Sommer für neun Wochen \
                gesperrt wird, weil das Geländer erneuert werden muss und die Straße auch.";
    let run = |options: &[&str]| {
        outcome(
            polemic(["score", "-", "--format", "jsonl"])
                .args(options)
                .write_stdin(text),
        )
    };
    let (status, stdout, stderr) = run(&[]);
    let message = "polemic: standard input: seems to be in German (deu); expected English\n";
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", message));
    let (status, stdout, stderr) = run(&["--any-language"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.contains("\"language\":\"deu\""), "{stdout}");
}

#[test]
fn paths_come_from_a_list_and_from_patterns() {
    let folder = folder_of(&[
        ("a.txt", "Rain fell on Monday."),
        ("b.txt", "Snow fell on Monday."),
        ("c.html", "<p>Hail fell on Monday.</p>"),
        ("list", "b.txt\n\nc.html\n"),
    ]);
    let ids = |args: &[&str]| {
        let mut score = polemic(["score", "--format", "csv"]);
        let (status, stdout, stderr) = outcome(score.args(args).current_dir(folder.path()));
        assert_eq!((status, stderr.as_str()), (0, ""));
        let first = |line: &str| line.split(',').next().unwrap_or("").to_owned();
        stdout.lines().skip(1).map(first).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--files-from", "list"]), ["b.txt", "c.html"]);
    assert_eq!(ids(&["*.txt"]), ["a.txt", "b.txt"]);
    assert_eq!(
        ids(&["c.html", "--files-from", "list"]),
        ["c.html", "b.txt"]
    );
}

#[test]
fn every_verb_explains_itself() {
    for verb in [
        "score", "report", "compare", "predict", "train", "label", "audit", "evaluate", "model",
    ] {
        let file = repo("tests/cmd/help.trycmd");
        let commands = std::fs::read_to_string(file).expect("the help commands");
        assert!(
            commands.contains(&format!("$ polemic {verb}")),
            "no help of {verb} in help.trycmd"
        );
    }
}
