//! Labelled tables for `audit`, `train` and `evaluate`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use polemic::artifact::ModelArtifact;
use polemic::labelled::{
    Aggregated, Aggregation, Finding, LabelMap, LabelledSet, LabelledTable, TableColumns,
};
use polemic::train::{ClassShares, Start};
use polemic::{Error, Result};

use super::args::{BaseAs, SharesArg, TableArgs};
use super::label_args::Annotators;
use super::output::Messages;

/// Errors that are written out before the rest is only counted.
const SHOWN: usize = 20;

/// Reads the tables; bad records are findings.
pub fn read(paths: &[PathBuf], args: &TableArgs) -> Result<LabelledTable> {
    let columns = TableColumns {
        text: args.text_column.clone(),
        label: args.label_column.clone(),
        group: args.group_column.clone(),
        annotator: args.annotator_column.clone(),
        weight: None,
    };
    let map = args.labels_map.as_deref().map(LabelMap::read).transpose()?;
    LabelledTable::read(paths, &columns, map.as_ref())
}

/// The rows, one an item. Bad records stop it, all of them named, unless they are to be skipped.
pub fn usable(table: LabelledTable, args: &TableArgs, messages: Messages) -> Result<Aggregated> {
    let errors: Vec<&Finding> = table.errors().collect();
    if args.skip_bad_rows && !errors.is_empty() {
        let n = errors.len();
        messages.remark(&format!("{n} records that cannot be used were left out"));
    } else if let Some((last, before)) = errors[..errors.len().min(SHOWN)].split_last() {
        before
            .iter()
            .for_each(|finding| messages.error(&finding.to_error()));
        if errors.len() > 1 {
            messages.remark(&format!(
                "{} records cannot be used; mend them, or leave them out with --skip-bad-rows",
                errors.len()
            ));
        }
        return Err(last.to_error());
    }
    Ok(Aggregated::of(table.rows, aggregation(args)))
}

pub fn aggregation(args: &TableArgs) -> Aggregation {
    match args.annotators {
        Annotators::Votes => Aggregation::Votes,
        Annotators::Majority => Aggregation::Majority,
        Annotators::DawidSkene => Aggregation::DawidSkene,
    }
}

/// The rows as a set.
pub fn set_of(path: &Path, aggregated: &Aggregated) -> Result<LabelledSet> {
    LabelledSet::from_rows(
        path,
        aggregated.rows.iter().map(|r| r.row.clone()).collect(),
    )
}

/// How many findings of each kind there are.
pub fn counts(findings: &[Finding]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts
            .entry(finding.problem.title().to_owned())
            .or_default() += 1;
    }
    counts
}

/// The model of `--base`: a file, or `default`.
pub fn base(path: Option<&Path>) -> Result<Option<ModelArtifact>> {
    path.map(|path| match path.to_str() {
        Some("default") => ModelArtifact::embedded(),
        _ => ModelArtifact::read(path),
    })
    .transpose()
}

pub fn start(base: Option<&ModelArtifact>, how: BaseAs) -> Start<'_> {
    match (base, how) {
        (None, _) => Start::Scratch,
        (Some(base), BaseAs::Logits) => Start::Logits(&base.classifier),
        (Some(base), BaseAs::Prior) => Start::Prior(&base.classifier),
    }
}

pub fn class_shares(how: SharesArg) -> ClassShares {
    match how {
        SharesArg::Chosen => ClassShares::Chosen,
        SharesArg::Labelled => ClassShares::Labelled,
        SharesArg::Even => ClassShares::Even,
    }
}

/// `name version (sha256 …)` of a base, for the card.
pub fn named(base: &ModelArtifact) -> String {
    let p = &base.provenance;
    format!(
        "{} {} (sha256 {})",
        p.name,
        p.version,
        &base.sha256[..12.min(base.sha256.len())]
    )
}

/// What else is said when there is little to learn from.
pub fn warn_if_few(set: &LabelledSet, based: bool, messages: Messages) {
    const FEW_ROWS: usize = 200;
    const FEW_OF_A_CLASS: usize = 30;
    let counts = set.class_counts();
    for (name, n) in set.scheme().names().zip(&counts) {
        if *n < FEW_OF_A_CLASS {
            messages.remark(&format!(
                "warning: only {n} rows of class {name}: expect rough figures and weak recall of it"
            ));
        }
    }
    if set.len() < FEW_ROWS {
        let advice = if based {
            ""
        } else {
            "; --base default lets the program's own model help"
        };
        messages.remark(&format!("warning: only {} rows in all{advice}", set.len()));
    }
}

/// For errors about a table as a whole.
pub fn bad_labels(path: &Path, found: &str, expected: &str) -> Error {
    polemic::ErrorKind::BadLabels {
        path: path.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    }
    .into()
}
