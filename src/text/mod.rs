//! From text to sentences, voices, tokens and stems.

mod abbreviations;
mod clause;
mod frame;
pub(crate) mod key;
mod language;
mod lexicon;
mod marks;
mod name;
mod opening;
mod quotation;
mod reporting;
mod sentence;
mod stem;
mod strings;
mod token;
mod voice;

pub use language::{Language, language_of};
pub use lexicon::Lexicon;
pub use name::{Casing, NameFinder, is_never_a_name, is_political_side};
pub use sentence::{Sentence, Sentences, sentences};
pub use stem::{Stemmer, Stemming};
pub use strings::StringTable;
pub use token::{Token, TokenKind, Tokens, tokens};
pub use voice::{Passage, Voice, voices};
