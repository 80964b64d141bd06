//! The tables beside the list.

use std::collections::BTreeSet;
use std::io::Write;

use super::store::{Finished, UnfinishedReport};
use crate::report::columns::{
    Column, Value, batch_columns, batch_values, document_columns, document_values, sentence_columns,
};
use crate::report::csv::{write_header, write_rows};
use crate::{NewFile, Result, error::Error};

/// The fields of metadata that any document has, in alphabetical order.
fn keys(documents: &[Finished]) -> Vec<String> {
    let keys: BTreeSet<&String> = documents
        .iter()
        .flat_map(|d| d.row.metadata.keys())
        .collect();
    keys.into_iter().cloned().collect()
}

fn columns_of(classes: &[String], keys: &[String]) -> Vec<Column> {
    let mut columns = document_columns(classes);
    columns.extend(batch_columns(keys));
    columns
}

fn values_of(document: &Finished, keys: &[String]) -> Vec<Value> {
    let mut values = document_values(&document.row);
    values.extend(batch_values(&document.row, &document.page, keys));
    values
}

/// Writes the table of documents as CSV.
///
/// # Errors
/// [`crate::ErrorKind::Io`].
pub fn write_documents_csv(
    mut out: NewFile,
    documents: &[Finished],
    classes: &[String],
) -> Result<()> {
    let keys = keys(documents);
    let written = write_header(&mut out, &columns_of(classes, &keys));
    let rows = documents.iter().map(|document| values_of(document, &keys));
    let written = written.and_then(|()| write_rows(&mut out, rows));
    written.map_err(|e| Error::io(out.path(), "write", e))?;
    out.finish()
}

/// Writes the table of sentences as CSV: the records that were kept, in the order of the documents.
///
/// # Errors
/// [`crate::ErrorKind::Io`].
pub fn write_sentences_csv(
    mut out: NewFile,
    documents: &[Finished],
    store: &UnfinishedReport,
    classes: &[String],
) -> Result<()> {
    let written = write_header(&mut out, &sentence_columns(classes));
    written.map_err(|e| Error::io(out.path(), "write", e))?;
    for document in documents {
        store.copy_sentences(document, &mut out)?;
    }
    out.flush().map_err(|e| Error::io(out.path(), "write", e))?;
    out.finish()
}

/// Writes the table of documents as Parquet.
///
/// # Errors
/// [`crate::ErrorKind::Io`].
#[cfg(feature = "parquet")]
pub fn write_documents_parquet(
    mut out: NewFile,
    documents: &[Finished],
    classes: &[String],
) -> Result<()> {
    let keys = keys(documents);
    let rows = documents.iter().map(|document| values_of(document, &keys));
    let table = crate::report::parquet::ParquetTable::new(columns_of(classes, &keys));
    let written = table.and_then(|mut table| {
        for row in rows {
            table.push(row, &mut out)?;
        }
        table.finish(&mut out)
    });
    written.map_err(|e| Error::io(out.path(), "write", e))?;
    out.finish()
}

/// Writes the table of sentences as Parquet, from the records that were kept.
///
/// # Errors
/// [`crate::ErrorKind::Io`].
#[cfg(feature = "parquet")]
pub fn write_sentences_parquet(
    mut out: NewFile,
    documents: &[Finished],
    store: &UnfinishedReport,
    classes: &[String],
) -> Result<()> {
    let columns = sentence_columns(classes);
    let path = out.path().to_owned();
    let failed = |e| Error::io(&path, "write", e);
    let mut table = crate::report::parquet::ParquetTable::new(columns.clone()).map_err(failed)?;
    let mut records = Vec::new();
    for document in documents {
        records.clear();
        store.copy_sentences(document, &mut records)?;
        for row in read_back(&records, &columns) {
            table.push(row.map_err(failed)?, &mut out).map_err(failed)?;
        }
    }
    table.finish(&mut out).map_err(failed)?;
    out.finish()
}

/// Values from CSV records that this program wrote.
#[cfg(feature = "parquet")]
fn read_back<'r>(
    records: &'r [u8],
    columns: &'r [Column],
) -> impl Iterator<Item = std::io::Result<Vec<Value>>> + 'r {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(records);
    reader.into_records().map(move |record| {
        let record = record.map_err(std::io::Error::other)?;
        let fields = record.iter().zip(columns);
        Ok(fields
            .map(|(field, column)| Value::parsed(field, column.kind))
            .collect())
    })
}
