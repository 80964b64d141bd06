//! Lines to paragraphs, headings, notes and tables.

use std::collections::{BTreeMap, HashSet};

use super::super::document::BlockKind;
use super::super::draft::{Draft, Role};
use super::super::excluded::ExcludedKind;
use super::super::hyphen::joined_at;
use super::page::{Line, is_bullet};

/// Longest heading, in words.
const HEADING_WORDS: usize = 20;
/// Type that is smaller than this part of the usual size at the foot of a page is a note's.
const NOTE_SIZE: f32 = 0.93;
/// Type that is larger than this part of the usual size is a heading's.
const HEADING_SIZE: f32 = 1.12;

/// Adds the pages' text to the draft.
pub(super) fn put(pages: &[Vec<Line>], heads: &HashSet<(usize, usize)>, draft: &mut Draft) {
    let usual = Usual::of(pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut later = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut first = true;
        for (at, line) in page.iter().enumerate() {
            if heads.contains(&(number, at)) {
                later.push(line.words.clone());
                continue;
            }
            let place = Place { line, page: number };
            let last = paragraphs
                .last_mut()
                .filter(|last| last.goes_on(&place, &usual, first));
            match last {
                Some(last) => last.lines.push(place),
                None => paragraphs.push(Paragraph { lines: vec![place] }),
            }
            first = false;
        }
    }
    let paragraphs = rejoined(paragraphs, &usual);
    let largest = title_size(&paragraphs, &usual);
    for paragraph in &paragraphs {
        let words = paragraph.words();
        let role = paragraph.role(&usual, &words);
        let size = paragraph.lines[0].line.size;
        let title = role == Role::Prose(BlockKind::Heading)
            && draft.has_no_prose()
            && largest.is_some_and(|largest| size >= largest - 0.5);
        let words = match words.split_once(' ') {
            Some((_, words)) if role == Role::Prose(BlockKind::ListItem) => words,
            _ => &words,
        };
        draft.put(
            if title {
                Role::Prose(BlockKind::Title)
            } else {
                role
            },
            words,
        );
    }
    for words in later {
        draft.put(Role::Out(ExcludedKind::RunningHead), &words);
    }
}

/// What most of the text looks like.
struct Usual {
    size: f32,
    /// From base line to base line.
    step: f32,
}

impl Usual {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for line in pages.iter().flatten() {
            *sizes.entry((line.size * 4.0).round() as i32).or_default() += line.words.len();
        }
        let size = sizes
            .iter()
            .max_by_key(|(_, n)| **n)
            .map_or(10.0, |(size, _)| *size as f32 / 4.0);
        let mut steps: Vec<f32> = Vec::new();
        for page in pages {
            for pair in page
                .windows(2)
                .filter(|pair| pair[0].group == pair[1].group)
            {
                let step = pair[1].y - pair[0].y;
                if (pair[1].size - size).abs() < 0.6 && step > 0.5 * size && step < 3.0 * size {
                    steps.push(step);
                }
            }
        }
        steps.sort_by(f32::total_cmp);
        // Most steps are within paragraphs, so the lower half tells the distance of lines.
        let step = steps
            .get(steps.len() * 2 / 5)
            .copied()
            .unwrap_or(1.2 * size);
        Self { size, step }
    }
}

struct Place<'l> {
    line: &'l Line,
    page: usize,
}

struct Paragraph<'l> {
    lines: Vec<Place<'l>>,
}

impl Paragraph<'_> {
    fn last(&self) -> &Place<'_> {
        &self.lines[self.lines.len() - 1]
    }

    /// Does `next` belong to this paragraph? `turned`: it is the first line of its page.
    fn goes_on(&self, next: &Place<'_>, usual: &Usual, turned: bool) -> bool {
        let (last, line) = (self.last().line, next.line);
        if turned || last.group != line.group {
            return false;
        }
        let step = line.y - last.y;
        let same_size = (line.size - last.size).abs() < 0.08 * usual.size.max(last.size);
        let usual_step = usual.step * (last.size / usual.size).max(0.7);
        let near = step > 0.0 && step < 1.32 * usual_step;
        let item = starts_item(&self.lines[0].line.words);
        let hangs = line.x0 > self.lines[0].line.x0 + 0.5 * line.size;
        let opens = starts_item(&line.words)
            || (if item {
                !hangs
            } else {
                is_indented(line, last)
            });
        same_size
            && near
            && !opens
            && !ends_short(last, line)
            && (last.cells > 1) == (line.cells > 1)
    }

    fn words(&self) -> String {
        let table = self.is_table();
        let mut text = String::new();
        for place in &self.lines {
            if !text.is_empty() {
                let at = text.len() - text.chars().next_back().map_or(0, char::len_utf8);
                let glued = format!("{text}\n{}", place.line.words);
                match joined_at(&glued, at).filter(|_| !table) {
                    Some((kept, _)) => {
                        text.truncate(at);
                        text.push_str(kept);
                    }
                    None => text.push(if table { '\n' } else { ' ' }),
                }
            }
            text.push_str(&place.line.words);
        }
        text
    }

    fn is_table(&self) -> bool {
        self.lines.len() > 1 && self.lines.iter().all(|place| place.line.cells > 1)
    }

    fn role(&self, usual: &Usual, words: &str) -> Role {
        let line = self.lines[0].line;
        let count = words.split_whitespace().take(HEADING_WORDS + 1).count();
        let short = count <= HEADING_WORDS;
        if self.is_table() {
            Role::Out(ExcludedKind::Table)
        } else if line.size > HEADING_SIZE * usual.size && short {
            Role::Prose(BlockKind::Heading)
        } else if line.size < NOTE_SIZE * usual.size && starts_note(words) {
            Role::Out(ExcludedKind::Footnote)
        } else if starts_item(words) {
            Role::Prose(BlockKind::ListItem)
        } else if self.lines.len() == 1 && count <= 12 && is_heading(words) {
            Role::Prose(BlockKind::Heading)
        } else {
            Role::Prose(BlockKind::Paragraph)
        }
    }

    /// Is the paragraph cut off in the middle of a sentence?
    fn is_cut(&self) -> bool {
        let words = &self.last().line.words;
        let bare = words.trim_end_matches(['"', '”', '’', ')', ']']);
        !bare.ends_with(['.', '!', '?', ':', '…'])
    }
}

/// Joins what the end of a column or page has cut in two.
fn rejoined<'l>(paragraphs: Vec<Paragraph<'l>>, usual: &Usual) -> Vec<Paragraph<'l>> {
    let mut joined: Vec<Paragraph<'l>> = Vec::new();
    for paragraph in paragraphs {
        let first = &paragraph.lines[0];
        let plain = |p: &Paragraph<'_>| (p.last().line.size - usual.size).abs() < 0.08 * usual.size;
        // A note or table at the foot of the page stands in between.
        let open = joined.iter().rposition(plain);
        let fits = open.filter(|at| {
            let last = &joined[*at];
            let elsewhere =
                last.last().page != first.page || last.last().line.group != first.line.group;
            let full = last.last().line.x1 > last.last().line.column.1 - 3.0 * usual.size;
            let lower = first.line.words.starts_with(char::is_lowercase);
            elsewhere
                && plain(&paragraph)
                && last.is_cut()
                && (lower || (full && last.lines.len() > 1))
        });
        match fits {
            Some(at) => joined[at].lines.extend(paragraph.lines),
            None => joined.push(paragraph),
        }
    }
    joined
}

/// The largest type on the first page, if it is larger than the usual one.
fn title_size(paragraphs: &[Paragraph<'_>], usual: &Usual) -> Option<f32> {
    let first = paragraphs.iter().filter(|p| p.lines[0].page == 0);
    let sizes = first.map(|p| p.lines[0].line.size);
    sizes
        .reduce(f32::max)
        .filter(|size| *size > HEADING_SIZE * usual.size)
}

/// Does the line stand in from the one before, as the first of a paragraph does?
fn is_indented(line: &Line, last: &Line) -> bool {
    let indent = line.x0 - last.x0;
    let at_margin = last.x0 < line.column.0 + 0.5 * line.size;
    at_margin && indent > 0.8 * line.size && indent < 5.0 * line.size
}

/// Does a line end so early that the next word would have fitted, after a full stop?
fn ends_short(last: &Line, next: &Line) -> bool {
    let stopped = last
        .words
        .trim_end_matches(['"', '”', '’', ')'])
        .ends_with(['.', '!', '?', ':']);
    let room = last.column.1 - last.x1;
    let word = next.words.split(' ').next().unwrap_or("").chars().count() as f32;
    let fitted = room > (word + 3.0) * 0.55 * last.size;
    stopped && fitted && next.words.starts_with(|c: char| !c.is_lowercase())
}

fn starts_item(words: &str) -> bool {
    words
        .split_once(' ')
        .is_some_and(|(mark, _)| is_bullet(mark))
}

/// `1 See …`, `* See …`.
fn starts_note(words: &str) -> bool {
    let mark = words.split_whitespace().next().unwrap_or("");
    let bare = mark.trim_end_matches(['.', ')']);
    let digits = !bare.is_empty() && bare.len() < 4 && bare.bytes().all(|b| b.is_ascii_digit());
    digits
        || words.starts_with(['*', '†', '‡', '§'])
        || mark.trim_start_matches(|c: char| c.is_ascii_digit()).len() < mark.len()
            && mark.starts_with(|c: char| c.is_ascii_digit())
}

fn is_heading(words: &str) -> bool {
    let opens = words.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let bare = words.trim_end_matches(['"', '”', '’', ')', ']']);
    opens
        && words.contains(char::is_alphabetic)
        && !bare.ends_with(['.', ',', ';', ':', '…', '!', '?'])
}
