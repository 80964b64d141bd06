//! Paragraphs with the ends of their sentences.

use polemic::text::sentences;

use super::{Tally, fixture_files};

/// A paragraph and where its sentences end, in bytes; the last end is the paragraph's and is left out.
pub struct Paragraph {
    pub text: String,
    pub ends: Vec<usize>,
}

impl Paragraph {
    /// From one sentence a line; the head of each fixture explains the marks.
    fn parse(lines: &str) -> Self {
        let mut found = Paragraph {
            text: String::new(),
            ends: Vec::new(),
        };
        for line in lines.lines() {
            let joined = line.starts_with(['¬', '⏎']) || found.text.is_empty();
            if !found.text.is_empty() {
                found.ends.push(found.text.len());
            }
            if !joined {
                found.text.push(' ');
            }
            found
                .text
                .push_str(&line.trim_start_matches('¬').replace('⏎', "\n"));
        }
        found
    }

    /// The ends that `sentences` finds.
    pub fn found(&self) -> Vec<usize> {
        let mut ends: Vec<_> = sentences(&self.text)
            .map(|s| s.byte_offset + s.text.len())
            .collect();
        ends.pop();
        ends
    }

    pub fn tally(&self) -> Tally {
        let found = self.found();
        let right = found.iter().filter(|end| self.ends.contains(end)).count();
        Tally {
            right,
            found: found.len(),
            gold: self.ends.len(),
        }
    }

    /// Each difference with the words around it: `-` is missed, `+` is one too many.
    pub fn differences(&self) -> Vec<String> {
        let found = self.found();
        let show = |sign: char, end: usize| {
            let (before, after) = self.text.split_at(end);
            let tail: String = before.chars().rev().take(30).collect();
            let tail: String = tail.chars().rev().collect();
            let head: String = after.chars().take(30).collect();
            format!("{sign} {tail}|{head}").replace('\n', "⏎")
        };
        let missed = self
            .ends
            .iter()
            .filter(|end| !found.contains(end))
            .map(|&end| show('-', end));
        let extra = found
            .iter()
            .filter(|end| !self.ends.contains(end))
            .map(|&end| show('+', end));
        missed.chain(extra).collect()
    }
}

/// The paragraphs of a part of the gold set (`open` or `held-out`), by file.
pub fn paragraphs(part: &str) -> Vec<(String, Vec<Paragraph>)> {
    let files = fixture_files(&format!("sentences/{part}"));
    let split = |text: &str| {
        let paragraphs = text.split("\n\n").map(|lines| lines.trim_matches('\n'));
        paragraphs
            .filter(|lines| !lines.is_empty())
            .map(Paragraph::parse)
            .collect()
    };
    files
        .into_iter()
        .map(|(name, text)| (name, split(&text)))
        .collect()
}
