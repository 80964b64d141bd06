//! Rich Text Format: the paragraphs of the body.
//!
//! A group that begins with a known word of settings, or with `\*`, holds no text of the document.

use std::fmt::Write as _;
use std::path::Path;

use encoding_rs::Encoding;

use super::document::BlockKind;
use super::draft::{Draft, Role};
use super::excluded::ExcludedKind;
use super::read::unsupported;
use super::table_text::TableText;
use crate::Result;

const PARAGRAPH: Role = Role::Prose(BlockKind::Paragraph);
/// Groups inside groups.
const DEEPEST_GROUP: usize = 10_000;

/// Reads an RTF file.
pub(super) fn draft(path: &Path, bytes: &[u8]) -> Result<Draft> {
    let mut reader = Reader {
        draft: Draft::default(),
        encoding: encoding_rs::WINDOWS_1252,
        group: Group::default(),
        outer: Vec::new(),
        bytes: Vec::new(),
        surrogate: None,
        to_skip: 0,
        table: TableText::default(),
        info: String::new(),
        notes: Vec::new(),
    };
    let mut at = 0;
    while at < bytes.len() {
        at = reader.take(bytes, at);
        if reader.outer.len() > DEEPEST_GROUP {
            return Err(unsupported(path, "an RTF file of groups without end"));
        }
    }
    if !reader.outer.is_empty() {
        return Err(unsupported(path, "an RTF file that is cut short"));
    }
    reader.end_table();
    reader.close_paragraph();
    Ok(reader.draft)
}

/// What holds within a group.
#[derive(Clone, Debug)]
struct Group {
    target: Target,
    /// Characters behind `\uN` that stand for the same.
    fallback: usize,
    starred: bool,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            target: Target::Body,
            fallback: 1,
            starred: false,
        }
    }
}

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Body,
    Note,
    Info(&'static str),
    Nowhere,
}

struct Reader {
    draft: Draft,
    encoding: &'static Encoding,
    group: Group,
    outer: Vec<Group>,
    /// Bytes in the file's encoding that wait to be decoded.
    bytes: Vec<u8>,
    surrogate: Option<u16>,
    to_skip: usize,
    table: TableText,
    info: String,
    /// Notes of the paragraph under way.
    notes: Vec<String>,
}

impl Reader {
    /// Takes what stands at byte `at`; gives the byte behind it.
    fn take(&mut self, input: &[u8], at: usize) -> usize {
        match input[at] {
            b'{' => {
                self.flush();
                self.outer.push(self.group.clone());
                self.group.starred = false;
                at + 1
            }
            b'}' => {
                self.flush();
                self.close_group();
                at + 1
            }
            b'\\' => self.control(input, at + 1),
            b'\r' | b'\n' => at + 1,
            byte => {
                self.byte(byte);
                at + 1
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// Takes a control word or symbol behind its backslash.
    fn control(&mut self, input: &[u8], at: usize) -> usize {
        let Some(&first) = input.get(at) else {
            return at;
        };
        if !first.is_ascii_alphabetic() {
            return self.symbol(input, at, first);
        }
        let letters = input[at..]
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let name = std::str::from_utf8(&input[at..at + letters]).unwrap_or("");
        let mut end = at + letters;
        let minus = input.get(end) == Some(&b'-');
        let from = end + usize::from(minus);
        let digits = input[from.min(input.len())..]
            .iter()
            .take(9)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let mut number = None;
        if digits > 0 {
            end = from + digits;
            let value = std::str::from_utf8(&input[from..end])
                .ok()
                .and_then(|d| d.parse::<i64>().ok());
            number = value.map(|value| if minus { -value } else { value });
        }
        end += usize::from(input.get(end) == Some(&b' '));
        if name == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return end.saturating_add(length).min(input.len());
        }
        self.word(name, number);
        end
    }

    fn symbol(&mut self, input: &[u8], at: usize, symbol: u8) -> usize {
        match symbol {
            b'\'' => {
                let digits = input
                    .get(at + 1..at + 3)
                    .and_then(|d| std::str::from_utf8(d).ok());
                if let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
                    self.byte(byte);
                }
                return (at + 3).min(input.len());
            }
            b'*' => self.group.starred = true,
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'-' => {}
            b'\r' | b'\n' => self.word("par", None),
            other => self.byte(other),
        }
        at + 1
    }

    fn word(&mut self, name: &str, number: Option<i64>) {
        if name != "u" {
            self.flush();
        }
        if std::mem::take(&mut self.group.starred) && name != "footnote" {
            self.group.target = Target::Nowhere;
        }
        match name {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.encoding = code_page(number.unwrap_or(1252)),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "par" | "sect" | "page" | "row" => self.end_paragraph(name == "row"),
            "cell" if self.table.is_open() => self.table.cell(),
            "pard" => self.plain_paragraph(),
            "intbl" if !self.table.is_open() && self.group.target == Target::Body => {
                self.draft.close();
                self.table.open();
            }
            "ls" | "pntext" => self.turn(Role::Prose(BlockKind::ListItem), name == "pntext"),
            "outlinelevel" => self.turn(Role::Prose(BlockKind::Heading), false),
            "line" | "tab" | "emspace" | "enspace" => self.put(" "),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "footnote" => {
                self.group.target = Target::Note;
                self.info.clear();
            }
            "title" | "author" | "keywords" if self.group.target == Target::Info("") => {
                let known = ["title", "author", "keywords"]
                    .into_iter()
                    .find(|known| *known == name);
                self.group.target = Target::Info(known.unwrap_or(""));
                self.info.clear();
            }
            "info" => self.group.target = Target::Info(""),
            "creatim" if self.group.target == Target::Info("") => {
                self.group.target = Target::Info("date");
                self.info.clear();
            }
            _ if self.group.target == Target::Info("date") => self.date_part(name, number),
            _ if SETTINGS.contains(&name) => self.group.target = Target::Nowhere,
            _ => {}
        }
    }

    /// `\yr2024\mo5\dy3\hr10\min2` becomes `2024-05-03T10:02`.
    fn date_part(&mut self, name: &str, number: Option<i64>) {
        let before = match name {
            "yr" => "",
            "mo" | "dy" => "-",
            "hr" => "T",
            "min" => ":",
            _ => return,
        };
        let number = number.unwrap_or(0);
        // Writing to a string cannot fail.
        let _ = write!(self.info, "{before}{number:02}");
    }

    fn turn(&mut self, role: Role, marker: bool) {
        // The first heading is the title.
        let first = role == Role::Prose(BlockKind::Heading) && self.draft.has_no_prose();
        let role = if first {
            Role::Prose(BlockKind::Title)
        } else {
            role
        };
        if marker {
            self.group.target = Target::Nowhere;
        } else if self.group.target == Target::Body && !self.table.is_open() {
            if !self.draft.is_open() {
                self.draft.begin(role);
            }
            self.draft.turn_into(role);
        }
    }

    /// `\pard`: what follows is in no table and no list, until it says so.
    fn plain_paragraph(&mut self) {
        if self.group.target == Target::Body {
            self.end_table();
            self.draft.turn_into(PARAGRAPH);
        }
    }

    fn end_table(&mut self) {
        if self.table.is_open()
            && let Some(words) = self.table.close()
        {
            self.draft.put(Role::Out(ExcludedKind::Table), &words);
        }
    }

    fn end_paragraph(&mut self, row: bool) {
        match self.group.target {
            Target::Body if self.table.is_open() && row => self.table.row(),
            Target::Body if self.table.is_open() => self.table.words(" "),
            Target::Body => self.close_paragraph(),
            Target::Note | Target::Info(_) => self.info.push(' '),
            Target::Nowhere => {}
        }
    }

    fn close_paragraph(&mut self) {
        self.draft.close();
        for note in std::mem::take(&mut self.notes) {
            self.draft.put(Role::Out(ExcludedKind::Footnote), &note);
        }
    }

    /// A UTF-16 unit, signed.
    fn unicode(&mut self, number: i64) {
        let unit = (number & 0xFFFF) as u16;
        self.flush();
        let pair = self
            .surrogate
            .take()
            .map_or_else(|| vec![unit], |high| vec![high, unit]);
        if (0xD800..0xDC00).contains(&unit) {
            self.surrogate = Some(unit);
        } else {
            self.put(&String::from_utf16_lossy(&pair));
        }
        self.to_skip = self.group.fallback;
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = self.encoding.decode_without_bom_handling(&bytes).0;
            self.put(&text);
        }
    }

    fn put(&mut self, words: &str) {
        if !self.bytes.is_empty() {
            self.flush();
        }
        match self.group.target {
            Target::Body if self.table.is_open() => self.table.words(words),
            Target::Body => self.draft.words(words, PARAGRAPH),
            Target::Note | Target::Info(_) => self.info.push_str(words),
            Target::Nowhere => {}
        }
    }

    fn close_group(&mut self) {
        self.to_skip = 0;
        let closed = self.group.target;
        if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
        if closed == self.group.target {
            return;
        }
        let info = std::mem::take(&mut self.info);
        match closed {
            Target::Info("title") => self.draft.titled(&info),
            // A year of 0 stands for no date.
            Target::Info("date") if info.starts_with("00") => {}
            Target::Info(field) if !field.is_empty() => self.draft.field(field, &info),
            Target::Note => self.notes.push(info),
            _ => {}
        }
    }
}

/// Words that begin groups without text of the document.
#[rustfmt::skip]
const SETTINGS: [&str; 37] = [
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "pict", "object",
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "filetbl", "revtbl", "rsidtbl", "generator", "xmlnstbl", "themedata", "datastore",
    "latentstyles", "fldinst", "private", "creatim", "revtim", "printim", "operator", "company",
    "annotation", "comment", "listtext", "bkmkstart", "bkmkend", "shpinst", "nonshppict",
];

fn code_page(number: i64) -> &'static Encoding {
    let label = match number {
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::super::document::Part;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let draft = draft(Path::new("a.rtf"), text.as_bytes()).expect("a document");
        let part = |part: &Part| match part {
            Part::Block(block) => format!("{:?}: {}", block.kind, block.prose_in(&draft.text)),
            Part::Excluded(e, _) => format!("-- {:?}: {}", e.kind, &draft.text[e.span.clone()]),
        };
        draft.parts.iter().map(part).collect()
    }

    #[test]
    fn paragraphs_characters_and_notes() {
        let text = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title A plea}{\author Ana Ruiz}}
{\*\generator X;}\pard\f0 We \b must\b0  act in the caf\'e9\u8212-\ldblquote now\rdblquote{\footnote It is late.}.\par
\pard\ls1 One\par \pard\intbl a\cell b\cell\row\intbl 1\cell 2\cell\row\pard It\u8217?s \{over\}.\par}";
        assert_eq!(
            shown(text),
            [
                "Paragraph: We must act in the café—“now”.",
                "-- Footnote: It is late.",
                "ListItem: One",
                "-- Table: a\tb\n1\t2",
                "Paragraph: It’s {over}.",
            ]
        );
    }

    #[test]
    fn what_the_information_group_says() {
        let read = |info: &str| {
            let text = format!(r"{{\rtf1\ansi\ansicpg1252{{\info{info}}}\pard It rained.\par}}");
            draft(Path::new("a.rtf"), text.as_bytes()).expect("a document")
        };
        let known = read(
            r"{\title Rain in caf\'e9s \u8212-- a plea}{\subject Weather}{\author Ana Ruiz}{\keywords rain}
            {\creatim\yr2024\mo5\dy3\hr10\min2}{\revtim\yr2025\mo1\dy1}",
        );
        assert_eq!(known.title.as_deref(), Some("Rain in cafés —- a plea"));
        let field = |name: &str| known.metadata.get(name).map(String::as_str);
        assert_eq!(field("author"), Some("Ana Ruiz"));
        assert_eq!(field("keywords"), Some("rain"));
        assert_eq!(field("date"), Some("2024-05-03T10:02"));
        assert_eq!(known.text.trim(), "It rained.");
        let unknown = read(r"{\title }{\creatim\yr0\mo0\dy0\hr0\min0}");
        assert_eq!((unknown.title, unknown.metadata.len()), (None, 0));
    }

    #[test]
    fn cut_files_are_named() {
        let error = draft(Path::new("a.rtf"), b"{\\rtf1 It rained").expect_err("cut");
        assert!(error.to_string().contains("cut short"));
    }
}
