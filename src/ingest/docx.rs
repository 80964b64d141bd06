//! Word documents: paragraphs with their styles, lists, tables, notes.

use std::path::Path;

use super::document::BlockKind;
use super::draft::{Draft, Role};
use super::excluded::ExcludedKind;
use super::package::Package;
use super::styles::{Style, Styles};
use super::table_text::TableText;
use super::xml::{Attributes, Node, fields, walk};
use crate::Result;

const PARAGRAPH: Role = Role::Prose(BlockKind::Paragraph);

/// Reads the members of a Word document.
pub(super) fn draft(path: &Path, package: &mut Package<'_>) -> Result<Draft> {
    let mut draft = Draft::default();
    if let Some(core) = package.member("docProps/core.xml")? {
        for (name, value) in fields(path, "docProps/core.xml", &core)? {
            match name.as_str() {
                "title" => draft.titled(&value),
                "creator" => draft.field("author", &value),
                "created" => draft.field("date", &value),
                "keywords" => draft.field("keywords", &value),
                _ => {}
            }
        }
    }
    let mut styles = Styles::default();
    if let Some(member) = package.member("word/styles.xml")? {
        styles = read_styles(path, &member)?;
    }
    let body = package.needed("word/document.xml")?;
    let mut reader = Body::new(draft, &styles, PARAGRAPH);
    walk(path, "word/document.xml", &body, |node| reader.node(&node))?;
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = package.member(name)? {
            reader.draft.close();
            reader.usual = Role::Out(ExcludedKind::Footnote);
            walk(path, name, &notes, |node| reader.node(&node))?;
        }
    }
    reader.draft.close();
    Ok(reader.draft)
}

fn read_styles(path: &Path, bytes: &[u8]) -> Result<Styles> {
    let mut styles = Styles::default();
    let (mut id, mut style) = (String::new(), Style::default());
    walk(path, "word/styles.xml", bytes, |node| match node {
        Node::Open("style", attributes) => {
            attributes.get("styleId").unwrap_or("").clone_into(&mut id);
            style = Style::default();
        }
        Node::Open("name", attributes) => {
            attributes
                .get("val")
                .unwrap_or("")
                .clone_into(&mut style.name);
        }
        Node::Open("basedOn", attributes) => {
            style.parent = attributes.get("val").map(str::to_owned)
        }
        Node::Close("style") => styles.add(&id, std::mem::take(&mut style)),
        _ => {}
    })?;
    Ok(styles)
}

struct Body<'s> {
    draft: Draft,
    styles: &'s Styles,
    /// What a paragraph is that says nothing else.
    usual: Role,
    table: TableText,
    /// Elements open inside, and with, one that is passed over.
    skipping: usize,
    /// Inside the text of a run.
    in_text: bool,
}

impl<'s> Body<'s> {
    fn new(draft: Draft, styles: &'s Styles, usual: Role) -> Self {
        Self {
            draft,
            styles,
            usual,
            table: TableText::default(),
            skipping: 0,
            in_text: false,
        }
    }

    fn node(&mut self, node: &Node<'_>) {
        if self.skipping > 0 {
            match node {
                Node::Open(..) => self.skipping += 1,
                Node::Close(_) => self.skipping -= 1,
                Node::Text(_) => {}
            }
            return;
        }
        match node {
            Node::Open(name, attributes) => self.open(name, attributes),
            Node::Close("t") => self.in_text = false,
            Node::Close("p") if self.table.is_open() => self.table.words(" "),
            Node::Close("p") => self.draft.close(),
            Node::Close("tbl") => {
                if let Some(words) = self.table.close() {
                    self.draft.put(Role::Out(ExcludedKind::Table), &words);
                }
            }
            Node::Text(words) if self.in_text => self.words(words),
            _ => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            // Twice the same, deleted, or settings of a run.
            "Fallback" | "moveFrom" | "del" | "rPr" | "tabs" | "sectPr" | "tblPr" | "trPr"
            | "tcPr" => {
                self.skipping = 1;
            }
            "tbl" => self.table.open(),
            "tr" => self.table.row(),
            "tc" => self.table.cell(),
            "p" if !self.table.is_open() => self.draft.begin(self.usual),
            "pStyle" | "numPr" | "outlineLvl" if !self.table.is_open() => {
                self.property(name, attributes.get("val").unwrap_or(""));
            }
            "t" => self.in_text = true,
            "tab" | "br" | "cr" => self.words(" "),
            "noBreakHyphen" => self.words("-"),
            _ => {}
        }
    }

    /// What a property of a paragraph says of it.
    fn property(&mut self, name: &str, value: &str) {
        let role = match name {
            _ if self.usual != PARAGRAPH => return,
            "pStyle" => self.styles.role(value),
            "numPr" => Some(Role::Prose(BlockKind::ListItem)),
            // 9 is body text.
            _ => (value != "9").then_some(Role::Prose(BlockKind::Heading)),
        };
        match role {
            Some(Role::Prose(BlockKind::Heading)) if self.draft.has_no_prose() => {
                self.draft.turn_into(Role::Prose(BlockKind::Title));
            }
            // A heading or quotation that is numbered stays one.
            Some(Role::Prose(BlockKind::ListItem)) if self.draft.role() != Some(PARAGRAPH) => {}
            Some(role) => self.draft.turn_into(role),
            None => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.table.is_open() {
            self.table.words(words);
        } else {
            self.draft.words(words, self.usual);
        }
    }
}
