//! How the text was set: the blocks of prose, and the parts that were not scored.

use super::{BlockProfile, ExcludedPart};
use crate::ingest::{BlockKind, Document};

/// The blocks of a document; `sentences` has the number in each.
pub(super) fn blocks(document: &Document, sentences: &[usize]) -> Vec<BlockProfile> {
    let with_counts = document.blocks.iter().zip(sentences);
    with_counts
        .map(|(block, &sentences)| BlockProfile {
            start: block.span.start,
            end: block.span.end,
            kind: kind(block.kind).to_owned(),
            sentences,
        })
        .collect()
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "list_item",
        BlockKind::Quotation => "quotation",
    }
}

/// The parts that were not scored.
pub(super) fn excluded(document: &Document) -> Vec<ExcludedPart> {
    let parts = document.excluded.iter();
    parts
        .map(|part| ExcludedPart {
            start: part.span.start,
            end: part.span.end,
            kind: part.kind.name().to_owned(),
        })
        .collect()
}
