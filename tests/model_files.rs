//! A model file is hostile: whatever is broken in it, reading says so and never panics.

mod common;

use std::path::Path;

use common::{folder_of, outcome, polemic, small_model};
use polemic::ErrorKind;
use polemic::artifact::ModelArtifact;

/// Places of a file that are tried: all of the first ones, then every so many.
const EVERY_UP_TO: usize = 256;
const PLACES: usize = 400;

fn whole() -> Vec<u8> {
    small_model().to_bytes().expect("bytes")
}

fn places(length: usize) -> impl Iterator<Item = usize> {
    let step = (length / PLACES).max(1);
    (0..EVERY_UP_TO.min(length))
        .chain((EVERY_UP_TO..length).step_by(step))
        .chain([length - 1])
}

/// Panics unless the bytes are refused as a bad model.
fn assert_refused(bytes: &[u8], what: &str) {
    match ModelArtifact::from_bytes(Path::new("m"), bytes) {
        Err(error) => assert!(
            matches!(error.kind(), ErrorKind::BadModel { .. }),
            "{what}: {error}"
        ),
        Ok(_) => panic!("{what} was read as a model"),
    }
}

/// The message and status of `model verify` for these bytes.
fn verify(bytes: &[u8]) -> (i32, String, String) {
    let folder = folder_of(&[("m", bytes)]);
    outcome(polemic(["model", "verify", "m"]).current_dir(folder.path()))
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let whole = whole();
    for length in places(whole.len()) {
        assert_refused(&whole[..length], &format!("the first {length} bytes"));
    }
}

#[test]
fn a_file_with_any_byte_changed_is_refused() {
    let mut bytes = whole();
    for place in places(bytes.len()) {
        for mask in [0x01, 0x80, 0xff] {
            bytes[place] ^= mask;
            assert_refused(&bytes, &format!("byte {place} changed by {mask:#x}"));
            bytes[place] ^= mask;
        }
    }
    assert!(ModelArtifact::from_bytes(Path::new("m"), &bytes).is_ok());
}

#[test]
fn a_file_with_more_at_its_end_is_refused() {
    let mut bytes = whole();
    bytes.extend([0; 8]);
    assert_refused(&bytes, "eight bytes more");
}

#[test]
fn a_header_that_claims_too_much_is_refused() {
    for length in [u64::MAX, 1 << 40, 1 << 27] {
        let mut bytes = whole();
        bytes[..8].copy_from_slice(&length.to_le_bytes());
        assert_refused(&bytes, &format!("a header of {length} bytes"));
    }
}

#[test]
fn a_whole_file_is_verified() {
    let (status, stdout, stderr) = verify(&whole());
    assert_eq!((status, stderr.as_str()), (0, ""));
    let sha256 = &small_model().sha256;
    assert_eq!(
        stdout,
        format!("m: whole and unchanged; small 1, sha256 {sha256}\n")
    );
}

#[test]
fn a_truncated_file_is_named() {
    let whole = whole();
    let (status, stdout, stderr) = verify(&whole[..whole.len() / 2]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(
        stderr.starts_with("polemic: m: not a usable model: "),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("; expected a whole safetensors file\n"),
        "{stderr}"
    );
}

#[test]
fn an_edited_file_is_named_with_both_checksums() {
    let mut bytes = whole();
    let middle = bytes.len() - 9;
    bytes[middle] ^= 1;
    let (status, stdout, stderr) = verify(&bytes);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(
        stderr.starts_with("polemic: m: not a usable model: checksum "),
        "{stderr}"
    );
    let claimed = format!(
        "expected {}; the file was changed or damaged\n",
        small_model().sha256
    );
    assert!(stderr.ends_with(&claimed), "{stderr}");
}

#[test]
fn a_model_of_a_newer_format_asks_for_a_newer_program() {
    let (status, _, stderr) = verify(&with_format(b'9'));
    let message = "polemic: m: not a usable model: format 9; \
                   expected format 1 or older; use a newer polemic\n";
    assert_eq!((status, stderr.as_str()), (2, message));
}

#[test]
fn a_format_that_never_was_is_refused() {
    assert_refused(&with_format(b'0'), "format 0");
    assert_refused(&with_format(b'x'), "format x");
}

/// The small model with another format number in front of its checksum.
fn with_format(number: u8) -> Vec<u8> {
    let mut bytes = whole();
    let mark = format!("1 {}", small_model().sha256).into_bytes();
    let place = bytes
        .windows(mark.len())
        .position(|w| w == mark)
        .expect("the format number");
    bytes[place] = number;
    bytes
}

#[test]
fn a_broken_model_stops_every_verb_and_writes_nothing() {
    let whole = whole();
    let rows = "text,label\nRain fell.,neutral\nShame!,polemical\n";
    let files = [
        ("m", &whole[..100]),
        ("rows.csv", rows.as_bytes()),
        ("a.txt", b"Rain fell."),
    ];
    let folder = folder_of(&files);
    let verbs: [&[&str]; 4] = [
        &["score", "a.txt"],
        &["predict", "rows.csv", "-o", "out.csv"],
        &["evaluate", "rows.csv"],
        &["model", "show"],
    ];
    for verb in verbs {
        let mut command = polemic(verb);
        command.args(["--model", "m"]).current_dir(folder.path());
        let (status, stdout, stderr) = outcome(&mut command);
        assert_eq!((status, stdout.as_str()), (2, ""), "{verb:?}");
        assert!(
            stderr.starts_with("polemic: m: not a usable model: "),
            "{verb:?}: {stderr}"
        );
    }
    assert!(!folder.path().join("out.csv").exists());
}

/// Rows of tables are documents for `model diff` as they are for `score`, and what cannot be read shows
/// in the exit status.
#[test]
fn a_difference_is_told_for_the_rows_of_tables_and_unreadable_documents_count() {
    let table = "id,text\na,The council met on Monday.\nb,\nc,It rained in the evening.\n";
    let folder = folder_of(&[("t.csv", table)]);
    small_model()
        .write_to(&folder.path().join("small.safetensors"))
        .expect("written");
    let args = [
        "model",
        "diff",
        "small.safetensors",
        "small.safetensors",
        "--documents",
        "t.csv",
    ];
    let (status, stdout, stderr) = outcome(polemic(args).current_dir(folder.path()));
    assert_eq!(status, 1, "{stderr}");
    assert!(
        stdout.contains("documents: 0 change, 2 stay as they are\n"),
        "{stdout}"
    );
    assert!(
        stderr.contains("t.csv") && stderr.contains("record 2"),
        "{stderr}"
    );
}
