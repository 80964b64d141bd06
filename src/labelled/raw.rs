//! A table before its columns mean anything.

use std::path::Path;

use super::decode::{Decoded, decode};
use super::{delimited, exports};
use crate::Result;

/// Names and fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawTable {
    pub(super) header: Vec<String>,
    pub(super) records: Vec<RawRecord>,
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
    /// The table in the bytes of a file: JSON or JSON lines by its name or its first character,
    /// else delimited.
    ///
    /// # Errors
    /// [`crate::ErrorKind::UnsupportedFile`] and [`crate::ErrorKind::BadRecord`].
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<(Self, Decoded)> {
        let decoded = decode(path, bytes)?;
        let first = decoded.text.trim_start().chars().next();
        let by_name = path.extension().and_then(|e| e.to_str());
        let is_json = matches!(by_name, Some("json" | "jsonl" | "ndjson"))
            || matches!(first, Some('{' | '['));
        let table = if is_json {
            exports::parse(path, &decoded.text)?
        } else {
            delimited::parse(path, &decoded.text)?
        };
        Ok((table, decoded))
    }
}
