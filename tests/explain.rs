//! Scores can be taken apart and do not depend on what else is scored, or on how many threads do it.

mod common;

use std::path::Path;

use common::{embedded_model, folder_of, polemic, repo, small_model, stdout_of, table};
use polemic::artifact::ModelArtifact;
use polemic::ingest::Document;
use polemic::profile::{ByClass, DocumentProfile, ProfileParams, TermContribution, profile};
use proptest::prelude::*;

const FORMATS: [&str; 5] = ["table", "json", "jsonl", "csv", "md"];

/// Intercepts and contributions sum to the logits, and the probabilities to 1.
fn assert_exact(model: &ModelArtifact, text: &str) {
    let mut scorer = model.classifier.scorer();
    let explanation = scorer.explain(text);
    let mut sums = explanation.intercepts;
    for place in &explanation.contributions {
        // Only an edge of the text has no words.
        let words = text.get(place.span.clone()).expect("whole characters");
        let at_edge = place.span.end == 0 || place.span.start == text.len();
        assert!(!words.is_empty() || at_edge, "{:?}", place.span);
        sums.iter_mut()
            .zip(&place.weights)
            .for_each(|(sum, w)| *sum += w);
    }
    for (sum, logit) in sums.iter().zip(scorer.logits(text)) {
        assert!((sum - logit).abs() < 1e-6, "{sum} and {logit} for {text:?}");
    }
    let total: f64 = scorer.score(text).probabilities().iter().sum();
    assert!((total - 1.0).abs() < 1e-9, "{total} for {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_explained_exactly(text in any::<String>()) {
        assert_exact(small_model(), &text);
    }

    #[test]
    fn any_words_are_explained_exactly(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "the", "shameful", "results", "suggest", "said", "Paris", "U.S.", "3.5", "per", "cent",
                "they're", "!", "?", "“", "”", "betrayal", "co-operation", "(2010)", "é", "SHAME",
            ]),
            0..40,
        ),
    ) {
        assert_exact(small_model(), &words.join(" "));
        assert_exact(embedded_model(), &words.join(" "));
    }

    #[test]
    fn what_was_scored_before_does_not_matter(before in any::<String>(), text in "[a-zA-Z ,.!]{0,80}") {
        let model = small_model();
        let alone = model.classifier.scorer().score(&text);
        let mut scorer = model.classifier.scorer();
        scorer.score(&before);
        prop_assert_eq!(scorer.score(&text), alone);
    }
}

fn profile_of(text: &str) -> DocumentProfile {
    let model = embedded_model();
    let document = Document::from_bytes(Path::new("a.md"), text.as_bytes()).expect("a document");
    let params = ProfileParams {
        explain: true,
        ..ProfileParams::default()
    };
    profile(model, &mut model.classifier.scorer(), &document, &params)
}

/// Whoever is quoted in the middle says `{}`.
const MIXED: &str = "The council met on Monday. “{},” the *old* senator said, standing by the exit of the hall. \
    The council, which had heard that “{}”, adjourned its meeting until Friday. “{},” she said.";

#[test]
fn parts_of_sentences_are_explained_exactly() {
    let text = MIXED.replace("{}", "This is a shameful betrayal");
    let found = profile_of(&text);
    let classifier = &embedded_model().classifier;
    let names: Vec<&str> = classifier.scheme().names().collect();
    let context = classifier.context_model().expect("a context model");
    let joined = |spans: &[[usize; 2]]| {
        let runs = spans
            .iter()
            .map(|&[start, end]| text[start..end].replace('*', ""));
        runs.collect::<Vec<_>>().join(" ")
    };
    let mut scorer = classifier.scorer();
    let own = [
        found.sentences[0].text.clone(),
        joined(&found.sentences[1].parts[0].spans),
        joined(&found.sentences[2].spans),
    ];
    let own = own.map(|text| scorer.score(&text).probabilities().to_vec());
    let document = context.document(own.iter().map(Vec::as_slice));
    let mut check = |quoted: bool,
                     spans: &[[usize; 2]],
                     intercept: Option<&ByClass>,
                     terms: &[TermContribution],
                     probability: &ByClass| {
        let scored = joined(spans);
        let logits = scorer.logits(&scored).to_vec();
        let sums: Vec<f64> = names
            .iter()
            .map(|name| {
                let weights = terms.iter().filter(|t| t.class == *name).map(|t| t.weight);
                intercept.expect("an intercept")[*name] + weights.sum::<f64>()
            })
            .collect();
        // What is quoted is scored by itself; the author's words are judged in their document, which adds the same
        // to the logits wherever it stands.
        let expected = if quoted {
            logits
        } else {
            let mut logits = context.carried(&logits);
            let added = context.document_logits(&document);
            logits.iter_mut().zip(added).for_each(|(z, d)| *z += d);
            logits
        };
        let total: f64 = expected.iter().map(|z| z.exp()).sum();
        for (class, name) in names.iter().enumerate() {
            let apart = (sums[class] - expected[class]).abs();
            assert!(apart < 1e-6, "{scored}: {name} {apart}");
            let p = expected[class].exp() / total;
            assert!((probability[*name] - p).abs() < 1e-6, "{scored}: {name}");
        }
        for term in terms {
            let inside = |&[start, end]: &[usize; 2]| start <= term.start && term.start <= end;
            assert!(spans.iter().any(inside), "{scored}: {term:?}");
        }
    };
    let voices: Vec<(&str, usize)> = found
        .sentences
        .iter()
        .map(|s| (s.voice.as_str(), s.parts.len()))
        .collect();
    assert_eq!(
        voices,
        [("author", 0), ("quoted", 1), ("author", 1), ("quoted", 0)]
    );
    for s in found.sentences.iter().skip(1) {
        check(
            s.is_quoted(),
            &s.spans,
            s.intercept.as_ref(),
            &s.contributions,
            &s.probability,
        );
        for part in &s.parts {
            check(
                part.voice == "quoted",
                &part.spans,
                part.intercept.as_ref(),
                &part.contributions,
                &part.probability,
            );
        }
    }
    let voice = &found.voice;
    assert_eq!((voice.author.sentences, voice.author.parts), (2, 1));
    assert_eq!((voice.quoted.sentences, voice.quoted.parts), (2, 1));
}

#[test]
fn the_author_is_not_charged_with_what_is_quoted() {
    let of = |quoted: &str| profile_of(&MIXED.replace("{}", quoted));
    let (polemic, plain) = (
        of("This is a shameful betrayal by cowards and thieves"),
        of("The bridge will be closed for nine weeks"),
    );
    assert_eq!(polemic.profile.share, plain.profile.share);
    assert_eq!(
        polemic.profile.mean_probability,
        plain.profile.mean_probability
    );
    assert_eq!(polemic.voice.author, plain.voice.author);
    assert_ne!(polemic.voice.quoted.share, plain.voice.quoted.share);
}

#[test]
fn triplets_are_explained_exactly() {
    for row in common::triplets().iter().step_by(7) {
        assert_exact(embedded_model(), &row.text);
    }
}

#[test]
fn a_document_has_the_same_profile_alone_and_among_others() {
    let mut all = polemic(["score", "data", "--format", "jsonl", "--explain"]);
    let all = stdout_of(&mut all);
    for name in ["data/budget-vote.txt", "data/do-not-arm-moldova.md"] {
        let mut alone = polemic(["score", name, "--format", "jsonl", "--explain"]);
        let alone = stdout_of(&mut alone);
        assert!(all.lines().any(|line| line == alone.trim_end()), "{name}");
    }
}

#[test]
fn documents_come_in_the_order_given() {
    let names = [
        "data/refugee-camp.md",
        "data/budget-vote.txt",
        "data/arm-moldova.txt",
    ];
    let lines = |names: &[&str]| -> Vec<String> {
        let mut command = polemic(["score", "--format", "jsonl"]);
        stdout_of(command.args(names))
            .lines()
            .map(str::to_owned)
            .collect()
    };
    let forth = lines(&names);
    let mut back = lines(&[names[2], names[1], names[0]]);
    back.reverse();
    assert_eq!(forth, back);
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let texts = [
        "Rain fell.",
        "The results suggest a trend.",
        "What a disgrace!",
    ];
    let forth = folder_of(&[
        ("a.txt", texts[0]),
        ("b.md", texts[1]),
        ("c/d.txt", texts[2]),
    ]);
    let back = folder_of(&[
        ("c/d.txt", texts[2]),
        ("b.md", texts[1]),
        ("a.txt", texts[0]),
    ]);
    let scored = |folder: &tempfile::TempDir| {
        stdout_of(polemic(["score", ".", "--format", "jsonl"]).current_dir(folder.path()))
    };
    let found = scored(&forth);
    assert_eq!(found, scored(&back));
    assert_eq!(found.lines().count(), 3);
}

#[test]
fn threads_do_not_change_a_byte_of_score() {
    for format in FORMATS {
        let scored = |jobs: &str| {
            let mut command = polemic(["score", "data", "--format", format, "--jobs", jobs]);
            stdout_of(&mut command)
        };
        let one = scored("1");
        assert_eq!(one, scored("2"), "{format}");
        assert_eq!(one, scored("7"), "{format}");
    }
}

#[test]
fn threads_do_not_change_a_byte_of_predict() {
    let rows = repo("labels/triplets.csv");
    let predicted = |jobs: &str| {
        let mut command = polemic(["predict", "--jobs", jobs]);
        stdout_of(command.arg(&rows))
    };
    let one = predicted("1");
    assert_eq!(one.lines().count(), table("labels/triplets.csv").len() + 1);
    assert_eq!(one, predicted("2"));
    assert_eq!(one, predicted("7"));
}

#[test]
fn a_row_is_labelled_the_same_alone_and_among_others() {
    let mut all = polemic(["predict", "labels/triplets.csv"]);
    let all = stdout_of(&mut all);
    let row = &table("labels/triplets.csv")[700];
    let alone = format!(
        "id,text\n{},\"{}\"\n",
        row["id"],
        row["text"].replace('"', "\"\"")
    );
    let alone = stdout_of(polemic(["predict", "-"]).write_stdin(alone));
    let line = alone.lines().nth(1).expect("a row");
    assert!(all.lines().any(|l| l == line), "{line}");
}
