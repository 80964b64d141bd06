//! The text in its order: blocks of prose, and between them what was not scored.

use super::sentence::SentenceView;
use crate::profile::DocumentProfile;

/// Characters shown of a part that was not scored.
const MOST_EXCLUDED: usize = 4000;

/// A block, or a part that was not scored.
pub(super) struct Part<'p> {
    start: usize,
    /// Markup before the sentences.
    pub open: &'static str,
    /// Markup after them.
    pub close: &'static str,
    pub sentences: Vec<SentenceView<'p>>,
    pub excluded: Option<Unscored<'p>>,
}

/// A part that was not scored.
pub(super) struct Unscored<'p> {
    pub kind: String,
    /// The start of it; empty if the profile came without the text.
    pub text: &'p str,
    pub cut: bool,
}

/// All parts in the order of the text.
pub(super) fn flow<'p>(profile: &'p DocumentProfile, classes: &[&str]) -> Vec<Part<'p>> {
    let mut parts = blocks(profile, classes);
    parts.extend(profile.excluded.iter().map(|e| Part {
        start: e.start,
        open: "",
        close: "",
        sentences: Vec::new(),
        excluded: Some(unscored(profile, &e.kind, e.start, e.end)),
    }));
    parts.sort_by_key(|part| part.start);
    join_lists(&mut parts);
    parts
}

fn blocks<'p>(profile: &'p DocumentProfile, classes: &[&str]) -> Vec<Part<'p>> {
    let mut sentences = profile.sentences.iter().enumerate().map(|(i, s)| {
        let view = SentenceView::new(i + 1, s, classes);
        (s.start, view)
    });
    let mut parts = Vec::new();
    for block in &profile.blocks {
        let (open, close) = markup(&block.kind);
        let inside = sentences.by_ref().take(block.sentences);
        parts.push(Part {
            start: block.start,
            open,
            close,
            sentences: inside.map(|(_, view)| view).collect(),
            excluded: None,
        });
    }
    // A profile without blocks is one long paragraph.
    let mut left = sentences.peekable();
    if let Some(&(start, _)) = left.peek() {
        parts.push(Part {
            start,
            open: "<p>",
            close: "</p>",
            sentences: left.map(|(_, view)| view).collect(),
            excluded: None,
        });
    }
    parts
}

fn markup(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "title" => ("<h3 class=\"title\">", "</h3>"),
        "heading" => ("<h3>", "</h3>"),
        "list_item" => ("<ul><li>", "</li></ul>"),
        "quotation" => ("<blockquote><p>", "</p></blockquote>"),
        _ => ("<p>", "</p>"),
    }
}

/// Items that follow each other make one list.
fn join_lists(parts: &mut [Part<'_>]) {
    for i in 1..parts.len() {
        if parts[i].open == "<ul><li>" && parts[i - 1].close == "</li></ul>" {
            parts[i].open = "<li>";
            parts[i - 1].close = "</li>";
        }
    }
}

fn unscored<'p>(
    profile: &'p DocumentProfile,
    kind: &str,
    start: usize,
    end: usize,
) -> Unscored<'p> {
    let text = profile
        .text
        .as_deref()
        .and_then(|text| text.get(start..end));
    let text = text.unwrap_or("").trim();
    let end = text.char_indices().nth(MOST_EXCLUDED).map(|(at, _)| at);
    Unscored {
        kind: kind.replace('_', " "),
        text: &text[..end.unwrap_or(text.len())],
        cut: end.is_some(),
    }
}
