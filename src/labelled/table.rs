//! Labelled tables as people have them: any delimiter and encoding, columns by name or by habit,
//! and every record that is wrong reported instead of the first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::raw::{RawRecord, RawTable};
use super::read::data_file;
use super::{DataFile, Finding, LabelMap, LabelledRow, Place, Problem};
use crate::{Error, ErrorKind, Result};

/// Which columns hold what. A column that is not named is found by habit, whatever its capitals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableColumns {
    /// The sentence; by habit `text` or `sentence`. It must be there.
    pub text: Option<String>,
    /// Its label; by habit `label`, `labels`, `class` or `choice`. It must be there.
    pub label: Option<String>,
    /// What belongs together; by habit `group`, `doc_id` or `document`.
    pub group: Option<String>,
    /// Who labelled; by habit `annotator`, `annotator_id` or `coder`.
    pub annotator: Option<String>,
    /// Sample weight; by habit `weight`.
    pub weight: Option<String>,
}

/// One usable row of a labelled table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Where it stands.
    pub place: Place,
    /// The row.
    pub row: LabelledRow,
    /// Who labelled it; empty if not said.
    pub annotator: String,
    /// Every other column, by name.
    pub columns: BTreeMap<String, String>,
}

/// Labelled tables and what was wrong with their records.
#[derive(Clone, Debug, Default)]
pub struct LabelledTable {
    /// The files.
    pub files: Vec<DataFile>,
    /// The usable rows, in order.
    pub rows: Vec<TableRow>,
    /// Records that cannot be used, and encodings.
    pub findings: Vec<Finding>,
}

/// Positions of the columns in one table.
struct Positions {
    text: usize,
    label: usize,
    group: Option<usize>,
    annotator: Option<usize>,
    weight: Option<usize>,
    source: Option<usize>,
    id: Option<usize>,
}

impl LabelledTable {
    /// Reads labelled tables: CSV, TSV, Parquet, JSON, JSON lines, doccano's and Label Studio's exports.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::UnsupportedFile`], [`ErrorKind::MissingColumn`], or
    /// [`ErrorKind::BadLabels`] for a file given twice. Bad records are findings, not errors.
    pub fn read(paths: &[PathBuf], columns: &TableColumns, map: Option<&LabelMap>) -> Result<Self> {
        let mut table = Self::default();
        for path in paths {
            let bytes = std::fs::read(path).map_err(|e| Error::io(path, "read", e))?;
            table.add(path, &bytes, columns, map)?;
        }
        Ok(table)
    }

    /// Adds the rows in the bytes of a table; `path` is for messages.
    ///
    /// # Errors
    /// As [`LabelledTable::read`].
    pub fn add(
        &mut self,
        path: &Path,
        bytes: &[u8],
        columns: &TableColumns,
        map: Option<&LabelMap>,
    ) -> Result<()> {
        let raw = RawTable::parse(path, bytes)?;
        let at = columns.positions(path, &raw.header)?;
        let before = self.rows.len();
        self.report_lines(path, &raw);
        for record in &raw.records {
            match at.row(path, &raw.header, record, map) {
                Ok(Some(row)) => self.rows.push(row),
                Ok(None) => {}
                Err(finding) => self.findings.push(finding),
            }
        }
        let file = data_file(path, bytes, self.rows.len() - before);
        if self.files.iter().any(|f| f.sha256 == file.sha256) {
            return Err(ErrorKind::BadLabels {
                path: path.to_owned(),
                found: "the same rows as in a file before it".to_owned(),
                expected: "every labelled file once".to_owned(),
            }
            .into());
        }
        self.files.push(file);
        Ok(())
    }

    /// Findings for lines in another encoding and for characters that were lost.
    fn report_lines(&mut self, path: &Path, raw: &RawTable) {
        let record_of = |line: u64| {
            let before = raw
                .records
                .iter()
                .take_while(|r| r.line <= line && r.line > 0);
            before.last().map_or(0, |r| r.number)
        };
        let mut report = |line, found: String, expected: &str| {
            self.findings.push(Finding {
                problem: Problem::Encoding,
                places: vec![Place {
                    file: path.to_owned(),
                    record: record_of(line),
                }],
                found,
                expected: expected.to_owned(),
            });
        };
        for (line, encoding) in &raw.odd_lines {
            let found = format!("line {line} is {encoding} in a UTF-8 table");
            report(*line, found, "it was read so; save the table as UTF-8");
        }
        if let Some(line) = raw.replaced {
            let found = format!("line {line} has a character that could not be decoded");
            report(line, found, "save the table as UTF-8");
        }
    }

    /// The findings that keep rows from being used.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.problem.is_error())
    }
}

impl TableColumns {
    fn positions(&self, path: &Path, header: &[String]) -> Result<Positions> {
        let find = |given: &Option<String>, habits: &[&str]| match given {
            Some(name) => header.iter().position(|h| h == name),
            None => habits
                .iter()
                .find_map(|habit| header.iter().position(|h| h.eq_ignore_ascii_case(habit))),
        };
        let need = |given: &Option<String>, habits: &[&str]| {
            find(given, habits).ok_or_else(|| {
                let name = given.clone().unwrap_or_else(|| habits[0].to_owned());
                missing(path, name, header)
            })
        };
        let wanted = |given: &Option<String>, habits: &[&str]| match given {
            Some(_) => need(given, habits).map(Some),
            None => Ok(find(given, habits)),
        };
        Ok(Positions {
            text: need(&self.text, &["text", "sentence"])?,
            label: need(&self.label, &["label", "labels", "class", "choice"])?,
            group: wanted(&self.group, &["group", "doc_id", "document"])?,
            annotator: wanted(&self.annotator, &["annotator", "annotator_id", "coder"])?,
            weight: wanted(&self.weight, &["weight"])?,
            source: find(&None, &["source"]),
            id: find(&None, &["id"]),
        })
    }
}

fn missing(path: &Path, column: String, header: &[String]) -> Error {
    ErrorKind::MissingColumn {
        path: path.to_owned(),
        column,
        found: header.to_vec(),
    }
    .into()
}

impl Positions {
    /// The row of a record; `None` if the mapping leaves it out.
    fn row(
        &self,
        path: &Path,
        header: &[String],
        record: &RawRecord,
        map: Option<&LabelMap>,
    ) -> Result<Option<TableRow>, Finding> {
        let place = Place {
            file: path.to_owned(),
            record: record.number,
        };
        let wrong = |problem, found: String, expected: &str| Finding {
            problem,
            places: vec![place.clone()],
            found,
            expected: expected.to_owned(),
        };
        if record.fields.len() != header.len() {
            let found = format!("{} fields", record.fields.len());
            return Err(wrong(Problem::Ragged, found, &header.len().to_string()));
        }
        let field = |at: Option<usize>| at.map_or("", |i| record.fields[i].trim());
        let (text, label) = (field(Some(self.text)), field(Some(self.label)));
        if label.is_empty() {
            let found = "empty label".to_owned();
            return Err(wrong(Problem::MissingLabel, found, "text and label"));
        }
        if text.is_empty() {
            return Err(wrong(
                Problem::MissingText,
                "empty text".to_owned(),
                "text and label",
            ));
        }
        let label = match map.map(|map| (map.get(label), map)) {
            None => label,
            Some((Some(""), _)) => return Ok(None),
            Some((Some(to), _)) => to,
            Some((None, map)) => {
                let expected = format!("a label of the mapping ({})", map.targets().join(", "));
                return Err(wrong(
                    Problem::UnknownLabel,
                    format!("label {label:?}"),
                    &expected,
                ));
            }
        };
        let weight = weight(field(self.weight)).ok_or_else(|| {
            let found = format!("weight {:?}", field(self.weight));
            wrong(Problem::BadWeight, found, "a number of at least 0")
        })?;
        let others = header.iter().zip(&record.fields).enumerate();
        let others = others.filter(|(i, _)| *i != self.text && *i != self.label);
        Ok(Some(TableRow {
            row: LabelledRow {
                text: text.to_owned(),
                id: field(self.id).to_owned(),
                label: label.to_owned(),
                shares: BTreeMap::new(),
                group: field(self.group).to_owned(),
                weight,
                source: field(self.source).to_owned(),
            },
            annotator: field(self.annotator).to_owned(),
            columns: others
                .map(|(_, (name, value))| (name.clone(), value.clone()))
                .collect(),
            place,
        }))
    }
}

fn weight(written: &str) -> Option<f32> {
    if written.is_empty() {
        return Some(1.0);
    }
    written
        .parse()
        .ok()
        .filter(|w: &f32| w.is_finite() && *w >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str, map: Option<&LabelMap>) -> LabelledTable {
        let mut table = LabelledTable::default();
        table
            .add(
                Path::new("x.csv"),
                text.as_bytes(),
                &TableColumns::default(),
                map,
            )
            .expect("a table");
        table
    }

    #[test]
    fn every_bad_record_is_found_and_the_rest_is_read() {
        let text = "Text;Label;weight\none;a;2\ntwo;;1\n;b;1\nthree;a\nfour;b;heavy\nfive;b;\n";
        let table = table(text, None);
        let rows: Vec<(&str, f32)> = table
            .rows
            .iter()
            .map(|r| (r.row.text.as_str(), r.row.weight))
            .collect();
        assert_eq!(rows, [("one", 2.0), ("five", 1.0)]);
        let findings: Vec<String> = table.findings.iter().map(ToString::to_string).collect();
        assert_eq!(
            findings,
            [
                "x.csv:2: empty label; expected text and label",
                "x.csv:3: empty text; expected text and label",
                "x.csv:4: 2 fields; expected 3",
                "x.csv:5: weight \"heavy\"; expected a number of at least 0",
            ]
        );
    }

    #[test]
    fn a_line_in_another_encoding_names_its_record() {
        let mut table = LabelledTable::default();
        let bytes = b"text,label\n\"caf\xc3\xa9\nbar\",a\nUn caf\xe9 cr\xe8me,b\n";
        table
            .add(Path::new("x.csv"), bytes, &TableColumns::default(), None)
            .expect("a table");
        assert_eq!(
            table.findings[0].to_string(),
            "x.csv:2: line 4 is windows-1252 in a UTF-8 table; it was read so; save the table as UTF-8"
        );
        assert_eq!(table.rows[1].row.text, "Un café crème");
    }
}
