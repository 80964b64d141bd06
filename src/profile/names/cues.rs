//! What the words around a name show about it.

use super::kind::{NameKind, Votes};
use super::lists::{Cue, LISTS};
use super::phrase::Mention;
use super::words::{Sentence, Word};

/// A noun beside it, or a clause about it.
const STRONG: u32 = 3;
/// A preposition, or a verb that others than people may have too.
const WEAK: u32 = 2;

/// What stands around a mention.
struct Around<'a, 't> {
    before: Option<&'a Word<'t>>,
    behind: Option<&'a Word<'t>>,
    /// The name ends in a possessive.
    owns: bool,
    /// Text behind it up to the end of the sentence.
    rest: &'t str,
    /// Text before it.
    head: &'t str,
}

impl<'a, 't> Around<'a, 't> {
    fn of(mention: &Mention, sentence: &'a Sentence<'t>) -> Self {
        let last = mention.words.end - 1;
        let word = &sentence.words[last];
        Self {
            before: sentence.before(mention.words.start),
            behind: sentence.behind(last),
            owns: word.possessive,
            rest: &sentence.text[word.end..],
            head: &sentence.text[..sentence.words[mention.words.start].start],
        }
    }

    fn before_is(&self, cue: Cue) -> bool {
        let lower = self.before.filter(|word| !word.capital || !word.name);
        lower.is_some_and(|word| word.cues.has(cue))
    }

    fn behind_is(&self, cue: Cue) -> bool {
        let lower = self.behind.filter(|word| !word.capital);
        lower.is_some_and(|word| word.cues.has(cue))
    }

    /// `the city of`.
    fn after_place_noun(&self) -> bool {
        let mut words = self.head.split_whitespace().rev();
        let of = words.next() == Some("of");
        of && words
            .next()
            .is_some_and(|noun| LISTS.cues(&noun.to_lowercase()).has(Cue::BeforePlaces))
    }

    fn votes(&self) -> Votes {
        let mut votes = Votes::default();
        let mut vote = |here: bool, kind, weight| {
            if here {
                votes.add(Votes::of(kind, weight));
            }
        };
        let speaks = !self.owns && self.behind_is(Cue::Speaking);
        let owns_person = self.owns && self.behind_is(Cue::PossessedByPeople);
        let told = self.head.ends_with("ccording to ");
        vote(self.rest.starts_with(", who "), NameKind::Person, STRONG);
        vote(self.before_is(Cue::BeforePeople), NameKind::Person, STRONG);
        vote(owns_person, NameKind::Person, STRONG);
        vote(speaks || told, NameKind::Person, WEAK);
        vote(self.before_is(Cue::Speaking), NameKind::Person, WEAK - 1);
        vote(self.rest.starts_with(", where "), NameKind::Place, STRONG);
        vote(self.after_place_noun(), NameKind::Place, STRONG);
        vote(self.before_is(Cue::BeforePlaces), NameKind::Place, STRONG);
        vote(self.behind_is(Cue::AfterPlaces), NameKind::Place, STRONG);
        vote(self.before_is(Cue::PlacePreposition), NameKind::Place, WEAK);
        let body = Cue::BeforeOrganisations;
        vote(self.before_is(body), NameKind::Organisation, STRONG);
        let body = Cue::AfterOrganisations;
        vote(self.behind_is(body), NameKind::Organisation, STRONG);
        votes
    }

    /// `in French`, `speaks German`, `the English language`.
    fn is_language(&self) -> bool {
        let verb = self.before_is(Cue::LanguageVerb);
        let noun = self.behind.is_some_and(|word| {
            ["language", "speaking", "speaker", "speakers"].contains(&word.text)
        });
        let preposition = self
            .before
            .is_some_and(|word| ["in", "into", "In", "from"].contains(&word.text));
        let ends = self
            .behind
            .is_none_or(|word| ["and", "or", "but"].contains(&word.text));
        noun || ends && (verb || preposition)
    }
}

/// What the words around a mention show.
pub(super) fn votes_around(mention: &Mention, sentence: &Sentence<'_>) -> Votes {
    Around::of(mention, sentence).votes()
}

/// Does the word for a people mean their language here?
pub(super) fn is_language(mention: &Mention, sentence: &Sentence<'_>) -> bool {
    mention.listed.is_some_and(|listed| listed.demonym)
        && Around::of(mention, sentence).is_language()
}
