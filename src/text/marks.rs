//! Stops, citations and note numbers as bytes.

/// Can this byte begin a stop, or a blank line?
pub(super) fn may_stop(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'\n' | 0xE2 | 0xE3 | 0xEF)
}

/// The place of the first byte that `wanted` holds for. Blocks without one are left in a few steps.
pub(super) fn position_of(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let hit = |block: &[u8]| block.iter().fold(false, |hit, &b| hit | wanted(b));
    let blocks = bytes
        .chunks_exact(BLOCK)
        .take_while(|block| !hit(block))
        .count();
    let from = blocks * BLOCK;
    let found = bytes[from..].iter().position(|&b| wanted(b))?;
    Some(from + found)
}

/// Does a line without anything in it begin here?
pub(super) fn blank_line_follows(bytes: &[u8]) -> bool {
    let line = bytes
        .iter()
        .position(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    line.is_some_and(|i| bytes[i] == b'\n')
}

/// How a run of stops reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// One full stop.
    Period,
    /// `…`, `...` or `. . .`.
    Ellipsis,
    /// With a `!` or a `?` in it.
    Strong,
    /// A full-width stop, which needs no space behind it.
    Wide,
}

/// The mark that begins at byte `at`, and its length in bytes.
pub(super) fn mark_at(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    match bytes[at..] {
        [b'.', ..] => Some((Mark::Period, 1)),
        [b'!' | b'?', ..] => Some((Mark::Strong, 1)),
        [0xE2, 0x80, 0xA6, ..] => Some((Mark::Ellipsis, 3)),
        [0xE3, 0x80, 0x82, ..] | [0xEF, 0xBC, 0x81 | 0x9F, ..] => Some((Mark::Wide, 3)),
        _ => None,
    }
}

/// Bytes of a citation such as `[3]` or `[3, 4–6]`, or 0.
pub(super) fn citation_length(rest: &str) -> usize {
    let inner = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–');
    let body: usize = rest[1..]
        .chars()
        .take_while(|&c| inner(c))
        .map(char::len_utf8)
        .sum();
    if body > 0 && rest[1 + body..].starts_with(']') {
        body + 2
    } else {
        0
    }
}

/// Bytes of a note number such as `3` or `3,4` that white space follows, or 0.
pub(super) fn note_length(rest: &str) -> usize {
    let inner = |b: &u8| b.is_ascii_digit() || *b == b',';
    let length = rest.bytes().take(7).take_while(inner).count();
    let digits = rest
        .bytes()
        .take(length)
        .take_while(u8::is_ascii_digit)
        .count();
    let ended = rest[length..]
        .chars()
        .next()
        .is_none_or(char::is_whitespace);
    if digits < 4 && ended { length } else { 0 }
}
