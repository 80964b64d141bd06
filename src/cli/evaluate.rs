//! `polemic evaluate`: how well a model does on labelled rows.

use std::fmt::Write as _;

use polemic::evaluate::{Evaluation, evaluate};
use polemic::labelled::{LabelColumns, LabelledSet, Uses};
use polemic::train::TrainParams;
use polemic::{Error, ErrorKind, Result};

use super::args::{Common, Evaluate};
use super::output::{Messages, Output};
use super::{Outcome, load_model};

pub fn run(args: &Evaluate, common: &Common, messages: Messages) -> Result<Outcome> {
    let columns = LabelColumns {
        text: args.text_column.clone(),
        label: args.label_column.clone(),
        ..LabelColumns::default()
    };
    let (rows, _) = columns.read(&args.labelled)?;
    if rows.is_empty() {
        return Err(bad_labels(args, "no labelled row", "at least one"));
    }
    let (figures, scheme) = if args.cross_validate {
        let set = LabelledSet::from_rows(&args.labelled, rows)?;
        let params = TrainParams {
            seed: args.seed,
            ..TrainParams::default()
        };
        let bar = messages.progress(100, "%");
        let trained = params.fit(&set, &|_, share| bar.set_position((share * 100.0) as u64))?;
        bar.finish_and_clear();
        let figures = trained.report.held_out.ok_or_else(|| {
            let expected = "at least two groups to cross-validate";
            bad_labels(args, "one group only", expected)
        })?;
        (figures, set.scheme().clone())
    } else {
        let artifact = load_model(common.model.as_deref())?;
        let mut set = LabelledSet::new(artifact.classifier.scheme().clone());
        set.extend(rows, 1.0, Uses::default(), &args.labelled)?;
        (evaluate(&artifact.classifier, &set), set.scheme().clone())
    };
    let mut output = Output::open(None)?;
    let text = if args.json {
        format!(
            "{}\n",
            serde_json::to_string_pretty(&figures).unwrap_or_default()
        )
    } else {
        as_text(&figures, &scheme.names().collect::<Vec<_>>())
    };
    output.put(text.as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn bad_labels(args: &Evaluate, found: &str, expected: &str) -> Error {
    ErrorKind::BadLabels {
        path: args.labelled.clone(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    }
    .into()
}

/// The figures for people.
pub fn as_text(figures: &Evaluation, names: &[&str]) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} rows   macro F1 {:.3}   accuracy {:.3}   log loss {:.3}   calibration error {:.3}\n",
        figures.samples,
        figures.macro_f1,
        figures.accuracy,
        figures.log_loss,
        figures.calibration_error
    );
    let width = names.iter().map(|n| n.len()).max().unwrap_or(0).max(5);
    let _ = write!(
        out,
        "{:width$}  {:>9} {:>9} {:>9} {:>9} {:>9}   ",
        "class", "rows", "precision", "recall", "F1", "AUC"
    );
    let _ = writeln!(
        out,
        "{}",
        names
            .iter()
            .map(|n| format!("{n:>width$}"))
            .collect::<Vec<_>>()
            .join(" ")
    );
    for (name, counts) in names.iter().zip(&figures.confusion) {
        let Some(c) = figures.classes.get(*name) else {
            continue;
        };
        let auc = c
            .auc
            .map_or_else(|| "-".to_owned(), |auc| format!("{auc:.3}"));
        let _ = write!(
            out,
            "{name:width$}  {:>9} {:>9.3} {:>9.3} {:>9.3} {auc:>9}   ",
            c.samples, c.precision, c.recall, c.f1
        );
        let counts: Vec<String> = counts.iter().map(|n| format!("{n:>width$}")).collect();
        let _ = writeln!(out, "{}", counts.join(" "));
    }
    let _ = writeln!(
        out,
        "\nThe columns on the right count the rows of each class by the label they were given."
    );
    out
}
