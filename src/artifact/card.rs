//! The model card, as Markdown and as HTML.

use std::fmt::Write as _;

use super::{ModelArtifact, Provenance};
use crate::evaluate::{Evaluation, Intervals};

/// Terms listed for each class.
const TERMS: usize = 15;

impl ModelArtifact {
    /// The card of the model as Markdown, after Mitchell et al. 2019, "Model Cards for Model Reporting".
    #[must_use]
    pub fn card_markdown(&self) -> String {
        let p = &self.provenance;
        let mut out = format!("# Model card: {} {}\n\n", p.name, p.version);
        let _ = writeln!(
            out,
            "Fitted by {}. SHA-256 of the model: `{}`.\n",
            p.program, self.sha256
        );
        classes(&mut out, self);
        data(&mut out, p);
        settings(&mut out, self);
        figures(&mut out, p);
        behaviour(&mut out, p);
        terms(&mut out, self);
        out.push_str(USE);
        out
    }

    /// The card as an HTML page.
    #[must_use]
    pub fn card_html(&self) -> String {
        let mut body = String::new();
        let markdown = self.card_markdown();
        let parser =
            pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::ENABLE_TABLES);
        pulldown_cmark::html::push_html(&mut body, parser);
        format!("{HEAD}{body}</main>\n</body>\n</html>\n")
    }
}

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Model card</title>\n<style>\n\
:root { color-scheme: light dark; }\n\
body { font: 16px/1.5 Georgia, serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }\n\
table { border-collapse: collapse; font: 14px/1.4 system-ui, sans-serif; font-variant-numeric: tabular-nums; }\n\
th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #8886; }\n\
code { font-size: .85em; overflow-wrap: anywhere; }\n</style>\n</head>\n<body>\n<main>\n";

const BEHAVIOUR: &str = "\n## Behaviour\n\n\
Cases from templates, made for one question each. A good figure is necessary and not sufficient. The change is the mean change of \
a probability: of the class that should rise, else the largest of any class.\n\n\
| question | cases | as it should be | change |\n|---|---|---|---|\n";

const USE: &str = "\n## Intended use and limits\n\n\
- For measuring how texts like those it was fitted on are distributed over these classes. The figures above hold for such texts; for others, label a few hundred rows and measure (`polemic evaluate`).\n\
- Not for deciding about single people, nor for removing or ranking texts without a reader.\n\
- It judges English sentences one by one, by their words. It does not know facts, irony that only the context shows, or who speaks.\n\
- Its labels are opinions of those who labelled. Where they disagree, so will readers of its results.\n\
- Figures on held-out folds chose the settings too, so they are slightly too good.\n";

fn classes(out: &mut String, model: &ModelArtifact) {
    out.push_str("## Classes\n\n| class | rows | definition |\n|---|---|---|\n");
    for class in model.classifier.scheme().classes() {
        let rows = model.provenance.class_counts.get(&class.name).unwrap_or(&0);
        let _ = writeln!(
            out,
            "| {} | {rows} | {} |",
            escaped(&class.name),
            escaped(&class.definition)
        );
    }
}

fn data(out: &mut String, p: &Provenance) {
    out.push_str("\n## Data\n\n| file | rows | SHA-256 |\n|---|---|---|\n");
    for data in &p.data {
        let _ = writeln!(
            out,
            "| {} | {} | `{}` |",
            escaped(&data.file),
            data.rows,
            data.sha256
        );
    }
    let facts = &p.report.facts;
    if let Some((n, alpha, interval)) = &facts.annotators {
        let alpha = alpha.map_or_else(
            || "not defined".to_owned(),
            |a| format!("{a:.3}{}", between(*interval)),
        );
        let _ = writeln!(
            out,
            "\nLabelled by {n} annotators; Krippendorff's alpha {alpha}."
        );
    }
    if !facts.findings.is_empty() {
        let list: Vec<String> = facts
            .findings
            .iter()
            .map(|(what, n)| format!("{what} {n}"))
            .collect();
        let _ = writeln!(out, "\nThe audit found: {}.", list.join("; "));
    }
}

fn settings(out: &mut String, model: &ModelArtifact) {
    let p = &model.provenance;
    out.push_str("\n## Settings\n\n");
    if let Some(base) = &p.report.facts.base {
        let _ = writeln!(out, "- started from {}", escaped(base));
    }
    for channel in &p.params.channels {
        let _ = writeln!(out, "- channel `{channel:?}`");
    }
    let _ = writeln!(
        out,
        "- penalty {}, seed {}, {} folds, classes balanced: {}, {} features, {} steps, converged: {}, calibrated: {}",
        p.report.l2,
        p.params.seed,
        p.params.folds,
        p.params.balanced,
        p.report.n_features,
        p.report.n_iter,
        p.report.converged,
        p.report.calibrated
    );
    if let Some(tried) = &p.report.shares {
        let _ = writeln!(
            out,
            "- held-out macro F1 with the classes as frequent as among the rows {:.3}, all equally frequent {:.3}",
            tried.labelled, tried.even
        );
    }
    if !p.report.tried.is_empty() {
        out.push_str("\n| tried | penalty | held-out log loss |\n|---|---|---|\n");
        for tried in &p.report.tried {
            let _ = writeln!(
                out,
                "| {} | {} | {:.4} |",
                tried.name, tried.l2, tried.log_loss
            );
        }
    }
}

fn between(interval: Option<[f64; 2]>) -> String {
    interval.map_or_else(String::new, |[low, high]| {
        format!(" ({low:.3} to {high:.3})")
    })
}

fn overall(figures: &Evaluation, intervals: &Intervals) -> String {
    let overall = figures.overall(intervals);
    let shown = overall.map(|f| format!("{} {:.3}{}", f.name, f.value, between(f.interval)));
    shown.join(", ")
}

fn figures(out: &mut String, p: &Provenance) {
    let facts = &p.report.facts;
    if let Some(held_out) = &p.report.held_out {
        let intervals = facts.intervals.clone().unwrap_or_default();
        let _ = writeln!(
            out,
            "\n## Figures on held-out folds\n\nGroups stay together; 95 % intervals over groups.\n\n{}\n",
            overall(held_out, &intervals)
        );
        class_table(out, held_out);
    }
    if !facts.beside.is_empty() {
        out.push_str("\n| others on the same rows | macro F1 |\n|---|---|\n");
        for (who, f1) in &facts.beside {
            let _ = writeln!(out, "| {} | {f1:.3} |", escaped(who));
        }
    }
    if let Some(curve) = &facts.curve {
        out.push_str("\n| rows fitted on | macro F1 | folds |\n|---|---|---|\n");
        for point in &curve.points {
            let [low, high] = point.range;
            let _ = writeln!(
                out,
                "| {:.0} | {:.3} | {low:.3} to {high:.3} |",
                point.rows, point.macro_f1
            );
        }
        if let Some(gain) = curve.gain_of_500 {
            let _ = writeln!(
                out,
                "\n500 more labels would add about {gain:.3} to macro F1."
            );
        }
    }
    for (name, figures) in &p.evaluations {
        let _ = writeln!(
            out,
            "\n## Figures on {}\n\n{} rows, {}\n",
            escaped(name),
            figures.samples,
            overall(figures, &Intervals::default())
        );
        class_table(out, figures);
    }
}

fn behaviour(out: &mut String, p: &Provenance) {
    let figures = &p.report.facts.behaviour;
    if figures.is_empty() {
        return;
    }
    out.push_str(BEHAVIOUR);
    for f in figures {
        let change = f.change.map(|c| format!("{c:+.3}")).unwrap_or_default();
        let question = escaped(&f.question);
        let _ = writeln!(
            out,
            "| {question} | {} | {:.3} | {change} |",
            f.cases, f.right
        );
    }
}

fn class_table(out: &mut String, figures: &Evaluation) {
    out.push_str("| class | rows | precision | recall | F1 | AUC |\n|---|---|---|---|---|---|\n");
    for (name, c) in &figures.classes {
        let auc = c
            .auc
            .map_or_else(|| "–".to_owned(), |auc| format!("{auc:.3}"));
        let name = escaped(name);
        let _ = writeln!(
            out,
            "| {name} | {} | {:.3} | {:.3} | {:.3} | {auc} |",
            c.samples, c.precision, c.recall, c.f1
        );
    }
}

fn terms(out: &mut String, model: &ModelArtifact) {
    out.push_str("\n## Terms that weigh most\n\n");
    for (class, name) in model.classifier.scheme().names().enumerate() {
        let terms = model.classifier.strongest(class, TERMS).into_iter();
        let terms: Vec<String> = terms
            .map(|(term, w)| format!("{} {w:+.2}", escaped(&term)))
            .collect();
        let _ = writeln!(out, "- {}: {}", escaped(name), terms.join(", "));
    }
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\`*_{}[]<>|#&".contains(c) {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
