//! How frequent the classes are where a model will be used.
//!
//! Log loss cannot tell: it knows the labelled rows only, and whoever labels seldom meets the classes as often
//! as the texts do that the model is for. Without a better guess all classes are taken to be equally frequent, which
//! is wrong by the least in the worst case. Where a class is rare, that calls too much by its name; macro F1
//! on held-out rows shows it, and then the rows' own shares are kept.

use serde::{Deserialize, Serialize};

use super::held_out::HeldOutFolds;
use super::start::Start;
use super::{TrainParams, judge};
use crate::Result;
use crate::labelled::LabelledSet;

/// How frequent the classes are taken to be among the rows that a model will be asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClassShares {
    /// All equally frequent, unless held-out macro F1 is lower then by more than its standard error.
    #[default]
    Chosen,
    /// As frequent as among the labelled rows.
    Labelled,
    /// All equally frequent.
    Even,
}

/// Held-out macro F1, 0 to 1, with one share of the classes or the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharesTried {
    /// As frequent as among the labelled rows.
    pub labelled: f64,
    /// All equally frequent.
    pub even: f64,
}

/// Classes whose rows differ by less than this part are even as they are.
const NEARLY_EVEN: f64 = 0.1;

/// The settings with the shares that are to be taken, what they said of held-out rows, and the macro F1 of both.
pub(super) fn choose_shares(
    params: TrainParams,
    held_out: HeldOutFolds,
    start: Start<'_>,
    set: &LabelledSet,
    progress: &(dyn Fn(&str, f64) + Sync),
) -> Result<(TrainParams, HeldOutFolds, Option<SharesTried>)> {
    if held_out.0.is_empty() || !are_uneven(&set.class_counts()) {
        return Ok((params, held_out, None));
    }
    let even = TrainParams {
        balanced: true,
        ..params.clone()
    };
    let held_out_even = even.held_out(start, set, progress)?;
    let found = SharesTried {
        labelled: params.held_out_macro_f1(set, &held_out)?,
        even: even.held_out_macro_f1(set, &held_out_even)?,
    };
    if found.even_is_as_good(set.len()) {
        Ok((even, held_out_even, Some(found)))
    } else {
        Ok((params, held_out, Some(found)))
    }
}

impl SharesTried {
    /// One standard error is forgiven, that of a share of so many rows (Breiman et al. 1984, *Classification and
    /// Regression Trees*, §3.4.3, choose among trees in this way).
    fn even_is_as_good(self, rows: usize) -> bool {
        let variance = self.labelled * (1.0 - self.labelled) / rows.max(1) as f64;
        self.even >= self.labelled - variance.sqrt()
    }
}

fn are_uneven(counts: &[usize]) -> bool {
    let [fewest, most] =
        [counts.iter().min(), counts.iter().max()].map(|n| n.map_or(0.0, |&n| n as f64));
    fewest < (1.0 - NEARLY_EVEN) * most
}

impl TrainParams {
    /// Macro F1 of the best penalty on held-out rows, 0 to 1.
    fn held_out_macro_f1(
        &self,
        set: &LabelledSet,
        (held_out, folds): &HeldOutFolds,
    ) -> Result<f64> {
        let best = held_out
            .iter()
            .min_by(|a, b| a.log_loss.total_cmp(&b.log_loss));
        let Some(best) = best else {
            return Ok(0.0);
        };
        let rows = self.calibrated(set, &best.logits, folds.clone())?;
        Ok(judge(set, &rows.probabilities).macro_f1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_shares_may_cost_a_standard_error() {
        let tried = |even| SharesTried {
            labelled: 0.8,
            even,
        };
        assert!(tried(0.85).even_is_as_good(400));
        assert!(tried(0.781).even_is_as_good(400));
        assert!(!tried(0.779).even_is_as_good(400));
        assert!(!tried(0.781).even_is_as_good(4000));
        assert!(are_uneven(&[60, 30]) && !are_uneven(&[60, 57]));
    }
}
