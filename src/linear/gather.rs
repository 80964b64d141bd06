//! The one hot loop: a weighted sum of short table rows picked by a sparse row or column.
//!
//! The forward pass (`x_i W`, indices are features) and the backward pass (`x_jᵀ H`, indices are
//! samples) are this same sum, so they share one kernel. Its width is the number of classes,
//! constant for the usual small numbers so that the sums stay in registers.

/// Adds `Σ_n values[n] · table[indices[n]]` to `sums`.
///
/// `table` is row-major and as wide as `sums`. Panics if an index is beyond the table: callers
/// have checked them.
pub(super) fn add_weighted<T>(indices: &[u32], values: &[f32], table: &[T], sums: &mut [f64])
where
    T: Copy + Into<f64>,
{
    add_mapped(indices, values, table, sums, |v| v);
}

/// Adds `Σ_n values[n]² · table[indices[n]]` to `sums`; otherwise as [`add_weighted`].
pub(super) fn add_squared(indices: &[u32], values: &[f32], table: &[f64], sums: &mut [f64]) {
    add_mapped(indices, values, table, sums, |v| v * v);
}

fn add_mapped<T: Copy + Into<f64>>(
    indices: &[u32],
    values: &[f32],
    table: &[T],
    sums: &mut [f64],
    map: impl Fn(f64) -> f64,
) {
    match sums.len() {
        2 => add_fixed::<2, T>(indices, values, table, sums, map),
        3 => add_fixed::<3, T>(indices, values, table, sums, map),
        4 => add_fixed::<4, T>(indices, values, table, sums, map),
        width => {
            for (&i, &v) in indices.iter().zip(values) {
                let row = &table[i as usize * width..][..width];
                let v = map(f64::from(v));
                for (sum, &t) in sums.iter_mut().zip(row) {
                    *sum += v * t.into();
                }
            }
        }
    }
}

fn add_fixed<const K: usize, T: Copy + Into<f64>>(
    indices: &[u32],
    values: &[f32],
    table: &[T],
    sums: &mut [f64],
    map: impl Fn(f64) -> f64,
) {
    let rows = table.as_chunks::<K>().0;
    let Some(sums) = sums.first_chunk_mut::<K>() else {
        return;
    };
    let mut registers = *sums;
    for (&i, &v) in indices.iter().zip(values) {
        let v = map(f64::from(v));
        for (sum, &t) in registers.iter_mut().zip(&rows[i as usize]) {
            *sum += v * t.into();
        }
    }
    *sums = registers;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_gives_the_same_sums() {
        for width in 1..8 {
            let table: Vec<f64> = (0..5 * width).map(|n| n as f64).collect();
            let mut sums = vec![1.0; width];
            add_weighted(&[0, 3], &[2.0, 0.5], &table, &mut sums);
            let mut squares = vec![0.0; width];
            add_squared(&[1], &[-3.0], &table, &mut squares);
            for k in 0..width {
                assert_eq!(sums[k], 1.0 + 2.0 * table[k] + 0.5 * table[3 * width + k]);
                assert_eq!(squares[k], 9.0 * table[width + k]);
            }
        }
    }
}
