//! What was typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

#[cfg(feature = "label")]
pub use super::label_args::Label;
pub use super::label_args::{Audit, BaseAs, SharesArg, TableArgs};

/// How much of a text is neutral, academic or polemical, where, in whose voice, and why.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// What every verb takes.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Model file to use instead of the one that comes with the program.
    #[arg(long, global = true, value_name = "PATH")]
    pub model: Option<PathBuf>,
    /// Threads, at most 256; 0 for one a processor core. Results do not depend on it.
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// No progress and no remarks; errors are still shown.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure documents: files, folders, or - for standard input.
    Score(Score),
    /// Make a report of many documents: a list, a page for each, tables.
    Report(Report),
    /// Compare two versions of a document, or two folders.
    Compare(Compare),
    /// Label the rows of a table, one text each.
    Predict(Predict),
    /// Fit a model to labelled rows.
    Train(Train),
    /// Label rows one by one, those that help most first.
    #[cfg(feature = "label")]
    Label(Label),
    /// Say what is wrong with labelled rows, before anything is fitted.
    Audit(Audit),
    /// Compare a model with labelled rows.
    Evaluate(Evaluate),
    /// Look into a model file.
    #[command(subcommand)]
    Model(Model),
}

/// How `score` writes its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: bars, counts, the strongest sentences.
    Table,
    /// One JSON object, or an array for several documents.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// One row a document.
    Csv,
    /// A Markdown page.
    Md,
    /// A self-contained page with the text, for a browser.
    Html,
    /// One row a document, for statistical programs.
    #[cfg(feature = "parquet")]
    Parquet,
}

#[derive(Debug, Args)]
pub struct Score {
    /// Documents, archives and tables of documents, folders, patterns such as 'texts/*.html', or -.
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// How to write the results.
    #[arg(long, short, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// File to write to instead of standard output; it appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it is there already.
    #[arg(long)]
    pub force: bool,
    /// Order of several documents in the table: given, path, length, or a class (its share,
    /// highest first). Order of the sentences that are listed: that of the text, or with strength
    /// (the probability of their own class) or a class (its probability) the highest first.
    #[arg(long, value_name = "KEY", default_value = "given")]
    pub sort: String,
    /// List every sentence with its stance.
    #[arg(long)]
    pub sentences: bool,
    /// Show the words that made each sentence what it is; lists every sentence.
    #[arg(long)]
    pub explain: bool,
    /// Include the decoded text in JSON, so that offsets can be followed.
    #[arg(long)]
    pub text: bool,
}

/// How documents are found and read.
#[derive(Debug, Args)]
pub struct Reading {
    /// File with more paths, one a line; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Column with the text, in tables of documents.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_column: String,
    /// Column with the id; without it, the column `id` or the number of the row.
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,
    /// Score parts that are left out otherwise: caption, footnote, table, reference_list,
    /// author_block, keywords, label, citation, code, front_matter, running_head, boilerplate.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub include: Vec<String>,
    /// Score documents in other languages than English too. The model does not know them.
    #[arg(long)]
    pub any_language: bool,
}

#[derive(Debug, Args)]
pub struct Report {
    /// Documents, tables of documents, archives, folders, patterns.
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// Folder to write to: index.html, pages/, tables.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Heading of the report.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "Neutral, academic, polemical"
    )]
    pub title: String,
    /// Compare groups of documents by a field of their metadata, such as outlet, or by folder; can
    /// be given several times. Without it, by the fields that tell most.
    #[arg(long, value_name = "KEY")]
    pub group_by: Vec<String>,
    /// CSV table with a column path (relative to the table, or as given here) and other columns,
    /// such as outlet, author, date: metadata of the documents.
    #[arg(long, value_name = "TABLE")]
    pub metadata: Option<PathBuf>,
    /// Go on where an interrupted run stopped.
    #[arg(long, conflicts_with = "force")]
    pub resume: bool,
    /// Replace a report that is there already.
    #[arg(long)]
    pub force: bool,
}

/// How `compare` writes its results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// For people at a terminal.
    Table,
    /// A self-contained page for a browser.
    Html,
}

#[derive(Debug, Args)]
pub struct Compare {
    /// Document or folder, such as the text before it was edited.
    #[arg(value_name = "A")]
    pub before: PathBuf,
    /// Document or folder to compare it with.
    #[arg(value_name = "B")]
    pub after: PathBuf,
    /// How to write the results.
    #[arg(long, short, value_enum, default_value_t = CompareFormat::Table)]
    pub format: CompareFormat,
    /// File to write to instead of standard output; it appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it is there already.
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Predict {
    /// Table with one text a row (.csv, .tsv, .jsonl, .parquet), or - for CSV on standard input.
    #[arg(value_name = "ROWS")]
    pub rows: PathBuf,
    /// File to write to instead of standard output: CSV, or JSON lines if it ends in .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Column with the text.
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_column: String,
    /// Column with the id; without it, the column `id` or the number of the row.
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,
}

#[derive(Debug, Args)]
pub struct Train {
    /// Labelled tables: CSV, TSV, Parquet, JSON, JSON lines, exports of doccano and Label Studio.
    #[arg(value_name = "LABELLED", required_unless_present = "recipe")]
    pub labelled: Vec<PathBuf>,
    /// Model file to write; it appears whole or not at all.
    #[arg(long, short, value_name = "MODEL")]
    pub output: PathBuf,
    /// Settings and data sets from a recipe.
    #[arg(long, value_name = "R.toml")]
    pub recipe: Option<PathBuf>,
    /// Folder with the recipe's corpora.
    #[arg(long, value_name = "DIR", requires = "recipe")]
    pub corpora: Option<PathBuf>,
    /// Leave out a corpus of the recipe, and rows of others whose source begins with its name.
    #[arg(long, value_name = "NAME", requires = "recipe")]
    pub exclude: Vec<String>,
    /// Labelled CSV files to measure the new model on; the figures go into the model.
    #[arg(long, value_name = "LABELLED")]
    pub measure: Vec<PathBuf>,
    /// Start from a model: a file, or `default` for the one that comes with the program.
    #[arg(long, value_name = "MODEL", conflicts_with = "recipe")]
    pub base: Option<PathBuf>,
    /// How to use the base.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = BaseAs::Logits, requires = "base")]
    pub base_as: BaseAs,
    /// How frequent the classes are where the model will be used.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = SharesArg::Chosen, conflicts_with = "recipe")]
    pub class_shares: SharesArg,
    /// Seed of the folds.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[command(flatten)]
    pub table: TableArgs,
}

#[derive(Debug, Args)]
pub struct Evaluate {
    /// Labelled table: CSV, TSV, Parquet, JSON, JSON lines, an export of doccano or Label Studio.
    #[arg(value_name = "LABELLED")]
    pub labelled: PathBuf,
    /// Fit on these rows instead, by grouped cross-validation, and judge held-out rows only.
    #[arg(long)]
    pub cross_validate: bool,
    /// With --cross-validate, start from a model: a file, or `default`.
    #[arg(long, value_name = "MODEL", requires = "cross_validate")]
    pub base: Option<PathBuf>,
    /// How to use the base.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = BaseAs::Logits, requires = "base")]
    pub base_as: BaseAs,
    /// How frequent the classes are where the model will be used.
    #[arg(long, value_name = "HOW", value_enum, default_value_t = SharesArg::Chosen)]
    pub class_shares: SharesArg,
    /// Figures for each value of a column too; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    pub by: Vec<String>,
    /// Rows of the greatest disagreement between label and model to list.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub doubts: usize,
    /// Write everything as JSON.
    #[arg(long)]
    pub json: bool,
    /// Write one HTML page with everything to a file as well.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Seed of the folds and of the intervals.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    #[command(flatten)]
    pub table: TableArgs,
}

#[derive(Debug, Subcommand)]
pub enum Model {
    /// Say what a model is, where it comes from and which terms weigh most.
    Show {
        /// Model file; without it, the one of --model or the one that comes with the program.
        path: Option<PathBuf>,
        /// Number of terms to list for each class.
        #[arg(long, value_name = "N", default_value_t = 15)]
        top: usize,
        /// Write everything but the terms as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the model card: data, settings, figures, intended use, limits.
    Card {
        /// Model file; without it, the one of --model or the one that comes with the program.
        path: Option<PathBuf>,
        /// Write an HTML page instead of Markdown.
        #[arg(long)]
        html: bool,
        /// File to write to instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Say how two models differ: terms that moved, documents that change, figures on the same rows.
    Diff {
        /// The older model.
        a: PathBuf,
        /// The newer model; without it, the one of --model or the one that comes with the program.
        b: Option<PathBuf>,
        /// Number of terms to list.
        #[arg(long, value_name = "N", default_value_t = 15)]
        top: usize,
        /// Documents or folders to score with both.
        #[arg(long, value_name = "PATH")]
        documents: Vec<PathBuf>,
        /// Labelled table to judge both on.
        #[arg(long, value_name = "LABELLED")]
        labelled: Option<PathBuf>,
    },
    /// Write vocabulary, weights and settings as JSON.
    Export {
        /// Model file; without it, the one of --model or the one that comes with the program.
        path: Option<PathBuf>,
        /// File to write to instead of standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Check that a model file is whole and unchanged.
    Verify {
        /// Model files.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}
