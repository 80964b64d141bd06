//! A judgement for the terminal.

use std::fmt::Write as _;

use polemic::evaluate::{Evaluation, Judgement};

use super::audit::agreement_text;

/// Letters of a doubtful row that are shown.
const TEXT_WIDTH: usize = 90;

pub fn as_text(judgement: &Judgement) -> String {
    let figures = &judgement.figures;
    let mut out = format!(
        "{}: {} rows in {} groups\n\n",
        judgement.judged, figures.samples, judgement.intervals.groups
    );
    overall(&mut out, judgement);
    classes(&mut out, judgement);
    beside(&mut out, judgement);
    curve(&mut out, judgement);
    if let Some(agreement) = &judgement.agreement {
        out.push_str(&agreement_text(&agreement.people));
        let figure = |f: Option<f64>| f.map_or_else(|| "-".to_owned(), |f| format!("{f:.3}"));
        let _ = writeln!(
            out,
            "  model with each annotator   {} mean alpha",
            figure(agreement.model_alpha)
        );
    }
    for parts in judgement.parts.chunk_by(|a, b| a.column == b.column) {
        let _ = writeln!(out, "\nby {}", parts[0].column);
        for part in parts {
            let _ = writeln!(
                out,
                "  {:30} {:>6} rows   macro F1 {:.3}{}   accuracy {:.3}",
                shortened(&part.value, 30),
                part.rows,
                part.macro_f1,
                interval(part.interval),
                part.accuracy
            );
        }
    }
    doubts(&mut out, judgement);
    out
}

fn interval(interval: Option<[f64; 2]>) -> String {
    interval.map_or_else(String::new, |[low, high]| format!(" [{low:.3}, {high:.3}]"))
}

fn overall(out: &mut String, judgement: &Judgement) {
    for figure in judgement.figures.overall(&judgement.intervals) {
        let (name, value) = (figure.name, figure.value);
        let _ = writeln!(out, "  {name:18} {value:.3}{}", interval(figure.interval));
    }
    out.push('\n');
}

fn classes(out: &mut String, judgement: &Judgement) {
    let names: Vec<&str> = judgement.class_order.iter().map(String::as_str).collect();
    out.push_str(&class_table(&judgement.figures, &names));
    for name in names {
        if let Some(i) = judgement.intervals.classes.get(name) {
            let _ = writeln!(
                out,
                "  {name}: precision{}  recall{}  F1{}  AUC{}",
                interval(i.precision),
                interval(i.recall),
                interval(i.f1),
                interval(i.auc)
            );
        }
    }
    out.push_str("  (95 % intervals, groups drawn with replacement)\n");
}

/// One line a class, and the confusion matrix.
pub fn class_table(figures: &Evaluation, names: &[&str]) -> String {
    let mut out = String::new();
    let width = names.iter().map(|n| n.len()).max().unwrap_or(0).max(5);
    let given: Vec<String> = names.iter().map(|n| format!("{n:>width$}")).collect();
    let _ = writeln!(
        out,
        "{:width$}  {:>9} {:>9} {:>9} {:>9} {:>9}   {}",
        "class",
        "rows",
        "precision",
        "recall",
        "F1",
        "AUC",
        given.join(" ")
    );
    for (name, counts) in names.iter().zip(&figures.confusion) {
        let Some(c) = figures.classes.get(*name) else {
            continue;
        };
        let auc = c
            .auc
            .map_or_else(|| "-".to_owned(), |auc| format!("{auc:.3}"));
        let counts: Vec<String> = counts.iter().map(|n| format!("{n:>width$}")).collect();
        let _ = writeln!(
            out,
            "{name:width$}  {:>9} {:>9.3} {:>9.3} {:>9.3} {auc:>9}   {}",
            c.samples,
            c.precision,
            c.recall,
            c.f1,
            counts.join(" ")
        );
    }
    out.push_str(
        "\nThe columns on the right count the rows of each class by the label they were given.\n",
    );
    out
}

fn beside(out: &mut String, judgement: &Judgement) {
    if judgement.baselines.is_empty() && judgement.default_model.is_none() {
        return;
    }
    out.push_str("\nmacro F1 beside it\n");
    let mut line = |name: &str, value: f64, note: &str| {
        let _ = writeln!(out, "  {name:30} {value:.3}{note}");
    };
    for baseline in &judgement.baselines {
        let note = if baseline.suspicious {
            "   far above chance: a shortcut?"
        } else {
            ""
        };
        line(&baseline.knows, baseline.macro_f1, note);
    }
    if let Some(default) = &judgement.default_model {
        line("the default model", default.macro_f1, "");
    }
    if let Some(people) = judgement.agreement.as_ref().and_then(|a| a.people_macro_f1) {
        line("a person against the others", people, "");
    }
}

fn curve(out: &mut String, judgement: &Judgement) {
    if judgement.curve_points.is_empty() {
        return;
    }
    out.push_str("\nlearning curve\n");
    for (rows, f1, [low, high]) in &judgement.curve_points {
        let _ = writeln!(
            out,
            "  {rows:>8.0} rows   macro F1 {f1:.3}   folds {low:.3} to {high:.3}"
        );
    }
    if let Some((gain, [low, high])) = judgement.gain_of_500 {
        let _ = writeln!(
            out,
            "  500 more labels would add about {gain:.3} (by the curves of single folds {low:.3} to {high:.3})"
        );
    }
}

fn doubts(out: &mut String, judgement: &Judgement) {
    if judgement.doubts.is_empty() {
        return;
    }
    out.push_str("\nlabel and model disagree most (look at these labels first)\n");
    for doubt in &judgement.doubts {
        let terms: Vec<String> = doubt
            .terms
            .iter()
            .map(|(t, w)| format!("{t} {w:+.2}"))
            .collect();
        let _ = writeln!(
            out,
            "  {}:{} {}, not {}? ({:+.2}{})\n      {}\n      {}",
            doubt.place.file.display(),
            doubt.place.record,
            doubt.instead,
            doubt.label,
            doubt.margin,
            if doubt.believed { ", believed" } else { "" },
            shortened(&doubt.text, TEXT_WIDTH),
            terms.join(", ")
        );
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
