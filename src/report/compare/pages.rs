//! A comparison as a self-contained page.

use std::io;

use askama::Template;

use super::align::Word;
use super::pair::{ChangedSentence, Counts, changed_sentences, counts, judged, points};
use super::{Comparison, Difference};
use crate::report::html::figure::{Figure, Share};
use crate::report::html::{PROGRAM, PageSettings};
use crate::report::of;

const STYLE: &str = concat!(
    include_str!("../html/common.css"),
    include_str!("../html/page.css"),
    include_str!("../html/compare.css")
);

#[derive(Template)]
#[template(path = "compare.html")]
struct Page<'c> {
    program: &'c str,
    style: &'c str,
    c: &'c Comparison,
    settings: &'c PageSettings,
    focus: &'c str,
    rows: Vec<ClassRow>,
    pairs: Vec<PairView<'c>>,
    only_before: usize,
    only_after: usize,
    model: String,
}

struct ClassRow {
    class: usize,
    name: String,
    before: Share,
    after: Share,
    figure: Figure,
    change: String,
    between: String,
}

/// Two versions of a document.
struct PairView<'c> {
    name: &'c str,
    dominant: [(usize, &'c str); 2],
    before: Share,
    after: Share,
    figure: Figure,
    change: String,
    counts: Counts,
    sentences: Vec<SentenceView>,
}

struct SentenceView {
    kind: &'static str,
    before: String,
    after: String,
    was: Option<(usize, String)>,
    is: Option<(usize, String)>,
    rise: String,
    words: Vec<(&'static str, String)>,
}

/// Writes the page.
///
/// # Errors
/// Those of `out`.
pub fn write_comparison_page(
    comparison: &Comparison,
    settings: &PageSettings,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let classes = settings.names();
    let focus = classes.last().copied().unwrap_or("");
    let (before, after) = (&comparison.before.documents, &comparison.after.documents);
    let model = before.first().or(after.first());
    let page = Page {
        program: PROGRAM,
        style: STYLE,
        c: comparison,
        settings,
        focus,
        rows: classes
            .iter()
            .enumerate()
            .map(|(class, name)| class_row(class, name, &comparison.difference(name)))
            .collect(),
        pairs: comparison
            .pairs
            .iter()
            .map(|&pair| pair_view(comparison, pair, &classes))
            .collect(),
        only_before: before.len() - comparison.pairs.len(),
        only_after: after.len() - comparison.pairs.len(),
        model: model.map_or_else(String::new, |p| {
            format!(
                "{} {}, SHA-256 {}",
                p.model.name, p.model.version, p.model.sha256
            )
        }),
    };
    page.write_into(out).map_err(io::Error::other)
}

fn class_row(class: usize, name: &str, d: &Difference) -> ClassRow {
    let share = |share, interval, hollow| Share {
        class,
        share,
        interval,
        hollow,
    };
    let before = share(d.before, d.before_interval, true);
    let after = share(d.after, d.after_interval, false);
    ClassRow {
        class,
        name: name.to_owned(),
        before,
        after,
        figure: Figure::of(&[before, after]),
        change: points(d.difference()),
        between: d
            .interval
            .map_or_else(String::new, |ends| ends.map(points).join(" to ")),
    }
}

fn pair_view<'c>(c: &'c Comparison, (i, j): (usize, usize), classes: &[&str]) -> PairView<'c> {
    let (old, new) = (&c.before.documents[i], &c.after.documents[j]);
    let class = classes.len().saturating_sub(1);
    let focus = classes.last().copied().unwrap_or("");
    let place = |name: &str| classes.iter().position(|c| *c == name).unwrap_or(0);
    let share = |p: &crate::profile::DocumentProfile, hollow| Share {
        class,
        share: of(&p.profile.share, focus),
        interval: p
            .profile
            .share_interval
            .get(focus)
            .copied()
            .unwrap_or([0.0, 1.0]),
        hollow,
    };
    let (before, after) = (share(old, true), share(new, false));
    let changed = changed_sentences(old, new, focus);
    PairView {
        name: c.before.name_below(i),
        dominant: [old, new].map(|p| (place(&p.profile.dominant), p.profile.dominant.as_str())),
        before,
        after,
        figure: Figure::of(&[before, after]),
        change: points(after.share - before.share),
        counts: counts(&changed),
        sentences: changed.iter().map(|s| sentence_view(s, &place)).collect(),
    }
}

fn sentence_view(s: &ChangedSentence<'_>, place: &impl Fn(&str) -> usize) -> SentenceView {
    let number = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
    let words = s.words().into_iter().map(|(kind, run)| {
        let tag = match kind {
            Word::Kept => "span",
            Word::Removed => "del",
            Word::Added => "ins",
        };
        (tag, run)
    });
    SentenceView {
        kind: s.kind(),
        before: number(s.before.map(|b| b.0)),
        after: number(s.after.map(|a| a.0)),
        was: s.before.map(|(_, s)| (place(&s.label), judged(s))),
        is: s.after.map(|(_, s)| (place(&s.label), judged(s))),
        rise: if s.edited {
            points(s.rise)
        } else {
            String::new()
        },
        words: words.collect(),
    }
}
