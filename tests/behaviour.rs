//! How the default model behaves on cases made for one question each: names and sides swapped, hedges
//! and insults added, polemics quoted, clear cases.
//!
//! `labels/behaviour.toml` has the templates and name lists, `docs/BEHAVIOUR.md` the figures;
//! `make bless` rewrites them. After Ribeiro, Wu, Guestrin & Singh (2020), *Beyond Accuracy:
//! Behavioral Testing of NLP Models with CheckList*, ACL.

mod behaviour_support;
mod common;

use behaviour_support::published::publish_or_compare;
use behaviour_support::render::render;
use behaviour_support::targets;
use common::{fitted, quick_params, row, set_of};
use polemic::artifact::ModelArtifact;
use polemic::behaviour::{Suite, measure};

#[test]
#[expect(clippy::print_stdout, reason = "the figures, for `--nocapture`")]
fn the_default_model_behaves_as_published() {
    let model = ModelArtifact::embedded().expect("the default model");
    let suite = Suite::own().expect("templates");
    let findings = measure(&suite, &model).expect("documents");
    let (tables, figures) = render(&findings.expect("the classes"));
    let page = targets::render(&figures) + &tables;
    println!("{page}");
    publish_or_compare(&page);
    let broken = targets::broken(&figures);
    assert!(broken.is_empty(), "figures got worse:\n{broken}");
}

/// A model of rows that have two labels.
fn of_two(classes: [&str; 2]) -> ModelArtifact {
    let plain = (0..8).map(|i| row(&format!("The council met on day {i}."), classes[0]));
    let loud = (0..8).map(|i| {
        row(
            &format!("Shame on the corrupt fools of day {i}!"),
            classes[1],
        )
    });
    fitted(&quick_params(), &set_of(plain.chain(loud).collect()))
}

#[test]
fn cases_of_a_class_that_a_model_lacks_are_left_out() {
    let suite = Suite::own().expect("templates");
    let of = |classes| measure(&suite, &of_two(classes)).expect("documents");
    assert_eq!(of(["calm", "loud"]), None);
    let figures = of(["neutral", "polemical"]).expect("the classes").figures();
    let has = |question: &str| figures.iter().any(|f| f.question == question);
    assert!(has("insult added: more polemical") && has("clear case: neutral"));
    assert!(
        !figures.iter().any(|f| f.question.contains("academic")),
        "{figures:?}"
    );
    assert_eq!(
        Some(figures),
        of(["neutral", "polemical"]).map(|f| f.figures())
    );
}
