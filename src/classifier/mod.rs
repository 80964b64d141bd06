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
    documents: DocumentParts,
}

/// What a classifier knows of documents.
#[derive(Clone, Debug, Default)]
struct DocumentParts {
    model: Option<DocumentModel>,
    context: Option<ContextModel>,
    spread: Option<DocumentSpread>,
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
            documents: DocumentParts::default(),
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
        self.documents.model.as_ref()
    }

    /// The same classifier with a model of whole documents.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if that model has another number of classes.
    pub fn with_document_model(mut self, model: Option<DocumentModel>) -> Result<Self> {
        let found = model.as_ref().map(|m| m.intercepts().len());
        self.check_classes("the document model", found)?;
        self.documents.model = model;
        Ok(self)
    }

    /// What judges sentences in their documents, if there is such a model.
    #[must_use]
    pub fn context_model(&self) -> Option<&ContextModel> {
        self.documents.context.as_ref()
    }

    /// The same classifier with a model of sentences in their documents.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if that model has another number of classes.
    pub fn with_context_model(mut self, model: Option<ContextModel>) -> Result<Self> {
        let found = model.as_ref().map(|m| m.usual().len());
        self.check_classes("the context model", found)?;
        self.documents.context = model;
        Ok(self)
    }

    /// How far documents stray from the probabilities of their sentences, if that is known.
    #[must_use]
    pub fn document_spread(&self) -> Option<&DocumentSpread> {
        self.documents.spread.as_ref()
    }

    /// The same classifier with what is known of how far documents stray.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if that is for another number of classes.
    pub fn with_document_spread(mut self, spread: Option<DocumentSpread>) -> Result<Self> {
        let found = spread.as_ref().map(|s| s.by_class().len());
        self.check_classes("the spread between documents", found)?;
        self.documents.spread = spread;
        Ok(self)
    }

    /// Is a part, if it is there, for as many classes as the scheme has?
    fn check_classes(&self, what: &'static str, found: Option<usize>) -> Result<()> {
        let expected = self.scheme.n_classes();
        match found {
            Some(found) if found != expected => Err(ErrorKind::Shape {
                what,
                found: format!("{found} classes"),
                expected: format!("{expected} classes"),
            }
            .into()),
            _ => Ok(()),
        }
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
        Ok(Self {
            documents: self.documents,
            ..Self::new(self.scheme, self.features, model)?
        })
    }
}
