//! The shape of a word: what is left of it when its topic is taken away.
//!
//! Function words, marks and masks stay; a content word becomes the style inventory that holds it,
//! or its ending. So an n-gram of shapes is a turn of phrase whatever it is said of: *a* +judgement
//! *of* ~s.

use super::analyzer::Word;
use super::style::StyleChannel;

/// Inventories that name a shape, in the order in which they are asked. All but the last few tell
/// an evaluation from a report.
const INVENTORIES: [&str; 22] = [
    "negative_judgement_strong",
    "moral_appeal",
    "catastrophe",
    "irony_marker",
    "colloquial",
    "extremity_adjective",
    "affect_negative",
    "affect_positive",
    "negative_appreciation",
    "positive_judgement",
    "positive_appreciation",
    "conflict_metaphor",
    "evaluative_abstract_noun",
    "attitude_marker",
    "reporting_verb_loaded",
    "intensifier",
    "booster",
    "hedge",
    "research_noun",
    "argument_verb_academic",
    "research_adjective_adverb",
    "reporting_verb_neutral",
];

/// Endings that name a shape, the first that fits is taken.
const ENDINGS: [(&str, &str); 22] = [
    ("ly", "~ly"),
    ("ing", "~ing"),
    ("ed", "~ed"),
    ("tion", "~tion"),
    ("tions", "~tion"),
    ("sion", "~tion"),
    ("ment", "~tion"),
    ("ments", "~tion"),
    ("ness", "~tion"),
    ("ity", "~tion"),
    ("ities", "~tion"),
    ("ism", "~tion"),
    ("ive", "~ive"),
    ("ous", "~ive"),
    ("ful", "~ive"),
    ("able", "~ive"),
    ("ible", "~ive"),
    ("less", "~ive"),
    ("al", "~al"),
    ("ic", "~al"),
    ("est", "~est"),
    ("s", "~s"),
];

/// Gives words their shapes.
#[derive(Clone, Debug)]
pub(super) struct Shapes {
    style: StyleChannel,
    /// `[inventory of style]` → its place in [`INVENTORIES`].
    ranks: Vec<Option<usize>>,
    found: Vec<(u32, f32)>,
}

impl Shapes {
    fn new(style: StyleChannel) -> Self {
        let rank = |name: &String| INVENTORIES.iter().position(|i| i == name);
        let ranks = style.names().iter().map(rank).collect();
        Self {
            style,
            ranks,
            found: Vec::new(),
        }
    }

    /// The shapes of English words.
    pub(super) fn english() -> Self {
        Self::new(super::style::Style::english())
    }

    /// The shape of a word.
    pub(super) fn shape_of<'w>(&mut self, word: &'w Word) -> &'w str {
        let form = &*word.surface;
        if !word.is_lexical || FUNCTION_WORDS.binary_search(&form).is_ok() {
            return form;
        }
        self.found.clear();
        self.style.push_features(word, &mut self.found);
        let columns = self.found.iter();
        let ranks = columns.filter_map(|&(column, _)| self.ranks[column as usize]);
        if let Some(rank) = ranks.min() {
            return INVENTORIES[rank];
        }
        let ending = ENDINGS
            .iter()
            .find(|(ending, _)| form.len() > ending.len() + 2 && form.ends_with(ending));
        ending.map_or("~", |(_, shape)| shape)
    }
}

/// Function words, sorted.
#[rustfmt::skip]
const FUNCTION_WORDS: [&str; 242] = [
    "a", "about", "above", "after", "again", "against", "all", "almost",
    "along", "already", "also", "although", "always", "am", "among", "an",
    "and", "another", "any", "anybody", "anyone", "anything", "are", "aren't",
    "around", "as", "at", "away", "back", "be", "became", "because",
    "become", "been", "before", "behind", "being", "below", "better", "between",
    "both", "but", "by", "can", "can't", "cannot", "could", "couldn't",
    "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done",
    "down", "during", "each", "either", "else", "enough", "even", "ever",
    "every", "everybody", "everyone", "everything", "except", "far", "few", "for",
    "from", "further", "had", "hadn't", "has", "hasn't", "have", "haven't",
    "having", "he", "her", "here", "hers", "herself", "him", "himself",
    "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've",
    "if", "in", "indeed", "instead", "into", "is", "isn't", "it",
    "it's", "its", "itself", "just", "least", "less", "let", "let's",
    "like", "little", "many", "may", "maybe", "me", "might", "more",
    "most", "much", "must", "my", "myself", "neither", "never", "no",
    "nobody", "none", "nor", "not", "nothing", "now", "of", "off",
    "often", "on", "once", "one", "only", "or", "other", "others",
    "otherwise", "our", "ours", "ourselves", "out", "over", "own", "perhaps",
    "quite", "rather", "really", "same", "she", "should", "shouldn't", "since",
    "so", "some", "somebody", "someone", "something", "still", "such", "than",
    "that", "that's", "the", "their", "theirs", "them", "themselves", "then",
    "there", "there's", "therefore", "these", "they", "they'd", "they'll", "they're",
    "they've", "this", "those", "though", "through", "thus", "to", "together",
    "too", "toward", "towards", "under", "unless", "until", "up", "upon",
    "us", "very", "was", "wasn't", "we", "we'd", "we'll", "we're",
    "we've", "well", "were", "weren't", "what", "what's", "whatever", "when",
    "where", "whether", "which", "while", "who", "who's", "whoever", "whom",
    "whose", "why", "will", "with", "within", "without", "won't", "would",
    "wouldn't", "yet", "you", "you'd", "you'll", "you're", "you've", "your",
    "yours", "yourself",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_go_and_manners_stay() {
        assert!(FUNCTION_WORDS.is_sorted());
        let mut shapes = Shapes::english();
        let mut shape = |form: &str, is_lexical| {
            let (surface, stem) = (form.into(), form.into());
            let word = Word {
                surface,
                stem,
                shape: Box::default(),
                is_lexical,
            };
            shapes.shape_of(&word).to_owned()
        };
        assert_eq!(shape("whose", true), "whose");
        assert_eq!(shape("<name>", false), "<name>");
        assert_eq!(shape("tariffs", true), "~s");
        assert_eq!(shape("farming", true), "~ing");
        assert_eq!(shape("bus", true), "~");
        assert_eq!(shape("disgraceful", true), shape("shameful", true));
    }
}
