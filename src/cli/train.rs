//! `polemic train`: labelled rows or a recipe in, a model file out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use polemic::artifact::{ModelArtifact, Provenance};
use polemic::evaluate::{Evaluation, evaluate};
use polemic::labelled::{DataFile, LabelColumns, LabelledSet, Uses};
use polemic::train::{Recipe, TrainParams};
use polemic::{Error, ErrorKind, NewFile, Result};

use super::Outcome;
use super::args::Train;
use super::output::Messages;

/// What a fit is made from.
struct Plan {
    name: String,
    version: String,
    params: TrainParams,
    set: LabelledSet,
    files: Vec<DataFile>,
}

pub fn run(args: &Train, messages: Messages) -> Result<Outcome> {
    // Whatever keeps the model from being written shows now, not after the fit.
    let mut output = NewFile::create(&args.output)?;
    let mut plan = if args.recipe.is_some() {
        from_recipe(args)?
    } else {
        from_rows(args)?
    };
    if let Some(seed) = args.seed {
        plan.params.seed = seed;
    }
    messages.remark(&format!(
        "{} rows: {}",
        plan.set.len(),
        counts(&plan.set)
            .iter()
            .map(|(name, n)| format!("{n} {name}"))
            .collect::<Vec<_>>()
            .join(", ")
    ));
    let bar = messages.progress(100, "%");
    let trained = plan.params.fit(&plan.set, &|doing, share| {
        bar.set_position((share * 100.0) as u64);
        bar.set_message(doing.to_owned());
    })?;
    bar.finish_and_clear();
    let report = &trained.report;
    if !report.converged {
        messages.remark(&format!(
            "warning: the fit stopped after {} steps before it converged",
            report.n_iter
        ));
    }
    if let Some(held_out) = &report.held_out {
        messages.remark(&format!(
            "held-out rows: macro F1 {:.3}, accuracy {:.3} (l2 {}, {} features)",
            held_out.macro_f1, held_out.accuracy, report.l2, report.n_features
        ));
    }
    let mut evaluations = BTreeMap::new();
    for path in &args.measure {
        let figures = measure(path, &trained.classifier)?;
        messages.remark(&format!(
            "{}: macro F1 {:.3}",
            path.display(),
            figures.macro_f1
        ));
        evaluations.insert(file_name(path), figures);
    }
    let provenance = Provenance {
        version: plan.version,
        evaluations,
        ..Provenance::of_fit(
            &plan.name,
            plan.params,
            &plan.set,
            &plan.files,
            trained.report,
        )
    };
    let model = ModelArtifact::new(trained.classifier, provenance)?.to_bytes()?;
    output
        .write_all(&model)
        .map_err(|source| Error::io(&args.output, "write", source))?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn from_recipe(args: &Train) -> Result<Plan> {
    let path = args.recipe.as_deref().unwrap_or(Path::new(""));
    let recipe = Recipe::read(path)?;
    if !args.labelled.is_empty() {
        return Err(ErrorKind::BadRecipe {
            path: path.to_owned(),
            found: format!("{} beside the recipe", args.labelled[0].display()),
            expected: "labelled files named inside the recipe".to_owned(),
        }
        .into());
    }
    let corpora = args.corpora.as_deref().ok_or_else(|| {
        Error::setting(
            "--corpora",
            "not given",
            "the folder with the recipe's corpora",
        )
    })?;
    let (set, files) = recipe.load(path, corpora, &args.exclude)?;
    Ok(Plan {
        name: recipe.name,
        version: recipe.version,
        params: recipe.fit,
        set,
        files,
    })
}

fn from_rows(args: &Train) -> Result<Plan> {
    let columns = LabelColumns {
        text: args.text_column.clone(),
        label: args.label_column.clone(),
        ..LabelColumns::default()
    };
    let (mut rows, mut files) = (Vec::new(), Vec::new());
    for path in &args.labelled {
        let (read, file) = columns.read(path)?;
        if files.iter().any(|f: &DataFile| f.sha256 == file.sha256) {
            return Err(ErrorKind::BadLabels {
                path: path.clone(),
                found: "the same rows as in a file before it".to_owned(),
                expected: "every labelled file once".to_owned(),
            }
            .into());
        }
        rows.extend(read);
        files.push(file);
    }
    let set = LabelledSet::from_rows(&args.labelled[0], rows)?;
    let stem = args
        .output
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(Plan {
        name: stem,
        version: "1".to_owned(),
        params: TrainParams::default(),
        set,
        files,
    })
}

fn measure(path: &Path, classifier: &polemic::classifier::Classifier) -> Result<Evaluation> {
    let (rows, _) = LabelColumns::default().read(path)?;
    let mut set = LabelledSet::new(classifier.scheme().clone());
    set.extend(rows, 1.0, Uses::default(), path)?;
    Ok(evaluate(classifier, &set))
}

fn counts(set: &LabelledSet) -> BTreeMap<String, usize> {
    set.scheme()
        .names()
        .map(str::to_owned)
        .zip(set.class_counts())
        .collect()
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
