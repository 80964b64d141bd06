//! Tables of texts: one text a row, read one by one.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::records::Records;
use crate::{Error, ErrorKind, Result};

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRow {
    /// The id column, or the one-based number of the row.
    pub id: String,
    /// The text; it has at least one character that is not a space.
    pub text: String,
}

/// Which columns of a table hold what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextColumns {
    /// The text. Default `text`.
    pub text: String,
    /// The id; if `None`, the column `id` where there is one, else the number of the row.
    pub id: Option<String>,
}

impl Default for TextColumns {
    fn default() -> Self {
        Self {
            text: "text".to_owned(),
            id: None,
        }
    }
}

/// The kind of a table, by the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Comma-separated values with a header: `.csv`, standard input.
    Csv,
    /// Tab-separated values with a header: `.tsv`, `.tab`.
    Tsv,
    /// One JSON object a line: `.jsonl`, `.ndjson`.
    JsonLines,
    /// Parquet: `.parquet`.
    Parquet,
}

impl TableKind {
    /// The kind that the ending of `path` names.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedFile`] for other endings.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or("")
            .to_lowercase();
        match ending.as_str() {
            "csv" => Ok(Self::Csv),
            "tsv" | "tab" => Ok(Self::Tsv),
            "jsonl" | "ndjson" => Ok(Self::JsonLines),
            "parquet" => Ok(Self::Parquet),
            "" if path == Path::new("-") => Ok(Self::Csv),
            _ => Err(ErrorKind::UnsupportedFile {
                path: path.to_owned(),
                found: format!("ending {ending:?}"),
                expected: "a table named .csv, .tsv, .jsonl or .parquet".to_owned(),
            }
            .into()),
        }
    }
}

/// Iterator over the rows of a table. A bad row is an error of its own; the rows after it follow.
/// Memory is bounded by the longest row, which has at most 16 MiB.
pub struct TextRows {
    path: PathBuf,
    records: Records,
    columns: TextColumns,
}

impl TextRows {
    /// Opens a table; `-` is standard input, read as CSV.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::UnsupportedFile`], [`ErrorKind::MissingColumn`] or
    /// [`ErrorKind::BadRecord`] for a header that cannot be read.
    pub fn open(path: &Path, columns: &TextColumns) -> Result<Self> {
        let kind = TableKind::of(path)?;
        if path == Path::new("-") {
            return Self::new(path, kind, Box::new(std::io::stdin()), columns);
        }
        Self::of(path, Records::open(path, kind)?, columns)
    }

    /// Reads a table from `input`; `path` is for messages. Parquet is read from files only.
    ///
    /// # Errors
    /// As [`TextRows::open`].
    pub fn new(
        path: &Path,
        kind: TableKind,
        input: Box<dyn Read + Send>,
        columns: &TextColumns,
    ) -> Result<Self> {
        Self::of(path, Records::new(path, kind, input)?, columns)
    }

    fn of(path: &Path, records: Records, columns: &TextColumns) -> Result<Self> {
        records.need(columns)?;
        Ok(Self {
            path: path.to_owned(),
            records,
            columns: columns.clone(),
        })
    }

    /// Puts the next row into `row`, whose memory is used again; false at the end of the table.
    ///
    /// # Errors
    /// [`ErrorKind::BadRecord`] for a row that cannot be used; the rows after it follow.
    /// [`ErrorKind::Io`] if the table cannot be read on; it then ends.
    pub fn read_into(&mut self, row: &mut TextRow) -> Result<bool> {
        if !self.records.advance()? {
            return Ok(false);
        }
        self.put(&self.columns.text, &mut row.text)?;
        match &self.columns.id {
            Some(name) => self.put(name, &mut row.id)?,
            None => match self.records.field("id") {
                Some(id) => copy(&id, &mut row.id),
                None => row.id = self.records.number().to_string(),
            },
        }
        if row.text.trim_start().is_empty() {
            return Err(self.bad_record("empty text".to_owned(), "text"));
        }
        Ok(true)
    }

    /// Copies a field that must be there; in a table whose columns are known it may be empty.
    fn put(&self, name: &str, to: &mut String) -> Result<()> {
        match self.records.field(name) {
            Some(field) => copy(&field, to),
            None if self.records.columns().is_some() => to.clear(),
            None => {
                let expected = format!("an object with {name:?}");
                return Err(self.bad_record(format!("no field {name:?}"), &expected));
            }
        }
        Ok(())
    }

    fn bad_record(&self, found: String, expected: &str) -> Error {
        Error::bad_record(&self.path, self.records.number(), found, expected)
    }
}

fn copy(field: &str, to: &mut String) {
    to.clear();
    to.push_str(field);
}

impl Iterator for TextRows {
    type Item = Result<TextRow>;

    fn next(&mut self) -> Option<Result<TextRow>> {
        let mut row = TextRow::default();
        let read = self.read_into(&mut row);
        read.map(|more| more.then_some(row)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(
        kind: TableKind,
        bytes: &'static [u8],
    ) -> Vec<std::result::Result<(String, String), String>> {
        TextRows::new(
            Path::new("t"),
            kind,
            Box::new(bytes),
            &TextColumns::default(),
        )
        .expect("header")
        .map(|row| row.map(|r| (r.id, r.text)).map_err(|e| e.to_string()))
        .collect()
    }

    #[test]
    fn a_bad_row_does_not_stop_the_others() {
        let found = rows(
            TableKind::Csv,
            b"text,x\nfine,1\nragged\ncaf\xe9,2\n \t,3\n\"a\nb\",4\n",
        );
        assert_eq!(
            found,
            [
                Ok(("1".to_owned(), "fine".to_owned())),
                Err("t: record 2: 1 fields; expected 2".to_owned()),
                Ok(("3".to_owned(), "café".to_owned())),
                Err("t: record 4: empty text; expected text".to_owned()),
                Ok(("5".to_owned(), "a\nb".to_owned())),
            ]
        );
    }

    #[test]
    fn json_lines_and_tabs() {
        let found = rows(
            TableKind::JsonLines,
            b"{\"id\": 7, \"text\": \"a\"}\n{]\n{\"text\": \"b\"}\n",
        );
        assert_eq!(found[0], Ok(("7".to_owned(), "a".to_owned())));
        assert!(
            found[1]
                .as_ref()
                .is_err_and(|e| e.starts_with("t: record 2: "))
        );
        assert_eq!(found[2], Ok(("3".to_owned(), "b".to_owned())));
        let found = rows(TableKind::Tsv, b"id\ttext\nx\ta, b\n");
        assert_eq!(found, [Ok(("x".to_owned(), "a, b".to_owned()))]);
    }
}
