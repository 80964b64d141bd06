//! Rendering of profiles. Sees measured values only, never a model.

mod bars;
mod batch;
mod columns;
mod compare;
mod csv;
mod html;
mod json;
mod judgement;
mod layout;
mod listing;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod row;
mod table;

pub use batch::{
    Earlier, Failure, Finished, IndexParams, Rendered, UnfinishedReport, mean_interval, month_of,
    page_name, write_documents_csv, write_index, write_sentences_csv,
};
#[cfg(feature = "parquet")]
pub use batch::{write_documents_parquet, write_sentences_parquet};
pub use compare::{
    Change, Comparison, Difference, Side, TerminalComparison, align, write_comparison_page,
};
pub use csv::CsvReport;
pub use html::{HtmlReport, PageSettings};
pub use json::{JsonLinesReport, JsonReport};
pub use judgement::judgement_html;
pub use markdown::MarkdownReport;
#[cfg(feature = "parquet")]
pub use parquet::ParquetReport;
pub use row::DocumentRow;
pub use table::{SortKey, TableReport};

use std::io;

use crate::profile::{ByClass, DocumentProfile};

/// One way of writing profiles, document by document.
pub trait Report {
    /// Writes what comes before the first document.
    ///
    /// # Errors
    /// Those of `out`.
    fn begin(&mut self, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes one document, or keeps what is needed of it.
    ///
    /// # Errors
    /// Those of `out`.
    fn document(&mut self, profile: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()>;

    /// Writes what comes after the last document.
    ///
    /// # Errors
    /// Those of `out`.
    fn end(&mut self, _out: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }
}

/// The value of a class; 0 if it has none.
fn of(values: &ByClass, class: &str) -> f64 {
    values.get(class).copied().unwrap_or(0.0)
}

/// A share as a whole percentage.
fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// The share of a class in the quoted voice as a percentage; a dash if nobody is quoted.
fn quoted_percent(profile: &DocumentProfile, class: &str) -> String {
    let quoted = &profile.voice.quoted;
    if quoted.counted() == 0 {
        "–".to_owned()
    } else {
        format!("{} %", percent(of(&quoted.share, class)))
    }
}

/// What a document is called for people.
fn title(profile: &DocumentProfile) -> &str {
    profile
        .document
        .title
        .as_deref()
        .unwrap_or(&profile.document.id)
}
