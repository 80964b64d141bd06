//! `polemic report`: a folder with a list of documents, a page for each, and tables.

use std::fs;
use std::path::Path;

use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::{Document, ReadParams};
use polemic::profile::{ProfileParams, profile};
use polemic::report::{
    Earlier, Failure, Finished, IndexParams, PageSettings, Rendered, UnfinishedReport,
    write_documents_csv, write_index, write_sentences_csv,
};
#[cfg(feature = "parquet")]
use polemic::report::{write_documents_parquet, write_sentences_parquet};
use polemic::{Error, NewFile, Result};
use sha2::{Digest, Sha256};

use super::args::{Common, Report};
use super::metadata::MetadataTable;
use super::output::Messages;
use super::score::page_settings;
use super::{Outcome, documents, load_model, reading};

/// Files of a report beside its pages, with what they hold.
const FILES: [(&str, &str); 4] = [
    ("documents.csv", "a row for each document"),
    ("sentences.csv", "a row for each sentence"),
    ("documents.parquet", "the same as Parquet"),
    ("sentences.parquet", "the same as Parquet"),
];

pub fn run(args: &Report, common: &Common, messages: Messages) -> Result<Outcome> {
    let artifact = load_model(common.model.as_deref())?;
    let settings = page_settings(&artifact);
    let table = args.metadata.as_deref().map(MetadataTable::read);
    let table = table.transpose()?.unwrap_or_default();
    let reading = reading::params(&args.reading)?;
    let mut inputs = reading::inputs(&args.paths, &args.reading, &reading)?;
    let run_settings = run_settings(&settings, &table, &reading);
    let (mut store, earlier) = begin(args, &artifact.sha256, &run_settings)?;
    if !earlier.is_empty() {
        messages.remark(&format!("{} documents were finished before", earlier.len()));
    }
    let progress = messages.progress(inputs.files_left() as u64, "documents");
    let (mut finished, mut failures) = (Vec::new(), Vec::new());
    let work = |mut document: Document, scorer: &mut Scorer<'_>| {
        table.add_to(&mut document);
        measure(&document, scorer, &artifact, &settings, &earlier)
    };
    documents::in_batches(&artifact, &mut inputs, &reading, work, |batch| {
        progress.inc(batch.len() as u64);
        let mut measured = Vec::with_capacity(batch.len());
        for document in batch {
            match document {
                Ok(document) => measured.push(document),
                Err(error) => {
                    progress.suspend(|| messages.error(&error));
                    failures.push(error.to_string());
                }
            }
        }
        keep(measured, &mut store, &mut finished)
    })?;
    progress.finish_and_clear();
    if finished.is_empty() {
        store.finish()?;
        // Made for nothing; a folder with something in it stays.
        let _ = fs::remove_dir(args.output.join("pages"));
        let _ = fs::remove_dir(&args.output);
        return Ok(Outcome::Failed);
    }
    let outcome = Outcome::of(finished.len(), failures.len());
    write_tables(&args.output, &finished, &store, &settings)?;
    write_list(args, &finished, failures, settings)?;
    earlier.remove_stale(&finished)?;
    store.finish()?;
    Ok(outcome)
}

/// What must be the same for an interrupted run to go on.
fn run_settings(settings: &PageSettings, table: &MetadataTable, reading: &ReadParams) -> String {
    let metadata = Sha256::digest(table.bytes());
    let digits: String = metadata.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{settings:?}, metadata {digits}, {reading:?}")
}

/// The folder, new or as an interrupted run left it.
fn begin(args: &Report, model: &str, settings: &str) -> Result<(UnfinishedReport, Earlier)> {
    let folder = &args.output;
    let interrupted = UnfinishedReport::is_in(folder);
    if args.resume && interrupted {
        return UnfinishedReport::resume(folder, model, settings);
    }
    let taken = folder.exists() && fs::read_dir(folder).map_or(true, |mut d| d.next().is_some());
    if taken && !args.force {
        let what = match (interrupted, args.resume) {
            (true, _) => "which holds an interrupted report",
            (false, true) => "which holds no interrupted report",
            (false, false) => "which is not empty",
        };
        let found = format!("{}, {what}", folder.display());
        let expected = "a new or an empty folder; or --resume to go on, --force to replace";
        return Err(Error::setting("--output", found, expected));
    }
    remove_report(folder)?;
    let store = UnfinishedReport::begin(folder, model, settings)?;
    Ok((store, Earlier::nothing()))
}

/// Removes the files of an earlier report, and nothing else: pages only if the list is one of ours.
fn remove_report(folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let ours = "<meta name=\"generator\" content=\"polemic ";
    if !fs::read_to_string(&index).is_ok_and(|html| html.contains(ours)) {
        return Ok(());
    }
    let pages = fs::read_dir(folder.join("pages")).into_iter().flatten();
    let pages = pages.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let pages = pages.filter(|path| path.extension().is_some_and(|e| e == "html"));
    let tables = FILES.iter().map(|(name, _)| folder.join(name));
    for path in pages.chain(tables).chain([index]) {
        if path.is_file() {
            fs::remove_file(&path).map_err(|e| Error::io(&path, "remove", e))?;
        }
    }
    Ok(())
}

/// A document that was finished earlier, or that is new.
enum Measured {
    Earlier(Box<Finished>),
    New(Box<Rendered>),
}

fn measure(
    document: &Document,
    scorer: &mut Scorer<'_>,
    artifact: &ModelArtifact,
    settings: &PageSettings,
    earlier: &Earlier,
) -> Result<Measured> {
    if let Some(finished) = earlier.find(document.id.as_str(), &document.sha256) {
        return Ok(Measured::Earlier(Box::new(finished.clone())));
    }
    let params = ProfileParams {
        explain: true,
        keep_text: true,
        ..ProfileParams::default()
    };
    let measured = profile(artifact, scorer, document, &params);
    let rendered = Rendered::new(&measured, settings);
    let rendered = rendered.map_err(|e| Error::io(&document.path, "render", e))?;
    Ok(Measured::New(Box::new(rendered)))
}

/// Keeps the new documents and puts all into `finished`, in their order.
fn keep(
    measured: Vec<Measured>,
    store: &mut UnfinishedReport,
    finished: &mut Vec<Finished>,
) -> Result<()> {
    let (mut new, mut places) = (Vec::new(), Vec::new());
    for document in measured {
        match document {
            Measured::Earlier(document) => places.push(Some(*document)),
            Measured::New(document) => {
                new.push(*document);
                places.push(None);
            }
        }
    }
    let mut kept = if new.is_empty() {
        Vec::new()
    } else {
        store.keep(new)?
    }
    .into_iter();
    finished.extend(
        places
            .into_iter()
            .filter_map(|place| place.or_else(|| kept.next())),
    );
    Ok(())
}

fn write_tables(
    folder: &Path,
    finished: &[Finished],
    store: &UnfinishedReport,
    settings: &PageSettings,
) -> Result<()> {
    let classes: Vec<String> = settings
        .classes
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let file = |name: &str| NewFile::create(&folder.join(name));
    write_documents_csv(file("documents.csv")?, finished, &classes)?;
    write_sentences_csv(file("sentences.csv")?, finished, store, &classes)?;
    #[cfg(feature = "parquet")]
    {
        write_documents_parquet(file("documents.parquet")?, finished, &classes)?;
        write_sentences_parquet(file("sentences.parquet")?, finished, store, &classes)?;
    }
    Ok(())
}

fn write_list(
    args: &Report,
    finished: &[Finished],
    failures: Vec<String>,
    settings: PageSettings,
) -> Result<()> {
    let there = |(name, _): &&(&str, &str)| args.output.join(name).is_file();
    let named = |(name, what): &(&str, &str)| ((*name).to_owned(), (*what).to_owned());
    let params = IndexParams {
        title: args.title.clone(),
        settings,
        group_by: args.group_by.clone(),
        files: FILES.iter().filter(there).map(named).collect(),
    };
    let failures: Vec<Failure> = failures
        .into_iter()
        .map(|reason| Failure { reason })
        .collect();
    let mut file = NewFile::create(&args.output.join("index.html"))?;
    let written = write_index(finished, &failures, &params, &mut file);
    written.map_err(|e| Error::io(file.path(), "write", e))?;
    file.finish()
}
