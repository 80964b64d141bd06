//! What kind of sentence a word stands in: the same word weighs differently in a report of what somebody
//! said, in an address to the reader, in a question.

/// One thing that may be true of a sentence. A word is told apart by those that are true of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Circumstance {
    /// How terms begin that are about it.
    pub(super) mark: &'static str,
    /// Words of which one is enough, in normal form.
    words: &'static [&'static str],
}

/// Number of circumstances.
pub(super) const CIRCUMSTANCES: usize = 6;

/// All of them, in the order of their bits.
#[rustfmt::skip]
pub(super) const ALL: [Circumstance; CIRCUMSTANCES] = [
    Circumstance { mark: "<quoting>", words: &["\""] },
    Circumstance { mark: "<reporting>", words: &[
        "accused", "added", "alleged", "announced", "argued", "argues", "asked", "asserted", "believe",
        "believes", "called", "claimed", "claims", "declared", "denied", "explained", "insisted", "noted",
        "reported", "reports", "said", "say", "saying", "says", "stated", "suggested", "suggests", "tell",
        "tells", "think", "thinks", "told", "warned", "warns", "writes", "wrote", "according",
    ] },
    Circumstance { mark: "<first-person>", words: &[
        "i", "i'd", "i'll", "i'm", "i've", "me", "my", "our", "ours", "ourselves", "us", "we", "we'd",
        "we'll", "we're", "we've",
    ] },
    Circumstance { mark: "<second-person>", words: &[
        "you", "you'd", "you'll", "you're", "you've", "your", "yours", "yourself",
    ] },
    Circumstance { mark: "<asking>", words: &["?", "!"] },
    Circumstance { mark: "<counting>", words: &["<num>", "%", "$"] },
];

/// A bit for each circumstance that a word, in normal form, makes true of its sentence.
pub(super) fn circumstances_of(form: &str) -> u8 {
    let bit = |(i, c): (usize, &Circumstance)| u8::from(c.words.contains(&form)) << i;
    ALL.iter().enumerate().map(bit).sum()
}

/// The numbers of the circumstances whose bits are set.
pub(super) fn numbers(bits: u8) -> impl Iterator<Item = usize> + Clone {
    (0..CIRCUMSTANCES).filter(move |i| bits & 1 << i != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_circumstances() {
        let marks = |form| numbers(circumstances_of(form)).map(|i| ALL[i].mark);
        assert!(marks("said").eq(["<reporting>"]));
        assert!(marks("?").eq(["<asking>"]));
        assert!(marks("house").eq([""; 0]));
    }
}
