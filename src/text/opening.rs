//! What follows a stop: the word that would begin the next sentence.

use super::abbreviations::{begins_sentences, closes_speech, follows_speech_tag};

/// What the first character that could begin a sentence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
    /// A digit, a letter without case, a currency sign.
    Other,
    /// Punctuation that continues a sentence.
    Joining,
}

/// What follows a stop and its space.
pub(super) struct Opening<'d> {
    /// The word that follows, without opening marks.
    pub(super) word: &'d str,
    /// The text from that word on.
    rest: &'d str,
    pub(super) after_dash: bool,
    after_bracket: bool,
}

impl<'d> Opening<'d> {
    /// What `text` opens with after white space, or `None` if nothing follows.
    pub(super) fn of(text: &'d str) -> Option<Self> {
        let (mut after_dash, mut after_bracket) = (false, false);
        let skipped = |&(_, c): &(usize, char)| {
            after_dash |= matches!(c, '-' | '–' | '—');
            after_bracket |= matches!(c, '(' | '[');
            !(c.is_whitespace() || is_opening_mark(c))
        };
        let (at, _) = text.char_indices().find(skipped)?;
        let rest = &text[at..];
        Some(Opening {
            word: leading_word(rest),
            rest,
            after_dash,
            after_bracket,
        })
    }

    pub(super) fn case(&self) -> Case {
        let mut chars = self.rest.chars();
        match (chars.next(), chars.next()) {
            (Some(a), Some(b)) if a.is_lowercase() && b.is_uppercase() => Case::Upper,
            (Some(a), _) if a.is_lowercase() => Case::Lower,
            (Some(a), _) if a.is_uppercase() => Case::Upper,
            (Some(',' | ';' | ':' | '&' | '%' | ')' | ']' | '/' | '='), _) => Case::Joining,
            _ => Case::Other,
        }
    }

    /// `(b) The`, `b. The` or, on a new line, `b) The`: the label of an item of an enumeration.
    pub(super) fn is_item_label(&self, on_new_line: bool) -> bool {
        let after = &self.rest[self.word.len()..];
        let new_item = |text: &str| {
            let mut chars = text.chars();
            chars.next() == Some(' ') && chars.next().is_some_and(char::is_uppercase)
        };
        let bracketed = (self.after_bracket || on_new_line) && self.word.len() < 5;
        bracketed && after.starts_with(')')
            || self.word.len() == 1 && after.strip_prefix('.').is_some_and(new_item)
    }

    /// A word that begins sentences and is not itself an initial or a short surname (`He,`).
    pub(super) fn begins_sentence(&self) -> bool {
        let after = self.rest[self.word.len()..].chars().next();
        let initial = self.word.len() == 1 && after == Some('.');
        let surname = self.word.len() < 4 && after == Some(',');
        (begins_sentences(self.word) || self.is_contraction())
            && !initial
            && !surname
            && !self.after_bracket
    }

    /// `Don't`, `We're`, `It’ll`: no name.
    fn is_contraction(&self) -> bool {
        let after = self.rest[self.word.len()..].strip_prefix(['\'', '’']);
        let tail = after.map_or("", leading_word);
        matches!(tail, "re" | "ve" | "ll" | "m" | "d") || tail == "t" && self.word.ends_with('n')
    }

    /// Letters with stops: `E.T.`.
    pub(super) fn is_initials(&self) -> bool {
        let after = self.rest[self.word.len()..].strip_prefix('.');
        self.word.len() == 1 && after.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    }

    pub(super) fn is_digits(&self) -> bool {
        self.word.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A number, a bracket, a single letter, a Roman numeral, an acronym: what follows `No.`, `Fig.`
    /// and `ref.`. `I` and `A` are words, except before `of` or a mark (`vol. I of`, `Part A, …`).
    pub(super) fn is_number_like(&self, abbreviation: &str) -> bool {
        let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        let first = self.rest.chars().next();
        let after = &self.rest[self.word.len()..];
        let counted = after.starts_with([',', '.', ';', ':', ')']) || after.starts_with(" of ");
        let letter = self.word.len() == 1 && (counted || !matches!(self.word, "I" | "A"));
        let capitals = self.word.len() > 1 && self.word.chars().all(char::is_uppercase);
        let numbered = after.strip_prefix([' ', '-']).unwrap_or(after);
        let series = matches!(abbreviation, "ref" | "No" | "Nos" | "no" | "nos");
        let acronym = series && capitals && numbered.starts_with(|c: char| c.is_ascii_digit());
        let digits = first.is_some_and(|c| c.is_ascii_digit() || matches!(c, '#' | '§'))
            || self.word.bytes().any(|b| b.is_ascii_digit());
        let numeral = self.word.len() > 1 && self.word.chars().all(roman);
        self.after_bracket || digits || letter || numeral || acronym
    }

    /// `Smith asked.` or `Mrs. Osei Mensah said on Monday`: names, then a verb of speaking.
    pub(super) fn is_speech_tag(&self) -> bool {
        let mut words = self.rest.split_whitespace().take(6).peekable();
        let mut names = 0;
        while let Some(word) = words.next() {
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            if names > 0 && closes_speech(bare) {
                return bare.len() < word.len()
                    || words.peek().is_none_or(|next| follows_speech_tag(next));
            }
            let speaker = matches!(bare, "I" | "Mr" | "Mrs" | "Ms") || !begins_sentences(bare);
            if !speaker
                || !word.starts_with(char::is_uppercase)
                || (names > 0 && word.ends_with(','))
            {
                return false;
            }
            names += 1;
        }
        false
    }
}

/// Quotation marks, brackets, dashes and emphasis that may precede the first word of a sentence.
fn is_opening_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '»' | '‹' | '›' | '(' | '[' | '{'
    ) || matches!(c, '¿' | '¡' | '*' | '_' | '-' | '–' | '—' | '•')
}

/// The letters and digits at the start of `text`, at most forty.
pub(super) fn leading_word(text: &str) -> &str {
    let mut end = 0;
    for c in text.chars().take(40).take_while(|c| c.is_alphanumeric()) {
        end += c.len_utf8();
    }
    &text[..end]
}
