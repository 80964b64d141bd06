//! A model as JSON that other programs can read: vocabulary, idf, weights, settings.

use serde_json::{Value, json};

use super::ModelArtifact;
use crate::features::{Channel, WordFeatureChannel};

impl ModelArtifact {
    /// The whole model as one JSON object. `coefficients` are `[column][class]`; the columns of
    /// the channels stand one after another. `docs/FORMAT.md` describes it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let classifier = &self.classifier;
        let k = classifier.scheme().n_classes();
        let channels = classifier.features().blocks().map(|(first, channel)| {
            let mut exported = exported(channel);
            exported["first_column"] = json!(first);
            exported["columns"] = json!(channel.n_columns());
            exported
        });
        let rows: Vec<&[f32]> = classifier.model().coefficients().chunks_exact(k).collect();
        let document = classifier
            .document_model()
            .map(|m| json!({ "coefficients": m.coefficients(), "intercepts": m.intercepts() }));
        let context = classifier.context_model().map(|m| {
            json!({
                "coefficients": m.coefficients(), "intercepts": m.intercepts(), "usual": m.usual(),
            })
        });
        let model = json!({
            "schema": "polemic.model-export/1",
            "name": self.provenance.name,
            "version": self.provenance.version,
            "sha256": self.sha256,
            "classes": classifier.scheme().classes(),
            "text": classifier.features().text_settings(),
            "channels": channels.collect::<Vec<Value>>(),
            "coefficients": rows,
            "intercepts": classifier.model().intercepts(),
            "document_model": document,
            "context_model": context,
            "provenance": self.provenance,
        });
        format!("{model}\n")
    }
}

fn exported(channel: &Channel) -> Value {
    match channel {
        Channel::WordNgrams(c) => json!({
            "kind": "word_ngrams", "settings": c.settings(),
            "terms": c.terms().iter().collect::<Vec<_>>(), "idf": c.idf(),
        }),
        Channel::WordFeatures(WordFeatureChannel::Subwords(c)) => json!({
            "kind": "subwords", "settings": c.settings(),
            "terms": c.grams().iter().collect::<Vec<_>>(), "idf": c.idf(),
        }),
        Channel::WordFeatures(WordFeatureChannel::Style(c)) => json!({
            "kind": "style", "settings": c.settings(), "inventories": c.inventories(),
        }),
        Channel::WordFeatures(WordFeatureChannel::Words(c)) => json!({
            "kind": "words", "scale": c.scale(), "terms": c.words().iter().collect::<Vec<_>>(),
        }),
        Channel::WordFeatures(WordFeatureChannel::Vectors(_)) => json!({ "kind": "word_vectors" }),
    }
}
