//! Dirty text to prose: line ends, odd spaces, soft hyphens, ligatures, entities, garbled characters.
//!
//! The text itself stays as it is. Only the prose of a block changes, and every piece of it still
//! knows which bytes of the text it stands for.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

use super::document::{Block, Prose};
use super::hyphen::joined_at;
use super::mojibake::repaired;

/// The block with clean prose, and how many garbled characters were repaired in it.
pub(super) fn cleaned(text: &str, block: Block) -> (Block, usize) {
    let dirty = block.prose_in(text);
    if !may_be_dirty(dirty) {
        return (block, 0);
    }
    let (mut prose, mut repairs, mut at) = (Prose::default(), 0, 0);
    while let Some(next) = dirty[at..].chars().next() {
        let found = replacement(dirty, at, next);
        let (words, length) = match &found {
            Some(found) => (&*found.words, found.length),
            None => (&dirty[at..at + next.len_utf8()], next.len_utf8()),
        };
        repairs += usize::from(found.as_ref().is_some_and(|found| found.repair));
        let source = block.source_span(at..at + length);
        if found.is_some() && words.len() == source.len() && words.len() > 1 {
            // Of equal length, but not byte for byte: `ffi` for its ligature.
            let first = words.chars().next().map_or(0, char::len_utf8);
            let end = source.end;
            prose.push(&words[..first], source);
            prose.push(&words[first..], end..end);
        } else {
            prose.push(words, source);
        }
        at += length;
    }
    (block.with_prose(prose), repairs)
}

/// What stands for some bytes of dirty text.
struct Replacement {
    words: Cow<'static, str>,
    /// Bytes that it stands for.
    length: usize,
    repair: bool,
}

impl Replacement {
    fn of(words: impl Into<Cow<'static, str>>, length: usize) -> Self {
        Self {
            words: words.into(),
            length,
            repair: false,
        }
    }
}

/// A cheap look: line ends, double spaces, `&`, hyphens before a line end, and bytes that begin the
/// characters in question.
fn may_be_dirty(text: &str) -> bool {
    let bytes = text.as_bytes();
    let suspect =
        |b: &u8| matches!(b, 0..=31 | b'&' | 127 | 0xC2 | 0xC3 | 0xC5 | 0xE1..=0xE3 | 0xEF);
    bytes.iter().any(suspect) || bytes.windows(2).any(|pair| pair == b"  ")
}

/// What replaces the characters of `text` at byte `at`, where `c` stands; `None` if they stay.
fn replacement(text: &str, at: usize, c: char) -> Option<Replacement> {
    if c.is_ascii_alphanumeric() {
        return None;
    }
    let rest = &text[at..];
    if c.is_whitespace() {
        return space(text, at);
    }
    if let Some((kept, length)) = joined_at(text, at) {
        return Some(Replacement::of(kept, length));
    }
    if let Some((c, length)) = repaired(rest) {
        let mut found = Replacement::of(
            of_character(c).unwrap_or_else(|| c.to_string().into()),
            length,
        );
        found.repair = true;
        return Some(found);
    }
    if c == '&' {
        return entity(rest).map(|(words, length)| Replacement::of(words, length));
    }
    if c == '\u{200d}' && joins_emoji(&text[..at]) {
        return None;
    }
    of_character(c).map(|words| Replacement::of(words, c.len_utf8()))
}

/// One space for a run of spaces of all kinds; nothing at the ends of the prose.
fn space(text: &str, at: usize) -> Option<Replacement> {
    let rest = &text[at..];
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let length = rest.len() - rest.trim_start_matches(invisible).len();
    let outer = at == 0 || length == rest.len();
    match &rest[..length] {
        _ if outer => Some(Replacement::of("", length)),
        " " => None,
        _ => Some(Replacement::of(" ", length)),
    }
}

/// What a single character becomes, if it is not kept.
fn of_character(c: char) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match c {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => "",
        '\u{a0}' => " ",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        c if c.is_control() => "",
        _ => return None,
    }))
}

fn joins_emoji(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..))
}

/// The character that an entity at the start of `text` stands for, and the bytes of the entity.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let words = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = match hexadecimal {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            let c = char::from_u32(code.ok()?).filter(|c| !c.is_control())?;
            of_character(c).map_or_else(|| c.to_string(), Cow::into_owned)
        }
        None => match resolve_html5_entity(name)? {
            "\u{a0}" => " ".to_owned(),
            "\u{ad}" => String::new(),
            words => words.to_owned(),
        },
    };
    Some((words, end + 1))
}

#[cfg(test)]
mod tests {
    use super::super::document::BlockKind;
    use super::*;

    #[track_caller]
    fn check(dirty: &str, clean: &str) -> usize {
        let block = Block::plain(BlockKind::Paragraph, 0..dirty.len());
        let (block, repairs) = cleaned(dirty, block);
        assert_eq!(block.prose_in(dirty), clean);
        assert_eq!(block.span, 0..dirty.len());
        repairs
    }

    #[test]
    fn spaces_and_line_ends() {
        check(
            "It was\r\nold  and\u{a0}weak.\u{2009}\u{200b} So",
            "It was old and weak. So",
        );
        check(" \u{a0}It was. \n", "It was.");
        check("It was old.", "It was old.");
    }

    #[test]
    fn soft_hyphens_ligatures_and_invisible_characters() {
        check(
            "a dif\u{ad}ﬁcult oﬃce\u{200b}, \u{feff}in\u{2060}deed",
            "a difficult office, indeed",
        );
        check("👩\u{200d}🔧 he\u{200d}re", "👩\u{200d}🔧 here");
    }

    #[test]
    fn lines_that_end_inside_a_word() {
        check(
            "the gov-\nernment of a well-\nknown man",
            "the government of a well-known man",
        );
        check("the gov\u{ad}\n  ernment", "the government");
        check("the gov\u{2010}\r\nernment", "the government");
        check(
            "1990-\n1995 and Anglo-\nSaxon -\nall",
            "1990- 1995 and Anglo- Saxon - all",
        );
    }

    #[test]
    fn entities() {
        check(
            "it&rsquo;s &quot;big&quot; &amp; 5&nbsp;m &#8212; &#x41;&shy;B",
            "it’s \"big\" & 5 m — AB",
        );
        check(
            "AT&T; & so &bogus; on &#0; &",
            "AT&T; & so &bogus; on &#0; &",
        );
    }

    #[test]
    fn garbled_characters_are_repaired_and_counted() {
        assert_eq!(
            check(
                "itâ€™s â€œtrueâ€\u{9d} cafÃ©Â\u{a0}here",
                "it’s “true” café here"
            ),
            5
        );
    }

    #[test]
    fn ligatures_of_three_bytes_do_not_cut_characters() {
        let dirty = "an oﬃce";
        let (block, _) = cleaned(dirty, Block::plain(BlockKind::Paragraph, 0..dirty.len()));
        for at in 0..block.prose_in(dirty).len() {
            assert!(dirty.get(block.source_span(at..at + 1)).is_some(), "{at}");
        }
    }

    #[test]
    fn offsets_lead_back() {
        let dirty = "itâ€™s a dif\u{ad}ﬁcult gov-\nernment &amp; more";
        let (block, _) = cleaned(dirty, Block::plain(BlockKind::Paragraph, 0..dirty.len()));
        let prose = block.prose_in(dirty);
        let source = |words: &str| {
            let at = prose.find(words).expect(words);
            &dirty[block.source_span(at..at + words.len())]
        };
        assert_eq!(source("it’s"), "itâ€™s");
        assert_eq!(source("difficult"), "dif\u{ad}ﬁcult");
        assert_eq!(source("government"), "gov-\nernment");
        assert_eq!(source("&"), "&amp;");
        assert_eq!(source("more"), "more");
    }
}
