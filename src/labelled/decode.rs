//! From the bytes of a table to text, whatever encoding they are in.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{ErrorKind, Result};

/// A table as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub(super) text: String,
    /// The encoding of the table, as the WHATWG names it.
    pub(super) encoding: &'static str,
    /// One-based numbers of the lines in another encoding than the rest, with its name.
    pub(super) odd_lines: Vec<(u64, &'static str)>,
    /// The first line with a character that the encoding does not have; it was replaced by U+FFFD.
    pub(super) replaced: Option<u64>,
}

/// Decodes `bytes`: by their byte order mark, else as UTF-8, else as what they look like. A line
/// that is not UTF-8 in a table that otherwise is, is decoded alone and reported.
///
/// # Errors
/// [`ErrorKind::UnsupportedFile`] for spreadsheets and other binary files.
pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<Decoded> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(whole(encoding, &bytes[length..]));
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(whole(encoding, bytes));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(binary(path, "a spreadsheet or another ZIP archive"));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(binary(path, "a PDF"));
    }
    if bytes.contains(&0) {
        return Err(binary(path, "binary data"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            odd_lines: Vec::new(),
            replaced: None,
        });
    }
    Ok(by_line(bytes))
}

fn binary(path: &Path, found: &str) -> crate::Error {
    ErrorKind::UnsupportedFile {
        path: path.to_owned(),
        found: found.to_owned(),
        expected: "a table saved as CSV, TSV, JSON, JSON lines or Parquet".to_owned(),
    }
    .into()
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        replaced: replaced_line(&text),
        text: text.into_owned(),
        encoding: encoding.name(),
        odd_lines: Vec::new(),
    }
}

fn replaced_line(text: &str) -> Option<u64> {
    let at = text.find('\u{fffd}')?;
    Some(text[..at].matches('\n').count() as u64 + 1)
}

/// UTF-16 without a mark: of Latin text every other byte is 0.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let most = |n: usize| !sample.is_empty() && n * 10 > sample.len() * 4;
    match (most(zeros(1)), most(zeros(0))) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

fn by_line(bytes: &[u8]) -> Decoded {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut other_utf8 = false;
    for line in &lines {
        match std::str::from_utf8(line) {
            Ok(line) => other_utf8 |= !line.is_ascii(),
            Err(_) => {
                detector.feed(line, false);
            }
        }
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (mut text, mut odd_lines) = (String::new(), Vec::new());
    for (line, number) in lines.into_iter().zip(1..) {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => {
                text.push_str(&guess.decode_without_bom_handling(line).0);
                if other_utf8 {
                    odd_lines.push((number, guess.name()));
                }
            }
        }
    }
    let encoding = if other_utf8 { UTF_8 } else { guess };
    Decoded {
        replaced: replaced_line(&text),
        text,
        encoding: encoding.name(),
        odd_lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(Path::new("x.csv"), bytes).expect("text")
    }

    #[test]
    fn encodings_are_detected() {
        assert_eq!(decoded(b"\xef\xbb\xbfcaf\xc3\xa9").text, "café");
        let latin =
            decoded(b"text\nUn caf\xe9, s'il vous pla\xeet, et une cr\xe8me br\xfbl\xe9e.\n");
        assert_eq!(latin.encoding, "windows-1252");
        assert!(latin.text.contains("café") && latin.odd_lines.is_empty());
        let utf16: Vec<u8> = "text,label\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decoded(&utf16).text, "text,label\n");
        let marked: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain([0, b'a', 0, b'\n'])
            .collect();
        assert_eq!(decoded(&marked).text, "a\n");
    }

    #[test]
    fn a_line_in_another_encoding_is_named() {
        let mixed = decoded(b"text\ncaf\xc3\xa9\nUn caf\xe9 cr\xe8me\n");
        assert_eq!(mixed.text, "text\ncafé\nUn café crème\n");
        assert_eq!(mixed.odd_lines, [(3, "windows-1252")]);
    }

    #[test]
    fn spreadsheets_and_binaries_are_refused() {
        let message = |bytes| {
            decode(Path::new("x.csv"), bytes)
                .expect_err("no")
                .to_string()
        };
        assert!(message(b"PK\x03\x04zip").contains("a spreadsheet"));
        assert!(message(b"a\x00b\x01\x02\x03\x04\x05").contains("binary data"));
    }
}
