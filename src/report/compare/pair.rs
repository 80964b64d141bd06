//! What changed between two versions of a document.

use super::align::{Change, Word, align, word_changes};
use crate::profile::{DocumentProfile, SentenceProfile};
use crate::report::{of, percent};

/// A sentence that changed, or one that did not.
pub(super) struct ChangedSentence<'p> {
    pub before: Option<(usize, &'p SentenceProfile)>,
    pub after: Option<(usize, &'p SentenceProfile)>,
    pub edited: bool,
    /// By how much the probability of the last class rose, for one that was edited.
    pub rise: f64,
}

/// Numbers of changes.
pub(super) struct Counts {
    pub edited: usize,
    pub removed: usize,
    pub added: usize,
    pub same: usize,
}

/// All sentences of both versions in order.
pub(super) fn changed_sentences<'p>(
    before: &'p DocumentProfile,
    after: &'p DocumentProfile,
    focus: &str,
) -> Vec<ChangedSentence<'p>> {
    let old = |i: usize| Some((i + 1, &before.sentences[i]));
    let new = |j: usize| Some((j + 1, &after.sentences[j]));
    let change = |change: Change| match change {
        Change::Same { before, after } => (old(before), new(after), false),
        Change::Edited { before, after } => (old(before), new(after), true),
        Change::Removed { before } => (old(before), None, false),
        Change::Added { after } => (None, new(after), false),
    };
    let sentence = |c: Change| {
        let (before, after, edited) = change(c);
        let p = |s: Option<(usize, &SentenceProfile)>| {
            s.map_or(0.0, |(_, s)| of(&s.probability, focus))
        };
        ChangedSentence {
            before,
            after,
            edited,
            rise: if edited { p(after) - p(before) } else { 0.0 },
        }
    };
    align(&before.sentences, &after.sentences)
        .into_iter()
        .map(sentence)
        .collect()
}

impl ChangedSentence<'_> {
    pub(super) fn is_same(&self) -> bool {
        self.before.is_some() && self.after.is_some() && !self.edited
    }

    /// The words, runs of a kind together.
    pub(super) fn words(&self) -> Vec<(Word, String)> {
        match (self.before, self.after) {
            (Some((_, old)), Some((_, new))) if self.edited => word_changes(&old.text, &new.text),
            (_, Some((_, new))) if !self.is_same() => vec![(Word::Added, new.text.clone())],
            (Some((_, old)), None) => vec![(Word::Removed, old.text.clone())],
            (_, Some((_, new))) => vec![(Word::Kept, new.text.clone())],
            (None, None) => Vec::new(),
        }
    }

    /// `edited`, `removed`, `added` or `same`.
    pub(super) fn kind(&self) -> &'static str {
        match (self.before, self.after) {
            _ if self.edited => "edited",
            (Some(_), None) => "removed",
            (None, Some(_)) => "added",
            _ => "same",
        }
    }
}

pub(super) fn counts(sentences: &[ChangedSentence<'_>]) -> Counts {
    let count = |kind: &str| sentences.iter().filter(|s| s.kind() == kind).count();
    Counts {
        edited: count("edited"),
        removed: count("removed"),
        added: count("added"),
        same: count("same"),
    }
}

/// `polemical 85 %`.
pub(super) fn judged(s: &SentenceProfile) -> String {
    format!("{} {} %", s.label, percent(of(&s.probability, &s.label)))
}

/// A difference of shares in points, with its sign: `+12`, `−3`, `0`.
pub(super) fn points(difference: f64) -> String {
    let rounded = (difference * 100.0).round() as i64;
    match rounded {
        0 => "0".to_owned(),
        n if n < 0 => format!("−{}", -n),
        n => format!("+{n}"),
    }
}
