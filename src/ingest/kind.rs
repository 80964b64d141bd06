//! What a file is, by its first bytes; its name decides only between kinds of text.

use std::path::Path;

use super::rows::TableKind;

/// Bytes from the start of a file that tell its kind.
pub(super) const HEAD_BYTES: usize = 4096;

/// A kind of file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    Text,
    Markdown,
    Html,
    Pdf,
    Mail,
    Rtf,
    /// DOCX, ODT and EPUB too: what is in it tells.
    Zip,
    Gzip,
    Table(TableKind),
}

/// The kind of a file that begins with `head`, or what it is if it is nothing that can be read.
pub(super) fn kind_of(path: &Path, head: &[u8]) -> Result<FileKind, &'static str> {
    if let Some(kind) = by_signature(head) {
        return kind;
    }
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let start = start.trim_ascii_start();
    if start.starts_with(b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    if start.starts_with(b"{\\rtf") {
        return Ok(FileKind::Rtf);
    }
    let kind = by_ending(path);
    if let Some(FileKind::Table(_) | FileKind::Markdown) = kind {
        return Ok(kind.unwrap_or(FileKind::Text));
    }
    let page = kind == Some(FileKind::Html) && start.contains(&b'<');
    if page || is_page(start) {
        Ok(FileKind::Html)
    } else if is_mail(start, kind == Some(FileKind::Mail)) {
        Ok(FileKind::Mail)
    } else {
        Ok(FileKind::Text)
    }
}

fn by_signature(head: &[u8]) -> Option<Result<FileKind, &'static str>> {
    Some(match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Ok(FileKind::Zip),
        [0x1F, 0x8B, ..] => Ok(FileKind::Gzip),
        [b'P', b'A', b'R', b'1', ..] => Ok(FileKind::Table(TableKind::Parquet)),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err("an old Microsoft Office file"),
        [0x89, b'P', b'N', b'G', ..] => Err("a PNG picture"),
        [0xFF, 0xD8, 0xFF, ..] => Err("a JPEG picture"),
        [b'G', b'I', b'F', b'8', ..] => Err("a GIF picture"),
        [b'R', b'I', b'F', b'F', ..] => Err("a picture, sound or film"),
        [b'I', b'D', b'3', ..] => Err("a sound"),
        [0x7F, b'E', b'L', b'F', ..] | [b'M', b'Z', 0x90, 0, ..] => Err("a program"),
        [b'R', b'a', b'r', b'!', ..] => Err("a RAR archive"),
        [b'7', b'z', 0xBC, 0xAF, ..] => Err("a 7z archive"),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, ..] => Err("a bzip2 file"),
        [0xFD, b'7', b'z', b'X', b'Z', ..] => Err("an xz file"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Err("a zstd file"),
        [b'%', b'!', b'P', b'S', ..] => Err("a PostScript file"),
        _ if head.get(257..262) == Some(b"ustar") => Err("a tar archive"),
        _ => return None,
    })
}

/// The kind that the ending of a name speaks for.
pub(super) fn by_ending(path: &Path) -> Option<FileKind> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match ending.as_str() {
        "txt" | "text" => FileKind::Text,
        "md" | "markdown" => FileKind::Markdown,
        "html" | "htm" | "xhtml" => FileKind::Html,
        "pdf" => FileKind::Pdf,
        "docx" | "odt" | "epub" | "zip" => FileKind::Zip,
        "eml" => FileKind::Mail,
        "rtf" => FileKind::Rtf,
        "gz" => FileKind::Gzip,
        _ => FileKind::Table(TableKind::of(path).ok()?),
    })
}

fn begins(start: &[u8], mark: &str) -> bool {
    let head = start.get(..mark.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes()))
}

/// Does a text begin as a web page does?
fn is_page(start: &[u8]) -> bool {
    let head = String::from_utf8_lossy(start).to_ascii_lowercase();
    let xml = begins(start, "<?xml") && head.contains("<html");
    let comment = begins(start, "<!--") && head.contains("<html");
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<main",
        "<div",
        "<p>",
        "<p ",
    ];
    xml || comment || tags.iter().any(|tag| begins(start, tag))
}

/// Does a text begin with the header of a message? One field is enough if it is called one.
fn is_mail(start: &[u8], named: bool) -> bool {
    let head = String::from_utf8_lossy(start);
    let known = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "x-mozilla-status",
    ];
    let mut found = 0;
    for line in head.lines() {
        let name = line
            .split_once(':')
            .map(|(name, _)| name.to_ascii_lowercase());
        match name {
            Some(name) if known.contains(&name.as_str()) => found += 1,
            Some(name) if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {}
            _ if line.starts_with([' ', '\t']) && found > 0 => {}
            _ => break,
        }
    }
    found > if named { 0 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, head: &[u8], kind: Result<FileKind, &'static str>) {
        assert_eq!(kind_of(Path::new(name), head), kind, "{name}");
    }

    #[test]
    fn content_decides_and_not_the_name() {
        check("a.txt", b"%PDF-1.7", Ok(FileKind::Pdf));
        check("a.pdf", b"It rained.", Ok(FileKind::Text));
        check("a.docx", b"<!DOCTYPE html><p>Hi", Ok(FileKind::Html));
        check("a.html", b"It rained.", Ok(FileKind::Text));
        check("a.csv", b"PK\x03\x04", Ok(FileKind::Zip));
        check("a.txt", b"\x89PNG\r\n", Err("a PNG picture"));
        check("a.md", b"{\\rtf1", Ok(FileKind::Rtf));
        check("a", b"PAR1", Ok(FileKind::Table(TableKind::Parquet)));
    }

    #[test]
    fn the_name_decides_between_kinds_of_text() {
        check("a.md", b"# It rained", Ok(FileKind::Markdown));
        check("a.md", b"<p>It rained", Ok(FileKind::Markdown));
        check("a.CSV", b"text\na", Ok(FileKind::Table(TableKind::Csv)));
        check(
            "a.jsonl",
            b"{\"text\": 1}",
            Ok(FileKind::Table(TableKind::JsonLines)),
        );
    }

    #[test]
    fn messages() {
        let message = b"Received: by a\r\n\tfor b\r\nFrom: A\r\nSubject: B\r\n\r\nHi";
        check("a", message, Ok(FileKind::Mail));
        check("a.eml", b"Subject: B\n\nHi", Ok(FileKind::Mail));
        check("a.txt", b"Subject: B\n\nHi", Ok(FileKind::Text));
        check(
            "a.txt",
            b"To: whom it may concern\n\nDate: none",
            Ok(FileKind::Text),
        );
    }
}
