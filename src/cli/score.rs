//! `polemic score`: documents in, profiles out, in bounded memory.

use std::io::IsTerminal;
use std::path::PathBuf;

use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::Document;
use polemic::profile::{ProfileParams, profile};
#[cfg(feature = "parquet")]
use polemic::report::ParquetReport;
use polemic::report::{
    CsvReport, HtmlReport, JsonLinesReport, JsonReport, MarkdownReport, PageSettings, Report,
    SortKey, TableReport,
};
use polemic::{Error, Result};

use super::args::{Common, Format, Score};
use super::output::{Messages, Output};
use super::{Outcome, documents, load_model, reading};

pub fn run(args: &Score, common: &Common, messages: Messages) -> Result<Outcome> {
    let artifact = load_model(common.model.as_deref())?;
    let reading = reading::params(&args.reading)?;
    let mut inputs = reading::inputs(&args.paths, &args.reading, &reading)?;
    let several = inputs.several();
    let mut output = Output::open_new(args.output.as_deref(), args.force)?;
    let mut report = report(args, &artifact, several, &output)?;
    let params = params(args, several);
    let progress = messages.progress(inputs.files_left() as u64, "documents");
    let (mut done, mut failed) = (0, 0);
    let work = |document: Document, scorer: &mut Scorer<'_>| {
        Ok(profile(&artifact, scorer, &document, &params))
    };
    documents::in_batches(&artifact, &mut inputs, &reading, work, |batch| {
        progress.inc(batch.len() as u64);
        for measured in batch {
            match measured {
                Ok(profile) => {
                    let begun = if done == 0 {
                        report.begin(&mut output)
                    } else {
                        Ok(())
                    };
                    let written = begun.and_then(|()| report.document(&profile, &mut output));
                    written.map_err(|e| write_error(args, e))?;
                    done += 1;
                }
                Err(error) => {
                    failed += 1;
                    progress.suspend(|| messages.error(&error));
                }
            }
        }
        Ok(())
    })?;
    progress.finish_and_clear();
    if done == 0 {
        return Ok(Outcome::Failed);
    }
    report.end(&mut output).map_err(|e| write_error(args, e))?;
    output.finish()?;
    Ok(Outcome::of(done, failed))
}

fn params(args: &Score, several: bool) -> ProfileParams {
    let page = args.format == Format::Html;
    ProfileParams {
        explain: args.explain || page || (args.format == Format::Table && !several),
        keep_text: args.text || page,
        names: page || matches!(args.format, Format::Json | Format::Jsonl),
        ..ProfileParams::default()
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
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(ParquetReport::new(classes, args.sentences)),
        Format::Html => Box::new(HtmlReport::new(page_settings(artifact), several)),
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

/// What pages say of the model's classes and of the settings.
pub fn page_settings(artifact: &ModelArtifact) -> PageSettings {
    let classes = artifact.classifier.scheme().classes().iter();
    PageSettings {
        classes: classes
            .map(|c| (c.name.clone(), c.definition.clone()))
            .collect(),
        uncertain_margin: ProfileParams::default().uncertain_margin,
    }
}

fn sort_key(key: &str, classes: &[String]) -> Result<SortKey> {
    match key {
        "given" => Ok(SortKey::Given),
        "path" => Ok(SortKey::Path),
        "length" => Ok(SortKey::Length),
        "strength" => Ok(SortKey::Strength),
        class if classes.iter().any(|c| c == class) => Ok(SortKey::Share(class.to_owned())),
        _ => {
            let expected = format!(
                "given, path, length, strength or a class: {}",
                classes.join(", ")
            );
            Err(Error::setting("--sort", key, expected))
        }
    }
}

/// Columns of the terminal that the output goes to.
pub fn terminal_width(output: &Output) -> Option<usize> {
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
