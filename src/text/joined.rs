//! Sentences that follow each other without a space.

use super::abbreviations::{abbreviation, begins_sentences, is_domain_ending};
use super::marks::Mark;
use super::opening::leading_word;
use super::sentence::Stop;

/// `ended.The next`, `ended.“The`: no space, but a word or a number, a stop, and a capitalised word
/// behind it, and neither an abbreviation nor part of an address or a file name.
pub(super) fn space_is_missing(stop: &Stop<'_>, next: char) -> bool {
    let rest = stop.rest();
    let quoted = matches!(next, '“' | '‘' | '«');
    let rest = if quoted {
        &rest[next.len_utf8()..]
    } else {
        rest
    };
    let mut letters = rest.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let lower_after = letters
        .next()
        .is_some_and(|c| c.is_lowercase() || c == '’' || c == '\'');
    if !capital || !lower_after {
        return false;
    }
    if stop.mark == Mark::Ellipsis {
        let behind_word = stop.text[stop.start..stop.at].ends_with(char::is_alphabetic);
        return behind_word && !stop.closed && begins_sentences(leading_word(rest));
    }
    if stop.closed {
        return stop.text[..stop.end].ends_with(['”', '»', '"', ')', ']']) && !in_address(stop);
    }
    let word = stop.word();
    let number = word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let spelled = word.chars().count() > 1
        && word.chars().all(char::is_alphabetic)
        && word.chars().next_back().is_some_and(char::is_lowercase);
    if number {
        return begins_sentences(leading_word(rest)) && !in_address(stop);
    }
    spelled && abbreviation(word).is_none() && !in_address(stop) && starts_plain_word(rest)
}

/// Is there a mark of an address (`/`, `@`, `_`) between the spaces around the stop?
fn in_address(stop: &Stop<'_>) -> bool {
    let address = |c: char| matches!(c, '/' | '@' | '_' | '\\');
    let near = |c: &char| !c.is_whitespace();
    let before = &stop.text[stop.start..stop.at];
    before.chars().rev().take(60).take_while(near).any(address)
        || stop.rest().chars().take(60).take_while(near).any(address)
}

/// Does `rest` begin with a word that is no domain and has no stop and letter behind it?
fn starts_plain_word(rest: &str) -> bool {
    let word = leading_word(rest);
    let mut after = rest[word.len()..].chars();
    let joined = after.next() == Some('.') && after.next().is_some_and(char::is_alphanumeric);
    !joined && !is_domain_ending(word)
}
