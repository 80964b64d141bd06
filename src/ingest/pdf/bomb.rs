//! Streams that unpack to more than any text needs.
//!
//! The parser unpacks a stream as a whole, so the size is counted first, without keeping anything.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

/// Most bytes that one stream may unpack to: a page's content, a font, or a picture in full colours.
const LARGEST_STREAM: u64 = 192 << 20;
/// Most packed bytes of a stream in LZW, which grows up to 1,400-fold.
const LARGEST_LZW: usize = 128 << 10;

/// What is wrong with the streams of a file, if anything is.
pub(super) fn found(bytes: &[u8]) -> Option<String> {
    let finder = |from: usize| {
        let at = bytes[from..].windows(6).position(|w| w == b"stream")?;
        Some(from + at)
    };
    let (mut from, mut last) = (0, 0);
    while let Some(at) = finder(from) {
        from = at + 6;
        if bytes[..at].ends_with(b"end") {
            last = from;
            continue;
        }
        let head = &bytes[last.max(at.saturating_sub(2048))..at];
        let body = &bytes[from..];
        let body = body
            .strip_prefix(b"\r\n")
            .or_else(|| body.strip_prefix(b"\n"))
            .unwrap_or(body);
        if let Some(found) = check(head, body) {
            return Some(format!("a PDF file with {found} at offset {at}"));
        }
    }
    None
}

fn check(head: &[u8], body: &[u8]) -> Option<String> {
    let names = |name: &[u8]| head.windows(name.len()).filter(|w| *w == name).count();
    let flate = names(b"/FlateDecode") + names(b"/Fl ") + names(b"/Fl]");
    let lzw = names(b"/LZWDecode") + names(b"/LZW ") + names(b"/LZW]");
    if flate + lzw > 1 {
        return Some("a stream that is packed twice".to_owned());
    }
    if lzw > 0 {
        let end = body
            .windows(9)
            .take(LARGEST_LZW + 1)
            .position(|w| w == b"endstream");
        return (end.is_none() && body.len() > LARGEST_LZW)
            .then(|| "a large LZW stream".to_owned());
    }
    // A picture is never unpacked, unless it says that it is something else too.
    let picture = names(b"/Image") > 0 && names(b"/ObjStm") + names(b"/XRef") == 0;
    let zlib = body.first().is_some_and(|b| b & 0x0F == 8);
    if picture || !zlib {
        return None;
    }
    let unpacked = ZlibDecoder::new(body).take(LARGEST_STREAM + 1);
    // A broken stream is the parser's to judge: up to where it breaks, it was small.
    let length = count(unpacked);
    (length > LARGEST_STREAM).then(|| format!("a stream of more than {LARGEST_STREAM} bytes"))
}

fn count(mut reader: impl Read) -> u64 {
    let mut counted = 0;
    let mut piece = [0; 1 << 14];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return counted,
            Ok(n) => counted += n as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return counted,
        }
    }
}
