//! How a model behaves on cases made for one question each: names and sides swapped, hedges and insults
//! added, polemics quoted, clear cases.
//!
//! For models that have the classes `neutral` and `polemical`, whatever they were fitted on. The cases are
//! filled from the templates and lists of `labels/behaviour.toml`; a good figure is necessary and not
//! sufficient. After Ribeiro, Wu, Guestrin & Singh (2020), *Beyond Accuracy: Behavioral Testing of NLP Models
//! with CheckList*, ACL.
//!
//! ```
//! use polemic::artifact::ModelArtifact;
//! use polemic::behaviour::{Suite, measure};
//!
//! let findings = measure(&Suite::own()?, &ModelArtifact::embedded()?)?;
//! let figures = findings.expect("it has these classes").figures();
//! assert_eq!(figures[0].question, "names swapped: label stays");
//! # Ok::<(), polemic::Error>(())
//! ```

mod figures;
mod measure;
mod suite;

pub use figures::{Stability, family};
pub use measure::{Addition, Clear, Findings, Quoted, Swap, measure};
pub use suite::{Direction, Invariance, Mirror, Quotation, Suite};
