//! A row while it is being filled.

use super::sparse::SparseRow;

/// Collects the columns of one row, channel by channel. Keeps its memory from row to row.
#[derive(Debug, Default)]
pub struct RowBuilder {
    columns: Vec<u32>,
    values: Vec<f32>,
    pub(super) scratch: Scratch,
}

/// What a channel looks up and finds before it becomes columns of the row.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Keys of n-grams.
    pub(super) keys: Vec<u64>,
    /// Columns of n-grams, in any order and repeated.
    pub(super) columns: Vec<u32>,
    /// (column, value), columns in any order and repeated.
    pub(super) found: Vec<(u32, f32)>,
}

impl RowBuilder {
    /// Forgets the row.
    pub fn clear(&mut self) {
        self.columns.clear();
        self.values.clear();
    }

    /// The row, columns increasing.
    #[must_use]
    pub fn row(&self) -> SparseRow<'_> {
        SparseRow {
            columns: &self.columns,
            values: &self.values,
        }
    }

    /// The value of a column, 0 if it is not stored.
    #[must_use]
    pub fn value(&self, column: u32) -> f32 {
        let found = self.columns.binary_search(&column);
        found.map_or(0.0, |i| self.values[i])
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Adds a column above all that are there.
    pub(super) fn push(&mut self, column: u32, value: f32) {
        self.columns.push(column);
        self.values.push(value);
    }

    /// The values from entry `start` on, to be scaled in place.
    pub(super) fn values_mut(&mut self, start: usize) -> &mut [f32] {
        &mut self.values[start..]
    }

    /// Adds what was found to the row, the sum for every column, with columns from `first_column`
    /// on. The sums run in the order in which it was found.
    pub(super) fn push_sums(&mut self, first_column: u32) {
        self.scratch.found.sort_by_key(|entry| entry.0);
        for same in self.scratch.found.chunk_by(|a, b| a.0 == b.0) {
            self.columns.push(first_column + same[0].0);
            self.values.push(same.iter().map(|entry| entry.1).sum());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_columns_are_summed() {
        let mut row = RowBuilder::default();
        row.push(1, 0.5);
        row.scratch.found = vec![(7, 1.0), (3, 2.0), (7, 3.0)];
        row.push_sums(10);
        let entries: Vec<(u32, f32)> = row.row().iter().collect();
        assert_eq!(entries, [(1, 0.5), (13, 2.0), (17, 4.0)]);
        assert_eq!((row.value(17), row.value(7)), (4.0, 0.0));
    }
}
