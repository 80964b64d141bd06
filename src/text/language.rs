//! Which language a text seems to be in.

/// Only this many bytes are looked at.
const ENOUGH: usize = 8192;
/// Words that make up a third to a half of English prose, and little of any other.
const ENGLISH: [&str; 40] = [
    "the", "of", "and", "to", "that", "is", "was", "for", "it", "with", "as", "on", "be", "at",
    "by", "this", "have", "from", "not", "are", "but", "which", "they", "his", "her", "would",
    "will", "has", "had", "been", "their", "who", "what", "when", "we", "you", "he", "she", "its",
    "were",
];

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(whatlang::Lang);

impl Language {
    /// The ISO 639-3 code, such as `eng`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The English name, such as `German`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.eng_name()
    }
}

/// The language of `text`; `None` if it is too short to tell. Where letters and common words
/// disagree, a fifth of English function words makes a text English, so that names and titles of
/// works do not turn it into something else.
///
/// ```
/// use polemic::text::language_of;
/// let text = "The minister said that the talks would go on in the spring, and that both sides had \
///             agreed to keep what they had heard in the room to themselves until then.";
/// assert_eq!(language_of(text).map(|language| language.code()), Some("eng"));
/// assert_eq!(language_of("1, 2, 3"), None);
/// ```
#[must_use]
pub fn language_of(text: &str) -> Option<Language> {
    let text = &text[..text.floor_char_boundary(ENOUGH)];
    let (words, english) = count_words(text);
    if words >= 8 && english * 5 >= words {
        return Some(Language(whatlang::Lang::Eng));
    }
    let found = whatlang::detect(text)?;
    // Danish and Norwegian can be confused with each other, and are still not English.
    let foreign = found.lang() != whatlang::Lang::Eng && words >= 30 && english * 16 < words;
    (found.is_reliable() || foreign).then(|| Language(found.lang()))
}

/// Words of the text, and how many of them are function words of English.
fn count_words(text: &str) -> (usize, usize) {
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    words.fold((0, 0), |(words, english), word| {
        let known = ENGLISH.iter().any(|e| e.eq_ignore_ascii_case(word));
        (words + 1, english + usize::from(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: Option<&str>) {
        assert_eq!(language_of(text).map(Language::code), code, "{text}");
    }

    #[test]
    fn languages() {
        let german = "Der Rat hat am Montag beschlossen, dass die Brücke im Sommer für neun Wochen \
                      gesperrt wird, weil das Geländer erneuert werden muss und die Straße auch.";
        check(german, Some("deu"));
        let french = "Le conseil a décidé lundi que le pont serait fermé pendant neuf semaines, parce que \
                      la balustrade doit être refaite et que la route est dans le même état.";
        check(french, Some("fra"));
        let dutch = "De raad heeft maandag besloten dat de brug in de zomer negen weken dicht gaat, omdat \
                     de leuning moet worden vernieuwd en de weg ook aan onderhoud toe is.";
        check(dutch, Some("nld"));
        check("理事会は月曜日に橋を閉鎖することを決定した。", Some("jpn"));
    }

    #[test]
    fn english_with_foreign_names_is_english() {
        let text = "The painter Jean-Baptiste Siméon Chardin was born in the rue de Seine, and it is said \
                    that he never left Paris for long; his Panier de fraises des bois was sold for more \
                    than any of his works had been.";
        check(text, Some("eng"));
    }
}
