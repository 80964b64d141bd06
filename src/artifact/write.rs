//! Writing model files.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

use safetensors::tensor::TensorView;

use super::encode::{Tensor, checksum};
use super::{ChannelRecord, FORMAT_VERSION, Metadata, ModelArtifact, Provenance};
use crate::classifier::Classifier;
use crate::features::{Channel, WordFeatureChannel};
use crate::text::StringTable;
use crate::{Error, ErrorKind, NewFile, Result};

impl ModelArtifact {
    /// A model of this classifier.
    ///
    /// # Errors
    /// [`ErrorKind::BadModel`] if it cannot be written down.
    pub fn new(classifier: Classifier, provenance: Provenance) -> Result<Self> {
        let (metadata, tensors) = parts(&classifier, &provenance)?;
        let sha256 = checksum_of(&metadata, &tensors);
        Ok(Self {
            classifier,
            provenance,
            sha256,
        })
    }

    /// The bytes of the model file; the same for the same model.
    ///
    /// # Errors
    /// [`ErrorKind::BadModel`] if it cannot be written down.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let (metadata, tensors) = parts(&self.classifier, &self.provenance)?;
        let views: Result<Vec<(&str, TensorView<'_>)>> = tensors
            .iter()
            .map(|(name, tensor)| {
                let view = TensorView::new(tensor.dtype, tensor.shape.clone(), &tensor.bytes);
                Ok((name.as_str(), view.map_err(|e| unwritable(&e))?))
            })
            .collect();
        let sha256 = checksum_of(&metadata, &tensors);
        // One entry only: safetensors keeps the metadata in a map without an order.
        let value = format!("{FORMAT_VERSION} {sha256} {metadata}");
        let metadata = HashMap::from([("polemic".to_owned(), value)]);
        safetensors::serialize(views?, Some(metadata)).map_err(|e| unwritable(&e))
    }

    /// Writes the model file: whole, or not at all.
    ///
    /// # Errors
    /// [`ErrorKind::Io`], or as [`ModelArtifact::to_bytes`].
    pub fn write_to(&self, path: &Path) -> Result<()> {
        let mut file = NewFile::create(path)?;
        file.write_all(&self.to_bytes()?)
            .map_err(|source| Error::io(path, "write", source))?;
        file.finish()
    }
}

fn unwritable(error: &dyn std::fmt::Display) -> Error {
    ErrorKind::BadModel {
        path: "new model".into(),
        found: error.to_string(),
        expected: "parts that can be written down".to_owned(),
    }
    .into()
}

fn checksum_of(metadata: &str, tensors: &BTreeMap<String, Tensor>) -> String {
    let views = tensors
        .iter()
        .map(|(n, t)| (n.as_str(), t.dtype, t.shape.as_slice(), t.bytes.as_slice()));
    checksum(metadata, views)
}

/// Metadata and tensors of a model.
fn parts(
    classifier: &Classifier,
    provenance: &Provenance,
) -> Result<(String, BTreeMap<String, Tensor>)> {
    let mut tensors = BTreeMap::new();
    let mut channels = Vec::new();
    for (i, channel) in classifier.features().channels().iter().enumerate() {
        channels.push(record(channel)?);
        let (strings, idf) = match channel {
            Channel::WordNgrams(c) => (c.terms(), c.idf()),
            Channel::WordFeatures(WordFeatureChannel::Subwords(c)) => (c.grams(), c.idf()),
            Channel::WordFeatures(WordFeatureChannel::Words(c)) => {
                insert_strings(&mut tensors, &format!("channel.{i}.terms"), c.words());
                continue;
            }
            Channel::WordFeatures(_) => continue,
        };
        insert_strings(&mut tensors, &format!("channel.{i}.terms"), strings);
        tensors.insert(
            format!("channel.{i}.idf"),
            Tensor::of_f32(idf, vec![idf.len()]),
        );
    }
    insert_strings(
        &mut tensors,
        "lexicon",
        classifier.features().lexicon().words(),
    );
    let model = classifier.model();
    let shape = vec![model.n_features(), model.n_classes()];
    tensors.insert(
        "coefficients".to_owned(),
        Tensor::of_f32(model.coefficients(), shape),
    );
    tensors.insert("intercepts".to_owned(), Tensor::of_f64(model.intercepts()));
    if let Some(document) = classifier.document_model() {
        let (weights, intercepts) = (document.coefficients(), document.intercepts());
        tensors.insert("document.coefficients".to_owned(), Tensor::of_f64(&weights));
        tensors.insert(
            "document.intercepts".to_owned(),
            Tensor::of_f64(&intercepts),
        );
    }
    if let Some(context) = classifier.context_model() {
        let parts = [
            ("coefficients", context.coefficients()),
            ("intercepts", context.intercepts()),
            ("usual", context.usual().to_vec()),
        ];
        for (name, values) in parts {
            tensors.insert(format!("context.{name}"), Tensor::of_f64(&values));
        }
    }
    if let Some(spread) = classifier.document_spread() {
        let spread = Tensor::of_f64(spread.by_class());
        tensors.insert("document.spread".to_owned(), spread);
    }
    let metadata = Metadata {
        scheme: classifier.scheme().clone(),
        text: classifier.features().text_settings(),
        channels,
        provenance: provenance.clone(),
    };
    let metadata = serde_json::to_string(&metadata).map_err(|e| unwritable(&e))?;
    Ok((metadata, tensors))
}

fn record(channel: &Channel) -> Result<ChannelRecord> {
    Ok(match channel {
        Channel::WordNgrams(c) => ChannelRecord::WordNgrams {
            settings: c.settings().clone(),
        },
        Channel::WordFeatures(WordFeatureChannel::Subwords(c)) => ChannelRecord::Subwords {
            settings: c.settings().clone(),
        },
        Channel::WordFeatures(WordFeatureChannel::Style(c)) => ChannelRecord::Style {
            settings: c.settings().clone(),
            inventories: c.inventories().to_vec(),
        },
        Channel::WordFeatures(WordFeatureChannel::Words(c)) => {
            ChannelRecord::Words { scale: c.scale() }
        }
        Channel::WordFeatures(WordFeatureChannel::Vectors(_)) => {
            return Err(unwritable(&"word vectors that were not folded"));
        }
    })
}

fn insert_strings(tensors: &mut BTreeMap<String, Tensor>, name: &str, strings: &StringTable) {
    let (bytes, ends) = Tensor::of_strings(strings);
    tensors.insert(name.to_owned(), bytes);
    tensors.insert(format!("{name}.ends"), ends);
}
