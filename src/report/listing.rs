//! The sentences of a document, listed for people.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::bars::fill;
use super::layout::wrapped;
use super::of;
use super::table::{SortKey, TableReport};
use crate::profile::{DocumentProfile, SentenceProfile};

/// Words shown for each sentence.
const WORDS: usize = 6;

impl TableReport {
    pub(super) fn sentence(
        &self,
        i: usize,
        s: &SentenceProfile,
        class: &str,
        total: usize,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let width = total.to_string().len();
        let head = format!(
            "  {:>width$}/{total}  {:.2}  ",
            i + 1,
            of(&s.probability, class)
        );
        let indent = " ".repeat(head.width());
        let lines = wrapped(&s.text, self.columns().saturating_sub(head.width()));
        for (n, line) in lines.iter().enumerate() {
            writeln!(out, "{}{line}", if n == 0 { &head } else { &indent })?;
        }
        let words: Vec<String> = s
            .strongest_terms(class)
            .into_iter()
            .take(WORDS)
            .map(|c| format!("{} {:+.2}", c.term.replace('\n', " "), c.weight))
            .collect();
        if words.is_empty() {
            return Ok(());
        }
        for line in wrapped(
            &words.join(" · "),
            self.columns().saturating_sub(head.width() + 2),
        ) {
            writeln!(out, "{indent}↳ {line}")?;
        }
        Ok(())
    }

    pub(super) fn listing(&self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if self.several {
            writeln!(out, "{}", self.bold(&p.document.id))?;
        }
        for i in self.order(&p.sentences) {
            let s = &p.sentences[i];
            let class = self.class_index(&s.label);
            let sure = if s.uncertain { "?" } else { " " };
            let voice = if s.is_quoted() { "quoted" } else { "author" };
            let mark = self.painted(class, &fill(class).to_string());
            writeln!(out, "{mark} {:<10} {sure} {voice}", s.label)?;
            self.sentence(i, s, &s.label, p.document.sentences, out)?;
        }
        writeln!(out)
    }

    /// The sentences in the order that was asked for: of the text, or by strength.
    fn order(&self, sentences: &[SentenceProfile]) -> Vec<usize> {
        let strength = |i: &usize| match &self.sort {
            SortKey::Strength => of(&sentences[*i].probability, &sentences[*i].label),
            SortKey::Share(class) => of(&sentences[*i].probability, class),
            _ => 0.0,
        };
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
        order
    }
}
