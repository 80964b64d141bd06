//! Reading model files, with suspicion.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use safetensors::{Dtype, SafeTensors};

use super::encode::checksum;
use super::{ChannelRecord, FORMAT_VERSION, Metadata, ModelArtifact};
use crate::classifier::{Classifier, ContextModel, DocumentModel, DocumentSpread};
use crate::features::{
    Channel, FeatureSpace, StyleChannel, SubwordChannel, WordFeatureChannel, WordNgramChannel,
    WordTableChannel,
};
use crate::linear::LogisticRegression;
use crate::text::{Lexicon, StringTable};
use crate::{Error, ErrorKind, Result};

/// The largest model file that is read, in bytes.
pub const MAX_MODEL_BYTES: u64 = 1 << 30;

impl ModelArtifact {
    /// Reads a model file.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], [`ErrorKind::TooLarge`], or [`ErrorKind::BadModel`] for a file that is not
    /// a model, is truncated or was changed, or is of a newer format.
    pub fn read(path: &Path) -> Result<Self> {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(|e| Error::io(path, "open", e))?;
        let mut file = file.take(MAX_MODEL_BYTES + 1);
        file.read_to_end(&mut bytes)
            .map_err(|e| Error::io(path, "read", e))?;
        if bytes.len() as u64 > MAX_MODEL_BYTES {
            let bytes = bytes.len() as u64;
            return Err(ErrorKind::TooLarge {
                path: path.to_owned(),
                bytes,
                limit: MAX_MODEL_BYTES,
            }
            .into());
        }
        Self::from_bytes(path, &bytes)
    }

    /// A model from the bytes of a model file; `path` is for messages.
    ///
    /// # Errors
    /// [`ErrorKind::BadModel`], as [`ModelArtifact::read`].
    pub fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self> {
        let file = Suspect { path };
        let (_, header) = SafeTensors::read_metadata(bytes)
            .map_err(|e| file.bad(e.to_string(), "a whole safetensors file"))?;
        let entry = header.metadata().as_ref().and_then(|m| m.get("polemic"));
        let entry = entry.ok_or_else(|| {
            file.bad(
                "no polemic metadata".to_owned(),
                "a file made by polemic train",
            )
        })?;
        let (version, rest) = entry.split_once(' ').unwrap_or((entry, ""));
        match version.parse::<u32>() {
            Ok(FORMAT_VERSION) => {}
            Ok(newer) if newer > FORMAT_VERSION => {
                let expected = format!("format {FORMAT_VERSION} or older; use a newer polemic");
                return Err(file.bad(format!("format {newer}"), &expected));
            }
            _ => return Err(file.bad(format!("format {version:?}"), "a format number")),
        }
        let (claimed, json) = rest.split_once(' ').unwrap_or((rest, ""));
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|e| file.bad(e.to_string(), "a whole safetensors file"))?;
        let tensors = Tensors::new(file, &tensors);
        let found = tensors.checksum(json);
        if found != claimed {
            let expected = format!("{claimed}; the file was changed or damaged");
            return Err(file.bad(format!("checksum {found}"), &expected));
        }
        let metadata: Metadata = serde_json::from_str(json)
            .map_err(|e| file.bad(format!("metadata: {e}"), "the metadata of this format"))?;
        tensors.build(metadata, found)
    }
}

/// The file that is being read.
#[derive(Clone, Copy)]
struct Suspect<'p> {
    path: &'p Path,
}

impl Suspect<'_> {
    fn bad(&self, found: String, expected: &str) -> Error {
        let expected = expected.to_owned();
        ErrorKind::BadModel {
            path: self.path.to_owned(),
            found,
            expected,
        }
        .into()
    }
}

/// The tensors of a model file by name.
struct Tensors<'p, 'b> {
    file: Suspect<'p>,
    by_name: BTreeMap<String, (Dtype, Vec<usize>, &'b [u8])>,
}

impl<'p, 'b> Tensors<'p, 'b> {
    fn new(file: Suspect<'p>, tensors: &SafeTensors<'b>) -> Self {
        let entries = tensors.iter().map(|(name, view)| {
            (
                name.to_owned(),
                (view.dtype(), view.shape().to_vec(), view.data()),
            )
        });
        Self {
            file,
            by_name: entries.collect(),
        }
    }

    fn checksum(&self, metadata: &str) -> String {
        let views = self
            .by_name
            .iter()
            .map(|(n, (d, s, b))| (n.as_str(), *d, s.as_slice(), *b));
        checksum(metadata, views)
    }

    fn build(&self, metadata: Metadata, sha256: String) -> Result<ModelArtifact> {
        let scheme = metadata.scheme.checked(self.file.path.to_owned())?;
        let records = metadata.channels.into_iter().enumerate();
        let channels: Vec<Channel> = records
            .map(|(i, record)| self.channel(i, record))
            .collect::<Result<_>>()?;
        let lexicon = Lexicon::from(self.strings("lexicon")?);
        let features = FeatureSpace::from_parts(metadata.text, lexicon, channels);
        let coefficients = self.f32s("coefficients")?;
        let intercepts = self.f64s("intercepts")?;
        let model = LogisticRegression::from_parts(features.n_columns(), coefficients, intercepts)
            .map_err(|e| {
                self.file
                    .bad(e.to_string(), "coefficients that fit the vocabulary")
            })?;
        let classifier = Classifier::new(scheme, features, model)
            .map_err(|e| self.file.bad(e.to_string(), "parts that fit together"))?;
        let context = self.context_model()?;
        let spread = self.document_spread(classifier.scheme().n_classes())?;
        let classifier = classifier
            .with_document_model(self.document_model()?)
            .and_then(|classifier| classifier.with_context_model(context))
            .and_then(|classifier| classifier.with_document_spread(spread))
            .map_err(|e| self.file.bad(e.to_string(), "parts that fit together"))?;
        Ok(ModelArtifact {
            classifier,
            provenance: metadata.provenance,
            sha256,
        })
    }

    fn channel(&self, i: usize, record: ChannelRecord) -> Result<Channel> {
        let checked = |result: Result<()>| {
            result.map_err(|e| self.file.bad(e.to_string(), "settings in range"))
        };
        Ok(match record {
            ChannelRecord::WordNgrams { settings } => {
                checked(settings.check())?;
                let (terms, idf) = self.vocabulary(i)?;
                Channel::WordNgrams(WordNgramChannel::new(settings, terms, idf))
            }
            ChannelRecord::Subwords { settings } => {
                checked(settings.check())?;
                let (grams, idf) = self.vocabulary(i)?;
                let channel = SubwordChannel::new(settings, grams, idf);
                Channel::WordFeatures(WordFeatureChannel::Subwords(channel))
            }
            ChannelRecord::Words { scale } => {
                let words = self.strings(&format!("channel.{i}.terms"))?;
                let sorted = words.iter().is_sorted_by(|a, b| a < b);
                if !(sorted && scale > 0.0 && scale.is_finite()) {
                    let found = format!("channel {i} with scale {scale}");
                    return Err(self.file.bad(found, "sorted words and a scale above 0"));
                }
                let channel = WordTableChannel::new(scale, words);
                Channel::WordFeatures(WordFeatureChannel::Words(channel))
            }
            ChannelRecord::Style {
                settings,
                inventories,
            } => {
                checked(settings.check())?;
                let channel = StyleChannel::new(settings, inventories);
                Channel::WordFeatures(WordFeatureChannel::Style(channel))
            }
        })
    }

    fn document_model(&self) -> Result<Option<DocumentModel>> {
        if !self.by_name.contains_key("document.coefficients") {
            return Ok(None);
        }
        let coefficients = self.f64s("document.coefficients")?;
        let model = DocumentModel::from_parts(coefficients, self.f64s("document.intercepts")?);
        model
            .map(Some)
            .map_err(|e| self.file.bad(e.to_string(), "a document model"))
    }

    fn context_model(&self) -> Result<Option<ContextModel>> {
        if !self.by_name.contains_key("context.coefficients") {
            return Ok(None);
        }
        let model = ContextModel::from_parts(
            self.f64s("context.coefficients")?,
            self.f64s("context.intercepts")?,
            self.f64s("context.usual")?,
        );
        model
            .map(Some)
            .map_err(|e| self.file.bad(e.to_string(), "a context model"))
    }

    fn document_spread(&self, n_classes: usize) -> Result<Option<DocumentSpread>> {
        if !self.by_name.contains_key("document.spread") {
            return Ok(None);
        }
        let spread = DocumentSpread::from_parts(self.f64s("document.spread")?, n_classes);
        spread
            .map(Some)
            .map_err(|e| self.file.bad(e.to_string(), "a spread of every class"))
    }

    /// The sorted strings and the idf of channel `i`.
    fn vocabulary(&self, i: usize) -> Result<(StringTable, Vec<f32>)> {
        let terms = self.strings(&format!("channel.{i}.terms"))?;
        let idf = self.f32s(&format!("channel.{i}.idf"))?;
        if terms.len() != idf.len() || !terms.iter().is_sorted_by(|a, b| a < b) {
            let found = format!(
                "channel {i} with {} terms and {} idf",
                terms.len(),
                idf.len()
            );
            return Err(self.file.bad(found, "sorted terms with one idf each"));
        }
        Ok((terms, idf))
    }

    fn bytes(&self, name: &str, dtype: Dtype) -> Result<&'b [u8]> {
        match self.by_name.get(name) {
            Some((found, _, bytes)) if *found == dtype => Ok(bytes),
            Some((found, ..)) => Err(self
                .file
                .bad(format!("tensor {name} of {found:?}"), &format!("{dtype:?}"))),
            None => Err(self
                .file
                .bad(format!("no tensor {name}"), "all tensors of this format")),
        }
    }

    fn f32s(&self, name: &str) -> Result<Vec<f32>> {
        let bytes = self.bytes(name, Dtype::F32)?.as_chunks().0;
        let values: Vec<f32> = bytes.iter().map(|b| f32::from_le_bytes(*b)).collect();
        self.finite(name, values.iter().all(|v| v.is_finite()))?;
        Ok(values)
    }

    fn f64s(&self, name: &str) -> Result<Vec<f64>> {
        let bytes = self.bytes(name, Dtype::F64)?.as_chunks().0;
        let values: Vec<f64> = bytes.iter().map(|b| f64::from_le_bytes(*b)).collect();
        self.finite(name, values.iter().all(|v| v.is_finite()))?;
        Ok(values)
    }

    fn finite(&self, name: &str, all: bool) -> Result<()> {
        let found = || format!("a value of tensor {name} that is not finite");
        if all {
            Ok(())
        } else {
            Err(self.file.bad(found(), "finite numbers"))
        }
    }

    fn strings(&self, name: &str) -> Result<StringTable> {
        let bytes = self.bytes(name, Dtype::U8)?.to_vec();
        let ends = self.bytes(&format!("{name}.ends"), Dtype::U32)?;
        let ends = ends.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b));
        let table = String::from_utf8(bytes)
            .ok()
            .and_then(|text| StringTable::from_parts(text, ends.collect()));
        let wrong = || format!("broken strings in tensor {name}");
        table.ok_or_else(|| self.file.bad(wrong(), "UTF-8 text"))
    }
}
