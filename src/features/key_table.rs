//! A hash table from the keys of words to what is known about them.
//!
//! A slot holds key and value side by side, so that one fetch decides; linear probing, at most half
//! full. For terms, most of which are not there, see [`super::term_index`].

/// One entry; free if the key is [`FREE`].
#[derive(Clone, Copy, Debug, Default)]
struct Slot<V> {
    key: u64,
    value: V,
}

const FREE: u64 = 0;

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
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<V> {
        let slot = self.slots[self.home(key)];
        if slot.key == key && key != FREE {
            return Some(slot.value);
        }
        self.search(key)
    }

    fn search(&self, key: u64) -> Option<V> {
        let slot = self.slots[self.place_of(not_free(key))];
        (slot.key != FREE).then_some(slot.value)
    }

    /// Reads the slots where the search for these keys starts: the processor does so in parallel,
    /// and finds them in the nearest cache when they are asked for.
    #[inline]
    pub(super) fn fetch(&self, keys: impl Iterator<Item = u64>) {
        let read = |bits: u64, key| bits | self.slots[self.home(key)].key;
        std::hint::black_box(keys.fold(0, read));
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
        let found: Vec<_> = keys.iter().map(|&key| table.get(key)).collect();
        assert_eq!(found, (0..42).map(Some).collect::<Vec<_>>());
        assert_eq!([8, u64::MAX - 40].map(|key| table.get(key)), [None; 2]);
        table.clear();
        assert_eq!(table.get(7), None);
    }
}
