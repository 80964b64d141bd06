//! Pages whose elements are nested without end.
//!
//! The rules by which browsers build a tree take a time that grows with the square of the depth, and
//! elements such as `b` that are never closed are built anew in every paragraph. So the depth is
//! estimated first, by a count of tags.

/// Elements inside each other that are closed by hand.
const DEEPEST: usize = 500;
/// Elements such as `b` that are open at the same time.
const MOST_FORMATTING: usize = 200;

const BLOCKS: [&str; 22] = [
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "main",
    "nav",
    "ol",
    "object",
    "section",
    "span",
    "table",
    "ul",
    "label",
    "q",
];
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Is the page nested deeper than any that somebody wrote?
pub(super) fn is_endless(text: &str) -> bool {
    let (mut blocks, mut formatting) = (0_usize, 0_usize);
    for (at, _) in text.match_indices('<') {
        let tag = &text[at + 1..];
        let closes = tag.starts_with('/');
        let tag = tag.trim_start_matches('/');
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        let open = if is_one_of(&BLOCKS, &tag[..end]) {
            &mut blocks
        } else if is_one_of(&FORMATTING, &tag[..end]) {
            &mut formatting
        } else {
            continue;
        };
        *open = if closes {
            open.saturating_sub(1)
        } else {
            *open + 1
        };
        if blocks > DEEPEST || formatting > MOST_FORMATTING {
            return true;
        }
    }
    false
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    name.len() < 11 && names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
