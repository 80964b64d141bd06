//! Short lists of words as a table that is made when the program is compiled.

/// Words with a value each, found by one look where most words meet an empty slot.
pub(super) struct WordTable<T: 'static, const SLOTS: usize> {
    slots: [Option<(&'static str, T)>; SLOTS],
}

impl<T: Copy, const SLOTS: usize> WordTable<T, SLOTS> {
    /// The table of `lists`. A word that is in several has the value of the first. `SLOTS` must be more
    /// than the words; several times as many keep looks short.
    pub(super) const fn new(lists: &[(T, &'static [&'static str])]) -> Self {
        let mut slots: [Option<(&'static str, T)>; SLOTS] = [None; SLOTS];
        let mut list = 0;
        while list < lists.len() {
            let (value, words) = lists[list];
            let mut at = 0;
            while at < words.len() {
                let mut slot = slot_of(words[at].as_bytes(), SLOTS);
                while slots[slot].is_some() {
                    slot = (slot + 1) % SLOTS;
                }
                slots[slot] = Some((words[at], value));
                at += 1;
            }
            list += 1;
        }
        Self { slots }
    }

    /// The value of `word`, if it is in the table.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        let bytes = word.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        let mut slot = slot_of(bytes, SLOTS);
        while let Some((listed, value)) = self.slots[slot] {
            if listed.as_bytes() == bytes {
                return Some(value);
            }
            slot = (slot + 1) % SLOTS;
        }
        None
    }
}

const fn slot_of(word: &[u8], slots: usize) -> usize {
    let length = word.len();
    let (first, last) = (word[0] as usize, word[length - 1] as usize);
    let second = if length > 1 { word[1] as usize } else { 0 };
    let middle = word[length / 2] as usize;
    (first * 449 + second * 73 + middle * 211 + last * 31 + length * 7) % slots
}

#[cfg(test)]
mod tests {
    use super::WordTable;

    #[test]
    fn words_have_the_value_of_their_first_list() {
        static TABLE: WordTable<u8, 8> =
            WordTable::new(&[(1, &["a", "said"]), (2, &["said", "ab"])]);
        let found = ["a", "said", "ab", "b", "", "sand"].map(|word| TABLE.get(word));
        assert_eq!(found, [Some(1), Some(1), Some(2), None, None, None]);
    }
}
