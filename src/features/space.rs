//! The feature space: channels side by side, each a block of columns.

use serde::{Deserialize, Serialize};

use super::SparseMatrix;
use super::analyzer::{Analyzer, Occurrence, TextSettings};
use super::corpus::Corpus;
use super::ngrams::{WordNgramChannel, WordNgrams};
use super::row::RowBuilder;
use super::style::Style;
use super::subwords::Subwords;
use super::vectors::WordVectors;
use super::word_features::WordFeatureChannel;
use crate::text::Lexicon;
use crate::{Error, Result};

/// The settings of a channel, as a recipe writes them (`kind = "word_ngrams"`, …).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChannelSettings {
    /// TF-IDF over word n-grams.
    WordNgrams(WordNgrams),
    /// Character n-grams inside words.
    Subwords(Subwords),
    /// Style inventories.
    Style(Style),
    /// Word vectors.
    WordVectors(WordVectors),
}

impl ChannelSettings {
    /// # Errors
    /// [`crate::ErrorKind::Setting`] if a setting is out of its range.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::WordNgrams(settings) => settings.check(),
            Self::Subwords(settings) => settings.check(),
            Self::Style(settings) => settings.check(),
            Self::WordVectors(settings) => settings.check(),
        }
    }

    fn fit(&self, corpus: &Corpus<'_>) -> Result<Channel> {
        self.check()?;
        Ok(match self {
            Self::WordNgrams(settings) => Channel::WordNgrams(settings.fit(corpus)),
            Self::Subwords(settings) => {
                Channel::WordFeatures(WordFeatureChannel::Subwords(settings.fit(corpus)))
            }
            Self::Style(settings) => {
                Channel::WordFeatures(WordFeatureChannel::Style(settings.fit()?))
            }
            Self::WordVectors(settings) => {
                Channel::WordFeatures(WordFeatureChannel::Vectors(settings.fit(corpus)?))
            }
        })
    }
}

/// A fitted channel.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Channel {
    /// TF-IDF over word n-grams.
    WordNgrams(WordNgramChannel),
    /// A sum over words.
    WordFeatures(WordFeatureChannel),
}

impl Channel {
    /// Number of columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        match self {
            Self::WordNgrams(channel) => channel.terms().len(),
            Self::WordFeatures(channel) => channel.n_columns(),
        }
    }

    /// What a column stands for.
    #[must_use]
    pub fn column_name(&self, column: usize) -> String {
        match self {
            Self::WordNgrams(channel) => channel.terms()[column].clone(),
            Self::WordFeatures(channel) => channel.column_name(column),
        }
    }
}

/// Everything that turns a text into a row: settings, lexicon and fitted channels.
///
/// ```
/// use polemic::features::{ChannelSettings, FeatureSpace, RowBuilder, TextSettings, WordNgrams};
/// use polemic::text::Lexicon;
///
/// let settings = [ChannelSettings::WordNgrams(WordNgrams { min_df: 1, ..Default::default() })];
/// let texts = ["a reckless plan", "a plan was filed"];
/// let (space, x) =
///     FeatureSpace::fit(TextSettings::default(), Lexicon::english(), &settings, &texts)?;
/// assert_eq!((x.n_rows(), x.n_cols()), (2, space.n_columns()));
/// assert_eq!(space.column_name(0), "a");
/// # Ok::<(), polemic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct FeatureSpace {
    text: TextSettings,
    lexicon: Lexicon,
    channels: Vec<Channel>,
}

impl FeatureSpace {
    /// Fits the channels on `texts` and gives the rows of these texts too.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Setting`] if there is no channel, a setting is out of its range, or no
    /// term is left.
    pub fn fit<T: AsRef<str>>(
        text: TextSettings,
        lexicon: Lexicon,
        settings: &[ChannelSettings],
        texts: &[T],
    ) -> Result<(Self, SparseMatrix)> {
        let corpus = Corpus::new(text, &lexicon, texts.iter().map(AsRef::as_ref));
        let channels: Vec<Channel> = settings
            .iter()
            .map(|s| s.fit(&corpus))
            .collect::<Result<_>>()?;
        let n_columns: usize = channels.iter().map(Channel::n_columns).sum();
        if n_columns == 0 {
            return Err(Error::setting(
                "number of terms",
                0,
                "at least 1 (lower min_df?)",
            ));
        }
        let mut matrix = SparseMatrix::new(n_columns);
        let mut row = RowBuilder::default();
        let mut scratch = Vec::new();
        for occurrences in corpus.rows() {
            fill(
                &channels,
                corpus.analyzer(),
                occurrences,
                &mut row,
                &mut scratch,
            );
            matrix.push_row(row.entries().iter().copied())?;
        }
        drop(corpus);
        Ok((
            Self {
                text,
                lexicon,
                channels,
            },
            matrix,
        ))
    }

    /// A space from its parts.
    #[must_use]
    pub fn from_parts(text: TextSettings, lexicon: Lexicon, channels: Vec<Channel>) -> Self {
        Self {
            text,
            lexicon,
            channels,
        }
    }

    /// How text becomes words.
    #[must_use]
    pub fn text_settings(&self) -> TextSettings {
        self.text
    }

    /// The common words by which names are found.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The channels, in column order.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The channels with the first column of each.
    pub fn blocks(&self) -> impl Iterator<Item = (u32, &Channel)> {
        let mut first = 0;
        self.channels.iter().map(move |channel| {
            let block = (first, channel);
            first += channel.n_columns() as u32;
            block
        })
    }

    /// Number of columns of all channels.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.channels.iter().map(Channel::n_columns).sum()
    }

    /// What a column stands for: a term, `‹gram›` or `[inventory]`.
    #[must_use]
    pub fn column_name(&self, column: u32) -> String {
        let block = self.blocks().filter(|(first, _)| *first <= column).last();
        block.map_or_else(String::new, |(first, c)| {
            c.column_name((column - first) as usize)
        })
    }

    /// An analyzer for this space.
    #[must_use]
    pub fn analyzer(&self) -> Analyzer<'_> {
        Analyzer::new(self.text, &self.lexicon)
    }

    /// Fills `row` with the values of the analysed text.
    pub fn transform(
        &self,
        analyzer: &Analyzer<'_>,
        occurrences: &[Occurrence],
        row: &mut RowBuilder,
    ) {
        fill(&self.channels, analyzer, occurrences, row, &mut Vec::new());
    }
}

fn fill(
    channels: &[Channel],
    analyzer: &Analyzer<'_>,
    occurrences: &[Occurrence],
    row: &mut RowBuilder,
    scratch: &mut Vec<(u32, f32)>,
) {
    row.clear();
    let mut first = 0;
    for channel in channels {
        match channel {
            Channel::WordNgrams(c) => c.fill(analyzer, occurrences, first, row),
            Channel::WordFeatures(c) => c.fill(analyzer, occurrences, first, row, scratch),
        }
        first += channel.n_columns() as u32;
    }
}
