//! What stands behind a reporting verb in indirect speech.

use super::clause::{Word, lower};
use super::reporting::{Reporting, is_finite, is_frame_adverb, is_frame_tail};

/// Do the words behind `verb` report what somebody said?
pub(super) fn reports(kind: Reporting, verb: &Word<'_>, rest: &[Word<'_>], sentence: &str) -> bool {
    match kind {
        Reporting::Quoting => asks_whether(rest),
        Reporting::Judging => judges(verb, rest, sentence),
        Reporting::Plain | Reporting::That => has_clause(kind, verb, rest),
        Reporting::Saying | Reporting::Holding => false,
    }
}

/// `asked whether …`, `asked the clerk if …`.
fn asks_whether(rest: &[Word<'_>]) -> bool {
    let at = rest
        .iter()
        .take(6)
        .position(|word| word.is_any(&["whether", "if"]));
    at.is_some_and(|at| rest.len() > at + 2)
}

/// `called the plan a farce`, `described it as a farce`, `accused them of theft`, `blamed them`.
fn judges(verb: &Word<'_>, rest: &[Word<'_>], sentence: &str) -> bool {
    let near = |wanted: &[&str]| rest.iter().skip(1).take(10).any(|word| word.is_any(wanted));
    if verb.is_any(&["accused", "accuses"]) {
        return near(&["of"]);
    }
    if verb.is_any(&["blamed", "blames"]) {
        return !rest.is_empty();
    }
    if rest.len() < 2 {
        return false;
    }
    if !verb.is_any(&[
        "called", "calls", "branded", "brands", "dubbed", "labelled", "labels",
    ]) {
        let mut object = rest.iter().take(10).take_while(|word| !word.breaks);
        if verb.is_any(&["sees", "views", "regards", "regarded"]) {
            let article = |word: &Word<'_>| word.is_any(&["a", "an", "the", "nothing"]);
            return rest
                .windows(2)
                .any(|pair| pair[0].is("as") && article(&pair[1]));
        }
        return object.any(|word| word.is("as")) && !rest[0].is_any(&["how", "what", "as"]);
    }
    let object = rest.first().is_some_and(|word| !word.is_any(&NO_OBJECT));
    let article = rest
        .windows(2)
        .skip(1)
        .take(8)
        .any(|pair| pair[0].is_any(&["a", "an"]) && !pair[1].is_any(&TIMES));
    let marked = rest.get(1).is_some_and(|word| {
        sentence
            .get(word.start..)
            .is_some_and(|rest| rest.contains(['“', '"']))
    });
    object && (article || marked)
}

const NO_OBJECT: [&str; 9] = ["for", "on", "in", "at", "off", "up", "out", "to", "by"];
const TIMES: [&str; 10] = [
    "few", "week", "minute", "day", "year", "month", "hour", "moment", "second", "little",
];

/// Does a clause follow the verb, with `that` or like a clause?
fn has_clause(kind: Reporting, verb: &Word<'_>, rest: &[Word<'_>]) -> bool {
    let that = rest.iter().take(8).position(|word| word.is("that"));
    if let Some(at) = that.filter(|&at| may_stand_between(verb, &rest[..at])) {
        return rest.len() > at + 2;
    }
    match kind {
        Reporting::Plain => bare_clause(rest),
        _ => strict_clause(rest) || verb.is_any(&CLAUSAL) && past_clause(rest),
    }
}

/// Verbs of [`Reporting::That`] behind which `the police behaved like thugs` is a clause.
#[rustfmt::skip]
const CLAUSAL: [&str; 12] = [
    "alleged",
    "alleges",
    "argue",
    "argued",
    "argues",
    "complained",
    "complains",
    "contended",
    "contends",
    "insist",
    "insisted",
    "insists",
];

/// A clause whose verb is none of the auxiliaries: `the police behaved like thugs`, `these experts
/// despise the poor`. A participle with its agent, place or time (`the case presented by`) is no verb.
fn past_clause(rest: &[Word<'_>]) -> bool {
    let Some((first, body)) = rest.split_first() else {
        return false;
    };
    let several = first.is_any(&["these", "those", "most", "many", "some", "all"]);
    let opens = several || first.is_any(&CLAUSE_STARTERS);
    let near = body.windows(3).take(4);
    let clause = near.take_while(|words| !words[0].breaks).any(|words| {
        let [noun, verb, behind] = [&words[0], &words[1], &words[2]];
        let bare = !behind.is_any(&["by", "to", "for"]) && !is_adverbial(behind);
        let past = verb.text.len() > 4 && verb.text.ends_with("ed");
        let plural = several && noun.text.ends_with('s') && is_plain_verb(verb);
        !verb.breaks && bare && (past || plural)
    });
    opens && !first.breaks && clause
}

/// May it be the verb of a plural noun, as `despise` in `these experts despise`?
fn is_plain_verb(word: &Word<'_>) -> bool {
    let ends = ["s", "ing", "ly", "ed"];
    let lower_case = word.text.starts_with(|c: char| c.is_ascii_lowercase());
    lower_case
        && word.text.len() > 4
        && !ends.iter().any(|end| word.text.ends_with(end))
        && !is_adverbial(word)
        && !word.is_any(&[
            "against", "under", "until", "while", "which", "whose", "where", "their",
        ])
}

/// Between the verb and `that`: nothing, a listener (`told the court that`), a time or a place
/// (`said on Monday that`), but no object (`proposed a plan that`).
fn may_stand_between(verb: &Word<'_>, between: &[Word<'_>]) -> bool {
    let Some(first) = between.first() else {
        return !verb.is_any(&["pointed", "points"]);
    };
    let finite = between.iter().any(|word| is_verb(word));
    let listener = verb.is_any(&LISTENED_TO);
    let adverbial = first.is_any(&["out", "for", "without", "publicly"]) || is_adverbial(first);
    !finite && (listener || adverbial)
}

/// A finite verb, also as `isn't` or `it's`.
fn is_verb(word: &Word<'_>) -> bool {
    is_finite(&lower(word)) || word.text.ends_with("n't") || word.text.ends_with("n’t")
}

/// `it's`, `they’re`, `he'd`: a clause begins.
fn is_pronoun_with_verb(word: &Word<'_>) -> bool {
    let pronoun = word.text.split(['\'', '’']).next().unwrap_or("");
    let pronouns = ["it", "he", "she", "they", "there", "that"];
    pronoun.len() < word.text.len() && pronouns.iter().any(|it| pronoun.eq_ignore_ascii_case(it))
}

fn is_adverbial(word: &Word<'_>) -> bool {
    let word = lower(word);
    is_frame_adverb(&word)
        || is_frame_tail(&word) && !matches!(&*word, "a" | "the" | "of" | "about")
}

/// Verbs with a listener: `told the court that`.
const LISTENED_TO: [&str; 12] = [
    "assured",
    "assures",
    "cautioned",
    "promised",
    "promises",
    "reminded",
    "tell",
    "tells",
    "told",
    "warn",
    "warned",
    "warns",
];

/// A clause without `that` behind a verb such as `conceded`: `the gate had been open`.
fn strict_clause(rest: &[Word<'_>]) -> bool {
    let Some((first, body)) = rest.split_first() else {
        return false;
    };
    let ours = ["we", "our", "these", "those"];
    let opens = first.is_any(&CLAUSE_STARTERS) || first.is_any(&ours) || first.is_capitalised();
    let joins =
        |word: &&Word<'_>| !word.breaks && !word.is_any(&["and", "which", "who", "to", "for"]);
    let has_verb = body
        .iter()
        .take(8)
        .take_while(joins)
        .any(|word| word.is_any(&AUXILIARIES));
    opens && !first.breaks && has_verb || is_pronoun_with_verb(first)
}

/// A clause without `that`: it begins like a clause and has a finite verb near its front.
fn bare_clause(rest: &[Word<'_>]) -> bool {
    let listeners = [
        "reporters",
        "journalists",
        "lawmakers",
        "parliament",
        "mps",
        "us",
        "me",
    ];
    let skipped = rest.first().is_some_and(|word| word.is_any(&listeners));
    let rest = &rest[usize::from(skipped)..];
    let timed = time_length(rest);
    if timed > 0 {
        return strict_clause(&rest[timed..]);
    }
    let Some((first, body)) = rest.split_first() else {
        return false;
    };
    if is_pronoun_with_verb(first) {
        return true;
    }
    if first.is_any(&CLAUSE_STARTERS) || (first.is_capitalised() && !first.is("I")) {
        return body.iter().take(8).any(|word| is_verb(word));
    }
    let stops = first.breaks || is_frame_tail(&lower(first)) || first.is_any(&["so", "nothing"]);
    let mut before_and = body.iter().take(8).take_while(|word| !word.is("and"));
    !stops && before_and.any(|word| word.is_any(&AUXILIARIES))
}

/// Words of `on Monday`, `yesterday`, `last week`.
fn time_length(rest: &[Word<'_>]) -> usize {
    match rest {
        [on, day, ..] if on.is("on") && day.is_capitalised() => 2,
        [last, _, ..] if last.is_any(&["last", "this"]) && is_time(&rest[1]) => 2,
        [day, ..] if day.is_any(&["yesterday", "today", "later"]) => 1,
        _ => 0,
    }
}

fn is_time(word: &Word<'_>) -> bool {
    word.is_any(&[
        "week",
        "month",
        "year",
        "night",
        "morning",
        "evening",
        "afternoon",
        "summer",
    ])
}

/// Verb forms that show a clause whatever it begins with.
#[rustfmt::skip]
const AUXILIARIES: [&str; 14] = [
    "was", "were", "is", "are", "had", "has", "have", "would", "will", "could", "should", "must",
    "cannot", "can",
];

#[rustfmt::skip]
const CLAUSE_STARTERS: [&str; 30] = [
    "the", "a", "an", "he", "she", "it", "they", "his", "her", "its", "their", "this", "these",
    "there", "no", "most", "many", "such", "some", "both", "all", "nobody", "everyone", "nothing",
    "two", "three", "four", "several", "more", "about",
];
