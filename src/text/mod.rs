//! From text to sentences, voices, tokens and stems.
