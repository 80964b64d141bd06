//! One row a document.

use std::io;

use super::{Report, of};
use crate::profile::DocumentProfile;

/// Writes a CSV table, one row a document; or one row a sentence.
#[derive(Debug)]
pub struct CsvReport {
    classes: Vec<String>,
    sentences: bool,
}

impl CsvReport {
    /// A table with columns for these classes; `sentences`: one row a sentence.
    #[must_use]
    pub fn new(classes: Vec<String>, sentences: bool) -> Self {
        Self { classes, sentences }
    }

    fn header(&self) -> Vec<String> {
        let by_class = |prefix: &str| {
            self.classes
                .iter()
                .map(move |class| format!("{prefix}{class}"))
                .collect::<Vec<_>>()
        };
        let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        if self.sentences {
            let mut header = names(&["id", "start", "end", "voice", "speaker"]);
            header.extend(names(&["label", "uncertain"]));
            header.extend(by_class("probability_"));
            header.push("text".to_owned());
            return header;
        }
        let mut header = names(&["id", "title", "language", "words", "sentences", "dominant"]);
        header.extend(by_class("share_"));
        for class in &self.classes {
            header.extend([format!("low_{class}"), format!("high_{class}")]);
        }
        header.extend(by_class("mean_probability_"));
        header.extend(names(&[
            "uncertain_share",
            "author_sentences",
            "quoted_sentences",
        ]));
        header.extend(by_class("quoted_share_"));
        header.extend(names(&["model", "model_sha256", "sha256"]));
        header
    }

    fn document_row(&self, p: &DocumentProfile) -> Vec<String> {
        let classes = self.classes.iter();
        let mut row = vec![
            p.document.id.clone(),
            p.document.title.clone().unwrap_or_default(),
            p.document.language.clone().unwrap_or_default(),
            p.document.words.to_string(),
            p.document.sentences.to_string(),
            p.profile.dominant.clone(),
        ];
        row.extend(classes.clone().map(|c| number(of(&p.profile.share, c))));
        for class in classes.clone() {
            let [low, high] = p
                .profile
                .share_interval
                .get(class)
                .copied()
                .unwrap_or([0.0, 1.0]);
            row.extend([number(low), number(high)]);
        }
        row.extend(
            classes
                .clone()
                .map(|c| number(of(&p.profile.mean_probability, c))),
        );
        row.push(number(p.profile.uncertain_share));
        row.push(p.voice.author.sentences.to_string());
        row.push(p.voice.quoted.sentences.to_string());
        row.extend(classes.map(|c| number(of(&p.voice.quoted.share, c))));
        row.push(format!("{} {}", p.model.name, p.model.version));
        row.extend([p.model.sha256.clone(), p.document.sha256.clone()]);
        row
    }
}

impl Report for CsvReport {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        write_row(out, &self.header())
    }

    fn document(&mut self, p: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if !self.sentences {
            return write_row(out, &self.document_row(p));
        }
        for s in &p.sentences {
            let mut row = vec![
                p.document.id.clone(),
                s.start.to_string(),
                s.end.to_string(),
                s.voice.clone(),
                s.speaker.clone().unwrap_or_default(),
                s.label.clone(),
                s.uncertain.to_string(),
            ];
            row.extend(self.classes.iter().map(|c| number(of(&s.probability, c))));
            row.push(s.text.clone());
            write_row(out, &row)?;
        }
        Ok(())
    }
}

fn number(value: f64) -> String {
    format!("{value:.6}")
}

fn write_row(out: &mut dyn io::Write, row: &[String]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(row).map_err(io::Error::other)?;
    writer.flush()
}
