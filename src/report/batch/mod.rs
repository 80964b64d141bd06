//! Many documents: a list to find one's way in, a page for each, and tables beside them.

mod data;
mod extremes;
mod figures;
#[cfg(test)]
mod fixtures;
mod groups;
mod histogram;
mod index;
mod months;
mod page_name;
pub(super) mod statistics;
mod store;
mod tables;
mod ternary;
mod timeline;

pub use index::{Failure, IndexParams, write_index};
pub use months::month_of;
pub use page_name::page_name;
pub use statistics::mean_interval;
pub use store::{Earlier, Finished, UnfinishedReport};
pub use tables::{write_documents_csv, write_sentences_csv};
#[cfg(feature = "parquet")]
pub use tables::{write_documents_parquet, write_sentences_parquet};

use std::io;

use super::columns::all_sentence_values;
use super::csv::write_rows;
use super::html::{PageSettings, write_page};
use super::row::DocumentRow;
use crate::profile::DocumentProfile;

/// What a batch keeps of a document that has been measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// Its row in the list.
    pub row: DocumentRow,
    /// The bytes of its page.
    pub page: Vec<u8>,
    /// The CSV records of its sentences, without a header.
    pub sentences: Vec<u8>,
}

impl Rendered {
    /// Renders a document for a batch.
    ///
    /// # Errors
    /// None that concern the document: what is written goes to memory.
    pub fn new(profile: &DocumentProfile, settings: &PageSettings) -> io::Result<Self> {
        let classes: Vec<String> = settings.names().into_iter().map(str::to_owned).collect();
        let (mut page, mut sentences) = (Vec::new(), Vec::new());
        write_page(profile, settings, "../index.html", &mut page)?;
        write_rows(&mut sentences, all_sentence_values(profile, &classes))?;
        Ok(Self {
            row: DocumentRow::new(profile, &classes),
            page,
            sentences,
        })
    }
}
