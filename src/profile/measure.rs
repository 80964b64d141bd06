//! Measuring a document.

use std::ops::Range;

use super::context::in_context;
use super::deciding::deciding;
use super::groups::{Classes, intervals_of, probabilities_of, rounded, shares_of};
use super::names::named;
use super::scored::Place;
use super::speakers::speakers;
use super::unit::{Unit, units};
use super::{
    ByClass, DocumentFacts, DocumentProfile, ModelFacts, SCHEMA, SentenceProfile, Shares,
    VoiceShare, Voices, layout,
};
use crate::artifact::ModelArtifact;
use crate::classifier::{DocumentModel, Scorer, most_probable};
use crate::ingest::{BlockKind, Document};
use crate::text::{Passage, TokenKind, sentences, tokens, voices};

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfileParams {
    /// A sentence is uncertain if its two highest probabilities are closer than this; 0 to 1.
    /// Default 0.15.
    pub uncertain_margin: f64,
    /// Take every sentence's logits apart.
    pub explain: bool,
    /// Keep the decoded text.
    pub keep_text: bool,
    /// Look for names; [`DocumentProfile::named`] is empty otherwise. Default true.
    pub names: bool,
}

impl Default for ProfileParams {
    fn default() -> Self {
        Self {
            uncertain_margin: 0.15,
            explain: false,
            keep_text: false,
            names: true,
        }
    }
}

/// Measures one document. `scorer` is of the artifact's classifier.
///
/// ```
/// use std::path::Path;
/// use polemic::artifact::ModelArtifact;
/// use polemic::ingest::Document;
/// use polemic::profile::{ProfileParams, profile};
///
/// let model = ModelArtifact::embedded()?;
/// let text = b"A vote\n\nThe council met on Monday. It voted for the new road.";
/// let document = Document::from_bytes(Path::new("vote.txt"), text)?;
/// let found =
///     profile(&model, &mut model.classifier.scorer(), &document, &ProfileParams::default());
/// assert_eq!((found.document.sentences, found.sentences[1].start), (3, 8));
/// # Ok::<(), polemic::Error>(())
/// ```
#[must_use]
pub fn profile(
    artifact: &ModelArtifact,
    scorer: &mut Scorer<'_>,
    document: &Document,
    params: &ProfileParams,
) -> DocumentProfile {
    let (found, counts) = sentence_profiles(scorer, document, params, artifact);
    let classes = Classes::of(&artifact.classifier);
    let names = if params.names {
        let lexicon = artifact.classifier.features().lexicon();
        named(scorer, lexicon, &found, &classes)
    } else {
        Vec::new()
    };
    DocumentProfile {
        schema: SCHEMA.to_owned(),
        document: facts(document, &found),
        model: ModelFacts {
            name: artifact.provenance.name.clone(),
            version: artifact.provenance.version.clone(),
            sha256: artifact.sha256.clone(),
        },
        profile: summarize(&classes, &found, artifact.classifier.document_model()),
        voice: voices_side_by_side(&classes, &found),
        named: names,
        excluded: layout::excluded(document),
        blocks: layout::blocks(document, &counts),
        sentences: found,
        text: params.keep_text.then(|| document.text.clone()),
    }
}

fn facts(document: &Document, found: &[SentenceProfile]) -> DocumentFacts {
    DocumentFacts {
        id: document.id.to_string(),
        path: document.path.to_string_lossy().into_owned(),
        title: document.title.clone(),
        metadata: document.metadata.clone(),
        language: document.language().map(str::to_owned),
        words: found.iter().map(|s| count_words(&s.text)).sum(),
        sentences: found.len(),
        sha256: document.sha256.clone(),
    }
}

fn voices_side_by_side(classes: &Classes, found: &[SentenceProfile]) -> Voices {
    let units = units(found).map(|(_, unit)| unit);
    let (quoted, own): (Vec<_>, Vec<_>) = units.partition(|unit| unit.quoted);
    let n_quoted = found.iter().filter(|s| s.is_quoted()).count();
    let voice = |of: &[Unit<'_>], sentences: usize| {
        let share = shares_of(classes, of);
        let interval = (!of.is_empty()).then(|| intervals_of(classes, of, &share));
        VoiceShare {
            sentences,
            parts: of.len() - sentences,
            share_interval: interval.unwrap_or_default(),
            share,
        }
    };
    Voices {
        author: voice(&own, found.len() - n_quoted),
        quoted: voice(&quoted, n_quoted),
        speakers: speakers(&quoted, classes),
    }
}

/// The sentences, and the number of them in each block.
fn sentence_profiles(
    scorer: &mut Scorer<'_>,
    document: &Document,
    params: &ProfileParams,
    artifact: &ModelArtifact,
) -> (Vec<SentenceProfile>, Vec<usize>) {
    let spans: Vec<Vec<Range<usize>>> = document
        .blocks
        .iter()
        .map(|block| {
            let prose = sentences(document.prose(block));
            prose
                .map(|s| s.byte_offset..s.byte_offset + s.text.len())
                .collect()
        })
        .collect();
    let passages: Vec<Passage<'_>> = document
        .blocks
        .iter()
        .zip(&spans)
        .map(|(block, sentences)| Passage {
            text: document.prose(block),
            sentences,
            quotation: block.kind == BlockKind::Quotation,
        })
        .collect();
    let heard = voices(&passages);
    let names: Vec<&str> = artifact.classifier.scheme().names().collect();
    let mut found = Vec::new();
    for (((block, passage), spans), voices) in
        document.blocks.iter().zip(&passages).zip(&spans).zip(heard)
    {
        for (span, heard) in spans.iter().zip(voices) {
            let place = Place {
                block,
                prose: passage.text,
                names: &names,
                params,
            };
            found.push(place.sentence(scorer, span, heard));
        }
    }
    let context = artifact.classifier.context_model();
    in_context(&mut found, &names, context, params.uncertain_margin);
    (found, spans.iter().map(Vec::len).collect())
}

fn summarize(
    classes: &Classes,
    found: &[SentenceProfile],
    document_model: Option<&DocumentModel>,
) -> Shares {
    let (judged, units): (Vec<usize>, Vec<Unit<'_>>) = judged(found).into_iter().unzip();
    let share = shares_of(classes, &units);
    let n = units.len().max(1) as f64;
    let mean = |class: &String| probabilities_of(class, &units).iter().sum::<f64>() / n;
    let names = &classes.names;
    let means: Vec<f64> = names.iter().map(|class| rounded(mean(class))).collect();
    let of = |unit: &Unit<'_>| names.iter().map(|class| unit.probability[class]).collect();
    let probabilities: Vec<Vec<f64>> = units.iter().map(of).collect();
    let whole = match document_model {
        Some(model) if !units.is_empty() => model.score(&probabilities),
        _ => means.clone(),
    };
    let dominant = most_probable(&whole);
    let by_class = |values: &[f64]| -> ByClass {
        let rounded = values.iter().copied().map(rounded);
        names.iter().cloned().zip(rounded).collect()
    };
    Shares {
        dominant: names[dominant].clone(),
        stance_probability: by_class(&whole),
        share_interval: intervals_of(classes, &units, &share),
        share,
        mean_probability: by_class(&means),
        uncertain_share: rounded(units.iter().filter(|unit| unit.uncertain).count() as f64 / n),
        deciding: deciding(document_model, &probabilities, &judged, &whole, dominant),
    }
}

/// What the shares are of, with the indices of its sentences: what is the author's, or every sentence
/// if nothing is.
fn judged(found: &[SentenceProfile]) -> Vec<(usize, Unit<'_>)> {
    let own: Vec<_> = units(found).filter(|(_, unit)| !unit.quoted).collect();
    if own.is_empty() {
        found.iter().map(Unit::from).enumerate().collect()
    } else {
        own
    }
}

fn count_words(text: &str) -> usize {
    tokens(text).filter(|t| t.kind != TokenKind::Mark).count()
}
