//! Bad settings and bad input are refused with a reason, through our own door and through linfa's.

mod linear_support;

use linear_support::Problem;
use linfa::ParamGuard;
use linfa::prelude::*;
use ndarray::{Array1, array};
use polemic::features::SparseMatrix;
use polemic::linear::{ClassWeights, LogisticParams, LogisticRegression, SparseRecords, Targets};
use polemic::{ErrorKind, Result};

fn small() -> SparseMatrix {
    Problem::random(1, (4, 3, 2), 1.0).sparse()
}

const CLASSES: Targets<'static> = Targets::Hard(&[0, 1, 0, 1]);

#[test]
fn settings_out_of_range() {
    let params = LogisticParams::new;
    let bad = [
        (params().l2(0.0), "l2 is 0"),
        (params().l2(f64::NAN), "l2 is NaN"),
        (params().l2(f64::INFINITY), "l2 is inf"),
        (params().tolerance(-1.0), "tolerance is -1"),
        (params().max_iter(0), "max_iter is 0"),
        (
            params().class_weights(ClassWeights::Given(vec![1.0, -2.0])),
            "class_weights is -2",
        ),
        (
            params().class_weights(ClassWeights::Given(vec![1.0])),
            "class weights has 1 values",
        ),
    ];
    for (params, expected) in bad {
        match params.fit(&small(), CLASSES, None, 2) {
            Err(error) => assert!(error.to_string().contains(expected), "{error}"),
            Ok(_) => panic!("accepted although {expected}"),
        }
    }
}

#[test]
fn input_that_does_not_fit() -> Result<()> {
    let params = LogisticParams::new();
    let x = small();
    for n_classes in [0, 1, usize::MAX] {
        let refused = params
            .fit(&x, CLASSES, None, n_classes)
            .map_err(|e| e.to_string());
        assert!(refused.is_err_and(|e| e.contains("n_classes")));
    }
    assert!(
        params
            .fit(&SparseMatrix::new(3), Targets::Hard(&[]), None, 2)
            .is_err()
    );
    assert!(
        params
            .fit(&SparseMatrix::default(), Targets::Soft(&[]), None, 2)
            .is_err()
    );
    assert!(
        params
            .fit(&x, Targets::Hard(&[0, 1, 0, 2]), None, 2)
            .is_err()
    );
    assert!(params.fit(&x, CLASSES, Some(&[1.0; 3]), 2).is_err());
    assert!(
        params
            .fit(&x, CLASSES, Some(&[f32::INFINITY; 4]), 2)
            .is_err()
    );
    let other = LogisticRegression::from_parts(2, vec![0.0; 4], vec![0.0; 2])?;
    assert!(
        params
            .clone()
            .prior(other.clone())
            .fit(&x, CLASSES, None, 2)
            .is_err()
    );
    let error = params.warm_start(other).fit(&x, CLASSES, None, 2).err();
    assert!(error.is_some_and(|e| matches!(e.kind(), ErrorKind::Shape { .. })));
    Ok(())
}

#[test]
fn linfa_fits_predicts_and_measures() -> Result<()> {
    let problem = Problem::random(4, (150, 9, 3), 0.7);
    let targets = Array1::from_iter(problem.classes.iter().map(|&k| k as usize));
    let weights: Vec<f32> = (0..150).map(|i| 1.0 + (i % 3) as f32).collect();
    let dataset = DatasetBase::new(SparseRecords(problem.sparse()), targets)
        .with_weights(Array1::from(weights.clone()));
    let params = LogisticParams::new();
    let fit = params.clone().check()?.fit(&dataset)?;
    let hard = Targets::Hard(&problem.classes);
    assert_eq!(fit, params.fit(&problem.sparse(), hard, Some(&weights), 3)?);

    let predicted: Array1<usize> = fit.model.predict(&dataset);
    let right = predicted
        .iter()
        .zip(&problem.classes)
        .filter(|(p, y)| **p == **y as usize)
        .count();
    let accuracy = predicted.confusion_matrix(&dataset)?.accuracy();
    assert!((accuracy - right as f32 / 150.0).abs() < 1e-6 && accuracy > 0.6);
    Ok(())
}

#[test]
fn linfa_refuses_what_we_refuse() -> Result<()> {
    let params = LogisticParams::new().check()?;
    for targets in [
        array![0, 0, 0, 0],
        array![0, 1, 0, usize::MAX],
        array![0, 1],
    ] {
        let dataset = DatasetBase::new(SparseRecords(small()), targets);
        assert!(params.fit(&dataset).is_err());
    }
    Ok(())
}
