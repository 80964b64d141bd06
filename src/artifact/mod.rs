//! Model files: a classifier with everything needed to trust and repeat it.
//!
//! The file is a safetensors file; `docs/FORMAT.md` describes it. Reading treats it as hostile:
//! sizes are bounded, lengths are checked before use, and a SHA-256 over everything must match.

mod card;
mod diff;
mod encode;
mod export;
mod read;
mod write;

pub use diff::{ModelDiff, Moved};
pub use read::MAX_MODEL_BYTES;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::classifier::Classifier;
use crate::evaluate::Evaluation;
use crate::features::TextSettings;
use crate::labelled::{DataFile, LabelledSet};
use crate::stance::StanceScheme;
use crate::train::{FitReport, TrainParams, Trained};

/// The version of the file format that this program writes, and the newest that it reads.
pub const FORMAT_VERSION: u32 = 1;

/// The model that comes with the program.
const DEFAULT_MODEL: &[u8] = include_bytes!("../../models/default.safetensors");

/// Where a model comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Name of the model.
    pub name: String,
    /// Version of the model.
    pub version: String,
    /// Version of the program that fitted it.
    pub program: String,
    /// Settings of the fit, seed included.
    pub params: TrainParams,
    /// How the fit went, with the figures on held-out folds.
    pub report: FitReport,
    /// The data: file name, SHA-256, rows used.
    pub data: Vec<DataRecord>,
    /// Rows per class.
    pub class_counts: BTreeMap<String, usize>,
    /// Figures measured after the fit, by name of the data set.
    #[serde(default)]
    pub evaluations: BTreeMap<String, Evaluation>,
}

impl Provenance {
    /// Where a model fitted to `set`, read from `files`, comes from: version `1`, this program, no
    /// figures but those of the fit.
    #[must_use]
    pub fn of_fit(
        name: &str,
        params: TrainParams,
        set: &LabelledSet,
        files: &[DataFile],
        report: FitReport,
    ) -> Self {
        let names = set.scheme().names().map(str::to_owned);
        Self {
            name: name.to_owned(),
            version: "1".to_owned(),
            program: format!("polemic {}", env!("CARGO_PKG_VERSION")),
            class_counts: names.zip(set.class_counts()).collect(),
            params,
            report,
            data: files.iter().map(DataRecord::of).collect(),
            evaluations: BTreeMap::new(),
        }
    }
}

/// A data file that took part in a fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRecord {
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Rows used.
    pub rows: usize,
}

impl DataRecord {
    fn of(file: &DataFile) -> Self {
        let name = file.path.file_name().unwrap_or_default();
        Self {
            file: name.to_string_lossy().into_owned(),
            sha256: file.sha256.clone(),
            rows: file.rows,
        }
    }
}

/// A model as it is kept on disk.
#[derive(Clone, Debug)]
pub struct ModelArtifact {
    /// What scores.
    pub classifier: Classifier,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The checksum of the file, SHA-256 in hex.
    pub sha256: String,
}

/// The metadata of a model file.
#[derive(Serialize, Deserialize)]
struct Metadata {
    scheme: StanceScheme,
    text: TextSettings,
    channels: Vec<ChannelRecord>,
    provenance: Provenance,
}

/// A fitted channel in the metadata: its settings; its tables are tensors.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum ChannelRecord {
    WordNgrams {
        settings: crate::features::WordNgrams,
    },
    Subwords {
        settings: crate::features::Subwords,
    },
    Words {
        scale: f32,
    },
    Style {
        settings: crate::features::Style,
        inventories: Vec<crate::features::Inventory>,
    },
}

impl ModelArtifact {
    /// A model of what was fitted with `params` to `set`, read from `files`.
    ///
    /// # Errors
    /// As [`ModelArtifact::new`].
    pub fn of_fit(
        name: &str,
        params: TrainParams,
        set: &LabelledSet,
        files: &[DataFile],
        trained: Trained,
    ) -> Result<Self> {
        let provenance = Provenance::of_fit(name, params, set, files, trained.report);
        Self::new(trained.classifier, provenance)
    }

    /// The model that comes with the program.
    ///
    /// # Errors
    /// None in a released program; the same as [`ModelArtifact::from_bytes`].
    ///
    /// ```
    /// let model = polemic::artifact::ModelArtifact::embedded()?;
    /// let scores = model.classifier.scorer().score("This shameful betrayal must end!");
    /// assert_eq!(model.classifier.scheme().class_name(scores.most_probable()), "polemical");
    /// # Ok::<(), polemic::Error>(())
    /// ```
    pub fn embedded() -> Result<Self> {
        Self::from_bytes(Path::new("embedded model"), DEFAULT_MODEL)
    }
}
