//! JSON output is what `docs/profile.schema.json` says.

mod common;

use common::{json_of, polemic, repo, table};
use jsonschema::Validator;
use serde_json::{Value, json};

fn schema() -> Validator {
    let text = std::fs::read_to_string(repo("docs/profile.schema.json")).expect("a schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::draft202012::new(&schema).expect("a JSON Schema of 2020-12")
}

fn assert_valid(schema: &Validator, profile: &Value) {
    let errors: Vec<String> = schema
        .iter_errors(profile)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    let id = &profile["document"]["id"];
    assert!(errors.is_empty(), "{id}: {}", errors.join("\n"));
}

/// The profiles of all samples, an array.
fn samples(options: &[&str]) -> Vec<Value> {
    let mut command = polemic(["score", "data", "--format", "json"]);
    let Value::Array(profiles) = json_of(command.args(options)) else {
        panic!("several documents make an array");
    };
    assert_eq!(profiles.len(), table("data/manifest.csv").len());
    profiles
}

#[test]
fn every_sample_is_valid() {
    let schema = schema();
    for options in [
        &[][..],
        &["--explain"],
        &["--text"],
        &["--explain", "--text"],
    ] {
        for profile in samples(options) {
            assert_valid(&schema, &profile);
            assert_eq!(profile.get("text").is_some(), options.contains(&"--text"));
            let explained = profile["sentences"][0].get("intercept").is_some();
            assert_eq!(explained, options.contains(&"--explain"));
        }
    }
}

#[test]
fn one_document_is_an_object_and_standard_input_is_one_too() {
    let schema = schema();
    let mut file = polemic(["score", "data/budget-vote.txt", "--format", "json"]);
    assert_valid(&schema, &json_of(&mut file));
    let mut stdin = polemic(["score", "-", "--format", "json"]);
    let profile = json_of(stdin.write_stdin("Rain."));
    assert_valid(&schema, &profile);
    assert_eq!(profile["document"]["id"], "-");
}

#[test]
fn a_folder_of_one_document_is_an_array() {
    let folder = common::folder_of(&[("a.txt", "The bridge was closed on Monday.")]);
    let mut command = polemic(["score", "--format", "json"]);
    let found = json_of(command.arg(folder.path()));
    assert_eq!(found.as_array().map(Vec::len), Some(1));
}

#[test]
fn offsets_point_at_the_words() {
    for profile in samples(&["--explain", "--text"]) {
        let text = profile["text"].as_str().expect("the text");
        let span = |part: &Value| {
            let at = |key: &str| part[key].as_u64().expect("an offset") as usize;
            text.get(at("start")..at("end"))
                .expect("a span of whole characters")
        };
        for part in profile["excluded"].as_array().expect("a list") {
            assert!(!span(part).is_empty());
        }
        for sentence in profile["sentences"].as_array().expect("a list") {
            assert!(!span(sentence).is_empty());
            let parts = sentence["parts"].as_array().into_iter().flatten();
            for part in parts.chain([sentence]) {
                for run in part["spans"].as_array().into_iter().flatten() {
                    let at = |i: usize| run[i].as_u64().expect("an offset") as usize;
                    let inside = text.get(at(0)..at(1)).expect("whole characters");
                    assert!(span(sentence).contains(inside), "{inside}");
                }
            }
            let terms = sentence["contributions"].as_array();
            for term in terms.into_iter().flatten() {
                let (first, written) = (span(term), term["term"].as_str().expect("a term"));
                if first.is_empty() {
                    assert!(["⟨start⟩", "⟨end⟩"].contains(&written), "{term}");
                } else {
                    assert_eq!(first.chars().next(), written.chars().next(), "{term}");
                }
            }
        }
    }
}

#[test]
fn the_schema_is_strict() {
    let schema = schema();
    let mut command = polemic(["score", "data/budget-vote.txt", "--format", "json"]);
    let good = json_of(&mut command);
    let broken: [(&str, Value); 7] = [
        ("/schema", json!("polemic.profile/2")),
        ("/document/words", json!(-1)),
        ("/document/sha256", json!("abc")),
        ("/profile/share/neutral", json!(1.1)),
        ("/profile/share_interval/neutral", json!([0.1])),
        ("/sentences/0/voice", json!("nobody")),
        (
            "/model",
            json!({"name": "x", "version": "1", "sha256": "0".repeat(64), "more": 1}),
        ),
    ];
    for (place, value) in broken {
        let mut bad = good.clone();
        *bad.pointer_mut(place).expect(place) = value;
        assert!(!schema.is_valid(&bad), "{place}");
    }
}
