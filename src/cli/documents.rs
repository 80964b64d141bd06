//! Documents on their way through all threads, in order and in bounded memory.

use std::path::{Path, PathBuf};

use polemic::Result;
use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::{Document, documents_in};
use polemic::profile::DocumentProfile;
use rayon::prelude::*;

use super::output::Messages;

/// Documents in flight for each thread.
const DOCUMENTS_PER_THREAD: usize = 4;

/// The documents that the paths mean; what cannot be found is said and its reasons are given.
pub fn find(paths: &[PathBuf], messages: Messages) -> (Vec<PathBuf>, Vec<String>) {
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for path in documents_in(paths) {
        match path {
            Ok(path) => found.push(path),
            Err(error) => {
                messages.error(&error);
                failures.push(error.to_string());
            }
        }
    }
    (found, failures)
}

/// Reads one document; `-` is standard input.
pub fn read(path: &Path) -> Result<Document> {
    if path == Path::new("-") {
        Document::from_reader(path, std::io::stdin().lock())
    } else {
        Document::read(path)
    }
}

/// Does `work` on every document, a few for each thread at a time, and hands the results of these
/// over in their order before the next ones are read.
pub fn in_batches<T: Send>(
    artifact: &ModelArtifact,
    paths: &[PathBuf],
    work: impl Fn(&Path, &mut Scorer<'_>) -> Result<T> + Sync,
    mut hand_over: impl FnMut(Vec<Result<T>>) -> Result<()>,
) -> Result<()> {
    let threads = rayon::current_num_threads();
    let mut scorers: Vec<Scorer<'_>> = (0..threads).map(|_| artifact.classifier.scorer()).collect();
    for batch in paths.chunks(threads * DOCUMENTS_PER_THREAD) {
        let share = batch.len().div_ceil(threads);
        let results: Vec<Vec<Result<T>>> = scorers
            .par_iter_mut()
            .zip(batch.par_chunks(share))
            .map(|(scorer, paths)| paths.iter().map(|path| work(path, scorer)).collect())
            .collect();
        hand_over(results.into_iter().flatten().collect())?;
    }
    Ok(())
}

/// A remark on a document that is not English.
pub fn remark_language(profile: &DocumentProfile, messages: Messages) {
    if let Some(language) = profile.document.language.as_deref().filter(|l| *l != "eng") {
        messages.remark(&format!(
            "polemic: {}: seems to be in language {language}; the model knows English only",
            profile.document.id
        ));
    }
}
