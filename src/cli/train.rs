//! `polemic train`: labelled rows or a recipe in, a model file out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use polemic::artifact::{ModelArtifact, Provenance};
use polemic::behaviour::{Suite, measure as behaviour};
use polemic::evaluate::{Evaluation, Intervals, baselines, evaluate};
use polemic::labelled::{Aggregated, Agreement, DataFile, LabelColumns, LabelledSet, Uses, audit};
use polemic::train::{Recipe, TrainParams, Trained, candidates, learning_curve, search};
use polemic::{Error, ErrorKind, NewFile, Result};

use super::args::Train;
use super::output::{Messages, percent};
use super::{Outcome, labels};

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
    let artifact = if args.recipe.is_some() {
        fitted_to_recipe(args, messages)?
    } else {
        fitted_to_rows(args, messages)?
    };
    output
        .write_all(&artifact.to_bytes()?)
        .map_err(|source| Error::io(&args.output, "write", source))?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn fitted_to_recipe(args: &Train, messages: Messages) -> Result<ModelArtifact> {
    let mut plan = from_recipe(args)?;
    if let Some(seed) = args.seed {
        plan.params.seed = seed;
    }
    say_rows(&plan.set, messages);
    let bar = messages.progress(100, "%");
    let trained = plan.params.fit(&plan.set, &percent(&bar))?;
    bar.finish_and_clear();
    finished(args, plan, trained, messages)
}

fn fitted_to_rows(args: &Train, messages: Messages) -> Result<ModelArtifact> {
    let table = labels::read(&args.labelled, &args.table)?;
    let files = table.files.clone();
    let findings = labels::counts(&audit(&table));
    let items = labels::usable(table, &args.table, messages)?;
    let set = labels::set_of(&args.labelled[0], &items)?;
    say_rows(&set, messages);
    for (title, n) in &findings {
        messages.remark(&format!("{title}: {n} (polemic audit lists them)"));
    }
    labels::warn_if_few(&set, args.base.is_some(), messages);
    let base = labels::base(args.base.as_deref())?;
    let start = labels::start(base.as_ref(), args.base_as);
    let params = TrainParams {
        seed: args.seed.unwrap_or(TrainParams::default().seed),
        ..TrainParams::default()
    };
    let bar = messages.progress(100, "%");
    let show = percent(&bar);
    let (params, mut trained) = search(
        &candidates(&params, start),
        labels::class_shares(args.class_shares),
        start,
        &set,
        &show,
    )?;
    for tried in &trained.report.tried {
        messages.remark(&format!(
            "tried {}, l2 {}: log loss {:.4}",
            tried.name, tried.l2, tried.log_loss
        ));
    }
    if let Some(tried) = &trained.report.shares {
        messages.remark(&format!(
            "held-out macro F1 with the classes as frequent as in the rows {:.3}, all alike {:.3}: {} (--class-shares)",
            tried.labelled,
            tried.even,
            if params.balanced { "all alike" } else { "as in the rows" },
        ));
    }
    if let Some(held_out) = &trained.held_out {
        let annotations = items.annotations.as_ref();
        let facts = &mut trained.report.facts;
        let p = &held_out.probabilities;
        let seed = params.seed;
        facts.intervals = Some(Intervals::of(
            set.scheme(),
            p,
            &set.labels,
            &set.groups,
            (1000, seed),
        ));
        facts.beside = beside(&set, &items, seed)?;
        facts.annotators = annotations.map(|a| {
            let alpha = Agreement::of(a, seed).alpha;
            (a.annotators.len(), alpha.value, alpha.interval)
        });
        facts.curve = Some(learning_curve(
            &params,
            trained.report.l2,
            start,
            &set,
            &show,
        )?);
    }
    bar.finish_and_clear();
    trained.report.facts.findings = findings;
    trained.report.facts.base = base.as_ref().map(labels::named);
    let name = args
        .output
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let plan = Plan {
        name,
        version: "1".to_owned(),
        params,
        set,
        files,
    };
    finished(args, plan, trained, messages)
}

/// Macro F1 of others on the same rows.
fn beside(set: &LabelledSet, items: &Aggregated, seed: u64) -> Result<BTreeMap<String, f64>> {
    let values = |name: &str| {
        let rows = items.rows.iter();
        rows.map(|r| r.columns.get(name).cloned().unwrap_or_default())
            .collect()
    };
    let columns = ["source", "topic"].map(|name| (name.to_owned(), values(name)));
    let found = baselines(set, &columns, seed)?.into_iter();
    let mut beside: BTreeMap<String, f64> = found.map(|b| (b.knows, b.macro_f1)).collect();
    let default = ModelArtifact::embedded()?;
    let mut same = LabelledSet::new(default.classifier.scheme().clone());
    let rows = items.rows.iter().map(|r| r.row.clone()).collect();
    if same
        .extend(rows, 1.0, Uses::default(), Path::new(""))
        .is_ok()
    {
        let figures = evaluate(&default.classifier, &same);
        beside.insert("the default model".to_owned(), figures.macro_f1);
    }
    Ok(beside)
}

fn say_rows(set: &LabelledSet, messages: Messages) {
    let counts = set.scheme().names().zip(set.class_counts());
    let counts: Vec<String> = counts.map(|(name, n)| format!("{n} {name}")).collect();
    messages.remark(&format!("{} rows: {}", set.len(), counts.join(", ")));
}

/// Says how the fit went, measures it, and makes the model.
fn finished(
    args: &Train,
    plan: Plan,
    trained: Trained,
    messages: Messages,
) -> Result<ModelArtifact> {
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
    if let Some(gain) = report.facts.curve.as_ref().and_then(|c| c.gain_of_500) {
        messages.remark(&format!(
            "500 more labels would add about {gain:.3} to macro F1"
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
    with_behaviour(ModelArtifact::new(trained.classifier, provenance)?)
}

/// The model with how it does on cases made for one question each, if it has the classes for them.
fn with_behaviour(model: ModelArtifact) -> Result<ModelArtifact> {
    let Some(findings) = behaviour(&Suite::own()?, &model)? else {
        return Ok(model);
    };
    let mut provenance = model.provenance;
    provenance.report.facts.behaviour = findings.figures();
    ModelArtifact::new(model.classifier, provenance)
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

fn measure(path: &Path, classifier: &polemic::classifier::Classifier) -> Result<Evaluation> {
    let (rows, _) = LabelColumns::default().read(path)?;
    let mut set = LabelledSet::new(classifier.scheme().clone());
    set.extend(rows, 1.0, Uses::default(), path)?;
    Ok(evaluate(classifier, &set))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
