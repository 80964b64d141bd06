//! One row a document, or one row a sentence.

use std::io;

use super::Report;
use super::columns::{
    Column, Value, all_sentence_values, document_columns, document_values, sentence_columns,
};
use super::row::DocumentRow;
use crate::profile::DocumentProfile;

/// Writes a CSV table, one row a document; or one row a sentence.
#[derive(Debug)]
pub struct CsvReport {
    classes: Vec<String>,
    sentences: bool,
}

impl CsvReport {
    /// A table with columns for these classes; `sentences`: one row a sentence.
    #[must_use]
    pub fn new(classes: Vec<String>, sentences: bool) -> Self {
        Self { classes, sentences }
    }
}

impl Report for CsvReport {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.sentences {
            write_header(out, &sentence_columns(&self.classes))
        } else {
            write_header(out, &document_columns(&self.classes))
        }
    }

    fn document(&mut self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if self.sentences {
            write_rows(out, all_sentence_values(p, &self.classes))
        } else {
            let row = DocumentRow::new(p, &self.classes);
            write_rows(out, std::iter::once(document_values(&row)))
        }
    }
}

/// Writes the names of the columns.
pub(super) fn write_header(out: &mut dyn io::Write, columns: &[Column]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let names = columns.iter().map(|column| &column.name);
    writer.write_record(names).map_err(io::Error::other)?;
    writer.flush()
}

/// Writes rows.
pub(super) fn write_rows(
    out: &mut dyn io::Write,
    rows: impl Iterator<Item = Vec<Value>>,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        let fields = row.iter().map(Value::field);
        writer.write_record(fields).map_err(io::Error::other)?;
    }
    writer.flush()
}
