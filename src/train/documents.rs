//! What a fit learns of whole documents from rows that it has not seen.

use std::collections::BTreeMap;

use ndarray::Array2;

use crate::Result;
use crate::classifier::{
    Calibration, Classifier, ContextModel, DocumentModel, DocumentSpread, Labelled, Outcome,
};
use crate::labelled::{LabelledSet, Uses};
use crate::linear::softmax;
use crate::stance::ClassId;

/// Held-out rows as the parts of a classifier that are about documents see them.
pub(super) struct HeldOutDocuments<'r> {
    pub(super) set: &'r LabelledSet,
    pub(super) logits: &'r Array2<f64>,
    pub(super) calibration: Option<&'r Calibration>,
}

impl HeldOutDocuments<'_> {
    /// The classifier with all that can be learnt of documents.
    pub(super) fn teach(&self, classifier: Classifier) -> Result<Classifier> {
        let n_classes = self.set.scheme().n_classes();
        let judged = self.documents(|uses| uses.sentences);
        let context = ContextModel::fit(&judged, n_classes)?;
        let spread = fit_spread(&judged, context.as_ref(), n_classes);
        let whole = self.documents(|uses| uses.document);
        let seen: Vec<(Vec<f64>, ClassId)> = whole
            .iter()
            .map(|sentences| {
                let p = in_context(context.as_ref(), sentences);
                (DocumentModel::features(&p), sentences[0].1)
            })
            .collect();
        classifier
            .with_document_model(DocumentModel::fit(&seen, n_classes)?)?
            .with_context_model(context)?
            .with_document_spread(spread)
    }

    /// The rows with such a use, by group.
    fn documents(&self, used: impl Fn(&Uses) -> bool) -> Vec<Vec<Labelled>> {
        let mut documents: BTreeMap<u32, Vec<Labelled>> = BTreeMap::new();
        for i in (0..self.set.len()).filter(|&i| used(&self.set.uses[i])) {
            let logits = self.logits.row(i).to_vec();
            let mut p = self
                .calibration
                .map_or(logits.clone(), |c| c.calibrate(&logits));
            softmax(&mut p);
            let document = documents.entry(self.set.groups[i]).or_default();
            document.push((p, self.set.labels[i]));
        }
        documents.into_values().collect()
    }
}

/// The probabilities of a document's sentences, seen in it.
fn in_context(context: Option<&ContextModel>, sentences: &[Labelled]) -> Vec<Vec<f64>> {
    let own = sentences.iter().map(|(p, _)| p);
    let Some(context) = context else {
        return own.cloned().collect();
    };
    let document = context.document(own.clone().map(Vec::as_slice));
    own.map(|p| context.in_document(p, &document)).collect()
}

/// How far documents stray from the probabilities of their sentences.
fn fit_spread(
    documents: &[Vec<Labelled>],
    context: Option<&ContextModel>,
    n_classes: usize,
) -> Option<DocumentSpread> {
    let mut classes = vec![Vec::with_capacity(documents.len()); n_classes];
    for sentences in documents {
        let p = in_context(context, sentences);
        for (class, documents) in classes.iter_mut().enumerate() {
            let outcome =
                |(p, s): (&Vec<f64>, &Labelled)| -> Outcome { (p[class], s.1 as usize == class) };
            documents.push(p.iter().zip(sentences).map(outcome).collect());
        }
    }
    DocumentSpread::fit(&classes)
}
