//! Roundabout frames: `told by Hale that`, `Hale left, saying that`, `Hale is convinced that`.

use super::clause::{Word, cue_of, lower};
use super::frame::{Speaker, skip_adverbial, words_of_subject};
use super::reporting::{Reporting, is_finite};
use super::subject::{leading_subject, subject};

/// The speaker whom a roundabout frame names.
pub(super) fn indirectly<'d>(sentence: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let words = skip_adverbial(words);
    agent(sentence, words)
        .or_else(|| saying(sentence, words))
        .or_else(|| holding(sentence, words))
}

/// `We are told by Hale that …`
fn agent<'d>(sentence: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let told = ["told", "assured", "warned", "informed"];
    let by = words
        .windows(2)
        .position(|pair| pair[0].is_any(&told) && pair[1].is("by"))?
        + 2;
    let that = by
        + words
            .get(by..)?
            .iter()
            .take(8)
            .position(|word| word.is("that"))?;
    (words.len() > that + 2).then(|| subject(sentence, &words[by..that]))?
}

/// `Hale resigned, saying that …`, where what is said is most of the sentence, and `Hale was quoted
/// as saying that …`.
fn saying<'d>(sentence: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let at = words
        .iter()
        .position(|word| cue_of(word) == Some(Reporting::Saying))?;
    let before = words.get(..at)?;
    let last = before.last()?;
    if last.is("as") {
        let is = before
            .iter()
            .position(|word| word.is_any(&["was", "is", "were", "are"]))?;
        return subject(sentence, &before[..is]);
    }
    let that = words.get(at + 1)?.is("that");
    let most = words.len() >= 2 * at;
    (last.breaks && that && most).then(|| leading_subject(sentence, before))?
}

/// `Hale is convinced that …`, `Hale made it clear that …`, `It is Hale's view that …`.
fn holding<'d>(sentence: &'d str, words: &[Word<'d>]) -> Option<Speaker<'d>> {
    let at = words
        .windows(2)
        .position(|pair| cue_of(&pair[0]) == Some(Reporting::Holding) && pair[1].is("that"))?;
    let before = words.get(..at)?;
    let verbs = [
        "is", "was", "are", "were", "remains", "remained", "made", "makes", "make", "let",
    ];
    let verb = before.iter().position(|word| word.is_any(&verbs))?;
    let denied = before
        .iter()
        .any(|word| word.is_any(&["not", "never", "no"]))
        || before[..verb].iter().any(|word| is_finite(&lower(word)));
    if denied || words.len() < at + 4 {
        return None;
    }
    if before[0].is("it") && words[at].is("view") {
        let (start, end) = (before.get(verb + 1)?.start, before.last()?.end());
        let owner = sentence.get(start..end)?;
        return words_of_subject(owner.strip_suffix("'s").or(owner.strip_suffix("’s"))?);
    }
    let made = before[verb].is_any(&["made", "makes", "make", "let"]);
    let needs_made = words[at].is_any(&["clear", "known"]);
    let named = subject(sentence, &before[..verb]).filter(|_| made == needs_made)?;
    (named != Speaker::Author).then_some(named)
}
