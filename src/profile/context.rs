//! The author's sentences in their document: the second stage of judging them.

use super::groups::{by_class, rounded};
use super::scored::verdict;
use super::unit::units;
use super::{ByClass, SentenceProfile, TermContribution};
use crate::classifier::ContextModel;

/// What is said of a sentence or a part of it.
struct Figures<'p> {
    quoted: bool,
    label: &'p mut String,
    uncertain: &'p mut bool,
    probability: &'p mut ByClass,
    intercept: &'p mut Option<ByClass>,
    contributions: &'p mut [TermContribution],
}

/// Judges what is the author's once more, in the light of all that is the author's, if the model has
/// learnt how. Then rounds: what is printed is what is kept.
pub(super) fn in_context(
    found: &mut [SentenceProfile],
    names: &[&str],
    context: Option<&ContextModel>,
    uncertain_margin: f64,
) {
    let vector =
        |values: &ByClass| -> Vec<f64> { names.iter().map(|name| values[*name]).collect() };
    if let Some(context) = context {
        let own = units(found).filter(|(_, unit)| !unit.quoted);
        let own: Vec<Vec<f64>> = own.map(|(_, unit)| vector(unit.probability)).collect();
        let document = context.document(own.iter().map(Vec::as_slice));
        for figures in figures(found).filter(|figures| !figures.quoted) {
            let p = context.in_document(&vector(figures.probability), &document);
            let (best, uncertain) = verdict(&p, uncertain_margin);
            names[best].clone_into(figures.label);
            *figures.uncertain = uncertain;
            *figures.probability = by_class(names, &p);
            if let Some(intercept) = figures.intercept {
                let mut logits = context.document_logits(&document);
                let carried = context.carried(&vector(intercept));
                logits
                    .iter_mut()
                    .zip(carried)
                    .for_each(|(z, own)| *z += own);
                *intercept = by_class(names, &logits);
            }
            // The contributions of a place stand together, one a class.
            for place in figures.contributions.chunks_exact_mut(names.len()) {
                let weights: Vec<f64> = place.iter().map(|c| c.weight).collect();
                let carried = context.carried(&weights);
                place
                    .iter_mut()
                    .zip(carried)
                    .for_each(|(c, w)| c.weight = w);
            }
        }
    }
    for figures in figures(found) {
        figures
            .probability
            .values_mut()
            .for_each(|p| *p = rounded(*p));
    }
}

fn figures(found: &mut [SentenceProfile]) -> impl Iterator<Item = Figures<'_>> {
    found.iter_mut().flat_map(|s| {
        let own = Figures {
            quoted: s.voice == "quoted",
            label: &mut s.label,
            uncertain: &mut s.uncertain,
            probability: &mut s.probability,
            intercept: &mut s.intercept,
            contributions: &mut s.contributions,
        };
        let parts = s.parts.iter_mut().map(|part| Figures {
            quoted: part.voice == "quoted",
            label: &mut part.label,
            uncertain: &mut part.uncertain,
            probability: &mut part.probability,
            intercept: &mut part.intercept,
            contributions: &mut part.contributions,
        });
        std::iter::once(own).chain(parts)
    })
}
