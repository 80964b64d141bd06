//! From text to sentences, voices, tokens and stems.

mod abbreviations;
mod attribution;
mod clause;
mod frame;
mod joined;
pub(crate) mod key;
mod language;
mod lexicon;
mod marks;
mod name;
mod opening;
mod parts;
mod quotation;
mod referent;
mod reported;
mod reporting;
mod roundabout;
mod sentence;
mod speech;
mod stem;
mod strings;
mod subject;
mod token;
mod voice;
mod word_table;

pub(crate) use abbreviations::begins_sentences;
pub use language::{Language, language_of};
pub use lexicon::Lexicon;
pub use name::{
    Casing, NameFinder, is_name_particle, is_never_a_name, is_office, is_political_side,
};
pub use parts::{Heard, VoicePart};
pub use sentence::{Sentence, Sentences, sentences};
pub use stem::{Stemmer, Stemming};
pub use strings::StringTable;
pub(crate) use token::Lexeme;
pub use token::{Token, TokenKind, Tokens, tokens};
pub use voice::{Passage, Voice, voices};
