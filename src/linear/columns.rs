//! The transposed view of a sparse matrix (CSC), for products with `Xᵀ`.

use crate::features::SparseMatrix;
use crate::{ErrorKind, Result};

/// The stored values of a [`SparseMatrix`] by column, rows increasing within each column.
///
/// Costs 8 bytes per stored value and 8 per column beside the matrix itself.
pub(super) struct Columns {
    starts: Vec<usize>,
    rows: Vec<u32>,
    values: Vec<f32>,
}

impl Columns {
    /// Sorts the stored values by column: one counting sort, stable, so rows stay in order.
    pub(super) fn of(x: &SparseMatrix) -> Result<Self> {
        let n_rows = u32::try_from(x.n_rows()).map_err(|_| ErrorKind::Shape {
            what: "sparse matrix",
            found: format!("{} rows", x.n_rows()),
            expected: format!("at most {} rows", u32::MAX),
        })?;
        let mut next = column_starts(x);
        let mut rows = vec![0; x.n_stored()];
        let mut values = vec![0.0; x.n_stored()];
        for (i, row) in (0..n_rows).zip(x.rows()) {
            for (j, v) in row.iter() {
                let slot = &mut next[j as usize];
                rows[*slot] = i;
                values[*slot] = v;
                *slot += 1;
            }
        }
        // Each entry now holds the end of its column, which is the start of the one after.
        next.rotate_right(1);
        next[0] = 0;
        Ok(Self {
            starts: next,
            rows,
            values,
        })
    }

    /// The rows and values stored in column `j`. Panics if there is no such column.
    pub(super) fn column(&self, j: usize) -> (&[u32], &[f32]) {
        let span = self.starts[j]..self.starts[j + 1];
        (&self.rows[span.clone()], &self.values[span])
    }
}

/// For every column where its values start, then once more the number of values.
fn column_starts(x: &SparseMatrix) -> Vec<usize> {
    let mut starts = vec![0; x.n_cols() + 1];
    for row in x.rows() {
        for &j in row.columns {
            starts[j as usize] += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_hold_their_rows_in_order() -> Result<()> {
        let mut x = SparseMatrix::new(4);
        x.push_row([(0, 1.0), (3, 2.0)])?;
        x.push_row([])?;
        x.push_row([(0, 3.0), (1, 4.0)])?;
        let columns = Columns::of(&x)?;
        assert_eq!(columns.column(0), (&[0, 2][..], &[1.0, 3.0][..]));
        assert_eq!(columns.column(1), (&[2][..], &[4.0][..]));
        assert_eq!(columns.column(2), (&[][..], &[][..]));
        assert_eq!(columns.column(3), (&[0][..], &[2.0][..]));
        Ok(())
    }
}
