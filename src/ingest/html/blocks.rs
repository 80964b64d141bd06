//! The blocks of a page: every paragraph, heading, item, quotation, table and picture's caption.

use super::super::document::BlockKind;
use super::super::draft::{Role, on_one_line};
use super::super::excluded::ExcludedKind;
use super::super::table_text::TableText;
use super::tree::Node;

/// A block of a page.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub(super) role: Role,
    /// 1 to 6 for a heading, else 0.
    pub(super) level: u8,
    pub(super) words: String,
}

/// All blocks of a page or a piece of one, in order.
pub(super) fn blocks(root: &Node) -> Vec<Found> {
    let mut reader = Reader::default();
    let mut open = vec![(root.clone(), 0)];
    while let Some((node, next)) = open.last_mut() {
        match node.child(*next) {
            Some(child) => {
                *next += 1;
                if reader.open(&child) {
                    open.push((child, 0));
                }
            }
            None => {
                reader.close(node);
                open.pop();
            }
        }
    }
    reader.end();
    reader.found
}

const PARAGRAPH: Role = Role::Prose(BlockKind::Paragraph);

/// An element that says what the blocks in it are.
struct Around {
    element: Node,
    role: Role,
    level: u8,
}

#[derive(Default)]
struct Reader {
    found: Vec<Found>,
    words: String,
    /// What the elements around the current place make of a block, innermost last.
    around: Vec<Around>,
    table: TableText,
    /// Line breaks since the last word.
    breaks: usize,
}

impl Reader {
    /// Begins an element or takes a text; false if what is inside is passed over.
    fn open(&mut self, node: &Node) -> bool {
        if let Some(words) = node.own_text() {
            self.text(&words);
            return false;
        }
        let name = node.name();
        if is_silent(name) || is_hidden(node) || is_note_mark(node, name) {
            return false;
        }
        if self.table.is_open() {
            self.open_in_table(name);
            return true;
        }
        match name {
            "table" if !is_layout(node) => {
                self.end();
                self.table.open();
            }
            "br" => self.break_line(),
            "q" => self.words.push('“'),
            _ if is_block(name) => self.end(),
            _ => {}
        }
        if let Some((role, level)) = role_of(node, name) {
            self.end();
            let element = node.clone();
            self.around.push(Around {
                element,
                role,
                level,
            });
        }
        true
    }

    fn open_in_table(&mut self, name: &str) {
        match name {
            "table" => self.table.open(),
            "tr" => self.table.row(),
            "td" | "th" => self.table.cell(),
            _ => self.table.words(" "),
        }
    }

    fn close(&mut self, node: &Node) {
        let name = node.name();
        if self.table.is_open() {
            if name == "table"
                && let Some(words) = self.table.close()
            {
                self.put(Role::Out(ExcludedKind::Table), 0, words);
            }
            return;
        }
        match name {
            "q" => self.words.push('”'),
            _ if is_block(name) => self.end(),
            _ => {}
        }
        if self
            .around
            .last()
            .is_some_and(|around| around.element.is(node))
        {
            self.end();
            self.around.pop();
        }
    }

    fn text(&mut self, words: &str) {
        if self.table.is_open() {
            self.table.words(words);
        } else {
            if !words.trim().is_empty() {
                self.breaks = 0;
            }
            self.words.push_str(words);
        }
    }

    /// Two line breaks in a row end a paragraph.
    fn break_line(&mut self) {
        self.breaks += 1;
        self.words.push('\n');
        if self.breaks > 1 {
            self.end();
        }
    }

    /// Ends the block under way.
    fn end(&mut self) {
        self.breaks = 0;
        let words = std::mem::take(&mut self.words);
        let out = self
            .around
            .iter()
            .find(|around| matches!(around.role, Role::Out(_)));
        let quoted = |around: &&Around| around.role == Role::Prose(BlockKind::Quotation);
        let around = out
            .or_else(|| self.around.iter().find(quoted))
            .or_else(|| self.around.last());
        let (role, level) = around.map_or((PARAGRAPH, 0), |around| (around.role, around.level));
        self.put(role, level, words);
    }

    fn put(&mut self, role: Role, level: u8, words: String) {
        let code = matches!(role, Role::Out(ExcludedKind::Code | ExcludedKind::Table));
        let words = if code { words } else { on_one_line(&words) };
        if words.contains(char::is_alphanumeric) {
            self.found.push(Found { role, level, words });
        }
    }
}

/// Elements without text of the page.
fn is_silent(name: &str) -> bool {
    [
        "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object",
        "video", "audio", "canvas", "form", "button", "select", "input", "textarea", "dialog",
        "map",
    ]
    .contains(&name)
}

fn is_block(name: &str) -> bool {
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
    .contains(&name)
}

fn is_hidden(node: &Node) -> bool {
    let style = node
        .attribute("style")
        .map(|style| style.replace(' ', "").to_lowercase());
    node.attribute("hidden").is_some()
        || node
            .attribute("aria-hidden")
            .is_some_and(|value| value == "true")
        || style.is_some_and(|style| style.contains("display:none"))
}

/// A raised link to a note.
fn is_note_mark(node: &Node, name: &str) -> bool {
    let marked = |node: &Node| {
        let words = [
            node.attribute("class"),
            node.attribute("role"),
            node.attribute("epub:type"),
        ];
        words
            .iter()
            .flatten()
            .any(|words| words.contains("footnote-ref") || words.contains("noteref"))
    };
    let short = || node.text().trim().len() < 5;
    let digits = || {
        node.text()
            .trim()
            .trim_matches(['[', ']'])
            .bytes()
            .all(|b| b.is_ascii_digit())
    };
    match name {
        "a" => marked(node) && short(),
        "sup" => short() && (marked(node) || (digits() && !node.text().trim().is_empty())),
        _ => false,
    }
}

/// What an element makes of the blocks in it.
fn role_of(node: &Node, name: &str) -> Option<(Role, u8)> {
    let heading = |level| Some((Role::Prose(BlockKind::Heading), level));
    let out = |kind| Some((Role::Out(kind), 0));
    match name {
        "h1" => heading(1),
        "h2" => heading(2),
        "h3" => heading(3),
        "h4" | "h5" | "h6" => heading(4),
        "blockquote" => Some((Role::Prose(BlockKind::Quotation), 0)),
        "figcaption" | "caption" => out(ExcludedKind::Caption),
        "pre" => out(ExcludedKind::Code),
        "nav" => out(ExcludedKind::Boilerplate),
        _ => by_class(node)
            .map(|kind| (Role::Out(kind), 0))
            .or_else(|| (name == "li").then_some((Role::Prose(BlockKind::ListItem), 0))),
    }
}

/// What classes and roles that are in wide use say.
fn by_class(node: &Node) -> Option<ExcludedKind> {
    let mut words = String::new();
    for attribute in ["class", "role", "epub:type", "id"] {
        if let Some(value) = node.attribute(attribute) {
            words.push_str(&value.to_lowercase());
            words.push(' ');
        }
    }
    let has = |known: &[&str]| words.split_whitespace().any(|word| known.contains(&word));
    if words.is_empty() {
        None
    } else if has(&["titlepage", "copyright-page", "toc", "landmarks"]) {
        Some(ExcludedKind::Boilerplate)
    } else if has(&[
        "footnotes",
        "footnote",
        "doc-footnote",
        "doc-endnotes",
        "endnotes",
        "rearnote",
    ]) {
        Some(ExcludedKind::Footnote)
    } else if has(&[
        "references",
        "reflist",
        "bibliography",
        "doc-bibliography",
        "csl-bib-body",
    ]) {
        Some(ExcludedKind::ReferenceList)
    } else if has(&["byline", "author", "dateline"]) {
        Some(ExcludedKind::AuthorBlock)
    } else if has(&["wp-caption-text", "image-caption"]) {
        Some(ExcludedKind::Caption)
    } else {
        None
    }
}

/// A table that holds blocks of text, or one cell a row, only arranges the page.
fn is_layout(node: &Node) -> bool {
    let (mut rows, mut cells, mut blocks) = (0, 0, false);
    for below in node.all().skip(1).take(2000) {
        match below.name() {
            "tr" => rows += 1,
            "td" | "th" => cells += 1,
            "p" | "h1" | "h2" | "h3" | "ul" | "ol" | "blockquote" | "table" | "article" => {
                blocks = true
            }
            _ => {}
        }
    }
    blocks || cells <= rows
}
