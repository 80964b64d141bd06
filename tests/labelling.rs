//! `polemic label`: nothing that was answered is ever lost.

#![cfg(feature = "label")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use common::{folder_of, outcome, polemic};

/// `polemic label`, serving.
struct Served {
    child: Child,
    port: u16,
}

impl Served {
    fn start(folder: &std::path::Path) -> Self {
        let program = assert_cmd::cargo::cargo_bin("polemic");
        let mut child = std::process::Command::new(program)
            .args(["label", "rows.csv", "--port", "0"])
            .current_dir(folder)
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let stderr = BufReader::new(child.stderr.take().expect("its messages"));
        let line = stderr.lines().next().expect("a line").expect("text");
        let port = line
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let port = port.and_then(|port| port.parse().ok()).expect("a port");
        Self { child, port }
    }

    /// Sends a request; gives status and body.
    fn ask(&self, request: &str, host: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        let head = format!(
            "{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .expect("a status");
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status, body.to_owned())
    }

    fn own(&self, request: &str, body: &str) -> (u16, String) {
        self.ask(request, &format!("127.0.0.1:{}", self.port), body)
    }

    fn label(&self, annotator: &str) {
        let (_, shown) = self.own(&format!("GET /api/next?annotator={annotator}"), "");
        let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
        let id = shown["task"]["id"].as_str().expect("a row");
        let act = format!(
            "{{\"annotator\":\"{annotator}\",\"id\":\"{id}\",\"act\":{{\"label\":\"neutral\"}}}}"
        );
        let (status, body) = self.own("POST /api/act", &act);
        assert_eq!(status, 200, "{body}");
    }

    fn labels(&self) -> usize {
        self.own("GET /labels.csv", "")
            .1
            .matches(",neutral,")
            .count()
    }

    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

#[test]
fn labels_survive_a_kill_and_two_people_at_once() {
    let rows: String = (0..40)
        .map(|i| format!("{i},Report {i} was read in the town hall.\n"))
        .collect();
    let folder = folder_of(&[("rows.csv", &format!("id,text\n{rows}"))]);
    let served = Served::start(folder.path());
    std::thread::scope(|scope| {
        for annotator in ["ann", "bob"] {
            let served = &served;
            scope.spawn(move || (0..12).for_each(|_| served.label(annotator)));
        }
    });
    assert_eq!(served.labels(), 24);
    served.kill();
    let served = Served::start(folder.path());
    assert_eq!(served.labels(), 24);
    served.label("ann");
    let undo = "{\"annotator\":\"ann\",\"id\":\"\",\"act\":\"undo\"}";
    assert_eq!(served.own("POST /api/act", undo).0, 200);
    assert_eq!(served.labels(), 24);
    // Only this machine, by its own names, and only JSON.
    assert_eq!(served.ask("GET /", "example.org", "").0, 403);
    assert_eq!(served.own("POST /api/act", "label=neutral").0, 400);
    served.kill();
    let mut export = polemic(["label", "rows.csv", "--export", "labels.csv"]);
    assert_eq!(outcome(export.current_dir(folder.path())).0, 0);
    let labels = std::fs::read_to_string(folder.path().join("labels.csv")).expect("labels");
    assert_eq!(labels.lines().count(), 25);
}

#[test]
fn the_terminal_takes_the_same_labels() {
    let folder = folder_of(&[(
        "rows.csv",
        "text\nRain fell on the town.\nSnow fell at sea.\n",
    )]);
    let mut label = polemic([
        "label",
        "rows.csv",
        "--terminal",
        "--classes",
        "calm,loud",
        "--annotator",
        "eve",
    ]);
    label
        .current_dir(folder.path())
        .write_stdin("2 too loud\n9\nu\n1\n1\n");
    let (status, stdout, stderr) = outcome(&mut label);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(
        stdout.ends_with("all rows are done\n2 labels by eve\n"),
        "{stdout}"
    );
    let journal = std::fs::read_to_string(folder.path().join("rows.csv.journal.jsonl"));
    assert_eq!(journal.expect("a journal").lines().count(), 4);
}

/// Two programs on one journal: the second is refused, and the lock goes when the first is killed.
#[test]
fn a_journal_belongs_to_one_program_at_a_time() {
    let table = "id,text\n1,Rain fell on the town.\n2,Snow fell at sea.\n3,Wind came up.\n";
    let folder = folder_of(&[("rows.csv", table)]);
    let run = |args: &[&str], answers: &'static str| {
        let mut label = polemic(["label", "rows.csv"]);
        let label = label.args(args).current_dir(folder.path());
        outcome(label.write_stdin(answers))
    };
    let served = Served::start(folder.path());
    served.label("ann");
    for how in [&["--port", "0"][..], &["--terminal"]] {
        let (status, stdout, stderr) = run(how, "1\n1\n1\n");
        assert_eq!((status, stdout.as_str()), (2, ""));
        assert_eq!(
            stderr,
            "polemic: rows.csv.journal.jsonl: another program has it open; \
             expected one program at a time that labels into it\n"
        );
    }
    let (status, _, stderr) = run(&["--export", "labels.csv"], "");
    assert_eq!(status, 0, "{stderr}");
    let exported = std::fs::read_to_string(folder.path().join("labels.csv")).expect("labels");
    assert_eq!(exported.lines().count(), 2);
    served.label("ann");
    assert_eq!(served.labels(), 2);
    served.kill();
    let (status, stdout, stderr) = run(&["--terminal", "--annotator", "ann"], "1\n");
    assert_eq!(status, 0, "{stderr}");
    assert!(
        stdout.ends_with("all rows are done\n3 labels by ann\n"),
        "{stdout}"
    );
}

#[test]
fn an_export_without_a_journal_says_so_and_makes_none() {
    let folder = folder_of(&[("rows.csv", "text\nRain fell on the town.\n")]);
    let mut export = polemic(["label", "rows.csv", "--export", "labels.csv"]);
    let (status, _, stderr) = outcome(export.current_dir(folder.path()));
    assert_eq!(status, 2);
    assert!(
        stderr.contains("cannot open rows.csv.journal.jsonl: "),
        "{stderr}"
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1
    );
}
