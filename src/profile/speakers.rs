//! Who is quoted by name, and what they are quoted with.

use std::collections::BTreeMap;

use super::Named;
use super::groups::{Classes, most_frequent};
use super::unit::Unit;

/// The named speakers of what is quoted, most often quoted first.
pub(super) fn speakers(quoted: &[Unit<'_>], classes: &Classes) -> Vec<Named> {
    let mut found: BTreeMap<String, Vec<Unit<'_>>> = BTreeMap::new();
    for unit in quoted {
        if let Some(speaker) = unit.speaker {
            found.entry(speaker.to_owned()).or_default().push(*unit);
        }
    }
    most_frequent(found, classes)
}
