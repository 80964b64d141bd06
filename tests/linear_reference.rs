//! The sparse solver against scikit-learn's figures and against linfa-logistic.

mod linear_support;

use linear_support::{Problem, assert_close, coefficients, objective, sparse};
use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2};
use polemic::linear::{ClassWeights, LogisticParams, LogisticRegression, Targets};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

/// As `tests/reference/logistic.py` writes it.
#[derive(Deserialize)]
struct Case {
    name: String,
    n_classes: usize,
    l2: f64,
    x: Vec<Vec<f32>>,
    y: Vec<u32>,
    sample_weight: Option<Vec<f32>>,
    class_weight: Option<Weighting>,
    coefficients: Vec<Vec<f64>>,
    intercepts: Vec<f64>,
    probabilities: Vec<Vec<f64>>,
    loss: f64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Weighting {
    Named(String),
    Given(Vec<f64>),
}

impl Weighting {
    fn class_weights(&self) -> ClassWeights {
        match self {
            Self::Named(name) => {
                assert_eq!(name, "balanced");
                ClassWeights::Balanced
            }
            Self::Given(factors) => ClassWeights::Given(factors.clone()),
        }
    }
}

#[test]
fn figures_of_scikit_learn() -> Result<(), Box<dyn std::error::Error>> {
    let reference: Reference = serde_json::from_str(include_str!("reference/logistic.json"))?;
    assert_eq!(reference.cases.len(), 9);
    for case in reference.cases {
        let weights = case
            .class_weight
            .as_ref()
            .map_or(ClassWeights::None, Weighting::class_weights);
        let x = sparse(&case.x);
        let fit = LogisticParams::new()
            .l2(case.l2)
            .tolerance(1e-9)
            .class_weights(weights)
            .fit(
                &x,
                Targets::Hard(&case.y),
                case.sample_weight.as_deref(),
                case.n_classes,
            )?;
        assert!(fit.converged, "{}", case.name);
        assert_close([fit.final_loss], [case.loss], 1e-9 * case.loss, &case.name);
        assert_close(
            coefficients(&fit.model),
            case.coefficients.concat(),
            2e-6,
            &case.name,
        );
        assert_close(
            fit.model.intercepts().to_vec(),
            case.intercepts,
            2e-6,
            &case.name,
        );
        let p = fit.model.predict_proba(&x)?;
        let expected = case.probabilities.concat();
        assert_close(
            p.iter().copied().take(expected.len()),
            expected,
            1e-6,
            &case.name,
        );
    }
    Ok(())
}

#[test]
fn the_default_tolerance_is_close_enough() -> Result<(), Box<dyn std::error::Error>> {
    let reference: Reference = serde_json::from_str(include_str!("reference/logistic.json"))?;
    for case in reference
        .cases
        .iter()
        .filter(|case| case.class_weight.is_none())
    {
        let params = LogisticParams::new().l2(case.l2);
        let weights = case.sample_weight.as_deref();
        let fit = params.fit(
            &sparse(&case.x),
            Targets::Hard(&case.y),
            weights,
            case.n_classes,
        )?;
        assert!(fit.converged, "{}", case.name);
        assert_close([fit.final_loss], [case.loss], 1e-5 * case.loss, &case.name);
        assert_close(
            coefficients(&fit.model),
            case.coefficients.concat(),
            2e-2,
            &case.name,
        );
    }
    Ok(())
}

#[test]
fn the_optimum_of_linfa_logistic() -> Result<(), Box<dyn std::error::Error>> {
    for n_classes in [2, 3, 5] {
        let problem = Problem::random(11 + n_classes as u64, (240, 7, n_classes), 1.0);
        let (ours, theirs) = (fit_sparse(&problem, 0.5)?, fit_dense(&problem, 0.5)?);
        let ones = vec![1.0; problem.rows.len()];
        let (f, g) = (
            objective(&problem, &ones, 0.5, &ours),
            objective(&problem, &ones, 0.5, &theirs),
        );
        assert!(
            (f - g).abs() <= 1e-4 * g,
            "{n_classes} classes: {f} against {g}"
        );
        assert_close(
            coefficients(&ours),
            coefficients(&theirs),
            1e-3,
            "coefficients",
        );
        assert_close(
            ours.intercepts().to_vec(),
            theirs.intercepts().to_vec(),
            1e-3,
            "intercepts",
        );
    }
    Ok(())
}

fn fit_sparse(problem: &Problem, l2: f64) -> polemic::Result<LogisticRegression> {
    let params = LogisticParams::new().l2(l2).tolerance(1e-8);
    let targets = Targets::Hard(&problem.classes);
    Ok(params
        .fit(&problem.sparse(), targets, None, problem.n_classes)?
        .model)
}

fn fit_dense(problem: &Problem, l2: f64) -> Result<LogisticRegression, Box<dyn std::error::Error>> {
    let (n, d) = (problem.rows.len(), problem.rows[0].len());
    let x = Array2::from_shape_fn((n, d), |(i, j)| f64::from(problem.rows[i][j]));
    let y = Array1::from_iter(problem.classes.iter().map(|&k| k as usize));
    let params = MultiLogisticRegression::default()
        .alpha(l2)
        .gradient_tolerance(1e-8);
    let fitted = params.max_iterations(1000).fit(&DatasetBase::new(x, y))?;
    let mean = fitted.intercept().sum() / problem.n_classes as f64;
    let coefficients = fitted.params().iter().map(|&c| c as f32).collect();
    let intercepts = fitted.intercept().iter().map(|b| b - mean).collect();
    Ok(LogisticRegression::from_parts(d, coefficients, intercepts)?)
}
