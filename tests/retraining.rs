//! Retraining from labels: the walk through, exports of other tools, base models.

mod common;

use common::{folder_of, outcome, polemic, repo, set_of, small_model, triplets};
use polemic::train::{Start, TrainParams};

#[test]
fn the_walk_through_is_true() {
    trycmd::TestCases::new().case("docs/RETRAIN.md");
}

#[test]
fn exports_of_doccano_and_label_studio_are_tables() {
    let doccano = "{\"id\":1,\"text\":\"The rain fell on the town all night.\",\"label\":[\"neutral\"]}\n\
                   {\"id\":2,\"text\":\"Shame on those who let it rain on us!\",\"label\":[\"polemical\"]}\n";
    let studio = r#"[{"id":1,"data":{"text":"The rain fell on the town all night."},"annotations":[
        {"completed_by":1,"result":[{"type":"choices","value":{"choices":["neutral"]}}]},
        {"completed_by":2,"result":[{"type":"choices","value":{"choices":["polemical"]}}]}]}]"#;
    let folder = folder_of(&[("doccano.jsonl", doccano), ("studio.json", studio)]);
    let run = |args: &[&str]| outcome(polemic(args).current_dir(folder.path()));
    let (status, stdout, stderr) = run(&["audit", "doccano.jsonl"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(
        stdout.starts_with("2 rows: 1 neutral, 1 polemical\n"),
        "{stdout}"
    );
    let (_, stdout, _) = run(&["audit", "studio.json"]);
    assert!(
        stdout.starts_with("2 rows, 1 items: 1 neutral\n"),
        "{stdout}"
    );
    assert!(
        stdout.contains("agreement of 2 annotators on 1 items"),
        "{stdout}"
    );
}

/// Fitting from a model's logits and folding them gives the model that was fitted: it knows what
/// the base knows.
#[test]
fn a_few_rows_with_a_base_are_better_than_without() {
    let rows = triplets();
    let base = &small_model().classifier;
    let few = set_of(rows[600..660].to_vec());
    let test = set_of(rows[900..1200].to_vec());
    let params = TrainParams {
        l2: vec![1.0],
        folds: 2,
        ..common::quick_params()
    };
    let f1 = |start: Start<'_>| {
        let trained = params.fit_from(start, &few, &|_, _| ()).expect("a fit");
        polemic::evaluate::evaluate(&trained.classifier, &test).macro_f1
    };
    let (alone, prior, logits) = (
        f1(Start::Scratch),
        f1(Start::Prior(base)),
        f1(Start::Logits(base)),
    );
    assert!(
        prior > alone + 0.03 && logits > alone + 0.03,
        "{alone} {prior} {logits}"
    );
}

#[test]
fn the_simulated_annotators_follow_their_rule() {
    let rows = common::table("docs/retrain/sentences.csv");
    let journal = std::fs::read_to_string(repo("docs/retrain/sentences.csv.journal.jsonl"));
    assert_eq!(
        (rows.len(), journal.expect("a journal").lines().count()),
        (300, 600)
    );
}
