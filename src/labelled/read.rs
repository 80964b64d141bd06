//! Reading labelled rows from CSV.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{DataFile, LabelledRow};
use crate::ingest::{Quotes, never_closed};
use crate::{Error, ErrorKind, Result};

/// Which columns hold what. `text` and `label` must be there; the others are used if they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelColumns {
    /// The sentence. Default `text`.
    pub text: String,
    /// Its label. Default `label`.
    pub label: String,
    /// Names of the group column, the first that exists is used. Default `group`, `doc_id`.
    pub group: Vec<String>,
    /// Sample weight. Default `weight`.
    pub weight: String,
    /// Where the row comes from. Default `source`.
    pub source: String,
    /// What the row is called. Default `id`.
    pub id: String,
}

impl Default for LabelColumns {
    fn default() -> Self {
        Self {
            text: "text".to_owned(),
            label: "label".to_owned(),
            group: vec!["group".to_owned(), "doc_id".to_owned()],
            weight: "weight".to_owned(),
            source: "source".to_owned(),
            id: "id".to_owned(),
        }
    }
}

/// Positions of the columns in one table.
struct Positions {
    text: usize,
    label: usize,
    group: Option<usize>,
    weight: Option<usize>,
    source: Option<usize>,
    id: Option<usize>,
}

impl LabelColumns {
    /// Reads the labelled rows of a CSV file. Rows with an empty text are errors, as are ragged
    /// rows, unreadable weights and empty labels: a label that is lost in silence is worse.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::MissingColumn`] or [`ErrorKind::BadRecord`].
    pub fn read(&self, path: &Path) -> Result<(Vec<LabelledRow>, DataFile)> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(|source| Error::io(path, "read", source))?;
        let rows = self.parse(path, &bytes)?;
        let file = data_file(path, &bytes, rows.len());
        Ok((rows, file))
    }

    /// The labelled rows in the bytes of a CSV table; `path` is for messages.
    ///
    /// # Errors
    /// As [`LabelColumns::read`], but for `Io`.
    pub fn parse(&self, path: &Path, bytes: &[u8]) -> Result<Vec<LabelledRow>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = reader
            .headers()
            .map_err(|error| Error::csv(path, &error))?
            .clone();
        let at = self.positions(path, &header)?;
        let mut rows = Vec::new();
        for (record, number) in reader.records().zip(1..) {
            let record = record.map_err(|error| Error::csv(path, &error))?;
            if record.len() != header.len() {
                let found = format!("{} fields", record.len());
                return Err(Error::bad_record(
                    path,
                    number,
                    found,
                    format!("{}", header.len()),
                ));
            }
            rows.push(at.row(path, number, &record)?);
        }
        if Quotes::left_open(b',', bytes) {
            return Err(never_closed(path, rows.len() as u64));
        }
        Ok(rows)
    }

    fn positions(&self, path: &Path, header: &csv::StringRecord) -> Result<Positions> {
        let find = |name: &str| header.iter().position(|h| h.trim() == name);
        let need = |name: &str| {
            find(name).ok_or_else(|| {
                Error::from(ErrorKind::MissingColumn {
                    path: path.to_owned(),
                    column: name.to_owned(),
                    found: header.iter().map(str::to_owned).collect(),
                })
            })
        };
        Ok(Positions {
            text: need(&self.text)?,
            label: need(&self.label)?,
            group: self.group.iter().find_map(|name| find(name)),
            weight: find(&self.weight),
            source: find(&self.source),
            id: find(&self.id),
        })
    }
}

impl Positions {
    fn row(&self, path: &Path, number: u64, record: &csv::StringRecord) -> Result<LabelledRow> {
        let field = |at: Option<usize>| at.and_then(|i| record.get(i)).unwrap_or("").to_owned();
        let (text, label) = (
            field(Some(self.text)),
            field(Some(self.label)).trim().to_owned(),
        );
        if text.trim().is_empty() || label.is_empty() {
            let what = if label.is_empty() { "label" } else { "text" };
            let found = format!("empty {what}");
            return Err(Error::bad_record(
                path,
                number,
                found,
                "text and label".to_owned(),
            ));
        }
        let weight = field(self.weight);
        let weight = match weight.trim() {
            "" => 1.0,
            written => match written.parse::<f32>() {
                Ok(weight) if weight.is_finite() && weight >= 0.0 => weight,
                _ => {
                    let found = format!("weight {written:?}");
                    return Err(Error::bad_record(
                        path,
                        number,
                        found,
                        "a number of at least 0",
                    ));
                }
            },
        };
        Ok(LabelledRow {
            text,
            label,
            group: field(self.group),
            weight,
            source: field(self.source),
            id: field(self.id),
            shares: BTreeMap::new(),
        })
    }
}

/// What is recorded of a file of these bytes, of which `rows` rows were used.
pub(crate) fn data_file(path: &Path, bytes: &[u8], rows: usize) -> DataFile {
    DataFile {
        path: path.to_owned(),
        sha256: hex(&Sha256::digest(bytes)),
        rows,
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &[u8]) -> Result<Vec<LabelledRow>> {
        LabelColumns::default().parse(Path::new("x.csv"), bytes)
    }

    #[test]
    fn columns_are_found_by_name() {
        let rows =
            parse(b"\xef\xbb\xbflabel,doc_id,weight,text\nneutral,d1,0.5,\"a, b\"\n").expect("ok");
        assert_eq!(
            (rows[0].text.as_str(), rows[0].group.as_str()),
            ("a, b", "d1")
        );
        assert_eq!(rows[0].weight, 0.5);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_record() {
        let cases: [(&[u8], &str); 5] = [
            (
                b"txt,label\na,b\n",
                "x.csv: no column \"text\"; found txt, label",
            ),
            (
                b"text,label\na,b\nc\n",
                "x.csv: record 2: 1 fields; expected 2",
            ),
            (
                b"text,label\n,b\n",
                "x.csv: record 1: empty text; expected text and label",
            ),
            (
                b"text,label\na,b\n\xff,b\n",
                "x.csv: record 2: invalid UTF-8 in field 1; expected UTF-8 text",
            ),
            (
                b"text,label,weight\na,b,heavy\n",
                "x.csv: record 1: weight \"heavy\"; expected a number of at least 0",
            ),
        ];
        for (bytes, message) in cases {
            assert_eq!(parse(bytes).expect_err("refused").to_string(), message);
        }
    }
}
