//! What the model makes of the cases.

use std::path::Path;

use super::suite::{Direction, Filling, Invariance, Mirror, Suite, capitalized, fill};
use crate::Result;
use crate::artifact::ModelArtifact;
use crate::classifier::{Scorer, most_probable};
use crate::ingest::ReadParams;
use crate::profile::{ProfileParams, profile};

/// The classes without which these cases say nothing.
const NEEDED: [&str; 2] = ["neutral", "polemical"];

/// Two fillings of one template.
#[derive(Clone, Debug, PartialEq)]
pub struct Swap {
    /// The slot, or the kind of mirrored pair.
    pub kind: String,
    /// Whether the slot opens the sentence.
    pub at_start: bool,
    /// The intended class; none for mirrored pairs.
    pub stance: Option<String>,
    /// The template.
    pub template: String,
    /// What it was filled with.
    pub fillings: [String; 2],
    /// The most probable classes.
    pub labels: [String; 2],
    /// The largest difference of a class's probabilities, 0 to 1.
    pub change: f64,
}

/// One sentence and the same with an addition.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// What is added.
    pub kind: String,
    /// The class that is to become more probable.
    pub rises: String,
    /// The sentence with the addition in brackets.
    pub shown: String,
    /// By how much the class became more probable, −1 to 1.
    pub rise: f64,
}

/// One polemic in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// What is special about the document.
    pub frame: String,
    /// The polemic.
    pub polemic: String,
    /// The share of the author's sentences that are polemical, 0 to 1.
    pub author_polemical: f64,
}

/// One clear case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clear {
    /// Its class.
    pub class: String,
    /// The most probable class.
    pub found: String,
    /// The sentence.
    pub text: String,
}

/// Everything measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Filled sentences of the invariance templates: kind, at start, stance.
    pub sentences: Vec<(String, bool, String)>,
    /// Names swapped.
    pub swaps: Vec<Swap>,
    /// Sides that changed places.
    pub mirrored: Vec<Swap>,
    /// Additions.
    pub additions: Vec<Addition>,
    /// Polemics quoted.
    pub quoted: Vec<Quoted>,
    /// Whether each polemic is polemical when nobody is quoted.
    pub unquoted: Vec<bool>,
    /// Clear cases.
    pub clear: Vec<Clear>,
}

/// A sentence with its probabilities.
struct Scored {
    shown: String,
    probabilities: Vec<f64>,
}

struct Meter<'m> {
    model: &'m ModelArtifact,
    classes: Vec<String>,
    scorer: Scorer<'m>,
}

/// What `model` makes of the cases of `suite`. Cases of a class that it does not have are left out; `None` if it
/// lacks `neutral` or `polemical`, because the cases then say nothing about it.
///
/// # Errors
/// Those of [`ReadParams::from_bytes`] for the documents of the suite.
pub fn measure(suite: &Suite, model: &ModelArtifact) -> Result<Option<Findings>> {
    let scheme = model.classifier.scheme();
    if NEEDED.iter().any(|class| scheme.class_id(class).is_none()) {
        return Ok(None);
    }
    let classes = model.classifier.scheme().names().map(str::to_owned);
    let mut meter = Meter {
        model,
        classes: classes.collect(),
        scorer: model.classifier.scorer(),
    };
    let mut sentences = Vec::new();
    let mut swaps = Vec::new();
    for group in &suite.invariance {
        meter.invariance(suite, group, &mut sentences, &mut swaps);
    }
    let mirrored = suite.mirror.iter().flat_map(|m| meter.mirror(m)).collect();
    let additions = suite.direction.iter().flat_map(|d| meter.direction(d));
    Ok(Some(Findings {
        sentences,
        swaps,
        mirrored,
        additions: additions.collect(),
        quoted: meter.quotation(suite)?,
        unquoted: meter.unquoted(suite),
        clear: meter.minimum(suite),
    }))
}

impl Meter<'_> {
    fn invariance(
        &mut self,
        suite: &Suite,
        group: &Invariance,
        sentences: &mut Vec<(String, bool, String)>,
        swaps: &mut Vec<Swap>,
    ) {
        let fillings = suite.fillings(&group.slot);
        for template in &group.texts {
            let kind = (group.slot.as_str(), Some(group.stance.as_str()));
            let case = (
                group.slot.clone(),
                template.starts_with('{'),
                group.stance.clone(),
            );
            sentences.extend(fillings.iter().map(|_| case.clone()));
            swaps.extend(self.every_pair(kind, template, &fillings));
        }
    }

    fn mirror(&mut self, group: &Mirror) -> Vec<Swap> {
        let mut swaps = Vec::new();
        for template in &group.texts {
            for [a, b] in &group.pairs {
                let both = [(a, b), (b, a)].map(|(a, b)| {
                    Filling::from([("a".to_owned(), a.clone()), ("b".to_owned(), b.clone())])
                });
                swaps.extend(self.every_pair((&group.kind, None), template, &both));
            }
        }
        swaps
    }

    /// Every filling against every other: no name is the standard for the rest.
    fn every_pair(
        &mut self,
        (kind, stance): (&str, Option<&str>),
        template: &str,
        fillings: &[Filling],
    ) -> Vec<Swap> {
        let scored: Vec<Scored> = fillings.iter().map(|f| self.scored(template, f)).collect();
        let pairs = (0..scored.len()).flat_map(|i| (i + 1..scored.len()).map(move |j| [i, j]));
        let swap = |pair: [usize; 2]| Swap {
            kind: kind.to_owned(),
            at_start: template.starts_with('{'),
            stance: stance.map(str::to_owned),
            template: template.to_owned(),
            fillings: pair.map(|i| scored[i].shown.clone()),
            labels: pair.map(|i| self.classes[most_probable(&scored[i].probabilities)].clone()),
            change: largest_difference(pair.map(|i| scored[i].probabilities.as_slice())),
        };
        pairs.map(swap).collect()
    }

    fn scored(&mut self, template: &str, filling: &Filling) -> Scored {
        let in_template =
            |(slot, _): &(&String, &String)| template.contains(&format!("{{{slot}}}"));
        let values = filling.iter().filter(in_template);
        Scored {
            shown: values
                .map(|(_, v)| v.as_str())
                .collect::<Vec<_>>()
                .join(" / "),
            probabilities: self.probabilities(&fill(template, filling)),
        }
    }

    fn probabilities(&mut self, text: &str) -> Vec<f64> {
        self.scorer.score(text).probabilities().to_vec()
    }

    fn label(&mut self, text: &str) -> String {
        self.classes[self.scorer.score(text).most_probable()].clone()
    }

    fn direction(&mut self, group: &Direction) -> Vec<Addition> {
        let class = self.classes.iter().position(|c| *c == group.rises);
        let mut additions = Vec::new();
        let Some(class) = class else {
            return additions;
        };
        for template in &group.texts {
            let before = self.probabilities(&template.replace("{+}", ""))[class];
            for addition in &group.additions {
                let after = self.probabilities(&template.replace("{+}", addition))[class];
                additions.push(Addition {
                    kind: group.kind.clone(),
                    rises: group.rises.clone(),
                    shown: template.replace("{+}", &format!("[{addition}]")),
                    rise: after - before,
                });
            }
        }
        additions
    }

    fn quotation(&mut self, suite: &Suite) -> Result<Vec<Quoted>> {
        let mut quoted = Vec::new();
        for (frame, template) in &suite.quotation.frames {
            for polemic in &suite.quotation.polemics {
                let text = template.replace("{Q}", &capitalized(polemic));
                quoted.push(Quoted {
                    frame: frame.clone(),
                    polemic: polemic.clone(),
                    author_polemical: self.author_polemical(&text.replace("{q}", polemic))?,
                });
            }
        }
        Ok(quoted)
    }

    fn author_polemical(&mut self, text: &str) -> Result<f64> {
        let reading = ReadParams {
            any_language: true,
            ..ReadParams::default()
        };
        let document = reading.from_bytes(Path::new("quoting.md"), text.as_bytes())?;
        let params = ProfileParams::default();
        let found = profile(self.model, &mut self.scorer, &document, &params);
        let share = found.voice.author.share.get("polemical");
        Ok(share.copied().unwrap_or(0.0))
    }

    fn unquoted(&mut self, suite: &Suite) -> Vec<bool> {
        let sentence = |polemic: &String| format!("{}.", capitalized(polemic));
        let texts = suite.quotation.polemics.iter().map(sentence);
        texts.map(|text| self.label(&text) == "polemical").collect()
    }

    fn minimum(&mut self, suite: &Suite) -> Vec<Clear> {
        let known = self.classes.clone();
        let cases = suite
            .minimum
            .iter()
            .filter(|(class, _)| known.contains(class));
        let cases = cases.flat_map(|(class, texts)| texts.iter().map(move |text| (class, text)));
        let clear = |(class, text): (&String, &String)| Clear {
            class: class.clone(),
            found: self.label(text),
            text: text.clone(),
        };
        cases.map(clear).collect()
    }
}

fn largest_difference([left, right]: [&[f64]; 2]) -> f64 {
    let differences = left.iter().zip(right).map(|(l, r)| (l - r).abs());
    differences.fold(0.0, f64::max)
}
