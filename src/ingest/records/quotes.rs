//! Whether a delimited table ends inside a quotation: it was cut off, or a stray quotation mark has
//! swallowed the rows after it.

/// Follows the fields of a table (RFC 4180), however its bytes are cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quotes {
    delimiter: u8,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted field: its end, or the first of two.
    MarkInQuoted,
}

impl Quotes {
    /// At the start of a table.
    pub(super) const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            state: State::FieldStart,
        }
    }

    /// True if a whole table ends inside a quoted field.
    pub(crate) fn left_open(delimiter: u8, table: &[u8]) -> bool {
        let mut quotes = Self::new(delimiter);
        quotes.follow(table);
        quotes.are_open()
    }

    /// Goes on over the bytes that follow.
    pub(super) fn follow(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.state = match (self.state, byte) {
                (State::Quoted, b'"') => State::MarkInQuoted,
                (State::Quoted, _) => State::Quoted,
                (State::FieldStart | State::MarkInQuoted, b'"') => State::Quoted,
                (_, b'\n' | b'\r') => State::FieldStart,
                (_, byte) if byte == self.delimiter => State::FieldStart,
                _ => State::Plain,
            };
        }
    }

    /// True inside a quoted field.
    pub(super) fn are_open(self) -> bool {
        self.state == State::Quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_only_where_a_field_has_begun_with_a_mark() {
        let open = |text: &str| {
            let mut whole = Quotes::new(b',');
            whole.follow(text.as_bytes());
            let mut pieces = Quotes::new(b',');
            text.bytes().for_each(|byte| pieces.follow(&[byte]));
            assert_eq!(whole.are_open(), pieces.are_open());
            whole.are_open()
        };
        for text in [
            "a,\"b",
            "a,\"b\nc,d\n",
            "\"a \"\"b\"\"",
            "\"\"\"",
            "a\r\n\"",
        ] {
            assert!(open(text), "{text:?}");
        }
        for text in [
            "",
            "a,\"b\"",
            "\"a \"\"b\"\"\"",
            "a 5\" pipe,b",
            "\"\"",
            "\"a\nb\"\n",
        ] {
            assert!(!open(text), "{text:?}");
        }
    }
}
