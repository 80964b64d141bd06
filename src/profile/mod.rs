//! From a document to its profile: how much of it is what, where, in whose voice, how surely.

mod context;
mod deciding;
mod groups;
mod interval;
mod layout;
mod measure;
mod names;
mod scored;
mod speakers;
mod unit;

pub use interval::share_interval;
pub use measure::{ProfileParams, profile};
pub use names::{FoundName, NameKind, names_in};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The version of the structure below, as JSON output names it.
pub const SCHEMA: &str = "polemic.profile/1";

/// One number for each class, by class name.
pub type ByClass = BTreeMap<String, f64>;

/// Everything measured about one document. Offsets are bytes into the decoded text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentProfile {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Which document.
    pub document: DocumentFacts,
    /// Which model.
    pub model: ModelFacts,
    /// The document as a whole.
    pub profile: Shares,
    /// Author and quoted voices side by side.
    pub voice: Voices,
    /// Names in the document and the sentences they stand in, most frequent first. An
    /// association, not an attitude.
    pub named: Vec<Named>,
    /// What was not scored.
    pub excluded: Vec<ExcludedPart>,
    /// The blocks of prose that the sentences lie in, in order; a program that did not know of them
    /// wrote none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<BlockProfile>,
    /// Every sentence, in order.
    pub sentences: Vec<SentenceProfile>,
    /// The decoded text, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Which document a profile is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Identifier: the path as given, `-` for standard input.
    pub id: String,
    /// Where it was read from.
    pub path: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What else is said about it where it was read from, by field, such as `author`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// ISO 639-3 code of the language it seems to be in; absent if too short to tell.
    pub language: Option<String>,
    /// Words in all sentences.
    pub words: usize,
    /// Number of sentences.
    pub sentences: usize,
    /// SHA-256 of the raw bytes, in hex.
    pub sha256: String,
}

/// Which model made a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFacts {
    /// Name of the model.
    pub name: String,
    /// Version of the model.
    pub version: String,
    /// Checksum of the model.
    pub sha256: String,
}

/// The document as a whole. All shares are of what is in the author's voice, sentences and parts of
/// sentences (of everything, if all of it is quoted), and lie between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// The class that the document as a whole most probably belongs to.
    pub dominant: String,
    /// Probability of each class for the document as a whole, by the model's document part; the
    /// mean probability of its sentences if the model has none.
    pub stance_probability: ByClass,
    /// Share of sentences by their most probable class.
    pub share: ByClass,
    /// 90 % interval of each share, `[low, high]`.
    pub share_interval: BTreeMap<String, [f64; 2]>,
    /// Mean probability of each class.
    pub mean_probability: ByClass,
    /// Share of sentences whose stance is uncertain.
    pub uncertain_share: f64,
    /// The sentences that decide most that the document is [`Shares::dominant`], ten at most, the
    /// most decisive first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deciding: Vec<Deciding>,
}

/// A sentence without which the document would be less clearly what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deciding {
    /// Index in [`DocumentProfile::sentences`], from 0.
    pub sentence: usize,
    /// By how much the log-odds (natural logarithm) of the dominant class fall if the sentence is
    /// left out; above 0.
    pub effect: f64,
}

/// The two kinds of voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voices {
    /// The author's own sentences.
    pub author: VoiceShare,
    /// Sentences that are somebody else's words.
    pub quoted: VoiceShare,
    /// Who is quoted by name, most often quoted first, 30 at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<Named>,
}

/// What is said in one kind of voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceShare {
    /// Number of sentences.
    pub sentences: usize,
    /// Number of parts in sentences of another voice.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub parts: usize,
    /// Share of both by most probable class; all 0 if there is none.
    pub share: ByClass,
    /// 90 % interval of each share, `[low, high]`; empty if there is none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub share_interval: BTreeMap<String, [f64; 2]>,
}

impl VoiceShare {
    /// How many sentences and parts of sentences the shares are of.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.sentences + self.parts
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// A name with sentences: those of the author's that it stands in, or those, and parts of sentences,
/// that a speaker of that name is quoted with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// The name: a speaker's as first written, any other in its longest form ([`FoundName::name`]).
    pub name: String,
    /// What it is of; absent for speakers and in profiles of a program that did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<NameKind>,
    /// Number of sentences.
    pub sentences: usize,
    /// Share of these sentences by most probable class.
    pub share: ByClass,
    /// 90 % interval of each share, `[low, high]`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub share_interval: BTreeMap<String, [f64; 2]>,
}

/// A block of prose, such as a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockProfile {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// `title`, `heading`, `paragraph`, `list_item` or `quotation`.
    pub kind: String,
    /// Number of sentences in it; those of the blocks before come first.
    pub sentences: usize,
}

/// A part of the document that was not scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedPart {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Why, such as `reference_list`.
    pub kind: String,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentenceProfile {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The sentence, without markup.
    pub text: String,
    /// `author` or `quoted`.
    pub voice: String,
    /// Who is quoted, if it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The words that its figures are of, `[first byte, byte after the last]` each, if they are not
    /// those of the whole sentence but only those in its own voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<[usize; 2]>,
    /// The most probable class.
    pub label: String,
    /// The most probable class is not much more probable than the next.
    pub uncertain: bool,
    /// Probability of each class.
    pub probability: ByClass,
    /// The intercept of each class's logit, if an explanation was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intercept: Option<ByClass>,
    /// What each place of the sentence adds to each class's logit, if an explanation was asked
    /// for; with the intercept they sum to the logit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<TermContribution>,
    /// What is said in it in other voices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartProfile>,
}

/// What is said in a sentence in another voice than its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartProfile {
    /// `author` or `quoted`.
    pub voice: String,
    /// Who is quoted, if it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Its words, `[first byte, byte after the last]` each.
    pub spans: Vec<[usize; 2]>,
    /// The most probable class.
    pub label: String,
    /// The most probable class is not much more probable than the next.
    pub uncertain: bool,
    /// Probability of each class.
    pub probability: ByClass,
    /// As that of a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intercept: Option<ByClass>,
    /// As those of a sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<TermContribution>,
}

/// What one place in a sentence adds to the logit of one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermContribution {
    /// The word or words as written.
    pub term: String,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The class.
    pub class: String,
    /// What is added to its logit.
    pub weight: f64,
}

impl SentenceProfile {
    /// True if the sentence is somebody else's words.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.voice == "quoted"
    }

    /// What speaks most for `class`: contributions to its logit, largest first.
    #[must_use]
    pub fn strongest_terms(&self, class: &str) -> Vec<&TermContribution> {
        strongest_of(&self.contributions, class)
    }
}

impl PartProfile {
    /// What speaks most for `class`: contributions to its logit, largest first.
    #[must_use]
    pub fn strongest_terms(&self, class: &str) -> Vec<&TermContribution> {
        strongest_of(&self.contributions, class)
    }
}

fn strongest_of<'c>(all: &'c [TermContribution], class: &str) -> Vec<&'c TermContribution> {
    let mut terms: Vec<&TermContribution> = all
        .iter()
        .filter(|c| c.class == class && c.weight > 0.0)
        .collect();
    terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.start.cmp(&b.start)));
    terms
}
