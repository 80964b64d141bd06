//! Running heads and feet: what stands at the edge of page after page.

use std::collections::{HashMap, HashSet};

use super::page::Line;

/// Lines at each end of a page that are looked at.
const EDGE_LINES: usize = 2;

/// The lines that are running heads, as (page, line).
pub(super) fn heads(pages: &[Vec<Line>]) -> HashSet<(usize, usize)> {
    let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    let mut heads = HashSet::new();
    for (number, page) in pages.iter().enumerate() {
        for line in edges(page) {
            let words = &page[line].words;
            if is_page_number(words) {
                heads.insert((number, line));
            } else {
                places
                    .entry(pattern(words))
                    .or_default()
                    .push((number, line));
            }
        }
    }
    for found in places.into_values() {
        let on: HashSet<usize> = found.iter().map(|(page, _)| *page).collect();
        // Left and right pages have heads of their own.
        if on.len() >= 3 || (on.len() == 2 && pages.len() <= 3) {
            heads.extend(found);
        }
    }
    heads
}

/// The lines that are the highest and lowest on a page.
fn edges(page: &[Line]) -> HashSet<usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].y.total_cmp(&page[*b].y));
    let top = order.iter().take(EDGE_LINES).copied();
    let bottom = order.iter().rev().take(EDGE_LINES).copied();
    top.chain(bottom).collect()
}

/// The words with digits made equal.
fn pattern(words: &str) -> String {
    let mut pattern = String::with_capacity(words.len());
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_numeric() {
            pattern.extend(c.to_lowercase());
        } else if !pattern.ends_with('0') {
            pattern.push('0');
        }
    }
    pattern
}

/// `12`, `- 12 -`, `Page 3 of 9`, `xii`.
fn is_page_number(words: &str) -> bool {
    let bare = words
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let roman = (1..6).contains(&bare.len()) && bare.bytes().all(|b| b"ivxlc".contains(&b));
    let rest: Vec<&str> = bare
        .split_whitespace()
        .filter(|word| !["page", "p", "of", "/", "|"].contains(word))
        .collect();
    let digits =
        |word: &&str| word.len() < 5 && word.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    roman || ((1..3).contains(&rest.len()) && rest.iter().all(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for words in ["12", "- 12 -", "Page 3 of 9", "xii", "3/9"] {
            assert!(is_page_number(words), "{words}");
        }
        for words in ["1999 was bad", "The page", "12345", "civic duty", ""] {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
