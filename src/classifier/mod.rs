//! A fitted classifier: from a sentence to calibrated probabilities and exact contributions.

mod calibration;
mod context;
mod dense;
mod document;
mod explain;
mod fold;
mod leave_out;
mod scorer;
mod spread;
mod term_weights;
mod terms;

pub use calibration::Calibration;
pub use context::ContextModel;
pub(crate) use context::Labelled;
pub use document::DocumentModel;
pub use explain::{Contribution, Explanation};
pub use scorer::{Scorer, Scores, most_probable};
pub use spread::DocumentSpread;
pub(crate) use spread::{Outcome, shifted, shifts};

use self::term_weights::TermWeights;
use crate::features::FeatureSpace;
use crate::linear::LogisticRegression;
use crate::stance::StanceScheme;
use crate::{ErrorKind, Result};

/// Classes, features and coefficients that belong together.
#[derive(Clone, Debug)]
pub struct Classifier {
    scheme: StanceScheme,
    features: FeatureSpace,
    model: LogisticRegression,
    /// Idf and coefficients once more, as a scorer wants them.
    term_weights: Vec<TermWeights>,
    document_model: Option<DocumentModel>,
    context_model: Option<ContextModel>,
    document_spread: Option<DocumentSpread>,
}

impl Classifier {
    /// A classifier from its parts.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] unless the model has one coefficient for each column and class.
    pub fn new(
        scheme: StanceScheme,
        features: FeatureSpace,
        model: LogisticRegression,
    ) -> Result<Self> {
        let found = (model.n_features(), model.n_classes());
        let expected = (features.n_columns(), scheme.n_classes());
        if found != expected {
            return Err(ErrorKind::Shape {
                what: "the logistic model",
                found: format!("{} features and {} classes", found.0, found.1),
                expected: format!("{} features and {} classes", expected.0, expected.1),
            }
            .into());
        }
        Ok(Self {
            term_weights: TermWeights::of_channels(&features, &model),
            scheme,
            features,
            model,
            document_model: None,
            context_model: None,
            document_spread: None,
        })
    }

    /// The classes.
    #[must_use]
    pub fn scheme(&self) -> &StanceScheme {
        &self.scheme
    }

    /// The features.
    #[must_use]
    pub fn features(&self) -> &FeatureSpace {
        &self.features
    }

    /// The coefficients.
    #[must_use]
    pub fn model(&self) -> &LogisticRegression {
        &self.model
    }

    /// What judges whole documents, if there is such a model.
    #[must_use]
    pub fn document_model(&self) -> Option<&DocumentModel> {
        self.document_model.as_ref()
    }

    /// The same classifier with a model of whole documents.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if that model has another number of classes.
    pub fn with_document_model(self, model: Option<DocumentModel>) -> Result<Self> {
        let found = model
            .as_ref()
            .map_or(self.scheme.n_classes(), |m| m.intercepts().len());
        if found != self.scheme.n_classes() {
            return Err(ErrorKind::Shape {
                what: "the document model",
                found: format!("{found} classes"),
                expected: format!("{} classes", self.scheme.n_classes()),
            }
            .into());
        }
        Ok(Self {
            document_model: model,
            ..self
        })
    }

    /// What judges sentences in their documents, if there is such a model.
    #[must_use]
    pub fn context_model(&self) -> Option<&ContextModel> {
        self.context_model.as_ref()
    }

    /// The same classifier with a model of sentences in their documents.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if that model has another number of classes.
    pub fn with_context_model(self, model: Option<ContextModel>) -> Result<Self> {
        let n_classes = self.scheme.n_classes();
        let found = model.as_ref().map_or(n_classes, |m| m.usual().len());
        if found != n_classes {
            return Err(ErrorKind::Shape {
                what: "the context model",
                found: format!("{found} classes"),
                expected: format!("{n_classes} classes"),
            }
            .into());
        }
        Ok(Self {
            context_model: model,
            ..self
        })
    }

    /// How far documents stray from the probabilities of their sentences, if that is known.
    #[must_use]
    pub fn document_spread(&self) -> Option<&DocumentSpread> {
        self.document_spread.as_ref()
    }

    /// The same classifier with what is known of how far documents stray.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if that is for another number of classes.
    pub fn with_document_spread(self, spread: Option<DocumentSpread>) -> Result<Self> {
        if let Some(spread) = &spread {
            let by_class = spread.by_class().to_vec();
            DocumentSpread::from_parts(by_class, self.scheme.n_classes())?;
        }
        Ok(Self {
            document_spread: spread,
            ..self
        })
    }

    /// What scores texts; it holds scratch space, so make one for each thread.
    #[must_use]
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer::new(self)
    }

    /// Gives the features back.
    #[must_use]
    pub fn into_features(self) -> FeatureSpace {
        self.features
    }

    /// The same classifier with the calibration folded into its coefficients.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if the calibration is for another number of classes.
    pub fn calibrated(self, calibration: &Calibration) -> Result<Self> {
        let model = calibration.fold_into(&self.model)?;
        Self::new(self.scheme, self.features, model)?
            .with_document_model(self.document_model)?
            .with_context_model(self.context_model)?
            .with_document_spread(self.document_spread)
    }
}
