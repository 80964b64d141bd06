//! Measuring a document.

use std::ops::Range;

use super::deciding::deciding;
use super::groups::{intervals_of, probabilities_of, rounded, shares_of};
use super::names::named;
use super::speakers::speakers;
use super::{
    ByClass, DocumentFacts, DocumentProfile, ModelFacts, SCHEMA, SentenceProfile, Shares,
    TermContribution, VoiceShare, Voices, layout,
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
    let (found, counts) = sentence_profiles(scorer, document, params, artifact);
    let classes: Vec<String> = artifact
        .classifier
        .scheme()
        .names()
        .map(str::to_owned)
        .collect();
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
        named: named(artifact.classifier.features().lexicon(), &found, &classes),
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

fn voices_side_by_side(classes: &[String], found: &[SentenceProfile]) -> Voices {
    let (quoted, own): (Vec<_>, Vec<_>) = found.iter().partition(|s| s.is_quoted());
    let voice = |of: &[&SentenceProfile]| VoiceShare {
        sentences: of.len(),
        share: shares_of(classes, of),
    };
    Voices {
        author: voice(&own),
        quoted: voice(&quoted),
        speakers: speakers(found, classes),
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
        for (span, voice) in spans.iter().zip(voices) {
            let place = Place {
                block,
                prose: passage.text,
                span: span.clone(),
            };
            found.push(place.measure(scorer, voice, &names, params));
        }
    }
    (found, spans.iter().map(Vec::len).collect())
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
            Voice::Quoted { speaker, .. } => ("quoted", speaker),
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
                        term: term_at(text, &place.span).to_owned(),
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

/// The words of a place as written; its name if it is an edge of the sentence, where nothing is
/// written.
fn term_at<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    match span {
        Range { start: 0, end: 0 } => "⟨start⟩",
        edge if edge.is_empty() => "⟨end⟩",
        words => &text[words.clone()],
    }
}

fn summarize(
    classes: &[String],
    found: &[SentenceProfile],
    document_model: Option<&DocumentModel>,
) -> Shares {
    let judged = judged(found);
    let sentences: Vec<&SentenceProfile> = judged.iter().map(|&i| &found[i]).collect();
    let share = shares_of(classes, &sentences);
    let n = sentences.len().max(1) as f64;
    let mean = |class: &String| probabilities_of(class, &sentences).iter().sum::<f64>() / n;
    let means: Vec<f64> = classes.iter().map(|class| rounded(mean(class))).collect();
    let of = |s: &&SentenceProfile| classes.iter().map(|class| s.probability[class]).collect();
    let probabilities: Vec<Vec<f64>> = sentences.iter().map(of).collect();
    let whole = match document_model {
        Some(model) if !sentences.is_empty() => model.score(&probabilities),
        _ => means.clone(),
    };
    let dominant = most_probable(&whole);
    let by_class = |values: &[f64]| -> ByClass {
        let rounded = values.iter().copied().map(rounded);
        classes.iter().cloned().zip(rounded).collect()
    };
    Shares {
        dominant: classes[dominant].clone(),
        stance_probability: by_class(&whole),
        share_interval: intervals_of(classes, &sentences, &share),
        share,
        mean_probability: by_class(&means),
        uncertain_share: rounded(sentences.iter().filter(|s| s.uncertain).count() as f64 / n),
        deciding: deciding(document_model, &probabilities, &judged, &whole, dominant),
    }
}

/// The indices of the sentences that the shares are of: the author's, or all if there is none.
fn judged(found: &[SentenceProfile]) -> Vec<usize> {
    let own = |&i: &usize| !found[i].is_quoted();
    let author: Vec<usize> = (0..found.len()).filter(own).collect();
    if author.is_empty() {
        (0..found.len()).collect()
    } else {
        author
    }
}

fn count_words(text: &str) -> usize {
    tokens(text).filter(|t| t.kind != TokenKind::Mark).count()
}
