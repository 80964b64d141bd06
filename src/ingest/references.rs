//! Reference lists: below their heading, or as a run of lines that look like entries.

use super::document::{BlockKind, Part};
use super::excluded::ExcludedKind;
use super::furniture::{is_kind, prose};

/// Excludes the reference lists among `parts`.
pub(super) fn mark_references(text: &str, parts: &mut [Part]) {
    let entries: Vec<bool> = parts
        .iter()
        .map(|part| prose(text, part).is_some_and(is_entry_block))
        .collect();
    let mut listed = false;
    for i in 0..parts.len() {
        let Some(words) = prose(text, &parts[i]) else {
            continue;
        };
        let next_is_entry = entries.get(i + 1).copied().unwrap_or(false);
        if opens_references(words, &parts[i], next_is_entry, i + 1 == parts.len()) {
            listed = true;
        } else if is_kind(&parts[i], BlockKind::Heading) && !entries[i] && !next_is_entry {
            listed = false;
        }
        if listed || in_run(&entries, i) || is_entry_list(words) {
            parts[i].exclude(ExcludedKind::ReferenceList);
        }
    }
}

/// A lone `References`. `Notes` and `Sources` count only above something like an entry.
fn opens_references(words: &str, part: &Part, next_is_entry: bool, last: bool) -> bool {
    let bare = words
        .trim_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    let lone = words.len() < 40 && !is_kind(part, BlockKind::Title) && !last;
    lone && match bare.as_str() {
        "references"
        | "bibliography"
        | "works cited"
        | "literature cited"
        | "reference list"
        | "references and notes"
        | "selected bibliography"
        | "literature" => true,
        "notes" | "endnotes" | "footnotes" | "sources" | "further reading" => next_is_entry,
        _ => false,
    }
}

/// Is part `i` one of at least three entries in a row?
fn in_run(entries: &[bool], i: usize) -> bool {
    let entry = |at: Option<usize>| {
        at.and_then(|at| entries.get(at))
            .is_some_and(|&entry| entry)
    };
    let at = |back: usize| entry(i.checked_sub(back));
    let ahead = |by: usize| entry(Some(i + by));
    at(0) && ((at(1) && (at(2) || ahead(1))) || (ahead(1) && ahead(2)))
}

/// One block with at least three lines that begin entries.
fn is_entry_list(words: &str) -> bool {
    let lines = words.lines().count();
    let entries = words.lines().filter(|line| is_entry(line)).count();
    entries > 2 && entries * 3 >= lines
}

fn is_entry_block(words: &str) -> bool {
    words.split_whitespace().take(90).count() < 90 && is_entry(words)
}

/// `[12] …`, `Hale, J. (1999). …`, `… doi:…`, `3. Hale, J. …, 1999`.
fn is_entry(line: &str) -> bool {
    let bare = line
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let bare = bare.trim_start();
    let numbered = bare.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let numbered = numbered.is_some_and(|(n, rest)| {
        !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && rest.split(' ').count() > 3
    });
    let front = bare
        .char_indices()
        .nth(160)
        .map_or(bare, |(at, _)| &bare[..at]);
    let capital = bare.starts_with(char::is_uppercase);
    let marks = ["doi.org/", "doi:", "DOI:", "DOI ", "arXiv:"];
    let identified = marks.iter().any(|mark| line.contains(mark)) && has_year(line);
    numbered || identified || capital && (has_dated_author(front) || opens_with_author(bare))
}

/// `Hale, J.` at the front and a year somewhere.
fn opens_with_author(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(", ") else {
        return false;
    };
    let mut initial = rest.chars();
    let initials = initial.next().is_some_and(char::is_uppercase) && initial.next() == Some('.');
    initials && name.split(' ').count() < 4 && has_year(line)
}

/// `(1999).` or `(1999a).` near the front.
fn has_dated_author(front: &str) -> bool {
    front.match_indices('(').any(|(at, _)| {
        let inner = &front[at + 1..];
        let dated = inner
            .find(')')
            .map(|end| (&inner[..end], &inner[end + 1..]));
        dated.is_some_and(|(year, rest)| {
            year.len() < 6 && has_year(year) && rest.starts_with(['.', ':'])
        })
    })
}

fn has_year(line: &str) -> bool {
    let year = |run: &str| run.len() == 4 && (run.starts_with("1") || run.starts_with("20"));
    line.split(|c: char| !c.is_ascii_digit()).any(year)
}
