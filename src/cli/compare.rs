//! `polemic compare`: two documents or two folders side by side.

use std::path::{Path, PathBuf};

use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::{Document, Inputs, ReadParams};
use polemic::profile::{ProfileParams, profile};
use polemic::report::{Comparison, Side, TerminalComparison, write_comparison_page};
use polemic::{Error, Result};

use super::args::{Common, Compare, CompareFormat};
use super::output::{Messages, Output};
use super::score::{page_settings, terminal_width};
use super::{Outcome, documents, load_model};

/// Columns where there is no terminal.
const WIDTH: usize = 100;

pub fn run(args: &Compare, common: &Common, messages: Messages) -> Result<Outcome> {
    let artifact = load_model(common.model.as_deref())?;
    let mut output = Output::open_new(args.output.as_deref(), args.force)?;
    let (before, failed_before) = side(&args.before, &artifact, messages)?;
    let (after, failed_after) = side(&args.after, &artifact, messages)?;
    if before.documents.is_empty() || after.documents.is_empty() {
        return Ok(Outcome::Failed);
    }
    let done = before.documents.len() + after.documents.len();
    let comparison = Comparison::new(before, after);
    write(args, &artifact, &comparison, &mut output).map_err(|e| {
        let path = args.output.clone();
        Error::io(
            &path.unwrap_or_else(|| PathBuf::from("standard output")),
            "write",
            e,
        )
    })?;
    output.finish()?;
    Ok(Outcome::of(done, failed_before + failed_after))
}

/// The documents of a path, and how many could not be read.
fn side(path: &Path, artifact: &ModelArtifact, messages: Messages) -> Result<(Side, usize)> {
    let reading = ReadParams::default();
    let mut inputs = Inputs::new([path], &reading);
    let (mut found, mut failed) = (Vec::new(), 0);
    let params = ProfileParams::default();
    let work = |document: Document, scorer: &mut Scorer<'_>| {
        Ok(profile(artifact, scorer, &document, &params))
    };
    documents::in_batches(artifact, &mut inputs, &reading, work, |batch| {
        for measured in batch {
            match measured {
                Ok(profile) => found.push(profile),
                Err(error) => {
                    failed += 1;
                    messages.error(&error);
                }
            }
        }
        Ok(())
    })?;
    let name = path.to_string_lossy().into_owned();
    let documents = found;
    Ok((Side { name, documents }, failed))
}

fn write(
    args: &Compare,
    artifact: &ModelArtifact,
    comparison: &Comparison,
    output: &mut Output,
) -> std::io::Result<()> {
    if args.format == CompareFormat::Html {
        return write_comparison_page(comparison, &page_settings(artifact), output);
    }
    let terminal = TerminalComparison {
        classes: artifact
            .classifier
            .scheme()
            .names()
            .map(str::to_owned)
            .collect(),
        width: terminal_width(output).unwrap_or(WIDTH),
        color: output.is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    terminal.write(comparison, output)
}
