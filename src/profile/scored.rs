//! Measuring a sentence and its parts.

use std::ops::Range;

use super::groups::by_class;
use super::measure::ProfileParams;
use super::{PartProfile, SentenceProfile, TermContribution};
use crate::classifier::{Scorer, most_probable};
use crate::ingest::Block;
use crate::text::{Heard, Voice};

/// The block that sentences lie in.
pub(super) struct Place<'d> {
    pub(super) block: &'d Block,
    pub(super) prose: &'d str,
    pub(super) names: &'d [&'d str],
    pub(super) params: &'d ProfileParams,
}

impl Place<'_> {
    /// Measures the sentence at `span` of the prose: as a whole, or the words in its own voice and
    /// those in other voices, each by themselves.
    pub(super) fn sentence(
        &self,
        scorer: &mut Scorer<'_>,
        span: &Range<usize>,
        heard: Heard,
    ) -> SentenceProfile {
        let mut parts = heard.parts.into_iter();
        let own = parts.next().map_or_else(Vec::new, |part| part.spans);
        let scored = match &own[..] {
            [] => Words::of(self.prose, std::slice::from_ref(span)),
            spans => Words::of(self.prose, spans),
        };
        let others = parts.map(|part| {
            let words = Words::of(self.prose, &part.spans);
            self.part(scorer, part.voice, words)
        });
        let others = others.collect();
        let own_part = self.part(scorer, heard.voice, scored);
        let source = self.block.source_span(span.clone());
        SentenceProfile {
            start: source.start,
            end: source.end,
            text: self.prose[span.clone()].to_owned(),
            voice: own_part.voice,
            speaker: own_part.speaker,
            spans: if own.is_empty() {
                Vec::new()
            } else {
                own_part.spans
            },
            label: own_part.label,
            uncertain: own_part.uncertain,
            probability: own_part.probability,
            intercept: own_part.intercept,
            contributions: own_part.contributions,
            parts: others,
        }
    }

    /// Measures the words of one voice.
    fn part(&self, scorer: &mut Scorer<'_>, voice: Voice, words: Words<'_>) -> PartProfile {
        let text = words.text();
        let mut p = Vec::new();
        scorer.score_into(text, &mut p);
        let (best, uncertain) = verdict(&p, self.params.uncertain_margin);
        let (voice, speaker) = match voice {
            Voice::Author => ("author", None),
            Voice::Quoted { speaker, .. } => ("quoted", speaker),
        };
        let mut part = PartProfile {
            voice: voice.to_owned(),
            speaker,
            spans: words.spans().map(|span| self.source(span)).collect(),
            label: self.names[best].to_owned(),
            uncertain,
            probability: by_class(self.names, &p),
            intercept: None,
            contributions: Vec::new(),
        };
        if self.params.explain {
            self.explain(scorer, &words, &mut part);
        }
        part
    }

    fn explain(&self, scorer: &mut Scorer<'_>, words: &Words<'_>, part: &mut PartProfile) {
        let explanation = scorer.explain(words.text());
        part.intercept = Some(by_class(self.names, &explanation.intercepts));
        for place in &explanation.contributions {
            let [start, end] = self.source(words.in_prose(&place.span));
            for (class, weight) in self.names.iter().zip(&place.weights) {
                part.contributions.push(TermContribution {
                    term: term_at(words.text(), &place.span).to_owned(),
                    start,
                    end,
                    class: (*class).to_owned(),
                    weight: *weight,
                });
            }
        }
    }

    fn source(&self, prose: Range<usize>) -> [usize; 2] {
        let source = self.block.source_span(prose);
        [source.start, source.end]
    }
}

/// The most probable class, and whether it is not much more probable than the next.
pub(super) fn verdict(p: &[f64], uncertain_margin: f64) -> (usize, bool) {
    let best = most_probable(p);
    let others = (0..p.len()).filter(|&k| k != best);
    let next = others.map(|k| p[k]).fold(0.0, f64::max);
    (best, p[best] - next < uncertain_margin)
}

/// Words of the prose that are scored as one text.
enum Words<'d> {
    /// As they stand there, from this byte on.
    Run(&'d str, usize),
    /// Pieces, joined by spaces: where each begins in the joined text, and where it stands in the prose.
    Joined(String, Vec<(usize, Range<usize>)>),
}

impl<'d> Words<'d> {
    fn of(prose: &'d str, spans: &[Range<usize>]) -> Self {
        if let [span] = spans {
            return Self::Run(&prose[span.clone()], span.start);
        }
        let (mut text, mut pieces) = (String::new(), Vec::with_capacity(spans.len()));
        for span in spans {
            if !text.is_empty() {
                text.push(' ');
            }
            pieces.push((text.len(), span.clone()));
            text.push_str(&prose[span.clone()]);
        }
        Self::Joined(text, pieces)
    }

    fn text(&self) -> &str {
        match self {
            Self::Run(text, _) => text,
            Self::Joined(text, _) => text,
        }
    }

    /// Where they stand in the prose.
    fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        let (run, joined) = match self {
            Self::Run(text, start) => (Some(*start..*start + text.len()), &[][..]),
            Self::Joined(_, pieces) => (None, &pieces[..]),
        };
        run.into_iter()
            .chain(joined.iter().map(|(_, span)| span.clone()))
    }

    /// Where in the prose a part of the text stands. What joins the end of a piece with the beginning of
    /// the next spans what lies between.
    fn in_prose(&self, part: &Range<usize>) -> Range<usize> {
        let pieces = match self {
            Self::Run(_, start) => return start + part.start..start + part.end,
            Self::Joined(_, pieces) => pieces,
        };
        let place = |at: usize, before: usize| {
            let piece = pieces.partition_point(|(begins, _)| *begins < before);
            let (begins, span) = &pieces[piece.saturating_sub(1)];
            span.start + at.saturating_sub(*begins)
        };
        place(part.start, part.start + 1)..place(part.end, part.end)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_words_lead_back_to_the_prose() {
        let prose = "He called it “a farce” on Monday.";
        //           0123456789012 3
        let words = Words::of(prose, &[0..16, 23..37]);
        assert_eq!(words.text(), "He called it “ ” on Monday.");
        let place = |wanted: &str| {
            let at = words.text().find(wanted).expect("words");
            &prose[words.in_prose(&(at..at + wanted.len()))]
        };
        assert_eq!(place("He"), "He");
        assert_eq!(place("it “"), "it “");
        assert_eq!(place("“ ”"), "“a farce”");
        assert_eq!(place("” on"), "” on");
        assert_eq!(place("Monday."), "Monday.");
        let end = words.text().len();
        assert_eq!(words.in_prose(&(0..0)), 0..0);
        assert_eq!(words.in_prose(&(end..end)), 37..37);
    }
}
