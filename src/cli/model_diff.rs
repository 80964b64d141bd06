//! `polemic model diff`: what changed from one model to the next.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use polemic::Result;
use polemic::artifact::{ModelArtifact, ModelDiff};
use polemic::classifier::Scorer;
use polemic::evaluate::{Evaluation, Intervals, evaluate};
use polemic::ingest::{Document, Inputs, ReadParams};
use polemic::labelled::{LabelledSet, LabelledTable, TableColumns, Uses};
use polemic::profile::{DocumentProfile, ProfileParams, profile};

use super::documents::in_batches;
use super::output::Messages;

/// A share that moves by less is not worth a line.
const SMALLEST_CHANGE: f64 = 0.02;

/// Two models beside each other.
pub struct Compared<'m> {
    pub a: &'m ModelArtifact,
    pub b: &'m ModelArtifact,
    pub top: usize,
    pub messages: Messages,
}

impl Compared<'_> {
    /// The differences, and the number of documents that could not be read.
    pub fn text(&self, documents: &[PathBuf], labelled: Option<&Path>) -> Result<(String, usize)> {
        let named = |m: &ModelArtifact| format!("{} {}", m.provenance.name, m.provenance.version);
        let mut out = format!("from {} to {}\n", named(self.a), named(self.b));
        self.terms(&mut out);
        let mut failed = 0;
        if !documents.is_empty() {
            failed = self.documents(&mut out, documents)?;
        }
        if let Some(path) = labelled {
            self.figures(&mut out, path)?;
        }
        Ok((out, failed))
    }

    fn terms(&self, out: &mut String) {
        let diff = ModelDiff::of(self.a, self.b, self.top);
        for (classes, what) in diff.classes.iter().zip(["gone", "new"]) {
            if !classes.is_empty() {
                let _ = writeln!(out, "{what}: class {}", classes.join(", "));
            }
        }
        let _ = writeln!(
            out,
            "{} terms in both, {} gone, {} new",
            diff.shared, diff.only[0], diff.only[1]
        );
        for (class, moved) in &diff.moved {
            let _ = writeln!(out, "\nterms that moved most for {class}");
            for moved in moved {
                let weight =
                    |w: Option<f32>| w.map_or_else(|| "-".to_owned(), |w| format!("{w:+.2}"));
                let _ = writeln!(
                    out,
                    "  {:30} {:>7} to {:>7}",
                    moved.term,
                    weight(moved.before),
                    weight(moved.after)
                );
            }
        }
    }

    /// Says which documents change; gives the number of those that could not be read.
    fn documents(&self, out: &mut String, paths: &[PathBuf]) -> Result<usize> {
        let reading = ReadParams::default();
        let mut inputs = Inputs::new(paths, &reading);
        let (mut changed, mut same, mut failed) = (Vec::new(), 0, 0);
        let work = |document: Document, scorer: &mut Scorer<'_>| {
            let before = measure(self.a, scorer, &document);
            let after = measure(self.b, &mut self.b.classifier.scorer(), &document);
            Ok((document.id, change(&before, &after)))
        };
        in_batches(self.a, &mut inputs, &reading, work, |batch| {
            for compared in batch {
                match compared {
                    Ok((id, Some(change))) => changed.push(format!("  {id}: {change}")),
                    Ok((_, None)) => same += 1,
                    Err(error) => {
                        failed += 1;
                        self.messages.error(&error);
                    }
                }
            }
            Ok(())
        })?;
        let n = changed.len();
        let _ = writeln!(out, "\ndocuments: {n} change, {same} stay as they are");
        changed.iter().for_each(|line| {
            let _ = writeln!(out, "{line}");
        });
        Ok(failed)
    }

    fn figures(&self, out: &mut String, path: &Path) -> Result<()> {
        let table = LabelledTable::read(&[path.to_owned()], &TableColumns::default(), None)?;
        let judged = |model: &ModelArtifact| -> Result<Evaluation> {
            let mut set = LabelledSet::new(model.classifier.scheme().clone());
            let rows = table.rows.iter().map(|r| r.row.clone()).collect();
            set.extend(rows, 1.0, Uses::default(), path)?;
            Ok(evaluate(&model.classifier, &set))
        };
        let (a, b) = (judged(self.a)?, judged(self.b)?);
        let _ = writeln!(out, "\n{} ({} rows)", path.display(), a.samples);
        let none = Intervals::default();
        for (a, b) in a.overall(&none).iter().zip(b.overall(&none)) {
            let (name, a, b) = (a.name, a.value, b.value);
            let _ = writeln!(out, "  {name:18} {a:.3} to {b:.3} ({:+.3})", b - a);
        }
        Ok(())
    }
}

fn measure(model: &ModelArtifact, scorer: &mut Scorer<'_>, document: &Document) -> DocumentProfile {
    profile(model, scorer, document, &ProfileParams::default())
}

/// What changes in a profile; `None` if nothing worth saying.
fn change(a: &DocumentProfile, b: &DocumentProfile) -> Option<String> {
    let (a, b) = (&a.profile, &b.profile);
    let mut changes = Vec::new();
    if a.dominant != b.dominant {
        changes.push(format!("{} becomes {}", a.dominant, b.dominant));
    }
    for (class, after) in &b.share {
        let before = a.share.get(class).copied().unwrap_or(0.0);
        if (after - before).abs() >= SMALLEST_CHANGE {
            changes.push(format!(
                "{class} {:.0} % to {:.0} %",
                100.0 * before,
                100.0 * after
            ));
        }
    }
    (!changes.is_empty()).then(|| changes.join(", "))
}
