//! `polemic evaluate`: how well a model does on labelled rows.

use ndarray::Array2;
use polemic::artifact::ModelArtifact;
use polemic::classifier::Classifier;
use polemic::evaluate::{Evaluation, Judged, Judgement, evaluate, probabilities};
use polemic::labelled::{Aggregated, LabelledSet, Uses};
use polemic::report::judgement_html;
use polemic::train::{TrainParams, candidates, learning_curve, search};
use polemic::{Error, Result};

use super::args::{Common, Evaluate};
use super::output::{Messages, Output, percent};
use super::{Outcome, judgement_text, labels, load_model};

pub fn run(args: &Evaluate, common: &Common, messages: Messages) -> Result<Outcome> {
    let table = labels::read(std::slice::from_ref(&args.labelled), &args.table)?;
    let items = labels::usable(table, &args.table, messages)?;
    if items.rows.is_empty() {
        return Err(labels::bad_labels(
            &args.labelled,
            "no labelled row",
            "at least one",
        ));
    }
    let mut judgement = if args.cross_validate {
        cross_validated(args, &items, messages)?
    } else {
        of_model(args, &items, &load_model(common.model.as_deref())?)?
    };
    if args.cross_validate || common.model.is_some() {
        judgement.default_model = default_model(args, &items);
    }
    let html = args
        .html
        .as_deref()
        .map(|path| Output::open(Some(path)))
        .transpose()?;
    if let Some(mut html) = html {
        html.put(judgement_html(&judgement)?.as_bytes())?;
        html.finish()?;
    }
    let mut output = Output::open(None)?;
    let text = if args.json {
        let json = serde_json::to_string_pretty(&judgement);
        json.map_err(|e| Error::setting("evaluation", e, "a report in JSON"))? + "\n"
    } else {
        judgement_text::as_text(&judgement)
    };
    output.put(text.as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn judged(
    args: &Evaluate,
    (set, items): (&LabelledSet, &Aggregated),
    (probabilities, what): (&Array2<f64>, &str),
    classifier: &Classifier,
) -> Result<Judgement> {
    Judgement::of(&Judged {
        set,
        rows: &items.rows,
        probabilities,
        what,
        classifier,
        annotations: items.annotations.as_ref(),
        by: &args.by,
        n_doubts: args.doubts,
        seed: args.seed,
    })
}

fn of_model(args: &Evaluate, items: &Aggregated, model: &ModelArtifact) -> Result<Judgement> {
    let set = set_for(args, items, &model.classifier)?;
    let p = probabilities(&model.classifier, &set);
    let what = format!(
        "model {} {}",
        model.provenance.name, model.provenance.version
    );
    judged(args, (&set, items), (&p, &what), &model.classifier)
}

/// The rows as a set of the model's classes.
fn set_for(args: &Evaluate, items: &Aggregated, classifier: &Classifier) -> Result<LabelledSet> {
    let mut set = LabelledSet::new(classifier.scheme().clone());
    let rows = items.rows.iter().map(|r| r.row.clone()).collect();
    set.extend(rows, 1.0, Uses::default(), &args.labelled)?;
    Ok(set)
}

fn default_model(args: &Evaluate, items: &Aggregated) -> Option<Evaluation> {
    let model = ModelArtifact::embedded().ok()?;
    let set = set_for(args, items, &model.classifier).ok()?;
    Some(evaluate(&model.classifier, &set))
}

fn cross_validated(args: &Evaluate, items: &Aggregated, messages: Messages) -> Result<Judgement> {
    let set = labels::set_of(&args.labelled, items)?;
    let params = TrainParams {
        seed: args.seed,
        ..TrainParams::default()
    };
    let base = labels::base(args.base.as_deref())?;
    let start = labels::start(base.as_ref(), args.base_as);
    let bar = messages.progress(100, "%");
    let show = percent(&bar);
    let (params, trained) = search(
        &candidates(&params, start),
        labels::class_shares(args.class_shares),
        start,
        &set,
        &show,
    )?;
    let held_out = trained.held_out.ok_or_else(|| {
        let expected = "at least two groups to cross-validate";
        labels::bad_labels(&args.labelled, "one group only", expected)
    })?;
    let curve = learning_curve(&params, trained.report.l2, start, &set, &show)?;
    bar.finish_and_clear();
    let what = "rows that the fit had not seen";
    let p = &held_out.probabilities;
    let mut judgement = judged(args, (&set, items), (p, what), &trained.classifier)?;
    judgement.curve_points = curve
        .points
        .iter()
        .map(|p| (p.rows, p.macro_f1, p.range))
        .collect();
    judgement.gain_of_500 = curve.gain_of_500.zip(curve.gain_range);
    Ok(judgement)
}
