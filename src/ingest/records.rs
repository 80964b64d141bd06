//! Tables with all their columns, record by record, in any encoding that tables come in.

#[cfg(feature = "parquet")]
mod parquet;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::decode::decode;
use super::read::read_bounded;
use super::rows::TableKind;
use crate::{Error, ErrorKind, Result};

/// Largest record of a table: 16 MiB.
const MAX_RECORD_BYTES: u64 = 16 << 20;

/// The fields of a record by the names of their columns.
pub(super) type Record = Vec<(String, String)>;

/// Iterator over the records of a table. A bad record is an error of its own; those after it follow.
/// Memory is bounded by the longest record, which may have [`MAX_RECORD_BYTES`].
pub(super) struct Records {
    path: PathBuf,
    source: Source,
    number: u64,
    stopped: bool,
}

enum Source {
    Delimited {
        reader: csv::Reader<Bounded>,
        names: Vec<String>,
        record: csv::ByteRecord,
        budget: Arc<AtomicU64>,
    },
    JsonLines(BufReader<Box<dyn Read + Send>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<dyn Iterator<Item = std::result::Result<Record, String>> + Send>),
}

impl Records {
    /// Opens the table at `path`.
    pub(super) fn open(path: &Path, kind: TableKind) -> Result<Self> {
        let file = File::open(path).map_err(|e| Error::io(path, "open", e))?;
        if kind == TableKind::Parquet {
            return Self::parquet(path, file);
        }
        Self::new(path, kind, Box::new(file))
    }

    #[cfg(feature = "parquet")]
    fn parquet(path: &Path, file: File) -> Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            source: Source::Parquet(Box::new(parquet::records(path, file)?)),
            number: 0,
            stopped: false,
        })
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(path: &Path, _file: File) -> Result<Self> {
        let found = "a Parquet table, which this build of the program does not read";
        Err(super::read::unsupported(path, found))
    }

    /// Reads the table in `input`; `path` is for messages.
    pub(super) fn new(path: &Path, kind: TableKind, input: Box<dyn Read + Send>) -> Result<Self> {
        let input = as_utf8(path, input)?;
        let source = match kind {
            TableKind::Csv => delimited(path, b',', input)?,
            TableKind::Tsv => delimited(path, b'\t', input)?,
            TableKind::JsonLines => Source::JsonLines(BufReader::with_capacity(1 << 16, input)),
            TableKind::Parquet => {
                let found = "a Parquet table inside another file";
                return Err(super::read::unsupported(path, found));
            }
        };
        Ok(Self {
            path: path.to_owned(),
            source,
            number: 0,
            stopped: false,
        })
    }

    /// The number of the record last read, from 1; the header is not counted.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The names of the columns, where the table has a header.
    pub(super) fn columns(&self) -> Option<&[String]> {
        match &self.source {
            Source::Delimited { names, .. } => Some(names),
            _ => None,
        }
    }

    fn read(&mut self) -> Result<Option<Record>> {
        let next = self.number + 1;
        let found = match &mut self.source {
            Source::Delimited {
                reader,
                names,
                record,
                budget,
            } => {
                budget.store(MAX_RECORD_BYTES, Ordering::Relaxed);
                let more = reader.read_byte_record(record);
                if !more.map_err(|e| Error::csv(&self.path, &e))? {
                    return Ok(None);
                }
                self.number = next;
                if record.len() != names.len() {
                    let found = format!("{} fields", record.len());
                    return Err(Error::bad_record(
                        &self.path,
                        next,
                        found,
                        names.len().to_string(),
                    ));
                }
                let values = record.iter().map(text_of);
                names.iter().cloned().zip(values).collect()
            }
            Source::JsonLines(reader) => {
                let mut line = Vec::new();
                let mut limited = reader.take(MAX_RECORD_BYTES + 1);
                let read = limited.read_until(b'\n', &mut line);
                let length = read.map_err(|e| Error::io(&self.path, "read", e))?;
                if length as u64 > MAX_RECORD_BYTES {
                    return Err(Error::io(&self.path, "read", too_long()));
                }
                if length == 0 {
                    return Ok(None);
                }
                self.number = next;
                json_record(&self.path, next, &line)?
            }
            #[cfg(feature = "parquet")]
            Source::Parquet(rows) => {
                let Some(row) = rows.next() else {
                    return Ok(None);
                };
                self.number = next;
                row.map_err(|found| Error::bad_record(&self.path, next, found, "a Parquet row"))?
            }
        };
        Ok(Some(found))
    }
}

impl Iterator for Records {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        if self.stopped {
            return None;
        }
        let record = self.read();
        self.stopped = match &record {
            Ok(record) => record.is_none(),
            Err(error) => matches!(error.kind(), ErrorKind::Io { .. }),
        };
        record.transpose()
    }
}

/// Tables in UTF-16, as spreadsheets write them, are decoded as a whole.
fn as_utf8(path: &Path, mut input: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>> {
    let mut head = [0; 2];
    let mut length = 0;
    while length < 2 {
        match input.read(&mut head[length..]) {
            Ok(0) => break,
            Ok(n) => length += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Error::io(path, "read", e)),
        }
    }
    let whole = Cursor::new(head[..length].to_vec()).chain(input);
    if matches!(head, [0xFF, 0xFE] | [0xFE, 0xFF]) {
        let text = decode(path, &read_bounded(path, whole)?)?.text;
        return Ok(Box::new(Cursor::new(text.into_bytes())));
    }
    Ok(Box::new(whole))
}

fn delimited(path: &Path, delimiter: u8, input: Box<dyn Read + Send>) -> Result<Source> {
    let budget = Arc::new(AtomicU64::new(MAX_RECORD_BYTES));
    let bounded = Bounded {
        input,
        budget: Arc::clone(&budget),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(bounded);
    let header = reader.byte_headers().map_err(|e| Error::csv(path, &e))?;
    let name = |name: &[u8]| {
        text_of(name)
            .trim_start_matches('\u{feff}')
            .trim()
            .to_owned()
    };
    let names = header.iter().map(name).collect();
    Ok(Source::Delimited {
        reader,
        names,
        record: csv::ByteRecord::new(),
        budget,
    })
}

/// A field as text: UTF-8, else the encoding of most old spreadsheets.
fn text_of(field: &[u8]) -> String {
    match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(field)
            .0
            .into_owned(),
    }
}

fn json_record(path: &Path, number: u64, line: &[u8]) -> Result<Record> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(line)
        .map_err(|e| Error::bad_record(path, number, e.to_string(), "a JSON object"))?;
    let field = |(name, value): (String, serde_json::Value)| match value {
        serde_json::Value::String(text) => Some((name, text)),
        serde_json::Value::Null => None,
        other => Some((name, other.to_string())),
    };
    Ok(object.into_iter().filter_map(field).collect())
}

/// An input of which only a budget of bytes is given, that is filled up before each record.
struct Bounded {
    input: Box<dyn Read + Send>,
    budget: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.load(Ordering::Relaxed);
        if left == 0 {
            return Err(too_long());
        }
        let length = buffer
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.input.read(&mut buffer[..length])?;
        self.budget.fetch_sub(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

fn too_long() -> io::Error {
    io::Error::other(format!("a record of more than {MAX_RECORD_BYTES} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: TableKind, bytes: &[u8]) -> Vec<std::result::Result<String, String>> {
        let input = Box::new(Cursor::new(bytes.to_vec()));
        let records = Records::new(Path::new("t"), kind, input).expect("a header");
        let shown = |record: Record| {
            let fields: Vec<_> = record.iter().map(|(k, v)| format!("{k}={v}")).collect();
            fields.join(" ")
        };
        records
            .map(|r| r.map(shown).map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn all_columns_in_old_and_new_encodings() {
        let found = read(
            TableKind::Csv,
            b"id,text\n1,caf\xe9\n2,caf\xc3\xa9\n3\n4,x\n",
        );
        assert_eq!(
            found,
            [
                Ok("id=1 text=café".to_owned()),
                Ok("id=2 text=café".to_owned()),
                Err("t: record 3: 1 fields; expected 2".to_owned()),
                Ok("id=4 text=x".to_owned()),
            ]
        );
        let utf16: Vec<u8> = "\u{feff}id\ttext\n1\tcafé\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            read(TableKind::Tsv, &utf16),
            [Ok("id=1 text=café".to_owned())]
        );
    }

    #[test]
    fn lines_of_json() {
        let found = read(
            TableKind::JsonLines,
            b"{\"n\": 7, \"text\": \"a\", \"x\": null}\n{]\n",
        );
        assert_eq!(found[0], Ok("n=7 text=a".to_owned()));
        assert!(
            found[1]
                .as_ref()
                .is_err_and(|e| e.starts_with("t: record 2: "))
        );
    }

    #[test]
    fn a_record_without_end_is_an_error() {
        let endless = |byte: u8| -> Box<dyn Read + Send> { Box::new(io::repeat(byte)) };
        let table = Box::new(Cursor::new(b"text\n\"".to_vec()).chain(endless(b'a')));
        let mut records = Records::new(Path::new("t"), TableKind::Csv, table).expect("a header");
        let error = records.next().expect("a record").expect_err("too long");
        assert_eq!(
            error.to_string(),
            "cannot read t: a record of more than 16777216 bytes"
        );
        assert!(records.next().is_none());
        let mut lines =
            Records::new(Path::new("t"), TableKind::JsonLines, endless(b'{')).expect("open");
        assert!(lines.next().is_some_and(|line| line.is_err()));
        assert!(lines.next().is_none());
    }
}
