use super::*;
use crate::text::sentences;
use proptest::prelude::*;

/// Paragraphs separated by blank lines, and the voice of each sentence: `A` for the author, `Q` for
/// quoted, `Q:name` for quoted with that speaker.
const CASES: &[(&str, &str)] = &[
    // Direct speech with a frame.
    ("\"It is over,\" Ana Ruiz said.", "Q:Ana Ruiz"),
    ("“It is over,” said Ana Ruiz.", "Q:Ana Ruiz"),
    (
        "“It is over,” said Ana Ruiz, the mayor of Dorn.",
        "Q:Ana Ruiz",
    ),
    (
        "“It is over,” the minister told reporters in Dorn on Monday.",
        "Q:minister",
    ),
    ("«It is all over now,» Hale said.", "Q:Hale"),
    ("„It is all over now“, said Hale.", "Q:Hale"),
    ("»It is all over now«, Hale said.", "Q:Hale"),
    ("‘It is all over now,’ Hale said.", "Q:Hale"),
    ("'It is all over now,' Hale said.", "Q:Hale"),
    ("”It is all over now,” Hale said.", "Q:Hale"),
    ("“No,” she said.", "Q"),
    ("“Never!” shouted Cole.", "Q:Cole"),
    ("“Why us?” asked the farmer.", "Q:farmer"),
    ("Hale said: “We will fight this law.”", "Q:Hale"),
    ("On Monday, Hale said, “We will fight this law.”", "Q:Hale"),
    (
        "Speaking in Dorn, Prime Minister Ana Ruiz said: “We will fight this law to the end.”",
        "Q:Prime Minister Ana Ruiz",
    ),
    (
        "“We will fight,” Hale said, “until the law is gone.”",
        "Q:Hale",
    ),
    (
        "“We won. They lost. It is over,” said Ana Ruiz.",
        "Q:Ana Ruiz|Q:Ana Ruiz|Q:Ana Ruiz",
    ),
    (
        "Hale was angry. “This law is a disgrace,” he said. Nobody replied.",
        "A|Q|A",
    ),
    (
        "Hale said the vote was lost. “This law is a disgrace,” he added.",
        "Q:Hale|Q:Hale",
    ),
    (
        "“The roads are empty,” Hale said. “Nobody dares to drive.”",
        "Q:Hale|Q:Hale",
    ),
    ("“Stop!” The crowd fell silent.", "Q|A"),
    ("“I will not go,” Dr. Osei wrote.", "Q:Dr. Osei"),
    (
        "“Let us go home,” the head of the union said.",
        "Q:head of the union",
    ),
    ("“The ‘reform’ is a fraud,” Hale said.", "Q:Hale"),
    (
        "“He told me ‘go home’ and I went,” the witness testified.",
        "Q:witness",
    ),
    // Quotations over sentences and paragraphs.
    (
        "“We built this town. We paid for it.\n\n“And now they take it,” said Cole. The hall was full.",
        "Q|Q||Q:Cole|A",
    ),
    (
        "Hale said: “We built this town.\n\n“We paid for it.”\n\nThe hall was full.",
        "Q:Hale||Q:Hale||A",
    ),
    (
        "He wrote “this town is ours.\n\nThe hall was full. Nobody spoke.",
        "Q||A|A",
    ),
    (
        "The “mayor of this town left early. Nobody noticed it at all.\n\nThe hall was full.",
        "Q|Q||A",
    ),
    ("He has a 6\" board. It is old.", "A|A"),
    (
        "She said \"we are leaving this town today. The hall was full. Nobody spoke.",
        "Q|A|A",
    ),
    // Scare quotes, terms, titles.
    ("The “experts” were wrong again.", "A"),
    ("Their so-called “freedom” is a lie.", "A"),
    ("This 'reform' ruins the farmers' markets.", "A"),
    ("He called the plan “a farce”.", "Q"),
    (
        "The “will of the people” is a phrase that tyrants love.",
        "A",
    ),
    (
        "The phrase “make our country great again” means nothing.",
        "A",
    ),
    ("The word “liberty” has lost its meaning.", "A"),
    ("Her book “The Origins of Modern Tyranny” sold well.", "A"),
    ("He wrote “The Long Road to Dorn.”", "A"),
    ("“The Long Road to Dorn” is her best novel.", "A"),
    ("The film ‘A Quiet House’ won a prize.", "A"),
    ("The boys' club and the girls’ school will merge.", "A"),
    ("It was the '90s, and rock 'n' roll was dead.", "A"),
    ("Our “friends” in the “free press” stayed silent.", "A"),
    ("What “they” want is your money.", "A"),
    ("The minister said the plan was “very bad”.", "Q:minister"),
    // Indirect speech.
    ("Hale said that the plan would ruin small farms.", "Q:Hale"),
    ("Ana Ruiz argued that the court had no power.", "Q:Ana Ruiz"),
    (
        "The minister said the plan would cost three million.",
        "Q:minister",
    ),
    ("Critics say that the law will harm the poor.", "Q:Critics"),
    (
        "Critics of the law warned that it would harm the poor.",
        "Q:Critics of the law",
    ),
    ("Police said two people were injured.", "Q:Police"),
    (
        "The White House announced that talks would go on.",
        "Q:White House",
    ),
    (
        "A spokeswoman for the bank told reporters that the fees were legal.",
        "Q:spokeswoman for the bank",
    ),
    ("Hale has long claimed that the vote was stolen.", "Q:Hale"),
    (
        "In a letter, the mayor conceded that money was missing.",
        "Q:mayor",
    ),
    (
        "On Friday, officials confirmed that the bridge was shut.",
        "Q:officials",
    ),
    (
        "According to Ana Ruiz, the court had no power.",
        "Q:Ana Ruiz",
    ),
    (
        "According to the ministry, prices rose by three per cent.",
        "Q:ministry",
    ),
    (
        "Prices rose by three per cent, according to the ministry.",
        "Q:ministry",
    ),
    ("The law will harm the poor, critics said.", "Q:critics"),
    (
        "The law will harm the poor, Hale told reporters on Friday.",
        "Q:Hale",
    ),
    ("The law, Hale argued, would harm the poor.", "Q:Hale"),
    ("The bridge will stay shut, said Ana Ruiz.", "Q:Ana Ruiz"),
    ("He said that the plan would fail.", "Q"),
    (
        "Hale, the mayor of Dorn, said that the plan would fail.",
        "Q:Hale",
    ),
    (
        "Nepali officials said the earthworks crossed the line.",
        "Q:Nepali officials",
    ),
    (
        "Ana Ruiz, who leads the council, said the bridge was safe.",
        "Q:Ana Ruiz",
    ),
    (
        "Its spokeswoman, Ana Ruiz, said the bridge was safe.",
        "Q:Ana Ruiz",
    ),
    (
        "Across the river, Jon Hale, a member of the council, said that nobody came.",
        "Q:Jon Hale",
    ),
    ("Mr. Hale said his party would leave.", "Q:Mr. Hale"),
    (
        "Opening the debate, the finance minister told members that the plan was dead.",
        "Q:finance minister",
    ),
    (
        "A spokesperson said water trucks had been ordered.",
        "Q:spokesperson",
    ),
    (
        "Hale said the bridge, which is old, would be shut.",
        "Q:Hale",
    ),
    (
        "“We can wait,” said the club's chief executive, Ana Ruiz, who was given ten minutes to speak.",
        "Q:Ana Ruiz",
    ),
    // The author's own words.
    ("Hale said goodbye and was gone.", "A"),
    (
        "Article 11 of the law grants a pension and says that it must be paid.",
        "A",
    ),
    (
        "“No,” said Hale, and the whole town rose against the men who had ruined it.",
        "A",
    ),
    ("We argue that the plan will fail.", "A"),
    ("I said that the plan would fail.", "A"),
    ("It is said that the plan will fail.", "A"),
    ("The plan is said to be dead.", "A"),
    ("Hale never said that the plan would fail.", "A"),
    ("Hale did not say that the plan would fail.", "A"),
    ("If Hale said that the plan would fail, he lied.", "A"),
    ("Hale said that the plan would fail, but he was wrong.", "A"),
    (
        "When the minister says that taxes must rise, hold your purse.",
        "A",
    ),
    ("Did Hale say that the plan would fail?", "A"),
    ("As Hale argued, the plan will fail.", "Q:Hale"),
    ("The results suggest that wages fell.", "A"),
    ("A study found that wages fell.", "A"),
    ("The data show that wages fell.", "A"),
    ("According to our results, wages fell.", "A"),
    (
        "Everything went according to plan, and nobody was hurt.",
        "A",
    ),
    ("That said, the plan may work.", "A"),
    ("The man who said that the plan would fail was fired.", "A"),
    ("Nobody said that it would be easy.", "A"),
    ("One could argue that the plan failed.", "A"),
    ("Money talks, they say.", "A"),
    ("“We lost it all,” I said.", "A"),
    ("Hale said nothing.", "A"),
    ("The minister told the truth.", "A"),
    ("The report was late, and the minister knew it.", "A"),
    ("He would say that the plan is fine.", "A"),
    ("Suffice it to say that the plan failed.", "A"),
    ("The clock said that it was noon already.", "A"),
    ("However, it must be noted that wages fell.", "A"),
    ("This paper argues that wages fell.", "A"),
    ("The state claimed the land and sold it.", "A"),
    ("The law states that taxes must be paid.", "A"),
    ("Let us be clear: the plan is theft.", "A"),
    ("Smith and Jones (2010) report higher wages.", "A"),
];

fn voices_in(text: &str) -> Vec<Vec<Voice>> {
    let blocks: Vec<&str> = text.split("\n\n").collect();
    let spans: Vec<Vec<_>> = blocks
        .iter()
        .map(|block| {
            sentences(block)
                .map(|s| s.byte_offset..s.byte_offset + s.text.len())
                .collect()
        })
        .collect();
    let passages: Vec<_> = blocks
        .iter()
        .zip(&spans)
        .map(|(text, sentences)| Passage {
            text,
            sentences,
            quotation: false,
        })
        .collect();
    let heard = voices(&passages);
    let voices = |heard: Vec<Heard>| heard.into_iter().map(|heard| heard.voice).collect();
    heard.into_iter().map(voices).collect()
}

fn shown(voice: &Voice) -> String {
    match voice {
        Voice::Author => "A".to_owned(),
        Voice::Quoted { speaker: None, .. } => "Q".to_owned(),
        Voice::Quoted {
            speaker: Some(name),
            ..
        } => format!("Q:{name}"),
    }
}

#[test]
fn precision_and_recall_on_the_table() {
    let (mut right, mut false_quoted, mut missed, mut speakers) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (text, wanted) in CASES {
        let found = voices_in(text);
        let found: Vec<String> = found
            .iter()
            .map(|block| block.iter().map(shown).collect::<Vec<_>>().join("|"))
            .collect();
        let found = found.join("||");
        let pairs = || found.split('|').zip(wanted.split('|'));
        false_quoted += pairs()
            .filter(|(f, w)| f.starts_with('Q') && *w == "A")
            .count();
        missed += pairs()
            .filter(|(f, w)| *f == "A" && w.starts_with('Q'))
            .count();
        right += pairs()
            .filter(|(f, w)| f.starts_with('Q') && w.starts_with('Q'))
            .count();
        speakers += pairs()
            .filter(|(f, w)| f.starts_with('Q') && w.starts_with('Q') && f != w)
            .count();
        if found != *wanted {
            wrong.push(format!(
                "\n  {text:?}\n    wanted {wanted}\n    found  {found}"
            ));
        }
    }
    assert!(CASES.len() >= 80, "{} cases", CASES.len());
    let counts = (right, false_quoted, missed, speakers);
    assert_eq!(counts, (71, 0, 0, 0), "{}", wrong.concat());
}

#[test]
fn a_block_quotation_needs_no_marks() {
    let text = "We will fight.";
    let spans = vec![0..text.len(); 1];
    let passage = Passage {
        text,
        sentences: &spans,
        quotation: true,
    };
    assert_eq!(
        voices(&[passage]),
        [[Heard::whole(Voice::Quoted {
            speaker: None,
            direct: true
        })]]
    );
}

#[test]
fn spans_that_do_not_fit_the_text_are_the_authors() {
    let spans = [0..1, 3..900];
    let passage = Passage {
        text: "é“",
        sentences: &spans,
        quotation: false,
    };
    let authors = Heard::whole(Voice::Author);
    assert_eq!(voices(&[passage])[0], [authors.clone(), authors]);
}

/// Panics with the speeds: `POLEMIC_PROSE=FILE cargo test --release --lib speed -- --ignored`.
#[test]
#[ignore = "a measurement, not a check"]
fn voice_speed() {
    let cases: String = CASES
        .iter()
        .map(|(text, _)| format!("{text}\n\n"))
        .collect();
    let prose = std::env::var("POLEMIC_PROSE")
        .ok()
        .and_then(|path| std::fs::read_to_string(path).ok());
    let mut speeds = String::new();
    for text in [cases].into_iter().chain(prose) {
        let text = text.repeat(10_000_000 / text.len());
        let speed =
            |start: std::time::Instant| text.len() as f64 / start.elapsed().as_secs_f64() / 1e6;
        let start = std::time::Instant::now();
        let count = sentences(&text).count();
        speeds += &format!("{count} sentences at {:.0} MB/s, ", speed(start));
        let start = std::time::Instant::now();
        let count = voices_in(&text).len();
        speeds += &format!("voices of {count} blocks at {:.0} MB/s; ", speed(start));
    }
    assert!(speeds.is_empty(), "{speeds}");
}

proptest! {
    #[test]
    fn any_text_has_a_voice_for_each_sentence(
        parts in prop::collection::vec(prop::sample::select(vec![
            "“", "”", "\"", "'", "’", "‘", " said ", "Hale", " that ", ", ", ". ", "\n\n", "We", "é",
            "According to ", "told", "the minister", "?", "!", " — ", "I", "In Hale's view, ", ": ",
            ", as Hale put it, ", ", saying that ", " is convinced that ", "It is ", "'s view ",
            " called ", " as a ", "On Monday", " told by ", "(2011)", "et al. ", " is clear: ",
        ]), 0..30)
    ) {
        let text = parts.concat();
        let voices: usize = voices_in(&text).iter().map(Vec::len).sum();
        let wanted: usize = text.split("\n\n").map(|block| sentences(block).count()).sum();
        prop_assert_eq!(voices, wanted);
    }

    #[test]
    fn any_string_has_voices(text in any::<String>()) {
        let _ = voices_in(&text);
    }
}
