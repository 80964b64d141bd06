//! Labels by several annotators, item by item, and how they become one.

use std::collections::{BTreeMap, BTreeSet};

use super::TableRow;
use super::dawid_skene::dawid_skene;
use crate::stance::ClassId;

/// Who gave which item which label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// The labels, sorted.
    pub classes: Vec<String>,
    /// The annotators, sorted.
    pub annotators: Vec<String>,
    /// For each item its labels as (annotator, class), sorted, at most one an annotator.
    pub items: Vec<Vec<(u32, ClassId)>>,
}

/// How the labels of several annotators become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aggregation {
    /// Each class has its share of the votes. The default.
    #[default]
    Votes,
    /// The class with most votes has all; of equals, the first by name.
    Majority,
    /// Shares by a model of annotators (Dawid & Skene 1979).
    DawidSkene,
}

/// The items of annotated rows: one row each, with the shares of its classes.
#[derive(Clone, Debug, Default)]
pub struct Aggregated {
    /// One row an item, in the order in which the items first occur.
    pub rows: Vec<TableRow>,
    /// Who labelled what; `None` unless at least two annotators are named.
    pub annotations: Option<Annotations>,
}

impl Annotations {
    /// The annotations in rows: those with the same id and text are one item. If an annotator
    /// labelled an item twice, the later label counts. Gives the item of each row too.
    #[must_use]
    pub fn of(rows: &[TableRow]) -> (Self, Vec<usize>) {
        let names = |of: fn(&TableRow) -> &str| -> Vec<String> {
            let names: BTreeSet<&str> = rows.iter().map(of).collect();
            names.into_iter().map(str::to_owned).collect()
        };
        let (classes, annotators) = (names(|r| &r.row.label), names(|r| &r.annotator));
        let position = |names: &[String], name: &str| {
            names
                .binary_search_by(|n| n.as_str().cmp(name))
                .unwrap_or(0) as u32
        };
        let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut items: Vec<BTreeMap<u32, ClassId>> = Vec::new();
        let mut item_of = Vec::with_capacity(rows.len());
        for row in rows {
            let next = numbers.len();
            let item = *numbers.entry((&row.row.id, &row.row.text)).or_insert(next);
            if item == items.len() {
                items.push(BTreeMap::new());
            }
            let annotator = position(&annotators, &row.annotator);
            items[item].insert(annotator, position(&classes, &row.row.label));
            item_of.push(item);
        }
        let items = items
            .into_iter()
            .map(|item| item.into_iter().collect())
            .collect();
        (
            Self {
                classes,
                annotators,
                items,
            },
            item_of,
        )
    }

    /// Share of the votes for each class, item by item.
    #[must_use]
    pub fn vote_shares(&self) -> Vec<Vec<f64>> {
        let shares = self.items.iter().map(|labels| {
            let mut shares = vec![0.0; self.classes.len()];
            for (_, class) in labels {
                shares[*class as usize] += 1.0 / labels.len() as f64;
            }
            shares
        });
        shares.collect()
    }

    /// The shares of the classes of each item; each sums to 1.
    #[must_use]
    pub fn shares(&self, how: Aggregation) -> Vec<Vec<f64>> {
        match how {
            Aggregation::Votes => self.vote_shares(),
            Aggregation::DawidSkene => dawid_skene(self).shares,
            Aggregation::Majority => {
                let mut all = self.vote_shares();
                for shares in &mut all {
                    let best = crate::classifier::most_probable(shares);
                    shares.fill(0.0);
                    shares[best] = 1.0;
                }
                all
            }
        }
    }
}

impl Aggregated {
    /// One row for each item of `rows`. Rows stay as they are unless at least two annotators are
    /// named. An item's other columns are those of its first row, its weight the mean.
    #[must_use]
    pub fn of(rows: Vec<TableRow>, how: Aggregation) -> Self {
        let named: BTreeSet<&str> = rows.iter().map(|r| r.annotator.as_str()).collect();
        if named.iter().filter(|name| !name.is_empty()).count() < 2 {
            return Self {
                rows,
                annotations: None,
            };
        }
        let (annotations, item_of) = Annotations::of(&rows);
        let shares = annotations.shares(how);
        let mut items: Vec<(TableRow, f32, f32)> = Vec::new();
        for (row, item) in rows.into_iter().zip(item_of) {
            let weight = row.row.weight;
            match items.get_mut(item) {
                Some((_, sum, n)) => (*sum, *n) = (*sum + weight, *n + 1.0),
                None => items.push((row, weight, 1.0)),
            }
        }
        let rows = items
            .into_iter()
            .zip(shares)
            .map(|((mut item, sum, n), shares)| {
                let best = crate::classifier::most_probable(&shares);
                item.row.label.clone_from(&annotations.classes[best]);
                let named = annotations
                    .classes
                    .iter()
                    .cloned()
                    .zip(shares.iter().map(|s| *s as f32));
                let certain = shares[best] == 1.0;
                item.row.shares = if certain {
                    BTreeMap::new()
                } else {
                    named.collect()
                };
                item.row.weight = sum / n;
                item.annotator = String::new();
                item
            });
        Self {
            rows: rows.collect(),
            annotations: Some(annotations),
        }
    }
}
