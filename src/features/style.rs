//! The style channel: how often words of each style inventory occur.
//!
//! The inventories (hedges, boosters, reporting verbs, marks, …) are lists in `style.toml`, written
//! for this project after the standard ones of the field, which that file names.

use serde::{Deserialize, Serialize};

use super::analyzer::Word;
use crate::{Error, ErrorKind, Result};

/// Settings of the style channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Style {
    /// Length of the row of a text of one word in one inventory; above 0. Default 1.
    pub scale: f32,
}

impl Default for Style {
    fn default() -> Self {
        Self { scale: 1.0 }
    }
}

/// A style inventory: its name and the words in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
    /// Name in snake case.
    pub name: String,
    /// The published inventory that this one follows.
    pub source: String,
    /// Lower-case words separated by white space; one that ends in `*` stands for every word
    /// that begins so. A lone `*` stands for nothing.
    pub words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InventoryFile {
    category: Vec<Inventory>,
}

const ENGLISH: &str = include_str!("style.toml");

impl Style {
    /// # Errors
    /// [`ErrorKind::Setting`] if a setting is out of its range.
    pub fn check(&self) -> Result<()> {
        if self.scale > 0.0 && self.scale.is_finite() {
            return Ok(());
        }
        Err(Error::setting(
            "scale",
            self.scale,
            "a finite number above 0",
        ))
    }

    pub(super) fn fit(&self) -> Result<StyleChannel> {
        let file: InventoryFile = toml::from_str(ENGLISH).map_err(|source| {
            Error::from(ErrorKind::BadRecipe {
                path: "style.toml".into(),
                found: source.to_string(),
                expected: "style inventories".into(),
            })
        })?;
        Ok(StyleChannel::new(self.clone(), file.category))
    }
}

/// A fitted style channel: one column an inventory.
#[derive(Clone, Debug)]
pub struct StyleChannel {
    settings: Style,
    inventories: Vec<Inventory>,
    names: Vec<String>,
    /// (word, inventory), sorted.
    exact: Vec<(String, u32)>,
    /// (beginning, inventory), sorted.
    prefixes: Vec<(String, u32)>,
}

impl StyleChannel {
    pub(crate) fn new(settings: Style, inventories: Vec<Inventory>) -> Self {
        let (mut exact, mut prefixes) = (Vec::new(), Vec::new());
        for (inventory, column) in inventories.iter().zip(0..) {
            for entry in inventory.words.split_whitespace() {
                match entry.strip_suffix('*') {
                    Some(prefix) => prefixes.push((prefix.to_owned(), column)),
                    None => exact.push((entry.to_owned(), column)),
                }
            }
        }
        exact.sort_unstable();
        prefixes.sort_unstable();
        let names = inventories.iter().map(|i| i.name.clone()).collect();
        Self {
            settings,
            inventories,
            names,
            exact,
            prefixes,
        }
    }

    /// What it was fitted with.
    #[must_use]
    pub fn settings(&self) -> &Style {
        &self.settings
    }

    /// The inventories, one a column.
    #[must_use]
    pub fn inventories(&self) -> &[Inventory] {
        &self.inventories
    }

    /// The names of the inventories, one a column.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn push_features(&self, word: &Word, out: &mut Vec<(u32, f32)>) {
        let start = out.len();
        let form = &*word.surface;
        let first = self
            .exact
            .partition_point(|(entry, _)| entry.as_str() < form);
        let found = self.exact[first..]
            .iter()
            .take_while(|(entry, _)| entry == form);
        out.extend(found.map(|&(_, column)| (column, 1.0)));
        let initial = form.bytes().next();
        let first = self
            .prefixes
            .partition_point(|(prefix, _)| prefix.bytes().next() < initial);
        let beginnings = self.prefixes[first..]
            .iter()
            .take_while(|(prefix, _)| prefix.bytes().next() == initial)
            .filter(|(prefix, _)| form.starts_with(prefix));
        out.extend(beginnings.map(|&(_, column)| (column, 1.0)));
        out[start..].sort_by_key(|entry| entry.0);
        let mut last = None;
        let mut kept = start;
        for i in start..out.len() {
            if last != Some(out[i].0) {
                last = Some(out[i].0);
                out[kept] = out[i];
                kept += 1;
            }
        }
        out.truncate(kept);
    }
}
