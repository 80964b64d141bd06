//! What a reader takes out of a file, before its furniture is set apart.

use std::collections::BTreeMap;

use super::document::{Block, BlockKind, Part};
use super::excluded::ExcludedKind;

/// A text with its parts and what else is known of it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) text: String,
    pub(super) parts: Vec<Part>,
    /// The paragraph under way.
    open: Option<(Role, String)>,
}

/// What a paragraph of a file is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Prose(BlockKind),
    Out(ExcludedKind),
}

impl Draft {
    /// A text that is read as it stands.
    pub(super) fn of_text(text: String, parts: Vec<Part>) -> Self {
        Self {
            text,
            parts,
            ..Self::default()
        }
    }

    /// Keeps a field of metadata, unless it is empty or known already.
    pub(super) fn field(&mut self, name: &str, value: &str) {
        let value = on_one_line(value);
        if !value.is_empty() && !self.metadata.contains_key(name) {
            self.metadata.insert(name.to_owned(), value);
        }
    }

    /// Keeps the title, unless it is empty or known already.
    pub(super) fn titled(&mut self, title: &str) {
        let title = on_one_line(title);
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(title);
        }
    }

    /// Ends the paragraph under way and begins another.
    pub(super) fn begin(&mut self, role: Role) {
        self.close();
        self.open = Some((role, String::new()));
    }

    /// Puts the title before the text, unless the text begins with it.
    pub(super) fn lead_with_title(&mut self) {
        let Some(title) = self.title.clone() else {
            return;
        };
        self.close();
        let text = std::mem::take(&mut self.text);
        let parts = std::mem::take(&mut self.parts);
        let first = parts.first().map_or(0..0, |part| part.span().clone());
        let led = on_one_line(&text[first]) == title;
        let kind = Role::Prose(BlockKind::Title);
        if !led {
            self.put(kind, &title);
        }
        for (i, part) in parts.into_iter().enumerate() {
            match part {
                Part::Block(_) if led && i == 0 => self.put(kind, &title),
                Part::Block(block) => self.put(Role::Prose(block.kind), block.prose_in(&text)),
                Part::Excluded(part, _) => self.put(Role::Out(part.kind), &text[part.span]),
            }
        }
    }

    /// Changes what the paragraph under way is.
    pub(super) fn turn_into(&mut self, role: Role) {
        if let Some((open, _)) = &mut self.open {
            *open = role;
        }
    }

    /// Adds words to the paragraph under way, or to a new one of that role.
    pub(super) fn words(&mut self, words: &str, role: Role) {
        let (_, text) = self.open.get_or_insert_with(|| (role, String::new()));
        text.push_str(words);
    }

    /// What the paragraph under way is.
    pub(super) fn role(&self) -> Option<Role> {
        self.open.as_ref().map(|(role, _)| *role)
    }

    /// True if a paragraph is under way.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// True if no prose has been kept so far.
    pub(super) fn has_no_prose(&self) -> bool {
        !self.parts.iter().any(|part| matches!(part, Part::Block(_)))
    }

    /// Ends the paragraph under way; without a letter or digit it is dropped.
    pub(super) fn close(&mut self) {
        if let Some((role, words)) = self.open.take() {
            self.put(role, &words);
        }
    }

    /// Adds a whole paragraph. Line ends stay in code and tables only.
    pub(super) fn put(&mut self, role: Role, words: &str) {
        self.close();
        if !words.contains(char::is_alphanumeric) {
            return;
        }
        let lines = matches!(role, Role::Out(ExcludedKind::Code | ExcludedKind::Table));
        let words = if lines {
            words.trim().to_owned()
        } else {
            on_one_line(words)
        };
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(&words);
        let span = start..self.text.len();
        self.parts.push(match role {
            Role::Prose(kind) => Part::Block(Block::plain(kind, span)),
            Role::Out(kind) => {
                let mut part = Part::Block(Block::plain(BlockKind::Paragraph, span));
                part.exclude(kind);
                part
            }
        });
    }
}

/// Words with one space between them.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_laid_out_with_a_blank_line_between() {
        let mut draft = Draft::default();
        let paragraph = Role::Prose(BlockKind::Paragraph);
        draft.put(Role::Prose(BlockKind::Title), " A\n plea ");
        draft.words("We must", paragraph);
        draft.words(" act.", paragraph);
        draft.put(Role::Out(ExcludedKind::Table), "a\tb\nc\td");
        draft.put(paragraph, " * ");
        assert_eq!(draft.text, "A plea\n\nWe must act.\n\na\tb\nc\td");
        let spans: Vec<_> = draft.parts.iter().map(|part| part.span().clone()).collect();
        assert_eq!(spans, [0..6, 8..20, 22..29]);
    }

    #[test]
    fn the_first_value_of_a_field_stays() {
        let mut draft = Draft::default();
        for value in [" ", "Ana\n Ruiz", "Jon"] {
            draft.field("author", value);
        }
        assert_eq!(draft.metadata["author"], "Ana Ruiz");
    }
}
