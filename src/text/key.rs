//! 64-bit keys of words and terms: XXH3, the same on every machine and in every version.

use std::hash::{BuildHasher, Hasher};

/// The key of a word.
#[must_use]
#[inline]
pub fn key_of(word: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(word.as_bytes())
}

/// The key of the n-gram that continues the n-gram `left` with `right`.
#[must_use]
#[inline]
pub fn join_keys(left: u64, right: u64) -> u64 {
    let mixed = (left.rotate_left(27) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Bytes that [`quick_key`] and [`ascii_run`] look at together.
const LANES: usize = 8;
const EVERY: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EVERY;

/// A key of `text[span]` in lower case, quickly made: for tables in memory, never for what is kept
/// in a file. `None` if it is not ASCII. Different strings of up to eight bytes have different keys;
/// bytes of zero at the end do not count.
///
/// Eight bytes are folded at a time; what follows the span is fetched too and masked.
#[must_use]
#[inline]
pub fn quick_key(text: &[u8], span: std::ops::Range<usize>) -> Option<u64> {
    let (mut key, mut at) = (0_u64, span.start);
    while at < span.end {
        let n = (span.end - at).min(LANES);
        let lanes = lanes(text, at) & (u64::MAX >> (8 * (LANES - n)));
        if lanes & HIGH != 0 {
            return None;
        }
        let upper = within(lanes, b'A', b'Z');
        key = absorb(key, lanes | (upper >> 2));
        at += n;
    }
    Some(key ^ (key >> 32))
}

/// End of the run of ASCII letters and digits of `text` that starts at `start`, and its
/// [`quick_key`].
#[must_use]
#[inline]
pub fn ascii_run(text: &[u8], start: usize) -> (usize, u64) {
    let (mut key, mut at) = (0_u64, start);
    loop {
        let lanes = lanes(text, at);
        let ascii = lanes & !HIGH;
        let letters = within(ascii | (0x20 * EVERY), b'a', b'z') & !lanes;
        let digits = within(ascii, b'0', b'9') & !lanes;
        let others = !(letters | digits) & HIGH;
        let n = others.trailing_zeros() as usize / 8;
        if n > 0 {
            let lower = lanes | (letters >> 2);
            key = absorb(key, lower & (u64::MAX >> (8 * (LANES - n))));
        }
        at += n;
        if n < LANES {
            return (at, key ^ (key >> 32));
        }
    }
}

#[inline]
const fn absorb(key: u64, lanes: u64) -> u64 {
    (key.rotate_left(29) ^ lanes).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Eight bytes from `at` on, the first the lowest; zeros beyond the end.
#[inline]
fn lanes(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => last_lanes(rest),
    }
}

#[cold]
fn last_lanes(rest: &[u8]) -> u64 {
    let mut padded = [0; LANES];
    padded[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(padded)
}

/// The high bit of each byte that lies between `low` and `high`, if none is above 127.
#[inline]
const fn within(lanes: u64, low: u8, high: u8) -> u64 {
    let from_low = lanes + (0x80 - low as u64) * EVERY;
    let above_high = lanes + (0x7f - high as u64) * EVERY;
    from_low & !above_high & HIGH
}

/// Hashes keys to themselves: they are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyHasher;

impl BuildHasher for KeyHasher {
    type Hasher = IdentityHasher;

    fn build_hasher(&self) -> IdentityHasher {
        IdentityHasher(0)
    }
}

/// The hasher behind [`KeyHasher`]; it takes one `u64`.
#[derive(Clone, Copy, Debug)]
pub struct IdentityHasher(u64);

impl Hasher for IdentityHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = join_keys(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_is_classed() {
        for byte in 0..=255_u8 {
            for before in 0..20 {
                let text = [&vec![b'x'; before][..], &[byte, b'!']].concat();
                let run = before + usize::from(byte.is_ascii_alphanumeric());
                let key = quick_key(&text, 0..run).unwrap_or_default();
                assert_eq!(ascii_run(&text, 0), (run, key), "{byte} after {before}");
                assert_eq!(quick_key(&text, 0..before + 1).is_some(), byte.is_ascii());
            }
        }
        assert_eq!(ascii_run(b"ab", 2), (2, 0));
    }

    proptest! {
        #[test]
        fn quick_keys_ignore_case_and_neighbours(
            word in "[ -~]{1,30}", before in "[ -~]{0,9}", after in "[ -~]{0,9}"
        ) {
            let lower = word.to_ascii_lowercase();
            let alone = quick_key(lower.as_bytes(), 0..lower.len());
            let text = format!("{before}{word}{after}");
            let span = before.len()..before.len() + word.len();
            prop_assert_eq!(quick_key(text.as_bytes(), span), alone);
            let shorter = quick_key(lower.as_bytes(), 0..lower.len() - 1);
            prop_assert_ne!(shorter, alone);
            let (end, key) = ascii_run(text.as_bytes(), before.len());
            prop_assert_eq!(Some(key), quick_key(text.as_bytes(), before.len()..end));
        }
    }
}
