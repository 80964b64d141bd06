//! What must hold for any fit: the same bits for any number of threads, symmetries, priors.

mod linear_support;

use linear_support::{Problem, Random, assert_close, coefficients, sparse};
use polemic::Result;
use polemic::linear::{ClassWeights, LogisticFit, LogisticParams, Targets};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

fn tight() -> LogisticParams {
    LogisticParams::new().tolerance(1e-9)
}

fn fit(params: &LogisticParams, problem: &Problem) -> Result<LogisticFit> {
    params.fit(
        &problem.sparse(),
        Targets::Hard(&problem.classes),
        None,
        problem.n_classes,
    )
}

#[test]
fn the_same_bits_for_any_number_of_threads() -> Result<()> {
    // Several blocks of rows (512) and of parameters (8192) for every number of classes.
    for n_classes in [2, 3, 5] {
        let problem = Problem::random(5, (3000, 4100, n_classes), 0.005);
        let fits = [1, 2, 7].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("a pool")
                .install(|| fit(&LogisticParams::new(), &problem))
        });
        let [one, two, seven] = fits;
        let one = one?;
        assert!(one.converged && one.n_iter > 2);
        assert_eq!(one, two?);
        assert_eq!(one, seven?);
    }
    Ok(())
}

#[test]
fn one_hot_soft_targets_are_hard_targets() -> Result<()> {
    let problem = Problem::random(3, (200, 9, 3), 0.5);
    let one_hot: Vec<f32> = problem
        .classes
        .iter()
        .flat_map(|&y| (0..3).map(move |k| if k == y { 1.0 } else { 0.0 }))
        .collect();
    for weights in [
        ClassWeights::None,
        ClassWeights::Balanced,
        ClassWeights::Given(vec![1.0, 3.0, 0.5]),
    ] {
        let params = tight().class_weights(weights);
        let soft = params.fit(&problem.sparse(), Targets::Soft(&one_hot), None, 3)?;
        let hard = fit(&params, &problem)?;
        assert_close([soft.final_loss], [hard.final_loss], 1e-9, "loss");
        assert_close(
            coefficients(&soft.model),
            coefficients(&hard.model),
            1e-6,
            "coefficients",
        );
    }
    Ok(())
}

#[test]
fn a_soft_row_is_a_weighted_row_per_class() -> Result<()> {
    let rows = vec![vec![1.0, 0.5], vec![-1.0, 0.25], vec![0.5, -2.0]];
    let soft = [0.25, 0.75, 0.5, 0.5, 1.0, 0.0];
    let split = rows
        .iter()
        .flat_map(|row| [row.clone(), row.clone()])
        .collect::<Vec<_>>();
    let a = tight().fit(&sparse(&rows), Targets::Soft(&soft), None, 2)?;
    let hard = Targets::Hard(&[0, 1, 0, 1, 0, 1]);
    let b = tight().fit(&sparse(&split), hard, Some(&soft), 2)?;
    assert_close(
        coefficients(&a.model),
        coefficients(&b.model),
        1e-6,
        "coefficients",
    );
    assert_close(
        a.model.intercepts().to_vec(),
        b.model.intercepts().to_vec(),
        1e-6,
        "intercepts",
    );
    Ok(())
}

#[test]
fn a_warm_start_ends_at_once() -> Result<()> {
    let problem = Problem::random(8, (300, 12, 4), 0.6);
    let cold = fit(&tight(), &problem)?;
    // The model is rounded to 32 bits, which a looser tolerance does not notice.
    let warm = fit(
        &LogisticParams::new().warm_start(cold.model.clone()),
        &problem,
    )?;
    assert_eq!((warm.n_iter, warm.converged), (0, true));
    assert_eq!(warm.model.coefficients(), cold.model.coefficients());
    let both = tight()
        .warm_start(cold.model.clone())
        .prior(cold.model.clone());
    let strong = fit(&both.clone().l2(1e9), &problem)?;
    assert_close(
        coefficients(&strong.model),
        coefficients(&cold.model),
        1e-6,
        "a strong prior",
    );
    let (a, b) = (
        fit(&both, &problem)?,
        fit(&tight().prior(cold.model), &problem)?,
    );
    assert_close(
        coefficients(&a.model),
        coefficients(&b.model),
        1e-6,
        "from either start",
    );
    Ok(())
}

#[test]
fn stopping_early_is_reported() -> Result<()> {
    let problem = Problem::random(2, (200, 10, 3), 0.5);
    let early = fit(&tight().max_iter(1), &problem)?;
    assert_eq!((early.n_iter, early.converged), (1, false));
    let full = fit(&tight(), &problem)?;
    assert!(full.converged && full.final_loss < early.final_loss);
    assert!(full.gradient_norm < early.gradient_norm);
    Ok(())
}

#[test]
fn an_impossible_tolerance_ends_without_panic() -> Result<()> {
    let problem = Problem::random(2, (200, 10, 3), 0.5);
    let best = fit(&LogisticParams::new().tolerance(1e-300), &problem)?;
    assert!(best.n_iter < 100);
    assert_close(
        [best.final_loss],
        [fit(&tight(), &problem)?.final_loss],
        1e-9,
        "loss",
    );
    Ok(())
}

#[test]
fn a_missing_class_is_listed_and_improbable() -> Result<()> {
    let problem = Problem {
        n_classes: 4,
        ..Problem::random(6, (120, 8, 3), 0.5)
    };
    let (four, three) = (
        fit(&tight(), &problem)?,
        fit(
            &tight(),
            &Problem {
                n_classes: 3,
                ..problem
            },
        )?,
    );
    assert_eq!(
        (four.missing_classes, three.missing_classes),
        (vec![3], vec![])
    );
    assert!(four.converged);
    let x = Problem::random(6, (120, 8, 3), 0.5).sparse();
    let (p, q) = (
        four.model.predict_proba(&x)?,
        three.model.predict_proba(&x)?,
    );
    for (p, q) in p.rows().into_iter().zip(q.rows()) {
        assert!(p[3] < 1e-6);
        assert_close(
            p.iter().copied().take(3),
            q.iter().copied(),
            1e-5,
            "the others",
        );
    }
    Ok(())
}

#[test]
fn features_that_say_nothing() -> Result<()> {
    // No stored value, no column, a constant column: the class shares remain.
    let rows = [vec![0.0f32; 2], vec![0.0; 2], vec![0.0; 2], vec![0.0; 2]];
    for rows in [rows.to_vec(), vec![vec![]; 4], vec![vec![1e6]; 4]] {
        let x = sparse(&rows);
        let fit = tight().fit(&x, Targets::Hard(&[0, 1, 1, 1]), None, 2)?;
        assert!(fit.converged, "{fit:?}");
        assert!((fit.model.predict_proba(&x)?[[0, 1]] - 0.75).abs() < 1e-6);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_row_twice_is_a_row_of_weight_two(seed in any::<u64>(), n_classes in 2usize..6) {
        let mut problem = Problem::random(seed, (60, 6, n_classes), 0.6);
        problem.classes[0] = 0;
        problem.classes[1] = 1;
        let mut random = Random(seed ^ 1);
        let weights: Vec<f32> = (0..60).map(|_| random.below(3) as f32 + 1.0).collect();
        let x = problem.sparse();
        let weighted = tight().fit(&x, Targets::Hard(&problem.classes), Some(&weights), n_classes)?;
        let copies = |i: usize| std::iter::repeat_n(i, weights[i] as usize);
        let picked: Vec<usize> = (0..60).flat_map(copies).collect();
        let repeated = Problem {
            rows: picked.iter().map(|&i| problem.rows[i].clone()).collect(),
            classes: picked.iter().map(|&i| problem.classes[i]).collect(),
            n_classes,
        };
        let repeated = fit(&tight(), &repeated)?;
        assert_close(
            coefficients(&weighted.model), coefficients(&repeated.model), 1e-5, "coefficients",
        );
    }

    #[test]
    fn the_order_of_classes_does_not_matter(seed in any::<u64>(), n_classes in 2usize..6) {
        let problem = Problem::random(seed, (80, 5, n_classes), 0.6);
        let turned = |k: usize| (k + 1) % n_classes;
        let classes = problem.classes.iter().map(|&k| turned(k as usize) as u32).collect();
        let renamed = Problem { classes, rows: problem.rows.clone(), n_classes };
        let (a, b) = (fit(&tight(), &problem)?, fit(&tight(), &renamed)?);
        for j in 0..5 {
            let (a, b) = (a.model.feature(j).unwrap_or(&[]), b.model.feature(j).unwrap_or(&[]));
            for k in 0..n_classes {
                prop_assert!((a[k] - b[turned(k)]).abs() < 1e-5);
            }
        }
        prop_assert_eq!(a.missing_classes.len(), b.missing_classes.len());
    }

    #[test]
    fn probabilities_are_probabilities(seed in any::<u64>(), l2 in 1e-3..1e3) {
        let problem = Problem::random(seed, (40, 30, 3), 0.3);
        let fitted = fit(&LogisticParams::new().l2(l2), &problem)?;
        prop_assert!(fitted.converged);
        for row in fitted.model.predict_proba(&problem.sparse())?.rows() {
            prop_assert!((row.sum() - 1.0).abs() < 1e-12);
        }
        prop_assert!(fitted.model.intercepts().iter().sum::<f64>().abs() < 1e-9);
    }
}
