//! What a page says of documents, models and dates in words.

use crate::profile::{DocumentFacts, ModelFacts};

/// The facts of a document in the order of reading: author, outlet and date first.
pub(super) fn metadata(facts: &DocumentFacts) -> Vec<(&str, &str)> {
    let first = ["author", "outlet", "date"];
    let known = first
        .iter()
        .filter_map(|key| facts.metadata.get_key_value(*key));
    let others = facts
        .metadata
        .iter()
        .filter(|(key, _)| !first.contains(&key.as_str()));
    known
        .chain(others)
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect()
}

/// Name and version of a model.
pub(in crate::report) fn model(facts: &ModelFacts) -> String {
    format!("{} {}", facts.name, facts.version)
}

/// `1 sentence`, `2 sentences`.
pub(in crate::report) fn counted(n: usize, what: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{} {what}{ending}", grouped(n))
}

/// A whole number with thin blanks between thousands.
pub(in crate::report) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!(grouped(1234), "1234");
        assert_eq!(grouped(20_000), "20\u{202f}000");
        assert_eq!(counted(1, "sentence"), "1 sentence");
        assert_eq!(counted(0, "sentence"), "0 sentences");
    }
}
