//! Words that were cut at the end of a line.

use std::sync::OnceLock;

use crate::text::Lexicon;

/// If a word is cut at byte `at` of `text` by a hyphen and a line end: what stands for them, and how
/// many bytes they take. The hyphen is kept if both halves are words and the whole is none.
pub(super) fn joined_at(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let rest = &text[at..];
    let hyphen = rest.chars().next()?;
    if !matches!(hyphen, '-' | '\u{2010}' | '\u{ad}') {
        return None;
    }
    let behind = &rest[hyphen.len_utf8()..];
    let after = behind.trim_start_matches([' ', '\t', '\r', '\n']);
    let gap = &behind[..behind.len() - after.len()];
    let cut = gap.contains('\n')
        && text[..at].ends_with(char::is_alphabetic)
        && after.starts_with(char::is_lowercase);
    let length = hyphen.len_utf8() + gap.len();
    cut.then(|| {
        let kept = hyphen != '\u{ad}' && is_compound(last_word(&text[..at]), first_word(after));
        (if kept { "-" } else { "" }, length)
    })
}

/// Are these two words that a hyphen joins, rather than the halves of one?
pub(super) fn is_compound(front: &str, back: &str) -> bool {
    static COMMON: OnceLock<Lexicon> = OnceLock::new();
    let common = COMMON.get_or_init(Lexicon::english);
    let (front, back) = (front.to_lowercase(), back.to_lowercase());
    let whole = common.contains(&format!("{front}{back}"));
    // A word with another hyphen in it is a compound already.
    front.contains('-') || (!whole && common.contains(&front) && common.contains(&back))
}

fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic() || *c == '-')
        .last();
    start.map_or("", |(at, _)| &text[at..])
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic());
    &text[..end.unwrap_or(text.len())]
}
