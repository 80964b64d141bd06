//! What is wrong, or odd, with labelled rows.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::{Error, ErrorKind};

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The table.
    pub file: PathBuf,
    /// One-based number of the record, the header not counted.
    pub record: u64,
}

/// The kinds of [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Problem {
    /// A record with more or fewer fields than the header.
    Ragged,
    /// A record without text.
    MissingText,
    /// A record without a label.
    MissingLabel,
    /// A label that the mapping or the model does not know, or two labels at once.
    UnknownLabel,
    /// A weight that is not a number of at least 0.
    BadWeight,
    /// Two labels that differ by capitals or punctuation only, or by a letter.
    NearlyEqualLabels,
    /// Lines in another encoding than the rest, or characters that could not be decoded.
    Encoding,
    /// The same text with different labels.
    Contradiction,
    /// The same text on both sides of a split.
    AcrossSplit,
    /// The same or nearly the same text in different groups.
    AcrossGroups,
    /// The same text more than once.
    Duplicate,
    /// Nearly the same text.
    NearDuplicate,
    /// A class with a handful of rows.
    RareClass,
    /// A row that is not one sentence.
    NotASentence,
    /// A row in another language.
    NotEnglish,
    /// Something besides the words tells the classes apart.
    Shortcut,
}

impl Problem {
    /// True if the row cannot be used, or the labels mean something else than they say.
    #[must_use]
    pub fn is_error(self) -> bool {
        matches!(
            self,
            Self::Ragged
                | Self::MissingText
                | Self::MissingLabel
                | Self::UnknownLabel
                | Self::BadWeight
        )
    }

    /// The heading under which findings of this kind are listed.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Ragged => "records of the wrong length",
            Self::MissingText => "records without text",
            Self::MissingLabel => "records without a label",
            Self::UnknownLabel => "unknown labels",
            Self::BadWeight => "unreadable weights",
            Self::NearlyEqualLabels => "label names that are nearly equal",
            Self::Encoding => "encodings",
            Self::Contradiction => "the same text with different labels",
            Self::AcrossSplit => "the same text on both sides of a split",
            Self::AcrossGroups => "the same text in different groups",
            Self::Duplicate => "duplicates",
            Self::NearDuplicate => "near-duplicates",
            Self::RareClass => "classes with a handful of rows",
            Self::NotASentence => "rows that are not one sentence",
            Self::NotEnglish => "rows that are not English",
            Self::Shortcut => "shortcuts",
        }
    }
}

/// One thing that is wrong or odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its kind.
    pub problem: Problem,
    /// The rows in question; empty if it is about the table as a whole.
    pub places: Vec<Place>,
    /// What is there.
    pub found: String,
    /// What should be there, or what to do.
    pub expected: String,
}

impl Finding {
    /// The finding as an error that names its first row.
    #[must_use]
    pub fn to_error(&self) -> Error {
        let place = self.places.first();
        ErrorKind::BadRecord {
            path: place.map_or_else(PathBuf::new, |p| p.file.clone()),
            record: place.map_or(0, |p| p.record),
            found: self.found.clone(),
            expected: self.expected.clone(),
        }
        .into()
    }
}

/// Only this many rows are written out; JSON has them all.
const SHOWN: usize = 8;

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = None;
        for (i, place) in self.places.iter().take(SHOWN).enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            if last == Some(&place.file) {
                write!(f, "{comma}{}", place.record)?;
            } else {
                write!(f, "{comma}{}:{}", place.file.display(), place.record)?;
            }
            last = Some(&place.file);
        }
        if self.places.len() > SHOWN {
            write!(f, " and {} more", self.places.len() - SHOWN)?;
        }
        let colon = if self.places.is_empty() { "" } else { ": " };
        write!(f, "{colon}{}", self.found)?;
        if self.expected.is_empty() {
            return Ok(());
        }
        let wanted = if self.problem.is_error() {
            "expected "
        } else {
            ""
        };
        write!(f, "; {wanted}{}", self.expected)
    }
}
