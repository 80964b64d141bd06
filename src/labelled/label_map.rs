//! Labels folded into others: a table with the columns `from` and `to`.

use std::collections::BTreeMap;
use std::path::Path;

use super::raw::RawTable;
use crate::{Error, ErrorKind, Result};

/// Which label stands for which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelMap(BTreeMap<String, String>);

impl LabelMap {
    /// Reads a mapping: a CSV table with the columns `from` and `to`. An empty `to` leaves the
    /// rows with that label out; a label that is only named under `to` stays as it is.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::MissingColumn`], or [`ErrorKind::BadRecord`] for a label
    /// that is mapped twice.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, "read", e))?;
        let table = RawTable::parse(path, &bytes)?;
        let need = |name: &str| {
            table.header.iter().position(|h| h == name).ok_or_else(|| {
                Error::from(ErrorKind::MissingColumn {
                    path: path.to_owned(),
                    column: name.to_owned(),
                    found: table.header.clone(),
                })
            })
        };
        let (from, to) = (need("from")?, need("to")?);
        let mut map = BTreeMap::new();
        for record in &table.records {
            let field = |at: usize| record.fields.get(at).map_or("", |f| f.trim()).to_owned();
            if let Some(before) = map.insert(field(from), field(to)) {
                return Err(ErrorKind::BadRecord {
                    path: path.to_owned(),
                    record: record.number,
                    found: format!("{:?} a second time", field(from)),
                    expected: format!("every label once; it already stands for {before:?}"),
                }
                .into());
            }
        }
        Ok(Self(map))
    }

    /// What a label stands for: `Some("")` to leave the row out, `None` if it is not known.
    #[must_use]
    pub fn get<'a>(&'a self, label: &'a str) -> Option<&'a str> {
        match self.0.get(label) {
            Some(to) => Some(to),
            None => self.0.values().any(|to| to == label).then_some(label),
        }
    }

    /// The labels that it leads to, sorted.
    #[must_use]
    pub fn targets(&self) -> Vec<&str> {
        let mut targets: Vec<&str> = self.0.values().map(String::as_str).collect();
        targets.retain(|to| !to.is_empty());
        targets.sort_unstable();
        targets.dedup();
        targets
    }
}
