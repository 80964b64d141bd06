//! Tables of texts that are still to be labelled.

use std::collections::BTreeMap;
use std::path::Path;

use super::raw::RawTable;
use crate::{Error, ErrorKind, Result};

/// One text to label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRow {
    /// One-based number of its record.
    pub record: u64,
    /// The sentence.
    pub text: String,
    /// What the row is called (the column `id`); its record number if not said.
    pub id: String,
    /// What it belongs to (`group` or `doc_id`), empty if not said.
    pub group: String,
    /// Every other column, by name.
    pub columns: BTreeMap<String, String>,
}

/// Reads the texts of a table; records without text are left out.
///
/// # Errors
/// [`ErrorKind::Io`], [`ErrorKind::UnsupportedFile`], [`ErrorKind::BadRecord`] for a ragged record, or
/// [`ErrorKind::MissingColumn`].
pub fn read_texts(path: &Path, text_column: Option<&str>) -> Result<Vec<TextRow>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, "read", e))?;
    let table = RawTable::parse(path, &bytes)?;
    let find = |names: &[&str]| {
        let mut names = names.iter();
        names.find_map(|name| {
            table
                .header
                .iter()
                .position(|h| h.eq_ignore_ascii_case(name))
        })
    };
    let text = match text_column {
        Some(name) => table.header.iter().position(|h| h == name),
        None => find(&["text", "sentence"]),
    };
    let text = text.ok_or_else(|| ErrorKind::MissingColumn {
        path: path.to_owned(),
        column: text_column.unwrap_or("text").to_owned(),
        found: table.header.clone(),
    })?;
    let (id, group) = (find(&["id"]), find(&["group", "doc_id", "document"]));
    let mut rows = Vec::new();
    for record in &table.records {
        if record.fields.len() != table.header.len() {
            return Err(ErrorKind::BadRecord {
                path: path.to_owned(),
                record: record.number,
                found: format!("{} fields", record.fields.len()),
                expected: table.header.len().to_string(),
            }
            .into());
        }
        let field = |at: Option<usize>| at.map_or("", |i| record.fields[i].trim()).to_owned();
        if field(Some(text)).is_empty() {
            continue;
        }
        let known = [Some(text), id, group];
        let others = table.header.iter().zip(&record.fields).enumerate();
        let others = others.filter(|(i, _)| !known.contains(&Some(*i)));
        let own = field(id);
        rows.push(TextRow {
            record: record.number,
            text: field(Some(text)),
            id: if own.is_empty() {
                record.number.to_string()
            } else {
                own
            },
            group: field(group),
            columns: others
                .map(|(_, (name, value))| (name.clone(), value.clone()))
                .collect(),
        });
    }
    Ok(rows)
}
