//! From text to sentences, voices, tokens and stems.

mod abbreviations;
mod clause;
mod frame;
mod marks;
mod opening;
mod quotation;
mod reporting;
mod sentence;
mod voice;

pub use sentence::{Sentence, Sentences, sentences};
pub use voice::{Passage, Voice, voices};
