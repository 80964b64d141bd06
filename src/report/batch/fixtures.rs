//! Rows for tests.

use crate::profile::ModelFacts;
use crate::report::row::DocumentRow;

/// A document with these shares and this metadata.
pub(super) fn row(id: &str, shares: [f64; 3], metadata: &[(&str, &str)]) -> DocumentRow {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    DocumentRow {
        id: id.to_owned(),
        title: None,
        metadata: metadata.iter().map(owned).collect(),
        language: None,
        words: 100,
        sentences: 10,
        dominant: "polemical".to_owned(),
        shares: shares.to_vec(),
        intervals: shares.iter().map(|s| [s - 0.1, s + 0.1]).collect(),
        means: shares.to_vec(),
        uncertain_share: 0.0,
        author_sentences: 10,
        quoted_sentences: 0,
        quoted_shares: vec![0.0; 3],
        model: ModelFacts {
            name: "small".to_owned(),
            version: "1".to_owned(),
            sha256: "0".repeat(64),
        },
        sha256: "1".repeat(64),
    }
}
