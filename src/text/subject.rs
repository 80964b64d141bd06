//! Who the words before a reporting verb name, if they can speak.

use super::abbreviations::begins_sentences;
use super::clause::{Word, lower};
use super::frame::Speaker;
use super::reporting::{is_speaker_noun, reporting_verb};

/// The words up to the first break.
pub(super) fn aside_head<'a, 'd>(names: &'a [Word<'d>]) -> &'a [Word<'d>] {
    let end = names
        .iter()
        .position(|word| word.breaks)
        .map_or(names.len(), |at| at + 1);
    &names[..end]
}

/// Who `words` name, if they can speak.
pub(super) fn subject<'d>(clause: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let (first, last) = (words.first()?, words.last()?);
    if words.len() == 1 {
        match &*lower(first) {
            "i" | "we" => return Some(Speaker::Author),
            "he" | "she" | "they" => return Some(Speaker::Pronoun),
            "somebody" | "someone" => return Some(Speaker::Named(first.text)),
            _ => {}
        }
    }
    let head_end = aside_head(words).len();
    if first.is_any(&OPENS_CLAUSE) || !is_closed(words, head_end) {
        return None;
    }
    let core = core_of(words, head_end);
    let speaks = words.len() < 25 && names_speaker(core, words);
    let end = if head_end == words.len() && !last.is_number() {
        last.end()
    } else {
        core.last()?.end()
    };
    let name = clause.get(first.start..end)?;
    let described = core
        .last()
        .is_some_and(|word| !word.is_capitalised() || word.is_any(&COUNTED));
    let proper = named_aside(clause, &words[head_end..]).filter(|_| described);
    speaks.then(|| Speaker::Named(proper.unwrap_or(without_article(name))))
}

/// The words up to the first break or complement, without a year or `et al.`.
fn core_of<'a, 'd>(words: &'a [Word<'d>], head_end: usize) -> &'a [Word<'d>] {
    let complement = complement_in(words).unwrap_or(words.len());
    match &words[..complement.min(head_end)] {
        [rest @ .., et, al, year] if et.is("et") && al.is("al") && year.is_number() => rest,
        [rest @ .., et, al] if et.is("et") && al.is("al") => rest,
        [rest @ .., year] if year.is_number() => rest,
        core => core,
    }
}

/// Where `of`, `in` and the like stand.
fn complement_in(words: &[Word<'_>]) -> Option<usize> {
    words.iter().position(|word| word.is_any(&COMPLEMENT))
}

fn names_speaker(core: &[Word<'_>], words: &[Word<'_>]) -> bool {
    let [only] = core else {
        return core.first().is_some_and(|first| can_speak(core, first));
    };
    let lower = lower(only);
    if only.is_any(&COUNTED) {
        return complement_in(words).is_none() || is_some_of_them(words);
    }
    let no_name = is_contracted(only.text)
        || is_common_plural(only, words)
        || reporting_verb(&lower).is_some()
        || (begins_sentences(only.text) && !is_speaker_noun(&lower));
    !no_name && can_speak(core, only)
}

/// `one of them`, `two of the miners`, `three of the divers`.
fn is_some_of_them(words: &[Word<'_>]) -> bool {
    let people =
        |word: &Word<'_>| word.is_any(&["them", "us", "those"]) || is_speaker_noun(&lower(word));
    let determined = words.get(2).is_some_and(|word| word.is_any(&DETERMINERS));
    let plural = words.last().is_some_and(|last| last.text.ends_with('s'));
    words.iter().any(people) || (words.len() < 6 && determined && plural)
}

/// What follows the first break is an aside that ends, more names, or part of a complement
/// (`a source in the room, on Monday`).
fn is_closed(words: &[Word<'_>], head_end: usize) -> bool {
    let head = &words[..head_end];
    let name = |word: &Word<'_>| word.is_capitalised() || word.is("and");
    head_end == words.len()
        || words.last().is_some_and(|word| word.breaks)
        || words.iter().all(name)
        || head.iter().skip(1).any(|word| word.is_any(&COMPLEMENT))
}

/// `Theories of delegation`: a capital at the start of a sentence makes no name of a plural before `of`.
fn is_common_plural(only: &Word<'_>, words: &[Word<'_>]) -> bool {
    let people = ["millions", "thousands", "hundreds", "dozens", "scores"];
    let before_of = words.get(1).is_some_and(|word| word.is("of"));
    before_of && only.text.ends_with('s') && !only.is_any(&people) && !is_speaker_noun(&lower(only))
}

const COMPLEMENT: [&str; 6] = ["of", "in", "at", "for", "from", "on"];

/// `You'd`, `We’ve`: a pronoun with its verb.
fn is_contracted(word: &str) -> bool {
    ["d", "ve", "ll", "re", "m"].iter().any(|verb| {
        let tail = word.strip_suffix(verb);
        tail.is_some_and(|rest| rest.ends_with(['\'', '’']))
    })
}

#[rustfmt::skip]
const OPENS_CLAUSE: [&str; 14] = [
    "if", "when", "while", "because", "although", "though", "since", "what", "why", "how", "who",
    "whether", "you", "as",
];

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
    if first.is_any(&["this", "these", "our", "my"]) {
        return false;
    }
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
    noun && rest.len() < 6 && rest.iter().all(|word| word.text.len() > 2)
        || (rest.iter().all(fits) && head.is_capitalised() && !function_word)
}

#[rustfmt::skip]
const DETERMINERS: [&str; 17] = [
    "the", "a", "an", "his", "her", "their", "its", "one", "two", "three", "several", "some",
    "many", "most", "other", "another", "both",
];

/// Words that stand for people: `one of them`, `many`.
const COUNTED: [&str; 13] = [
    "one", "another", "some", "many", "most", "others", "both", "two", "three", "four", "five",
    "six", "several",
];

#[rustfmt::skip]
const PARTICLES: [&str; 15] = [
    "de", "da", "van", "von", "der", "den", "of", "bin", "al", "el", "and", "the", "la", "di",
    "et",
];

fn without_article(name: &str) -> &str {
    let articles = ["The ", "the ", "A ", "a ", "An ", "an "];
    articles
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

/// The longest front of at most six words that names somebody by more than one word, or `he`, `she`
/// and `they`.
pub(super) fn leading_subject<'d>(clause: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let complement = words.iter().position(|word| word.is_any(&COMPLEMENT));
    let longest = complement.unwrap_or(words.len()).min(6);
    let first = words.first()?;
    if words[..longest].iter().any(Word::is_number) {
        return None;
    }
    if first.is_any(&["he", "she", "they"]) {
        return Some(Speaker::Pronoun);
    }
    let named = (2..=longest)
        .rev()
        .find_map(|end| subject(clause, &words[..end]));
    let plural = || subject(clause, &words[..1]).filter(|_| is_speaker_noun(&lower(first)));
    named.or_else(plural)
}
