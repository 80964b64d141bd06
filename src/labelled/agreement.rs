//! How far annotators agree, beyond chance.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Annotations;
use super::bootstrap::{Draws, interval95, resample};
use crate::stance::ClassId;

/// Resamples behind an interval.
const RESAMPLES: usize = 1000;

/// A figure and its 95 % bootstrap interval over items; both absent if they are not defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<[f64; 2]>,
}

/// Cohen's kappa of two annotators.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairAgreement {
    /// Their names.
    pub annotators: [String; 2],
    /// Items that both labelled.
    pub items: usize,
    /// Cohen's kappa on these.
    pub kappa: Estimate,
}

/// One annotator against the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnnotatorAgreement {
    /// Items labelled.
    pub items: usize,
    /// Mean kappa with the others, weighted by common items.
    pub mean_kappa: Option<f64>,
    /// Alpha of the others without this one: higher than alpha if this one is the odd one out.
    pub alpha_without: Option<f64>,
}

/// How far annotators agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Items in all.
    pub items: usize,
    /// Items with at least two labels.
    pub items_with_two: usize,
    /// Krippendorff's alpha, nominal.
    pub alpha: Estimate,
    /// Alpha of each class against the rest, by class name.
    pub classes: BTreeMap<String, Estimate>,
    /// By annotator.
    pub annotators: BTreeMap<String, AnnotatorAgreement>,
    /// Every pair with common items.
    pub pairs: Vec<PairAgreement>,
}

type Item = Vec<(u32, ClassId)>;

impl Agreement {
    /// The agreement in `annotations`; `seed` draws the resamples.
    #[must_use]
    pub fn of(annotations: &Annotations, seed: u64) -> Self {
        let items = &annotations.items;
        let n_annotators = annotations.annotators.len() as u32;
        let name = |a: u32| annotations.annotators[a as usize].clone();
        let mut pairs = Vec::new();
        for a in 0..n_annotators {
            for b in a + 1..n_annotators {
                let both = common(items, a, b);
                if !both.is_empty() {
                    pairs.push((a, b, both));
                }
            }
        }
        let kappas: Vec<Option<f64>> = pairs.iter().map(|(.., both)| kappa(both)).collect();
        let annotators = (0..n_annotators).map(|a| {
            let own = pairs
                .iter()
                .zip(&kappas)
                .filter(|((x, y, _), _)| *x == a || *y == a);
            let known = own.filter_map(|((.., both), k)| Some((both.len() as f64, (*k)?)));
            let (weight, sum) = known.fold((0.0, 0.0), |(w, s), (n, k)| (w + n, s + n * k));
            let others: Vec<Item> = items
                .iter()
                .map(|item| item.iter().copied().filter(|(x, _)| *x != a).collect())
                .collect();
            let agreement = AnnotatorAgreement {
                items: items.iter().flatten().filter(|(x, _)| *x == a).count(),
                mean_kappa: (weight > 0.0).then(|| sum / weight),
                alpha_without: alpha(&others),
            };
            (name(a), agreement)
        });
        Self {
            items: items.len(),
            items_with_two: items.iter().filter(|item| item.len() > 1).count(),
            alpha: estimate(items, seed, alpha),
            classes: (0..)
                .zip(&annotations.classes)
                .map(|(class, class_name)| {
                    (
                        class_name.clone(),
                        estimate(&against_rest(items, class), seed, alpha),
                    )
                })
                .collect(),
            annotators: annotators.collect(),
            pairs: pairs
                .iter()
                .map(|(a, b, both)| PairAgreement {
                    annotators: [name(*a), name(*b)],
                    items: both.len(),
                    kappa: estimate(both, seed, kappa),
                })
                .collect(),
        }
    }
}

fn against_rest(items: &[Item], class: ClassId) -> Vec<Item> {
    let one = |item: &Item| {
        item.iter()
            .map(|(a, c)| (*a, u32::from(*c == class)))
            .collect()
    };
    items.iter().map(one).collect()
}

fn common(items: &[Item], a: u32, b: u32) -> Vec<Item> {
    let label = |item: &Item, who| item.iter().find(|(x, _)| *x == who).copied();
    let both = items
        .iter()
        .filter_map(|item| Some(vec![label(item, a)?, label(item, b)?]));
    both.collect()
}

fn estimate(items: &[Item], seed: u64, figure: impl Fn(&[Item]) -> Option<f64>) -> Estimate {
    let mut draws = Draws::new("agreement", seed);
    let resampled = (0..RESAMPLES).filter_map(|_| {
        let counts = resample(&mut draws, items.len());
        let drawn = items.iter().zip(counts);
        let drawn: Vec<Item> = drawn
            .flat_map(|(item, n)| std::iter::repeat_n(item.clone(), n as usize))
            .collect();
        figure(&drawn)
    });
    let value = figure(items);
    let interval = value.and_then(|_| interval95(resampled.collect()));
    Estimate { value, interval }
}

/// Krippendorff's alpha for nominal labels: `1 − D_o / D_e` over the pairable labels of items
/// (annotator, class). `None` if no item has two labels or all labels are the same.
///
/// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability".
///
/// ```
/// use polemic::labelled::alpha;
/// // Two annotators, ten items, four disagreements (Krippendorff 2011, example A): 0.095.
/// let a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
/// let b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
/// let items: Vec<_> = a.iter().zip(b).map(|(a, b)| vec![(0, *a), (1, b)]).collect();
/// assert!((alpha(&items).unwrap() - 0.095).abs() < 5e-4);
/// ```
#[must_use]
pub fn alpha(items: &[Vec<(u32, ClassId)>]) -> Option<f64> {
    let mut totals: BTreeMap<ClassId, f64> = BTreeMap::new();
    let (mut n, mut disagreement) = (0.0, 0.0);
    for item in items.iter().filter(|item| item.len() > 1) {
        let m = item.len() as f64;
        let mut counts: BTreeMap<ClassId, f64> = BTreeMap::new();
        item.iter()
            .for_each(|(_, class)| *counts.entry(*class).or_default() += 1.0);
        let same: f64 = counts.values().map(|c| c * (c - 1.0)).sum();
        disagreement += (m * (m - 1.0) - same) / (m - 1.0);
        n += m;
        counts
            .into_iter()
            .for_each(|(class, c)| *totals.entry(class).or_default() += c);
    }
    let by_chance = n * n - totals.values().map(|c| c * c).sum::<f64>();
    (by_chance > 0.0).then(|| 1.0 - (n - 1.0) * disagreement / by_chance)
}

/// Cohen's kappa of items with exactly two labels, the first annotator's first.
///
/// Cohen 1960, "A Coefficient of Agreement for Nominal Scales".
fn kappa(items: &[Item]) -> Option<f64> {
    let n = items.len() as f64;
    let (mut first, mut second): (BTreeMap<ClassId, f64>, BTreeMap<ClassId, f64>) =
        Default::default();
    let mut same = 0.0;
    for item in items {
        *first.entry(item[0].1).or_default() += 1.0 / n;
        *second.entry(item[1].1).or_default() += 1.0 / n;
        same += f64::from(u8::from(item[0].1 == item[1].1)) / n;
    }
    let chance: f64 = first
        .iter()
        .map(|(class, p)| p * second.get(class).unwrap_or(&0.0))
        .sum();
    (chance < 1.0 && n > 0.0).then(|| (same - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Krippendorff 2011, example C: four observers, twelve units, missing labels. Nominal alpha
    /// is 0.743.
    #[test]
    fn krippendorffs_own_example() {
        let observers = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let item = |unit: usize| {
            let labels = observers.iter().zip(0..).map(|(o, a)| (a, o[unit]));
            labels.filter(|(_, label)| *label > 0).collect()
        };
        let items: Vec<Item> = (0..12).map(item).collect();
        let alpha = alpha(&items).expect("defined");
        assert!((alpha - 0.743).abs() < 5e-4, "{alpha}");
    }

    /// 20 both yes, 15 both no, 5 and 10 apart: observed 0.70, by chance 0.50, kappa 0.40.
    #[test]
    fn kappa_by_hand() {
        let cells = [(1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15)];
        let items: Vec<Item> = cells
            .iter()
            .flat_map(|(a, b, n)| std::iter::repeat_n(vec![(0, *a), (1, *b)], *n))
            .collect();
        assert!((kappa(&items).expect("defined") - 0.4).abs() < 1e-12);
    }

    #[test]
    fn intervals_hold_the_figure_and_repeat() {
        let items: Vec<Item> = (0..60)
            .map(|i| vec![(0, i % 2), (1, u32::from(i % 10 > 4 + i % 2))])
            .collect();
        let annotations = Annotations {
            classes: vec!["a".to_owned(), "b".to_owned()],
            annotators: vec!["x".to_owned(), "y".to_owned()],
            items,
        };
        let agreement = Agreement::of(&annotations, 1);
        let (value, [low, high]) = (
            agreement.alpha.value.expect("defined"),
            agreement.alpha.interval.expect("defined"),
        );
        assert!(low < value && value < high, "{low} {value} {high}");
        assert_eq!(agreement, Agreement::of(&annotations, 1));
        assert_eq!(agreement.pairs[0].items, 60);
    }

    #[test]
    fn labels_that_are_all_the_same_say_nothing() {
        assert_eq!(alpha(&[vec![(0, 1), (1, 1)]]), None);
        assert_eq!(alpha(&[vec![(0, 1)]]), None);
    }
}
