//! What a name is of, and how much speaks for it.

use serde::{Deserialize, Serialize};

/// What a name is of. For display only: no score depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// Somebody.
    Person,
    /// A country, region, city, river; also what its people are called (`Russian`).
    Place,
    /// A body that acts: a state's, a party, a company, a movement, a newspaper.
    Organisation,
    /// Anything else, such as an event, a law, a faith, a people without a state.
    Other,
}

impl NameKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Person, Self::Place, Self::Organisation, Self::Other];

    /// Its heading over several names.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Place => "Places",
            Self::Organisation => "Organisations",
            Self::Other => "Other names",
        }
    }
}

/// How much speaks for each kind, summed over the places where a name stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Votes([u32; 4]);

impl Votes {
    pub(super) fn of(kind: NameKind, weight: u32) -> Self {
        let mut votes = Self::default();
        votes.0[kind as usize] = weight;
        votes
    }

    pub(super) fn add(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(theirs);
        }
    }

    /// How much speaks for `kind`.
    pub(super) fn weight(&self, kind: NameKind) -> u32 {
        self.0[kind as usize]
    }

    /// The kind that most speaks for, the first of equals; other, if nothing speaks for any.
    pub(super) fn kind(&self) -> NameKind {
        let mut best = NameKind::Other;
        for kind in NameKind::ALL.into_iter().rev() {
            if self.weight(kind) > 0 && self.weight(kind) >= self.weight(best) {
                best = kind;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_the_heaviest() {
        let mut votes = Votes::default();
        assert_eq!(votes.kind(), NameKind::Other);
        votes.add(Votes::of(NameKind::Place, 2));
        votes.add(Votes::of(NameKind::Organisation, 2));
        assert_eq!(votes.kind(), NameKind::Place);
        votes.add(Votes::of(NameKind::Other, 3));
        assert_eq!(votes.kind(), NameKind::Other);
    }
}
