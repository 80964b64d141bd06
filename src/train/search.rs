//! Which channels and which penalty: the candidates with the lowest held-out log loss.

use serde::{Deserialize, Serialize};

use super::held_out::HeldOutFolds;
use super::shares::{ClassShares, choose_shares};
use super::start::Start;
use super::{TrainParams, Trained};
use crate::Result;
use crate::features::{ChannelSettings, Style, Subwords, WordNgrams, WordVectors};
use crate::labelled::LabelledSet;

/// Settings under a name that the log of a search can show.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// The settings; every penalty in them is tried.
    pub params: TrainParams,
}

/// One line of the log of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// Name of the candidate.
    pub name: String,
    /// The penalty.
    pub l2: f64,
    /// Mean held-out log loss, in nats.
    pub log_loss: f64,
}

/// The candidates of `polemic train` without a recipe: all that a search chooses from. `params`
/// gives all other settings; the first candidate is `params` itself. A prior brings its own
/// channels, so there only the penalty is chosen.
#[must_use]
pub fn candidates(params: &TrainParams, start: Start<'_>) -> Vec<Candidate> {
    let with = |name: &str, channels: Vec<ChannelSettings>| Candidate {
        name: name.to_owned(),
        params: TrainParams {
            channels,
            ..params.clone()
        },
    };
    let given = |name: &str| with(name, params.channels.clone());
    if matches!(start, Start::Prior(_)) {
        return vec![given("the base's channels")];
    }
    let words = || {
        ChannelSettings::WordNgrams(WordNgrams {
            min_df: 1,
            ..WordNgrams::default()
        })
    };
    let vectors = |scale| {
        ChannelSettings::WordVectors(WordVectors {
            scale,
            ..WordVectors::default()
        })
    };
    let circumstances = || {
        ChannelSettings::WordNgrams(WordNgrams {
            min_df: 1,
            longest: 1,
            circumstances: true,
            scale: 0.7,
            ..WordNgrams::default()
        })
    };
    let subwords = || ChannelSettings::Subwords(Subwords::default());
    let style = || ChannelSettings::Style(Style::default());
    vec![
        given("words, subwords, style"),
        with(
            "words, circumstances, style, vectors",
            vec![words(), circumstances(), style(), vectors(2.0)],
        ),
        with(
            "words, circumstances, subwords, style, vectors",
            vec![words(), circumstances(), subwords(), style(), vectors(1.0)],
        ),
        with("style, vectors", vec![style(), vectors(2.0)]),
    ]
}

/// The best candidate so far, its held-out logits with the folds, and its log loss.
type Best<'c> = (&'c Candidate, HeldOutFolds, f64);

/// Tries every candidate on the same folds and fits the best: settings and what came of them. The
/// log is in the report.
///
/// The best has the lowest log loss. How frequent its classes are is [`ClassShares`]'s question.
///
/// The figures of the best are those of the folds that chose it, so they are a little too good:
/// there are few candidates, and they are much alike.
///
/// # Errors
/// As [`TrainParams::fit`].
pub fn search(
    candidates: &[Candidate],
    shares: ClassShares,
    start: Start<'_>,
    set: &LabelledSet,
    progress: &(dyn Fn(&str, f64) + Sync),
) -> Result<(TrainParams, Trained)> {
    let with_shares = |candidate: &Candidate| {
        let mut candidate = candidate.clone();
        candidate.params.balanced = shares == ClassShares::Even;
        candidate
    };
    let candidates: Vec<Candidate> = candidates.iter().map(with_shares).collect();
    let steps = candidates.len() as f64 + f64::from(u8::from(shares == ClassShares::Chosen));
    let mut log = Vec::new();
    let mut best: Option<Best<'_>> = None;
    for (i, candidate) in candidates.iter().enumerate() {
        let step = |doing: &str, share: f64| {
            let share = 0.9 * (i as f64 + share) / steps;
            progress(&format!("{}: {doing}", candidate.name), share);
        };
        let held_out = candidate.params.held_out(start, set, &step)?;
        for (l2, held_out) in candidate.params.l2.iter().zip(&held_out.0) {
            let (l2, log_loss) = (*l2, held_out.log_loss);
            log.push(Tried {
                name: candidate.name.clone(),
                l2,
                log_loss,
            });
        }
        let lowest = held_out
            .0
            .iter()
            .map(|h| h.log_loss)
            .fold(f64::INFINITY, f64::min);
        if best.as_ref().is_none_or(|(.., loss)| lowest < *loss) {
            best = Some((candidate, held_out, lowest));
        }
    }
    let Some((chosen, held_out, _)) = best else {
        return Err(crate::Error::setting(
            "number of candidates",
            0,
            "at least 1",
        ));
    };
    let step = |doing: &str, share: f64| {
        let share = 0.9 * (candidates.len() as f64 + share) / steps;
        progress(&format!("classes all alike: {doing}"), share);
    };
    let (params, held_out, tried) = match shares {
        ClassShares::Chosen => choose_shares(chosen.params.clone(), held_out, start, set, &step)?,
        _ => (chosen.params.clone(), held_out, None),
    };
    let mut trained = params.finish(start, set, held_out, progress)?;
    trained.report.tried = log;
    trained.report.shares = tried;
    Ok((params, trained))
}
