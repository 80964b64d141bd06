use proptest::prelude::*;

use crate::text::{Heard, Passage, Voice, sentences, voices};

fn heard(text: &str) -> Vec<Heard> {
    let spans: Vec<_> = sentences(text)
        .map(|s| s.byte_offset..s.byte_offset + s.text.len())
        .collect();
    let passage = Passage {
        text,
        sentences: &spans,
        quotation: false,
    };
    voices(&[passage]).remove(0)
}

/// The parts of the first sentence: `A: words … words` or `speaker: words`.
fn parts(text: &str) -> Vec<String> {
    let part = |part: &super::VoicePart| {
        let spans = part.spans.iter().map(|span| &text[span.clone()]);
        let words = spans.collect::<Vec<_>>().join(" … ");
        match &part.voice {
            Voice::Author => format!("A: {words}"),
            Voice::Quoted { speaker, .. } => {
                format!("{}: {words}", speaker.as_deref().unwrap_or("?"))
            }
        }
    };
    heard(text)[0].parts.iter().map(part).collect()
}

#[test]
fn speech_and_what_the_author_says_around_it() {
    let cases: [(&str, &[&str]); 9] = [
        (
            "“This is a shameful betrayal,” the senator said, standing by the exit.",
            &[
                "senator: This is a shameful betrayal,",
                "A: “ … ” the senator said, standing by the exit.",
            ],
        ),
        (
            "He called the plan “a disgrace and a cowardly surrender” before leaving.",
            &[
                "?: a disgrace and a cowardly surrender",
                "A: He called the plan “ … ” before leaving.",
            ],
        ),
        (
            "The council, which had promised “a fair and open hearing for all”, voted against it on Monday.",
            &[
                "A: The council, which had promised “ … ”, voted against it on Monday.",
                "?: a fair and open hearing for all",
            ],
        ),
        // The frame is too short.
        (
            "“We cannot pay for it,” said Ana Ruiz.",
            &["Ana Ruiz: We cannot pay for it,"],
        ),
        (
            "“We cannot,” said Hale, “pay for all of it.”",
            &["Hale: We cannot, … pay for all of it."],
        ),
        // The speech is too short.
        ("“Never again,” the old senator said on the steps.", &[]),
        (
            "The letter, which asks for “one day of quiet”, came from the school on Monday.",
            &["A: The letter, which asks for “ … ”, came from the school on Monday."],
        ),
        // A scare quote.
        ("The “experts” on the panel had never seen a cow.", &[]),
        ("The council met on Monday and sat until five.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn indirect_speech_around_a_quotation_is_not_the_authors() {
    for text in [
        "Hale said the plan was “a disgrace and a cowardly surrender” and would ruin the town.",
        "According to Hale, the plan was “a disgrace and a cowardly surrender” from the start.",
        "Hale accused the council of lies, of theft and of “a disgrace and a cowardly surrender”.",
    ] {
        assert_eq!(parts(text), [""; 0], "{text}");
    }
}

#[test]
fn what_the_author_says_in_quotation_marks_is_the_authors() {
    let text = "“You will regret this for the rest of your days,” I said to the man at the gate.";
    assert_eq!(parts(text), [""; 0]);
}

#[test]
fn a_bare_announcement_goes_with_its_block_quotation() {
    let announced = |before: &str| {
        let quoted = "The minister is a coward.";
        let whole = [0..before.len(), 0..quoted.len()];
        let passage = |text, at: usize| Passage {
            text,
            sentences: &whole[at..=at],
            quotation: at == 1,
        };
        voices(&[passage(before, 0), passage(quoted, 1)])[0][0]
            .voice
            .clone()
    };
    assert!(announced("It begins:").is_quoted());
    let Voice::Quoted { speaker, .. } = announced("Ana Ruiz wrote:") else {
        panic!("quoted");
    };
    assert_eq!(speaker.as_deref(), Some("Ana Ruiz"));
    assert!(!announced("I wrote:").is_quoted());
    assert!(!announced("It begins without a greeting:").is_quoted());
    assert!(!announced("It rained.").is_quoted());
}

proptest! {
    #[test]
    fn parts_lie_in_their_sentence_and_do_not_overlap(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "“", "”", "\"", "said", "Hale", "the", "plan", "called", "it", "was,", "and", "I", ".",
                "is.", "“We", "pay,”", "é", "  ",
            ]),
            0..40,
        ),
        spaced in any::<bool>(),
    ) {
        let text = words.join(if spaced { " " } else { "" });
        let spans: Vec<_> = sentences(&text)
            .map(|s| s.byte_offset..s.byte_offset + s.text.len())
            .collect();
        for (heard, sentence) in heard(&text).iter().zip(spans) {
            prop_assert!(heard.parts.first().is_none_or(|part| part.voice == heard.voice));
            let mut spans: Vec<_> = heard.parts.iter().flat_map(|part| &part.spans).collect();
            spans.sort_by_key(|span| span.start);
            let mut end = sentence.start;
            for span in spans {
                prop_assert!(span.start >= end && span.end > span.start && span.end <= sentence.end);
                prop_assert!(text.get(span.clone()).is_some());
                end = span.end;
            }
        }
    }
}
