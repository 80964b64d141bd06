//! Names that are known, and words that show what a name is of. All lists are in `lists/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::kind::NameKind;

/// The lists that come with the program.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

const COUNTRIES: &str = include_str!("lists/countries.txt");
const PLACES: &str = include_str!("lists/places.txt");
const ORGANISATIONS: &str = include_str!("lists/organisations.txt");
const OTHERS: &str = include_str!("lists/others.txt");
const GIVEN_NAMES: &str = include_str!("lists/given_names.txt");
const SURNAMES: &str = include_str!("lists/surnames.txt");
const CUES: &str = include_str!("lists/cues.txt");

/// A known name that is not a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub kind: NameKind,
    /// Its usual form.
    pub name: &'static str,
    /// What people and things of it are called: `Russian`, `Russians`.
    pub demonym: bool,
}

/// What a word shows about the name that it is part of or stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    Title,
    OrganisationHead,
    PlaceHead,
    PlaceHeadOrSurname,
    PlaceOpening,
    OtherHead,
    OtherOpening,
    Never,
    Direction,
    BeforePeople,
    BeforePlaces,
    BeforeOrganisations,
    AfterOrganisations,
    AfterPlaces,
    PlacePreposition,
    Speaking,
    PossessedByPeople,
    LanguageVerb,
}

/// The sections of `cues.txt`.
const SECTIONS: [(&str, Cue); 18] = [
    ("titles", Cue::Title),
    ("organisation_heads", Cue::OrganisationHead),
    ("place_heads", Cue::PlaceHead),
    ("place_heads_or_surnames", Cue::PlaceHeadOrSurname),
    ("place_openings", Cue::PlaceOpening),
    ("other_heads", Cue::OtherHead),
    ("other_openings", Cue::OtherOpening),
    ("never", Cue::Never),
    ("directions", Cue::Direction),
    ("before_people", Cue::BeforePeople),
    ("before_places", Cue::BeforePlaces),
    ("before_organisations", Cue::BeforeOrganisations),
    ("after_organisations", Cue::AfterOrganisations),
    ("after_places", Cue::AfterPlaces),
    ("place_prepositions", Cue::PlacePreposition),
    ("speaking", Cue::Speaking),
    ("possessed_by_people", Cue::PossessedByPeople),
    ("language_before", Cue::LanguageVerb),
];

/// All that a word shows: a bit for each [`Cue`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues(u32);

impl Cues {
    pub(super) fn has(self, cue: Cue) -> bool {
        self.0 & 1 << cue as u32 != 0
    }

    fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u32;
    }
}

/// Known names and words.
pub(super) struct Lists {
    names: HashMap<String, Listed>,
    /// The words that known names begin with, see [`Lists::opens_name`].
    openings: HashSet<String>,
    given: HashSet<&'static str>,
    surnames: HashSet<&'static str>,
    /// Of words in lower case.
    cues: HashMap<&'static str, Cues>,
}

impl Lists {
    fn read() -> Self {
        let words = |list: &'static str| lines(list).flat_map(str::split_whitespace).collect();
        let mut lists = Self {
            names: HashMap::new(),
            openings: HashSet::new(),
            given: words(GIVEN_NAMES),
            surnames: words(SURNAMES),
            cues: HashMap::new(),
        };
        lists.add_names(NameKind::Place, COUNTRIES);
        lists.add_names(NameKind::Place, PLACES);
        lists.add_names(NameKind::Organisation, ORGANISATIONS);
        lists.add_names(NameKind::Other, OTHERS);
        lists.add_cues();
        lists
    }

    /// Lines `usual name;other names;adjectives and members`.
    fn add_names(&mut self, kind: NameKind, list: &'static str) {
        for line in lines(list) {
            let mut fields = line.split(';');
            let name = fields.next().unwrap_or(line);
            let listed = |demonym| Listed {
                kind,
                name,
                demonym,
            };
            self.add(name, listed(false));
            let mut forms = || fields.next().into_iter().flat_map(|field| field.split(','));
            for other in forms() {
                self.add(other, listed(false));
            }
            for demonym in forms().filter(|form| !form.is_empty()) {
                self.add(demonym, listed(true));
                self.add(&format!("{demonym}s"), listed(true));
            }
        }
    }

    /// The first list that has a name decides; acronyms may be written like words (`Nato`).
    fn add(&mut self, form: &str, listed: Listed) {
        if form.is_empty() {
            return;
        }
        let normal = normal(form);
        self.add_openings(&normal);
        self.names.entry(normal).or_insert(listed);
        let acronym = form.len() > 3 && form.bytes().all(|b| b.is_ascii_uppercase());
        if acronym {
            let word = form[..1].to_owned() + &form[1..].to_ascii_lowercase();
            self.add_openings(&word);
            self.names.entry(word).or_insert(listed);
        }
    }

    /// What the first word of a text may be that is read as this name: without a possessive ending and the
    /// article; the first letter, if stops may stand in it (`U.S.`); in capitals too.
    fn add_openings(&mut self, normal: &str) {
        let name = normal.strip_prefix("the ").unwrap_or(normal);
        let first = name.split([' ', '&', '/']).next().unwrap_or(name);
        let word = first.strip_suffix("'s").unwrap_or(first);
        self.openings.insert(word.to_owned());
        self.openings.insert(word.to_uppercase());
        self.openings.extend(word.chars().next().map(String::from));
    }

    fn add_cues(&mut self) {
        let mut cue = None;
        for line in lines(CUES) {
            if let Some(section) = line.strip_prefix('[') {
                let section = section.trim_end_matches(']');
                cue = SECTIONS.iter().find(|(name, _)| *name == section);
            } else if let Some((_, cue)) = cue {
                for word in line.split_whitespace() {
                    self.cues.entry(word).or_default().add(*cue);
                }
            }
        }
    }

    /// The known name that is written like this; see [`normal`].
    pub(super) fn name(&self, normal: &str) -> Option<Listed> {
        self.names.get(normal).copied()
    }

    pub(super) fn is_given_name(&self, word: &str) -> bool {
        self.given.contains(word)
    }

    pub(super) fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// May a known name begin with this word? False only if none does.
    pub(super) fn opens_name(&self, word: &str) -> bool {
        self.openings.contains(word) || word.contains('’')
    }

    /// What a word shows, given in lower case.
    pub(super) fn cues(&self, lower: &str) -> Cues {
        self.cues.get(lower).copied().unwrap_or_default()
    }
}

/// Without notes and empty lines.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The form under which a name is looked up: hyphens are spaces, stops are left out, apostrophes
/// are straight.
pub(super) fn normal(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '.' => {}
            '’' => normal.push('\''),
            _ if matches!(c, '-' | '‑') || c.is_whitespace() => {
                if !normal.is_empty() && !normal.ends_with(' ') {
                    normal.push(' ');
                }
            }
            _ => normal.push(c),
        }
    }
    normal.truncate(normal.trim_end().len());
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TokenKind, tokens};

    #[test]
    fn countries_are_known_by_all_their_names() {
        for form in ["US", "U.S.", "America", "Americans", "American"] {
            let listed = LISTS.name(&normal(form)).expect(form);
            assert_eq!(
                (listed.kind, listed.name),
                (NameKind::Place, "United States")
            );
            assert_eq!(listed.demonym, form.starts_with("American"), "{form}");
        }
        assert_eq!(LISTS.name("Nato").map(|l| l.name), Some("NATO"));
        assert!(LISTS.name(&normal("Al-Qaeda")).is_some() && LISTS.name("").is_none());
    }

    #[test]
    fn countries_have_names_and_demonyms() {
        assert!(lines(COUNTRIES).filter(|line| line.contains(';')).count() > 200);
        for line in lines(COUNTRIES) {
            assert_eq!(line.matches(';').count(), 2, "{line}");
        }
    }

    #[test]
    fn every_section_of_cues_has_words() {
        let sections = lines(CUES).filter(|line| line.starts_with('['));
        assert_eq!(sections.count(), SECTIONS.len());
        for (name, cue) in SECTIONS {
            let words = LISTS.cues.values();
            assert!(words.filter(|cues| cues.has(cue)).count() > 2, "{name}");
        }
        let title = LISTS.cues("mr");
        assert!(title.has(Cue::Title) && !title.has(Cue::PlaceHead));
    }

    #[test]
    fn no_known_name_begins_with_a_word_that_opens_none() {
        for name in LISTS.names.keys() {
            let name = name.strip_prefix("the ").unwrap_or(name);
            for form in [name.to_owned(), name.replace(' ', "-"), name.to_uppercase()] {
                let first = tokens(&form).find(|token| token.kind == TokenKind::Word);
                let first = first.expect("a name has a word").text;
                let first = first.strip_suffix("'s").unwrap_or(first);
                let first = first.strip_suffix("'S").unwrap_or(first);
                assert!(LISTS.opens_name(first), "{first} of {form}");
            }
        }
    }
}
