//! Model files: a classifier with everything needed to trust and repeat it.
//!
//! The file is a safetensors file; `docs/FORMAT.md` describes it. Reading treats it as hostile:
//! sizes are bounded, lengths are checked before use, and a SHA-256 over everything must match.

mod encode;
mod read;
mod write;

pub use read::MAX_MODEL_BYTES;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::classifier::Classifier;
use crate::evaluate::Evaluation;
use crate::features::TextSettings;
use crate::stance::StanceScheme;
use crate::train::{FitReport, TrainParams};

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
