//! A document as its page shows it.

use askama::Template;

use super::about::{counted, grouped, metadata, model};
use super::figure::{Figure, Share};
use super::flow::{Part, flow};
use super::strip::Strip;
use super::{PROGRAM, PageSettings};
use crate::profile::{DocumentProfile, NameKind, Named};
use crate::report::{of, percent, title};

/// Speakers shown.
const MOST_SPEAKERS: usize = 15;
/// Names shown, of all kinds together.
const MOST_NAMES: usize = 20;

/// The page of a document, between head and foot.
#[derive(Template)]
#[template(path = "document.html")]
pub(super) struct DocumentView<'p> {
    /// Makes identifiers unique if there are several documents in a page.
    pub prefix: String,
    /// Address of the list of documents.
    pub index: Option<String>,
    settings: &'p PageSettings,
    p: &'p DocumentProfile,
    title: &'p str,
    size: String,
    metadata: Vec<(&'p str, &'p str)>,
    dominant: usize,
    probability: String,
    shares: Vec<ShareRow>,
    strip: Strip,
    parts: Vec<Part<'p>>,
    deciding: Vec<DecidingRow<'p>>,
    speakers: Vec<NameRow<'p>>,
    unnamed: usize,
    names: Vec<NameGroup<'p>>,
    focus: String,
    excluded: Vec<(String, usize)>,
    model: String,
    uncertain: String,
    program: &'static str,
}

/// A class in both voices.
struct ShareRow {
    class: usize,
    name: String,
    definition: String,
    author: Share,
    quoted: Option<Share>,
    figure: Figure,
}

/// A sentence that decides much.
struct DecidingRow<'p> {
    number: usize,
    class: usize,
    quoted: bool,
    text: &'p str,
    effect: String,
    terms: String,
}

/// A name with the sentences that go with it.
struct NameRow<'p> {
    name: &'p str,
    sentences: usize,
    share: Share,
    figure: Figure,
}

/// The names of one kind.
struct NameGroup<'p> {
    heading: &'static str,
    rows: Vec<NameRow<'p>>,
}

impl<'p> DocumentView<'p> {
    pub(super) fn new(p: &'p DocumentProfile, settings: &'p PageSettings) -> Self {
        let classes = settings.names();
        let focus = classes.len().saturating_sub(1);
        let dominant = classes.iter().position(|c| *c == p.profile.dominant);
        let named: usize = p.voice.speakers.iter().map(|s| s.sentences).sum();
        Self {
            prefix: String::new(),
            index: None,
            settings,
            p,
            title: title(p),
            size: size(p),
            metadata: metadata(&p.document),
            dominant: dominant.unwrap_or(0),
            probability: format!(
                "{:.2}",
                of(&p.profile.stance_probability, &p.profile.dominant)
            ),
            shares: share_rows(p, settings),
            strip: Strip::new(p, &classes),
            parts: flow(p, &classes),
            deciding: deciding(p, &classes),
            speakers: name_rows(p.voice.speakers.iter().take(MOST_SPEAKERS), &classes, focus),
            unnamed: p.voice.quoted.counted().saturating_sub(named),
            names: name_groups(&p.named, &classes, focus),
            focus: classes.last().map_or_else(String::new, |c| (*c).to_owned()),
            excluded: excluded(p),
            model: model(&p.model),
            uncertain: percent(p.profile.uncertain_share),
            program: PROGRAM,
        }
    }

    /// Are the shares of what the author says, and not of what is quoted because there is nothing else?
    fn of_author(&self) -> bool {
        self.p.voice.author.counted() > 0
    }

    /// Does the author say something, and somebody else too?
    fn has_both(&self) -> bool {
        has_both(self.p)
    }
}

fn has_both(p: &DocumentProfile) -> bool {
    p.voice.author.counted() > 0 && p.voice.quoted.counted() > 0
}

fn size(p: &DocumentProfile) -> String {
    let quoted = p.voice.quoted.sentences;
    let words = grouped(p.document.words);
    let sentences = counted(p.document.sentences, "sentence");
    format!("{words} words, {sentences}, {quoted} of them quoted")
}

fn share_rows(p: &DocumentProfile, settings: &PageSettings) -> Vec<ShareRow> {
    let (both, of_author) = (has_both(p), p.voice.author.counted() > 0);
    let row = |(class, (name, definition)): (usize, &(String, String))| {
        let author = Share {
            class,
            share: of(&p.profile.share, name),
            interval: interval(&p.profile.share_interval, name),
            hollow: !of_author,
        };
        let quoted = both.then(|| Share {
            class,
            share: of(&p.voice.quoted.share, name),
            interval: interval(&p.voice.quoted.share_interval, name),
            hollow: true,
        });
        let shown: Vec<Share> = [Some(author), quoted].into_iter().flatten().collect();
        ShareRow {
            class,
            name: name.clone(),
            definition: definition.clone(),
            author,
            quoted,
            figure: Figure::of(&shown),
        }
    };
    settings.classes.iter().enumerate().map(row).collect()
}

fn interval(intervals: &std::collections::BTreeMap<String, [f64; 2]>, name: &str) -> [f64; 2] {
    intervals.get(name).copied().unwrap_or([0.0, 1.0])
}

fn deciding<'p>(p: &'p DocumentProfile, classes: &[&str]) -> Vec<DecidingRow<'p>> {
    let row = |d: &crate::profile::Deciding| {
        let s = p.sentences.get(d.sentence)?;
        let authors = s.parts.iter().find(|part| part.voice == "author");
        let (label, terms) = authors.map_or_else(
            || (&s.label, s.strongest_terms(&p.profile.dominant)),
            |part| (&part.label, part.strongest_terms(&p.profile.dominant)),
        );
        let terms: Vec<String> = terms
            .iter()
            .take(4)
            .map(|t| format!("{} {:+.2}", t.term, t.weight))
            .collect();
        Some(DecidingRow {
            number: d.sentence + 1,
            class: classes.iter().position(|c| c == label).unwrap_or(0),
            quoted: s.is_quoted(),
            text: &s.text,
            effect: format!("{:+.3}", d.effect),
            terms: terms.join(" · "),
        })
    };
    p.profile.deciding.iter().filter_map(row).collect()
}

/// The most frequent names by kind; kinds without a name are left out.
fn name_groups<'p>(named: &'p [Named], classes: &[&str], class: usize) -> Vec<NameGroup<'p>> {
    let shown = &named[..named.len().min(MOST_NAMES)];
    let group = |kind: NameKind| {
        let of_kind = move |n: &&Named| n.kind.unwrap_or(NameKind::Other) == kind;
        NameGroup {
            heading: kind.plural(),
            rows: name_rows(shown.iter().filter(of_kind), classes, class),
        }
    };
    let groups = NameKind::ALL.into_iter().map(group);
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn name_rows<'p>(
    named: impl Iterator<Item = &'p Named>,
    classes: &[&str],
    class: usize,
) -> Vec<NameRow<'p>> {
    let name_of_class = classes.get(class).copied().unwrap_or("");
    let row = |named: &'p Named| {
        let share = Share {
            class,
            share: of(&named.share, name_of_class),
            interval: interval(&named.share_interval, name_of_class),
            hollow: false,
        };
        NameRow {
            name: &named.name,
            sentences: named.sentences,
            share,
            figure: Figure::of(&[share]),
        }
    };
    named.map(row).collect()
}

/// The kinds of what was not scored, with the number of parts.
fn excluded(p: &DocumentProfile) -> Vec<(String, usize)> {
    let mut kinds: Vec<(String, usize)> = Vec::new();
    for part in &p.excluded {
        let kind = part.kind.replace('_', " ");
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds
}
