//! What was typed about labelled tables.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// How several annotators become one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Annotators {
    /// Each class has its share of the votes.
    Votes,
    /// The class with most votes has all.
    Majority,
    /// A model of the annotators says how far each is to be trusted.
    DawidSkene,
}

/// How a base model is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BaseAs {
    /// Its logits are features beside the fit's own; any classes.
    Logits,
    /// Its coefficients are where the penalty pulls to; its classes must hold the labels.
    Prior,
}

/// How frequent the classes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SharesArg {
    /// All equally frequent, unless macro F1 on held-out rows would suffer.
    Chosen,
    /// As frequent as among the labelled rows.
    Labelled,
    /// All equally frequent.
    Even,
}

/// How labelled tables are read.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Tables")]
pub struct TableArgs {
    /// Column with the text [by habit: text, sentence].
    #[arg(long, value_name = "NAME")]
    pub text_column: Option<String>,
    /// Column with the label [by habit: label, labels, class, choice].
    #[arg(long, value_name = "NAME")]
    pub label_column: Option<String>,
    /// Column that says which rows belong together [by habit: group, doc_id, document].
    #[arg(long, value_name = "NAME")]
    pub group_column: Option<String>,
    /// Column with who labelled the row [by habit: annotator, annotator_id, coder].
    #[arg(long, value_name = "NAME")]
    pub annotator_column: Option<String>,
    /// Fold labels: a CSV table with the columns from and to; an empty `to` leaves rows out.
    #[arg(long, value_name = "FILE")]
    pub labels_map: Option<PathBuf>,
    /// How the labels of several annotators become one.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = Annotators::Votes)]
    pub annotators: Annotators,
    /// Leave out records that cannot be used, instead of stopping.
    #[arg(long)]
    pub skip_bad_rows: bool,
}

#[derive(Debug, Args)]
pub struct Audit {
    /// Labelled tables: CSV, TSV, Parquet, JSON, JSON lines, exports of doccano and Label Studio.
    #[arg(required = true, value_name = "LABELLED")]
    pub labelled: Vec<PathBuf>,
    /// Write everything as JSON.
    #[arg(long)]
    pub json: bool,
    /// Findings to list of each kind.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub most: usize,
    /// Seed of the folds and of the intervals.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    #[command(flatten)]
    pub table: TableArgs,
}

/// Needs the feature `label`, which is on unless it is turned off.
#[cfg(feature = "label")]
#[derive(Debug, Args)]
pub struct Label {
    /// Table with one text a row; id and group (or doc_id) are used if there.
    #[arg(value_name = "ROWS")]
    pub rows: PathBuf,
    /// The classes, separated by commas; without it, those of the program's own model.
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    pub classes: Vec<String>,
    /// Journal that keeps every act; without it, ROWS with `.journal.jsonl` appended.
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,
    /// Codebook to show beside the rows (Markdown).
    #[arg(long, value_name = "FILE.md")]
    pub codebook: Option<PathBuf>,
    /// Write the labels so far as a CSV table and stop.
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Label in the terminal instead of on a page.
    #[arg(long)]
    pub terminal: bool,
    /// Who labels, in the terminal; on the page everybody gives a name.
    #[arg(long, value_name = "NAME", default_value = "me")]
    pub annotator: String,
    /// Port of the page on this machine; 0 for any that is free.
    #[arg(long, value_name = "N", default_value_t = 8137)]
    pub port: u16,
    /// Seed of the order.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Column with the text [by habit: text, sentence].
    #[arg(long, value_name = "NAME")]
    pub text_column: Option<String>,
}
