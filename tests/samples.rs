//! The sample documents come out as `data/manifest.csv` expects.

mod common;

use std::path::{Path, PathBuf};

use common::{embedded_model, repo, table};
use polemic::ingest::{Document, ExcludedKind};
use polemic::profile::{DocumentProfile, ProfileParams, SentenceProfile, profile};

/// A sample with its row of the manifest.
struct Sample {
    name: String,
    expected: String,
    kind: String,
    document: Document,
    profile: DocumentProfile,
}

impl Sample {
    fn read(name: &str, expected: &str, kind: &str) -> Self {
        let document = Document::read(&repo("data").join(name)).expect(name);
        let model = embedded_model();
        let params = ProfileParams::default();
        let profile = profile(model, &mut model.classifier.scorer(), &document, &params);
        Self {
            name: name.to_owned(),
            expected: expected.to_owned(),
            kind: kind.to_owned(),
            document,
            profile,
        }
    }

    fn has(&self, kind: ExcludedKind) -> bool {
        self.document.excluded.iter().any(|e| e.kind == kind)
    }

    /// The sentences that hold these words.
    fn with(&self, words: &str) -> Vec<&SentenceProfile> {
        let sentences = self.profile.sentences.iter();
        sentences.filter(|s| s.text.contains(words)).collect()
    }
}

fn samples() -> Vec<Sample> {
    table("data/manifest.csv")
        .iter()
        .map(|row| Sample::read(&row["path"], &row["expected"], &row["kind"]))
        .collect()
}

fn sample(name: &str) -> Sample {
    Sample::read(name, "", "")
}

#[test]
fn the_manifest_lists_every_document() {
    let mut listed: Vec<PathBuf> = table("data/manifest.csv")
        .iter()
        .map(|r| repo("data").join(&r["path"]))
        .collect();
    listed.sort();
    let found = polemic::ingest::documents_in([repo("data")]);
    let found: Vec<PathBuf> = found.into_iter().map(|p| p.expect("a document")).collect();
    assert_eq!(found, listed);
    assert!(listed.len() >= 15);
}

/// What the default model gets wrong, as its card says: a page on electoral systems reads like
/// political science to it. The list is exact, so that a miss more, or one mended, shows.
const KNOWN_MISSES: [&str; 1] =
    ["mixed-member-representation.md: neutral expected, academic found"];

#[test]
fn every_document_has_the_expected_dominant_stance() {
    let wrong: Vec<String> = samples()
        .iter()
        .filter(|s| s.profile.profile.dominant != s.expected)
        .map(|s| {
            let found = &s.profile.profile.dominant;
            format!("{}: {} expected, {found} found", s.name, s.expected)
        })
        .collect();
    assert_eq!(wrong, KNOWN_MISSES);
}

#[test]
fn papers_keep_authors_keywords_and_references_out() {
    for sample in samples().iter().filter(|s| s.kind == "abstract") {
        assert!(
            sample.has(ExcludedKind::AuthorBlock),
            "{}: authors",
            sample.name
        );
        assert!(
            sample.has(ExcludedKind::Keywords),
            "{}: keywords",
            sample.name
        );
    }
    for name in ["coalition-duration-paper.txt", "reporting-verbs-paper.md"] {
        assert!(
            sample(name).has(ExcludedKind::ReferenceList),
            "{name}: references"
        );
    }
}

#[test]
fn what_is_excluded_is_not_scored() {
    for sample in samples() {
        for part in &sample.profile.excluded {
            let overlapping = |s: &&SentenceProfile| s.start < part.end && part.start < s.end;
            let scored = sample.profile.sentences.iter().find(overlapping);
            assert!(scored.is_none(), "{}: {part:?}, {scored:?}", sample.name);
        }
    }
}

#[test]
fn the_polemics_in_the_reports_are_quoted() {
    let quoted = [
        (
            "border-dispute-talks.txt",
            "stolen this land metre by metre",
        ),
        ("border-dispute-talks.txt", "Shame on every one of them"),
        ("border-dispute-talks.txt", "It is a circus"),
        ("border-dispute-talks.txt", "Enough is enough"),
        ("budget-vote.txt", "arsonists with a parliamentary pass"),
        ("budget-vote.txt", "without even blushing"),
        ("budget-vote.txt", "cowardice with a calculator"),
        ("refugee-camp.md", "you are a plague on both peoples"),
        ("refugee-camp.md", "photographs of our misery"),
        ("refugee-camp.md", "shipped like sacks of millet"),
        ("refugee-camp.md", "could not tell her my name"),
        ("stadium-financing.txt", "vote for cobwebs"),
        ("stadium-financing.txt", "daylight robbery in a club scarf"),
        ("stadium-financing.txt", "how dare you lend him ours"),
        (
            "nuclear-plant-extension.md",
            "reason has beaten superstition",
        ),
        ("nuclear-plant-extension.md", "handful of ideologues"),
        ("nuclear-plant-extension.md", "gambling with a coastline"),
        ("nuclear-plant-extension.md", "crime in slow motion"),
    ];
    for (name, words) in quoted {
        let sample = sample(name);
        let found = sample.with(words);
        assert_eq!(found.len(), 1, "{name}: {words}");
        assert!(found[0].is_quoted(), "{name}: {}", found[0].text);
    }
}

#[test]
fn the_reports_have_an_author_too() {
    for sample in samples().iter().filter(|s| s.kind == "news report") {
        let voice = &sample.profile.voice;
        assert!(voice.author.sentences >= 5, "{}: {voice:?}", sample.name);
        assert!(voice.quoted.sentences >= 2, "{}: {voice:?}", sample.name);
    }
}

#[test]
fn both_op_eds_of_a_pair_are_about_equally_polemical() {
    let pairs = [
        ("arm-moldova.txt", "do-not-arm-moldova.md"),
        ("tax-great-fortunes.txt", "against-a-wealth-tax.md"),
        ("ban-phones-in-schools.md", "phone-ban-wont-help.txt"),
    ];
    for (one, other) in pairs {
        let share = |name: &str| sample(name).profile.profile.stance_probability["polemical"];
        let difference = (share(one) - share(other)).abs();
        assert!(difference < 0.4, "{one} and {other} are {difference} apart");
    }
}

#[test]
fn spans_lead_back_to_the_file() {
    let sample = sample("sanctions-effectiveness.txt");
    assert!(Path::new(&sample.profile.document.path).ends_with("sanctions-effectiveness.txt"));
    for sentence in &sample.profile.sentences {
        assert_eq!(
            &sample.document.text[sentence.start..sentence.end],
            sentence.text
        );
    }
}
