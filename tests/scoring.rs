//! One sentence, three ways to its logits: scored, explained, and as a sparse row times the
//! coefficients. They must agree.

use polemic::Result;
use polemic::classifier::Classifier;
use polemic::features::{
    ChannelSettings, FeatureSpace, RowBuilder, Style, Subwords, TextSettings, Unit, WordNgrams,
};
use polemic::linear::LogisticRegression;
use polemic::stance::StanceScheme;
use polemic::text::Lexicon;
use proptest::prelude::*;

const TEXTS: [&str; 5] = [
    "The council approved the budget, and the council adjourned.",
    "We argue that the effect of the reform may be small: 3.5% in 2019.",
    "This shameful, reckless plan is a betrayal of the people!",
    "Our results suggest that the plan had no effect, no effect at all.",
    "“Never again,” said the minister — and the people cheered.",
];

/// Words of the texts, names, marks and words that no text has.
const WORDS: [&str; 24] = [
    "the",
    "The",
    "council",
    "budget",
    "effect",
    "no",
    "plan",
    "people",
    "shameful",
    "reckless",
    "may",
    "suggest",
    "Merkel",
    "US",
    "NEVER",
    "I’m",
    "2019",
    "3.5%",
    "!",
    "—",
    "“",
    "betrayals",
    "zyzzyva",
    "naïve",
];

fn channels() -> [ChannelSettings; 4] {
    let bigrams = WordNgrams {
        min_df: 1,
        ..WordNgrams::default()
    };
    let trigrams = WordNgrams {
        shortest: 2,
        longest: 3,
        unit: Unit::Words,
        scale: 0.5,
        ..bigrams.clone()
    };
    let subwords = Subwords {
        min_words: 1,
        scale: 0.7,
        ..Subwords::default()
    };
    [
        ChannelSettings::WordNgrams(bigrams),
        ChannelSettings::Subwords(subwords),
        ChannelSettings::WordNgrams(trigrams),
        ChannelSettings::Style(Style::default()),
    ]
}

/// A classifier with coefficients that are no fit but easily told apart.
fn classifier() -> Result<Classifier> {
    let (features, _) = FeatureSpace::fit(
        TextSettings::default(),
        Lexicon::english(),
        &channels(),
        &TEXTS,
    )?;
    let n = features.n_columns();
    let coefficients = (0..n * 3).map(|i| (i as f32 * 0.7).sin()).collect();
    let model = LogisticRegression::from_parts(n, coefficients, vec![0.1, -0.3, 0.2])?;
    Classifier::new(StanceScheme::default(), features, model)
}

fn as_row_times_coefficients(classifier: &Classifier, text: &str) -> Result<Vec<f64>> {
    let mut analyzer = classifier.features().analyzer();
    let (mut occurrences, mut row) = (Vec::new(), RowBuilder::default());
    analyzer.analyze(text, &mut occurrences);
    classifier
        .features()
        .transform(&analyzer, &occurrences, &mut row);
    let mut logits = vec![0.0; 3];
    classifier.model().logits_into(row.row(), &mut logits)?;
    Ok(logits)
}

fn close(left: &[f64], right: &[f64]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(l, r)| (l - r).abs() < 1e-6)
}

fn check(classifier: &Classifier, text: &str) -> std::result::Result<(), TestCaseError> {
    let mut scorer = classifier.scorer();
    let logits = scorer.logits(text).to_vec();
    let row = as_row_times_coefficients(classifier, text)
        .map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert!(close(&logits, &row), "{:?} and the row {:?}", logits, row);

    let explanation = scorer.explain(text);
    let mut sums = explanation.intercepts.clone();
    for contribution in &explanation.contributions {
        prop_assert!(
            text.get(contribution.span.clone())
                .is_some_and(|s| !s.is_empty())
        );
        sums.iter_mut()
            .zip(&contribution.weights)
            .for_each(|(sum, w)| *sum += w);
    }
    prop_assert!(
        close(&logits, &sums),
        "{:?} and the sums {:?}",
        logits,
        sums
    );
    let starts = explanation.contributions.iter().map(|c| c.span.start);
    prop_assert!(starts.is_sorted());
    Ok(())
}

#[test]
fn the_ways_agree_on_sentences_of_known_words() {
    let classifier = classifier().expect("a classifier");
    let words = proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..60);
    proptest!(|(words in words)| check(&classifier, &words.join(" "))?);
}

#[test]
fn the_ways_agree_on_any_text() {
    let classifier = classifier().expect("a classifier");
    proptest!(|(text in "\\PC{0,200}")| check(&classifier, &text)?);
}

#[test]
fn what_was_scored_before_changes_nothing() {
    let classifier = classifier().expect("a classifier");
    let mut used = classifier.scorer();
    for text in TEXTS.iter().chain(&TEXTS[..2]) {
        assert_eq!(used.score(text), classifier.scorer().score(text), "{text}");
    }
}
