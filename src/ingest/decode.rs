//! Bytes to text: byte order mark, validity, declaration, detection, in this order.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Error, ErrorKind, Result};

/// A text with the name of the encoding that it was in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// As the WHATWG names it, such as `UTF-8` or `windows-1252`.
    pub(super) encoding: &'static str,
    /// Places that could not be decoded and are now U+FFFD.
    pub(super) damaged: usize,
}

/// At most one control character in this many bytes is taken for dirt.
const BYTES_PER_CONTROL: usize = 1000;
/// Bytes from the start in which a declaration is looked for.
const DECLARATION_BYTES: usize = 1024;

/// Decodes `bytes`; `path` is for messages.
///
/// # Errors
/// [`ErrorKind::BinaryDocument`] with the first byte that no text holds, or
/// [`ErrorKind::UnknownEncoding`].
pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<Decoded> {
    if let Some(decoded) = by_mark(path, bytes) {
        return decoded;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strict(path, encoding, bytes, 0);
    }
    check_controls(path, bytes)?;
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(whole(text.to_owned(), UTF_8));
    }
    if let Some(encoding) = declared(bytes).filter(|encoding| *encoding != UTF_8) {
        return strict(path, encoding, bytes, 0);
    }
    if let Some(damaged) = damaged_utf8(bytes) {
        return Ok(damaged);
    }
    strict(path, detected(bytes), bytes, 0)
}

fn whole(text: String, encoding: &'static Encoding) -> Decoded {
    Decoded {
        text,
        encoding: encoding.name(),
        damaged: 0,
    }
}

/// By a byte order mark, if there is one.
fn by_mark(path: &Path, bytes: &[u8]) -> Option<Result<Decoded>> {
    if let [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] = bytes {
        return Some(utf32(path, bytes));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    if encoding != UTF_8 {
        return Some(strict(path, encoding, &bytes[length..], length));
    }
    let body = &bytes[length..];
    let checked = check_controls(path, bytes);
    Some(checked.map(|()| match std::str::from_utf8(body) {
        Ok(text) => whole(text.to_owned(), UTF_8),
        Err(_) => lossy(body),
    }))
}

/// UTF-32 with its mark; no registered decoder knows it.
fn utf32(path: &Path, bytes: &[u8]) -> Result<Decoded> {
    let little = bytes[0] == 0xFF;
    let (units, rest) = bytes[4..].as_chunks::<4>();
    let number = |unit: &[u8; 4]| {
        if little {
            u32::from_le_bytes(*unit)
        } else {
            u32::from_be_bytes(*unit)
        }
    };
    let text: Option<String> = units.iter().map(|u| char::from_u32(number(u))).collect();
    let encoding = if little { "UTF-32LE" } else { "UTF-32BE" };
    match text.filter(|text| rest.is_empty() && !text.contains('\0')) {
        Some(text) => Ok(Decoded {
            text,
            encoding,
            damaged: 0,
        }),
        None => Err(unknown(path, encoding, 4)),
    }
}

/// UTF-16 shows in every other byte of English being zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 8 {
        None
    } else if odd * 10 > half * 8 && even == 0 {
        Some(UTF_16LE)
    } else if even * 10 > half * 8 && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Decodes without loss, or not at all.
fn strict(
    path: &Path,
    encoding: &'static Encoding,
    body: &[u8],
    skipped: usize,
) -> Result<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(body);
    match text {
        Some(text) if !text.contains(is_control) => Ok(whole(text.into_owned(), encoding)),
        _ => Err(unknown(path, encoding.name(), skipped)),
    }
}

fn unknown(path: &Path, tried: &str, offset: usize) -> Error {
    ErrorKind::UnknownEncoding {
        path: path.to_owned(),
        offset,
        tried: tried.to_owned(),
    }
    .into()
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}')
}

/// A zero byte, or too many control bytes, are no text.
fn check_controls(path: &Path, bytes: &[u8]) -> Result<()> {
    let control = |b: &u8| matches!(b, 0..=8 | 14..=31);
    let Some(first) = bytes.iter().position(control) else {
        return Ok(());
    };
    let zero = bytes.iter().position(|b| *b == 0);
    let controls = bytes.iter().filter(|b| control(b)).count();
    if zero.is_none() && controls * BYTES_PER_CONTROL <= bytes.len() {
        return Ok(());
    }
    let offset = zero.unwrap_or(first);
    Err(ErrorKind::BinaryDocument {
        path: path.to_owned(),
        offset,
        byte: bytes[offset],
    }
    .into())
}

/// The encoding that an HTML or XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]);
    let lower = head.to_ascii_lowercase();
    if !lower.trim_start().starts_with('<') {
        return None;
    }
    let key = ["charset=", "encoding="]
        .iter()
        .find_map(|key| Some(lower.find(key)? + key.len()))?;
    let label = lower[key..].trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))?;
    Encoding::for_label(&label.as_bytes()[..end])
}

/// UTF-8 with some broken places: more sequences that are whole than that are not.
fn damaged_utf8(bytes: &[u8]) -> Option<Decoded> {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole > broken).then(|| lossy(bytes))
}

fn lossy(bytes: &[u8]) -> Decoded {
    let broken = |chunk: &std::str::Utf8Chunk<'_>| !chunk.invalid().is_empty();
    Decoded {
        text: String::from_utf8_lossy(bytes).into_owned(),
        encoding: UTF_8.name(),
        damaged: bytes.utf8_chunks().filter(broken).count(),
    }
}

/// What the frequencies of bytes speak for.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(Path::new("a.txt"), bytes).expect("text");
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn marks_decide() {
        check(b"\xEF\xBB\xBFcaf\xc3\xa9", "café", "UTF-8");
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        check(
            &marked(b"\xff\xfe", utf16("“café”", u16::to_le_bytes)),
            "“café”",
            "UTF-16LE",
        );
        check(
            &marked(b"\xfe\xff", utf16("“café”", u16::to_be_bytes)),
            "“café”",
            "UTF-16BE",
        );
        check(b"\xff\xfe\0\0a\0\0\0\x1c\x20\0\0", "a“", "UTF-32LE");
        check(b"\0\0\xfe\xff\0\0\0a", "a", "UTF-32BE");
    }

    #[test]
    fn utf16_without_a_mark() {
        check(
            &utf16("The bridge is shut.", u16::to_le_bytes),
            "The bridge is shut.",
            "UTF-16LE",
        );
        check(
            &utf16("The bridge is shut.", u16::to_be_bytes),
            "The bridge is shut.",
            "UTF-16BE",
        );
    }

    #[test]
    fn declarations_and_detection() {
        let page = b"<?xml version=\"1.0\" encoding='iso-8859-2'?><p>\xb1</p>";
        check(
            page,
            "<?xml version=\"1.0\" encoding='iso-8859-2'?><p>ą</p>",
            "ISO-8859-2",
        );
        let page = b"<meta charset=windows-1251><p>\xe0</p>";
        check(page, "<meta charset=windows-1251><p>а</p>", "windows-1251");
        let words = b"\x93We met in the caf\xe9,\x94 she said \x97 and it\x92s true.";
        check(
            words,
            "“We met in the café,” she said — and it’s true.",
            "windows-1252",
        );
    }

    #[test]
    fn broken_places_in_utf8_are_marked() {
        let bytes = "“one” “two” é".as_bytes();
        let decoded = decode(Path::new("a"), &bytes[..bytes.len() - 1]).expect("text");
        assert_eq!(decoded.text, "“one” “two” \u{fffd}");
        assert_eq!((decoded.encoding, decoded.damaged), ("UTF-8", 1));
    }

    #[test]
    fn what_is_no_text() {
        let error = |bytes: &[u8]| {
            decode(Path::new("a"), bytes)
                .expect_err("no text")
                .to_string()
        };
        assert_eq!(
            error(b"ab\0c"),
            "a: binary data (byte 0x00 at offset 2); expected text"
        );
        assert_eq!(
            error(b"a\x1b"),
            "a: binary data (byte 0x1b at offset 1); expected text"
        );
        assert_eq!(
            error(b"\xff\xfe\0\xd8a\0"),
            "a: not UTF-16LE text from offset 2 on, as it seemed; expected text in a known encoding"
        );
        let stray = format!("{}\u{1}", "It rained. ".repeat(100));
        assert!(decode(Path::new("a"), stray.as_bytes()).is_ok());
    }
}
