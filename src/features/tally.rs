//! How often each column occurs in a text.

use std::num::Wrapping;

/// Columns with their counts, in the order in which they are first met. A small hash table, whose
/// entries carry the number of their text so that nothing has to be cleared between texts.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// (column, count).
    counts: Vec<(u32, u32)>,
    /// (text, index into `counts`); a power of two of them, at most half used.
    slots: Vec<(u32, u32)>,
    text: u32,
}

const GOLDEN: Wrapping<u32> = Wrapping(0x9e37_79b9);

impl Tally {
    /// Forgets the columns and makes room for `most` of them.
    pub(crate) fn restart(&mut self, most: usize) {
        self.counts.clear();
        self.text = self.text.wrapping_add(1);
        let size = (most * 2).next_power_of_two().max(self.slots.len());
        if size > self.slots.len() || self.text == 0 {
            self.slots.clear();
            self.slots.resize(size, (0, 0));
            self.text = 1;
        }
    }

    /// Counts columns; panics if there are more different ones than announced.
    pub(crate) fn count(&mut self, columns: impl Iterator<Item = u32>) {
        let Self {
            counts,
            slots,
            text,
        } = self;
        let mask = slots.len().wrapping_sub(1);
        for column in columns {
            let mut at = ((Wrapping(column) * GOLDEN).0 >> 8) as usize & mask;
            while slots[at].0 == *text && counts[slots[at].1 as usize].0 != column {
                at = (at + 1) & mask;
            }
            if slots[at].0 == *text {
                counts[slots[at].1 as usize].1 += 1;
            } else {
                slots[at] = (*text, counts.len() as u32);
                counts.push((column, 1));
            }
        }
    }

    /// The columns with their counts, in the order in which they were first met.
    pub(crate) fn counts(&self) -> &[(u32, u32)] {
        &self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_apart() {
        let mut tally = Tally::default();
        for size in [3, 1000, 3] {
            tally.restart(size);
            tally.count([7, 0, 7].into_iter());
            tally.count([u32::MAX, 0, 7].into_iter());
            assert_eq!(tally.counts(), [(7, 3), (0, 2), (u32::MAX, 1)]);
        }
    }

    #[test]
    fn more_texts_than_numbers() {
        let mut tally = Tally::default();
        tally.restart(1);
        tally.count([5].into_iter());
        tally.text = u32::MAX;
        tally.restart(1);
        tally.count([5].into_iter());
        assert_eq!(tally.counts(), [(5, 1)]);
    }
}
