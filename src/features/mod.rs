//! From words to sparse rows: channels of features, each a block of columns.

mod analyzer;
mod circumstance;
mod corpus;
mod key_table;
mod ngrams;
mod row;
mod space;
mod sparse;
mod style;
mod subwords;
mod tally;
mod term_finder;
mod term_index;
mod vectors;
mod word_features;

pub(crate) use analyzer::NAME;
pub use analyzer::{Analyzer, Occurrence, TextSettings, Unit, Word};
pub use corpus::Corpus;
pub(crate) use ngrams::sublinear;
pub use ngrams::{WordNgramChannel, WordNgrams};
pub use row::RowBuilder;
pub use space::{Channel, ChannelSettings, FeatureSpace};
pub use sparse::{SparseMatrix, SparseRow};
pub use style::{Inventory, Style, StyleChannel};
pub use subwords::{SubwordChannel, Subwords};
pub(crate) use term_finder::TermFinder;
pub use vectors::{WordTableChannel, WordVectorChannel, WordVectors};
pub use word_features::WordFeatureChannel;
