//! Quotations of one block of prose: where they open and where they close.
//!
//! Only the outermost quotation counts; marks of other styles inside it are part of it. Apostrophes,
//! inches and elisions (`'em`, `’90s`) are no quotation marks.

use std::ops::Range;

use super::marks::position_of;

/// The marks a quotation is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `"…"`
    Straight,
    /// `“…”`
    Curly,
    /// `”…”`
    RightCurly,
    /// `„…“` or `„…”`
    Low,
    /// `«…»`
    Guillemets,
    /// `»…«`
    ReversedGuillemets,
    /// `‘…’`
    Single,
    /// `'…'`
    StraightSingle,
    /// `‚…‘`
    LowSingle,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The quoted words, without the marks.
    pub(super) span: Range<usize>,
    /// The quoted words with their marks.
    pub(super) outer: Range<usize>,
    pub(super) style: Style,
    /// A closing mark was found.
    pub(super) closed: bool,
}

/// The quotations of a block, in order. Only the last can be without its closing mark; it then
/// runs to the end of the block.
pub(super) fn quotations(text: &str) -> Vec<Quotation> {
    let mut scan = Scan {
        text,
        hopeless: Vec::new(),
        nests: true,
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(quotation) = scan.next_from(from) {
        from = quotation.outer.end;
        found.push(quotation);
    }
    found
}

/// The style of the mark that `text` opens with, if it opens with one.
pub(super) fn opening_style(text: &str) -> Option<Style> {
    let mut chars = text.trim_start().chars();
    style_of(None, chars.next()?, chars.as_str())
}

struct Scan<'d> {
    text: &'d str,
    /// Single styles for which no closing mark is left in the text.
    hopeless: Vec<Style>,
    /// Curly quotations inside curly ones are balanced so far.
    nests: bool,
}

impl Scan<'_> {
    fn next_from(&mut self, from: usize) -> Option<Quotation> {
        let mut at = from;
        while let Some((open, mark)) = next_mark(self.text, at) {
            let start = open + mark.len_utf8();
            at = start;
            let previous = self.text[..open].chars().next_back();
            let style = style_of(previous, mark, &self.text[start..]);
            let Some(style) = style.filter(|style| !self.hopeless.contains(style)) else {
                continue;
            };
            if let Some(quotation) = self.quotation(open, start, style) {
                return Some(quotation);
            }
        }
        None
    }

    fn quotation(&mut self, open: usize, start: usize, style: Style) -> Option<Quotation> {
        if let Some((end, length)) = self.close(start, style) {
            let outer = open..end + length;
            return Some(Quotation {
                span: start..end,
                outer,
                style,
                closed: length > 0,
            });
        }
        if matches!(
            style,
            Style::Single | Style::StraightSingle | Style::LowSingle
        ) {
            self.hopeless.push(style);
            return None;
        }
        let end = self.text.len();
        Some(Quotation {
            span: start..end,
            outer: open..end,
            style,
            closed: false,
        })
    }

    /// Offset and length of the mark that closes a quotation beginning at `start`.
    fn close(&mut self, start: usize, style: Style) -> Option<(usize, usize)> {
        let rest = &self.text[start..];
        let first = |marks: &[char]| {
            let at = rest.find(|c| marks.contains(&c))?;
            Some((
                start + at,
                rest[at..].chars().next().map_or(0, char::len_utf8),
            ))
        };
        match style {
            Style::Curly => self.curly_close(start),
            Style::RightCurly => first(&['”']),
            Style::Low => first(&['“', '”']),
            Style::Guillemets => first(&['»']),
            Style::ReversedGuillemets => first(&['«']),
            Style::Straight => straight_close(self.text, start),
            Style::Single => single_close(self.text, start, '’'),
            Style::StraightSingle => single_close(self.text, start, '\''),
            Style::LowSingle => single_close(self.text, start, '‘'),
        }
    }

    fn curly_close(&mut self, start: usize) -> Option<(usize, usize)> {
        let (mut depth, mut first) = (1, None);
        for (at, mark) in self.text[start..].match_indices(['“', '”']) {
            depth = if mark == "”" { depth - 1 } else { depth + 1 };
            let here = (start + at, mark.len());
            if depth == 0 || (mark == "”" && !self.nests) {
                return Some(here);
            }
            first = first.or((mark == "”").then_some(here));
        }
        self.nests = false;
        first
    }
}

/// The next quotation mark from byte `from` on.
fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let may_begin = |b: u8| matches!(b, b'"' | b'\'' | 0xC2 | 0xE2);
    let mut at = from;
    while let Some(found) = position_of(&text.as_bytes()[at..], may_begin) {
        let mark = text[at + found..].chars().next()?;
        if is_mark(mark) {
            return Some((at + found, mark));
        }
        at += found + mark.len_utf8();
    }
    None
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '‘' | '‚')
}

/// The style that `mark` opens between `previous` and `rest`, if it opens a quotation there.
fn style_of(previous: Option<char>, mark: char, rest: &str) -> Option<Style> {
    let next = rest.chars().next();
    let free = previous.is_none_or(|c| c.is_whitespace() || is_opener(c));
    let tight = next.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ')'));
    let word = next.is_some_and(char::is_alphanumeric);
    match mark {
        '“' => Some(Style::Curly),
        '„' => Some(Style::Low),
        '«' => Some(Style::Guillemets),
        '"' if free && tight => Some(Style::Straight),
        '”' if free && word => Some(Style::RightCurly),
        '»' if free && tight => Some(Style::ReversedGuillemets),
        '‚' if free && word => Some(Style::LowSingle),
        '‘' if free && word && !is_elision(rest) => Some(Style::Single),
        '\'' if free && word && !is_elision(rest) => Some(Style::StraightSingle),
        _ => None,
    }
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '-' | '–' | '—' | '"' | '“' | '/' | '*' | '_'
    )
}

/// `'em`, `'90s`: an apostrophe at the front of a word.
fn is_elision(rest: &str) -> bool {
    let end = rest
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len());
    let word = &rest[..end];
    let decade = word.len() == 3 && word.ends_with('s') && word.as_bytes()[0].is_ascii_digit();
    let words = [
        "bout", "cause", "cos", "em", "n", "round", "til", "tis", "twas", "tween",
    ];
    decade || words.iter().any(|elided| word.eq_ignore_ascii_case(elided))
}

/// The next straight mark that does not open another quotation. One that does ends this quotation
/// before itself, with a length of 0.
fn straight_close(text: &str, start: usize) -> Option<(usize, usize)> {
    let (at, _) = text[start..].match_indices('"').next()?;
    let at = start + at;
    let spaced = text[..at].ends_with(char::is_whitespace);
    let opens = spaced && text[at + 1..].starts_with(char::is_alphanumeric);
    Some((at, usize::from(!opens)))
}

/// The next single mark that ends a word and is no possessive. A mark between an `s` and a word in
/// lower case closes only if no better one follows before the next opening mark.
fn single_close(text: &str, start: usize, mark: char) -> Option<(usize, usize)> {
    let mut doubtful = None;
    for (at, found) in text[start..].match_indices(mark) {
        let at = start + at;
        let after = &text[at + found.len()..];
        let previous = text[..at].chars().next_back();
        let opens = previous.is_some_and(char::is_whitespace);
        if opens && doubtful.is_some() {
            return doubtful;
        }
        if opens || after.starts_with(char::is_alphanumeric) {
            continue;
        }
        let possessive = previous == Some('s')
            && after
                .strip_prefix(' ')
                .is_some_and(|rest| rest.starts_with(char::is_lowercase));
        if !possessive {
            return Some((at, found.len()));
        }
        doubtful = doubtful.or(Some((at, found.len())));
    }
    doubtful
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text)
            .into_iter()
            .map(|q| &text[q.span])
            .collect()
    }

    #[test]
    fn every_style_opens_and_closes() {
        assert_eq!(quoted("a \"b c\" d “e” f"), ["b c", "e"]);
        assert_eq!(
            quoted("„a b“ «c» »d« ”e” ‘f g’ 'h i' ‚j‘"),
            ["a b", "c", "d", "e", "f g", "h i", "j"]
        );
        assert_eq!(quoted("« a b »"), [" a b "]);
    }

    #[test]
    fn apostrophes_and_inches_are_no_quotations() {
        assert_eq!(quoted("the boys' club and the girls’ school"), [""; 0]);
        assert_eq!(
            quoted("rock 'n' roll in the '90s, 'tis true, don't"),
            [""; 0]
        );
        assert_eq!(quoted("a 6\" board, ‘twas ‘90s"), [""; 0]);
        assert_eq!(
            quoted("‘the boys’ club is shut,’ he said"),
            ["the boys’ club is shut,"]
        );
        assert_eq!(quoted("'don't go,' he said"), ["don't go,"]);
    }

    #[test]
    fn nested_and_unclosed_marks() {
        assert_eq!(quoted("“a ‘b’ c” d"), ["a ‘b’ c"]);
        assert_eq!(quoted("“a “b” c” d"), ["a “b” c"]);
        assert_eq!(quoted("“a “b” c d"), ["a “b"]);
        assert_eq!(quoted("a “b c"), ["b c"]);
        assert_eq!(quoted("\"a b \"c d\" e"), ["a b ", "c d"]);
        assert!(!quotations("a “b c")[0].closed);
    }

    proptest! {
        #[test]
        fn quotations_are_in_order_and_within_the_text(text in "[\"'“”„«»‘’‚a-c s.,]{0,40}") {
            let mut end = 0;
            for quotation in quotations(&text) {
                prop_assert!(quotation.outer.start >= end && quotation.outer.end <= text.len());
                prop_assert!(text.get(quotation.span.clone()).is_some());
                end = quotation.outer.end;
            }
        }
    }
}
