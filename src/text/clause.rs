//! The words of a clause, as reporting frames are looked for in them.

use super::reporting::{Reporting, reporting_verb};

/// One word of a clause, without the punctuation around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'d> {
    pub(super) text: &'d str,
    pub(super) start: usize,
    /// A comma or another break follows.
    pub(super) breaks: bool,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.text
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }
}

/// Most words that are looked at: a frame further in is not one.
pub(super) const MOST_WORDS: usize = 28;

pub(super) fn words(clause: &str) -> Vec<Word<'_>> {
    let mut found = Vec::with_capacity(MOST_WORDS);
    let base = clause.as_ptr() as usize;
    for raw in clause.split_whitespace().take(MOST_WORDS) {
        let bare = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            if let Some(last) = found.last_mut() {
                let last: &mut Word<'_> = last;
                last.breaks = true;
            }
            continue;
        }
        let breaks = raw.ends_with([',', ';', ':', '—', '–', '!', '?', ')'])
            || (raw.ends_with('.') && bare.chars().count() > 3);
        found.push(Word {
            text: bare,
            start: bare.as_ptr() as usize - base,
            breaks,
        });
    }
    found
}

/// How `word` reports speech as the verb of a frame.
pub(super) fn verb_of(word: &Word<'_>) -> Option<Reporting> {
    cue_of(word).filter(|kind| !matches!(kind, Reporting::Saying | Reporting::Holding))
}

/// How `word` reports speech in any way.
pub(super) fn cue_of(word: &Word<'_>) -> Option<Reporting> {
    let fits = word.text.len() < 13 && word.text.starts_with(|c: char| c.is_ascii_lowercase());
    if fits {
        reporting_verb(word.text)
    } else {
        None
    }
}

/// A short word in ASCII lower case; empty if it is longer than any listed word.
pub(super) struct Lower {
    bytes: [u8; 24],
    length: usize,
}

impl std::ops::Deref for Lower {
    type Target = str;

    fn deref(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or("")
    }
}

pub(super) fn lower(word: &Word<'_>) -> Lower {
    let mut lower = Lower {
        bytes: [0; 24],
        length: 0,
    };
    if let Some(target) = lower.bytes.get_mut(..word.text.len()) {
        target.copy_from_slice(word.text.as_bytes());
        target.make_ascii_lowercase();
        lower.length = word.text.len();
    }
    lower
}
