//! Parquet tables, row by row.

use std::fs::File;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::Record;
use crate::Result;
use crate::ingest::guard::guarded;
use crate::ingest::read::unsupported;

/// The rows of a Parquet file, or why one cannot be read.
pub(super) fn records(
    path: &Path,
    file: File,
) -> Result<impl Iterator<Item = std::result::Result<Record, String>> + Send + use<>> {
    let broken = |found: String| unsupported(path, format!("a broken Parquet file ({found})"));
    let open = || SerializedFileReader::new(file).map_err(|e| e.to_string());
    let reader = guarded(open).unwrap_or_else(|()| Err("in a way unknown so far".to_owned()));
    let reader = reader.map_err(broken)?;
    let groups = reader.num_row_groups();
    if groups == 0 {
        return Err(unsupported(path, "a Parquet file without a row"));
    }
    let mut rows = reader.into_iter();
    let mut stopped = false;
    Ok(std::iter::from_fn(move || {
        if stopped {
            return None;
        }
        let row = guarded(|| rows.next()).unwrap_or_else(|()| {
            let found = "broken in a way unknown so far".to_owned();
            Some(Err(parquet::errors::ParquetError::General(found)))
        })?;
        stopped = row.is_err();
        Some(row.map(|row| record(&row)).map_err(|e| e.to_string()))
    }))
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
