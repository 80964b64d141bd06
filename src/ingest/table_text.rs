//! The text of a table: cells with tabs between them, rows on lines of their own.

/// A table under way, with the tables inside it.
#[derive(Debug, Default)]
pub(super) struct TableText {
    depth: usize,
    text: String,
}

impl TableText {
    pub(super) fn open(&mut self) {
        self.depth += 1;
    }

    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
    }

    pub(super) fn row(&mut self) {
        self.end_with('\n');
    }

    pub(super) fn cell(&mut self) {
        if !self.text.ends_with('\n') {
            self.end_with('\t');
        }
    }

    pub(super) fn words(&mut self, words: &str) {
        for (i, word) in words.split(char::is_whitespace).enumerate() {
            if i > 0 && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Ends a table; gives the text if it was the outermost one.
    pub(super) fn close(&mut self) -> Option<String> {
        self.depth = self.depth.saturating_sub(1);
        (self.depth == 0).then(|| std::mem::take(&mut self.text).trim_end().to_owned())
    }

    fn end_with(&mut self, mark: char) {
        let blank: &[char] = if mark == '\n' { &[' ', '\t'] } else { &[' '] };
        self.text.truncate(self.text.trim_end_matches(blank).len());
        if !self.text.is_empty() {
            self.text.push(mark);
        }
    }
}
