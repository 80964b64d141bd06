//! Compressed sparse rows: `f32` storage, one matrix per fit.

use crate::{ErrorKind, Result};

/// A row-major sparse matrix (CSR). Column indices of a row are strictly increasing.
///
/// ```
/// use polemic::features::SparseMatrix;
///
/// let mut x = SparseMatrix::new(4);
/// x.push_row([(0, 1.0), (3, 0.5)])?;
/// x.push_row([(2, 2.0)])?;
/// assert_eq!((x.n_rows(), x.n_cols(), x.n_stored()), (2, 4, 3));
/// assert_eq!(x.row(0).iter().collect::<Vec<_>>(), [(0, 1.0), (3, 0.5)]);
/// # Ok::<(), polemic::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseMatrix {
    n_cols: usize,
    row_starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
}

/// One row of a [`SparseMatrix`]: stored columns, increasing, and their values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseRow<'a> {
    /// Stored column indices, strictly increasing.
    pub columns: &'a [u32],
    /// The values, one per stored column.
    pub values: &'a [f32],
}

impl SparseRow<'_> {
    /// The stored (column, value) pairs in column order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.columns.iter().copied().zip(self.values.iter().copied())
    }
}

impl SparseMatrix {
    /// A matrix of `n_cols` columns and no row yet.
    #[must_use]
    pub fn new(n_cols: usize) -> Self {
        Self { n_cols, row_starts: vec![0], columns: Vec::new(), values: Vec::new() }
    }

    /// Adds a row of (column, value) pairs.
    ///
    /// # Errors
    /// [`ErrorKind::Shape`] if a column is out of range or not above its predecessor, or a value
    /// is not finite. The matrix is then unchanged.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u32, f32)>) -> Result<()> {
        let start = self.columns.len();
        for (column, value) in row {
            let previous = self.columns[start..].last().copied();
            let increasing = previous.is_none_or(|p| p < column);
            if !increasing || column as usize >= self.n_cols || !value.is_finite() {
                self.columns.truncate(start);
                self.values.truncate(start);
                return Err(ErrorKind::Shape {
                    what: "sparse row",
                    found: format!("value {value} in column {column} after {previous:?}"),
                    expected: format!("finite values, increasing columns below {}", self.n_cols),
                }
                .into());
            }
            self.columns.push(column);
            self.values.push(value);
        }
        self.row_starts.push(self.columns.len());
        Ok(())
    }

    /// Number of rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.row_starts.len().saturating_sub(1)
    }

    /// Number of columns.
    #[must_use]
    pub fn n_cols(&self) -> usize {
        self.n_cols
    }

    /// Number of stored values.
    #[must_use]
    pub fn n_stored(&self) -> usize {
        self.values.len()
    }

    /// Row `i`. Panics if there is no such row.
    #[must_use]
    pub fn row(&self, i: usize) -> SparseRow<'_> {
        let span = self.row_starts[i]..self.row_starts[i + 1];
        SparseRow { columns: &self.columns[span.clone()], values: &self.values[span] }
    }

    /// All rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = SparseRow<'_>> {
        (0..self.n_rows()).map(|i| self.row(i))
    }
}
