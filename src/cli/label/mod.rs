//! `polemic label`: rows in, labels out, on a page of this machine or in the terminal.

mod server;
mod terminal;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polemic::artifact::ModelArtifact;
use polemic::labelled::read_texts;
use polemic::labelling::{Labels, Session, refit};
use polemic::{Error, Result};

use super::args::{Common, Label};
use super::output::{Messages, Output};
use super::{Outcome, load_model};

/// The codebook of the program's own classes.
const CODEBOOK: &str = include_str!("../../../labels/CODEBOOK.md");

/// A session that several threads share, and what orders its rows.
#[derive(Clone)]
struct Shared {
    session: Arc<Mutex<Session>>,
    base: Arc<Option<ModelArtifact>>,
    texts: Arc<Vec<String>>,
    seed: u64,
}

pub fn run(args: &Label, common: &Common, messages: Messages) -> Result<Outcome> {
    let rows = read_texts(&args.rows, args.text_column.as_deref())?;
    let journal = journal(args);
    if let Some(path) = &args.export {
        return export(&Labels::read(rows, &journal)?, path);
    }
    let base = load_model(common.model.as_deref())?;
    let own: Vec<String> = base
        .classifier
        .scheme()
        .names()
        .map(str::to_owned)
        .collect();
    let classes = if args.classes.is_empty() {
        own.clone()
    } else {
        args.classes.clone()
    };
    if classes.len() < 2 {
        return Err(Error::setting(
            "classes",
            classes.join(","),
            "two or more, separated by commas",
        ));
    }
    let session = Session::open(rows, classes.clone(), &journal, args.seed)?;
    let texts = Arc::new(session.texts());
    let shared = Shared {
        session: Arc::new(Mutex::new(session)),
        base: Arc::new(Some(base)),
        texts,
        seed: args.seed,
    };
    shared.refit_if_due(messages);
    if args.terminal {
        return terminal::run(args, &classes, &shared, messages);
    }
    let codebook = match &args.codebook {
        Some(path) => std::fs::read_to_string(path).map_err(|e| Error::io(path, "read", e))?,
        None if classes == own => CODEBOOK.to_owned(),
        None => String::new(),
    };
    server::run(args, classes, &codebook, &shared, messages)
}

/// The journal of `--journal`, or the one beside the table.
fn journal(args: &Label) -> PathBuf {
    args.journal.clone().unwrap_or_else(|| {
        let mut name = args.rows.clone().into_os_string();
        name.push(".journal.jsonl");
        PathBuf::from(name)
    })
}

fn export(labels: &Labels, path: &Path) -> Result<Outcome> {
    let mut output = Output::open(Some(path))?;
    output.put(&labels.to_csv()?)?;
    output.finish()?;
    Ok(Outcome::Done)
}

impl Shared {
    /// The session; a thread that panicked leaves it as its journal has it.
    fn lock(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refits and orders anew if enough labels came in. The session is free meanwhile.
    fn refit_if_due(&self, messages: Messages) {
        let rows = {
            let mut session = self.lock();
            if !session.refit_is_due() {
                return;
            }
            session.labels().labelled()
        };
        let base = self.base.as_ref().as_ref().map(|base| &base.classifier);
        match refit(rows, &self.texts, base, self.seed) {
            Ok(found) => self.lock().reorder(found.as_ref()),
            Err(error) => messages.error(&error),
        }
    }
}
