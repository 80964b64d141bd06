//! How the default model behaves on cases made for one question each: names and sides swapped, hedges
//! and insults added, polemics quoted, clear cases.
//!
//! `labels/behaviour.toml` has the templates and name lists, `docs/BEHAVIOUR.md` the figures;
//! `make bless` rewrites them. After Ribeiro, Wu, Guestrin & Singh (2020), *Beyond Accuracy:
//! Behavioral Testing of NLP Models with CheckList*, ACL.

mod behaviour_support;

use behaviour_support::measure::measure;
use behaviour_support::published::publish_or_compare;
use behaviour_support::render::render;
use behaviour_support::suite::Suite;
use behaviour_support::targets;
use polemic::artifact::ModelArtifact;

#[test]
#[expect(clippy::print_stdout, reason = "the figures, for `--nocapture`")]
fn the_default_model_behaves_as_published() {
    let model = ModelArtifact::embedded().expect("the default model");
    let (tables, figures) = render(&measure(&Suite::read(), &model));
    let page = targets::render(&figures) + &tables;
    println!("{page}");
    publish_or_compare(&page);
    let broken = targets::broken(&figures);
    assert!(broken.is_empty(), "figures got worse:\n{broken}");
}

#[test]
fn a_slot_is_filled_and_the_sentence_starts_with_a_capital() {
    use behaviour_support::suite::{Filling, fill};
    let filling = Filling::from([("country".to_owned(), "the Netherlands".to_owned())]);
    assert_eq!(
        fill("{country}'s dykes held.", &filling),
        "The Netherlands's dykes held."
    );
}
