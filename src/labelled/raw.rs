//! A table before its columns mean anything.

use std::path::Path;

use super::decode::decode;
use super::{delimited, exports};
use crate::Result;
use crate::ingest::Records;

/// Names and fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawTable {
    pub(super) header: Vec<String>,
    pub(super) records: Vec<RawRecord>,
    /// One-based numbers of the lines in another encoding than the rest, with its name.
    pub(super) odd_lines: Vec<(u64, &'static str)>,
    /// The first line with a character that the encoding does not have.
    pub(super) replaced: Option<u64>,
}

/// One record; `fields` may be fewer or more than the header has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawRecord {
    /// One-based, the header not counted.
    pub(super) number: u64,
    /// The one-based line on which it starts; 0 if that is not known.
    pub(super) line: u64,
    pub(super) fields: Vec<String>,
}

impl RawTable {
    /// The table in the bytes of a file: Parquet, JSON or JSON lines by its name or its first bytes, else
    /// delimited.
    ///
    /// # Errors
    /// [`crate::ErrorKind::UnsupportedFile`] and [`crate::ErrorKind::BadRecord`].
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Self> {
        let by_name = path.extension().and_then(|e| e.to_str());
        if bytes.starts_with(b"PAR1") || by_name == Some("parquet") {
            return Self::of_records(Records::parquet(path, bytes)?);
        }
        let decoded = decode(path, bytes)?;
        let first = decoded.text.trim_start().chars().next();
        let is_json = matches!(by_name, Some("json" | "jsonl" | "ndjson"))
            || matches!(first, Some('{' | '['));
        let table = if is_json {
            exports::parse(path, &decoded.text)?
        } else {
            delimited::parse(path, &decoded.text)?
        };
        Ok(Self {
            odd_lines: decoded.odd_lines,
            replaced: decoded.replaced,
            ..table
        })
    }

    /// All records of a table whose columns are known; an absent field is empty.
    fn of_records(mut records: Records) -> Result<Self> {
        let header = records.columns().unwrap_or_default().to_vec();
        let mut table = Self {
            header,
            ..Self::default()
        };
        while let Some(record) = records.next().transpose()? {
            let mut fields = vec![String::new(); table.header.len()];
            for (name, value) in record {
                if let Some(at) = table.header.iter().position(|h| *h == name) {
                    fields[at] = value;
                }
            }
            table.records.push(RawRecord {
                number: records.number(),
                line: 0,
                fields,
            });
        }
        Ok(table)
    }
}
