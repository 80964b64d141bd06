//! Tables of texts: one text a row, read one by one.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::read::unsupported;
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
                expected: "a table named .csv, .tsv or .jsonl".to_owned(),
            }
            .into()),
        }
    }
}

/// Iterator over the rows of a table. A bad row is an error of its own; the rows after it follow.
/// Memory is bounded by the longest row.
pub struct TextRows {
    path: PathBuf,
    source: Source,
    number: u64,
    stopped: bool,
}

enum Source {
    Delimited {
        reader: csv::Reader<Box<dyn Read + Send>>,
        record: csv::ByteRecord,
        width: usize,
        text: usize,
        id: Option<usize>,
    },
    JsonLines {
        reader: Box<dyn BufRead + Send>,
        line: Vec<u8>,
        columns: TextColumns,
    },
}

impl TextRows {
    /// Opens a table; `-` is standard input, read as CSV.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::UnsupportedFile`], [`ErrorKind::MissingColumn`] or
    /// [`ErrorKind::BadRecord`] for a header that cannot be read.
    pub fn open(path: &Path, columns: &TextColumns) -> Result<Self> {
        let kind = TableKind::of(path)?;
        let input: Box<dyn Read + Send> = if path == Path::new("-") {
            Box::new(std::io::stdin())
        } else {
            let file = File::open(path).map_err(|e| Error::io(path, "open", e))?;
            if file.metadata().is_ok_and(|m| m.is_dir()) {
                let found = std::io::Error::other("it is a folder; expected a table");
                return Err(Error::io(path, "read", found));
            }
            Box::new(file)
        };
        Self::new(path, kind, input, columns)
    }

    /// Reads a table from `input`; `path` is for messages.
    ///
    /// # Errors
    /// As [`TextRows::open`].
    pub fn new(
        path: &Path,
        kind: TableKind,
        input: Box<dyn Read + Send>,
        columns: &TextColumns,
    ) -> Result<Self> {
        let source = match kind {
            TableKind::Csv => delimited(path, b',', input, columns)?,
            TableKind::Tsv => delimited(path, b'\t', input, columns)?,
            TableKind::JsonLines => Source::JsonLines {
                reader: Box::new(BufReader::with_capacity(1 << 16, input)),
                line: Vec::new(),
                columns: columns.clone(),
            },
            TableKind::Parquet => {
                return Err(unsupported(
                    path,
                    "a Parquet table; convert it to CSV first",
                ));
            }
        };
        Ok(Self {
            path: path.to_owned(),
            source,
            number: 0,
            stopped: false,
        })
    }

    /// Puts the next row into `row`, whose memory is used again; false at the end of the table.
    ///
    /// # Errors
    /// [`ErrorKind::BadRecord`] for a row that cannot be used; the rows after it follow.
    /// [`ErrorKind::Io`] if the table cannot be read on; it then ends.
    pub fn read_into(&mut self, row: &mut TextRow) -> Result<bool> {
        if self.stopped {
            return Ok(false);
        }
        let read = self.read(row);
        self.stopped = match &read {
            Ok(more) => !more,
            Err(error) => matches!(error.kind(), ErrorKind::Io { .. }),
        };
        read
    }

    fn read(&mut self, row: &mut TextRow) -> Result<bool> {
        let Self {
            path,
            source,
            number,
            ..
        } = self;
        match source {
            Source::Delimited {
                reader,
                record,
                width,
                text,
                id,
            } => {
                let more = reader.read_byte_record(record);
                if !more.map_err(|e| Error::csv(path, &e))? {
                    return Ok(false);
                }
                *number += 1;
                if record.len() != *width {
                    let found = format!("{} fields", record.len());
                    return Err(Error::bad_record(path, *number, found, width.to_string()));
                }
                let copy = |at: usize, what: &str, to: &mut String| {
                    to.clear();
                    match std::str::from_utf8(&record[at]) {
                        Ok(field) => to.push_str(field),
                        Err(e) => {
                            let at = e.valid_up_to();
                            let found = format!("invalid UTF-8 in the {what} at byte {at}");
                            return Err(Error::bad_record(path, *number, found, "UTF-8 text"));
                        }
                    }
                    Ok(())
                };
                match *id {
                    Some(at) => copy(at, "id", &mut row.id)?,
                    None => row.id = number.to_string(),
                }
                copy(*text, "text", &mut row.text)?;
            }
            Source::JsonLines {
                reader,
                line,
                columns,
            } => {
                line.clear();
                let read = reader.read_until(b'\n', line);
                if read.map_err(|e| Error::io(path, "read", e))? == 0 {
                    return Ok(false);
                }
                *number += 1;
                let (id, text) = json_row(path, *number, line, columns)?;
                *row = TextRow {
                    id: id.unwrap_or_else(|| number.to_string()),
                    text,
                };
            }
        }
        if row.text.trim_start().is_empty() {
            return Err(Error::bad_record(
                path,
                *number,
                "empty text".to_owned(),
                "text",
            ));
        }
        Ok(true)
    }
}

impl Iterator for TextRows {
    type Item = Result<TextRow>;

    fn next(&mut self) -> Option<Result<TextRow>> {
        let mut row = TextRow::default();
        let read = self.read_into(&mut row);
        read.map(|more| more.then_some(row)).transpose()
    }
}

fn delimited(
    path: &Path,
    delimiter: u8,
    input: Box<dyn Read + Send>,
    columns: &TextColumns,
) -> Result<Source> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(input);
    let header = reader.byte_headers().map_err(|e| Error::csv(path, &e))?;
    let names: Vec<String> = header
        .iter()
        .map(|name| {
            String::from_utf8_lossy(name)
                .trim_start_matches('\u{feff}')
                .trim()
                .to_owned()
        })
        .collect();
    let find = |name: &str| names.iter().position(|n| n == name);
    let need = |name: &str| {
        find(name).ok_or_else(|| {
            Error::from(ErrorKind::MissingColumn {
                path: path.to_owned(),
                column: name.to_owned(),
                found: names.clone(),
            })
        })
    };
    let text = need(&columns.text)?;
    let id = match &columns.id {
        Some(name) => Some(need(name)?),
        None => find("id"),
    };
    Ok(Source::Delimited {
        reader,
        record: csv::ByteRecord::new(),
        width: names.len(),
        text,
        id,
    })
}

fn json_row(
    path: &Path,
    number: u64,
    line: &[u8],
    columns: &TextColumns,
) -> Result<(Option<String>, String)> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(line)
        .map_err(|e| Error::bad_record(path, number, e.to_string(), "a JSON object"))?;
    let field = |name: &str| match object.get(name) {
        Some(serde_json::Value::String(text)) => Some(text.clone()),
        Some(serde_json::Value::Null) | None => None,
        Some(other) => Some(other.to_string()),
    };
    let missing = |name: &str| {
        Error::bad_record(
            path,
            number,
            format!("no field {name:?}"),
            format!("an object with {name:?}"),
        )
    };
    let text = field(&columns.text).ok_or_else(|| missing(&columns.text))?;
    let id = match &columns.id {
        Some(name) => Some(field(name).ok_or_else(|| missing(name))?),
        None => field("id"),
    };
    Ok((id, text))
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
            b"text,x\nfine,1\nragged\n\xff\xfe,2\n \t,3\n\"a\nb\",4\n",
        );
        assert_eq!(
            found,
            [
                Ok(("1".to_owned(), "fine".to_owned())),
                Err("t: record 2: 1 fields; expected 2".to_owned()),
                Err(
                    "t: record 3: invalid UTF-8 in the text at byte 0; expected UTF-8 text"
                        .to_owned()
                ),
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
