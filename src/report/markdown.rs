//! A Markdown page: one section a document.

use std::io;

use super::{Report, of, percent, quoted_percent, title};
use crate::profile::DocumentProfile;

/// Sentences listed under each document.
const STRONGEST: usize = 5;

/// Writes Markdown.
#[derive(Debug)]
pub struct MarkdownReport {
    classes: Vec<String>,
}

impl MarkdownReport {
    /// A page with these classes.
    #[must_use]
    pub fn new(classes: Vec<String>) -> Self {
        Self { classes }
    }
}

impl Report for MarkdownReport {
    fn document(&mut self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        writeln!(out, "## {}\n", escaped(title(p)))?;
        writeln!(
            out,
            "`{}` · {} · {} sentences, {} words · model {} {} `{}`\n",
            p.document.id,
            p.profile.dominant,
            p.document.sentences,
            p.document.words,
            p.model.name,
            p.model.version,
            p.model.sha256.get(..12).unwrap_or_default()
        )?;
        writeln!(
            out,
            "| stance | share | 90 % interval | mean probability | quoted voice |"
        )?;
        writeln!(out, "|---|---:|---:|---:|---:|")?;
        for class in &self.classes {
            let [low, high] = p
                .profile
                .share_interval
                .get(class)
                .copied()
                .unwrap_or([0.0, 1.0]);
            writeln!(
                out,
                "| {class} | {} % | {}–{} % | {:.2} | {} |",
                percent(of(&p.profile.share, class)),
                percent(low),
                percent(high),
                of(&p.profile.mean_probability, class),
                quoted_percent(p, class),
            )?;
        }
        writeln!(
            out,
            "\nAuthor: {} sentences; quoted: {}; uncertain: {} %.\n",
            p.voice.author.sentences,
            p.voice.quoted.sentences,
            percent(p.profile.uncertain_share)
        )?;
        if let Some(strongest) = self.classes.last() {
            let mut own: Vec<_> = p
                .sentences
                .iter()
                .filter(|s| !s.is_quoted() && s.label == *strongest)
                .collect();
            own.sort_by(|a, b| {
                of(&b.probability, strongest).total_cmp(&of(&a.probability, strongest))
            });
            for s in own.iter().take(STRONGEST) {
                writeln!(
                    out,
                    "- {:.2} {}",
                    of(&s.probability, strongest),
                    escaped(&s.text)
                )?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
