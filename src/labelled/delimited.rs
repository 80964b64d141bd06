//! Delimited tables: which delimiter, how quotes are escaped, and the records.

use std::path::Path;

use super::raw::{RawRecord, RawTable};
use crate::ingest::{Quotes, never_closed};
use crate::{Error, Result};

/// Delimiters that are tried, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// This many records decide.
const SAMPLE: usize = 50;

/// Reads the records of a delimited table. The delimiter is the one that gives most records the
/// same number of fields, two or more, as the header.
///
/// # Errors
/// [`crate::ErrorKind::BadRecord`] for a table that cannot be cut into records, or that ends in a quoted field.
pub(super) fn parse(path: &Path, text: &str) -> Result<RawTable> {
    let delimiter = delimiter(path, text);
    let mut reader = reader(text, delimiter);
    let header = reader.headers().map_err(|e| Error::csv(path, &e))?.clone();
    let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let mut records = Vec::new();
    for (record, number) in reader.records().zip(1..) {
        let record = record.map_err(|e| Error::csv(path, &e))?;
        records.push(RawRecord {
            number,
            line: record.position().map_or(0, csv::Position::line),
            fields: record.iter().map(str::to_owned).collect(),
        });
    }
    if Quotes::left_open(delimiter, text.as_bytes()) && !escapes_with_backslashes(text) {
        return Err(never_closed(path, records.len() as u64));
    }
    Ok(RawTable {
        header,
        records,
        ..RawTable::default()
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let backslashes = escapes_with_backslashes(text);
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .double_quote(!backslashes)
        .escape(backslashes.then_some(b'\\'))
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// True if quotes in fields are escaped by a backslash, not doubled.
fn escapes_with_backslashes(text: &str) -> bool {
    text.contains("\\\"") && !text.replace("\\\"", "").contains("\"\"")
}

fn delimiter(path: &Path, text: &str) -> u8 {
    if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("tsv"))
    {
        return b'\t';
    }
    let mut best = (b',', (0, 0));
    for delimiter in DELIMITERS {
        let fit = fit(text, delimiter);
        if fit > best.1 {
            best = (delimiter, fit);
        }
    }
    best.0
}

/// How well a delimiter fits: records with as many fields as the header, then fields.
fn fit(text: &str, delimiter: u8) -> (usize, usize) {
    let mut reader = reader(text, delimiter);
    let fields = reader.headers().map_or(0, csv::StringRecord::len);
    if fields < 2 {
        return (0, 0);
    }
    let sample = reader.records().take(SAMPLE);
    let even = sample.filter(|r| r.as_ref().is_ok_and(|r| r.len() == fields));
    (even.count() + 1, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> RawTable {
        parse(Path::new("x.csv"), text).expect("a table")
    }

    #[test]
    fn delimiters_and_quotes_are_detected() {
        let cases = [
            "text,label\n\"one, \"\"two\"\"\",neutral\n",
            "text;label\none, \"\"two\"\";neutral\n",
            "text\tlabel\none, \"\"two\"\"\tneutral\n",
            "text|label\none, \"\"two\"\"|neutral\n",
            "text,label\n\"one, \\\"two\\\"\",neutral\n",
        ];
        for text in cases {
            let table = parsed(text);
            assert_eq!(table.header, ["text", "label"], "{text}");
            assert_eq!(table.records[0].fields[1], "neutral", "{text}");
            assert!(table.records[0].fields[0].starts_with("one, "), "{text}");
        }
        assert_eq!(parsed(cases[4]).records[0].fields[0], "one, \"two\"");
    }

    #[test]
    fn a_table_that_was_cut_off_is_refused() {
        let cut = parse(Path::new("x.csv"), "label,text\nneutral,one\nneutral,\"tw");
        let message = cut.expect_err("no table").to_string();
        assert!(message.starts_with("x.csv: record 2: "), "{message}");
    }

    #[test]
    fn records_know_their_lines() {
        let table = parsed("text,label\n\"one\ntwo\",neutral\nthree,neutral\n");
        assert_eq!((table.records[0].line, table.records[1].line), (2, 4));
    }
}
