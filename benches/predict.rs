//! How fast texts are scored, explained and models loaded, on one thread: `cargo bench --bench predict`.
//!
//! The texts are sentences of `data/` and `labels/triplets.csv`, cut in two and joined anew in an
//! order that a fixed seed decides. The model is the one that comes with the program.

use std::path::Path;

use divan::counter::{BytesCount, ItemsCount};
use polemic::artifact::ModelArtifact;
use polemic::classifier::{Classifier, Scorer};
use polemic::labelled::{LabelColumns, LabelledSet};
use polemic::text::sentences;
use polemic::train::TrainParams;

const ROWS: usize = 20_000;

fn main() {
    divan::main();
}

/// All texts, by a scorer that has met their words before.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn score(bencher: divan::Bencher<'_, '_>) {
    let (texts, classifier) = (texts(), classifier());
    let mut scorer = classifier.scorer();
    score_all(&mut scorer, &texts);
    counted(bencher, &texts).bench_local(|| score_all(&mut scorer, &texts));
}

/// All texts, by a new scorer: every word is stemmed and weighed first.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn score_afresh(bencher: divan::Bencher<'_, '_>) {
    let (texts, classifier) = (texts(), classifier());
    counted(bencher, &texts).bench_local(|| score_all(&mut classifier.scorer(), &texts));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn explain(bencher: divan::Bencher<'_, '_>) {
    let (mut texts, classifier) = (texts(), classifier());
    texts.truncate(ROWS / 10);
    let mut scorer = classifier.scorer();
    counted(bencher, &texts).bench_local(|| {
        let contributions = texts.iter().map(|t| scorer.explain(t).contributions.len());
        contributions.sum::<usize>()
    });
}

/// From the bytes of a model file to a classifier.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn load(bencher: divan::Bencher<'_, '_>) {
    let Ok(model) = ModelArtifact::embedded() else {
        return;
    };
    let bytes = model.to_bytes().expect("a model can be written down");
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| ModelArtifact::from_bytes(Path::new("embedded"), &bytes));
}

fn counted<'a, 'b>(bencher: divan::Bencher<'a, 'b>, texts: &[String]) -> divan::Bencher<'a, 'b> {
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(texts.len()))
}

fn score_all(scorer: &mut Scorer<'_>, texts: &[String]) -> f64 {
    let mut probabilities = Vec::new();
    let mut sum = 0.0;
    for text in texts {
        scorer.score_into(text, &mut probabilities);
        sum += probabilities[0];
    }
    sum
}

/// The classifier that comes with the program; without one, one fitted on the labelled triplets.
fn classifier() -> Classifier {
    if let Ok(model) = ModelArtifact::embedded() {
        return model.classifier;
    }
    let params = TrainParams {
        l2: vec![1.0],
        folds: 2,
        ..TrainParams::default()
    };
    let set = LabelledSet::from_rows(
        &triplets(),
        LabelColumns::default()
            .read(&triplets())
            .expect("triplets")
            .0,
    );
    let fitted = params.fit(&set.expect("labels"), &|_, _| ());
    fitted.expect("a fit").classifier
}

/// Halves of sentences, joined at random; the same for every run.
fn texts() -> Vec<String> {
    let pieces = pieces();
    let mut state = 7_u64;
    let mut pick = || {
        // Knuth's linear congruential generator; the high bits are the random ones.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        &pieces[(state >> 33) as usize % pieces.len()]
    };
    (0..ROWS)
        .map(|_| format!("{} {}", pick().0, pick().1))
        .collect()
}

/// First and second halves of the sentences.
fn pieces() -> Vec<(String, String)> {
    let rows = LabelColumns::default()
        .read(&triplets())
        .expect("triplets")
        .0;
    let mut all: Vec<String> = rows.into_iter().map(|row| row.text).collect();
    for text in documents() {
        all.extend(sentences(&text).map(|sentence| sentence.text.to_owned()));
    }
    all.iter()
        .filter_map(|sentence| {
            let middle = sentence.len() / 2;
            let at = sentence.bytes().skip(middle).position(|b| b == b' ')? + middle;
            Some((sentence[..at].to_owned(), sentence[at + 1..].to_owned()))
        })
        .collect()
}

fn documents() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder data")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    let read = |path| std::fs::read_to_string(path).expect("a document");
    paths.into_iter().map(read).collect()
}

fn triplets() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("labels/triplets.csv")
}
