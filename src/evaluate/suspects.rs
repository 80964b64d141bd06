//! Rows whose label is probably wrong: confident learning.
//!
//! Northcutt, Jiang & Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels". With held-out
//! probabilities `p`, class `j` is believed of a row if `p_j` is at least the mean `p_j` of the rows that carry
//! label `j`. A row is suspicious if another class than its label is believed of it; the order is by
//! the margin `p_label − max p_other`, the lowest first, so that all rows have a rank.

use ndarray::Array2;
use serde::Serialize;

use crate::classifier::most_probable;
use crate::stance::ClassId;

/// A row and how far its label is from what the others say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suspect {
    /// Index of the row.
    pub row: usize,
    /// Probability of its label minus the highest other: −1 to 1.
    pub margin: f64,
    /// The most probable other class.
    pub instead: ClassId,
    /// True if confident learning believes the other class of it.
    pub believed: bool,
}

/// All rows, the most suspicious first; equals in their order.
#[must_use]
pub fn suspects(probabilities: &Array2<f64>, labels: &[ClassId]) -> Vec<Suspect> {
    let thresholds = thresholds(probabilities, labels);
    let rows = probabilities.rows().into_iter().zip(labels).enumerate();
    let mut suspects: Vec<Suspect> = rows
        .map(|(row, (p, &label))| {
            let mut others = p.to_vec();
            others[label as usize] = -1.0;
            let instead = most_probable(&others);
            Suspect {
                row,
                margin: p[label as usize] - others[instead],
                instead: instead as ClassId,
                believed: others[instead] >= thresholds[instead]
                    && others[instead] > p[label as usize],
            }
        })
        .collect();
    suspects.sort_by(|a, b| {
        b.believed
            .cmp(&a.believed)
            .then(a.margin.total_cmp(&b.margin))
            .then(a.row.cmp(&b.row))
    });
    suspects
}

/// Mean probability of each class over the rows that carry it.
fn thresholds(probabilities: &Array2<f64>, labels: &[ClassId]) -> Vec<f64> {
    (0..probabilities.ncols())
        .map(|class| {
            let own = probabilities.column(class);
            let own = own
                .iter()
                .zip(labels)
                .filter(|(_, label)| **label as usize == class);
            let (sum, n) = own.fold((0.0, 0.0), |(sum, n), (p, _)| (sum + p, n + 1.0));
            if n > 0.0 { sum / n } else { f64::INFINITY }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_row_that_all_speak_against_comes_first() {
        let p = array![[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.6, 0.4]];
        let found = suspects(&p, &[0, 0, 1, 0]);
        assert_eq!(
            found.iter().map(|s| s.row).collect::<Vec<_>>(),
            [1, 3, 0, 2]
        );
        assert!((found[0].margin + 0.6).abs() < 1e-9);
        // The mean p_1 of rows labelled 1 is 0.9: 0.8 is not believed yet.
        assert!(!found[0].believed);
        let p = array![[0.9, 0.1], [0.1, 0.9], [0.2, 0.8], [0.6, 0.4]];
        assert!(suspects(&p, &[0, 0, 1, 0])[0].believed);
    }
}
