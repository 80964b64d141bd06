//! Verbs that report speech, and nouns for people and bodies that speak.
//!
//! Written for this project. All lists are lower case and sorted; a test says so.

use super::word_table::WordTable;

/// How a verb can report what somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reporting {
    /// `said`: a clause may follow without `that`.
    Plain,
    /// `argued that`: also stands after a comma, `…, Hale argued`.
    That,
    /// `shouted`: only beside a quotation.
    Quoting,
    /// `, saying that`, `as saying that`: never the verb of a frame itself.
    Saying,
    /// `is convinced that`, `made it clear that`: never the verb of a frame itself.
    Holding,
    /// `called the plan a farce`: gives somebody's judgement of something.
    Judging,
}

/// How `word` reports speech, if it does.
pub(super) fn reporting_verb(word: &str) -> Option<Reporting> {
    VERBS.get(word)
}

static VERBS: WordTable<Reporting, 2048> = WordTable::new(&[
    (Reporting::Plain, PLAIN),
    (Reporting::That, THAT),
    (Reporting::Judging, JUDGING),
    (Reporting::Quoting, QUOTING),
    (Reporting::Saying, SAYING),
    (Reporting::Holding, HOLDING),
]);

/// Bytes of the shortest reporting verb.
const SHORTEST_VERB: usize = 3;

/// What a first look at a sentence shows. Most sentences have neither cue and need no second look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues {
    /// A reporting verb.
    pub(super) verb: bool,
    /// `according`.
    pub(super) according: bool,
    /// A colon.
    pub(super) colon: bool,
    /// `, as`.
    pub(super) aside: bool,
    /// `is that`, `was that`.
    pub(super) noun_clause: bool,
}

/// The cues of `sentence`, in one pass over its bytes.
pub(super) fn cues_in(sentence: &str) -> Cues {
    let bytes = sentence.as_bytes();
    let mut cues = Cues {
        according: sentence.starts_with("According"),
        ..Cues::default()
    };
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_lowercase() {
            at += 1;
        }
        let inside = start > 0 && bytes[start - 1].is_ascii_alphabetic();
        if at - start >= SHORTEST_VERB && !inside {
            let word = &sentence[start..at];
            cues.verb |= !cues.verb && reporting_verb(word).is_some();
            cues.according |= word == "according";
            let before = &bytes[..start];
            cues.noun_clause |=
                word == "that" && (before.ends_with(b" is ") || before.ends_with(b" was "));
        }
        if at < bytes.len() {
            cues.colon |= bytes[at] == b':';
            cues.aside |= bytes[at] == b',' && bytes[at + 1..].starts_with(b" as ");
            at += 1;
        }
    }
    cues
}

/// Does `word` name people, offices or papers that say things?
pub(super) fn is_speaker_noun(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let people = word.strip_suffix("men").is_some_and(has_man);
    people
        || NOUNS.binary_search(&word).is_ok()
        || NOUNS.binary_search(&singular).is_ok()
        || is_trade(singular)
}

/// `geologist`, `librarian`, `beekeeper`, `woodsman`: people by the end of the word.
fn is_trade(word: &str) -> bool {
    let ends = [
        "ologist", "keeper", "maker", "worker", "monger", "iatrist", "ianist", "smith",
    ];
    let person = ["ist", "ian", "eer", "crat"];
    word.len() > 6
        && (ends.iter().any(|end| word.ends_with(end))
            || person.iter().any(|end| word.ends_with(end)))
}

/// `spokes`, `chair`: the noun is in the list with `man`.
fn has_man(stem: &str) -> bool {
    matches!(
        stem,
        "spokes" | "chair" | "congress" | "business" | "crafts" | "fisher" | "wo" | ""
    )
}

/// Is `word` one that may stand between a speaker and the verb (`has long argued`)?
pub(super) fn is_frame_adverb(word: &str) -> bool {
    FRAME_ADVERBS.binary_search(&word).is_ok() || (word.len() > 4 && word.ends_with("ly"))
}

/// Is `word` one that may follow the verb where the frame goes on (`said on Monday`)?
pub(super) fn is_frame_tail(word: &str) -> bool {
    FRAME_TAILS.binary_search(&word).is_ok()
}

/// Is `word` a verb form that a clause needs (`was`, `would`)?
pub(super) fn is_finite(word: &str) -> bool {
    FINITE.binary_search(&word).is_ok() || (word.len() > 4 && word.ends_with("ed"))
}

#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "believe", "believed", "believes", "said", "say", "says", "tell", "tells", "think", "thinks",
    "thought", "told",
];

#[rustfmt::skip]
const THAT: &[&str] = &[
    "acknowledged", "added", "adds", "admits", "admitted", "affirmed", "affirms", "agreed",
    "agrees", "allege", "alleged", "alleges", "announce", "announced", "announces", "argue",
    "argued", "argues", "assert", "asserted", "asserts", "assured", "assures", "cautioned",
    "cautions", "claim", "claimed", "claims", "commented", "complain", "complained", "complains",
    "concede", "conceded", "concedes", "conclude", "concluded", "concludes", "confirmed",
    "confirms", "contend", "contended", "contends", "countered", "counters", "declare", "declared",
    "declares", "demand", "demanded", "demands", "denied", "denies", "deny", "doubt", "doubted",
    "doubts", "emphasised", "emphasises", "emphasized", "emphasizes", "estimate", "estimated",
    "estimates", "explained", "explains", "fear", "feared", "fears", "guessed", "held", "holds",
    "hoped", "hopes", "informed", "insist", "insisted", "insists", "maintain", "maintained",
    "maintains", "note", "noted", "notes", "objected", "objects", "observe", "observed", "observes",
    "pleaded", "pleads", "pledged", "pledges", "pointed", "points", "posits", "posted", "posts",
    "predict", "predicted", "predicts", "promised", "promises", "protested", "protests", "recalled",
    "recalls", "reckoned", "reckons", "reiterated", "remarked", "remarks", "replied", "replies",
    "reported", "responded", "responds", "ruled", "speculated", "speculates", "stated", "states",
    "stressed", "stresses", "suggest", "suggested", "suggests", "suspect", "suspected", "suspects",
    "swears", "swore", "testified", "testifies", "theorised", "theorized", "threatened",
    "threatens", "tweeted", "tweets", "vowed", "vows", "warn", "warned", "warns", "write", "writes",
    "wrote",
];

#[rustfmt::skip]
const QUOTING: &[&str] = &[
    "answered", "answers", "asked", "asks", "barked", "began", "bellowed", "bragged", "cackled",
    "chuckled", "continued", "corrected", "cried", "croaked", "enthused", "exclaimed", "fumed",
    "giggled", "grinned", "groaned", "growled", "grumbled", "grunted", "gushed", "hissed", "howled",
    "inquired", "interrupted", "joked", "lamented", "laughed", "moaned", "mumbled", "murmured",
    "mused", "muttered", "nodded", "offered", "quipped", "raged", "retorted", "roared", "scoffed",
    "screamed", "shouted", "shouts", "shrugged", "sighed", "smiled", "snapped", "snarled",
    "sneered", "snorted", "sobbed", "stammered", "thundered", "urged", "ventured", "wailed",
    "whined", "whispered", "wondered", "yelled",
];

#[rustfmt::skip]
const JUDGING: &[&str] = &[
    "accused", "accuses", "blamed", "blames", "branded", "brands", "called", "calls", "condemned",
    "condemns", "denounced", "denounces", "depicted", "depicts", "described", "describes",
    "dismissed", "dismisses", "dubbed", "labelled", "labels", "portrayed", "portrays", "regarded",
    "regards", "sees", "views",
];

#[rustfmt::skip]
const SAYING: &[&str] = &[
    "adding", "alleging", "arguing", "asserting", "claiming", "complaining", "declaring",
    "insisting", "noting", "protesting", "saying", "stating", "warning",
];

#[rustfmt::skip]
const HOLDING: &[&str] = &[
    "adamant", "certain", "clear", "confident", "convinced", "known", "opinion", "sure", "view",
];

#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "academic", "academy", "activist", "actor", "administration", "admiral", "adviser", "advisor",
    "agency", "aide", "ally", "ambassador", "analyst", "applicant", "archaeologist", "archbishop",
    "artist", "association", "astronomer", "attorney", "auditor", "aunt", "author", "authoritie",
    "authority", "backer", "baker", "bank", "banker", "barrister", "biologist", "bishop", "board",
    "bookseller", "boss", "boy", "broker", "brother", "builder", "bureau", "businessman", "cabinet",
    "campaigner", "candidate", "captain", "carer", "caretaker", "chair", "chairman", "chairwoman",
    "chancellor", "charity", "chemist", "chief", "citizen", "claimant", "clerk", "climatologist",
    "club", "coach", "coalition", "colleague", "collector", "colonel", "columnist", "commander",
    "commentator", "commission", "commissioner", "committee", "company", "confederation",
    "congressman", "congresswoman", "conservationist", "constable", "consultant", "contractor",
    "coroner", "council", "councillor", "counterpart", "court", "cousin", "creditor", "critic",
    "customer", "dad", "daughter", "dealer", "defence", "defendant", "defender", "delegate",
    "delegation", "demonstrator", "dentist", "department", "deputy", "designer", "detainee",
    "detective", "developer", "diplomat", "director", "dissident", "doctor", "driver", "ecologist",
    "economist", "editor", "embassy", "employee", "employer", "engineer", "envoy", "executive",
    "expert", "eyewitness", "familie", "family", "farmer", "father", "federation", "fireman",
    "firm", "fisherman", "founder", "friend", "general", "geologist", "girl", "government",
    "governor", "grandfather", "grandmother", "grandson", "group", "guard", "guest", "guide",
    "head", "headteacher", "herder", "historian", "hospital", "host", "husband", "inquiry",
    "inspector", "institute", "insurer", "investigator", "investor", "journalist", "judge", "jury",
    "labourer", "lady", "landlord", "landowner", "laureate", "lawmaker", "lawyer", "leader",
    "legislator", "letter", "librarian", "lobbyist", "lord", "magazine", "magistrate", "man",
    "manager", "manufacturer", "mayor", "mechanic", "member", "men", "merchant", "midwife",
    "migrant", "miner", "minister", "ministry", "monk", "mother", "mum", "musician", "negotiator",
    "neighbor", "neighbour", "nephew", "newspaper", "niece", "novelist", "nurse", "observer",
    "officer", "official", "operator", "opponent", "opposition", "organiser", "organizer", "owner",
    "paper", "paramedic", "parent", "parliament", "parliamentarian", "partner", "party",
    "passenger", "pastor", "patient", "peasant", "peer", "people", "pharmacist", "philosopher",
    "photographer", "physicist", "pilot", "pirate", "plaintiff", "player", "plumber", "poet",
    "police", "policeman", "politician", "pollster", "porter", "premier", "president", "priest",
    "principal", "prisoner", "producer", "professor", "programmer", "prosecution", "prosecutor",
    "protester", "psychiatrist", "psychologist", "publisher", "pupil", "rapporteur", "rebel",
    "rector", "referee", "refugee", "regulator", "relative", "report", "reporter", "representative",
    "researcher", "resident", "respondent", "retailer", "reviewer", "rival", "ruler", "sailor",
    "scholar", "school", "scientist", "secretary", "senator", "sergeant", "servant", "shareholder",
    "shepherd", "shopkeeper", "singer", "sister", "skipper", "sociologist", "soldier", "solicitor",
    "son", "source", "speaker", "spokesman", "spokesperson", "spokeswoman", "staff", "stakeholder",
    "statement", "statistician", "stepfather", "stepmother", "strategist", "student", "supporter",
    "surgeon", "surveyor", "survivor", "taxpayer", "teacher", "tenant", "theologian", "theorist",
    "therapist", "tourist", "trader", "trainer", "translator", "treasurer", "treasury", "tribunal",
    "trust", "tutor", "uncle", "union", "university", "user", "veteran", "viewer", "villager",
    "visitor", "volunteer", "voter", "waiter", "warden", "watchdog", "widow", "wife", "witness",
    "witnesse", "woman", "women", "worker", "writer", "youth", "zoologist",
];

#[rustfmt::skip]
const FRAME_ADVERBS: &[&str] = &[
    "again", "also", "even", "had", "has", "have", "herself", "himself", "later", "long", "now",
    "often", "once", "then", "too",
];

#[rustfmt::skip]
const FRAME_TAILS: &[&str] = &[
    "a", "about", "after", "ahead", "as", "at", "before", "during", "earlier", "following",
    "friday", "from", "in", "journalists", "last", "later", "me", "monday", "of", "on", "outside",
    "reporters", "saturday", "sunday", "the", "this", "through", "thursday", "to", "today",
    "tuesday", "us", "wednesday", "when", "while", "with", "yesterday",
];

#[rustfmt::skip]
const FINITE: &[&str] = &[
    "are", "became", "become", "becomes", "began", "begin", "begins", "brings", "broke", "brought",
    "came", "can", "cannot", "come", "comes", "could", "did", "do", "does", "feels", "fell", "gave",
    "gets", "gives", "goes", "got", "grew", "had", "has", "have", "held", "is", "keeps", "kept",
    "knew", "knows", "led", "left", "lost", "made", "makes", "may", "means", "meant", "met",
    "might", "must", "needs", "paid", "put", "ran", "remain", "remains", "rose", "saw", "seem",
    "seems", "shall", "should", "sold", "spent", "stood", "takes", "took", "wants", "was", "went",
    "were", "will", "won", "would",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [
            PLAIN,
            THAT,
            QUOTING,
            JUDGING,
            SAYING,
            HOLDING,
            NOUNS,
            FRAME_ADVERBS,
            FRAME_TAILS,
            FINITE,
        ] {
            let out_of_order = list.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(out_of_order, None);
        }
        assert!(PLAIN.len() + THAT.len() + QUOTING.len() >= 60);
    }

    #[test]
    fn plurals_of_speaker_nouns_count() {
        assert!(is_speaker_noun("spokesmen") && is_speaker_noun("critics"));
        assert!(is_speaker_noun("witnesses") && !is_speaker_noun("prices"));
    }
}
