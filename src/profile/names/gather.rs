//! The names of a document: its mentions put together.

use std::collections::BTreeMap;

use super::kind::{NameKind, Votes};
use super::lists::{Listed, normal};
use super::phrase::Mention;
use super::words::Sentence;

/// A name with all its mentions in a document.
#[derive(Clone, Debug, Default)]
struct Entry {
    votes: Votes,
    /// The longest form in which it is written, the first of equals.
    longest: Option<String>,
    /// The texts that it stands in, in order, each once.
    texts: Vec<usize>,
    /// Known from a list.
    listed: bool,
}

impl Entry {
    fn stand_in(&mut self, text: usize) {
        if let Err(at) = self.texts.binary_search(&text) {
            self.texts.insert(at, text);
        }
    }

    fn write(&mut self, name: &str) {
        let longer = |known: &String| name.chars().count() > known.chars().count();
        if self.longest.as_ref().is_none_or(longer) {
            self.longest = Some(name.to_owned());
        }
    }
}

/// A name that a document mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// The longest form in which the document writes it; the usual name of a country that it only has
    /// adjectives for.
    pub name: String,
    /// What it is of.
    pub kind: NameKind,
    /// The texts that it stands in, from 0, in order, each once.
    pub texts: Vec<usize>,
}

/// Collects the mentions of a document.
#[derive(Default)]
pub(super) struct Gathered {
    entries: BTreeMap<String, Entry>,
    /// The key that an acronym in brackets stands for: `the Coastal Workers Union (CWU)`.
    acronyms: BTreeMap<String, String>,
}

impl Gathered {
    pub(super) fn add(
        &mut self,
        mention: &Mention,
        sentence: &Sentence<'_>,
        around: Votes,
        text: usize,
    ) {
        let written = sentence.written(mention.words.clone());
        let key = mention
            .listed
            .map_or_else(|| normal(written), |l| l.name.to_owned());
        let shouted = |l: &Listed| l.kind == NameKind::Place && is_shouted(written);
        let written = mention.listed.filter(shouted).map_or(written, |l| l.name);
        let entry = self.entries.entry(key.clone()).or_default();
        entry.votes.add(mention.votes);
        entry.listed |= mention.listed.is_some();
        if !entry.listed {
            entry.votes.add(around);
        }
        if mention.listed.is_none_or(|listed| !listed.demonym) {
            entry.write(written);
        }
        entry.stand_in(text);
        if let Some(acronym) = acronym_of(mention, sentence) {
            self.acronyms.entry(acronym).or_insert(key);
        }
    }

    /// The names, sorted by their keys.
    pub(super) fn names(mut self) -> Vec<FoundName> {
        self.fold_acronyms();
        self.fold_people();
        let name = |(key, entry): (String, Entry)| FoundName {
            name: entry.longest.unwrap_or(key),
            kind: entry.votes.kind(),
            texts: entry.texts,
        };
        self.entries.into_iter().map(name).collect()
    }

    fn fold_acronyms(&mut self) {
        for (acronym, key) in std::mem::take(&mut self.acronyms) {
            let known = self.entries.get(&acronym).is_some_and(|entry| entry.listed);
            if acronym != key && !known {
                self.fold(&acronym, &key);
            }
        }
    }

    /// `Putin` is `Vladimir Putin`, if the document has no other person of that name.
    fn fold_people(&mut self) {
        let mut bearers: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (key, entry) in &self.entries {
            if entry.votes.kind() == NameKind::Person {
                for short in short_forms(key) {
                    let bearer = bearers.entry(short.to_owned());
                    bearer
                        .and_modify(|b| *b = None)
                        .or_insert_with(|| Some(key.clone()));
                }
            }
        }
        let short: Vec<String> = self.entries.keys().cloned().collect();
        for key in short {
            if let Some(Some(whole)) = bearers.get(&key)
                && self.may_be_person(&key)
            {
                self.fold(&key, whole);
            }
        }
    }

    /// Is nothing else known of the name than that it may be a person's?
    fn may_be_person(&self, key: &str) -> bool {
        let entry = &self.entries[key];
        let person = entry.votes.kind() == NameKind::Person;
        person
            || !entry.listed
                && NameKind::ALL
                    .iter()
                    .all(|kind| entry.votes.weight(*kind) < 4)
    }

    /// Counts `short` as `whole`.
    fn fold(&mut self, short: &str, whole: &str) {
        let Some(entry) = self.entries.remove(short) else {
            return;
        };
        let Some(target) = self.entries.get_mut(whole) else {
            self.entries.insert(short.to_owned(), entry);
            return;
        };
        entry.texts.iter().for_each(|text| target.stand_in(*text));
    }
}

/// `BEIJING`, as datelines have it.
fn is_shouted(name: &str) -> bool {
    name.len() > 3 && !name.contains('.') && !name.contains(char::is_lowercase)
}

/// The first word of a name, and what is left of it without its first words.
fn short_forms(name: &str) -> impl Iterator<Item = &str> {
    let first = name.split_once(' ').map(|(first, _)| first);
    let ends = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
    first.into_iter().chain(ends)
}

/// The acronym that stands in brackets behind a name of the same initials.
fn acronym_of(mention: &Mention, sentence: &Sentence<'_>) -> Option<String> {
    let next = sentence.words.get(mention.words.end)?;
    if !next.is_acronym() || sentence.gap(mention.words.end - 1).trim_start() != "(" {
        return None;
    }
    let words = sentence.words[mention.words.clone()].iter();
    let initials: String = words
        .filter(|word| word.capital)
        .filter_map(|word| word.text.chars().next())
        .collect();
    (initials == next.text).then(|| next.text.to_owned())
}
