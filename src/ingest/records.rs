//! Tables, record by record, in any encoding that tables come in: the one reader of all formats.

#[cfg(feature = "parquet")]
mod parquet;
mod quotes;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::decode::decode;
use super::read::read_bounded;
use super::rows::{TableKind, TextColumns};
use crate::{Error, ErrorKind, Result};

pub(crate) use quotes::Quotes;

/// Largest record of a table: 16 MiB.
const MAX_RECORD_BYTES: u64 = 16 << 20;

/// The fields of a record by the names of their columns.
pub(crate) type Record = Vec<(String, String)>;

/// The records of a table: an iterator, or [`Records::advance`] from one to the next without memory of
/// its own for each. A bad record is an error of its own; those after it follow. Memory is bounded by the
/// longest record, which may have [`MAX_RECORD_BYTES`].
pub(crate) struct Records {
    path: PathBuf,
    source: Source,
    number: u64,
    stopped: bool,
}

/// A table and its present record.
enum Source {
    Delimited {
        reader: csv::Reader<Bounded>,
        names: Vec<String>,
        record: csv::ByteRecord,
        state: Arc<InputState>,
    },
    JsonLines {
        reader: BufReader<Box<dyn Read + Send>>,
        line: Vec<u8>,
        record: Record,
    },
    #[cfg(feature = "parquet")]
    Parquet { rows: parquet::Rows, record: Record },
}

impl Records {
    /// Opens the table at `path`.
    pub(super) fn open(path: &Path, kind: TableKind) -> Result<Self> {
        let file = File::open(path).map_err(|e| Error::io(path, "open", e))?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            let found = io::Error::other("it is a folder; expected a table");
            return Err(Error::io(path, "read", found));
        }
        if kind == TableKind::Parquet {
            return Self::parquet_file(path, file);
        }
        Self::new(path, kind, Box::new(file))
    }

    #[cfg(feature = "parquet")]
    fn parquet_file(path: &Path, file: File) -> Result<Self> {
        Ok(Self::over(path, parquet::source(path, file)?))
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet_file(path: &Path, _file: File) -> Result<Self> {
        Err(no_parquet(path))
    }

    /// Reads the bytes of a Parquet table; `path` is for messages.
    #[cfg(feature = "parquet")]
    pub(crate) fn parquet(path: &Path, bytes: &[u8]) -> Result<Self> {
        let bytes = bytes::Bytes::copy_from_slice(bytes);
        Ok(Self::over(path, parquet::source(path, bytes)?))
    }

    #[cfg(not(feature = "parquet"))]
    pub(crate) fn parquet(path: &Path, _bytes: &[u8]) -> Result<Self> {
        Err(no_parquet(path))
    }

    fn over(path: &Path, source: Source) -> Self {
        Self {
            path: path.to_owned(),
            source,
            number: 0,
            stopped: false,
        }
    }

    /// Reads the table in `input`; `path` is for messages.
    pub(super) fn new(path: &Path, kind: TableKind, input: Box<dyn Read + Send>) -> Result<Self> {
        let input = as_utf8(path, input)?;
        let source = match kind {
            TableKind::Csv => delimited(path, b',', input)?,
            TableKind::Tsv => delimited(path, b'\t', input)?,
            TableKind::JsonLines => Source::JsonLines {
                reader: BufReader::with_capacity(1 << 16, input),
                line: Vec::new(),
                record: Record::new(),
            },
            TableKind::Parquet => {
                let found = "a Parquet table inside another file";
                return Err(super::read::unsupported(path, found));
            }
        };
        Ok(Self::over(path, source))
    }

    /// The number of the record last read, from 1; the header is not counted.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The names of the columns, where the table as a whole has them.
    pub(crate) fn columns(&self) -> Option<&[String]> {
        match &self.source {
            Source::Delimited { names, .. } => Some(names),
            Source::JsonLines { .. } => None,
            #[cfg(feature = "parquet")]
            Source::Parquet { rows, .. } => Some(&rows.names),
        }
    }

    /// Fails if the table as a whole lacks one of the columns.
    pub(super) fn need(&self, columns: &TextColumns) -> Result<()> {
        let Some(names) = self.columns() else {
            return Ok(());
        };
        let mut needed = std::iter::once(&columns.text).chain(&columns.id);
        match needed.find(|column| !names.contains(column)) {
            None => Ok(()),
            Some(column) => Err(ErrorKind::MissingColumn {
                path: self.path.clone(),
                column: column.clone(),
                found: names.to_vec(),
            }
            .into()),
        }
    }

    /// Goes to the next record; false at the end of the table. After an [`ErrorKind::Io`] the table ends.
    pub(super) fn advance(&mut self) -> Result<bool> {
        if self.stopped {
            return Ok(false);
        }
        let read = self.read();
        self.stopped = match &read {
            Ok(more) => !more,
            Err(error) => matches!(error.kind(), ErrorKind::Io { .. }),
        };
        read
    }

    fn read(&mut self) -> Result<bool> {
        let (path, next) = (&self.path, self.number + 1);
        match &mut self.source {
            Source::Delimited {
                reader,
                names,
                record,
                state,
            } => {
                state.budget.store(MAX_RECORD_BYTES, Ordering::Relaxed);
                let more = reader.read_byte_record(record);
                if !more.map_err(|e| Error::csv(path, &e))? {
                    return Ok(false);
                }
                self.number = next;
                if state.ends_quoted.load(Ordering::Relaxed) {
                    return Err(never_closed(path, next));
                }
                if record.len() != names.len() {
                    let found = format!("{} fields", record.len());
                    return Err(Error::bad_record(
                        path,
                        next,
                        found,
                        names.len().to_string(),
                    ));
                }
            }
            Source::JsonLines {
                reader,
                line,
                record,
            } => {
                if !read_line(path, reader, line)? {
                    return Ok(false);
                }
                self.number = next;
                *record = json_record(path, next, line)?;
            }
            #[cfg(feature = "parquet")]
            Source::Parquet { rows, record } => {
                let Some(row) = rows.next() else {
                    return Ok(false);
                };
                self.number = next;
                *record = row.map_err(|e| Error::bad_record(path, next, e, "a Parquet row"))?;
            }
        }
        Ok(true)
    }

    /// A field of the record that was advanced to; `None` if the record has none of this name.
    pub(super) fn field(&self, name: &str) -> Option<Cow<'_, str>> {
        match &self.source {
            Source::Delimited { names, record, .. } => {
                let at = names.iter().position(|n| n == name)?;
                record.get(at).map(text_of)
            }
            Source::JsonLines { record, .. } => in_record(record, name),
            #[cfg(feature = "parquet")]
            Source::Parquet { record, .. } => in_record(record, name),
        }
    }

    /// The record that was advanced to; its memory is not used again.
    fn take(&mut self) -> Record {
        match &mut self.source {
            Source::Delimited { names, record, .. } => {
                let values = record.iter().map(|field| text_of(field).into_owned());
                names.iter().cloned().zip(values).collect()
            }
            Source::JsonLines { record, .. } => std::mem::take(record),
            #[cfg(feature = "parquet")]
            Source::Parquet { record, .. } => std::mem::take(record),
        }
    }
}

impl Iterator for Records {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        match self.advance() {
            Ok(true) => Some(Ok(self.take())),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

#[cfg(not(feature = "parquet"))]
fn no_parquet(path: &Path) -> Error {
    let found = "a Parquet table, which this build of the program does not read";
    super::read::unsupported(path, found)
}

fn in_record<'r>(record: &'r Record, name: &str) -> Option<Cow<'r, str>> {
    let field = record.iter().find(|(n, _)| n == name);
    field.map(|(_, value)| Cow::Borrowed(value.as_str()))
}

/// Reads a line into `line`; false at the end.
fn read_line(path: &Path, reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool> {
    line.clear();
    let read = reader.take(MAX_RECORD_BYTES + 1).read_until(b'\n', line);
    let length = read.map_err(|e| Error::io(path, "read", e))?;
    if length as u64 > MAX_RECORD_BYTES {
        return Err(Error::io(path, "read", too_long()));
    }
    Ok(length > 0)
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
    let state = Arc::new(InputState {
        budget: AtomicU64::new(MAX_RECORD_BYTES),
        ends_quoted: AtomicBool::new(false),
    });
    let bounded = Bounded {
        input,
        quotes: Quotes::new(delimiter),
        state: Arc::clone(&state),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(bounded);
    let header = reader.byte_headers().map_err(|e| Error::csv(path, &e))?;
    let name = |name: &[u8]| {
        let name = text_of(name);
        name.trim_start_matches('\u{feff}').trim().to_owned()
    };
    let names = header.iter().map(name).collect();
    Ok(Source::Delimited {
        reader,
        names,
        record: csv::ByteRecord::new(),
        state,
    })
}

/// A field as text: UTF-8, else the encoding of most old spreadsheets.
fn text_of(field: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(field)
                .0
        }
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

/// The record in which a quotation mark is opened for good.
pub(crate) fn never_closed(path: &Path, record: u64) -> Error {
    let found = "a quotation mark that is never closed";
    Error::bad_record(path, record, found, "a whole record")
}

/// An input of which only a budget of bytes is given, that is filled up before each record.
struct Bounded {
    input: Box<dyn Read + Send>,
    quotes: Quotes,
    state: Arc<InputState>,
}

/// What is known of a [`Bounded`] input.
struct InputState {
    budget: AtomicU64,
    /// Whether its end was met inside a quoted field.
    ends_quoted: AtomicBool,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.state.budget.load(Ordering::Relaxed);
        if left == 0 {
            return Err(too_long());
        }
        let length = buffer
            .len()
            .min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.input.read(&mut buffer[..length])?;
        self.quotes.follow(&buffer[..read]);
        if read == 0 && length > 0 {
            let open = self.quotes.are_open();
            self.state.ends_quoted.store(open, Ordering::Relaxed);
        }
        self.state.budget.fetch_sub(read as u64, Ordering::Relaxed);
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
    fn a_table_that_ends_in_a_quotation_names_the_record() {
        let found = read(TableKind::Csv, b"id,text\n1,a\n2,\"b\n3,c\n");
        assert_eq!(found[0], Ok("id=1 text=a".to_owned()));
        assert_eq!(
            found[1..],
            [Err(
                "t: record 2: a quotation mark that is never closed; expected a whole record"
                    .to_owned()
            )]
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
