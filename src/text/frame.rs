//! Reporting frames: the few words that say whose words the others are.
//!
//! `Hale said`, `said Ana Ruiz, the mayor`, `according to the ministry`, `The minister argued that`.
//! Precision comes first: a frame needs a verb of the list in `reporting` and somebody beside it who
//! can speak. Negations, modals, passives, questions and subordinate clauses are no frames.

use super::abbreviations::{begins_sentences, follows_clock};
use super::attribution::{as_somebody_put_it, attributed, stated};
use super::clause::{MOST_WORDS, Word, lower, verb_of, words};
use super::reported::reports;
use super::reporting::{
    Cues, Reporting, cues_in, is_finite, is_frame_adverb, is_frame_tail, is_speaker_noun,
};
use super::roundabout::indirectly;
use super::subject::{aside_head, leading_subject, subject};

/// Who speaks according to a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker<'d> {
    /// `I` or `we`: the author.
    Author,
    /// A name or a description.
    Named(&'d str),
    /// `he`, `she`, `they`.
    Pronoun,
}

/// The frame that stands behind a quotation: `after` begins at its closing mark.
pub(super) fn frame_after(after: &str) -> Option<Speaker<'_>> {
    let words = words(after);
    match words.first()? {
        first if verb_of(first).is_some() => inverted(after, &words),
        _ => subject_and_verb(after, &words, 10).map(|(speaker, _)| speaker),
    }
}

/// Does a verb such as `called` or `described` stand in `part`?
pub(super) fn holds_judgement(part: &str) -> bool {
    let judging = |word: &Word<'_>| verb_of(word) == Some(Reporting::Judging);
    words(part).iter().any(judging)
}

/// The frame that stands before a quotation: `before` ends at its opening mark.
pub(super) fn frame_before(before: &str) -> Option<Speaker<'_>> {
    let last_clause = before.rfind(", ").map(|at| &before[at + 2..]);
    let whole = words(before);
    let whole = skip_adverbial(&whole);
    subject_and_verb(before, whole, MOST_WORDS)
        .map(|(speaker, _)| speaker)
        .or_else(|| {
            let clause = last_clause?;
            subject_and_verb(clause, &words(clause), 10).map(|(speaker, _)| speaker)
        })
        .or_else(|| {
            before
                .trim_end()
                .ends_with(':')
                .then(|| introduced(before))?
        })
}

/// `Hale was blunt: “…”`, `Hale: “…”`.
fn introduced(before: &str) -> Option<Speaker<'_>> {
    let words = words(before);
    let name = words.len() < 4 && words.iter().all(Word::is_capitalised);
    let named = || subject(before, &words).filter(|_| name);
    stated(before).or_else(named)
}

/// The speaker of a sentence of indirect speech whose own words are only the frame.
pub(super) fn indirect(sentence: &str) -> Option<Speaker<'_>> {
    let cues = cues_in(sentence);
    let sentence = without_dateline(sentence);
    let found = attributed(sentence, cues).or_else(|| reported(sentence, cues))?;
    let question = sentence
        .trim_end_matches(['"', '”', '’', ')'])
        .ends_with('?');
    if question || turns(sentence) {
        return None;
    }
    (found != Speaker::Author).then_some(found)
}

/// `LONDON (AP) — A court` without the place and the agency.
fn without_dateline(sentence: &str) -> &str {
    let capitals = |c: char| !c.is_lowercase();
    let mut front = sentence.bytes().take(48);
    if !front.any(|b| matches!(b, b'-' | 0xE2)) {
        return sentence;
    }
    let dashes = [" — ", " – ", " -- "];
    let cut = dashes.iter().find_map(|dash| sentence.split_once(dash));
    match cut {
        Some((place, rest)) if place.len() < 40 && place.chars().take(3).all(capitals) => rest,
        _ => sentence,
    }
}

fn reported(sentence: &str, cues: Cues) -> Option<Speaker<'_>> {
    if !cues.verb && !cues.according {
        return None;
    }
    let words = words(sentence);
    if words.first()?.is_any(&SUBORDINATING) {
        return None;
    }
    cues.according
        .then(|| according_to(sentence, &words))
        .flatten()
        .or_else(|| reported_clause(sentence, &words))
        .or_else(|| indirectly(sentence, &words))
        .or_else(|| closing_frame(sentence))
}

#[rustfmt::skip]
const SUBORDINATING: [&str; 15] = [
    "if", "when", "while", "because", "although", "though", "since", "what", "why", "how", "who",
    "whether", "whatever", "as", "whoever",
];

/// Does the writer's own voice come back in the sentence?
fn turns(sentence: &str) -> bool {
    let breaks = sentence.match_indices([',', ';', '—', '–']);
    breaks.into_iter().any(|(at, mark)| {
        let rest = &sentence[at + mark.len()..];
        match mark {
            "," => TURNS.iter().any(|turn| rest.starts_with(turn)),
            ";" => rest.starts_with(' '),
            _ => rest.starts_with(' ') && sentence[..at].ends_with(' '),
        }
    })
}

const TURNS: [&str; 5] = [" but ", " though ", " although ", " yet ", " a claim"];

/// `According to Hale, …` and `…, according to Hale.`
fn according_to<'d>(sentence: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let opens = words.first()?.is("according") && words.get(1)?.is("to");
    let at = if opens {
        0
    } else {
        sentence.rfind(", according to ")? + 2
    };
    let source = sentence.get(at + "according to ".len()..)?;
    let end = source.find(", ").unwrap_or(source.len());
    let named = words_of_subject(&source[..end])?;
    let content = if opens {
        &source[end..]
    } else {
        &sentence[..at]
    };
    (content.split_whitespace().count() > 2).then_some(named)
}

pub(super) fn words_of_subject(source: &str) -> Option<Speaker<'_>> {
    let words = words(source);
    if words
        .first()?
        .is_any(&["me", "us", "my", "our", "plan", "him", "her", "them"])
    {
        return None;
    }
    subject(source, &words)
}

/// `Hale said that …`, `The minister told reporters the …`.
fn reported_clause<'d>(sentence: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let words = skip_adverbial(words);
    let (speaker, verb) = subject_and_verb(sentence, words, 16)?;
    let kind = verb_of(words.get(verb)?)?;
    let breaks = || words[..verb].iter().filter(|word| word.breaks);
    let cited = breaks().any(Word::is_number);
    let participle = kind == Reporting::Judging && breaks().count() == 1 && !cited;
    if participle {
        return None;
    }
    let rest = words.get(verb + 1..)?;
    reports(kind, &words[verb], rest, sentence).then_some(speaker)
}

/// `…, Hale said.`, `…, said Hale on Monday.` and `The plan, Hale said, would …`.
pub(super) fn closing_frame(sentence: &str) -> Option<Speaker<'_>> {
    let mut clauses = sentence.split(',').map(str::trim_start);
    let head = clauses.next()?;
    let first = words(head);
    if first.len() < 2 || subject_and_verb(head, &first, 16).is_some() {
        return None;
    }
    let cued = |clause: &&str| cues_in(clause).verb || clause.starts_with("as ");
    clauses.filter(cued).find_map(|clause| {
        let clause = clause.trim_end_matches(['.', '!', '"', '”']);
        strict_frame(clause).or_else(|| as_somebody_put_it(clause.strip_prefix("as ")?))
    })
}

/// A clause that is nothing but a frame, with a verb that can report without a quotation.
fn strict_frame(clause: &str) -> Option<Speaker<'_>> {
    let quotes = [Reporting::Quoting, Reporting::Judging];
    let verb = |word: &Word<'_>| verb_of(word).is_some_and(|kind| quotes.contains(&kind));
    if words(clause).iter().any(verb) {
        None
    } else {
        bare_frame(clause)
    }
}

/// A clause that is nothing but a frame, as it stands beside a quotation.
pub(super) fn bare_frame(clause: &str) -> Option<Speaker<'_>> {
    let words = words(clause);
    let first = words.first()?;
    if first.is_any(&["as", "and", "but", "if"]) || words.len() > 14 {
        return None;
    }
    if verb_of(first).is_some() {
        return inverted(clause, &words);
    }
    let (speaker, verb) = subject_and_verb(clause, &words, 10)?;
    let tail = words.get(verb + 1..)?;
    let ends = tail
        .first()
        .is_none_or(|word| is_frame_tail(&lower(word)) || word.is_capitalised());
    let finite = tail.iter().any(|word| is_finite(&lower(word)));
    let generic =
        words[verb].is_any(&["say", "tell", "think", "believe"]) && speaker == Speaker::Pronoun;
    (ends && !finite && !generic).then_some(speaker)
}

/// `said Ana Ruiz, the mayor`, `asked the judge`: a verb, then the speaker.
fn inverted<'d>(clause: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let names = words.get(1..)?;
    let end = names
        .iter()
        .enumerate()
        .position(|(i, word)| {
            word.breaks || (i > 0 && is_frame_tail(&lower(word)) && !word.is("the"))
        })
        .map_or(names.len(), |i| if names[i].breaks { i + 1 } else { i });
    let aside = names.get(end..).map_or(0, |rest| aside_head(rest).len());
    let ends_in_break = end
        .checked_sub(1)
        .and_then(|i| names.get(i))
        .is_some_and(|w| w.breaks);
    let with_aside = names.get(..end + if ends_in_break { aside } else { 0 })?;
    subject(clause, with_aside).or_else(|| subject(clause, names.get(..end)?))
}

/// The subject at the front of a clause and the index of its reporting verb, among `limit` words.
/// A verb inside an aside is not it: `Hale, who had denied it, said`.
pub(super) fn subject_and_verb<'d>(
    clause: &'d str,
    words: &[Word<'d>],
    limit: usize,
) -> Option<(Speaker<'d>, usize)> {
    let mut verbs = (0..words.len().min(limit)).filter(|&at| verb_of(&words[at]).is_some());
    let first = verbs.next()?;
    let inside_aside = has_aside_from(&words[..first]);
    subject_of(clause, words, first).or_else(|| {
        let second = verbs.next().filter(|_| inside_aside)?;
        subject_of(clause, words, second)
    })
}

/// A comma and `who` stand before the verb.
fn has_aside_from(before: &[Word<'_>]) -> bool {
    let mut pairs = before.windows(2);
    pairs.any(|pair| pair[0].breaks && pair[1].is_any(&["who", "which", "whose"]))
}

/// The subject of the reporting verb at `verb`.
fn subject_of<'d>(
    clause: &'d str,
    words: &[Word<'d>],
    verb: usize,
) -> Option<(Speaker<'d>, usize)> {
    let before = words.get(..verb)?;
    let adverbs = before
        .iter()
        .rev()
        .take_while(|word| is_frame_adverb(&lower(word)))
        .count();
    let names = &before[..verb - adverbs];
    let blocked = blocks(before) && (!has_aside(names) || blocks(aside_head(names)));
    let last = names.last()?;
    let owner = is_followed_by_apostrophe(clause, last);
    if blocked || owner || last.is_any(&["but", "or"]) {
        return None;
    }
    if last.is_any(&["and", "then"]) {
        return leading_subject(clause, names).map(|speaker| (speaker, verb));
    }
    subject(clause, names).map(|speaker| (speaker, verb))
}

/// `the Democrats' calls`: the word before the verb owns it, so it is a noun.
fn is_followed_by_apostrophe(clause: &str, word: &Word<'_>) -> bool {
    let rest = clause.get(word.end()..);
    rest.is_some_and(|rest| rest.starts_with(['\'', '’']))
}

fn blocks(words: &[Word<'_>]) -> bool {
    words
        .iter()
        .any(|word| word.is_any(&BLOCKING) || lower(word).ends_with("n't"))
}

/// A name with an aside between commas: `Ana Ruiz, who leads the council,`.
fn has_aside(names: &[Word<'_>]) -> bool {
    names.last().is_some_and(|word| word.breaks) && aside_head(names).len() < names.len()
}

/// Words before the verb that make it no report: negations, modals, passives, relatives.
#[rustfmt::skip]
const BLOCKING: [&str; 30] = [
    "not", "never", "nobody", "to", "is", "was", "are", "were", "be", "been", "being", "could",
    "would", "should", "might", "may", "will", "can", "must", "did", "does", "do", "if", "who",
    "which", "that", "what", "whom", "hardly", "having",
];

/// `words` behind an opening such as `On Monday,`, `Speaking in Dorn,`, `But` or `Second,`.
pub(super) fn skip_adverbial<'a, 'd>(words: &'a [Word<'d>]) -> &'a [Word<'d>] {
    let Some((first, rest)) = words.split_first() else {
        return words;
    };
    if first.is_any(&["but", "and", "yet", "so", "still"]) || first.breaks && is_connective(first) {
        return skip_adverbial(rest);
    }
    let speaking = first.text.len() > 5 && first.text.ends_with("ing");
    if !speaking && !first.is_any(&ADVERBIAL) {
        return words;
    }
    let comma = words.iter().take(10).position(|word| word.breaks);
    let verb = words
        .iter()
        .take(16)
        .position(|word| verb_of(word).is_some());
    match (comma, verb) {
        (Some(comma), verb) if verb.is_none_or(|verb| comma < verb) => &words[comma + 1..],
        (_, Some(verb)) => &words[name_before(&words[..verb])..],
        _ => words,
    }
}

/// `Indeed,`, `Finally,`, `Second,`.
fn is_connective(word: &Word<'_>) -> bool {
    let word = lower(word);
    let listed = matches!(
        &*word,
        "furthermore" | "second" | "third" | "fourth" | "last" | "nonetheless" | "besides"
    );
    let pronoun = matches!(&*word, "i" | "we" | "he" | "she" | "they");
    !pronoun
        && (listed
            || is_frame_adverb(&word)
            || (begins_sentences(&word) && !is_speaker_noun(&word)))
}

/// `In her diary Ana Ruiz`: where the name at the end of `words` begins, or 0 without one.
fn name_before(words: &[Word<'_>]) -> usize {
    let name =
        |word: &&Word<'_>| word.text.starts_with(char::is_uppercase) && !follows_clock(word.text);
    let adverbs = |word: &&Word<'_>| is_frame_adverb(&lower(word));
    let tail = words.iter().rev().take_while(adverbs).count();
    let named = words.iter().rev().skip(tail).take_while(name).count();
    if named == 0 {
        0
    } else {
        words.len() - tail - named
    }
}

#[rustfmt::skip]
const ADVERBIAL: [&str; 20] = [
    "across", "outside", "inside", "in", "on", "at", "last", "yesterday", "earlier", "later",
    "today", "meanwhile", "however", "this", "speaking", "asked", "during", "after", "before",
    "by",
];
