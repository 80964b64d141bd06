//! The command line: what was typed, what it means, and the verbs.

mod args;
mod audit;
mod compare;
mod documents;
mod evaluate;
mod judgement_text;
#[cfg(feature = "label")]
mod label;
mod label_args;
mod labels;
mod metadata;
mod model;
mod model_diff;
mod output;
mod predict;
mod reading;
mod report;
mod score;
mod train;

use std::path::Path;
use std::process::ExitCode;

use args::{Arguments, Command, Common};
use clap::Parser;
use output::Messages;
use polemic::artifact::ModelArtifact;
use polemic::{Error, Result};

/// How a command ended: the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All done: 0.
    Done,
    /// Done, but some inputs failed: 1.
    SomeFailed,
    /// Nothing could be done: 2.
    Failed,
}

impl Outcome {
    /// From the numbers of inputs that were done and that failed.
    pub fn of(done: usize, failed: usize) -> Self {
        match (done, failed) {
            (_, 0) => Self::Done,
            (0, _) => Self::Failed,
            _ => Self::SomeFailed,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::SomeFailed => 1,
            Outcome::Failed => 2,
        })
    }
}

/// Parses the command line and does what it says.
pub fn run() -> ExitCode {
    let Arguments { command, common } = Arguments::parse();
    let messages = Messages {
        quiet: common.quiet,
    };
    quiet_guarded_panics();
    match dispatch(&command, &common, messages) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            messages.error(&error);
            Outcome::Failed.into()
        }
    }
}

/// A panic of a reader's library becomes an error that names the file; nothing else need be said of it.
fn quiet_guarded_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !polemic::ingest::is_guarded() {
            usual(panic);
        }
    }));
}

/// Stack of a thread; documents can be nested deeply.
const STACK_BYTES: usize = 16 << 20;

/// More threads than any machine here has cores: a typing error, and costly to try.
const MOST_JOBS: usize = 256;

fn dispatch(command: &Command, common: &Common, messages: Messages) -> Result<Outcome> {
    if common.jobs > MOST_JOBS {
        return Err(Error::setting(
            "jobs",
            common.jobs,
            format!("0 to {MOST_JOBS}"),
        ));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(common.jobs)
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|e| Error::setting("jobs", format!("{} ({e})", common.jobs), "fewer threads"))?;
    pool.install(|| match command {
        Command::Predict(args) => predict::run(args, common, messages),
        Command::Train(args) => train::run(args, messages),
        #[cfg(feature = "label")]
        Command::Label(args) => label::run(args, common, messages),
        Command::Audit(args) => audit::run(args, messages),
        Command::Evaluate(args) => evaluate::run(args, common, messages),
        Command::Model(args) => model::run(args, common, messages),
        Command::Score(args) => score::run(args, common, messages),
        Command::Compare(args) => compare::run(args, common, messages),
        Command::Report(args) => report::run(args, common, messages),
    })
}

/// The model of `--model`, or the one that comes with the program.
fn load_model(path: Option<&Path>) -> Result<ModelArtifact> {
    path.map_or_else(ModelArtifact::embedded, ModelArtifact::read)
}
