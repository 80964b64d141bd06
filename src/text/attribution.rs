//! Frames without a reporting verb: `In Hale's view, …`, `Hale is blunt: …`, `As Hale put it, …`.

use super::clause::{Word, verb_of, words};
use super::frame::{Speaker, subject_and_verb, words_of_subject};
use super::reporting::{Cues, Reporting};
use super::subject::subject;

/// Does `sentence` begin with a word that such a frame may begin with?
fn opens_like_a_frame(sentence: &str) -> bool {
    OPENINGS.iter().any(|opening| sentence.starts_with(opening))
}

const OPENINGS: [&str; 7] = ["In ", "To ", "On ", "For ", "Per ", "As ", "By "];

/// The speaker that an opening phrase, an aside or a clause before a colon names.
pub(super) fn attributed(sentence: &str, cues: Cues) -> Option<Speaker<'_>> {
    let opened = opens_like_a_frame(sentence).then(|| opening_phrase(sentence));
    let aside = || cues.aside.then(|| aside(sentence)).flatten();
    let before_colon = || {
        let (head, clause) = cues.colon.then(|| sentence.split_once(": "))??;
        clause.split_ascii_whitespace().nth(2)?;
        stated(head)
    };
    let noun_clause = || {
        let parts = [" is that ", " was that "];
        let split = |part: &&str| sentence.split_once(*part);
        let (head, _) = cues.noun_clause.then(|| parts.iter().find_map(split))??;
        point_of(head, &words(head))
    };
    let found = opened.flatten().or_else(aside).or_else(before_colon);
    found.or_else(noun_clause)
}

/// `In Hale's view, …`, `In the words of Hale, …`, `For Hale, … is …`, `Per Hale, …`, `As Hale
/// argues, …`.
fn opening_phrase(sentence: &str) -> Option<Speaker<'_>> {
    let (phrase, clause) = sentence.split_once(", ")?;
    let (preposition, phrase) = phrase.split_once(' ')?;
    clause.split_ascii_whitespace().nth(2)?;
    match preposition {
        "In" | "To" | "On" | "By" => view_of(phrase),
        "For" => proper(phrase).filter(|_| is_definition(clause)),
        "Per" => words_of_subject(phrase),
        "As" => as_somebody_put_it(phrase),
        _ => None,
    }
}

/// `The plan, as Hale put it, …`
fn aside(sentence: &str) -> Option<Speaker<'_>> {
    let (content, rest) = sentence.split_once(", as ")?;
    let clause = rest.split(", ").next()?;
    content.contains(' ').then(|| as_somebody_put_it(clause))?
}

/// `Hale's view`, `the view of Hale`.
fn view_of(phrase: &str) -> Option<Speaker<'_>> {
    if let Some((noun, owner)) = phrase
        .strip_prefix("the ")
        .and_then(|rest| rest.split_once(" of "))
    {
        return words_of_subject(owner).filter(|_| VIEWS.contains(&noun));
    }
    let (owner, noun) = phrase.rsplit_once(' ')?;
    VIEWS
        .contains(&noun)
        .then(|| words_of_subject(owner_of(owner)?))?
}

/// `Hale’s`, `critics'`: who owns.
fn owner_of(owner: &str) -> Option<&str> {
    let suffixes = ["'s", "’s", "'", "’"];
    suffixes
        .iter()
        .find_map(|suffix| owner.strip_suffix(suffix))
}

const VIEWS: [&str; 14] = [
    "account",
    "estimation",
    "eyes",
    "judgement",
    "judgment",
    "mind",
    "opinion",
    "reading",
    "reckoning",
    "telling",
    "version",
    "view",
    "words",
    "world-view",
];

/// A name without an article.
fn proper(phrase: &str) -> Option<Speaker<'_>> {
    let named = phrase
        .split(' ')
        .all(|word| word.starts_with(char::is_uppercase));
    words_of_subject(phrase).filter(|_| named)
}

/// Does the clause say what something is (`a law is a promise`), rather than what happened?
fn is_definition(clause: &str) -> bool {
    let mut words = clause.split_ascii_whitespace().take(10);
    let is = words.any(|word| matches!(word, "is" | "are"));
    is && matches!(
        words.next(),
        Some("a" | "an" | "the" | "nothing" | "always" | "never")
    )
}

/// Behind `as`: `Hale put it`, `Hale has argued`.
pub(super) fn as_somebody_put_it(clause: &str) -> Option<Speaker<'_>> {
    let clause = clause.trim_end_matches(['.', '!']);
    let words = words(clause);
    if let [names @ .., verb, it] = &words[..]
        && verb.is_any(&["put", "puts"])
        && it.is("it")
    {
        return subject(clause, without_adverb(names));
    }
    let (speaker, verb) = subject_and_verb(clause, &words, 10)?;
    let reports = !matches!(
        verb_of(&words[verb])?,
        Reporting::Quoting | Reporting::Judging
    );
    let generic = speaker == Speaker::Pronoun && words[verb].is_any(&["say", "tell"]);
    let shared = words[..verb]
        .iter()
        .any(|word| word.is_any(&["correctly", "rightly"]));
    (verb + 1 == words.len() && reports && !generic && !shared).then_some(speaker)
}

fn without_adverb<'a, 'd>(names: &'a [Word<'d>]) -> &'a [Word<'d>] {
    match names {
        [rest @ .., last] if last.is_any(&["once", "has", "had", "later"]) => rest,
        _ => names,
    }
}

/// Before a colon: `Hale is blunt`, `Hale disagrees`, `Hale's argument is simple`, `Hale put it this
/// way`, `Hale told the court`.
pub(super) fn stated(head: &str) -> Option<Speaker<'_>> {
    let head = head.trim_end_matches([':', ' ']);
    let words = words(head);
    if words.len() < 2 || words.len() > 14 {
        return None;
    }
    point_of(head, &words)
        .or_else(|| flat_statement(head, &words))
        .or_else(|| {
            let (speaker, verb) = subject_and_verb(head, &words, 10)?;
            let quoting = verb_of(words.get(verb)?) == Some(Reporting::Quoting);
            (!quoting).then_some(speaker)
        })
        .filter(|speaker| *speaker != Speaker::Author)
}

/// `Hale's argument is simple`, `Her point is this`, `The critics' theory`.
fn point_of<'d>(head: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let noun = words.iter().position(|word| word.is_any(&POINTS))?;
    let mut behind = words.get(noun + 1..)?.iter().take(3);
    if noun + 1 < words.len() && !behind.any(|word| word.is_any(&["is", "was"])) {
        return None;
    }
    let owner = words.get(..noun)?.iter().rev().take(3).find_map(|word| {
        if word.is_any(&["his", "her", "their"]) {
            return Some(None);
        }
        let plural = head
            .get(word.end()..)
            .is_some_and(|rest| rest.starts_with(['\'', '’']));
        let name = owner_of(word.text).or_else(|| plural.then_some(word.text))?;
        Some(Some(word.start + name.len()))
    })?;
    match owner {
        Some(end) => words_of_subject(head.get(..end)?),
        None => Some(Speaker::Pronoun),
    }
}

const POINTS: [&str; 24] = [
    "advice",
    "answer",
    "argument",
    "assessment",
    "claim",
    "complaint",
    "conclusion",
    "contention",
    "diagnosis",
    "explanation",
    "message",
    "objection",
    "opinion",
    "point",
    "position",
    "prediction",
    "reply",
    "response",
    "summary",
    "theory",
    "thesis",
    "verdict",
    "view",
    "warning",
];

/// `Hale is blunt`, `Hale disagrees`, `Hale put it this way`.
fn flat_statement<'d>(head: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let last = words.last()?;
    let put = words
        .windows(2)
        .position(|pair| pair[0].is_any(&["put", "puts"]) && pair[1].is("it"));
    let flat = last.is_any(&FLAT) || words.iter().rev().take(6).any(|word| word.is_any(&FLAT));
    let is = words
        .iter()
        .position(|word| word.is_any(&["is", "was", "remains", "remained"]));
    let differs = words.iter().position(|word| {
        word.is_any(&[
            "agreed",
            "agrees",
            "begs",
            "differs",
            "disagreed",
            "disagrees",
        ])
    });
    let verb = put.or(differs).or(is.filter(|_| flat))?;
    subject(head, without_adverb(words.get(..verb)?))
}

const FLAT: [&str; 22] = [
    "adamant",
    "angry",
    "blunt",
    "categorical",
    "certain",
    "clear",
    "convinced",
    "direct",
    "dismissive",
    "emphatic",
    "firm",
    "frank",
    "furious",
    "harsh",
    "plain",
    "scathing",
    "sceptical",
    "skeptical",
    "sure",
    "unequivocal",
    "unimpressed",
    "unmoved",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::reporting::cues_in;

    fn name(sentence: &str) -> Option<&str> {
        match attributed(sentence, cues_in(sentence)) {
            Some(Speaker::Named(name)) => Some(name),
            Some(Speaker::Pronoun) => Some("he"),
            _ => None,
        }
    }

    #[test]
    fn frames_without_a_reporting_verb() {
        let cases = [
            ("In Ana Ruiz's view, the plan is dead.", Some("Ana Ruiz")),
            ("In critics’ eyes, the plan is dead.", Some("critics")),
            (
                "In the words of Ana Ruiz, the plan is dead.",
                Some("Ana Ruiz"),
            ),
            ("For Hale, a law is a promise.", Some("Hale")),
            ("For Ana Ruiz, the day began early.", None),
            ("As Hale once put it, the plan is dead.", Some("Hale")),
            ("As Hale has argued, the plan is dead.", Some("Hale")),
            ("Hale is blunt: the plan is dead.", Some("Hale")),
            ("Hale's answer is short: the plan is dead.", Some("Hale")),
            ("Her point is simple: the plan is dead.", Some("he")),
            ("Ana Ruiz disagrees: the plan is dead.", Some("Ana Ruiz")),
            ("My point is simple: the plan is dead.", None),
            ("The result is clear: the plan is dead.", None),
            ("In my view, the plan is dead.", None),
            ("In Ana Ruiz's house, the clock is slow.", None),
            ("As I argued, the plan is dead.", None),
        ];
        for (sentence, wanted) in cases {
            assert_eq!(name(sentence), wanted, "{sentence}");
        }
    }
}
