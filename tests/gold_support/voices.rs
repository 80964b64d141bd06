//! Documents whose sentences say whose words they are.

use std::ops::Range;

use polemic::text::{Passage, Voice, sentences, voices};

use super::{Tally, fixture_files};

/// Whose words a gold sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Author,
    Direct,
    Indirect,
}

/// A sentence of a case, by paragraph and bytes in it.
#[derive(Debug)]
pub struct GoldSentence {
    pub paragraph: usize,
    pub span: Range<usize>,
    pub kind: Kind,
    /// As named in the text; empty where nobody is named.
    pub speaker: String,
}

/// A short document.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    /// Text, and whether it is set as a quotation.
    pub paragraphs: Vec<(String, bool)>,
    pub gold: Vec<GoldSentence>,
}

impl Case {
    fn parse(text: &str) -> Self {
        let (name, body) = text
            .split_once('\n')
            .expect("a case has a name and sentences");
        let mut case = Case {
            name: name.to_owned(),
            paragraphs: Vec::new(),
            gold: Vec::new(),
        };
        for paragraph in body.split("\n\n") {
            let lines = || paragraph.lines().filter(|line| !line.is_empty());
            let mut open = false;
            for line in lines() {
                open = case.add(line, open);
            }
        }
        case
    }

    /// Adds a sentence; says whether the paragraph is still open behind it.
    fn add(&mut self, line: &str, open: bool) -> bool {
        let (kind, rest) = line.split_at(2);
        let kind = match kind {
            "a " => Kind::Author,
            "d " => Kind::Direct,
            "i " => Kind::Indirect,
            other => panic!("{}: `{other}` is no voice", self.name),
        };
        let (speaker, text) = match kind {
            Kind::Author => ("", rest),
            _ => rest[1..]
                .split_once("> ")
                .or(rest[1..].split_once('>'))
                .expect("a speaker"),
        };
        let (text, quotation) = match text.strip_prefix('>') {
            Some(quoted) if quoted.trim().is_empty() => return false,
            Some(quoted) => (quoted.trim(), true),
            None => (text, false),
        };
        if !open {
            self.paragraphs.push((String::new(), quotation));
        }
        let paragraph = self.paragraphs.len() - 1;
        let prose = &mut self.paragraphs[paragraph].0;
        if open {
            prose.push(' ');
        }
        let start = prose.len();
        prose.push_str(text);
        let span = start..prose.len();
        self.gold.push(GoldSentence {
            paragraph,
            span,
            kind,
            speaker: speaker.to_owned(),
        });
        true
    }

    /// The voice found for each gold sentence: that of the sentence in its middle.
    pub fn found(&self) -> Vec<Voice> {
        let spans: Vec<Vec<Range<usize>>> = self
            .paragraphs
            .iter()
            .map(|(text, _)| spans(text))
            .collect();
        let passages: Vec<Passage<'_>> = self
            .paragraphs
            .iter()
            .zip(&spans)
            .map(|((text, quotation), sentences)| Passage {
                text,
                sentences,
                quotation: *quotation,
            })
            .collect();
        let heard = voices(&passages);
        let voice_at = |gold: &GoldSentence| {
            let middle = (gold.span.start + gold.span.end) / 2;
            let at = spans[gold.paragraph].partition_point(|span| span.end <= middle);
            heard[gold.paragraph][at].voice.clone()
        };
        self.gold.iter().map(voice_at).collect()
    }
}

fn spans(text: &str) -> Vec<Range<usize>> {
    sentences(text)
        .map(|s| s.byte_offset..s.byte_offset + s.text.len())
        .collect()
}

/// The cases of a part of the gold set (`open` or `held-out`), by file.
pub fn cases(part: &str) -> Vec<(String, Vec<Case>)> {
    let files = fixture_files(&format!("voice/{part}"));
    let split = |text: &str| {
        text.split("== ")
            .skip(1)
            .map(|case| Case::parse(case.trim_end()))
            .collect()
    };
    files
        .into_iter()
        .map(|(name, text)| (name, split(&text)))
        .collect()
}

/// How well voices were found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub direct: Tally,
    pub indirect: Tally,
    /// Somebody's rather than the author's, in whichever way.
    pub reported: Tally,
    /// Of the sentences that were found to be somebody's and whose speaker is named: the right name.
    pub speaker: Tally,
}

impl Figures {
    pub fn add(&mut self, other: Figures) {
        self.direct.add(other.direct);
        self.indirect.add(other.indirect);
        self.reported.add(other.reported);
        self.speaker.add(other.speaker);
    }

    /// Is nothing wrong in these figures?
    pub fn is_right(&self) -> bool {
        let right = |tally: Tally| tally.right == tally.found && tally.right == tally.gold;
        [self.direct, self.indirect, self.speaker]
            .into_iter()
            .all(right)
    }

    /// The figures of one sentence.
    pub fn of(gold: &GoldSentence, found: &Voice) -> Self {
        let (kind, speaker) = match found {
            Voice::Author => (Kind::Author, None),
            Voice::Quoted {
                speaker,
                direct: true,
            } => (Kind::Direct, speaker.as_deref()),
            Voice::Quoted {
                speaker,
                direct: false,
            } => (Kind::Indirect, speaker.as_deref()),
        };
        let tally = |is: &dyn Fn(Kind) -> bool| {
            let (found, gold) = (usize::from(is(kind)), usize::from(is(gold.kind)));
            Tally {
                right: found & gold,
                found,
                gold,
            }
        };
        let named = usize::from(found.is_quoted() && !gold.speaker.is_empty());
        let right = speaker.is_some_and(|speaker| same_speaker(&gold.speaker, speaker));
        Figures {
            direct: tally(&|kind| kind == Kind::Direct),
            indirect: tally(&|kind| kind == Kind::Indirect),
            reported: tally(&|kind| kind != Kind::Author),
            speaker: Tally {
                right: named & usize::from(right),
                found: named,
                gold: named,
            },
        }
    }
}

/// The found name is the gold name, or has its last word, as `Mr Tripp` has of `Norman Tripp`.
fn same_speaker(gold: &str, found: &str) -> bool {
    let last = gold.split(' ').next_back().unwrap_or(gold);
    !last.is_empty() && found.split([' ', ',', '\'', '’']).any(|word| word == last)
}
