//! A row while it is being filled.

use std::ops::Range;

/// Collects the columns of one row, channel by channel, and, when asked, where in the text each
/// came from.
#[derive(Debug, Default)]
pub struct RowBuilder {
    entries: Vec<(u32, f32)>,
    trace: Option<Vec<Trace>>,
}

/// One place in the text that adds to a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The column.
    pub column: u32,
    /// Bytes of the text; empty for what belongs to the text as a whole.
    pub span: Range<usize>,
    /// Share of the column's value that this place adds; the shares of a column sum to 1.
    pub share: f64,
}

impl RowBuilder {
    /// A builder that also records where values come from.
    #[must_use]
    pub fn tracing() -> Self {
        Self {
            entries: Vec::new(),
            trace: Some(Vec::new()),
        }
    }

    /// Forgets the row.
    pub fn clear(&mut self) {
        self.entries.clear();
        if let Some(trace) = &mut self.trace {
            trace.clear();
        }
    }

    /// The (column, value) pairs, columns increasing.
    #[must_use]
    pub fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    /// The value of a column, 0 if it is not stored.
    #[must_use]
    pub fn value(&self, column: u32) -> f32 {
        let found = self.entries.binary_search_by_key(&column, |entry| entry.0);
        found.map_or(0.0, |i| self.entries[i].1)
    }

    /// Where the values come from; empty unless the builder is tracing.
    #[must_use]
    pub fn trace(&self) -> &[Trace] {
        self.trace.as_deref().unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds `value` to `column`; columns may repeat until [`RowBuilder::merge`].
    pub(super) fn add(&mut self, column: u32, value: f32, span: Range<usize>) {
        self.entries.push((column, value));
        if let Some(trace) = &mut self.trace {
            trace.push(Trace {
                column,
                span,
                share: f64::from(value),
            });
        }
    }

    /// Sorts the entries from `start` on, sums the values of equal columns and turns the traced
    /// values into shares. The sums run in the order of the text.
    pub(super) fn merge(&mut self, start: usize) {
        self.entries[start..].sort_by_key(|entry| entry.0);
        let mut kept = start;
        for i in start..self.entries.len() {
            let (column, value) = self.entries[i];
            if kept > start && self.entries[kept - 1].0 == column {
                self.entries[kept - 1].1 += value;
            } else {
                self.entries[kept] = (column, value);
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        self.share_out(start);
    }

    fn share_out(&mut self, start: usize) {
        let merged = &self.entries[start..];
        for trace in self.trace.iter_mut().flatten() {
            if let Ok(i) = merged.binary_search_by_key(&trace.column, |entry| entry.0) {
                let total = f64::from(merged[i].1);
                trace.share = if total == 0.0 {
                    0.0
                } else {
                    trace.share / total
                };
            }
        }
    }

    /// The entries from `start` on, to be weighed in place.
    pub(super) fn entries_mut(&mut self, start: usize) -> &mut [(u32, f32)] {
        &mut self.entries[start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_sums_equal_columns_and_shares_them_out() {
        let mut row = RowBuilder::tracing();
        for (column, value, at) in [(7, 1.0, 0), (3, 2.0, 4), (7, 3.0, 9)] {
            row.add(column, value, at..at + 1);
        }
        row.merge(0);
        assert_eq!(row.entries(), [(3, 2.0), (7, 4.0)]);
        let shares: Vec<f64> = row.trace().iter().map(|t| t.share).collect();
        assert_eq!(shares, [0.25, 1.0, 0.75]);
    }
}
