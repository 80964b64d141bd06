//! `polemic score`: documents in, profiles out, in bounded memory.

use std::io::IsTerminal;
use std::path::PathBuf;

use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::Input;
use polemic::profile::{DocumentProfile, ProfileParams, profile};
use polemic::report::{
    CsvReport, JsonLinesReport, JsonReport, MarkdownReport, Report, SortKey, TableReport,
};
use polemic::{Error, Result};
use rayon::prelude::*;

use super::args::{Common, Format, Score};
use super::output::{Messages, Output};
use super::{Outcome, load_model, reading};

/// Documents in flight for each thread.
const DOCUMENTS_PER_THREAD: usize = 4;

pub fn run(args: &Score, common: &Common, messages: Messages) -> Result<Outcome> {
    let artifact = load_model(common.model.as_deref())?;
    let reading = reading::params(&args.reading)?;
    let mut inputs = reading::inputs(&args.paths, &args.reading, &reading)?;
    let several = inputs.several();
    let mut failed = 0;
    let mut output = Output::open(args.output.as_deref())?;
    let mut report = report(args, &artifact, several, &output)?;
    let params = ProfileParams {
        explain: args.explain || (args.format == Format::Table && !several),
        keep_text: args.text,
        ..ProfileParams::default()
    };
    let progress = messages.progress(inputs.files_left() as u64, "documents");
    let threads = rayon::current_num_threads();
    let mut scorers: Vec<Scorer<'_>> = (0..threads).map(|_| artifact.classifier.scorer()).collect();
    let mut done = 0;
    loop {
        let mut batch = reading::batch(&mut inputs, threads * DOCUMENTS_PER_THREAD);
        if batch.is_empty() {
            break;
        }
        let share = batch.len().div_ceil(threads);
        let profiles: Vec<Vec<Result<DocumentProfile>>> = scorers
            .par_iter_mut()
            .zip(in_shares(&mut batch, share))
            .map(|(scorer, inputs)| {
                let measured = inputs.into_iter().map(|input| {
                    let document = input?.read(&reading)?;
                    Ok(profile(&artifact, scorer, &document, &params))
                });
                measured.inspect(|_| progress.inc(1)).collect()
            })
            .collect();
        for measured in profiles.into_iter().flatten() {
            match measured {
                Ok(profile) => {
                    if done == 0 {
                        report
                            .begin(&mut output)
                            .map_err(|e| write_error(args, e))?;
                    }
                    done += 1;
                    report
                        .document(&profile, &mut output)
                        .map_err(|e| write_error(args, e))?;
                }
                Err(error) => {
                    failed += 1;
                    progress.suspend(|| messages.error(&error));
                }
            }
        }
    }
    progress.finish_and_clear();
    if done == 0 {
        return Ok(Outcome::Failed);
    }
    report.end(&mut output).map_err(|e| write_error(args, e))?;
    output.finish()?;
    Ok(Outcome::of(done, failed))
}

/// The batch in pieces of at most `share` documents, in order.
fn in_shares(batch: &mut Vec<Result<Input>>, share: usize) -> Vec<Vec<Result<Input>>> {
    let mut shares = Vec::new();
    let mut rest = batch.drain(..).peekable();
    while rest.peek().is_some() {
        shares.push(rest.by_ref().take(share).collect());
    }
    shares
}

fn report(
    args: &Score,
    artifact: &ModelArtifact,
    several: bool,
    output: &Output,
) -> Result<Box<dyn Report>> {
    let classes: Vec<String> = artifact
        .classifier
        .scheme()
        .names()
        .map(str::to_owned)
        .collect();
    let sort = sort_key(&args.sort, &classes)?;
    Ok(match args.format {
        Format::Json => Box::new(JsonReport::new(several)),
        Format::Jsonl => Box::new(JsonLinesReport),
        Format::Csv => Box::new(CsvReport::new(classes, args.sentences)),
        Format::Md => Box::new(MarkdownReport::new(classes)),
        Format::Table => {
            let mut table = TableReport::new(classes, several);
            table.sort = sort;
            table.sentences = args.sentences;
            table.explain = args.explain;
            table.color = output.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            if let Some(width) = terminal_width(output) {
                table.width = width;
            }
            Box::new(table)
        }
    })
}

fn sort_key(key: &str, classes: &[String]) -> Result<SortKey> {
    match key {
        "given" => Ok(SortKey::Given),
        "path" => Ok(SortKey::Path),
        "length" => Ok(SortKey::Length),
        class if classes.iter().any(|c| c == class) => Ok(SortKey::Share(class.to_owned())),
        _ => {
            let expected = format!("given, path, length or a class: {}", classes.join(", "));
            Err(Error::setting("--sort", key, expected))
        }
    }
}

/// Columns of the terminal that the output goes to.
fn terminal_width(output: &Output) -> Option<usize> {
    (output.is_terminal() && std::io::stdout().is_terminal())
        .then(terminal_size::terminal_size)
        .flatten()
        .map(|(width, _)| usize::from(width.0))
}

fn write_error(args: &Score, source: std::io::Error) -> Error {
    let path = args
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from("standard output"));
    Error::io(&path, "write", source)
}
