//! Plain text to blocks.
//!
//! Blank lines separate paragraphs. Lines that stand together are one wrapped paragraph, unless some
//! are too long to have been wrapped: then each is a paragraph. A short first line without a final
//! stop is the title; other short lone lines without one are headings.

use std::ops::Range;

use super::document::{Block, BlockKind, Part};
use super::excluded::ExcludedKind;
use super::furniture::is_byline;

/// No line that was wrapped for reading is longer, in bytes.
const LONGEST_WRAPPED_LINE: usize = 150;
/// Longest title, in words.
const TITLE_WORDS: usize = 25;
/// Longest heading, in words.
const HEADING_WORDS: usize = 12;

/// The parts of a plain text, in order.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut units = Vec::new();
    for (i, group) in groups(text).into_iter().enumerate() {
        let bylines = if i == 0 {
            0
        } else {
            leading_bylines(text, &group)
        };
        units.extend(group.iter().take(bylines).map(one_line));
        if i == 0 {
            split_front(text, &group, &mut units);
        } else {
            split(text, group.get(bylines..).unwrap_or(&[]), &mut units);
        }
    }
    let last = units.len().saturating_sub(1);
    units
        .iter()
        .enumerate()
        .map(|(i, unit)| unit.part(text, i == 0, i == last))
        .collect()
}

/// Lines that belong together.
struct Unit {
    span: Range<usize>,
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    OneLine,
    Wrapped,
    Item,
    Table,
}

impl Unit {
    fn part(&self, text: &str, first: bool, last: bool) -> Part {
        let line = &text[self.span.clone()];
        let words = line.split_whitespace().take(TITLE_WORDS + 1).count();
        let lone = self.form == Form::OneLine && !last;
        let kind = match self.form {
            Form::Table => return Part::excluded(ExcludedKind::Table, self.span.clone()),
            Form::Item => BlockKind::ListItem,
            _ if lone && first && words <= TITLE_WORDS && !ends_clause(line, true) => {
                BlockKind::Title
            }
            _ if lone && words <= HEADING_WORDS && is_heading(line) => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        };
        Part::Block(Block::plain(kind, self.span.clone()))
    }
}

fn is_heading(line: &str) -> bool {
    let opens = line.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    opens && !ends_clause(line, false) && line.contains(char::is_alphabetic)
}

/// Does the line end in a stop? In a title, a question or exclamation mark is none.
fn ends_clause(line: &str, title: bool) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    line.ends_with(['.', ',', ';', ':', '…']) || (!title && line.ends_with(['!', '?']))
}

/// The trimmed lines of `text` in groups without a blank line between them.
fn groups(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut groups = vec![Vec::new()];
    let mut start = 0;
    for raw in text.split_inclusive(['\n', '\u{c}']) {
        let line = raw.trim();
        let from = start + (raw.len() - raw.trim_start().len());
        start += raw.len();
        match groups.last_mut() {
            Some(group) if !line.is_empty() => group.push(from..from + line.len()),
            Some(group) if !group.is_empty() => groups.push(Vec::new()),
            _ => {}
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The first lines of a text can be title and by-line above the first paragraph without a blank line.
fn split_front(text: &str, lines: &[Range<usize>], units: &mut Vec<Unit>) {
    let longest = lines.iter().map(Range::len).max().unwrap_or(0);
    let short = |line: &Range<usize>| line.len() * 3 < longest * 2 && line.len() < 100;
    let stands_alone = |pair: &[Range<usize>]| {
        let next_opens = text[pair[1].clone()].starts_with(|c: char| !c.is_lowercase());
        short(&pair[0]) && next_opens && !ends_clause(&text[pair[0].clone()], true)
    };
    let items = lines
        .iter()
        .filter(|line| marker_length(&text[(*line).clone()]).is_some())
        .count();
    let alone = if items > 1 {
        0
    } else {
        lines.windows(2).take_while(|p| stands_alone(p)).count()
    };
    units.extend(lines.iter().take(alone).map(one_line));
    split(text, lines.get(alone..).unwrap_or(&[]), units);
}

/// By-lines right above other lines.
fn leading_bylines(text: &str, lines: &[Range<usize>]) -> usize {
    let byline = |line: &&Range<usize>| line.len() < 100 && is_byline(&text[(*line).clone()]);
    lines
        .iter()
        .take(lines.len().saturating_sub(1))
        .take_while(byline)
        .count()
}

fn one_line(line: &Range<usize>) -> Unit {
    Unit {
        span: line.clone(),
        form: Form::OneLine,
    }
}

fn split(text: &str, lines: &[Range<usize>], units: &mut Vec<Unit>) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return;
    };
    let span = first.start..last.end;
    let marked = |line: &Range<usize>| marker_length(&text[line.clone()]);
    let items = lines.iter().filter(|line| marked(line).is_some()).count();
    let bullet = !text[first.clone()].starts_with(|c: char| c.is_alphanumeric() || c == '(');
    if lines.len() > 1 && lines.iter().all(|line| is_table_row(&text[line.clone()])) {
        units.push(Unit {
            span,
            form: Form::Table,
        });
    } else if marked(first).is_some() && (items > 1 || bullet) {
        split_items(text, lines, units);
    } else if lines.len() == 1 || lines.iter().any(|line| line.len() > LONGEST_WRAPPED_LINE) {
        units.extend(lines.iter().map(one_line));
    } else {
        units.push(Unit {
            span,
            form: Form::Wrapped,
        });
    }
}

/// One unit for each line that opens with a marker and the lines behind it.
fn split_items(text: &str, lines: &[Range<usize>], units: &mut Vec<Unit>) {
    let from = units.len();
    for line in lines {
        match marker_length(&text[line.clone()]) {
            Some(length) => units.push(Unit {
                span: line.start + length..line.end,
                form: Form::Item,
            }),
            None => {
                if let Some(item) = units.get_mut(from..).and_then(|new| new.last_mut()) {
                    item.span.end = line.end;
                }
            }
        }
    }
}

/// Bytes of a bullet with its space, or 0 for a number, which stays: `3. `, `(b) `.
fn marker_length(line: &str) -> Option<usize> {
    for bullet in ["- ", "* ", "• ", "· ", "– ", "— "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            let rest = rest.trim_start();
            return rest
                .contains(char::is_alphanumeric)
                .then(|| line.len() - rest.len());
        }
    }
    let label = line.split_whitespace().next()?;
    let inner = label.trim_start_matches('(').trim_end_matches([')', '.']);
    let short = inner.len() < 3 && !inner.is_empty() && label.ends_with([')', '.']);
    let counts = inner.bytes().all(|b| b.is_ascii_digit())
        || (label.starts_with('(') && inner.bytes().all(|b| b.is_ascii_lowercase()));
    (short && counts && line.len() > label.len()).then_some(0)
}

fn is_table_row(line: &str) -> bool {
    line.matches('\t').count() > 1 || line.matches('|').count() > 1
}
