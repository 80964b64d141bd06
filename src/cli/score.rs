//! `polemic score`: documents in, profiles out, in bounded memory.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::{Document, documents_in};
use polemic::profile::{DocumentProfile, ProfileParams, profile};
use polemic::report::{
    CsvReport, JsonLinesReport, JsonReport, MarkdownReport, Report, SortKey, TableReport,
};
use polemic::{Error, Result};
use rayon::prelude::*;

use super::args::{Common, Format, Score};
use super::output::{Messages, Output};
use super::{Outcome, load_model};

/// Documents in flight for each thread.
const DOCUMENTS_PER_THREAD: usize = 4;

pub fn run(args: &Score, common: &Common, messages: Messages) -> Result<Outcome> {
    let artifact = load_model(common.model.as_deref())?;
    let found = documents_in(&args.paths);
    let mut failed = 0;
    let mut paths = Vec::new();
    for path in found {
        match path {
            Ok(path) => paths.push(path),
            Err(error) => {
                failed += 1;
                messages.error(&error);
            }
        }
    }
    let several = paths.len() > 1 || args.paths.iter().any(|p| p.is_dir());
    let mut output = Output::open(args.output.as_deref())?;
    let mut report = report(args, &artifact, several, &output)?;
    let params = ProfileParams {
        explain: args.explain || (args.format == Format::Table && !several),
        keep_text: args.text,
        ..ProfileParams::default()
    };
    let progress = messages.progress(paths.len() as u64, "documents");
    let threads = rayon::current_num_threads();
    let mut scorers: Vec<Scorer<'_>> = (0..threads).map(|_| artifact.classifier.scorer()).collect();
    let mut done = 0;
    for batch in paths.chunks(threads * DOCUMENTS_PER_THREAD) {
        let share = batch.len().div_ceil(threads);
        let profiles: Vec<Vec<Result<DocumentProfile>>> = scorers
            .par_iter_mut()
            .zip(batch.par_chunks(share))
            .map(|(scorer, paths)| {
                let each = paths
                    .iter()
                    .map(|path| measure(path, &artifact, scorer, &params));
                each.inspect(|_| progress.inc(1)).collect()
            })
            .collect();
        for measured in profiles.into_iter().flatten() {
            match measured {
                Ok(profile) => {
                    remark_language(&profile, messages);
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

fn measure(
    path: &Path,
    artifact: &ModelArtifact,
    scorer: &mut Scorer<'_>,
    params: &ProfileParams,
) -> Result<DocumentProfile> {
    let document = if path == Path::new("-") {
        Document::from_reader(path, std::io::stdin().lock())?
    } else {
        Document::read(path)?
    };
    Ok(profile(artifact, scorer, &document, params))
}

fn remark_language(profile: &DocumentProfile, messages: Messages) {
    if let Some(language) = profile.document.language.as_deref().filter(|l| *l != "eng") {
        messages.remark(&format!(
            "polemic: {}: seems to be in language {language}; the model knows English only",
            profile.document.id
        ));
    }
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
