//! An index from the keys of terms to their columns, for texts most of whose n-grams are in no
//! vocabulary.
//!
//! Scoring waits for memory more than for arithmetic, so a slot has eight bytes and holds both: a
//! column in its low bits, and in the others as much of the key as is not already said by where the
//! slot is. Four slots make a bucket within one cache line; they are compared without a branch. A
//! filter of one byte a term, small enough for a near cache, keeps most unknown keys from the
//! buckets, and the buckets of the others are fetched together before the first is looked at.

const SLOTS: usize = 4;
/// Buckets that are fetched before the first is looked at.
const BATCH: usize = 64;

/// Slots are filled from the first on; a free one is 0.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Bucket([u64; SLOTS]);

impl Bucket {
    fn is_full(&self) -> bool {
        self.0[SLOTS - 1] != 0
    }
}

/// Columns by 64-bit keys, which are hashes already. At least 63 bits of a key are compared.
#[derive(Clone, Debug)]
pub(super) struct TermIndex {
    /// A power of two of buckets, at most half full on average.
    buckets: Vec<Bucket>,
    /// A power of two of words, whose bits are set where a key has its high bits.
    filter: Vec<u64>,
    /// What is left of a key after this shift is the number of a word of the filter.
    filter_shift: u32,
    /// The same for a bucket.
    home_shift: u32,
    /// Low bits of a slot that hold a column plus one; the others are the low bits of the key.
    column_bits: u32,
}

impl TermIndex {
    /// The index of the terms with these keys, in column order. Of equal keys the last counts.
    pub(super) fn new(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let n = keys.len();
        let size = (n / 2).next_power_of_two().max(2);
        let words = (n / 8).next_power_of_two().max(2);
        let mut index = Self {
            buckets: vec![Bucket::default(); size],
            filter: vec![0; words],
            filter_shift: u64::BITS - words.ilog2(),
            home_shift: u64::BITS - size.ilog2(),
            column_bits: usize::BITS - n.leading_zeros(),
        };
        let keys: Vec<u64> = keys.collect();
        for (batch, first) in keys.chunks(BATCH).zip((1..).step_by(BATCH)) {
            index.fetch(batch);
            for (&key, column) in batch.iter().zip(first..) {
                index.insert(key, column);
            }
        }
        index
    }

    /// Replaces `found` by the column of every key plus one, 0 for keys that are not there.
    pub(super) fn look_up(&self, keys: &[u64], found: &mut Vec<u32>) {
        found.clear();
        found.extend(keys.iter().map(|&key| self.find(key)));
    }

    /// Replaces `found` by the columns of those keys that are there, in the order of the keys.
    /// Which keys are likely to be there is written into `keys`.
    pub(super) fn look_up_known(&self, keys: &mut [u64], found: &mut Vec<u32>) {
        let likely = self.sift(keys);
        let keys = &keys[..likely];
        found.clear();
        found.resize(likely + 1, 0);
        let mut n = 0;
        for batch in keys.chunks(BATCH) {
            self.fetch(batch);
            for &key in batch {
                let column = self.find(key);
                found[n] = column.wrapping_sub(1);
                n += usize::from(column != 0);
            }
        }
        found.truncate(n);
    }

    /// Moves the keys that the filter lets pass to the front; gives their number.
    fn sift(&self, keys: &mut [u64]) -> usize {
        let mut n = 0;
        for i in 0..keys.len() {
            let key = keys[i];
            let (word, bit) = self.place_in_filter(key);
            keys[n] = key;
            n += ((self.filter[word] >> bit) & 1) as usize;
        }
        n
    }

    /// Reads a part of every bucket: the processor does so in parallel.
    fn fetch(&self, keys: &[u64]) {
        let read = |bits: u64, &key: &u64| bits | self.buckets[self.home(key)].0[0];
        std::hint::black_box(keys.iter().fold(0, read));
    }

    /// The word of the filter that stands for a key, and the bit in it.
    fn place_in_filter(&self, key: u64) -> (usize, u32) {
        let word = (key >> self.filter_shift) as usize;
        (word, (key >> (self.filter_shift - 6)) as u32 % u64::BITS)
    }

    fn find(&self, key: u64) -> u32 {
        let bucket = &self.buckets[self.home(key)];
        match self.column_in(bucket, key) {
            0 if bucket.is_full() => self.search_on(key),
            column => column,
        }
    }

    fn insert(&mut self, key: u64, column: u64) {
        let (word, bit) = self.place_in_filter(key);
        self.filter[word] |= 1 << bit;
        let slot = (key << self.column_bits) | column;
        let mut at = self.home(key);
        loop {
            let bits = self.column_bits;
            let bucket = &mut self.buckets[at].0;
            let there = |s: &&mut u64| **s == 0 || (**s ^ slot) >> bits == 0;
            if let Some(free) = bucket.iter_mut().find(there) {
                *free = slot;
                return;
            }
            at = self.after(at);
        }
    }

    /// The column plus one, or 0.
    fn column_in(&self, bucket: &Bucket, key: u64) -> u32 {
        let wanted = key << self.column_bits;
        let matched = bucket.0.map(|slot| {
            let rest = slot ^ wanted;
            if rest >> self.column_bits == 0 {
                rest
            } else {
                0
            }
        });
        (matched[0] | matched[1] | matched[2] | matched[3]) as u32
    }

    /// Goes on after a full bucket.
    #[cold]
    fn search_on(&self, key: u64) -> u32 {
        let mut at = self.home(key);
        loop {
            at = self.after(at);
            let bucket = &self.buckets[at];
            let column = self.column_in(bucket, key);
            if column != 0 || !bucket.is_full() {
                return column;
            }
        }
    }

    fn home(&self, key: u64) -> usize {
        (key >> self.home_shift) as usize
    }

    fn after(&self, at: usize) -> usize {
        (at + 1) & (self.buckets.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowded_keys_are_all_found() {
        // All but three belong into the last bucket, so that the search wraps around.
        let keys: Vec<u64> = (0..40)
            .map(|i| u64::MAX - i)
            .chain([0, 7, 1 << 40])
            .collect();
        let index = TermIndex::new(keys.iter().copied());
        let mut found = Vec::new();
        index.look_up(&keys, &mut found);
        assert_eq!(found, (1..=43).collect::<Vec<_>>());
        index.look_up_known(&mut [8, keys[3], 1 << 41, keys[40]], &mut found);
        assert_eq!(found, [3, 40]);
        index.look_up(&[8, u64::MAX - 40, 1 << 41], &mut found);
        assert_eq!(found, [0; 3]);
        TermIndex::new([].into_iter()).look_up(&[0, u64::MAX], &mut found);
        assert_eq!(found, [0; 2]);
    }
}
