//! JSON and JSON lines: plain objects, and what doccano and Label Studio export.
//!
//! doccano writes a line a text, `{"text": …, "label": ["neutral"]}`, in newer versions with
//! `"label": "neutral"` or spans in place of names (which are refused). Label Studio's JSON has
//! a task a text, `{"data": {"text": …}, "annotations": [{"completed_by": …, "result": […]}]}`:
//! one row for each annotation. Its JSON-MIN is plain objects with `annotator`.

use std::path::Path;

use serde_json::{Map, Value};

use super::raw::{RawRecord, RawTable};
use crate::{Error, ErrorKind, Result};

/// Reads the objects of a JSON array or of JSON lines.
///
/// # Errors
/// [`ErrorKind::BadRecord`] for what is not JSON or not an object.
pub(super) fn parse(path: &Path, text: &str) -> Result<RawTable> {
    let mut table = RawTable::default();
    for (number, line, object) in objects(path, text)? {
        for row in rows_of(object) {
            table.push(number, line, row);
        }
    }
    let width = table.header.len();
    table
        .records
        .iter_mut()
        .for_each(|r| r.fields.resize(width, String::new()));
    Ok(table)
}

type Object = Map<String, Value>;

fn objects(path: &Path, text: &str) -> Result<Vec<(u64, u64, Object)>> {
    let bad = |record, found: String| {
        Error::from(ErrorKind::BadRecord {
            path: path.to_owned(),
            record,
            found,
            expected: "a JSON object".to_owned(),
        })
    };
    if text.trim_start().starts_with('[') {
        let values: Vec<Value> =
            serde_json::from_str(text).map_err(|e| bad(0, format!("not JSON ({e})")))?;
        let objects = values.into_iter().zip(1..).map(|(value, n)| match value {
            Value::Object(object) => Ok((n, 0, object)),
            other => Err(bad(n, kind(&other).to_owned())),
        });
        return objects.collect();
    }
    let lines = text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty());
    let objects = lines.zip(1..).map(|((line, at), n)| {
        let value = serde_json::from_str(line).map_err(|e| bad(n, format!("not JSON ({e})")))?;
        match value {
            Value::Object(object) => Ok((n, at, object)),
            other => Err(bad(n, kind(&other).to_owned())),
        }
    });
    objects.collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The rows of one object: one, or one for each annotation of a Label Studio task.
fn rows_of(mut object: Object) -> Vec<Vec<(String, String)>> {
    let annotations = match object
        .remove("annotations")
        .or(object.remove("completions"))
    {
        Some(Value::Array(annotations)) => annotations,
        _ => return vec![plain(object)],
    };
    let mut shared = match object.remove("data") {
        Some(Value::Object(data)) => plain(data),
        _ => Vec::new(),
    };
    if let Some(id) = object.remove("id") {
        shared.retain(|(name, _)| name != "id");
        shared.push(("id".to_owned(), written(&id)));
    }
    let given = annotations
        .iter()
        .filter(|a| a["was_cancelled"] != Value::Bool(true));
    given
        .map(|annotation| {
            let mut row = shared.clone();
            row.push((
                "annotator".to_owned(),
                annotator(&annotation["completed_by"]),
            ));
            row.push(("label".to_owned(), choices(&annotation["result"])));
            row
        })
        .collect()
}

fn annotator(completed_by: &Value) -> String {
    match completed_by {
        Value::Object(who) => {
            let name = who.get("email").or(who.get("username")).or(who.get("id"));
            name.map(written).unwrap_or_default()
        }
        other => written(other),
    }
}

/// The choices of one annotation, joined by `|`: a row takes one label, so two are reported.
fn choices(result: &Value) -> String {
    let results = result.as_array().into_iter().flatten();
    let choices = results
        .filter_map(|r| r["value"]["choices"].as_array())
        .flatten();
    choices.map(written).collect::<Vec<_>>().join("|")
}

fn plain(object: Object) -> Vec<(String, String)> {
    object
        .into_iter()
        .map(|(name, value)| (name, written(&value)))
        .collect()
}

/// A value as a field; an array of one is its element.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.iter().all(|v| v.is_string() || v.is_number()) => {
            values.iter().map(written).collect::<Vec<_>>().join("|")
        }
        other => other.to_string(),
    }
}

impl RawTable {
    fn push(&mut self, number: u64, line: u64, row: Vec<(String, String)>) {
        let mut fields = vec![String::new(); self.header.len()];
        for (name, value) in row {
            match self.header.iter().position(|h| *h == name) {
                Some(at) => fields[at] = value,
                None => {
                    self.header.push(name);
                    fields.push(value);
                }
            }
        }
        self.records.push(RawRecord {
            number,
            line,
            fields,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(String, String, String)> {
        let table = parse(Path::new("x.json"), text).expect("a table");
        let at = |name: &str| table.header.iter().position(|h| h == name);
        let field =
            |r: &RawRecord, name| at(name).map_or_else(String::new, |i| r.fields[i].clone());
        let rows = table.records.iter();
        rows.map(|r| (field(r, "text"), field(r, "label"), field(r, "annotator")))
            .collect()
    }

    fn row(text: &str, label: &str, annotator: &str) -> (String, String, String) {
        (text.to_owned(), label.to_owned(), annotator.to_owned())
    }

    #[test]
    fn doccano_lines_are_read() {
        let text = "{\"id\": 1, \"text\": \"Rain fell.\", \"label\": [\"neutral\"]}\n\n\
                    {\"id\": 2, \"text\": \"Shame!\", \"label\": [\"polemical\", \"neutral\"]}\n";
        let found = cells(text);
        assert_eq!(
            found,
            [
                row("Rain fell.", "neutral", ""),
                row("Shame!", "polemical|neutral", "")
            ]
        );
    }

    #[test]
    fn label_studio_tasks_give_a_row_for_each_annotation() {
        let text = r#"[{"id": 7, "data": {"text": "Rain fell."}, "annotations": [
            {"completed_by": 3, "was_cancelled": false,
             "result": [{"type": "choices", "value": {"choices": ["neutral"]}}]},
            {"completed_by": {"id": 4, "email": "b@example.org"},
             "result": [{"type": "choices", "value": {"choices": ["academic"]}}]},
            {"completed_by": 5, "was_cancelled": true, "result": []}]}]"#;
        let found = cells(text);
        assert_eq!(
            found,
            [
                row("Rain fell.", "neutral", "3"),
                row("Rain fell.", "academic", "b@example.org")
            ]
        );
    }

    #[test]
    fn what_is_not_an_object_is_named() {
        let message = |text| {
            parse(Path::new("x.json"), text)
                .expect_err("refused")
                .to_string()
        };
        assert_eq!(
            message("{\"a\": 1}\n3\n"),
            "x.json: record 2: a number; expected a JSON object"
        );
        assert!(message("{\"a\": 1}\n{\n").starts_with("x.json: record 2: not JSON"));
    }
}
