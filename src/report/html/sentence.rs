//! One sentence as the page shows it.

use super::terms::{heaviest, packed};
use crate::profile::{PartProfile, SentenceProfile};
use crate::report::{of, percent};

/// Lower ends of the steps of strength, by the probability of the sentence's class.
const STEPS: [f64; 3] = [0.5, 0.65, 0.8];

/// What the template needs of a sentence.
pub(super) struct SentenceView<'p> {
    /// Its number in the document, from 1.
    pub number: usize,
    /// Classes of the style sheet: class, strength, voice, uncertainty.
    pub style: String,
    /// Whole percent of each class.
    pub percents: String,
    /// Packed words.
    pub terms: String,
    /// In words, for whoever has no script.
    pub said: String,
    pub speaker: &'p str,
    pub text: &'p str,
}

impl<'p> SentenceView<'p> {
    pub(super) fn new(number: usize, s: &'p SentenceProfile, classes: &[&str]) -> Self {
        let terms = heaviest(s);
        Self {
            number,
            style: style(s, classes),
            percents: percents(s, classes),
            terms: packed(s, &terms),
            said: said(s, classes),
            speaker: s.speaker.as_deref().unwrap_or(""),
            text: &s.text,
        }
    }
}

fn style(s: &SentenceProfile, classes: &[&str]) -> String {
    let class = classes.iter().position(|c| *c == s.label).unwrap_or(0);
    let voice = if s.is_quoted() { " q" } else { "" };
    let uncertain = if s.uncertain { " u" } else { "" };
    format!("s k{class} l{}{voice}{uncertain}", strength(s))
}

/// From 1, hardly sure, to 4.
pub(super) fn strength(s: &SentenceProfile) -> usize {
    let p = of(&s.probability, &s.label);
    1 + STEPS.iter().filter(|&&step| p >= step).count()
}

fn percents(s: &SentenceProfile, classes: &[&str]) -> String {
    let each: Vec<String> = classes
        .iter()
        .map(|class| percent(of(&s.probability, class)))
        .collect();
    each.join(" ")
}

/// As in `polemical 85 %, neutral 10 %, academic 5 %; honest +1.93`.
fn said(s: &SentenceProfile, classes: &[&str]) -> String {
    let mut order: Vec<&str> = classes.to_vec();
    order.sort_by(|a, b| of(&s.probability, b).total_cmp(&of(&s.probability, a)));
    let each: Vec<String> = order
        .iter()
        .map(|class| format!("{class} {} %", percent(of(&s.probability, class))))
        .collect();
    let words: Vec<String> = heaviest(s)
        .iter()
        .take(4)
        .map(|t| format!("{} {:+.2}", t.term, t.weight))
        .collect();
    let voice = if s.is_quoted() { "quoted: " } else { "" };
    let because = if words.is_empty() { "" } else { "; " };
    let parts: String = s.parts.iter().map(also_said).collect();
    let each = each.join(", ");
    format!("{voice}{each}{because}{}{parts}", words.join(", "))
}

/// As in `; quoted in it: polemical 85 %`.
fn also_said(part: &PartProfile) -> String {
    let whose = match part.voice.as_str() {
        "quoted" => "quoted in it",
        _ => "the author in it",
    };
    let share = percent(of(&part.probability, &part.label));
    format!("; {whose}: {} {share} %", part.label)
}
