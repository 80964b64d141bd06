//! A profile as one row of a table, without its sentences.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::of;
use crate::profile::{DocumentProfile, ModelFacts};

/// What tables and lists hold of a document. Numbers by class are in the order of the scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// What the document is called in results.
    pub id: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What else is known of it.
    pub metadata: BTreeMap<String, String>,
    /// ISO 639-3 code of its language, if there was enough text to tell.
    pub language: Option<String>,
    /// Words in all sentences.
    pub words: usize,
    /// Number of sentences.
    pub sentences: usize,
    /// The class of the document as a whole.
    pub dominant: String,
    /// Share of sentences by class, 0 to 1.
    pub shares: Vec<f64>,
    /// 90 % interval of each share.
    pub intervals: Vec<[f64; 2]>,
    /// Mean probability by class.
    pub means: Vec<f64>,
    /// Share of uncertain sentences.
    pub uncertain_share: f64,
    /// Sentences of the author's.
    pub author_sentences: usize,
    /// Sentences of quoted voices.
    pub quoted_sentences: usize,
    /// Share of the quoted sentences by class; all 0 without one.
    pub quoted_shares: Vec<f64>,
    /// The model.
    pub model: ModelFacts,
    /// SHA-256 of the document's bytes.
    pub sha256: String,
}

impl DocumentRow {
    /// The row of a profile, with numbers for `classes`.
    #[must_use]
    pub fn new(p: &DocumentProfile, classes: &[String]) -> Self {
        let each = |values| classes.iter().map(|class| of(values, class)).collect();
        let interval = |class| p.profile.share_interval.get(class).copied();
        Self {
            id: p.document.id.clone(),
            title: p.document.title.clone(),
            metadata: p.document.metadata.clone(),
            language: p.document.language.clone(),
            words: p.document.words,
            sentences: p.document.sentences,
            dominant: p.profile.dominant.clone(),
            shares: each(&p.profile.share),
            intervals: classes
                .iter()
                .map(|class| interval(class).unwrap_or([0.0, 1.0]))
                .collect(),
            means: each(&p.profile.mean_probability),
            uncertain_share: p.profile.uncertain_share,
            author_sentences: p.voice.author.sentences,
            quoted_sentences: p.voice.quoted.sentences,
            quoted_shares: each(&p.voice.quoted.share),
            model: p.model.clone(),
            sha256: p.document.sha256.clone(),
        }
    }

    /// What the document is called for people.
    #[must_use]
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }
}
