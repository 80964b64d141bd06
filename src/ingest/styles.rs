//! What the paragraph styles of word processors say a paragraph is.

use std::collections::BTreeMap;

use super::document::BlockKind;
use super::draft::Role;
use super::excluded::ExcludedKind;

/// Longest chain of styles that is followed.
const LONGEST_CHAIN: usize = 12;

/// Styles by identifier.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// A style: what it is called, and which one it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) name: String,
    pub(super) parent: Option<String>,
}

impl Styles {
    pub(super) fn add(&mut self, id: &str, style: Style) {
        self.0.entry(id.to_owned()).or_insert(style);
    }

    /// The role that a style, or one it is based on, gives to a paragraph.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        let mut id = id;
        for _ in 0..LONGEST_CHAIN {
            let style = self.0.get(id);
            let name = style.map_or(id, |style| style.name.as_str());
            if let Some(role) = role_of(name) {
                return Some(role);
            }
            id = style?.parent.as_deref()?;
        }
        None
    }
}

/// The role that the English name of a built-in style of Word, LibreOffice or pandoc gives.
fn role_of(name: &str) -> Option<Role> {
    let name = name.replace("_20_", " ").to_lowercase();
    let begins = |openings: &[&str]| openings.iter().any(|opening| name.starts_with(opening));
    Some(match name.as_str() {
        "title" => Role::Prose(BlockKind::Title),
        "subtitle" => Role::Prose(BlockKind::Heading),
        "quote" | "intense quote" | "quotations" | "block text" | "block quotation" => {
            Role::Prose(BlockKind::Quotation)
        }
        "abstract title" => Role::Out(ExcludedKind::Label),
        "author" | "date" | "byline" => Role::Out(ExcludedKind::AuthorBlock),
        "header" | "footer" => Role::Out(ExcludedKind::RunningHead),
        _ if begins(&["heading"]) => Role::Prose(BlockKind::Heading),
        _ if begins(&["list "]) => Role::Prose(BlockKind::ListItem),
        _ if begins(&["footnote", "endnote"]) => Role::Out(ExcludedKind::Footnote),
        _ if begins(&["bibliography", "references"]) => Role::Out(ExcludedKind::ReferenceList),
        _ if begins(&[
            "source code",
            "preformatted",
            "html preformatted",
            "macro text",
        ]) =>
        {
            Role::Out(ExcludedKind::Code)
        }
        _ if begins(&["toc ", "contents", "table of figures", "index "]) => {
            Role::Out(ExcludedKind::Boilerplate)
        }
        _ if begins(&["caption", "illustration"])
            || name.ends_with(" caption")
            || name == "figure" =>
        {
            Role::Out(ExcludedKind::Caption)
        }
        _ => return None,
    })
}
