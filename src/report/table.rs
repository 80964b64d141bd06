//! What `score` shows on a terminal: one document in full, several as a table.

use std::io;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::bars::{fill, stacked};
use super::layout::shortened;
use super::{Report, of, percent, quoted_percent, title};
use crate::profile::{DocumentProfile, SentenceProfile};

/// What the rows of the table, and the sentences of a listing, are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// The order in which documents come.
    Given,
    /// Their paths.
    Path,
    /// Share of a class, highest first.
    Share(String),
    /// Number of sentences, highest first.
    Length,
    /// Sentences by the probability of their own class, highest first; documents as they come.
    Strength,
}

/// Writes for people.
#[derive(Debug)]
pub struct TableReport {
    /// Classes in scheme order.
    pub classes: Vec<String>,
    /// One document in full, or several in a table.
    pub several: bool,
    /// Order of the table.
    pub sort: SortKey,
    /// List every sentence.
    pub sentences: bool,
    /// Show the words behind each sentence.
    pub explain: bool,
    /// Width of the terminal in columns.
    pub width: usize,
    /// Use colours.
    pub color: bool,
    rows: Vec<Row>,
}

/// What the table keeps of a document.
#[derive(Debug)]
struct Row {
    id: String,
    dominant: String,
    shares: Vec<f64>,
    sentences: usize,
    quoted: usize,
}

/// Strongest sentences shown for one document.
const STRONGEST: usize = 5;
/// Narrowest layout.
const NARROWEST: usize = 60;
/// Widest layout.
const WIDEST: usize = 120;

impl TableReport {
    /// A report on these classes with no colour, 100 columns wide, in the given order.
    #[must_use]
    pub fn new(classes: Vec<String>, several: bool) -> Self {
        Self {
            classes,
            several,
            sort: SortKey::Given,
            sentences: false,
            explain: false,
            width: 100,
            color: false,
            rows: Vec::new(),
        }
    }

    pub(super) fn columns(&self) -> usize {
        self.width.clamp(NARROWEST, WIDEST)
    }

    pub(super) fn painted(&self, class: usize, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let style = Style::new().fg_color(Some(CLASS_COLORS[class % CLASS_COLORS.len()].into()));
        format!("{style}{text}{style:#}")
    }

    pub(super) fn bold(&self, text: &str) -> String {
        let style = Style::new().bold();
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    fn bar(&self, shares: &[f64], width: usize) -> String {
        let pieces = stacked(shares, width);
        let mut bar: String = pieces
            .iter()
            .enumerate()
            .map(|(class, piece)| self.painted(class, piece))
            .collect();
        let used: usize = pieces.iter().map(|p| p.chars().count()).sum();
        bar.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
        bar
    }

    pub(super) fn class_index(&self, label: &str) -> usize {
        self.classes.iter().position(|c| c == label).unwrap_or(0)
    }

    fn whole(&self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "{}", self.bold(title(p)))?;
        writeln!(
            out,
            "{}   {} words, {} sentences ({} quoted)   model {} {}\n",
            p.document.id,
            p.document.words,
            p.document.sentences,
            p.voice.quoted.sentences,
            p.model.name,
            p.model.version
        )?;
        let shares: Vec<f64> = self
            .classes
            .iter()
            .map(|c| of(&p.profile.share, c))
            .collect();
        writeln!(out, "  {}\n", self.bar(&shares, self.columns() - 4))?;
        self.shares(p, out)?;
        self.strip(p, out)?;
        if !self.sentences && !self.explain {
            self.strongest(p, out)?;
        }
        self.excluded(p, out)
    }

    fn shares(&self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        let width = self.classes.iter().map(|c| c.width()).max().unwrap_or(0);
        let counted = if p.voice.author.counted() > 0 {
            "author"
        } else {
            "quoted"
        };
        for (class, name) in self.classes.iter().enumerate() {
            let share = of(&p.profile.share, name);
            let [low, high] = p
                .profile
                .share_interval
                .get(name)
                .copied()
                .unwrap_or([0.0, 1.0]);
            let mark = if p.profile.dominant == *name {
                "◀ dominant"
            } else {
                ""
            };
            writeln!(
                out,
                "  {} {name:width$}  {:>3} %  ({}–{})   quoted voice {:>4}   {mark}",
                self.painted(class, &fill(class).to_string()),
                percent(share),
                percent(low),
                percent(high),
                quoted_percent(p, name),
            )?;
        }
        writeln!(
            out,
            "  shares of the {counted}'s sentences, with 90 % intervals; {} % are uncertain\n",
            percent(p.profile.uncertain_share)
        )
    }

    /// One character a sentence, in the order of the text; quoted ones as dots.
    fn strip(&self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        let width = self.columns() - 4;
        for (i, line) in p.sentences.chunks(width).enumerate() {
            let mark = |s: &SentenceProfile| {
                let class = self.class_index(&s.label);
                if s.is_quoted() {
                    "·".to_owned()
                } else {
                    self.painted(class, &fill(class).to_string())
                }
            };
            let prefix = if i == 0 {
                "along the text, a sentence each (· quoted)\n  "
            } else {
                ""
            };
            writeln!(
                out,
                "  {prefix}{}",
                line.iter().map(mark).collect::<String>()
            )?;
        }
        writeln!(out)
    }

    fn strongest(&self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        let Some(class) = self.classes.last() else {
            return Ok(());
        };
        let mut own: Vec<(usize, &SentenceProfile)> = p
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, s)| !s.is_quoted() && s.label == *class)
            .collect();
        own.sort_by(|a, b| of(&b.1.probability, class).total_cmp(&of(&a.1.probability, class)));
        if own.is_empty() {
            return writeln!(out, "  no sentence of the author's is {class}\n");
        }
        writeln!(out, "  most {class} sentences")?;
        for (i, sentence) in own.into_iter().take(STRONGEST) {
            self.sentence(i, sentence, class, p.document.sentences, out)?;
        }
        writeln!(out)
    }

    fn excluded(&self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if p.excluded.is_empty() {
            return Ok(());
        }
        let mut kinds: Vec<&str> = p.excluded.iter().map(|e| e.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        writeln!(
            out,
            "  not scored: {}\n",
            kinds.join(", ").replace('_', " ")
        )
    }

    fn sorted(&mut self) {
        match &self.sort {
            SortKey::Given | SortKey::Strength => {}
            SortKey::Path => self.rows.sort_by(|a, b| a.id.cmp(&b.id)),
            SortKey::Length => self
                .rows
                .sort_by_key(|row| std::cmp::Reverse(row.sentences)),
            SortKey::Share(class) => {
                let class = self.classes.iter().position(|c| c == class).unwrap_or(0);
                self.rows
                    .sort_by(|a, b| b.shares[class].total_cmp(&a.shares[class]));
            }
        }
    }
}

const CLASS_COLORS: [AnsiColor; 5] = [
    AnsiColor::Cyan,
    AnsiColor::Blue,
    AnsiColor::Magenta,
    AnsiColor::Yellow,
    AnsiColor::Green,
];

impl Report for TableReport {
    fn document(&mut self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if self.several {
            self.rows.push(Row {
                id: p.document.id.clone(),
                dominant: p.profile.dominant.clone(),
                shares: self
                    .classes
                    .iter()
                    .map(|c| of(&p.profile.share, c))
                    .collect(),
                sentences: p.document.sentences,
                quoted: p.voice.quoted.sentences,
            });
        } else {
            self.whole(p, out)?;
        }
        if self.sentences || self.explain {
            self.listing(p, out)
        } else {
            Ok(())
        }
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.sorted();
        let name = self.rows.iter().map(|r| r.id.width()).max().unwrap_or(0);
        let class = self.classes.iter().map(|c| c.width()).max().unwrap_or(0);
        let fixed = 2 + class + 2 + self.classes.len() * 5 + 2 + 10 + 8;
        let bar = 20;
        let name = name
            .min(self.columns().saturating_sub(fixed + bar).max(20))
            .max(8);
        let heads: String = self
            .classes
            .iter()
            .map(|c| format!("{:>5}", c.chars().take(4).collect::<String>()))
            .collect();
        writeln!(
            out,
            "{:name$}  {:class$} {heads}   {:bar$}  sentences  quoted",
            "document", "dominant", ""
        )?;
        for row in &self.rows {
            let shares: String = row
                .shares
                .iter()
                .map(|s| format!("{:>4}%", percent(*s)))
                .collect();
            let dominant = format!("{:class$}", row.dominant);
            writeln!(
                out,
                "{}  {} {shares}   {}  {:>9}  {:>6}",
                shortened(&row.id, name),
                self.painted(self.class_index(&row.dominant), &dominant),
                self.bar(&row.shares, bar),
                row.sentences,
                row.quoted
            )?;
        }
        let legend: Vec<String> = self
            .classes
            .iter()
            .enumerate()
            .map(|(i, c)| format!("{} {c}", self.painted(i, &fill(i).to_string())))
            .collect();
        writeln!(
            out,
            "\n{}   shares of the author's sentences",
            legend.join("  ")
        )
    }
}
