//! The columns of the tables of documents and of sentences: the same for CSV and Parquet.

use super::of;
use super::row::DocumentRow;
use crate::profile::{DocumentProfile, SentenceProfile};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Flag,
}

/// A named column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
}

impl Column {
    fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
        }
    }
}

/// One field of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Integer(u64),
    Number(f64),
    Flag(bool),
    Missing,
}

impl Value {
    fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(text.to_owned()))
    }

    fn count(n: usize) -> Self {
        Self::Integer(n as u64)
    }

    /// As CSV writes it: numbers with six decimals, nothing for what is missing.
    pub(super) fn field(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(n) => n.to_string(),
            Self::Number(number) => format!("{number:.6}"),
            Self::Flag(flag) => flag.to_string(),
            Self::Missing => String::new(),
        }
    }

    /// Back from a field that [`Value::field`] wrote.
    #[cfg(any(feature = "parquet", test))]
    pub(super) fn parsed(field: &str, kind: Kind) -> Self {
        let value = match kind {
            Kind::Text if field.is_empty() => None,
            Kind::Text => Some(Self::Text(field.to_owned())),
            Kind::Integer => field.parse().ok().map(Self::Integer),
            Kind::Number => field.parse().ok().map(Self::Number),
            Kind::Flag => field.parse().ok().map(Self::Flag),
        };
        value.unwrap_or(Self::Missing)
    }
}

/// The columns of the table of documents.
pub(super) fn document_columns(classes: &[String]) -> Vec<Column> {
    let (text, count, number) = (Kind::Text, Kind::Integer, Kind::Number);
    let mut columns: Vec<Column> = [
        ("id", text),
        ("title", text),
        ("language", text),
        ("words", count),
        ("sentences", count),
        ("dominant", text),
    ]
    .map(|(name, kind)| Column::new(name, kind))
    .into();
    columns.extend(by_class("share_", classes));
    for class in classes {
        columns.push(Column::new(format!("low_{class}"), number));
        columns.push(Column::new(format!("high_{class}"), number));
    }
    columns.extend(by_class("mean_probability_", classes));
    columns.push(Column::new("uncertain_share", number));
    columns.push(Column::new("author_sentences", count));
    columns.push(Column::new("quoted_sentences", count));
    columns.extend(by_class("quoted_share_", classes));
    columns.extend(["model", "model_sha256", "sha256"].map(|name| Column::new(name, text)));
    columns
}

/// The row of a document.
pub(super) fn document_values(row: &DocumentRow) -> Vec<Value> {
    let mut values = vec![
        Value::Text(row.id.clone()),
        Value::text(row.title.as_deref()),
        Value::text(row.language.as_deref()),
        Value::count(row.words),
        Value::count(row.sentences),
        Value::Text(row.dominant.clone()),
    ];
    values.extend(row.shares.iter().copied().map(Value::Number));
    values.extend(row.intervals.iter().flatten().copied().map(Value::Number));
    values.extend(row.means.iter().copied().map(Value::Number));
    values.push(Value::Number(row.uncertain_share));
    values.push(Value::count(row.author_sentences));
    values.push(Value::count(row.quoted_sentences));
    values.extend(row.quoted_shares.iter().copied().map(Value::Number));
    values.push(Value::Text(format!(
        "{} {}",
        row.model.name, row.model.version
    )));
    values.push(Value::Text(row.model.sha256.clone()));
    values.push(Value::Text(row.sha256.clone()));
    values
}

/// The columns that the table of a batch has besides: the page, and one for each field of metadata.
pub(super) fn batch_columns(keys: &[String]) -> Vec<Column> {
    let metadata = keys.iter().map(|key| format!("metadata_{key}"));
    let names = std::iter::once("page".to_owned()).chain(metadata);
    names.map(|name| Column::new(name, Kind::Text)).collect()
}

/// The values of [`batch_columns`].
pub(super) fn batch_values(row: &DocumentRow, page: &str, keys: &[String]) -> Vec<Value> {
    let metadata = keys
        .iter()
        .map(|key| Value::text(row.metadata.get(key).map(String::as_str)));
    std::iter::once(Value::Text(page.to_owned()))
        .chain(metadata)
        .collect()
}

/// The columns of the table of sentences.
pub(super) fn sentence_columns(classes: &[String]) -> Vec<Column> {
    let (text, count) = (Kind::Text, Kind::Integer);
    let mut columns: Vec<Column> = [
        ("id", text),
        ("start", count),
        ("end", count),
        ("voice", text),
        ("speaker", text),
        ("label", text),
        ("uncertain", Kind::Flag),
    ]
    .map(|(name, kind)| Column::new(name, kind))
    .into();
    columns.extend(by_class("probability_", classes));
    columns.push(Column::new("text", text));
    columns
}

/// The row of a sentence of the document `id`.
pub(super) fn sentence_values(id: &str, s: &SentenceProfile, classes: &[String]) -> Vec<Value> {
    let mut values = vec![
        Value::Text(id.to_owned()),
        Value::count(s.start),
        Value::count(s.end),
        Value::Text(s.voice.clone()),
        Value::text(s.speaker.as_deref()),
        Value::Text(s.label.clone()),
        Value::Flag(s.uncertain),
    ];
    values.extend(
        classes
            .iter()
            .map(|class| Value::Number(of(&s.probability, class))),
    );
    values.push(Value::Text(s.text.clone()));
    values
}

/// The rows of all sentences of a document.
pub(super) fn all_sentence_values<'p>(
    p: &'p DocumentProfile,
    classes: &'p [String],
) -> impl Iterator<Item = Vec<Value>> + 'p {
    p.sentences
        .iter()
        .map(|s| sentence_values(&p.document.id, s, classes))
}

fn by_class(prefix: &str, classes: &[String]) -> Vec<Column> {
    let name = |class: &String| Column::new(format!("{prefix}{class}"), Kind::Number);
    classes.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_back_as_they_were() {
        let values = [
            (Value::Text("a, \"b\"".into()), Kind::Text),
            (Value::Missing, Kind::Text),
            (Value::Integer(7), Kind::Integer),
            (Value::Number(0.123_457), Kind::Number),
            (Value::Flag(true), Kind::Flag),
        ];
        for (value, kind) in values {
            assert_eq!(Value::parsed(&value.field(), kind), value);
        }
    }
}
