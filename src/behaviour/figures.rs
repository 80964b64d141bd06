//! The findings in a few figures.

use super::measure::{Findings, Swap};
use crate::train::BehaviourFigure;

/// How little swaps change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stability {
    /// Share of the swaps that leave the most probable class, 0 to 1.
    pub same_label: f64,
    /// Mean change, 0 to 1.
    pub mean_change: f64,
    /// Largest change, 0 to 1.
    pub largest_change: f64,
}

impl Stability {
    /// Of these swaps; all figures of none are 0.
    #[must_use]
    pub fn of(swaps: &[&Swap]) -> Self {
        let same = swaps.iter().filter(|s| s.labels[0] == s.labels[1]).count();
        let changes = swaps.iter().map(|s| s.change);
        Self {
            same_label: share(same, swaps.len()),
            mean_change: mean(changes.clone()),
            largest_change: changes.fold(0.0, f64::max),
        }
    }
}

/// What a slot counts as: names of persons, places and parties, which a model must not know at all; organisations;
/// or words for groups, which are nouns in lower case.
#[must_use]
pub fn family(slot: &str) -> &'static str {
    match slot {
        "organisation" => "organisations",
        "group" => "group words",
        _ => "names",
    }
}

impl Findings {
    /// One figure for each question, in the order of the cases.
    #[must_use]
    pub fn figures(&self) -> Vec<BehaviourFigure> {
        let mut figures = Vec::new();
        for (family, swaps) in grouped(&self.swaps, |s| family(&s.kind).to_owned()) {
            figures.push(stays(format!("{family} swapped: label stays"), &swaps));
        }
        for (kind, swaps) in grouped(&self.mirrored, |s| s.kind.clone()) {
            figures.push(stays(format!("{kind} mirrored: label stays"), &swaps));
        }
        let asked = |a: &super::Addition| format!("{} added: more {}", a.kind, a.rises);
        for (question, added) in grouped(&self.additions, asked) {
            let right = added.iter().filter(|a| a.rise > 0.0).count();
            figures.push(BehaviourFigure {
                question,
                cases: added.len(),
                right: share(right, added.len()),
                change: Some(mean(added.iter().map(|a| a.rise))),
            });
        }
        let own = |class: &str| format!("clear case: {class}");
        let quoted = "polemic quoted: author not polemical".to_owned();
        let clean = self.quoted.iter().filter(|q| q.author_polemical == 0.0);
        figures.push(of_cases(quoted, clean.count(), self.quoted.len()));
        for (question, cases) in grouped(&self.clear, |c| own(&c.class)) {
            let right = cases.iter().filter(|c| c.class == c.found).count();
            figures.push(of_cases(question, right, cases.len()));
        }
        figures
    }
}

fn stays(question: String, swaps: &[&Swap]) -> BehaviourFigure {
    let stability = Stability::of(swaps);
    BehaviourFigure {
        question,
        cases: swaps.len(),
        right: stability.same_label,
        change: Some(stability.mean_change),
    }
}

fn of_cases(question: String, right: usize, cases: usize) -> BehaviourFigure {
    BehaviourFigure {
        question,
        cases,
        right: share(right, cases),
        change: None,
    }
}

fn share(hits: usize, of: usize) -> f64 {
    hits as f64 / of.max(1) as f64
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count().max(1) as f64
}

/// The elements by key, keys in order of first appearance.
fn grouped<T>(all: &[T], key: impl Fn(&T) -> String) -> Vec<(String, Vec<&T>)> {
    let mut groups: Vec<(String, Vec<&T>)> = Vec::new();
    for element in all {
        let key = key(element);
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, group)) => group.push(element),
            None => groups.push((key, vec![element])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_few_cases_by_hand() {
        let swap = |kind: &str, labels: [&str; 2], change| Swap {
            kind: kind.to_owned(),
            at_start: true,
            stance: None,
            template: String::new(),
            fillings: [String::new(), String::new()],
            labels: labels.map(str::to_owned),
            change,
        };
        let clear = |class: &str, found: &str| super::super::Clear {
            class: class.to_owned(),
            found: found.to_owned(),
            text: String::new(),
        };
        let findings = Findings {
            sentences: Vec::new(),
            swaps: vec![
                swap("country", ["a", "a"], 0.25),
                swap("group", ["a", "b"], 1.0),
                swap("party", ["a", "b"], 0.75),
            ],
            mirrored: Vec::new(),
            additions: Vec::new(),
            quoted: Vec::new(),
            unquoted: Vec::new(),
            clear: vec![clear("neutral", "neutral"), clear("neutral", "polemical")],
        };
        let found = findings.figures();
        let found: Vec<_> = found
            .iter()
            .map(|f| (f.question.as_str(), f.cases, f.right, f.change))
            .collect();
        assert_eq!(
            found,
            [
                ("names swapped: label stays", 2, 0.5, Some(0.5)),
                ("group words swapped: label stays", 1, 0.0, Some(1.0)),
                ("polemic quoted: author not polemical", 0, 0.0, None),
                ("clear case: neutral", 2, 0.5, None),
            ]
        );
    }
}
