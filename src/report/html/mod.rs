//! Pages for people: one document with its text, self-contained.

pub(super) mod about;
mod document;
pub(super) mod figure;
mod flow;
mod sentence;
mod strip;
mod terms;

use std::io;

use askama::Template;

use super::{Report, title};
use crate::profile::DocumentProfile;
use document::DocumentView;

/// The program's version, as pages name it.
pub(super) const PROGRAM: &str = concat!("polemic ", env!("CARGO_PKG_VERSION"));
const STYLE: &str = concat!(include_str!("common.css"), include_str!("page.css"));
const SCRIPT: &str = include_str!("page.js");

/// Writes HTML: one page with all documents, each with its text; nothing is loaded from elsewhere.
#[derive(Debug)]
pub struct HtmlReport {
    settings: PageSettings,
    several: bool,
    written: usize,
}

/// What a page says of how it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSettings {
    /// Classes in scheme order, each with its definition (empty if nobody gave one).
    pub classes: Vec<(String, String)>,
    /// A sentence is uncertain if its two highest probabilities are closer than this.
    pub uncertain_margin: f64,
}

impl PageSettings {
    /// The names of the classes.
    pub(super) fn names(&self) -> Vec<&str> {
        self.classes.iter().map(|(name, _)| name.as_str()).collect()
    }
}

#[derive(Template)]
#[template(path = "head.html")]
struct Head<'a> {
    title: &'a str,
    program: &'a str,
    style: &'a str,
}

#[derive(Template)]
#[template(path = "foot.html")]
struct Foot<'a> {
    script: &'a str,
}

impl HtmlReport {
    /// A page; `several`: more than one document may come.
    #[must_use]
    pub fn new(settings: PageSettings, several: bool) -> Self {
        Self {
            settings,
            several,
            written: 0,
        }
    }
}

impl Report for HtmlReport {
    fn document(&mut self, profile: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if self.written == 0 {
            let title = if self.several {
                "Profiles"
            } else {
                title(profile)
            };
            write_head(title, out)?;
        }
        self.written += 1;
        let mut view = DocumentView::new(profile, &self.settings);
        if self.several {
            view.prefix = format!("d{}", self.written);
        }
        view.write_into(out).map_err(io::Error::other)
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.written == 0 {
            return Ok(());
        }
        Foot { script: SCRIPT }
            .write_into(out)
            .map_err(io::Error::other)
    }
}

fn write_head(title: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let head = Head {
        title,
        program: PROGRAM,
        style: STYLE,
    };
    head.write_into(out).map_err(io::Error::other)
}

/// Writes the page of one document of a batch; `index` is the relative address of the list.
///
/// # Errors
/// Those of `out`.
pub(super) fn write_page(
    profile: &DocumentProfile,
    settings: &PageSettings,
    index: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    write_head(title(profile), out)?;
    let mut view = DocumentView::new(profile, settings);
    view.index = Some(index.to_owned());
    view.write_into(out).map_err(io::Error::other)?;
    Foot { script: SCRIPT }
        .write_into(out)
        .map_err(io::Error::other)
}
