//! Many strings in one piece of memory.

/// A list of strings, kept as one text and the end of each: two allocations, however many strings.
///
/// ```
/// use polemic::text::StringTable;
///
/// let table: StringTable = ["a", "reckless", "plan"].into_iter().collect();
/// assert_eq!((table.len(), table.get(1)), (3, "reckless"));
/// assert_eq!((table.text(), table.ends()), ("arecklessplan", &[1, 9, 13][..]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringTable {
    text: String,
    ends: Vec<u32>,
}

impl StringTable {
    /// A table from the joined strings and the byte at which each ends. Gives `None` unless the
    /// ends increase (equal ones make empty strings), lie between characters and use up the text.
    #[must_use]
    pub fn from_parts(text: String, ends: Vec<u32>) -> Option<Self> {
        let last = ends.last().map_or(0, |&end| end as usize);
        let fits = last == text.len()
            && ends.is_sorted()
            && ends.iter().all(|&end| text.is_char_boundary(end as usize));
        fits.then_some(Self { text, ends })
    }

    /// All strings, joined.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of [`StringTable::text`] at which each string ends.
    #[must_use]
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// Number of strings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if there is no string.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// String `i`. Panics if there is no such string.
    #[must_use]
    pub fn get(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[i] as usize]
    }

    /// The strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }
}

impl<S: AsRef<str>> FromIterator<S> for StringTable {
    /// # Panics
    /// If the strings have 4 GiB or more together.
    fn from_iter<I: IntoIterator<Item = S>>(strings: I) -> Self {
        let mut table = Self::default();
        for string in strings {
            table.text.push_str(string.as_ref());
            let end = u32::try_from(table.text.len());
            table.ends.push(end.expect("less than 4 GiB of strings"));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_checked() {
        let parts = |text: &str, ends: &[u32]| StringTable::from_parts(text.into(), ends.into());
        let table = parts("aé", &[1, 1, 3]).expect("whole");
        assert_eq!(table.iter().collect::<Vec<_>>(), ["a", "", "é"]);
        assert_eq!(parts("", &[]), Some(StringTable::default()));
        let broken: [(&str, &[u32]); 5] = [
            ("aé", &[1, 2, 3]),
            ("aé", &[2]),
            ("ab", &[2, 1]),
            ("ab", &[1]),
            ("ab", &[1, 3]),
        ];
        for (text, ends) in broken {
            assert_eq!(parts(text, ends), None, "{text} {ends:?}");
        }
    }
}
