//! Reporting frames: the few words that say whose words the others are.
//!
//! `Hale said`, `said Ana Ruiz, the mayor`, `according to the ministry`, `The minister argued that`.
//! Precision comes first: a frame needs a verb of the list in `reporting` and somebody beside it who
//! can speak. Negations, modals, passives, questions and subordinate clauses are no frames.

use super::abbreviations::begins_sentences;
use super::clause::{MOST_WORDS, Word, lower, verb_of, words};
use super::reporting::{
    Reporting, is_finite, is_frame_adverb, is_frame_tail, is_speaker_noun, may_report,
};

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
}

/// The speaker of a sentence of indirect speech whose own words are only the frame.
pub(super) fn indirect(sentence: &str) -> Option<Speaker<'_>> {
    if !may_report(sentence) {
        return None;
    }
    let words = words(sentence);
    let first = words.first()?;
    let question = sentence
        .trim_end_matches(['"', '”', '’', ')'])
        .ends_with('?');
    if question || first.is_any(&SUBORDINATING) || turns(sentence) {
        return None;
    }
    let found = according_to(sentence, &words)
        .or_else(|| reported_clause(sentence, &words))
        .or_else(|| closing_frame(sentence))?;
    (found != Speaker::Author).then_some(found)
}

#[rustfmt::skip]
const SUBORDINATING: [&str; 15] = [
    "if", "when", "while", "because", "although", "though", "since", "what", "why", "how", "who",
    "whether", "whatever", "as", "whoever",
];

/// Does the writer's own voice come back in the sentence?
fn turns(sentence: &str) -> bool {
    let breaks = [
        ", but ",
        "; ",
        " — ",
        " – ",
        ", though ",
        ", although ",
        ", yet ",
    ];
    sentence.contains([',', ';', '—', '–'])
        && (breaks.iter().any(|turn| sentence.contains(turn)) || sentence.contains(", a claim"))
}

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

fn words_of_subject(source: &str) -> Option<Speaker<'_>> {
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
    if kind == Reporting::Quoting {
        return None;
    }
    let rest = words.get(verb + 1..)?;
    let that = rest.iter().take(8).position(|word| word.is("that"));
    let plain_object = |until: usize| rest[..until].iter().all(|word| !is_finite(&lower(word)));
    if let Some(at) = that {
        return (rest.len() > at + 2 && plain_object(at)).then_some(speaker);
    }
    (kind == Reporting::Plain && bare_clause(rest)).then_some(speaker)
}

/// A clause without `that`: it begins like a clause and has a finite verb near its front.
fn bare_clause(rest: &[Word<'_>]) -> bool {
    let listeners = ["reporters", "journalists", "lawmakers", "parliament", "mps"];
    let skipped = rest.first().is_some_and(|word| word.is_any(&listeners));
    let clause = &rest[usize::from(skipped)..];
    let Some((first, body)) = clause.split_first() else {
        return false;
    };
    if first.is_any(&CLAUSE_STARTERS) || (first.is_capitalised() && !first.is("I")) {
        return body.iter().take(8).any(|word| is_finite(&lower(word)));
    }
    let stops = first.breaks || is_frame_tail(&lower(first)) || first.is_any(&["so", "nothing"]);
    let mut before_and = body.iter().take(8).take_while(|word| !word.is("and"));
    !stops && before_and.any(|word| word.is_any(&AUXILIARIES))
}

/// Verb forms that show a clause whatever it begins with.
#[rustfmt::skip]
const AUXILIARIES: [&str; 13] = [
    "was", "were", "is", "are", "had", "has", "have", "would", "will", "could", "should", "must",
    "cannot",
];

#[rustfmt::skip]
const CLAUSE_STARTERS: [&str; 30] = [
    "the", "a", "an", "he", "she", "it", "they", "his", "her", "its", "their", "this", "these",
    "there", "no", "most", "many", "such", "some", "both", "all", "nobody", "everyone", "nothing",
    "two", "three", "four", "several", "more", "about",
];

/// `…, Hale said.`, `…, said Hale on Monday.` and `The plan, Hale said, would …`.
fn closing_frame(sentence: &str) -> Option<Speaker<'_>> {
    let mut clauses = sentence.split(", ");
    let first = words(clauses.next()?);
    if first.len() < 2 || subject_and_verb(sentence, &first, 16).is_some() {
        return None;
    }
    clauses.find_map(|clause| strict_frame(clause.trim_end_matches(['.', '!', '"', '”'])))
}

/// A clause that is nothing but a frame, with a verb that can report without a quotation.
fn strict_frame(clause: &str) -> Option<Speaker<'_>> {
    let verb = |word: &Word<'_>| verb_of(word) == Some(Reporting::Quoting);
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
    let generic = words[verb].is_any(&["say", "tell"]) && speaker == Speaker::Pronoun;
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
    subject(
        clause,
        names.get(..end + if ends_in_break { aside } else { 0 })?,
    )
}

/// The subject at the front of a clause and the index of its reporting verb, among `limit` words.
fn subject_and_verb<'d>(
    clause: &'d str,
    words: &[Word<'d>],
    limit: usize,
) -> Option<(Speaker<'d>, usize)> {
    let verb = words
        .iter()
        .take(limit)
        .position(|word| verb_of(word).is_some())?;
    let before = words.get(..verb)?;
    let adverbs = before
        .iter()
        .rev()
        .take_while(|word| is_frame_adverb(&lower(word)))
        .count();
    let names = &before[..verb - adverbs];
    let blocked = blocks(before) && (!has_aside(names) || blocks(aside_head(names)));
    if blocked || names.last()?.is_any(&["and", "but", "or", "then"]) {
        return None;
    }
    subject(clause, names).map(|speaker| (speaker, verb))
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

/// The words up to the first break.
fn aside_head<'a, 'd>(names: &'a [Word<'d>]) -> &'a [Word<'d>] {
    let end = names
        .iter()
        .position(|word| word.breaks)
        .map_or(names.len(), |at| at + 1);
    &names[..end]
}

/// Words before the verb that make it no report: negations, modals, passives, relatives.
#[rustfmt::skip]
const BLOCKING: [&str; 30] = [
    "not", "never", "nobody", "to", "is", "was", "are", "were", "be", "been", "being", "could",
    "would", "should", "might", "may", "will", "can", "must", "did", "does", "do", "if", "who",
    "which", "that", "what", "whom", "hardly", "having",
];

/// `words` behind an opening such as `On Monday,` or `Speaking in Dorn,`.
fn skip_adverbial<'a, 'd>(words: &'a [Word<'d>]) -> &'a [Word<'d>] {
    let opens = words.first().is_some_and(|word| {
        word.is_any(&ADVERBIAL) || (word.text.len() > 5 && word.text.ends_with("ing"))
    });
    let comma = words.iter().take(10).position(|word| word.breaks);
    match comma {
        Some(at) if opens && !words[..=at].iter().any(|word| verb_of(word).is_some()) => {
            &words[at + 1..]
        }
        _ => words,
    }
}

#[rustfmt::skip]
const ADVERBIAL: [&str; 23] = [
    "across", "outside", "inside", "in", "on", "at", "last", "yesterday", "earlier", "later",
    "today", "meanwhile", "however", "this", "speaking", "asked", "during", "after", "before",
    "still", "but", "and", "by",
];

/// Who `words` name, if they can speak.
fn subject<'d>(clause: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let (first, last) = (words.first()?, words.last()?);
    if words.len() == 1 {
        match lower(first).as_str() {
            "i" | "we" => return Some(Speaker::Author),
            "he" | "she" | "they" => return Some(Speaker::Pronoun),
            _ => {}
        }
    }
    let head_end = aside_head(words).len();
    let complement = words
        .iter()
        .position(|w| w.is_any(&["of", "in", "at", "for", "from", "on"]));
    let core = &words[..complement.unwrap_or(words.len()).min(head_end)];
    let speaks = match core {
        [] => false,
        _ if words.len() > 24 => false,
        [only] if begins_sentences(only.text) && !is_speaker_noun(&lower(only)) => false,
        _ => can_speak(core, first),
    };
    let end = if head_end == words.len() {
        last.end()
    } else {
        core.last()?.end()
    };
    let name = clause.get(first.start..end)?;
    let described = core.last().is_some_and(|word| !word.is_capitalised());
    let proper = named_aside(clause, &words[head_end..]).filter(|_| described);
    speaks.then(|| Speaker::Named(proper.unwrap_or(without_article(name))))
}

/// The name between commas behind a description: `Its spokeswoman, Ana Ruiz,`.
fn named_aside<'d>(clause: &'d str, words: &[Word<'d>]) -> Option<&'d str> {
    let name = aside_head(words);
    let names = name.len() > 1 && name.len() < 5 && name.iter().all(Word::is_capitalised);
    if names {
        clause.get(name.first()?.start..name.last()?.end())
    } else {
        None
    }
}

/// Every word is a name, a small word of names or a speaker, and there is one of the last or first.
fn can_speak(core: &[Word<'_>], first: &Word<'_>) -> bool {
    let determined = first.is_any(&DETERMINERS);
    let rest = &core[usize::from(determined)..];
    let Some(head) = rest.last() else {
        return false;
    };
    let noun = is_speaker_noun(&lower(head));
    if determined {
        let proper = first.is("the") && head.is_capitalised();
        return rest.len() < 6 && (noun || proper);
    }
    let fits = |word: &Word<'_>| {
        word.is_capitalised() || is_speaker_noun(&lower(word)) || word.is_any(&PARTICLES)
    };
    let address = first.is_any(&["mr", "mrs", "ms"]);
    let function_word = begins_sentences(first.text) && !noun && !address;
    noun && rest.len() < 5 && rest.iter().all(|word| word.text.len() > 2)
        || (rest.iter().all(fits) && head.is_capitalised() && !function_word)
}

#[rustfmt::skip]
const DETERMINERS: [&str; 17] = [
    "the", "a", "an", "his", "her", "their", "its", "one", "two", "three", "several", "some",
    "many", "most", "other", "another", "both",
];

#[rustfmt::skip]
const PARTICLES: [&str; 14] = [
    "de", "da", "van", "von", "der", "den", "of", "bin", "al", "el", "and", "the", "la", "di",
];

fn without_article(name: &str) -> &str {
    let articles = ["The ", "the ", "A ", "a ", "An ", "an "];
    articles
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}
