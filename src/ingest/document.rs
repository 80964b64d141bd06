//! A document: its text, the blocks of prose in it and what is left out.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::excluded::{Excluded, ExcludedKind};

/// What a document is called in results: its path as given, `-` for standard input.
///
/// ```
/// use polemic::ingest::DocumentId;
///
/// let id = DocumentId::from("essays/one.md");
/// assert_eq!(id.as_str(), "essays/one.md");
/// assert_eq!(id.to_string(), "essays/one.md");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(String);

impl DocumentId {
    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DocumentId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<&Path> for DocumentId {
    /// The path as text; bytes that are not UTF-8 are replaced.
    fn from(path: &Path) -> Self {
        Self(path.to_string_lossy().into_owned())
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text with its blocks. All offsets are bytes into [`Document::text`].
///
/// ```
/// use std::path::Path;
/// use polemic::ingest::{BlockKind, Document};
///
/// let bytes = b"# A plea\n\nWe **must** act.\n\n```sh\nmake\n```\n";
/// let document = Document::from_bytes(Path::new("plea.md"), bytes)?;
/// assert_eq!(document.title.as_deref(), Some("A plea"));
/// let block = &document.blocks[1];
/// assert_eq!(block.kind, BlockKind::Paragraph);
/// assert_eq!(document.prose(block), "We must act.");
/// assert_eq!(&document.text[block.source_span(3..7)], "must");
/// assert_eq!(document.excluded.len(), 1);
/// # Ok::<(), polemic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is called in results.
    pub id: DocumentId,
    /// Where it was read from; `-` is standard input.
    pub path: PathBuf,
    /// From the front matter, or the title block.
    pub title: Option<String>,
    /// What else is said about it where it was read from, by field: `author`, `date`, `outlet`,
    /// or the columns of a table.
    pub metadata: BTreeMap<String, String>,
    /// The decoded text without a byte order mark. For formats other than plain text and Markdown:
    /// the text that was taken out of the file, blocks separated by a blank line.
    pub text: String,
    /// The blocks of prose, in order.
    pub blocks: Vec<Block>,
    /// What is not prose of the document, in order. No span overlaps another or a block.
    pub excluded: Vec<Excluded>,
    /// SHA-256 of the raw bytes, in lower-case hexadecimal.
    pub sha256: String,
}

impl Document {
    /// The prose of a block: clean words on one line, for Markdown without emphasis marks, link
    /// targets, images, footnote marks and inline HTML.
    #[must_use]
    pub fn prose<'d>(&'d self, block: &'d Block) -> &'d str {
        block.prose_in(&self.text)
    }
}

/// What a block of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the document.
    Title,
    /// A heading inside the document.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A paragraph set as a quotation.
    Quotation,
}

/// A block of prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it lies in [`Document::text`].
    pub span: Range<usize>,
    prose: Option<Box<Prose>>,
}

impl Block {
    /// A block whose prose is the slice of the text itself.
    pub(super) fn plain(kind: BlockKind, span: Range<usize>) -> Self {
        Self {
            kind,
            span,
            prose: None,
        }
    }

    /// A block whose prose was gathered from pieces of the text, or `None` without any letter.
    pub(super) fn gathered(kind: BlockKind, prose: Prose) -> Option<Self> {
        let span = prose.pieces.first()?.source.start..prose.pieces.last()?.source.end;
        let spoken = prose.text.contains(char::is_alphanumeric);
        spoken.then(|| Self {
            kind,
            span,
            prose: Some(Box::new(prose)),
        })
    }

    pub(super) fn prose_in<'d>(&'d self, text: &'d str) -> &'d str {
        match &self.prose {
            Some(prose) => &prose.text,
            None => text.get(self.span.clone()).unwrap_or(""),
        }
    }

    /// The block with other prose for the same part of the text.
    pub(super) fn with_prose(self, prose: Prose) -> Self {
        Self {
            prose: Some(Box::new(prose)),
            ..self
        }
    }

    /// The block in two at a byte of its prose: the span of the front, and the rest if there is any.
    /// Gives the block back if that byte lies inside markup that cannot be cut.
    pub(super) fn split_at(self, length: usize) -> Result<(Range<usize>, Option<Self>), Self> {
        let front = self.source_span(0..length);
        let rest = match &self.prose {
            Some(prose) => Self::gathered(self.kind, prose.after(length)),
            None => Some(Self::plain(self.kind, front.end..self.span.end)),
        };
        let rest = rest.filter(|block| !block.span.is_empty());
        if rest
            .as_ref()
            .is_some_and(|rest| rest.span.start < front.end)
        {
            return Err(self);
        }
        Ok((front, rest))
    }

    /// The bytes of [`Document::text`] that a range of the block's prose stands for, without markup
    /// at its ends.
    #[must_use]
    pub fn source_span(&self, prose: Range<usize>) -> Range<usize> {
        match &self.prose {
            Some(pieces) => {
                let start = pieces.source_start(prose.start);
                start..pieces.source_end(prose.end).max(start)
            }
            None => {
                let clamp =
                    |offset: usize| self.span.start.saturating_add(offset).min(self.span.end);
                clamp(prose.start)..clamp(prose.end)
            }
        }
    }
}

/// Prose gathered from pieces of a text, with the way back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prose {
    text: String,
    /// In order; together they cover `text`.
    pieces: Vec<Piece>,
}

/// `prose` starts at that byte and stands for `source`. If the lengths are equal, byte for byte.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    prose: Range<usize>,
    source: Range<usize>,
}

impl Prose {
    /// Adds `words`, which stand for the bytes `source` of the text.
    pub(super) fn push(&mut self, words: &str, source: Range<usize>) {
        if words.is_empty() {
            return;
        }
        let start = self.text.len();
        let last_end = self.pieces.last().map_or(0, |piece| piece.source.end);
        let source = source.start.max(last_end)..source.end.max(last_end);
        self.text.push_str(words);
        match self.pieces.last_mut() {
            Some(last)
                if last.source.end == source.start
                    && last.prose.len() == last.source.len()
                    && words.len() == source.len() =>
            {
                last.prose.end = self.text.len();
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece {
                prose: start..self.text.len(),
                source,
            }),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The prose from byte `length` on.
    fn after(&self, length: usize) -> Self {
        let mut rest = Self::default();
        for piece in &self.pieces {
            let start = piece.prose.start.max(length);
            let words = self.text.get(start..piece.prose.end).unwrap_or("");
            rest.push(words, self.source_start(start)..piece.source.end);
        }
        rest
    }

    fn source_start(&self, offset: usize) -> usize {
        let at = self
            .pieces
            .partition_point(|piece| piece.prose.end <= offset);
        match self.pieces.get(at) {
            Some(piece) if piece.prose.len() == piece.source.len() => {
                piece.source.start + offset.saturating_sub(piece.prose.start)
            }
            Some(piece) => piece.source.start,
            None => self.pieces.last().map_or(0, |piece| piece.source.end),
        }
    }

    fn source_end(&self, offset: usize) -> usize {
        let at = self
            .pieces
            .partition_point(|piece| piece.prose.end < offset);
        match self.pieces.get(at) {
            Some(piece) if piece.prose.len() == piece.source.len() => {
                piece.source.start + offset.saturating_sub(piece.prose.start)
            }
            Some(piece) => piece.source.end,
            None => self.pieces.last().map_or(0, |piece| piece.source.end),
        }
    }
}

/// A part of a document as a reader finds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Block(Block),
    /// What is left out, and the blocks that it was before.
    Excluded(Excluded, Vec<Block>),
}

impl Part {
    pub(super) fn excluded(kind: ExcludedKind, span: Range<usize>) -> Self {
        Part::Excluded(Excluded { span, kind }, Vec::new())
    }

    pub(super) fn span(&self) -> &Range<usize> {
        match self {
            Part::Block(block) => &block.span,
            Part::Excluded(excluded, _) => &excluded.span,
        }
    }

    /// Leaves the part out.
    pub(super) fn exclude(&mut self, kind: ExcludedKind) {
        let span = self.span().clone();
        let apart = Part::excluded(kind, span);
        let before = std::mem::replace(self, apart);
        if let (Part::Excluded(_, blocks), Part::Block(block)) = (self, before) {
            blocks.push(block);
        }
    }
}
