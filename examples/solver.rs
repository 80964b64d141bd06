//! Fits one synthetic problem and writes it down, so that other solvers can be given the same.
//!
//! ```text
//! cargo run --release --example solver -- FOLDER [ROWS FEATURES]
//! ```
//!
//! FOLDER gets the matrix in compressed sparse rows, little-endian: `starts.u64`, `columns.u32`,
//! `values.f32`, and the classes, `classes.u32`. One line of JSON tells how the fit went, in
//! seconds without the making and writing of the matrix. `tools/compare_sklearn.py` reads both.

#[path = "../benches/zipf/mod.rs"]
mod zipf;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use polemic::features::SparseMatrix;
use polemic::linear::{LogisticParams, Targets};
use zipf::{Size, zipf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("usage: solver FOLDER [ROWS FEATURES]")?;
    let mut number = |default| arguments.next().map_or(Ok(default), |n| n.parse::<usize>());
    let size = Size {
        rows: number(20_000)?,
        features: number(50_000)?,
        draws: 52,
        classes: 3,
    };
    let (x, classes) = zipf(size);
    write(Path::new(&folder), &x, &classes)?;
    let start = Instant::now();
    let targets = Targets::Hard(&classes);
    let fit = LogisticParams::new()
        .l2(1.0)
        .fit(&x, targets, None, size.classes as usize)?;
    let seconds = start.elapsed().as_secs_f64();
    let line = serde_json::json!({
        "seconds": seconds,
        "loss": fit.final_loss,
        "steps": fit.n_iter,
        "converged": fit.converged,
    });
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

fn write(folder: &Path, x: &SparseMatrix, classes: &[u32]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let (mut starts, mut columns, mut values) = (0_u64.to_le_bytes().to_vec(), vec![], vec![]);
    let mut stored = 0_u64;
    for row in x.rows() {
        stored += row.columns.len() as u64;
        starts.extend(stored.to_le_bytes());
        columns.extend(row.columns.iter().flat_map(|c| c.to_le_bytes()));
        values.extend(row.values.iter().flat_map(|v| v.to_le_bytes()));
    }
    std::fs::write(folder.join("starts.u64"), starts)?;
    std::fs::write(folder.join("columns.u32"), columns)?;
    std::fs::write(folder.join("values.f32"), values)?;
    let classes: Vec<u8> = classes.iter().flat_map(|c| c.to_le_bytes()).collect();
    std::fs::write(folder.join("classes.u32"), classes)
}
