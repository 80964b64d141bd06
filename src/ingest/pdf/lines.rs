//! Glyphs to runs of words on a line.

/// A glyph with its place on the page in points; y grows downwards.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The base line.
    pub(super) y: f32,
    pub(super) size: f32,
    /// What it stands for: a character, or several for a ligature.
    pub(super) words: String,
    pub(super) hidden: bool,
}

/// Words that are drawn one after the other on a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) words: String,
}

/// A wider gap, in parts of the type size, ends a segment.
const WIDE_GAP: f32 = 1.1;
/// A wider gap is a space, even if no glyph says so.
const SPACE_GAP: f32 = 0.16;

/// Joins glyphs that follow each other on a line.
pub(super) fn segments(glyphs: Vec<Glyph>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in glyphs {
        if last.as_ref().is_some_and(|last| is_shadow(last, &glyph)) {
            continue;
        }
        let blank = glyph.words.trim().is_empty();
        match segments
            .last_mut()
            .filter(|segment| continues(segment, &glyph))
        {
            Some(segment) => {
                let gap = glyph.x0 - segment.x1;
                let spaced = segment.words.ends_with(' ');
                if (blank || gap > SPACE_GAP * segment.size) && !spaced {
                    segment.words.push(' ');
                }
                if !blank {
                    segment.words.push_str(&glyph.words);
                    segment.size = segment.size.max(glyph.size);
                }
                segment.x1 = segment.x1.max(glyph.x1);
            }
            None if blank => {}
            None => segments.push(Segment {
                x0: glyph.x0,
                x1: glyph.x1,
                y: glyph.y,
                size: glyph.size,
                words: glyph.words.clone(),
            }),
        }
        last = Some(glyph);
    }
    for segment in &mut segments {
        let trimmed = segment.words.trim_end().len();
        segment.words.truncate(trimmed);
    }
    segments
}

/// Is a glyph drawn a second time, to look bold?
fn is_shadow(last: &Glyph, glyph: &Glyph) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < 0.15 * glyph.size;
    last.words == glyph.words && near(last.x0, glyph.x0) && near(last.y, glyph.y)
}

fn continues(segment: &Segment, glyph: &Glyph) -> bool {
    let size = segment.size.max(glyph.size);
    let gap = glyph.x0 - segment.x1;
    // Raised and lowered marks belong to the line.
    let level = (glyph.y - segment.y).abs() < 0.45 * size;
    level && gap > -0.5 * size && gap < WIDE_GAP * size
}
