//! A hash table from the keys of words or terms to what is known about them.
//!
//! Scoring waits for memory more than for arithmetic: most n-grams of a sentence are in no cache.
//! So a slot holds key and value side by side (linear probing, at most half full), and keys are
//! looked up by the batch: first every slot is fetched, which the processor does in parallel, and
//! only then looked at, which it does one after the other.

/// One entry; free if the key is [`FREE`].
#[derive(Clone, Copy, Debug, Default)]
struct Slot<V> {
    key: u64,
    value: V,
}

const FREE: u64 = 0;
/// Slots that are fetched before the first is looked at.
const BATCH: usize = 32;

/// Values by 64-bit keys, which are hashes already.
#[derive(Clone, Debug)]
pub(super) struct KeyTable<V> {
    /// A power of two of slots, at least two.
    slots: Vec<Slot<V>>,
    /// What is left of a key after this shift is the number of a slot.
    shift: u32,
    len: usize,
}

impl<V: Copy + Default> KeyTable<V> {
    /// An empty table that holds `capacity` values before it has to grow.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        let size = (capacity * 2).next_power_of_two().max(2);
        Self {
            slots: vec![Slot::default(); size],
            shift: u64::BITS - size.ilog2(),
            len: 0,
        }
    }

    /// Forgets all entries, but keeps the memory.
    pub(super) fn clear(&mut self) {
        self.slots.fill(Slot::default());
        self.len = 0;
    }

    /// Sets the value of a key.
    pub(super) fn insert(&mut self, key: u64, value: V) {
        if (self.len + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let key = not_free(key);
        let at = self.place_of(key);
        self.len += usize::from(self.slots[at].key == FREE);
        self.slots[at] = Slot { key, value };
    }

    /// The value of a key.
    pub(super) fn get(&self, key: u64) -> Option<V> {
        let slot = self.slots[self.place_of(not_free(key))];
        (slot.key != FREE).then_some(slot.value)
    }

    /// Calls `found` with the value of every key, in the order of the keys.
    pub(super) fn look_up(&self, keys: &[u64], mut found: impl FnMut(Option<V>)) {
        for batch in keys.chunks(BATCH) {
            let mut fetched = [Slot::default(); BATCH];
            for (slot, &key) in fetched.iter_mut().zip(batch) {
                *slot = self.slots[self.home(key)];
            }
            for (slot, &key) in fetched.iter().zip(batch) {
                found(match slot.key {
                    FREE => None,
                    there if there == key => Some(slot.value),
                    _ => self.get(key),
                });
            }
        }
    }

    /// The slot where the search for a key starts: its high bits, the best mixed.
    fn home(&self, key: u64) -> usize {
        (key >> self.shift) as usize
    }

    /// The slot that holds a key, or the free one where it would go.
    fn place_of(&self, key: u64) -> usize {
        let mut at = self.home(key);
        while self.slots[at].key != key && self.slots[at].key != FREE {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    fn grow(&mut self) {
        let mut larger = Self::with_capacity(self.slots.len());
        for slot in self.slots.iter().filter(|slot| slot.key != FREE) {
            larger.insert(slot.key, slot.value);
        }
        *self = larger;
    }
}

/// The key under which a key is kept: 0 has to share with 1.
fn not_free(key: u64) -> u64 {
    key.max(FREE + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowded_keys_are_all_found() {
        // All but two belong into the last slot, so that the search wraps around.
        let keys: Vec<u64> = (0..40).map(|i| u64::MAX - i).chain([0, 7]).collect();
        let mut table = KeyTable::with_capacity(0);
        for (&key, value) in keys.iter().zip(0_u32..) {
            assert_eq!(table.get(key), None);
            table.insert(key, value);
        }
        let mut found = Vec::new();
        table.look_up(&keys, |value| found.push(value));
        assert_eq!(found, (0..42).map(Some).collect::<Vec<_>>());
        found.clear();
        table.look_up(&[8, u64::MAX - 40], |value| found.push(value));
        table.clear();
        table.look_up(&[7], |value| found.push(value));
        assert_eq!(found, [None; 3]);
    }
}
