//! The same tables as Parquet, for statistical programs.

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::Report;
use super::columns::{
    Column, Kind, Value, all_sentence_values, document_columns, document_values, sentence_columns,
};
use super::row::DocumentRow;
use crate::profile::DocumentProfile;

/// Rows held back until they are written together.
const GROUP_ROWS: usize = 32_768;

/// Writes a Parquet table, one row a document; or one row a sentence. Columns are those of the CSV
/// tables; what is empty there is null here.
pub struct ParquetReport {
    classes: Vec<String>,
    sentences: bool,
    table: Option<ParquetTable>,
}

impl ParquetReport {
    /// A table with columns for these classes; `sentences`: one row a sentence.
    #[must_use]
    pub fn new(classes: Vec<String>, sentences: bool) -> Self {
        Self {
            classes,
            sentences,
            table: None,
        }
    }

    fn table(&mut self) -> io::Result<&mut ParquetTable> {
        if self.table.is_none() {
            let columns = if self.sentences {
                sentence_columns(&self.classes)
            } else {
                document_columns(&self.classes)
            };
            self.table = Some(ParquetTable::new(columns)?);
        }
        self.table
            .as_mut()
            .ok_or_else(|| io::Error::other("no table"))
    }
}

impl Report for ParquetReport {
    fn document(&mut self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        let rows: Vec<Vec<Value>> = if self.sentences {
            all_sentence_values(p, &self.classes).collect()
        } else {
            vec![document_values(&DocumentRow::new(p, &self.classes))]
        };
        let table = self.table()?;
        rows.into_iter().try_for_each(|row| table.push(row, out))
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        self.table()?;
        self.table.take().map_or(Ok(()), |table| table.finish(out))
    }
}

/// A table under way. Rows are given one by one and leave in groups.
pub(super) struct ParquetTable {
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
    writer: SerializedFileWriter<Vec<u8>>,
}

impl ParquetTable {
    pub(super) fn new(columns: Vec<Column>) -> io::Result<Self> {
        let fields: ParquetResult<Vec<_>> = columns.iter().map(field).collect();
        let schema = Type::group_type_builder("polemic").with_fields(fields.map_err(failed)?);
        let schema = Arc::new(schema.build().map_err(failed)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties));
        Ok(Self {
            columns,
            rows: Vec::new(),
            writer: writer.map_err(failed)?,
        })
    }

    /// Adds a row with one value a column.
    pub(super) fn push(&mut self, row: Vec<Value>, out: &mut dyn io::Write) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() < GROUP_ROWS {
            return Ok(());
        }
        self.write_group().map_err(failed)?;
        self.writer.flush()?;
        out.write_all(&std::mem::take(self.writer.inner_mut()))
    }

    /// Writes what is left.
    pub(super) fn finish(mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.write_group().map_err(failed)?;
        }
        let rest = self.writer.into_inner().map_err(failed)?;
        out.write_all(&rest)
    }

    fn write_group(&mut self) -> ParquetResult<()> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group()?;
        for (index, column) in self.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else {
                break;
            };
            let values = rows.iter().map(|row| &row[index]);
            write_column(&mut writer, column.kind, values)?;
            writer.close()?;
        }
        group.close().map(|_| ())
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn field(column: &Column) -> ParquetResult<Arc<Type>> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    field.build().map(Arc::new)
}

fn write_column<'v>(
    writer: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    values: impl Iterator<Item = &'v Value>,
) -> ParquetResult<()> {
    match kind {
        Kind::Text => write_present::<ByteArrayType>(writer, values, |value| match value {
            Value::Text(text) => Some(ByteArray::from(text.as_str())),
            _ => None,
        }),
        Kind::Integer => write_present::<Int64Type>(writer, values, |value| match value {
            Value::Integer(n) => i64::try_from(*n).ok(),
            _ => None,
        }),
        Kind::Number => write_present::<DoubleType>(writer, values, |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }),
        Kind::Flag => write_present::<BoolType>(writer, values, |value| match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }),
    }
}

/// Writes the values that are there, and for every row whether one is.
fn write_present<'v, T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = &'v Value>,
    of: impl Fn(&Value) -> Option<T::T>,
) -> ParquetResult<()> {
    let (mut present, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        let found = of(value);
        levels.push(i16::from(found.is_some()));
        present.extend(found);
    }
    let typed = writer.typed::<T>();
    typed.write_batch(&present, Some(&levels), None).map(|_| ())
}
