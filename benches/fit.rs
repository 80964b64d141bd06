//! How long a fit takes on text-like rows.
//!
//! `cargo bench --bench fit` fits 20,000 rows of 50,000 features;
//! `cargo bench --bench fit -- --ignored` fits 200,000 rows of 300,000.

mod zipf;

use polemic::features::SparseMatrix;
use polemic::linear::{LogisticFit, LogisticParams, Targets};
use zipf::{Size, zipf};

fn main() {
    divan::main();
}

const SMALL: Size = Size {
    rows: 20_000,
    features: 50_000,
    draws: 52,
    classes: 3,
};
const LARGE: Size = Size {
    rows: 200_000,
    features: 300_000,
    draws: 52,
    classes: 3,
};

#[divan::bench(sample_count = 5, sample_size = 1)]
fn small(bencher: divan::Bencher<'_, '_>) {
    bench(bencher, SMALL);
}

#[divan::bench(ignore, sample_count = 1, sample_size = 1)]
fn large(bencher: divan::Bencher<'_, '_>) {
    bench(bencher, LARGE);
}

fn bench(bencher: divan::Bencher<'_, '_>, size: Size) {
    let (x, classes) = zipf(size);
    bencher.bench_local(|| fit(&x, &classes, size.classes as usize));
}

fn fit(x: &SparseMatrix, classes: &[u32], n_classes: usize) -> LogisticFit {
    match LogisticParams::new().fit(x, Targets::Hard(classes), None, n_classes) {
        Ok(fit) if fit.converged => fit,
        other => panic!("no fit: {other:?}"),
    }
}
