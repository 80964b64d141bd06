//! What stands around the prose: by-lines, affiliations, keywords, labels, reference lists, notices.
//!
//! The readers of all formats share these rules. A rule that is not sure leaves the block alone.

use super::document::{Block, BlockKind, Part};
use super::excluded::{Excluded, ExcludedKind};
use super::references::mark_references;
use super::structure;

/// Parts from the start of the document in which by-lines and affiliations are looked for.
const FRONT_PARTS: usize = 12;

/// Turns the blocks that are not prose of the document into excluded parts.
pub(super) fn set_apart(text: &str, parts: Vec<Part>) -> Vec<Part> {
    let mut parts = in_order(parts);
    mark_references(text, &mut parts);
    mark_front(text, &mut parts);
    mark_anywhere(text, &mut parts);
    merged(split_prefixes(text, parts))
}

/// Drops a part that begins before the one in front of it ends.
fn in_order(parts: Vec<Part>) -> Vec<Part> {
    let mut end = 0;
    let follows = |part: &Part| {
        let span = part.span().clone();
        let follows = span.start >= end && span.start < span.end;
        end = if follows { span.end } else { end };
        follows
    };
    parts.into_iter().filter(follows).collect()
}

pub(super) fn prose<'d>(text: &'d str, part: &'d Part) -> Option<&'d str> {
    match part {
        Part::Block(block) => Some(block.prose_in(text).trim()),
        Part::Excluded(..) => None,
    }
}

pub(super) fn is_kind(part: &Part, kind: BlockKind) -> bool {
    matches!(part, Part::Block(block) if block.kind == kind)
}

// The front of a document.

fn mark_front(text: &str, parts: &mut [Part]) {
    let end = front_end(text, parts);
    let mut above_authors = false;
    for i in (0..end).rev() {
        let Some(words) = prose(text, &parts[i]) else {
            continue;
        };
        let plain = !is_kind(&parts[i], BlockKind::Title) && i > 0;
        let authors = is_byline(words)
            || is_date(words)
            || is_affiliation(words)
            || is_credit(words)
            || (above_authors && is_name_list(words));
        above_authors = plain && is_affiliation(words);
        if plain && authors {
            parts[i].exclude(ExcludedKind::AuthorBlock);
        }
    }
}

/// The front ends with the first long paragraph or the abstract.
fn front_end(text: &str, parts: &[Part]) -> usize {
    let body = |part: &Part| {
        prose(text, part).is_some_and(|words| {
            label_of(words) == Some(ExcludedKind::Label)
                || (words.split_whitespace().take(40).count() == 40 && !is_affiliation(words))
        })
    };
    parts
        .iter()
        .position(body)
        .unwrap_or(parts.len())
        .min(FRONT_PARTS)
}

fn ends_sentence(words: &str) -> bool {
    words.ends_with(['.', '!', '?', ':', '”', '"'])
}

/// `Commentary | Ana Ruiz, Institute of Bridges` or `The writer is …`.
fn is_credit(words: &str) -> bool {
    let barred = words.contains(" | ") && !ends_sentence(words);
    let about = [
        "The writer is ",
        "The author is ",
        "The writers are ",
        "The authors are ",
    ];
    let about = about.iter().any(|opening| words.starts_with(opening));
    (barred || about) && words.split_whitespace().take(40).count() < 40
}

pub(super) fn is_byline(words: &str) -> bool {
    let lower = words.to_lowercase();
    let opened = [
        "by ",
        "words by ",
        "written by ",
        "reporting by ",
        "published ",
        "updated ",
    ]
    .iter()
    .find(|opening| lower.starts_with(**opening));
    let Some(opening) = opened else { return false };
    let rest = words.get(opening.len()..).unwrap_or("").trim_start();
    let named = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == ':');
    named && words.split_whitespace().count() < 20 && !ends_sentence(words)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A line that is a date, perhaps with a place before it.
fn is_date(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut parts = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let dated = parts.any(|part| MONTHS.iter().any(|month| part.get(..3) == month.get(..3)));
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    dated && digits > 0 && words.split_whitespace().count() < 8 && !ends_sentence(words)
}

fn is_affiliation(words: &str) -> bool {
    let short = words.split_whitespace().take(61).count() < 61;
    let address = words.split_whitespace().any(|word| {
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    });
    let bodies = [
        "University",
        "Department",
        "Institute",
        "Faculty",
        "School of",
        "ORCID",
    ];
    let body = bodies.iter().any(|body| words.contains(body)) && !ends_sentence(words);
    short && (body || (address && words.split_whitespace().count() < 40))
}

/// Capitalised words and note marks only, as a line of authors.
fn is_name_list(words: &str) -> bool {
    let small = ["and", "de", "van", "von", "der", "with"];
    let name = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        bare.len() < 2 || bare.starts_with(char::is_uppercase) || small.contains(&bare)
    };
    words.split_whitespace().count() < 40 && words.split_whitespace().all(name)
}

// Labels, keywords and notices.

fn mark_anywhere(text: &str, parts: &mut [Part]) {
    for part in parts {
        let title = is_kind(part, BlockKind::Title);
        let Some(words) = prose(text, part) else {
            continue;
        };
        let found = if words.contains(char::is_alphabetic) {
            label_of(words)
                .or_else(|| notice_of(words))
                .or_else(|| structure::kind_of(words))
                .filter(|_| !title)
        } else {
            Some(ExcludedKind::Boilerplate)
        };
        if let Some(kind) = found {
            part.exclude(kind);
        }
    }
}

/// A lone label, or a line of keywords.
fn label_of(words: &str) -> Option<ExcludedKind> {
    if words.len() > 2_000 {
        return None;
    }
    let lower = words.to_lowercase();
    for opening in [
        "keywords",
        "key words",
        "index terms",
        "jel classification",
        "jel codes",
    ] {
        let rest = lower.strip_prefix(opening).map(str::trim_start);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '-', '—', '–', '.']))
        {
            return Some(ExcludedKind::Keywords);
        }
    }
    let labels = [
        "abstract",
        "summary",
        "opinion",
        "op-ed",
        "editorial",
        "comment",
        "commentary",
    ];
    let bare = lower.trim_matches(|c: char| !c.is_alphabetic());
    labels.contains(&bare).then_some(ExcludedKind::Label)
}

fn notice_of(words: &str) -> Option<ExcludedKind> {
    if words.split_whitespace().take(31).count() > 30 {
        return None;
    }
    let lower = words.to_lowercase();
    let openings = [
        "advertisement",
        "subscribe to",
        "subscribe now",
        "sign up for",
        "sign up to",
        "copyright ©",
        "copyright (c)",
        "©",
        "all rights reserved",
        "share this",
        "read more:",
        "read also:",
        "click here",
        "additional reporting",
        "reporting by",
        "follow us on",
        "photo:",
        "photograph:",
        "image:",
        "image credit",
        "related:",
    ];
    let opened = openings.iter().any(|opening| lower.starts_with(opening));
    (opened || lower.contains("all rights reserved")).then_some(ExcludedKind::Boilerplate)
}

// Prefixes of a paragraph.

/// Cuts `Abstract:` and date-lines from the front of the paragraphs that begin with them.
fn split_prefixes(text: &str, parts: Vec<Part>) -> Vec<Part> {
    let mut split = Vec::with_capacity(parts.len());
    let mut bodies = 0;
    for part in parts {
        let Part::Block(block) = part else {
            split.push(part);
            continue;
        };
        let prose = block.prose_in(text);
        let paragraph = block.kind == BlockKind::Paragraph;
        bodies += usize::from(paragraph);
        let prefix = match label_prefix(prose) {
            Some(length) if paragraph => Some((length, ExcludedKind::Label)),
            _ if paragraph && bodies == 1 => {
                date_line(prose).map(|length| (length, ExcludedKind::AuthorBlock))
            }
            _ => None,
        };
        push_split(block, prefix, &mut split);
    }
    split
}

fn push_split(block: Block, prefix: Option<(usize, ExcludedKind)>, split: &mut Vec<Part>) {
    let Some((length, kind)) = prefix else {
        split.push(Part::Block(block));
        return;
    };
    match block.split_at(length) {
        Ok((span, rest)) => {
            split.push(Part::excluded(kind, span));
            split.extend(rest.map(Part::Block));
        }
        Err(whole) => split.push(Part::Block(whole)),
    }
}

/// Bytes of `Abstract:` or `Summary.` with the space behind it.
fn label_prefix(prose: &str) -> Option<usize> {
    let head = prose
        .get(..8)
        .filter(|head| head.eq_ignore_ascii_case("abstract"));
    let label = head.or_else(|| prose.get(..7).filter(|h| h.eq_ignore_ascii_case("summary")))?;
    let rest = &prose[label.len()..];
    let after = rest.trim_start_matches([':', '.', '—', '–', '-', '\n', ' ']);
    let marked = rest.starts_with([':', '.', '—', '–', '\n']) || rest.starts_with(" - ");
    (marked && !after.is_empty()).then(|| prose.len() - after.len())
}

/// Bytes of `KATHMANDU, 14 March - ` or `LONDON (Wire) — `.
fn date_line(prose: &str) -> Option<usize> {
    let head = prose
        .char_indices()
        .nth(60)
        .map_or(prose, |(at, _)| &prose[..at]);
    let dashes = [" - ", " — ", " – ", " -- ", "— "];
    let (at, dash) = dashes
        .iter()
        .find_map(|dash| Some((head.find(dash)?, dash)))?;
    let place = &head[..at];
    let first = place.split([',', '(', ' ']).next()?;
    let capitals = first.chars().count() > 2 && first.chars().all(|c| c.is_uppercase() || c == '-');
    let rest_fits = place.split_whitespace().skip(1).all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    });
    (capitals && rest_fits && !place.contains('.')).then_some(at + dash.len())
}

/// Joins excluded parts of the same kind that follow each other, where they are lists.
fn merged(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Part::Excluded(last, blocks)), Part::Excluded(next, more))
                if joins(last, &next) =>
            {
                last.span.end = next.span.end;
                blocks.extend(more);
            }
            (_, part) => joined.push(part),
        }
    }
    joined
}

fn joins(last: &Excluded, next: &Excluded) -> bool {
    let lists = [
        ExcludedKind::ReferenceList,
        ExcludedKind::AuthorBlock,
        ExcludedKind::Keywords,
    ];
    last.kind == next.kind && lists.contains(&last.kind)
}
