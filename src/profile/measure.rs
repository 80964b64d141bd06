//! Measuring a document.

use std::ops::Range;

use super::interval::share_interval;
use super::names::named;
use super::{
    ByClass, DocumentFacts, DocumentProfile, ExcludedPart, ModelFacts, SCHEMA, SentenceProfile,
    Shares, TermContribution, VoiceShare, Voices,
};
use crate::artifact::ModelArtifact;
use crate::classifier::{DocumentModel, Scorer, most_probable};
use crate::ingest::{Block, BlockKind, Document};
use crate::text::{Passage, TokenKind, Voice, sentences, tokens, voices};

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
}

impl Default for ProfileParams {
    fn default() -> Self {
        Self {
            uncertain_margin: 0.15,
            explain: false,
            keep_text: false,
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
    let mut found = sentence_profiles(scorer, document, params, artifact);
    let names: Vec<String> = artifact
        .classifier
        .scheme()
        .names()
        .map(str::to_owned)
        .collect();
    let shares = |of: &[&SentenceProfile]| shares_of(&names, of);
    let (quoted, own): (Vec<_>, Vec<_>) = found.iter().partition(|s| s.is_quoted());
    let judged = if own.is_empty() { &quoted } else { &own };
    let summary = summarize(&names, judged, artifact.classifier.document_model());
    let voice = Voices {
        author: VoiceShare {
            sentences: own.len(),
            share: shares(&own),
        },
        quoted: VoiceShare {
            sentences: quoted.len(),
            share: shares(&quoted),
        },
    };
    let named = named(scorer, &found, shares);
    let facts = DocumentFacts {
        id: document.id.to_string(),
        path: document.path.to_string_lossy().into_owned(),
        title: document.title.clone(),
        metadata: document.metadata.clone(),
        language: document.language().map(str::to_owned),
        words: found.iter().map(|s| count_words(&s.text)).sum(),
        sentences: found.len(),
        sha256: document.sha256.clone(),
    };
    found.shrink_to_fit();
    DocumentProfile {
        schema: SCHEMA.to_owned(),
        document: facts,
        model: ModelFacts {
            name: artifact.provenance.name.clone(),
            version: artifact.provenance.version.clone(),
            sha256: artifact.sha256.clone(),
        },
        profile: summary,
        voice,
        named,
        excluded: document
            .excluded
            .iter()
            .map(|e| ExcludedPart {
                start: e.span.start,
                end: e.span.end,
                kind: e.kind.name().to_owned(),
            })
            .collect(),
        sentences: found,
        text: params.keep_text.then(|| document.text.clone()),
    }
}

fn sentence_profiles(
    scorer: &mut Scorer<'_>,
    document: &Document,
    params: &ProfileParams,
    artifact: &ModelArtifact,
) -> Vec<SentenceProfile> {
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
        for (span, voice) in spans.iter().zip(voices) {
            let place = Place {
                block,
                prose: passage.text,
                span: span.clone(),
            };
            found.push(place.measure(scorer, voice, &names, params));
        }
    }
    found
}

/// Where a sentence is.
struct Place<'d> {
    block: &'d Block,
    prose: &'d str,
    span: Range<usize>,
}

impl Place<'_> {
    fn measure(
        &self,
        scorer: &mut Scorer<'_>,
        voice: Voice,
        names: &[&str],
        params: &ProfileParams,
    ) -> SentenceProfile {
        let text = &self.prose[self.span.clone()];
        let mut p = Vec::new();
        scorer.score_into(text, &mut p);
        let best = most_probable(&p);
        let next = (0..p.len())
            .filter(|&k| k != best)
            .map(|k| p[k])
            .fold(0.0, f64::max);
        let source = self.block.source_span(self.span.clone());
        let by_class = |values: &[f64]| -> ByClass {
            names
                .iter()
                .zip(values)
                .map(|(name, v)| ((*name).to_owned(), rounded(*v)))
                .collect()
        };
        let (voice, speaker) = match voice {
            Voice::Author => ("author", None),
            Voice::Quoted { speaker } => ("quoted", speaker),
        };
        let mut sentence = SentenceProfile {
            start: source.start,
            end: source.end,
            text: text.to_owned(),
            voice: voice.to_owned(),
            speaker,
            label: names[best].to_owned(),
            uncertain: p[best] - next < params.uncertain_margin,
            probability: by_class(&p),
            intercept: None,
            contributions: Vec::new(),
        };
        if params.explain {
            let explanation = scorer.explain(text);
            let names_and_values = names.iter().zip(&explanation.intercepts);
            sentence.intercept = Some(
                names_and_values
                    .map(|(name, v)| ((*name).to_owned(), *v))
                    .collect(),
            );
            for place in &explanation.contributions {
                let at = self.span.start + place.span.start..self.span.start + place.span.end;
                let source = self.block.source_span(at);
                for (class, weight) in names.iter().zip(&place.weights) {
                    sentence.contributions.push(TermContribution {
                        term: text[place.span.clone()].to_owned(),
                        start: source.start,
                        end: source.end,
                        class: (*class).to_owned(),
                        weight: *weight,
                    });
                }
            }
        }
        sentence
    }
}

fn shares_of(names: &[String], of: &[&SentenceProfile]) -> ByClass {
    let share = |name: &String| {
        let count = of.iter().filter(|s| s.label == *name).count();
        rounded(count as f64 / of.len().max(1) as f64)
    };
    names
        .iter()
        .map(|name| (name.clone(), share(name)))
        .collect()
}

fn summarize(
    names: &[String],
    judged: &[&SentenceProfile],
    document_model: Option<&DocumentModel>,
) -> Shares {
    let share = shares_of(names, judged);
    let n = judged.len().max(1) as f64;
    let probabilities = |name: &String| -> Vec<f64> {
        judged
            .iter()
            .map(|s| s.probability.get(name).copied().unwrap_or(0.0))
            .collect()
    };
    let mean_probability: ByClass = names
        .iter()
        .map(|name| {
            (
                name.clone(),
                rounded(probabilities(name).iter().sum::<f64>() / n),
            )
        })
        .collect();
    let share_interval = names
        .iter()
        .map(|name| {
            let [low, high] = share_interval(&probabilities(name));
            let count = share.get(name).copied().unwrap_or(0.0);
            (
                name.clone(),
                [rounded(low.min(count)), rounded(high.max(count))],
            )
        })
        .collect();
    let whole = match document_model {
        Some(model) if !judged.is_empty() => {
            let of = |s: &&SentenceProfile| names.iter().map(|n| s.probability[n]).collect();
            model.score(&judged.iter().map(of).collect::<Vec<Vec<f64>>>())
        }
        _ => names.iter().map(|name| mean_probability[name]).collect(),
    };
    Shares {
        dominant: names[most_probable(&whole)].clone(),
        stance_probability: names
            .iter()
            .cloned()
            .zip(whole.into_iter().map(rounded))
            .collect(),
        share,
        share_interval,
        mean_probability,
        uncertain_share: rounded(judged.iter().filter(|s| s.uncertain).count() as f64 / n),
    }
}

/// Six decimals: what is printed is what is kept.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn count_words(text: &str) -> usize {
    tokens(text).filter(|t| t.kind != TokenKind::Mark).count()
}
