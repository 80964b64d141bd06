//! From text to sentences, voices, tokens and stems.

pub(crate) mod key;
mod lexicon;
mod name;
mod stem;
mod token;

pub use lexicon::Lexicon;
pub use name::{Casing, NameFinder, is_never_a_name};
pub use stem::{Stemmer, Stemming};
pub use token::{Token, TokenKind, Tokens, tokens};
