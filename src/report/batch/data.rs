//! The list of documents as the index page's script reads it: column by column, because 20,000
//! documents shall fit into a few megabytes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::store::Finished;

/// Characters kept of a title.
const MOST_TITLE: usize = 90;
/// Fields of metadata in the list; those that most documents have come first.
const MOST_FIELDS: usize = 6;

/// Shares are in thousandths.
#[derive(Serialize)]
pub(super) struct IndexData<'d> {
    classes: &'d [&'d str],
    /// What all ids begin with.
    prefix: &'d str,
    id: Vec<&'d str>,
    /// Empty: the document has none.
    title: Vec<String>,
    /// Without `.html`.
    page: Vec<&'d str>,
    dominant: Vec<usize>,
    share: Vec<Vec<u16>>,
    low: Vec<Vec<u16>>,
    high: Vec<Vec<u16>>,
    words: Vec<usize>,
    sentences: Vec<usize>,
    quoted: Vec<usize>,
    fields: Vec<Field<'d>>,
}

/// A field of the metadata: its different values, and for each document which it has, from 1; 0 for
/// none.
#[derive(Serialize)]
struct Field<'d> {
    name: &'d str,
    values: Vec<&'d str>,
    of: Vec<usize>,
}

impl<'d> IndexData<'d> {
    pub(super) fn new(documents: &'d [Finished], classes: &'d [&'d str]) -> Self {
        let rows = || documents.iter().map(|d| &d.row);
        let prefix = common_prefix(documents);
        let by_class = |of: &dyn Fn(&Finished, usize) -> f64| -> Vec<Vec<u16>> {
            let column = |class| {
                documents
                    .iter()
                    .map(|d| thousandths(of(d, class)))
                    .collect()
            };
            (0..classes.len()).map(column).collect()
        };
        Self {
            classes,
            prefix,
            id: rows().map(|r| &r.id[prefix.len()..]).collect(),
            title: rows()
                .map(|r| cut(r.title.as_deref().unwrap_or("")))
                .collect(),
            page: documents
                .iter()
                .map(|d| d.page.trim_end_matches(".html"))
                .collect(),
            dominant: rows()
                .map(|r| classes.iter().position(|c| *c == r.dominant).unwrap_or(0))
                .collect(),
            share: by_class(&|d, class| d.row.shares[class]),
            low: by_class(&|d, class| d.row.intervals[class][0]),
            high: by_class(&|d, class| d.row.intervals[class][1]),
            words: rows().map(|r| r.words).collect(),
            sentences: rows().map(|r| r.sentences).collect(),
            quoted: rows().map(|r| r.quoted_sentences).collect(),
            fields: fields(documents),
        }
    }

    /// As JSON that may stand in a page: no `<` can end the element that it is in.
    pub(super) fn to_json(&self) -> serde_json::Result<String> {
        let json = serde_json::to_string(self)?;
        Ok(json
            .replace('<', "\\u003c")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029"))
    }
}

fn thousandths(share: f64) -> u16 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as u16
}

fn cut(title: &str) -> String {
    match title.char_indices().nth(MOST_TITLE) {
        Some((at, _)) => format!("{}…", title[..at].trim_end()),
        None => title.to_owned(),
    }
}

/// The folders that all ids begin with.
fn common_prefix(documents: &[Finished]) -> &str {
    let mut ids = documents.iter().map(|d| d.row.id.as_str());
    let Some(first) = ids.next() else { return "" };
    let folder = |id: &str| id.rfind('/').map_or(0, |at| at + 1);
    let mut length = folder(first);
    for id in ids {
        while !id.starts_with(&first[..length]) {
            length = folder(first[..length].trim_end_matches('/'));
        }
    }
    &first[..length]
}

fn fields(documents: &[Finished]) -> Vec<Field<'_>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for key in documents.iter().flat_map(|d| d.row.metadata.keys()) {
        *counts.entry(key).or_default() += 1;
    }
    let mut keys: Vec<(&str, usize)> = counts.into_iter().collect();
    keys.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    keys.truncate(MOST_FIELDS);
    keys.into_iter()
        .map(|(name, _)| field(name, documents))
        .collect()
}

fn field<'d>(name: &'d str, documents: &'d [Finished]) -> Field<'d> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut values = Vec::new();
    let of = documents
        .iter()
        .map(|document| match document.row.metadata.get(name) {
            None => 0,
            Some(value) => *places.entry(value).or_insert_with(|| {
                values.push(value.as_str());
                values.len()
            }),
        })
        .collect();
    Field { name, values, of }
}
