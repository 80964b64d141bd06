//! Verbs that report speech, and nouns for people and bodies that speak.
//!
//! Written for this project. All lists are lower case and sorted; a test says so.

/// How a verb can report what somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reporting {
    /// `said`: a clause may follow without `that`.
    Plain,
    /// `argued that`: also stands after a comma, `…, Hale argued`.
    That,
    /// `shouted`: only beside a quotation.
    Quoting,
}

/// How `word` reports speech, if it does.
pub(super) fn reporting_verb(word: &str) -> Option<Reporting> {
    if !has_shape_of_verb(word) {
        return None;
    }
    let has = |list: &[&str]| list.binary_search(&word).is_ok();
    if has(PLAIN) {
        Some(Reporting::Plain)
    } else if has(THAT) {
        Some(Reporting::That)
    } else {
        has(QUOTING).then_some(Reporting::Quoting)
    }
}

/// Does a reporting verb begin with the same letter and have the same length? Most words stop here.
fn has_shape_of_verb(word: &str) -> bool {
    let first = word
        .as_bytes()
        .first()
        .map_or(26, |b| usize::from(b.wrapping_sub(b'a')));
    word.len() < 16
        && VERB_SHAPES
            .get(first)
            .is_some_and(|lengths| lengths >> word.len() & 1 == 1)
}

/// For each first letter, the lengths of reporting verbs as bits.
const VERB_SHAPES: [u16; 26] = verb_shapes([PLAIN, THAT, QUOTING]);

const fn verb_shapes(lists: [&[&str]; 3]) -> [u16; 26] {
    let mut shapes = [0; 26];
    let mut list = 0;
    while list < lists.len() {
        let mut word = 0;
        while word < lists[list].len() {
            let bytes = lists[list][word].as_bytes();
            shapes[(bytes[0] - b'a') as usize] |= 1 << bytes.len();
            word += 1;
        }
        list += 1;
    }
    shapes
}

/// Is there a reporting verb, or `according to`, anywhere in `sentence`?
pub(super) fn may_report(sentence: &str) -> bool {
    sentence.split([' ', '\n']).any(|word| {
        let word = word
            .trim_ascii_end()
            .trim_end_matches([',', '.', ':', ';', '”', '"']);
        reporting_verb(word).is_some() || word.eq_ignore_ascii_case("according")
    })
}

/// Does `word` name people, offices or papers that say things?
pub(super) fn is_speaker_noun(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let people = word.strip_suffix("men").is_some_and(has_man);
    NOUNS.binary_search(&word).is_ok() || NOUNS.binary_search(&singular).is_ok() || people
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
    "said", "say", "says", "tell", "tells", "told",
];

#[rustfmt::skip]
const THAT: &[&str] = &[
    "acknowledged", "added", "adds", "admits", "admitted", "alleged", "alleges", "announced",
    "announces", "argue", "argued", "argues", "asserted", "asserts", "assured", "cautioned",
    "claim", "claimed", "claims", "commented", "complained", "complains", "conceded", "concedes",
    "confirmed", "contended", "contends", "declared", "declares", "denied", "denies",
    "emphasised", "emphasized", "estimated", "estimates", "explained", "explains", "insist",
    "insisted", "insists", "maintained", "maintains", "noted", "objected", "predicted",
    "predicts", "promised", "promises", "reiterated", "remarked", "reported", "stated", "states",
    "stressed", "suggested", "testified", "tweeted", "vowed", "warn", "warned", "warns", "writes",
    "wrote",
];

#[rustfmt::skip]
const QUOTING: &[&str] = &[
    "answered", "answers", "asked", "asks", "bellowed", "cried", "demanded", "exclaimed",
    "interrupted", "joked", "muttered", "quipped", "recalled", "replied", "replies", "responded",
    "retorted", "roared", "screamed", "shouted", "shouts", "snapped", "urged", "whispered",
    "wondered", "yelled",
];

#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "academic", "activist", "adviser", "advisor", "agency", "aide", "ambassador", "analyst",
    "archbishop", "association", "attorney", "author", "authoritie", "authority", "bank",
    "banker", "barrister", "bishop", "board", "boss", "builder", "campaigner", "candidate",
    "chair", "chairman", "chairwoman", "chancellor", "charity", "chief", "club", "colonel",
    "commander", "commission", "commissioner", "committee", "company", "confederation",
    "congressman", "congresswoman", "coroner", "council", "councillor", "counterpart", "court",
    "critic", "defendant", "delegate", "delegation", "demonstrator", "department", "deputy",
    "detective", "developer", "diplomat", "director", "doctor", "driver", "economist", "editor",
    "embassy", "engineer", "envoy", "executive", "expert", "farmer", "father", "federation",
    "fireman", "firm", "fisherman", "founder", "general", "government", "governor", "group",
    "guard", "head", "headteacher", "herder", "historian", "inspector", "institute",
    "investigator", "journalist", "judge", "jury", "landlord", "lawmaker", "lawyer", "leader",
    "legislator", "letter", "man", "manager", "manufacturer", "mayor", "member", "men", "migrant",
    "miner", "minister", "ministry", "mother", "neighbor", "neighbour", "newspaper", "nurse",
    "observer", "officer", "official", "operator", "opponent", "organiser", "organizer", "owner",
    "parent", "parliamentarian", "party", "patient", "people", "pharmacist", "physicist",
    "police", "policeman", "politician", "pollster", "premier", "president", "priest",
    "principal", "professor", "prosecutor", "protester", "psychologist", "publisher", "pupil",
    "refugee", "regulator", "report", "reporter", "representative", "researcher", "resident",
    "retailer", "sailor", "scholar", "scientist", "secretary", "senator", "shepherd",
    "shopkeeper", "sociologist", "soldier", "solicitor", "source", "speaker", "spokesman",
    "spokesperson", "spokeswoman", "statement", "statistician", "student", "supporter",
    "survivor", "teacher", "tenant", "trader", "treasurer", "tribunal", "trust", "union",
    "veteran", "villager", "voter", "witness", "witnesse", "woman", "women", "worker", "writer",
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
    "are", "can", "cannot", "could", "did", "do", "does", "fell", "gave", "had", "has", "have",
    "is", "knew", "left", "lost", "made", "may", "met", "might", "must", "needs", "paid", "rose",
    "shall", "should", "took", "was", "were", "will", "won", "would",
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
