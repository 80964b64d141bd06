//! How much of a text is neutral, academic or polemical: where, in whose voice, how surely, and
//! because of which words.
//!
//! Bytes become a [`Document`](ingest::Document), its sentences become sparse rows
//! ([`features`]), rows become calibrated probabilities ([`classifier`]), and these become a
//! [`DocumentProfile`](profile::DocumentProfile) that a [`Report`](report::Report) renders:
//!
//! ```
//! use std::path::Path;
//! use polemic::artifact::ModelArtifact;
//! use polemic::ingest::Document;
//! use polemic::profile::{ProfileParams, profile};
//!
//! let model = ModelArtifact::embedded()?;
//! let text = b"This shameful betrayal must end! It is an insult to all of us.";
//! let document = Document::from_bytes(Path::new("letter.txt"), text)?;
//! let mut scorer = model.classifier.scorer();
//! let found = profile(&model, &mut scorer, &document, &ProfileParams::default());
//! assert_eq!(found.profile.dominant, "polemical");
//! # Ok::<(), polemic::Error>(())
//! ```
//!
//! # Retraining
//!
//! Labelled rows in, a model file out. The penalty is chosen and the probabilities are calibrated
//! on held-out rows; `trained.report.held_out` has the figures.
//!
//! ```no_run
//! use std::path::Path;
//! use polemic::artifact::ModelArtifact;
//! use polemic::labelled::{LabelColumns, LabelledSet};
//! use polemic::train::TrainParams;
//!
//! # fn main() -> polemic::Result<()> {
//! let (path, params) = (Path::new("mine.csv"), TrainParams::default());
//!
//! let (rows, file) = LabelColumns::default().read(path)?;
//! let set = LabelledSet::from_rows(path, rows)?;
//! let trained = params.fit(&set, &|_, _| {})?;
//! ModelArtifact::of_fit("mine", params, &set, &[file], trained)?.write_to("mine.safetensors".as_ref())?;
//! # Ok(())
//! # }
//! ```
//!
//! # Modules
//!
//! Each uses only those above it.
//!
//! | Module | Idea |
//! |---|---|
//! | [`Error`] | what went wrong: where, what was found, what was expected |
//! | [`stance`] | the ordered classes with their definitions |
//! | [`text`] | sentences, voices, tokens, stems, names |
//! | [`ingest`] | files to documents, tables to rows |
//! | [`features`] | words to sparse rows, channel by channel |
//! | [`linear`] | multinomial logistic regression on sparse rows |
//! | [`classifier`] | a sentence to probabilities and exact contributions |
//! | [`labelled`] | labelled rows and grouped folds |
//! | [`evaluate`] | how good a classifier is |
//! | [`train`] | labelled rows to a classifier; recipes |
//! | [`artifact`] | model files |
//! | [`labelling`] | what to label next, and a journal that loses nothing |
//! | [`profile`](mod@profile) | what is measured about a document |
//! | [`behaviour`] | how a model does on cases made for one question each |
//! | [`report`] | how it is shown |
//!
//! The library prints nothing and reads neither the environment nor the clock. `docs/METHOD.md` has
//! the formulas, `docs/FORMAT.md` the files, `docs/ARCHITECTURE.md` the reasons.

pub mod artifact;
pub mod behaviour;
pub mod classifier;
mod error;
pub mod evaluate;
pub mod features;
pub mod ingest;
pub mod labelled;
pub mod labelling;
pub mod linear;
mod new_file;
pub mod profile;
pub mod report;
pub mod stance;
pub mod text;
pub mod train;

pub use error::{Error, ErrorKind, Result};
pub use new_file::NewFile;
