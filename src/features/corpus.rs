//! The analysed texts that channels are fitted on.

use super::analyzer::{Analyzer, Occurrence, TextSettings, Word};
use crate::text::Lexicon;

/// All rows of a fit, cut into words once.
pub struct Corpus<'m> {
    analyzer: Analyzer<'m>,
    occurrences: Vec<Occurrence>,
    row_starts: Vec<usize>,
}

impl<'m> Corpus<'m> {
    /// Analyses `texts`, one row each.
    pub fn new<'t>(
        settings: TextSettings,
        lexicon: &'m Lexicon,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Self {
        let mut analyzer = Analyzer::new(settings, lexicon).unforgetting();
        let (mut occurrences, mut row_starts, mut row) = (Vec::new(), vec![0], Vec::new());
        for text in texts {
            analyzer.analyze(text, &mut row);
            occurrences.extend_from_slice(&row);
            row_starts.push(occurrences.len());
        }
        Self {
            analyzer,
            occurrences,
            row_starts,
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.row_starts.len() - 1
    }

    /// The occurrences of each row.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[Occurrence]> {
        self.row_starts
            .windows(2)
            .map(|w| &self.occurrences[w[0]..w[1]])
    }

    /// The word with this index.
    #[must_use]
    pub fn word(&self, index: u32) -> &Word {
        self.analyzer.word(index)
    }

    pub(super) fn analyzer(&self) -> &Analyzer<'m> {
        &self.analyzer
    }

    /// In how many rows each word occurs.
    pub(super) fn row_frequencies(&self) -> Vec<u32> {
        let mut seen = vec![(0_u32, usize::MAX); self.analyzer.n_words()];
        for (i, row) in self.rows().enumerate() {
            for occurrence in row {
                let (df, last) = &mut seen[occurrence.word as usize];
                *df += u32::from(*last != i);
                *last = i;
            }
        }
        seen.into_iter().map(|(df, _)| df).collect()
    }
}
