//! OpenDocument texts: paragraphs with their styles, lists, tables, notes.

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

/// Reads the members of an OpenDocument text.
pub(super) fn draft(path: &Path, package: &mut Package<'_>) -> Result<Draft> {
    let mut draft = Draft::default();
    if let Some(meta) = package.member("meta.xml")? {
        let known = fields(path, "meta.xml", &meta)?;
        let field = |name: &str| {
            known
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, v)| v.as_str())
        };
        draft.titled(field("title").unwrap_or(""));
        for (name, keys) in [
            ("author", ["initial-creator", "creator"]),
            ("date", ["creation-date", "date"]),
            ("keywords", ["keyword", "keyword"]),
        ] {
            for key in keys {
                draft.field(name, field(key).unwrap_or(""));
            }
        }
    }
    let mut styles = Styles::default();
    let content = package.needed("content.xml")?;
    read_styles(path, "content.xml", &content, &mut styles)?;
    if let Some(member) = package.member("styles.xml")? {
        read_styles(path, "styles.xml", &member, &mut styles)?;
    }
    let mut reader = Body {
        draft,
        styles: &styles,
        table: TableText::default(),
        notes: Vec::new(),
        note: None,
        forced: Vec::new(),
        lists: 0,
        depth: 0,
        skipping: 0,
    };
    walk(path, "content.xml", &content, |node| reader.node(&node))?;
    reader.end_paragraph();
    Ok(reader.draft)
}

fn read_styles(path: &Path, name: &str, bytes: &[u8], styles: &mut Styles) -> Result<()> {
    walk(path, name, bytes, |node| {
        if let Node::Open("style", attributes) = node {
            let id = attributes.get("name").unwrap_or("");
            let style = Style {
                name: attributes.get("display-name").unwrap_or(id).to_owned(),
                parent: attributes.get("parent-style-name").map(str::to_owned),
            };
            styles.add(id, style);
        }
    })
}

struct Body<'s> {
    draft: Draft,
    styles: &'s Styles,
    table: TableText,
    /// Notes met in the paragraph under way.
    notes: Vec<String>,
    note: Option<String>,
    /// Indexes and lists of references around the current place: how many elements are open in each.
    forced: Vec<(ExcludedKind, usize)>,
    lists: usize,
    depth: usize,
    /// Elements open inside, and with, one that is passed over.
    skipping: usize,
}

impl Body<'_> {
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
            Node::Open(name, attributes) => {
                self.depth += 1;
                self.open(name, attributes);
                // One that is passed over closes unseen.
                self.depth -= usize::from(self.skipping > 0);
            }
            Node::Close(name) => {
                self.close(name);
                self.depth = self.depth.saturating_sub(1);
            }
            Node::Text(words) => self.words(words),
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "annotation"
            | "tracked-changes"
            | "forms"
            | "note-citation"
            | "automatic-styles"
            | "index-title-template"
            | "sequence-decls"
            | "font-face-decls"
            | "desc" => self.skipping = 1,
            "table-of-content" | "alphabetical-index" | "table-index" | "illustration-index" => {
                self.forced.push((ExcludedKind::Boilerplate, self.depth));
            }
            "bibliography" => self.forced.push((ExcludedKind::ReferenceList, self.depth)),
            "list" => self.lists += 1,
            "table" => self.table.open(),
            "table-row" => self.table.row(),
            "table-cell" => self.table.cell(),
            "note" => self.note = Some(String::new()),
            "h" | "p" if self.note.is_none() && !self.table.is_open() => {
                let role = self.role(name, attributes.get("style-name").unwrap_or(""));
                self.draft.begin(role);
            }
            "h" | "p" | "s" | "tab" | "line-break" => self.words(" "),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        self.forced.retain(|(_, depth)| *depth < self.depth);
        match name {
            "list" => self.lists = self.lists.saturating_sub(1),
            "note" => self.notes.extend(self.note.take()),
            "h" | "p" if self.note.is_none() && !self.table.is_open() => self.end_paragraph(),
            "table" => {
                if let Some(words) = self.table.close() {
                    self.draft.put(Role::Out(ExcludedKind::Table), &words);
                }
            }
            _ => {}
        }
    }

    fn role(&self, element: &str, style: &str) -> Role {
        if let Some((kind, _)) = self.forced.last() {
            return Role::Out(*kind);
        }
        let styled = self.styles.role(style);
        match styled {
            Some(role @ Role::Prose(BlockKind::Title)) => role,
            Some(Role::Prose(BlockKind::Heading)) | None if element == "h" => {
                let first = self.draft.has_no_prose();
                Role::Prose(if first {
                    BlockKind::Title
                } else {
                    BlockKind::Heading
                })
            }
            None | Some(Role::Prose(BlockKind::ListItem)) if self.lists > 0 => {
                Role::Prose(BlockKind::ListItem)
            }
            Some(role) => role,
            None => PARAGRAPH,
        }
    }

    fn end_paragraph(&mut self) {
        self.draft.close();
        for note in std::mem::take(&mut self.notes) {
            self.draft.put(Role::Out(ExcludedKind::Footnote), &note);
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(note) = &mut self.note {
            note.push_str(words);
        } else if self.table.is_open() {
            self.table.words(words);
        } else if self.draft.is_open() {
            self.draft.words(words, PARAGRAPH);
        }
    }
}
