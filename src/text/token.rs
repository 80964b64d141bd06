//! Tokens: words, numbers and marks of a sentence, with byte offsets.
//!
//! Hyphens separate words (`left-wing` is two), apostrophes inside a word do not (`don't` is
//! one). Commas, full stops and single hyphens are not tokens.

use super::key::{ascii_run, quick_key};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with digits and apostrophes inside: `don't`, `G20`.
    Word,
    /// Digits with their separators and letters: `3.5`, `12,000`, `5th`.
    Number,
    /// A year from 1500 to 2099, or its decade: `1990`, `1990s`.
    Year,
    /// A mark that carries stance or register: `? ! ; : … — " ( ) [ ] % $ &`.
    Mark,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'d> {
    /// The token as written.
    pub text: &'d str,
    /// Where it starts, in bytes of the text that was cut into tokens.
    pub byte_offset: usize,
    /// What it is.
    pub kind: TokenKind,
}

impl Token<'_> {
    /// The form under which the token is looked up: words in lower case with straight
    /// apostrophes, numbers as `<num>` and `<year>`, each family of marks as one mark. `buffer`
    /// is where it is built if it differs from the text; what was in it is lost.
    ///
    /// ```
    /// use polemic::text::tokens;
    /// let mut buffer = String::new();
    /// let forms: Vec<String> = tokens("“Don’t wait” – 1,200 of 2019")
    ///     .map(|token| token.normal_form(&mut buffer).to_owned())
    ///     .collect();
    /// assert_eq!(forms, ["\"", "don't", "wait", "\"", "—", "<num>", "of", "<year>"]);
    /// ```
    pub fn normal_form<'a>(&'a self, buffer: &'a mut String) -> &'a str {
        match self.kind {
            TokenKind::Word if is_normal(self.text) => self.text,
            TokenKind::Word => {
                buffer.clear();
                push_lower(self.text, buffer);
                buffer
            }
            TokenKind::Number => "<num>",
            TokenKind::Year => "<year>",
            TokenKind::Mark => canonical_mark(self.text),
        }
    }

    /// True if the token is a word that starts with an upper-case letter.
    #[must_use]
    pub fn is_capitalized(&self) -> bool {
        self.kind == TokenKind::Word && self.text.starts_with(char::is_uppercase)
    }

    /// True if the token is a word of two or more letters, all upper case.
    #[must_use]
    pub fn is_all_capitals(&self) -> bool {
        let mut capitals = 0;
        let is_capital = |c: char| {
            capitals += 1;
            c.is_uppercase()
        };
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        self.kind == TokenKind::Word && letters.all(is_capital) && capitals > 1
    }
}

/// The tokens of `text`, in order.
///
/// ```
/// use polemic::text::tokens;
/// let words: Vec<_> = tokens("It's a left-wing plot!").map(|t| t.text).collect();
/// assert_eq!(words, ["It's", "a", "left", "wing", "plot", "!"]);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, position: 0 }
}

/// Iterator over the tokens of a text; see [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'d> {
    text: &'d str,
    position: usize,
}

/// Where a token is and what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexeme {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: TokenKind,
    /// A word that starts with an upper-case letter.
    pub(crate) capitalized: bool,
    /// The [`quick_key`] of a word in ASCII, nearly all, read where it stands.
    pub(crate) key: Option<u64>,
}

impl<'d> Tokens<'d> {
    /// The next token without its text.
    #[inline]
    pub(crate) fn next_lexeme(&mut self) -> Option<Lexeme> {
        let bytes = self.text.as_bytes();
        loop {
            let class = ASCII[usize::from(*bytes.get(self.position)?)];
            let start = self.position;
            if matches!(class, Class::Lower | Class::Upper) {
                let (end, key) = ascii_run(bytes, start);
                let whole = !matches!(bytes.get(end), Some(b'\'' | 128..));
                let lexeme = Lexeme {
                    start,
                    end,
                    kind: TokenKind::Word,
                    capitalized: class == Class::Upper,
                    key: Some(key),
                };
                let lexeme = if whole { lexeme } else { self.longer(lexeme) };
                self.position = lexeme.end;
                return Some(lexeme);
            }
            if class == Class::Other {
                self.position += 1;
            } else if let Some(lexeme) = self.rare(class) {
                return Some(lexeme);
            }
        }
    }

    /// A word that may go on after an apostrophe or with a letter beyond ASCII.
    #[cold]
    fn longer(&self, word: Lexeme) -> Lexeme {
        let end = word_end(self.text, word.end);
        let key = quick_key(self.text.as_bytes(), word.start..end);
        Lexeme { end, key, ..word }
    }

    /// What starts with neither an ASCII letter nor a space; `None` for what is no token.
    fn rare(&mut self, class: Class) -> Option<Lexeme> {
        let (start, bytes) = (self.position, self.text.as_bytes());
        let (end, kind) = match class {
            Class::Digit => number(self.text, start),
            Class::Repeatable => repeated(bytes, start),
            Class::NonAscii => non_ascii(self.text, start),
            _ => (start + 1, Some(TokenKind::Mark)),
        };
        self.position = end;
        let kind = kind?;
        let is_upper = || self.text[start..].starts_with(char::is_uppercase);
        Some(Lexeme {
            start,
            end,
            kind,
            capitalized: kind == TokenKind::Word && is_upper(),
            key: None,
        })
    }
}

impl<'d> Iterator for Tokens<'d> {
    type Item = Token<'d>;

    fn next(&mut self) -> Option<Token<'d>> {
        self.next_lexeme().map(|lexeme| Token {
            text: &self.text[lexeme.start..lexeme.end],
            byte_offset: lexeme.start,
            kind: lexeme.kind,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Mark,
    /// `-` and `.`: a mark only when repeated.
    Repeatable,
    Other,
    NonAscii,
}

const ASCII: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Other; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        table[i] = match byte {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            b'?' | b'!' | b';' | b':' | b'"' | b'(' | b')' | b'[' | b']' | b'%' | b'$' | b'&' => {
                Class::Mark
            }
            b'-' | b'.' => Class::Repeatable,
            128.. => Class::NonAscii,
            _ => Class::Other,
        };
        i += 1;
    }
    table
}

/// End of the run of letters, digits and inner apostrophes that goes on at `from`.
fn word_end(text: &str, from: usize) -> usize {
    let mut end = ascii_run(text.as_bytes(), from).0;
    loop {
        match text[end..].chars().next() {
            Some(c @ ('\'' | '’')) if starts_with_letter(&text[end + c.len_utf8()..]) => {
                end += c.len_utf8();
            }
            Some(c) if !c.is_ascii() && c.is_alphanumeric() => end += c.len_utf8(),
            _ => return end,
        }
        end = ascii_run(text.as_bytes(), end).0;
    }
}

fn starts_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// A number that starts at `start`, with inner `.` and `,` and trailing letters.
fn number(text: &str, start: usize) -> (usize, Option<TokenKind>) {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    while digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1)) {
        end += 1;
    }
    let digits = &bytes[start..end];
    let end = word_end(text, end);
    let suffix = &bytes[start + digits.len()..end];
    let century = digits.len() == 4 && matches!(&digits[..2], [b'1', b'5'..=b'9'] | b"20");
    let year = century && matches!(suffix, b"" | b"s");
    (
        end,
        Some(if year {
            TokenKind::Year
        } else {
            TokenKind::Number
        }),
    )
}

/// A run of `-` or `.`: a mark from two dashes or three stops on.
fn repeated(bytes: &[u8], start: usize) -> (usize, Option<TokenKind>) {
    let run = bytes[start..]
        .iter()
        .take_while(|&&b| b == bytes[start])
        .count();
    let needed = if bytes[start] == b'-' { 2 } else { 3 };
    (start + run, (run >= needed).then_some(TokenKind::Mark))
}

fn non_ascii(text: &str, start: usize) -> (usize, Option<TokenKind>) {
    let Some(c) = text[start..].chars().next() else {
        return (text.len(), None);
    };
    let end = start + c.len_utf8();
    match c {
        '“' | '”' | '„' | '«' | '»' | '—' | '–' | '…' | '£' | '€' | '¥' | '₹' => {
            (end, Some(TokenKind::Mark))
        }
        c if c.is_alphabetic() => (word_end(text, start), Some(TokenKind::Word)),
        c if c.is_numeric() => (word_end(text, start), Some(TokenKind::Number)),
        _ => (end, None),
    }
}

/// True for words without capitals and without characters beyond ASCII: most.
fn is_normal(word: &str) -> bool {
    let changes = |byte: u8| matches!(ASCII[usize::from(byte)], Class::Upper | Class::NonAscii);
    !word.bytes().any(changes)
}

fn push_lower(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
    } else {
        for c in word.chars() {
            match c {
                '’' => out.push('\''),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
}

fn canonical_mark(mark: &str) -> &str {
    match mark {
        "“" | "”" | "„" | "«" | "»" => "\"",
        "–" => "—",
        "£" | "€" | "¥" | "₹" => "$",
        _ if mark.starts_with("--") => "—",
        _ if mark.starts_with("...") => "…",
        _ => mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<(&str, TokenKind)> {
        tokens(text).map(|t| (t.text, t.kind)).collect()
    }

    #[test]
    fn numbers_years_and_marks() {
        use TokenKind::{Mark, Number, Word, Year};
        assert_eq!(
            kinds("$1.2bn in 2019, 1990s, 12,000; 3.5% -- well... a-b"),
            [
                ("$", Mark),
                ("1.2bn", Number),
                ("in", Word),
                ("2019", Year),
                ("1990s", Year),
                ("12,000", Number),
                (";", Mark),
                ("3.5", Number),
                ("%", Mark),
                ("--", Mark),
                ("well", Word),
                ("...", Mark),
                ("a", Word),
                ("b", Word),
            ]
        );
    }

    #[test]
    fn apostrophes_stay_inside_words_only() {
        assert_eq!(
            kinds("'Tis the dogs’ — l’État’s")
                .iter()
                .map(|t| t.0)
                .collect::<Vec<_>>(),
            ["Tis", "the", "dogs", "—", "l’État’s"]
        );
    }

    proptest! {
        #[test]
        fn tokens_are_ordered_slices_of_the_text(text in "\\PC{0,80}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.byte_offset >= last);
                last = token.byte_offset + token.text.len();
                prop_assert_eq!(&text[token.byte_offset..last], token.text);
            }
        }
    }
}
