//! Documents on their way through all threads, in order and in bounded memory.

use polemic::Result;
use polemic::artifact::ModelArtifact;
use polemic::classifier::Scorer;
use polemic::ingest::{Document, Input, Inputs, ReadParams};
use rayon::prelude::*;

use super::reading;

/// Documents in flight for each thread.
const DOCUMENTS_PER_THREAD: usize = 4;

/// Does `work` on every document, a few for each thread at a time, and hands the results of these
/// over in their order before the next ones are read. A document that cannot be read is a result
/// like any other.
pub fn in_batches<T: Send>(
    artifact: &ModelArtifact,
    inputs: &mut Inputs,
    reading: &ReadParams,
    work: impl Fn(Document, &mut Scorer<'_>) -> Result<T> + Sync,
    mut hand_over: impl FnMut(Vec<Result<T>>) -> Result<()>,
) -> Result<()> {
    let threads = rayon::current_num_threads();
    let mut scorers: Vec<Scorer<'_>> = (0..threads).map(|_| artifact.classifier.scorer()).collect();
    loop {
        let mut batch = reading::batch(inputs, threads * DOCUMENTS_PER_THREAD);
        if batch.is_empty() {
            return Ok(());
        }
        let share = batch.len().div_ceil(threads);
        let results: Vec<Vec<Result<T>>> = scorers
            .par_iter_mut()
            .zip(in_shares(&mut batch, share))
            .map(|(scorer, inputs)| {
                let each = inputs.into_iter();
                each.map(|input| work(input?.read(reading)?, scorer))
                    .collect()
            })
            .collect();
        hand_over(results.into_iter().flatten().collect())?;
    }
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
