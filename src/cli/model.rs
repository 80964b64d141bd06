//! `polemic model`: what a model file is.

use std::fmt::Write as _;
use std::path::Path;

use polemic::Result;
use polemic::artifact::ModelArtifact;
use polemic::evaluate::{Evaluation, Intervals};

use super::args::{Common, Model};
use super::judgement_text::class_table;
use super::model_diff::Compared;
use super::output::{Messages, Output};
use super::{Outcome, load_model};

pub fn run(args: &Model, common: &Common, messages: Messages) -> Result<Outcome> {
    let mut output = Output::open(None)?;
    let outcome = match args {
        Model::Show { path, top, json } => {
            let artifact = load_model(path.as_deref().or(common.model.as_deref()))?;
            let text = if *json {
                let text = serde_json::to_string_pretty(&artifact.provenance).unwrap_or_default();
                format!("{text}\n")
            } else {
                shown(&artifact, *top)
            };
            output.put(text.as_bytes())?;
            Outcome::Done
        }
        Model::Card {
            path,
            html,
            output: to,
        } => {
            let artifact = load_model(path.as_deref().or(common.model.as_deref()))?;
            let text = if *html {
                artifact.card_html()
            } else {
                artifact.card_markdown()
            };
            return written(to.as_deref(), &text);
        }
        Model::Export { path, output: to } => {
            let artifact = load_model(path.as_deref().or(common.model.as_deref()))?;
            return written(to.as_deref(), &artifact.to_json());
        }
        Model::Diff {
            a,
            b,
            top,
            documents,
            labelled,
        } => {
            let (a, b) = (
                ModelArtifact::read(a)?,
                load_model(b.as_deref().or(common.model.as_deref()))?,
            );
            let compared = Compared {
                a: &a,
                b: &b,
                top: *top,
                messages,
            };
            let (text, failed) = compared.text(documents, labelled.as_deref())?;
            output.put(text.as_bytes())?;
            // Terms and figures are there whatever becomes of the documents.
            Outcome::of(1, failed)
        }
        Model::Verify { paths } => {
            let mut failed = 0;
            for path in paths {
                match ModelArtifact::read(path) {
                    Ok(artifact) => output.put(verified(path, &artifact).as_bytes())?,
                    Err(error) => {
                        failed += 1;
                        messages.error(&error);
                    }
                }
            }
            Outcome::of(paths.len() - failed, failed)
        }
    };
    output.finish()?;
    Ok(outcome)
}

fn written(path: Option<&Path>, text: &str) -> Result<Outcome> {
    let mut output = Output::open(path)?;
    output.put(text.as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn verified(path: &Path, artifact: &ModelArtifact) -> String {
    let p = &artifact.provenance;
    format!(
        "{}: whole and unchanged; {} {}, sha256 {}\n",
        path.display(),
        p.name,
        p.version,
        artifact.sha256
    )
}

fn shown(artifact: &ModelArtifact, top: usize) -> String {
    let p = &artifact.provenance;
    let names: Vec<&str> = artifact.classifier.scheme().names().collect();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} {}, fitted by {}\nsha256 {}\n",
        p.name, p.version, p.program, artifact.sha256
    );
    for class in artifact.classifier.scheme().classes() {
        let _ = writeln!(
            out,
            "{}: {} rows. {}",
            class.name,
            p.class_counts.get(&class.name).unwrap_or(&0),
            class.definition
        );
    }
    let _ = writeln!(
        out,
        "\nchannels: {}",
        p.params
            .channels
            .iter()
            .map(|c| format!("{c:?}"))
            .collect::<Vec<_>>()
            .join("\n          ")
    );
    let _ = writeln!(
        out,
        "text: {:?}\nfit: l2 {}, seed {}, {} features, {} steps, converged {}, calibrated {}",
        p.params.text,
        p.report.l2,
        p.params.seed,
        p.report.n_features,
        p.report.n_iter,
        p.report.converged,
        p.report.calibrated
    );
    let _ = writeln!(out, "\ndata:");
    for data in &p.data {
        let _ = writeln!(
            out,
            "  {:32} {:>7} rows  sha256 {}",
            data.file, data.rows, &data.sha256
        );
    }
    if let Some(held_out) = &p.report.held_out {
        let _ = writeln!(out, "\nheld-out folds: {}", class_figures(held_out, &names));
    }
    for (name, figures) in &p.evaluations {
        let _ = writeln!(out, "{name}: {}", class_figures(figures, &names));
    }
    for (class, name) in names.iter().enumerate() {
        let _ = writeln!(
            out,
            "most {name}: {}",
            strongest(artifact, class, top).join(", ")
        );
    }
    out
}

/// Overall figures, then those of the classes.
fn class_figures(figures: &Evaluation, names: &[&str]) -> String {
    let mut out = format!("{} rows", figures.samples);
    for figure in figures.overall(&Intervals::default()) {
        let _ = write!(out, "   {} {:.3}", figure.name, figure.value);
    }
    out + "\n\n" + &class_table(figures, names)
}

/// The columns that speak most for a class, by coefficient.
fn strongest(artifact: &ModelArtifact, class: usize, top: usize) -> Vec<String> {
    let terms = artifact.classifier.strongest(class, top).into_iter();
    terms
        .map(|(term, weight)| format!("{term} {weight:+.2}"))
        .collect()
}
