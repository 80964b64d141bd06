//! Web pages: the article is prose, what stands around it is left out.
//!
//! Which part of a page is the article is decided by a port of Mozilla's Readability. The blocks
//! themselves are taken from the page, in its order, so that what is left out can be listed.

mod blocks;
mod nesting;
mod tree;
mod xhtml;

use std::collections::HashSet;

use legible::{Article, Options};

use self::blocks::{Found, blocks};
use self::tree::Node;
use super::document::BlockKind;
use super::draft::{Draft, Role, on_one_line};
use super::excluded::ExcludedKind;
use super::guard::guarded;

/// Pages with more elements are taken as a whole: finding the article would take too long.
const MOST_ELEMENTS: usize = 30_000;
/// Blocks that are shorter, in bytes, count as part of the article only if they are a block of it.
const LONG_BLOCK: usize = 40;

/// Why a page cannot be read.
#[derive(Debug)]
pub(super) struct Endless;

impl Endless {
    /// What the page is.
    pub(super) const FOUND: &str = "a web page of elements without end";
}

/// Reads a page.
///
/// # Errors
/// [`Endless`] if its elements are nested deeper than any that somebody wrote.
pub(super) fn draft(text: &str) -> Result<Draft, Endless> {
    if nesting::is_endless(text) {
        return Err(Endless);
    }
    let text = &*xhtml::as_html(text);
    let page = Node::of_page(text);
    let article = guarded(|| article(text)).ok().flatten();
    let mut draft = Draft::default();
    if let Some(article) = &article {
        describe(article, &mut draft);
    }
    describe_by_tags(&page, &mut draft);
    let mut found = blocks(&page);
    mark_title(&mut found, draft.title.as_deref());
    if let Some(article) = &article {
        keep_article(&mut found, article);
    }
    for Found { role, words, .. } in &found {
        draft.put(*role, words);
    }
    Ok(draft)
}

/// Adds a chapter of a book to `draft`: all of it is text.
///
/// # Errors
/// As [`draft`].
pub(super) fn chapter(text: &str, draft: &mut Draft) -> Result<(), Endless> {
    if nesting::is_endless(text) {
        return Err(Endless);
    }
    for Found { role, words, level } in blocks(&Node::of_page(&xhtml::as_html(text))) {
        let first = level == 1 && draft.has_no_prose();
        let title = Role::Prose(BlockKind::Title);
        draft.put(if first { title } else { role }, &words);
    }
    Ok(())
}

fn article(text: &str) -> Option<Article> {
    let options = Options {
        max_elems_to_parse: MOST_ELEMENTS,
        char_threshold: 200,
        ..Options::default()
    };
    legible::parse(text, None, Some(options)).ok()
}

fn describe(article: &Article, draft: &mut Draft) {
    draft.titled(&article.title);
    let fields = [
        ("author", &article.byline),
        ("date", &article.published_time),
        ("outlet", &article.site_name),
    ];
    for (name, value) in fields {
        let value = value.as_deref().unwrap_or("");
        let value = value
            .trim()
            .trim_start_matches("By ")
            .trim_start_matches("by ");
        draft.field(name, value);
    }
}

/// What the tags of the page say that Readability does not look for.
fn describe_by_tags(page: &Node, draft: &mut Draft) {
    for node in page.all() {
        let value = |name: &str| node.attribute(name).unwrap_or_default();
        match node.name() {
            "meta" => {
                let name = value("name") + &value("property");
                let field = match name.to_ascii_lowercase().as_str() {
                    "author" | "dc.creator" | "dcterms.creator" | "citation_author" => "author",
                    "date"
                    | "dc.date"
                    | "dcterms.date"
                    | "citation_publication_date"
                    | "pubdate" => "date",
                    "og:site_name" => "outlet",
                    _ => continue,
                };
                draft.field(field, &value("content"));
            }
            "time" => draft.field("date", &value("datetime")),
            "link" if value("rel") == "canonical" => draft.field("url", &value("href")),
            "title" => draft.titled(&node.text()),
            _ => {}
        }
    }
}

/// The heading that says what the page's title says is the title of the text.
fn mark_title(found: &mut [Found], title: Option<&str>) {
    let is_heading = |one: &Found| one.role == Role::Prose(BlockKind::Heading);
    let first = found.iter().position(is_heading);
    let same = found
        .iter()
        .position(|one| is_heading(one) && Some(one.words.as_str()) == title);
    let only = first.filter(|at| found[*at].level == 1);
    if let Some(at) = same.or(only) {
        found[at].role = Role::Prose(BlockKind::Title);
    }
}

/// Leaves out what does not belong to the article.
fn keep_article(found: &mut [Found], article: &Article) {
    let own = blocks(&Node::of_piece(&article.content));
    let lines: HashSet<&str> = own.iter().map(|one| one.words.as_str()).collect();
    let whole = on_one_line(&article.text_content);
    let within = |one: &Found| {
        let title = one.role == Role::Prose(BlockKind::Title);
        title
            || lines.contains(&*one.words)
            || (one.words.len() > LONG_BLOCK && whole.contains(&*one.words))
    };
    let prose = |one: &&mut Found| matches!(one.role, Role::Prose(_));
    let kept: Vec<bool> = found.iter().map(within).collect();
    let length = |keep: bool| -> usize {
        let each = found.iter().zip(&kept).filter(|(_, kept)| **kept == keep);
        each.map(|(one, _)| one.words.len()).sum()
    };
    // An article that cannot be found again in the page was no article.
    if length(true) * 2 < whole.len() {
        return;
    }
    for (one, _) in found
        .iter_mut()
        .zip(&kept)
        .filter(|(one, kept)| prose(one) && !**kept)
    {
        one.role = Role::Out(ExcludedKind::Boilerplate);
    }
}

#[cfg(test)]
mod tests;
