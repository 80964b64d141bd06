//! What a table says of documents: `report --metadata TABLE.csv`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use polemic::ingest::Document;
use polemic::{Error, ErrorKind, Result};

/// Names of the column with the path of the document.
const PATH_COLUMNS: [&str; 3] = ["path", "file", "id"];

/// Fields by the path of the document.
#[derive(Debug, Default)]
pub struct MetadataTable {
    rows: HashMap<String, BTreeMap<String, String>>,
    /// The folder of the table: paths may be relative to it.
    folder: String,
    /// What it was read from, so that an interrupted run can be told from one with other metadata.
    bytes: Vec<u8>,
}

impl MetadataTable {
    /// Reads a CSV table with a header and a column `path`, `file` or `id`; all other columns are
    /// metadata, empty fields none.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, "read", e))?;
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let failed = |e: csv::Error| Error::csv(path, &e);
        let names = reader.headers().map_err(failed)?.clone();
        let named = |column: &&str| names.iter().position(|name| name.trim() == *column);
        let Some(key) = PATH_COLUMNS.iter().find_map(named) else {
            let found = names.iter().map(str::to_owned).collect();
            let (path, column) = (path.to_owned(), PATH_COLUMNS[0].to_owned());
            return Err(ErrorKind::MissingColumn {
                path,
                column,
                found,
            }
            .into());
        };
        let mut rows = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(failed)?;
            let fields = names.iter().zip(&record).enumerate();
            let fields = fields.filter(|(i, (_, value))| *i != key && !value.trim().is_empty());
            let fields =
                fields.map(|(_, (name, value))| (name.trim().to_owned(), value.trim().to_owned()));
            rows.insert(record[key].trim().to_owned(), fields.collect());
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = folder.to_string_lossy().into_owned();
        Ok(Self {
            rows,
            folder,
            bytes,
        })
    }

    /// The bytes that it was read from.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds what the table says of the document, by its id or its path below the table's folder;
    /// what the document says of itself stays if the table says nothing.
    pub fn add_to(&self, document: &mut Document) {
        let id = document.id.as_str();
        let below = id
            .strip_prefix(self.folder.as_str())
            .map(|id| id.trim_start_matches('/'));
        let row = self.rows.get(id).or_else(|| self.rows.get(below?));
        document.metadata.extend(row.cloned().unwrap_or_default());
    }
}
