//! Whom a pronoun may mean: the person named last before it.

use super::abbreviations::{Abbreviation, abbreviation, begins_sentences};

/// Words that stand before places and bodies rather than before people.
#[rustfmt::skip]
const BEFORE_PLACES: [&str; 18] = [
    "the", "in", "at", "of", "on", "from", "near", "to", "into", "across", "through", "a", "an",
    "around", "over", "towards", "outside", "this",
];

/// The first name of a person in `sentence`: two to four capitalised words in a row, or one behind
/// a title, that do not stand behind a preposition of place or an article.
pub(super) fn person_in(sentence: &str) -> Option<&str> {
    let mut run: Option<Run> = None;
    let mut previous = "";
    for raw in sentence.split_ascii_whitespace() {
        let bare = bare(raw);
        let start = bare.as_ptr() as usize - sentence.as_ptr() as usize;
        let title = abbreviation(bare) == Some(Abbreviation::Title);
        if is_capitalised(bare) && (run.is_some() || title || !begins_sentences(bare)) {
            let run = run.get_or_insert(Run {
                start,
                end: start,
                words: 0,
                placed: BEFORE_PLACES
                    .iter()
                    .any(|word| previous.eq_ignore_ascii_case(word)),
            });
            run.end = start + bare.len();
            run.words += 1 + usize::from(title);
        }
        let closed = !raw.ends_with(bare) || bare != without_possessive(bare);
        let ends = !is_capitalised(bare) || closed && !title && !is_initial(raw);
        if ends && let Some(run) = run.take().filter(Run::is_person) {
            return sentence.get(run.start..run.end).map(without_possessive);
        }
        previous = bare;
    }
    let run = run.filter(Run::is_person)?;
    sentence.get(run.start..run.end).map(without_possessive)
}

struct Run {
    start: usize,
    end: usize,
    words: usize,
    placed: bool,
}

impl Run {
    fn is_person(&self) -> bool {
        !self.placed && (2..6).contains(&self.words)
    }
}

fn bare(raw: &str) -> &str {
    raw.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// `R.` inside a name.
fn is_initial(raw: &str) -> bool {
    raw.len() == 2 && raw.ends_with('.')
}

fn without_possessive(name: &str) -> &str {
    name.strip_suffix("'s")
        .or(name.strip_suffix("’s"))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::person_in;

    #[test]
    fn people_have_two_names_or_a_title() {
        let cases = [
            ("Ana Ruiz runs the clinic.", Some("Ana Ruiz")),
            (
                "Councillor Ana Ruiz, who leads it, left.",
                Some("Councillor Ana Ruiz"),
            ),
            ("We met Jon R. Hale in his office.", Some("Jon R. Hale")),
            ("In Dorn, Dr. Osei saw them.", Some("Dr. Osei")),
            ("It was Ana Ruiz's house.", Some("Ana Ruiz")),
            ("They met in North Dorn at the Old Mill.", None),
            ("Hale’s European friends left.", None),
            ("The house was empty.", None),
            ("", None),
        ];
        for (sentence, wanted) in cases {
            assert_eq!(person_in(sentence), wanted, "{sentence}");
        }
    }
}
