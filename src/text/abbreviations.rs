//! Abbreviations that end in a stop, and words that begin sentences.
//!
//! Written for this project. All lists are lower case and sorted; a test says so.

use super::word_table::WordTable;

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
    /// `etc.`, `Rd.`: ends a sentence before any capital.
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
    ABBREVIATIONS.get(lower)
}

/// Is `word` a listed abbreviation before a number that is written like a word (`art. 5`)?
pub(super) fn counts_in_lower_case(word: &str) -> bool {
    contains(ALSO_WORDS, word) && contains(NUMBERED, word)
}

/// Is `word` one that begins sentences more often than it follows an abbreviation?
pub(crate) fn begins_sentences(word: &str) -> bool {
    let mut buffer = [0; LONGEST];
    lower_case(word, &mut buffer).is_some_and(|lower| STARTER_TABLE.get(lower).is_some())
}

static STARTER_TABLE: WordTable<(), 1024> = WordTable::new(&[((), STARTERS)]);

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

static ABBREVIATIONS: WordTable<Abbreviation, 2048> = WordTable::new(&LISTS);

const LISTS: [(Abbreviation, &[&str]); 6] = [
    (Abbreviation::Title, TITLES),
    (Abbreviation::Inner, INNER),
    (Abbreviation::Numbered, NUMBERED),
    (Abbreviation::Either, EITHER),
    (Abbreviation::Clock, &["a.m", "p.m"]),
    (Abbreviation::Last, LAST),
];

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adj", "adm", "amb", "assoc", "asst", "atty", "benj", "bp", "brig", "capt", "cdr", "chas",
    "cllr", "cmdr", "col", "comdr", "cpl", "det", "dr", "drs", "edw", "ens", "fr", "gen", "geo",
    "gov", "govs", "hon", "insp", "jas", "jos", "lieut", "lt", "maj", "messrs", "mgr", "mlle",
    "mme", "monsig", "mr", "mrs", "ms", "msgr", "mt", "mx", "pfc", "pres", "prof", "profs", "pvt",
    "rep", "reps", "rev", "robt", "saml", "sen", "sens", "sgt", "spc", "sra", "srta", "ssgt",
    "supt", "thos", "wm",
];

#[rustfmt::skip]
const INNER: &[&str] = &[
    "acad", "approx", "arch", "assn", "assoc", "attn", "bibl", "bodl", "c", "ca", "cf", "cir",
    "e.g", "eg", "esp", "fl", "i.e", "ie", "incl", "int", "intl", "lat", "lit", "mem", "mus", "nat",
    "natl", "obs", "proc", "publ", "resp", "sc", "sci", "soc", "suppl", "transl", "v", "viz", "vs",
];

#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "app", "art", "arts", "bk", "cap", "ch", "chap", "cl", "col", "cols", "cor", "div", "eq", "eqn",
    "eqs", "ext", "ff", "fig", "figs", "fn", "fol", "fols", "lem", "ll", "mss", "n", "no", "nos",
    "nr", "p", "para", "paras", "pl", "pp", "prop", "props", "pt", "ref", "refs", "reg", "rte",
    "sec", "sect", "ser", "sess", "ss", "stat", "subd", "tab", "tel", "thm", "thms", "vol", "vols",
    "vv",
];

#[rustfmt::skip]
const EITHER: &[&str] = &[
    "al", "ala", "apr", "ariz", "ark", "aug", "b.a", "b.sc", "bldg", "bros", "cal", "calif", "co",
    "colo", "conn", "corp", "ctr", "d.phil", "dec", "del", "dept", "dist", "ed", "eds", "esq",
    "est", "feb", "fla", "fri", "ft", "ga", "ibid", "ill", "inc", "ind", "jan", "jr", "jul", "jun",
    "kan", "ky", "ltd", "m.sc", "mar", "mass", "md", "mich", "minn", "miss", "mo", "mon", "mont",
    "neb", "nev", "nov", "oct", "okla", "op", "ore", "pa", "ph.d", "plc", "pty", "sat", "sep",
    "sept", "sr", "st", "sun", "tenn", "tex", "thu", "thurs", "tr", "trans", "tue", "tues", "univ",
    "va", "vt", "w.va", "wash", "wed", "wis", "wyo",
];

#[rustfmt::skip]
const LAST: &[&str] = &[
    "ave", "blvd", "cres", "etc", "hwy", "ln", "pkwy", "rd", "sq",
];

/// Listed abbreviations that are also words: they count only with one capital at the front.
#[rustfmt::skip]
const ALSO_WORDS: &[&str] = &[
    "app", "arch", "ark", "art", "arts", "assoc", "cal", "cap", "cir", "col", "conn", "cor", "dec",
    "del", "det", "div", "ens", "est", "ext", "fr", "ga", "gen", "hon", "ill", "ind", "int", "jun",
    "kan", "lat", "lem", "lit", "ma", "mar", "mass", "md", "mem", "mich", "miss", "mo", "mon",
    "mont", "mus", "nat", "nev", "op", "ore", "pa", "prop", "props", "pt", "reg", "rep", "reps",
    "rev", "sat", "sc", "sci", "soc", "stat", "sun", "tab", "tel", "tex", "trans", "tue", "va",
    "wash", "wed",
];

#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "a", "about", "according", "after", "again", "all", "almost", "along", "also", "although",
    "always", "among", "an", "and", "another", "any", "anyone", "anything", "anyway", "are",
    "around", "as", "at", "away", "back", "because", "before", "being", "below", "besides", "better",
    "between", "beyond", "both", "but", "by", "can", "come", "consider", "could", "critics",
    "despite", "did", "do", "does", "during", "each", "earlier", "either", "else", "enough", "even",
    "ever", "every", "everybody", "everyone", "everything", "few", "finally", "first", "for",
    "fortunately", "from", "further", "get", "give", "go", "good", "great", "had", "has", "have",
    "having", "he", "hence", "her", "here", "his", "how", "however", "i", "if", "in",
    "indeed", "inside", "instead", "into", "is", "it", "its", "just", "last", "later", "let",
    "like", "likewise", "look", "make", "makes", "many", "maybe", "meanwhile", "more", "moreover",
    "most", "mr", "mrs", "ms", "much", "my", "myself", "near", "nearly", "neither", "never",
    "nevertheless", "next", "no", "nobody", "none", "nor", "not", "nothing", "now", "of",
    "officials", "often", "on", "once", "one", "only", "or", "others", "otherwise", "our", "ours",
    "ourselves", "over", "people", "perhaps", "please", "police", "put", "quite", "rather",
    "recently", "researchers", "same", "see", "seven", "several", "she", "should", "similarly",
    "since", "six", "so", "some", "somebody", "someone", "something", "sometimes", "soon", "still",
    "such", "take", "tell", "ten", "than", "thank", "thanks", "that", "the", "their",
    "them", "then", "there", "therefore", "therein", "these", "they", "think", "this", "those",
    "though", "three", "through", "throughout", "thus", "to", "today", "together", "tomorrow",
    "tonight", "too", "toward", "towards", "try", "turn", "two", "under", "unfortunately", "unless",
    "unlike", "until", "up", "upon", "use", "used", "using", "usually", "very", "voters",
    "wait", "was", "we", "well", "were", "what", "whatever", "when", "whenever", "where",
    "wherever", "whether", "which", "while", "who", "whoever", "whom", "whose", "why", "will",
    "with", "within", "without", "would", "yes", "yesterday", "yet", "you", "your", "yours",
];

#[rustfmt::skip]
const CLOCK_COMPANIONS: &[&str] = &[
    "april", "august", "bst", "cest", "cet", "cst", "december", "eastern", "edt", "est", "et",
    "february", "friday", "gmt", "january", "july", "june", "local", "march", "may", "monday",
    "november", "october", "pacific", "pdt", "pst", "pt", "saturday", "september", "sunday",
    "thursday", "till", "to", "tuesday", "until", "utc", "wednesday",
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
