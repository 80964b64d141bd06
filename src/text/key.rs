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
