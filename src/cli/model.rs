//! `polemic model`: what a model file is.

use std::fmt::Write as _;
use std::path::Path;

use polemic::Result;
use polemic::artifact::ModelArtifact;

use super::args::{Common, Model};
use super::evaluate::as_text;
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
        let _ = writeln!(out, "\nheld-out folds: {}", as_text(held_out, &names));
    }
    for (name, figures) in &p.evaluations {
        let _ = writeln!(out, "{name}: {}", as_text(figures, &names));
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

/// The columns that speak most for a class, by coefficient.
fn strongest(artifact: &ModelArtifact, class: usize, top: usize) -> Vec<String> {
    let model = artifact.classifier.model();
    let k = model.n_classes();
    let mut columns: Vec<(u32, f32)> = (0..)
        .zip(model.coefficients().chunks_exact(k).map(|w| w[class]))
        .collect();
    columns.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let features = artifact.classifier.features();
    columns
        .iter()
        .take(top)
        .map(|(c, w)| format!("{} {w:+.2}", features.column_name(*c)))
        .collect()
}
