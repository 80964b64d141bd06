//! The figures about retraining in docs/RETRAIN.md, measured again:
//!
//!     cargo run --release --no-default-features --example retraining -- flips ROWS.csv
//!     cargo run --release --no-default-features --example retraining -- base ROWS.csv MODEL
//!     cargo run --release --no-default-features --example retraining -- active ROWS.csv [SEEDS]
//!     cargo run --release --no-default-features --example retraining -- curve ROWS.csv
//!     cargo run --release --no-default-features --example retraining -- search ROWS.csv
//!
//! ROWS.csv is a labelled table. For `base`, MODEL must not have seen the rows.

#![allow(clippy::print_stdout, reason = "it prints figures")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use polemic::artifact::ModelArtifact;
use polemic::evaluate::{Evaluation, evaluate, suspects};
use polemic::labelled::{
    Draws, LabelledRow, LabelledSet, LabelledTable, TableColumns, Uses, grouped_folds,
};
use polemic::labelling::{order, refit};
use polemic::train::{ClassShares, Start, TrainParams, candidates, learning_curve, search};
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
        "flips" => flips(rows),
        "base" => base(rows, Path::new(args.get(2).map_or("", String::as_str))),
        "active" => active(
            &rows,
            args.get(2).and_then(|n| n.parse().ok()).unwrap_or(10),
        ),
        "curve" => curve(rows),
        "search" => time_search(rows),
        _ => Err(Error::setting(
            "what",
            what,
            "flips, base, active, curve or search",
        )),
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

/// Five in a hundred labels are turned; how many are among the tenth that looks most wrong?
fn flips(rows: Vec<LabelledRow>) -> Result<()> {
    for seed in 1..=3 {
        let mut set = set_of(rows.clone())?;
        let n = set.len();
        let turned: Vec<usize> = Draws::new("flips", seed)
            .shuffled(n)
            .into_iter()
            .take(n / 20)
            .collect();
        let k = set.scheme().n_classes();
        for &i in &turned {
            let label = (set.labels[i] as usize + 1) % k;
            set.labels[i] = label as u32;
            (0..k).for_each(|c| set.shares[i * k + c] = f32::from(u8::from(c == label)));
        }
        let params = TrainParams {
            seed,
            ..TrainParams::default()
        };
        let (_, trained) = search(
            &candidates(&params, Start::Scratch),
            ClassShares::Chosen,
            Start::Scratch,
            &set,
            &|_, _| (),
        )?;
        let held_out = trained
            .held_out
            .ok_or_else(|| Error::setting("groups", 1, "two or more"))?;
        let found = suspects(&held_out.probabilities, &set.labels);
        let top: Vec<usize> = found.iter().take(n / 10).map(|s| s.row).collect();
        let hits = turned.iter().filter(|i| top.contains(i)).count();
        println!(
            "seed {seed}: {hits} of {} turned labels ({:.1} %) in the first {} of {n} rows",
            turned.len(),
            100.0 * hits as f64 / turned.len() as f64,
            top.len()
        );
    }
    Ok(())
}

/// From nothing, with a prior, with logits: macro F1 on the rows that were not drawn.
fn base(rows: Vec<LabelledRow>, model: &Path) -> Result<()> {
    let base = ModelArtifact::read(model)?;
    let all = set_of(rows)?;
    let alone = evaluate(&base.classifier, &of_scheme(&all, &base)?);
    println!(
        "base alone: macro F1 {:.3}, log loss {:.3}",
        alone.macro_f1, alone.log_loss
    );
    for n in [50, 100, 200, 400] {
        let mut sums = [[0.0; 2]; 3];
        const SEEDS: u64 = 5;
        for seed in 1..=SEEDS {
            let (train, test) = drawn(&all, n, seed);
            let starts = [
                Start::Scratch,
                Start::Prior(&base.classifier),
                Start::Logits(&base.classifier),
            ];
            for (start, sum) in starts.into_iter().zip(&mut sums) {
                let mut params = TrainParams {
                    seed,
                    ..TrainParams::default()
                };
                if matches!(start, Start::Prior(_)) {
                    params.l2.extend([8.0, 16.0, 32.0]);
                }
                let (_, trained) = search(
                    &candidates(&params, start),
                    ClassShares::Chosen,
                    start,
                    &train,
                    &|_, _| (),
                )?;
                let figures = evaluate(&trained.classifier, &test);
                sum[0] += figures.macro_f1 / SEEDS as f64;
                sum[1] += figures.log_loss / SEEDS as f64;
            }
        }
        let [scratch, prior, logits] =
            sums.map(|[f1, loss]| format!("{f1:.3} (log loss {loss:.3})"));
        println!("{n} rows: from nothing {scratch}   prior {prior}   logits {logits}");
    }
    Ok(())
}

/// The set with the classes of a model.
fn of_scheme(set: &LabelledSet, model: &ModelArtifact) -> Result<LabelledSet> {
    let mut same = LabelledSet::new(model.classifier.scheme().clone());
    let rows = (0..set.len()).map(|i| row(set, i)).collect();
    same.extend(rows, 1.0, Uses::default(), Path::new("rows"))?;
    Ok(same)
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

/// `n` rows by whole groups, and the rest.
fn drawn(set: &LabelledSet, n: usize, seed: u64) -> (LabelledSet, LabelledSet) {
    let mut taken = std::collections::BTreeSet::new();
    let mut count = 0;
    for i in Draws::new("rows", seed).shuffled(set.len()) {
        if count < n && taken.insert(set.groups[i]) {
            count += set.groups.iter().filter(|g| **g == set.groups[i]).count();
        }
    }
    let inside = |i: usize| taken.contains(&set.groups[i]);
    (set.filtered(inside), set.filtered(|i| !inside(i)))
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
        let (part, _) = drawn(&all, n, 1);
        let (more, _) = drawn(&all, n + 500, 1);
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

fn time_search(rows: Vec<LabelledRow>) -> Result<()> {
    let set = set_of(rows)?;
    let start = Instant::now();
    let params = TrainParams::default();
    let (_, trained) = search(
        &candidates(&params, Start::Scratch),
        ClassShares::Chosen,
        Start::Scratch,
        &set,
        &|_, _| (),
    )?;
    for tried in &trained.report.tried {
        println!(
            "{:34} l2 {:5} log loss {:.4}",
            tried.name, tried.l2, tried.log_loss
        );
    }
    let f1 = trained.report.held_out.map_or(0.0, |h| h.macro_f1);
    println!(
        "{} rows, {:.1} s, held-out macro F1 {f1:.3}",
        set.len(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
