//! `polemic audit`: what is wrong with labelled rows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use polemic::evaluate::{Baseline, baselines};
use polemic::labelled::{
    Aggregated, Agreement, Estimate, Finding, LabelledSet, LabelledTable, Problem, audit,
};
use polemic::{Error, Result};
use serde::Serialize;

use super::Outcome;
use super::args::Audit;
use super::labels;
use super::output::{Messages, Output};

/// Everything that the audit says.
#[derive(Serialize)]
struct Audited {
    rows: usize,
    items: usize,
    classes: BTreeMap<String, usize>,
    findings: Vec<Finding>,
    baselines: Vec<Baseline>,
    agreement: Option<Agreement>,
}

pub fn run(args: &Audit, _messages: Messages) -> Result<Outcome> {
    let table = labels::read(&args.labelled, &args.table)?;
    let audited = Audited::of(args, table)?;
    let mut output = Output::open(None)?;
    let text = if args.json {
        let json = serde_json::to_string_pretty(&audited);
        json.map_err(|e| Error::setting("audit", e, "a report in JSON"))? + "\n"
    } else {
        audited.as_text(args.most)
    };
    output.put(text.as_bytes())?;
    output.finish()?;
    let bad = audited
        .findings
        .iter()
        .filter(|f| f.problem.is_error())
        .count();
    Ok(Outcome::of(audited.rows, bad))
}

impl Audited {
    fn of(args: &Audit, table: LabelledTable) -> Result<Self> {
        let mut findings = audit(&table);
        let rows = table.rows.len();
        let aggregated = Aggregated::of(table.rows, labels::aggregation(&args.table));
        let baselines = match labels::set_of(&args.labelled[0], &aggregated) {
            Ok(set) => of_set(&set, &aggregated, args.seed)?,
            Err(_) => Vec::new(),
        };
        findings.extend(baselines.iter().filter(|b| b.suspicious).map(shortcut));
        let mut classes = BTreeMap::new();
        for item in &aggregated.rows {
            *classes.entry(item.row.label.clone()).or_default() += 1;
        }
        Ok(Self {
            rows,
            items: aggregated.rows.len(),
            classes,
            findings,
            baselines,
            agreement: aggregated.annotations.map(|a| Agreement::of(&a, args.seed)),
        })
    }

    fn as_text(&self, most: usize) -> String {
        let classes: Vec<String> = self
            .classes
            .iter()
            .map(|(name, n)| format!("{n} {name}"))
            .collect();
        let mut out = format!("{} rows", self.rows);
        if self.items != self.rows {
            let _ = write!(out, ", {} items", self.items);
        }
        let _ = writeln!(out, ": {}", classes.join(", "));
        for findings in self.findings.chunk_by(|a, b| a.problem == b.problem) {
            let _ = writeln!(
                out,
                "\n{} ({})",
                findings[0].problem.title(),
                findings.len()
            );
            for finding in findings.iter().take(most) {
                let _ = writeln!(out, "  {finding}");
            }
            if findings.len() > most {
                let _ = writeln!(
                    out,
                    "  … and {} more (--most, --json)",
                    findings.len() - most
                );
            }
        }
        if self.findings.is_empty() {
            out.push_str("\nnothing odd was found\n");
        }
        if !self.baselines.is_empty() {
            out.push_str("\nmacro F1 without the words\n");
            for baseline in &self.baselines {
                let _ = writeln!(out, "  {:26} {:.3}", baseline.knows, baseline.macro_f1);
            }
        }
        if let Some(agreement) = &self.agreement {
            out.push_str(&agreement_text(agreement));
        }
        out
    }
}

fn of_set(set: &LabelledSet, items: &Aggregated, seed: u64) -> Result<Vec<Baseline>> {
    let values = |name: &str| -> Vec<String> {
        items
            .rows
            .iter()
            .map(|r| r.columns.get(name).cloned().unwrap_or_default())
            .collect()
    };
    let columns = ["source", "topic"].map(|name| (name.to_owned(), values(name)));
    baselines(set, &columns, seed)
}

fn shortcut(baseline: &Baseline) -> Finding {
    Finding {
        problem: Problem::Shortcut,
        places: Vec::new(),
        found: format!("the {} alone reaches macro F1 {:.3}", baseline.knows, baseline.macro_f1),
        expected: "a model on the words may do well for the same reason; look at the figures within it (evaluate --by)".to_owned(),
    }
}

/// How far people agree.
pub fn agreement_text(agreement: &Agreement) -> String {
    let mut out = format!(
        "\nagreement of {} annotators on {} items ({} with two labels or more)\n",
        agreement.annotators.len(),
        agreement.items,
        agreement.items_with_two
    );
    let _ = writeln!(
        out,
        "  Krippendorff's alpha        {}",
        estimate(&agreement.alpha)
    );
    for (class, alpha) in &agreement.classes {
        let _ = writeln!(
            out,
            "  {:27} {}",
            format!("alpha of {class}"),
            estimate(alpha)
        );
    }
    for (name, a) in &agreement.annotators {
        let figure = |f: Option<f64>| f.map_or_else(|| "-".to_owned(), |f| format!("{f:.3}"));
        let _ = writeln!(
            out,
            "  {:27} {} mean kappa with the others; alpha without {name} {} ({} items)",
            name,
            figure(a.mean_kappa),
            figure(a.alpha_without),
            a.items
        );
    }
    for pair in &agreement.pairs {
        let names = pair.annotators.join(" and ");
        let _ = writeln!(
            out,
            "  {:27} {} kappa ({} items)",
            names,
            estimate(&pair.kappa),
            pair.items
        );
    }
    out
}

fn estimate(estimate: &Estimate) -> String {
    match (estimate.value, estimate.interval) {
        (Some(value), Some([low, high])) => format!("{value:.3} [{low:.3}, {high:.3}]"),
        (Some(value), None) => format!("{value:.3}"),
        _ => "not defined".to_owned(),
    }
}
