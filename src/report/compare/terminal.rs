//! A comparison for people at a terminal.

use std::io;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::align::Word;
use super::pair::{ChangedSentence, changed_sentences, counts, judged, points};
use super::{Comparison, Difference};
use crate::report::layout::{shortened, wrapped};
use crate::report::{of, percent};

/// Writes a comparison as text.
#[derive(Clone, Debug, PartialEq)]
pub struct TerminalComparison {
    /// Classes in scheme order.
    pub classes: Vec<String>,
    /// Columns of the terminal.
    pub width: usize,
    /// Use colours.
    pub color: bool,
}

impl TerminalComparison {
    /// Writes all of it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
        let both = [&comparison.before, &comparison.after];
        for (label, side) in ["before", "after "].iter().zip(both) {
            let n = side.documents.len();
            let counted = if n == 1 {
                String::new()
            } else {
                format!("   {n} documents")
            };
            writeln!(out, "{label}  {}{counted}", side.name)?;
        }
        writeln!(out)?;
        self.differences(comparison, out)?;
        if comparison.is_of_two_documents() {
            self.sentences(comparison, out)
        } else {
            self.pairs(comparison, out)
        }
    }

    fn differences(&self, comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
        let width = self.classes.iter().map(|c| c.width()).max().unwrap_or(0);
        let (mut several, one) = (false, comparison.is_of_two_documents());
        for class in &self.classes {
            let d = comparison.difference(class);
            several |= d.interval.is_some();
            writeln!(out, "  {class:width$}  {}", shown(&d))?;
        }
        let what = if one {
            "shares of the author's sentences"
        } else {
            "mean shares of the documents"
        };
        let and = if several {
            "; of the difference too"
        } else {
            ""
        };
        writeln!(out, "  {what} in %, with 90 % intervals{and}\n")?;
        if one {
            let dominant = |side: &super::Side| {
                let p = &side.documents[0].profile;
                format!(
                    "{} ({:.2})",
                    p.dominant,
                    of(&p.stance_probability, &p.dominant)
                )
            };
            let (old, new) = (dominant(&comparison.before), dominant(&comparison.after));
            writeln!(out, "  as a whole  {old} → {new}\n")?;
        }
        Ok(())
    }

    fn sentences(&self, comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
        let (old, new) = (
            &comparison.before.documents[0],
            &comparison.after.documents[0],
        );
        let focus = self.classes.last().map_or("", String::as_str);
        let changed = changed_sentences(old, new, focus);
        let n = counts(&changed);
        writeln!(
            out,
            "{} sentences edited, {} removed, {} added, {} the same\n",
            n.edited, n.removed, n.added, n.same
        )?;
        for sentence in changed.iter().filter(|s| !s.is_same()) {
            self.sentence(sentence, focus, out)?;
        }
        Ok(())
    }

    fn sentence(
        &self,
        s: &ChangedSentence<'_>,
        focus: &str,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let number = |n: Option<usize>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
        let places = [s.before.map(|b| b.0), s.after.map(|a| a.0)]
            .map(number)
            .join(" → ");
        let was = [s.before, s.after]
            .into_iter()
            .flatten()
            .map(|(_, s)| judged(s));
        let was: Vec<String> = was.collect();
        let rise = if s.edited {
            format!("   {focus} {}", points(s.rise))
        } else {
            String::new()
        };
        writeln!(out, "{} {places}   {}{rise}", s.kind(), was.join(" → "))?;
        let marked: Vec<String> = s
            .words()
            .into_iter()
            .map(|(kind, run)| mark(kind, &run))
            .collect();
        for line in wrapped(&marked.join(" "), self.width.clamp(40, 120) - 4) {
            writeln!(out, "    {}", self.painted(&line))?;
        }
        writeln!(out)
    }

    /// Colours for `[-removed-]` and `{+added+}`, which stay as they are without colours.
    fn painted(&self, line: &str) -> String {
        if !self.color {
            return line.to_owned();
        }
        let removed = Style::new()
            .fg_color(Some(AnsiColor::Yellow.into()))
            .strikethrough();
        let added = Style::new().fg_color(Some(AnsiColor::Cyan.into())).bold();
        line.replace("[-", &format!("{removed}[-"))
            .replace("-]", &format!("-]{removed:#}"))
            .replace("{+", &format!("{added}{{+"))
            .replace("+}", &format!("+}}{added:#}"))
    }

    fn pairs(&self, comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
        let focus = self.classes.last().map_or("", String::as_str);
        let share = |p: &crate::profile::DocumentProfile| of(&p.profile.share, focus);
        let name = (self.width.clamp(60, 120) - 40).min(60);
        if !comparison.pairs.is_empty() {
            writeln!(
                out,
                "{:name$}  {focus}: before   after  change",
                "document in both"
            )?;
        }
        for &(i, j) in &comparison.pairs {
            let (old, new) = (
                &comparison.before.documents[i],
                &comparison.after.documents[j],
            );
            writeln!(
                out,
                "{}  {:>pad$} %  {:>5} %  {:>6}",
                shortened(comparison.before.name_below(i), name),
                percent(share(old)),
                percent(share(new)),
                points(share(new) - share(old)),
                pad = focus.width() + 6
            )?;
        }
        let alone = |n: usize| n - comparison.pairs.len();
        writeln!(
            out,
            "\n{} documents in both, {} only before, {} only after",
            comparison.pairs.len(),
            alone(comparison.before.documents.len()),
            alone(comparison.after.documents.len())
        )
    }
}

fn shown(d: &Difference) -> String {
    let range = |[low, high]: [f64; 2]| format!("({}–{})", percent(low), percent(high));
    let between = d.interval.map_or_else(String::new, |[low, high]| {
        format!(" ({} to {})", points(low), points(high))
    });
    format!(
        "{:>3} {:9} → {:>3} {:9}  {:>4}{between}",
        percent(d.before),
        range(d.before_interval),
        percent(d.after),
        range(d.after_interval),
        points(d.difference())
    )
    .trim_end()
    .to_owned()
}

fn mark(kind: Word, run: &str) -> String {
    match kind {
        Word::Kept => run.to_owned(),
        Word::Removed => format!("[-{run}-]"),
        Word::Added => format!("{{+{run}+}}"),
    }
}
