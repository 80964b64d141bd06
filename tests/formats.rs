//! One text in every format gives the same profile; broken and hostile files are named, and the rest
//! of the batch goes on.

mod common;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{embedded_model, folder_of, outcome, polemic, repo};
use polemic::ingest::{Document, ExcludedKind, Inputs, ReadParams};
use polemic::profile::{DocumentProfile, ProfileParams, profile};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_table_is_read_like_the_others() {
    let (table, lines) = (only("ferry.parquet"), only("ferry.jsonl"));
    assert_eq!(table.metadata, lines.metadata);
    assert_eq!(measured(&table).sentences, measured(&lines).sentences);
}

/// The formats that hold the one text, as files `ferry.*`.
const FERRIES: [&str; 15] = [
    "ferry.md",
    "ferry.html",
    "ferry.pdf",
    "ferry-columns.pdf",
    "ferry.docx",
    "ferry.odt",
    "ferry.epub",
    "ferry.rtf",
    "ferry.eml",
    "ferry.csv",
    "ferry.tsv",
    "ferry.jsonl",
    "ferry.txt.gz",
    "ferry-latin1.txt",
    "ferry-utf16.txt",
];

fn fixture(name: &str) -> PathBuf {
    repo("tests/fixtures/formats").join(name)
}

fn documents(path: &Path) -> Vec<Document> {
    let params = ReadParams::default();
    let inputs = Inputs::new([path], &params);
    inputs
        .map(|input| {
            input
                .and_then(|input| input.read(&params))
                .expect("a document")
        })
        .collect()
}

fn only(name: &str) -> Document {
    let mut found = documents(&fixture(name));
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

fn measured(document: &Document) -> DocumentProfile {
    let model = embedded_model();
    let params = ProfileParams::default();
    profile(model, &mut model.classifier.scorer(), document, &params)
}

#[test]
fn the_same_sentences_in_every_format() {
    let expected = measured(&only("ferry.txt"));
    let texts = |p: &DocumentProfile| {
        p.sentences
            .iter()
            .map(|s| s.text.clone())
            .collect::<Vec<_>>()
    };
    assert!(expected.sentences.len() > 30, "{:#?}", texts(&expected));
    for name in FERRIES {
        let found = measured(&only(name));
        assert_eq!(texts(&found), texts(&expected), "{name}");
        // Styles of RTF are not followed, so its headings are paragraphs.
        if name != "ferry.rtf" {
            assert_eq!(found.document.title, expected.document.title, "{name}");
        }
        for (class, share) in &expected.profile.share {
            let difference = (found.profile.share[class] - share).abs();
            assert!(
                difference <= 0.02,
                "{name}: {class} differs by {difference}"
            );
        }
        assert_eq!(
            found.voice.quoted.sentences, expected.voice.quoted.sentences,
            "{name}"
        );
    }
}

#[test]
fn sentences_are_where_they_are_said_to_be() {
    for name in FERRIES {
        let document = only(name);
        let words = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric())
                .collect::<String>()
        };
        for sentence in measured(&document).sentences {
            let source = &document.text[sentence.start..sentence.end];
            assert_eq!(words(source), words(&sentence.text), "{name}");
        }
    }
}

#[test]
fn metadata_goes_through() {
    let known = |name: &str, fields: &[(&str, &str)]| {
        let document = only(name);
        for (field, value) in fields {
            let found = document.metadata.get(*field).map(String::as_str);
            assert!(
                found.is_some_and(|found| found.starts_with(value)),
                "{name}: {field} is {found:?}"
            );
        }
    };
    let (author, date, outlet) = (
        ("author", "Mira Halvorsen"),
        ("date", "2024-03-12"),
        ("outlet", "The Sandøy Post"),
    );
    known("ferry.html", &[author, date, outlet]);
    for name in ["ferry.csv", "ferry.tsv", "ferry.jsonl"] {
        known(name, &[author, date, outlet]);
        assert!(only(name).id.as_str().ends_with("#ferry"));
    }
    for name in ["ferry.md", "ferry.eml"] {
        known(name, &[author, date]);
    }
    for name in ["ferry.docx", "ferry.odt", "ferry.epub"] {
        known(name, &[author]);
    }
    known("ferry-latin1.txt", &[("encoding", "windows-1252")]);
    known("ferry-utf16.txt", &[("encoding", "UTF-16LE")]);
}

#[test]
fn what_is_left_out_is_listed_and_can_be_put_back() {
    let page = only("ferry.html");
    let left_out: Vec<&str> = page
        .excluded
        .iter()
        .map(|part| &page.text[part.span.clone()])
        .collect();
    assert!(
        left_out.iter().any(|text| text.contains("cookies")),
        "{left_out:?}"
    );
    assert!(
        left_out
            .iter()
            .any(|text| text.contains("Harbour to be dredged")),
        "{left_out:?}"
    );
    assert!(
        page.excluded
            .iter()
            .all(|part| part.kind == ExcludedKind::Boilerplate)
    );
    let params = ReadParams {
        include: [ExcludedKind::Boilerplate].into(),
        ..ReadParams::default()
    };
    let whole = params.read(&fixture("ferry.html")).expect("a page");
    assert!(whole.excluded.is_empty());
    assert!(whole.blocks.len() > page.blocks.len());
    let columns = only("ferry-columns.pdf");
    let heads = columns
        .excluded
        .iter()
        .filter(|part| part.kind == ExcludedKind::RunningHead);
    assert!(heads.count() > 2, "{:?}", columns.excluded);
}

/// Bytes that are no document.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a member");
        writer.write_all(bytes).expect("a member");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A Word document with this XML as its text.
fn docx_of(xml: &[u8]) -> Vec<u8> {
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml),
    ])
}

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).expect("packed");
    writer.finish().expect("packed")
}

/// Twenty files that cannot be read, with words that the message about each holds.
fn broken_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let read = |name: &str| fs::read(fixture(name)).expect("a fixture");
    let half = |name: &str| {
        let bytes = read(name);
        bytes[..bytes.len() / 2].to_vec()
    };
    let zeros = vec![0; 80 << 20];
    let mut damaged = read("ferry.docx");
    let middle = damaged.len() / 2;
    damaged[100..middle].fill(0xA5);
    vec![
        ("broken-01.pdf", half("ferry.pdf"), "PDF file"),
        ("broken-02.pdf", read("password.pdf"), "needs a password"),
        ("broken-03.pdf", b"%PDF-1.7\n".to_vec(), "cut short"),
        ("broken-04.docx", half("ferry.docx"), "broken ZIP file"),
        ("broken-05.docx", damaged, "broken"),
        ("broken-06.docx", docx_of(b"<w:document><w:p"), "broken XML in word/document.xml"),
        ("broken-07.odt", half("ferry.odt"), "broken ZIP file"),
        ("broken-08.epub", zip_of(&[("META-INF/container.xml", b"<container/>")]), "without a root file"),
        ("broken-09.docx", docx_of(&zeros), "67108865 bytes"),
        ("broken-10.txt.gz", gzip_of(&zeros), "67108865 bytes"),
        ("broken-11.txt.gz", half("ferry.txt.gz"), "cut short"),
        ("broken-12.txt", vec![b'a'; 200 << 20], "209715200 bytes"),
        ("broken-13.txt", b"\x89PNG\r\n\x1a\n....".to_vec(), "a PNG picture"),
        ("broken-14.txt", Vec::new(), "is empty"),
        ("broken-15.md", noise(5000), "binary data"),
        ("broken-16.html", b"<html><body><p>1 2 3</p></body></html>".to_vec(), "is empty"),
        ("broken-17.jsonl", b"{\"text\": \"It rained".to_vec(), "record 1"),
        ("broken-18.csv", b"id,text\n7,\n".to_vec(), "no text in the column"),
        ("broken-19.rtf", b"{\\rtf1 It rained".to_vec(), "cut short"),
        (
            "broken-20.txt",
            "Der Rat hat am Montag beschlossen, dass die Brücke im Sommer für neun Wochen gesperrt wird, \
             weil das Geländer erneuert werden muss und die Straße auch."
                .as_bytes()
                .to_vec(),
            "German",
        ),
    ]
}

/// MiB that the program may have in memory at its peak, whatever it is given.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 500;

/// How a command ended in a folder: status, standard output, standard error. On Linux its memory is watched.
fn outcome_in_memory(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("polemic"));
    command.args(args).current_dir(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the program starts");
    #[cfg(target_os = "linux")]
    let watch = {
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        std::thread::spawn(move || peak_of(&status))
    };
    let output = child.wait_with_output().expect("it ends");
    #[cfg(target_os = "linux")]
    {
        let peak = watch.join().expect("a peak") / 1024;
        assert!((1..MOST_MEMORY).contains(&peak), "{peak} MiB");
    }
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("no signal");
    (status, text(output.stdout), text(output.stderr))
}

/// KiB that a process had in memory at most, asked again and again until it ends.
#[cfg(target_os = "linux")]
fn peak_of(status: &Path) -> u64 {
    let mut peak = 0;
    while let Ok(status) = fs::read_to_string(status) {
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let Some(found) = line.and_then(|l| l.split_whitespace().next()?.parse().ok()) else {
            break; // It has ended and was not yet waited for.
        };
        peak = found;
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    peak
}

#[test]
fn five_hundred_files_of_which_twenty_are_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = broken_files();
    for i in 0..480 {
        let name = FERRIES[i % FERRIES.len()];
        let place = folder.path().join(format!("{i:03}-{name}"));
        fs::copy(fixture(name), place).expect("copied");
    }
    for (name, bytes, _) in &broken {
        fs::write(folder.path().join(name), bytes).expect("written");
    }
    let (status, stdout, stderr) =
        outcome_in_memory(folder.path(), &["score", ".", "--format", "csv"]);
    assert_eq!(status, 1, "{stderr}");
    assert_eq!(stdout.lines().count(), 481);
    let messages: Vec<&str> = stderr.lines().collect();
    for (name, _, words) in &broken {
        let named = messages
            .iter()
            .filter(|line| line.contains(name))
            .collect::<Vec<_>>();
        assert_eq!(named.len(), 1, "{name}: {messages:#?}");
        assert!(named[0].contains(words), "{}", named[0]);
    }
    assert_eq!(messages.len(), broken.len(), "{messages:#?}");
}

/// Root may read everything, so under root somebody else tries: the user and the group of this number,
/// which need not exist.
#[cfg(unix)]
const NOBODY: u32 = 65534;

#[cfg(unix)]
#[test]
fn a_file_that_must_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = folder_of(&[("a.txt", "Rain fell on Monday."), ("b.pdf", "%PDF")]);
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    let closed = folder.path().join("b.pdf");
    mode(&closed, 0o000);
    mode(&folder.path().join("a.txt"), 0o644);
    let mut score = std::process::Command::new(env!("CARGO_BIN_EXE_polemic"));
    score.args(["score", ".", "--format", "csv"]);
    score.current_dir(folder.path());
    if fs::read(&closed).is_ok() {
        mode(folder.path(), 0o755);
        score.uid(NOBODY).gid(NOBODY);
    }
    // Nobody else can start the program if the checkout lies in a folder that only root may enter.
    let output = match score.output() {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return,
        output => output.expect("a run"),
    };
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(
        stderr.contains("b.pdf") && stderr.contains("Permission denied"),
        "{stderr}"
    );
}

fn scored(name: &str, bytes: &[u8]) -> (i32, String, String) {
    let folder = folder_of(&[(name, bytes)]);
    let mut score = polemic(["score", name, "--format", "jsonl"]);
    let found = outcome(score.current_dir(folder.path()));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "something was unpacked");
    found
}

#[test]
fn archives_hold_documents_and_tables() {
    let bytes = zip_of(&[
        ("texts/a.txt", b"Rain fell on Monday."),
        ("texts/b.html", b"<p>Snow fell on Tuesday.</p>"),
        ("c.csv", b"id,text\nx,Hail fell on Friday.\ny,Fog rose.\n"),
        ("d.txt.gz", &gzip_of(b"Dew fell.")),
        ("picture.png", b"\x89PNG"),
        (".hidden.txt", b"Nobody sees this."),
    ]);
    let (status, stdout, stderr) = scored("all.zip", &bytes);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let ids: Vec<String> = stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|found| found["document"]["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(
        ids,
        [
            "all.zip/texts/a.txt",
            "all.zip/texts/b.html",
            "all.zip/c.csv#x",
            "all.zip/c.csv#y",
            "all.zip/d.txt.gz"
        ]
    );
}

#[test]
fn names_that_lead_out_of_an_archive_are_refused() {
    let bytes = zip_of(&[
        ("../../evil.txt", b"Rain fell."),
        ("good.txt", b"Snow fell."),
    ]);
    let (status, stdout, stderr) = scored("a.zip", &bytes);
    assert_eq!((status, stdout.lines().count()), (1, 1));
    assert!(
        stderr.contains("evil.txt") && stderr.contains("leads out of the archive"),
        "{stderr}"
    );
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![b' '; 65 << 20];
    let (status, _, stderr) = scored(
        "a.zip",
        &zip_of(&[("a.txt", &zeros), ("b.txt", b"Snow fell.")]),
    );
    assert_eq!(status, 1, "{stderr}");
    assert!(
        stderr.contains("a.zip/a.txt: 68157440 bytes") || stderr.contains("67108865"),
        "{stderr}"
    );
    let (status, _, stderr) = scored("a.txt.gz", &gzip_of(&gzip_of(&zeros)));
    assert_eq!(status, 2, "{stderr}");
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..4 {
        packed.write_all(&zeros).expect("packed");
    }
    let stream = packed.finish().expect("packed");
    let head = format!(
        "%PDF-1.4\n1 0 obj <</Length {} /Filter /FlateDecode>>\nstream\n",
        stream.len()
    );
    let bomb = [head.as_bytes(), &stream, b"\nendstream\nendobj\n%%EOF"].concat();
    let (status, _, stderr) = scored("a.pdf", &bomb);
    assert_eq!(status, 2, "{stderr}");
    assert!(stderr.contains("a stream of more than"), "{stderr}");
}

#[test]
fn entities_are_neither_fetched_nor_blown_up() {
    let folder = folder_of(&[("secret.txt", "The password is swordfish.")]);
    let secret = folder.path().join("secret.txt");
    let xml = format!(
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file://{}\"><!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
         <w:document><w:body><w:p><w:r><w:t>It rained &x; all &b; day.</w:t></w:r></w:p></w:body></w:document>",
        secret.display()
    );
    let document =
        Document::from_bytes(Path::new("a.docx"), &docx_of(xml.as_bytes())).expect("a document");
    assert_eq!(document.text, "It rained all day.");
}

#[test]
fn nested_pdf_arrays_do_not_overflow_the_stack() {
    let nest = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let file = format!(
        "%PDF-1.4\n1 0 obj <</Type /Catalog /X {nest} /Pages 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
    );
    assert!(Document::from_bytes(Path::new("a.pdf"), file.as_bytes()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every reader gives a document or an error for files that are cut or damaged.
    #[test]
    fn damaged_files_are_read_or_refused(
        which in 0..FERRIES.len(),
        cut in 0.0..1.0_f64,
        whole in any::<bool>(),
        damage in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..40),
    ) {
        let name = FERRIES[which];
        let mut bytes = fs::read(fixture(name)).expect("a fixture");
        for (place, byte) in damage {
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate((cut * bytes.len() as f64) as usize);
        }
        let params = ReadParams::default();
        let folder = folder_of(&[(name, &bytes)]);
        for input in Inputs::new([folder.path().join(name)], &params) {
            if let Ok(document) = input.and_then(|input| input.read(&params)) {
                for block in &document.blocks {
                    prop_assert!(document.text.get(block.span.clone()).is_some());
                }
            }
        }
    }
}
