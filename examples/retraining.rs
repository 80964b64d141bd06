//! The figures about retraining in docs/RETRAIN.md, measured again:
//!
//!     cargo run --release --no-default-features --example retraining -- active ROWS.csv [SEEDS]
//!     cargo run --release --no-default-features --example retraining -- curve ROWS.csv
//!
//! ROWS.csv is a labelled table. `tools/measure_retraining.py` measures planted wrong labels, bases and time.

#![allow(clippy::print_stdout, reason = "it prints figures")]

use std::path::{Path, PathBuf};

use polemic::evaluate::Evaluation;
use polemic::labelled::{
    Draws, LabelledRow, LabelledSet, LabelledTable, TableColumns, grouped_folds,
};
use polemic::labelling::{order, refit};
use polemic::train::{Start, TrainParams, learning_curve};
use polemic::{Error, Result};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(what), Some(path)) = (args.first(), args.get(1)) else {
        return Err(Error::setting(
            "arguments",
            args.len(),
            "WHAT ROWS.csv, see the head of the file",
        ));
    };
    let rows = rows(Path::new(path))?;
    match what.as_str() {
        "active" => active(
            &rows,
            args.get(2).and_then(|n| n.parse().ok()).unwrap_or(10),
        ),
        "curve" => curve(rows),
        _ => Err(Error::setting("what", what, "active or curve")),
    }
}

fn rows(path: &Path) -> Result<Vec<LabelledRow>> {
    let paths: [PathBuf; 1] = [path.to_owned()];
    let table = LabelledTable::read(&paths, &TableColumns::default(), None)?;
    Ok(table.rows.into_iter().map(|r| r.row).collect())
}

fn set_of(rows: Vec<LabelledRow>) -> Result<LabelledSet> {
    LabelledSet::from_rows(Path::new("rows"), rows)
}

fn row(set: &LabelledSet, i: usize) -> LabelledRow {
    LabelledRow {
        text: set.texts[i].clone(),
        id: i.to_string(),
        label: set.scheme().class_name(set.labels[i] as usize).to_owned(),
        shares: Default::default(),
        group: set.groups[i].to_string(),
        weight: 1.0,
        source: String::new(),
    }
}

/// `n` rows by whole groups.
fn drawn(set: &LabelledSet, n: usize, seed: u64) -> LabelledSet {
    let mut taken = std::collections::BTreeSet::new();
    let mut count = 0;
    for i in Draws::new("rows", seed).shuffled(set.len()) {
        if count < n && taken.insert(set.groups[i]) {
            count += set.groups.iter().filter(|g| **g == set.groups[i]).count();
        }
    }
    set.filtered(|i| taken.contains(&set.groups[i]))
}

/// Labels needed for 95 % of the macro F1 with all labels, by the order of `polemic label` and at random.
fn active(rows: &[LabelledRow], seeds: u64) -> Result<()> {
    const STEP: usize = 25;
    for seed in 1..=seeds {
        let all = set_of(rows.to_vec())?;
        let folds = grouped_folds(&all.groups, &all.labels, 4, seed);
        let (pool, test): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&i| folds[i] != 0);
        let test_texts: Vec<String> = test.iter().map(|&i| all.texts[i].clone()).collect();
        let truth: Vec<u32> = test.iter().map(|&i| all.labels[i]).collect();
        let texts: Vec<&str> = pool.iter().map(|&i| all.texts[i].as_str()).collect();
        let judge = |done: &[usize], texts: &[String]| -> Result<Option<Vec<Vec<f64>>>> {
            let rows = done.iter().map(|&i| row(&all, pool[i])).collect();
            Ok(refit(rows, texts, None, seed)?.map(|r| r.probabilities))
        };
        let score = |done: &[usize]| -> Result<f64> {
            let Some(p) = judge(done, &test_texts)? else {
                return Ok(0.0);
            };
            let p =
                ndarray::Array2::from_shape_fn((p.len(), all.scheme().n_classes()), |(i, j)| {
                    p[i][j]
                });
            Ok(Evaluation::from_probabilities(all.scheme(), &p, &truth).macro_f1)
        };
        let target = 0.95 * score(&(0..pool.len()).collect::<Vec<_>>())?;
        let random = Draws::new("random order", seed).shuffled(pool.len());
        let pool_texts: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        let mut needed = [pool.len(); 2];
        for (by_use, needed) in needed.iter_mut().enumerate() {
            let mut done: Vec<usize> = Vec::new();
            while done.len() < pool.len() {
                let open: Vec<usize> = (0..pool.len()).filter(|i| !done.contains(i)).collect();
                let next: Vec<usize> = if by_use == 0 {
                    random[done.len()..].iter().take(STEP).copied().collect()
                } else {
                    let p = judge(&done, &pool_texts)?.unwrap_or_default();
                    order(&texts, &open, &p, seed)
                        .iter()
                        .take(STEP)
                        .map(|p| p.row)
                        .collect()
                };
                done.extend(next);
                if done.len() >= 2 * STEP && score(&done)? >= target {
                    *needed = done.len();
                    break;
                }
            }
        }
        println!(
            "seed {seed}: 95 % of {:.3} after {} labels at random, {} in the order of polemic label",
            target / 0.95,
            needed[0],
            needed[1]
        );
    }
    Ok(())
}

/// What the curve of half the rows says of 500 more, and what they bring.
fn curve(rows: Vec<LabelledRow>) -> Result<()> {
    let all = set_of(rows)?;
    let params = TrainParams::default();
    for n in [500, 1000, 1500] {
        let (part, more) = (drawn(&all, n, 1), drawn(&all, n + 500, 1));
        let at = |set: &LabelledSet| learning_curve(&params, 1.0, Start::Scratch, set, &|_, _| ());
        let (curve, after) = (at(&part)?, at(&more)?);
        let last = |c: &polemic::train::LearningCurve| c.points.last().map_or(0.0, |p| p.macro_f1);
        println!(
            "{n} rows: {:.3}; 500 more should add {:.3}, and add {:.3}",
            last(&curve),
            curve.gain_of_500.unwrap_or(0.0),
            last(&after) - last(&curve)
        );
    }
    Ok(())
}
