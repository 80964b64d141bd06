//! Stance on subjects of all kinds: the default model on `tests/fixtures/topics`, one matter said in three
//! ways, five times for each of 24 topics, by a writer who had not seen what it was fitted on. The figures are
//! in the model card.

mod common;

use std::collections::BTreeMap;

use common::{json_of, polemic, table};
use serde_json::Value;

const FILE: &str = "tests/fixtures/topics/sentences.csv";

#[test]
fn stance_is_found_whatever_the_topic() {
    let judged = json_of(&mut polemic(["evaluate", FILE, "--by", "topic", "--json"]));
    let figure = |of: &Value, name: &str| of[name].as_f64().expect("a figure");
    let f1 = figure(&judged, "macro_f1");
    assert!(f1 >= 0.94, "macro F1 {f1}");
    for class in ["neutral", "academic", "polemical"] {
        let auc = figure(&judged["classes"][class], "auc");
        assert!(auc >= 0.98, "AUC of {class} {auc}");
    }
    let topics = judged["parts"].as_array().expect("parts");
    assert_eq!(topics.len(), 24);
    for topic in topics {
        let accuracy = figure(topic, "accuracy");
        assert!(accuracy >= 0.8, "{}: accuracy {accuracy}", topic["value"]);
    }
}

#[test]
fn it_is_balanced_and_not_what_the_model_was_fitted_on() {
    let mut classes: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut sides: BTreeMap<String, i32> = BTreeMap::new();
    for row in table(FILE) {
        let class = (row["topic"].clone(), row["label"].clone());
        *classes.entry(class).or_default() += 1;
        match row["side"].split_once(' ') {
            Some(("pro", matter)) => *sides.entry(matter.to_owned()).or_default() += 1,
            Some(("anti", matter)) => *sides.entry(matter.to_owned()).or_default() -= 1,
            _ => assert_ne!(row["label"], "polemical", "{}", row["id"]),
        }
    }
    assert_eq!(classes.len(), 24 * 3);
    assert!(classes.values().all(|n| *n == 5), "{classes:?}");
    assert!(sides.values().all(|sum| *sum == 0), "{sides:?}");

    let fitted: Vec<String> = table("labels/triplets.csv")
        .into_iter()
        .map(|row| row["text"].clone())
        .collect();
    for row in table(FILE) {
        assert!(!fitted.contains(&row["text"]), "{}", row["id"]);
    }
}
