//! Abbreviations that end in a stop, and words that begin sentences.
//!
//! Written for this project. All lists are lower case and sorted; a test says so.

/// What a stop after an abbreviation can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name: `Mr.`, `Gen.`. Never ends a sentence inside a text.
    Title,
    /// Stands inside a clause: `e.g.`, `vs.`. Never ends a sentence inside a text.
    Inner,
    /// Stands before a number: `No.`, `Fig.`. Ends a sentence only before a plain word.
    Numbered,
    /// May end a sentence: `Inc.`, `U.S.`, `Jan.`. Ends it before a word that begins sentences.
    Either,
    /// `a.m.` and `p.m.`: end a sentence before a capital that is no day, month or time zone.
    Clock,
    /// `etc.`: ends a sentence before any capital.
    Last,
}

/// The kind of the abbreviation `word` (without its last stop), if it is one.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > LONGEST_ABBREVIATION {
        return None;
    }
    let mut buffer = [0; LONGEST];
    let lower = lower_case(word, &mut buffer)?;
    let initial = word.len() == 1 && word != lower;
    let ambiguous = contains(ALSO_WORDS, lower);
    if initial || (ambiguous && !is_title_case(word)) {
        return None;
    }
    LISTS
        .iter()
        .find(|(_, list)| contains(list, lower))
        .map(|&(kind, _)| kind)
}

/// Is `word` one that begins sentences more often than it follows an abbreviation?
pub(super) fn begins_sentences(word: &str) -> bool {
    listed(STARTERS, word)
}

/// Is `word` a day, month or time zone, as they follow `a.m.` and `p.m.`?
pub(super) fn follows_clock(word: &str) -> bool {
    listed(CLOCK_COMPANIONS, word)
}

/// Is `word` the last label of an internet domain?
pub(super) fn is_domain_ending(word: &str) -> bool {
    listed(DOMAIN_ENDINGS, word)
}

/// Is `word` a name that is written with an exclamation mark?
pub(super) fn is_shouted_name(word: &str) -> bool {
    listed(SHOUTED_NAMES, word)
}

/// Is `word` a past tense or present of speaking, as it follows a quotation's end?
pub(super) fn closes_speech(word: &str) -> bool {
    listed(SPEECH_TAGS, word)
}

/// Is `word` one that may follow a speech tag in the same sentence (`said on Monday`)?
pub(super) fn follows_speech_tag(word: &str) -> bool {
    listed(TAG_COMPANIONS, word)
}

/// Bytes of the longest abbreviation without its stop.
const LONGEST_ABBREVIATION: usize = 6;
/// Bytes of the longest word in the lists, with room to spare.
const LONGEST: usize = 16;

fn listed(list: &[&str], word: &str) -> bool {
    let mut buffer = [0; LONGEST];
    lower_case(word, &mut buffer).is_some_and(|lower| contains(list, lower))
}

fn contains(list: &[&str], lower: &str) -> bool {
    list.binary_search(&lower).is_ok()
}

/// `word` in ASCII lower case, or `None` if it is longer than every listed word.
fn lower_case<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let target = buffer.get_mut(..word.len())?;
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}

/// One capital, then lower case.
fn is_title_case(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_uppercase()) && bytes.all(|b| b.is_ascii_lowercase())
}

const LISTS: [(Abbreviation, &[&str]); 6] = [
    (Abbreviation::Title, TITLES),
    (Abbreviation::Inner, INNER),
    (Abbreviation::Numbered, NUMBERED),
    (Abbreviation::Either, EITHER),
    (Abbreviation::Clock, &["a.m", "p.m"]),
    (Abbreviation::Last, &["etc"]),
];

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "amb", "assoc", "asst", "brig", "capt", "cmdr", "col", "cpl", "det", "dr", "drs", "fr",
    "gen", "gov", "govs", "hon", "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms",
    "msgr", "mt", "pres", "prof", "profs", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt",
    "supt",
];

#[rustfmt::skip]
const INNER: &[&str] = &[
    "approx", "c", "ca", "cf", "e.g", "eg", "esp", "i.e", "ie", "incl", "v", "viz", "vs",
];

#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "app", "art", "arts", "ch", "chap", "eq", "eqn", "eqs", "fig", "figs", "n", "no", "nos", "p",
    "para", "paras", "pp", "pt", "ref", "refs", "sec", "sect", "tab", "vol", "vols",
];

#[rustfmt::skip]
const EITHER: &[&str] = &[
    "al", "apr", "aug", "ave", "b.a", "b.sc", "bros", "calif", "co", "colo", "conn", "corp",
    "d.phil", "dec", "dept", "dist", "ed", "eds", "esq", "est", "feb", "fla", "fri", "ft", "ga",
    "hwy", "ibid", "ill", "inc", "ind", "jan", "jr", "jul", "jun", "ltd", "m.sc", "mar", "mass",
    "md", "mich", "minn", "miss", "mo", "mon", "nov", "oct", "op", "pa", "ph.d", "plc", "pty",
    "rd", "sat", "sep", "sept", "sq", "sr", "st", "sun", "tenn", "thu", "thurs", "tr", "trans",
    "tue", "tues", "univ", "va", "wash", "wed", "wis",
];

/// Listed abbreviations that are also words: they count only with one capital at the front.
#[rustfmt::skip]
const ALSO_WORDS: &[&str] = &[
    "app", "art", "arts", "col", "conn", "dec", "det", "est", "fr", "ga", "gen", "hon", "ill",
    "ind", "jun", "ma", "mar", "mass", "md", "mich", "miss", "mo", "mon", "op", "pa", "pt", "rep",
    "reps", "rev", "sat", "sun", "tab", "trans", "tue", "va", "wash", "wed",
];

#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a", "according", "after", "again", "all", "also", "although", "among", "an", "and",
    "another", "any", "are", "as", "at", "because", "before", "both", "but", "by", "can", "could",
    "critics", "despite", "did", "do", "does", "during", "each", "earlier", "even", "every",
    "few", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "however", "i",
    "if", "in", "instead", "is", "it", "its", "just", "last", "later", "let", "many", "meanwhile",
    "moreover", "most", "mr", "mrs", "ms", "much", "my", "neither", "never", "nevertheless", "no",
    "nobody", "none", "nor", "not", "nothing", "now", "of", "officials", "on", "once", "one",
    "only", "or", "our", "over", "perhaps", "police", "researchers", "several", "she", "should",
    "similarly", "since", "so", "some", "still", "such", "than", "that", "the", "their", "then",
    "there", "therefore", "these", "they", "this", "those", "though", "thus", "to", "today",
    "two", "under", "unless", "until", "voters", "was", "we", "were", "what", "when", "where",
    "whether", "which", "while", "who", "why", "will", "with", "without", "would", "yes", "yet",
    "you", "your",
];

#[rustfmt::skip]
const CLOCK_COMPANIONS: &[&str] = &[
    "april", "august", "bst", "cest", "cet", "cst", "december", "eastern", "edt", "est", "et",
    "february", "friday", "gmt", "january", "july", "june", "local", "march", "may", "monday",
    "november", "october", "pacific", "pdt", "pst", "pt", "saturday", "september", "sunday",
    "thursday", "tuesday", "utc", "wednesday",
];

#[rustfmt::skip]
const DOMAIN_ENDINGS: &[&str] = &[
    "ai", "app", "com", "de", "dev", "edu", "eu", "exe", "fr", "gov", "in", "info", "io", "js",
    "md", "net", "org", "pdf", "php", "py", "ru", "tv", "txt", "uk",
];

#[rustfmt::skip]
const SHOUTED_NAMES: &[&str] = &[
    "jeopardy", "oklahoma", "yahoo", "yum",
];

#[rustfmt::skip]
const SPEECH_TAGS: &[&str] = &[
    "added", "adds", "answered", "argued", "asked", "asks", "called", "cried", "cries",
    "demanded", "exclaimed", "explained", "insisted", "muttered", "replied", "replies", "roared",
    "said", "says", "screamed", "shouted", "shouts", "snapped", "thought", "told", "tweeted",
    "warned", "whispered", "wondered", "wonders", "wrote", "yelled",
];

#[rustfmt::skip]
const TAG_COMPANIONS: &[&str] = &[
    "after", "again", "as", "at", "before", "by", "during", "from", "in", "last", "me", "on",
    "reporters", "through", "to", "when", "while", "with", "yesterday",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_fit_the_buffer() {
        let words = [
            ALSO_WORDS,
            STARTERS,
            CLOCK_COMPANIONS,
            DOMAIN_ENDINGS,
            SHOUTED_NAMES,
        ];
        let tags = [SPEECH_TAGS, TAG_COMPANIONS];
        for list in words
            .iter()
            .chain(&tags)
            .chain(LISTS.iter().map(|(_, list)| list))
        {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            assert!(list.iter().all(|word| word.len() <= LONGEST), "{list:?}");
        }
    }

    #[test]
    fn words_that_are_also_abbreviations_need_their_capital() {
        let longest = LISTS
            .iter()
            .flat_map(|(_, list)| *list)
            .map(|word| word.len())
            .max();
        assert_eq!(longest, Some(LONGEST_ABBREVIATION));
        assert_eq!(abbreviation("Sat"), Some(Abbreviation::Either));
        assert_eq!(abbreviation("sat"), None);
        assert_eq!(abbreviation("SAT"), None);
        assert_eq!(abbreviation("MR"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("a.m"), Some(Abbreviation::Clock));
        assert_eq!(abbreviation("incomprehensibilities"), None);
    }
}
