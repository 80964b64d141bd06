//! Markdown to blocks.
//!
//! The prose of a block is gathered from the parser's events: text and inline code are kept; emphasis
//! marks, link targets, images, footnote marks and HTML are not. Each piece remembers the bytes it
//! came from.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::document::{Block, BlockKind, Part, Prose};
use super::draft::Draft;
use super::excluded::ExcludedKind;

/// Reads a Markdown text.
pub(super) fn draft(text: String) -> Draft {
    let (front, parts) = parts(&text);
    let mut draft = Draft::of_text(text, parts);
    for (name, value) in front.map(|front| front.fields).unwrap_or_default() {
        if name == "title" {
            draft.titled(&value);
        } else {
            draft.field(&name, &value);
        }
    }
    draft
}

/// The front matter, and the parts of the text in order.
fn parts(text: &str) -> (Option<FrontMatter>, Vec<Part>) {
    let front = FrontMatter::of(text);
    let start = front.as_ref().map_or(0, |front| front.end);
    let mut reader = Reader {
        text,
        parts: Vec::new(),
        open: None,
        quotes: 0,
        skipping: 0,
    };
    if let Some(front) = &front {
        let shown = front.start..start - (text[..start].len() - text[..start].trim_end().len());
        reader
            .parts
            .push(Part::excluded(ExcludedKind::FrontMatter, shown));
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for (event, span) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        reader.event(event, start + span.start..start + span.end);
    }
    reader.close();
    (front, reader.parts)
}

/// YAML between `---` lines or TOML between `+++` lines at the start of a text.
struct FrontMatter {
    start: usize,
    end: usize,
    /// Names and values, as far as they are on one line.
    fields: Vec<(String, String)>,
}

impl FrontMatter {
    fn of(text: &str) -> Option<Self> {
        let start = text.len() - text.trim_start_matches(['\n', '\r']).len();
        let mut lines = text[start..].split_inclusive('\n');
        let fence = lines.next()?;
        let (toml, mark) = (fence.trim_end() == "+++", fence.trim_end());
        if !toml && mark != "---" {
            return None;
        }
        let (mut end, inner) = (start + fence.len(), start + fence.len());
        for line in lines {
            let body = &text[inner..end];
            end += line.len();
            let closes = line.trim_end() == mark || (!toml && line.trim_end() == "...");
            if closes {
                let fields = if toml {
                    toml_fields(body)
                } else {
                    body.lines().filter_map(yaml_field).collect()
                };
                let any = body.contains(if toml { '=' } else { ':' });
                return any.then_some(Self { start, end, fields });
            }
        }
        None
    }
}

fn toml_fields(body: &str) -> Vec<(String, String)> {
    let table: toml::Table = toml::from_str(body).unwrap_or_default();
    let field = |(name, value): (String, toml::Value)| match value {
        toml::Value::String(text) => Some((name, text)),
        toml::Value::Datetime(date) => Some((name, date.to_string())),
        toml::Value::Integer(number) => Some((name, number.to_string())),
        _ => None,
    };
    table.into_iter().filter_map(field).collect()
}

/// A line `name: value`, without quotation marks around the value.
fn yaml_field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let plain = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let value = value.trim();
    let quoted = |mark| {
        value
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
    };
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value).trim();
    let structured = value.starts_with(['|', '>', '[', '{', '&']);
    (plain && !name.is_empty() && !value.is_empty() && !structured)
        .then(|| (name.to_owned(), value.to_owned()))
}

struct Reader<'d> {
    text: &'d str,
    parts: Vec<Part>,
    open: Option<(BlockKind, Prose)>,
    /// Block quotations around the current place.
    quotes: usize,
    /// Elements open inside, and with, the element that is being skipped.
    skipping: usize,
}

impl<'d> Reader<'d> {
    fn event(&mut self, event: Event<'d>, span: Range<usize>) {
        if self.skipping > 0 {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.words(&words, span),
            Event::SoftBreak | Event::HardBreak => self.words(" ", span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        match tag {
            // The paragraph of a list item goes on with the item's block.
            Tag::Paragraph if self.open.is_some() => {}
            Tag::Paragraph => self.begin(self.kind_here(BlockKind::Paragraph)),
            Tag::Heading { level, .. } => {
                let first = !self.parts.iter().any(|part| matches!(part, Part::Block(_)));
                let title = first && *level == HeadingLevel::H1;
                self.begin(if title {
                    BlockKind::Title
                } else {
                    BlockKind::Heading
                });
            }
            Tag::Item => self.begin(self.kind_here(BlockKind::ListItem)),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::List(_) => self.close(),
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.skip(ExcludedKind::Code, span),
            Tag::Table(_) => self.skip(ExcludedKind::Table, span),
            Tag::FootnoteDefinition(_) => self.skip(ExcludedKind::Footnote, span),
            Tag::Image { .. } => self.skip_image(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::List(_) => self.close(),
            _ => {}
        }
    }

    /// `kind`, or a quotation inside a block quotation.
    fn kind_here(&self, kind: BlockKind) -> BlockKind {
        if self.quotes > 0 {
            BlockKind::Quotation
        } else {
            kind
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some((kind, Prose::default()));
    }

    fn close(&mut self) {
        let Some((kind, prose)) = self.open.take() else {
            return;
        };
        self.parts
            .extend(Block::gathered(kind, prose).map(Part::Block));
    }

    fn skip(&mut self, kind: ExcludedKind, span: Range<usize>) {
        self.close();
        self.skipping = 1;
        let shown = self.text[span.clone()].trim_end().len();
        self.parts
            .push(Part::excluded(kind, span.start..span.start + shown));
    }

    /// A picture that stands alone is left out as one part; inside a sentence it only vanishes.
    fn skip_image(&mut self, span: Range<usize>) {
        self.skipping = 1;
        if self
            .open
            .as_ref()
            .is_some_and(|(_, prose)| prose.is_empty())
        {
            self.parts
                .push(Part::excluded(ExcludedKind::Boilerplate, span));
        }
    }

    /// Adds words to the open block; list items without a paragraph inside open their own.
    fn words(&mut self, words: &str, span: Range<usize>) {
        let kind = if self.quotes > 0 {
            BlockKind::Quotation
        } else {
            BlockKind::ListItem
        };
        let (_, prose) = self.open.get_or_insert_with(|| (kind, Prose::default()));
        let inner = self.text[span.clone()]
            .find(words)
            .filter(|_| words.len() > 1);
        let source = match inner {
            Some(at) => span.start + at..span.start + at + words.len(),
            None => span,
        };
        prose.push(words, source);
    }
}
