//! Parquet tables, row by row.

use std::path::Path;

use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};

use super::{Record, Source};
use crate::Result;
use crate::ingest::guard::guarded;
use crate::ingest::read::unsupported;

/// Iterator over the rows of a Parquet file. After a row that cannot be read it ends.
pub(super) struct Rows {
    /// The names of the columns.
    pub(super) names: Vec<String>,
    rows: RowIter<'static>,
    stopped: bool,
}

/// The table in `input`; `path` is for messages.
pub(super) fn source<R: ChunkReader + 'static>(path: &Path, input: R) -> Result<Source> {
    let broken = |found: String| unsupported(path, format!("a broken Parquet file ({found})"));
    let open = || SerializedFileReader::new(input).map_err(|e| e.to_string());
    let reader = guarded(open).unwrap_or_else(|()| Err("in a way unknown so far".to_owned()));
    let reader = reader.map_err(broken)?;
    if reader.num_row_groups() == 0 {
        return Err(unsupported(path, "a Parquet file without a row"));
    }
    let schema = reader.metadata().file_metadata().schema();
    let names = schema.get_fields().iter().map(|f| f.name().to_owned());
    let rows = Rows {
        names: names.collect(),
        rows: RowIter::from_file_into(Box::new(reader)),
        stopped: false,
    };
    Ok(Source::Parquet {
        rows,
        record: Record::new(),
    })
}

impl Iterator for Rows {
    type Item = std::result::Result<Record, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.stopped {
            return None;
        }
        let row = guarded(|| self.rows.next()).unwrap_or_else(|()| {
            let found = "broken in a way unknown so far".to_owned();
            Some(Err(ParquetError::General(found)))
        })?;
        self.stopped = row.is_err();
        Some(row.map(|row| record(&row)).map_err(|e| e.to_string()))
    }
}

fn record(row: &Row) -> Record {
    let field = |(name, field): (&String, &Field)| match field {
        Field::Null => None,
        Field::Str(text) => Some((name.clone(), text.clone())),
        Field::Bytes(bytes) => {
            let text = String::from_utf8_lossy(bytes.data()).into_owned();
            Some((name.clone(), text))
        }
        other => Some((name.clone(), other.to_string())),
    };
    row.get_column_iter().filter_map(field).collect()
}
