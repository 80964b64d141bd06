//! Which documents are meant, and how they are to be read.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use polemic::ingest::{ExcludedKind, Input, Inputs, ReadParams, TextColumns};
use polemic::{Error, Result};

use super::args::Reading;

/// Most bytes of documents in memory that a batch holds, if it holds more than one.
const BATCH_BYTES: usize = 32 << 20;

/// What the options mean.
pub fn params(args: &Reading) -> Result<ReadParams> {
    let include: Result<BTreeSet<ExcludedKind>> =
        args.include.iter().map(|name| kind(name)).collect();
    Ok(ReadParams {
        include: include?,
        columns: TextColumns {
            text: args.text_column.clone(),
            id: args.id_column.clone(),
        },
        any_language: args.any_language,
    })
}

fn kind(name: &str) -> Result<ExcludedKind> {
    ExcludedKind::of_name(name).ok_or_else(|| {
        let names: Vec<&str> = ExcludedKind::ALL.iter().map(|kind| kind.name()).collect();
        Error::setting("--include", name, format!("one of {}", names.join(", ")))
    })
}

/// The documents in `paths` and in the list of files.
pub fn inputs(paths: &[PathBuf], args: &Reading, params: &ReadParams) -> Result<Inputs> {
    let mut paths = paths.to_vec();
    if let Some(list) = &args.files_from {
        let text = text_of(list)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        paths.extend(lines.map(PathBuf::from));
    }
    Ok(Inputs::new(paths, params))
}

fn text_of(list: &Path) -> Result<String> {
    let failed = |e| Error::io(list, "read", e);
    if list == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(failed)?;
        return Ok(text);
    }
    std::fs::read_to_string(list).map_err(failed)
}

/// The next documents, at most `most`, and not many large ones.
pub fn batch(inputs: &mut Inputs, most: usize) -> Vec<Result<Input>> {
    let (mut batch, mut held) = (Vec::new(), 0);
    while batch.len() < most && held < BATCH_BYTES {
        let Some(input) = inputs.next() else { break };
        held += input.as_ref().map_or(0, Input::held_bytes);
        batch.push(input);
    }
    batch
}
