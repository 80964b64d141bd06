use super::*;
use proptest::prelude::*;

/// Texts with a `|` at every boundary between two sentences.
const CASES: &[&str] = &[
    // Plain stops.
    "The council met. |It voted. |Nobody spoke.",
    "It rained! |Did it rain? |It did.",
    "one sentence without a stop",
    "Two sentences. the second in lower case? |no stop at the end",
    "The bill passed; the senate rose; the clerk left. |Then came the vote.",
    "Line breaks\nare spaces. |And so\nis this one.",
    "A blank line ends it\n\n|even without a stop",
    "What a mess!! |Nobody cared?! |Everyone slept.",
    // Titles, initials, acronyms.
    "Mr. Osei met Dr. Lindqvist and Prof. Adeyemi. |They spoke.",
    "We saw Mrs. Hale. |Gen. Ruiz stayed away.",
    "Gov. Marsh and Sen. Albright signed. |Rep. Cole did not.",
    "J. R. R. Tolkien wrote it. |George W. Bush read it.",
    "The letter to A. B. Carver was lost. |It turned up later.",
    "He left the U.S. in May. |The U.N. Security Council met.",
    "He left the U.S. |The visit was short.",
    "She flew to Washington, D.C. |There she rested.",
    "The U.S. Senate and the U.K. Parliament agreed. |Good.",
    "He holds a Ph.D. from Leeds. |She holds a Ph.D. |They met there.",
    "Take vitamin C. |It helps nobody.",
    "Plan B failed. |We chose plan C. |That failed too.",
    "K. He, X. Zhang and S. Ren wrote the paper. |It was read.",
    "St. Louis lies on the river. |Mt. Hood does not.",
    "Capt. R. Vane and Lt. Oduya sailed. |Messrs. Pike and Dunn paid.",
    // Abbreviations in mid clause.
    "Some fruit, e.g. Spanish oranges, rots. |Other fruit, i.e. French plums, does not.",
    "It was Hale vs. Cole, approx. 300 pages. |Nobody read it.",
    "The ruling in Marsh v. Carver stands. |It will be cited.",
    "Smith et al. (2010) disagree. |Jones et al. found nothing. |This is odd.",
    "They counted ships (cf. Hansen 1999). |Few were left.",
    "See Fig. 3 and Eqs. 4–6. |Then see Sec. IV of the report.",
    "See No. 5 on the list. |Vol. II has it, pp. 3–9.",
    "He said no. |The others said yes.",
    "On Jan. 5 he came. |On Feb. 12 he left. |In Sept. 1999 he died.",
    "It opened in Dec. |The crowd was large.",
    "Acme Inc. bought Brill Ltd. for cash. |Dorn Corp. lost.",
    "He works for Acme Inc. |The firm is old.",
    "It sells pens, ink, etc. |Paper is extra.",
    "It sells pens, ink, etc. and paper.",
    "John Hale Jr. spoke first. |Martin Cole Sr. did not. |He slept.",
    "We met at 5 p.m. on Friday. |We left at 9 a.m. |Smith stayed.",
    "It starts at 10 a.m. Monday and ends at 5 p.m. EST.",
    "At 9 a.m. Parliament opened. |At 10 it closed.",
    "They sat. |Smith stood. |The sun set.",
    "MR. HALE LEFT. |THE U.S. ARMY STAYED. |IT SAT. |NOBODY ASKED.",
    "BREAKING: THE VOTE FAILED. |MINISTER RESIGNS!",
    // Numbers and versions.
    "It costs $1.2 million. |That is 3.5 per cent more.",
    "Version v2.0.1 is out. |It needs 4.5 GB.",
    "The war ended in 1945. |25 states signed.",
    "He was born in 1901. |In 1950 he died.",
    "It rose by .5 points. |Then it fell.",
    "The figure is £3.50. |$5 was too little.",
    // Ellipses.
    "He waited... and waited. |Then he left...",
    "He waited… and waited. |It was late… |Nobody came.",
    "It was late... |Nobody came.",
    "We hold these ... Truths to be plain. |They are.",
    "He paused . . . and spoke. |They listened.",
    "He stopped. . . . |The rest is lost.",
    "... and so it began. |It never ended.",
    "…And so it began. |It never ended.",
    // Closing quotes and brackets.
    "\"We won.\" |The crowd cheered.",
    "“We won.” |The crowd cheered.",
    "He said, ‘We won.’ |Nobody heard.",
    "It failed (as planned.) |Nobody cared.",
    "(It failed, as planned.) |Nobody cared.",
    "It failed [as planned.] |Nobody cared.",
    "He called it \"a farce.\" |She called it \"a crime\". |Both left.",
    "\"Why?\" he asked. |\"Because!\" she cried.",
    "“Why?” he asked. |“I know why!” said Hale.",
    "\"Why?\" Smith asked. |Nobody knew.",
    "“Stop!” Mrs. Osei Hale said on Monday. |They stopped.",
    "“Is it over?” |Smith walked away.",
    "“Is it over?” |Nobody answered. |“Is it?” I asked. |He slept.",
    "\"We won. |They lost. |It is over,\" he said.",
    "“We won! |They lost,” said Hale. |“It is over.”",
    "He said: \"It is over.\" |\"No,\" she said.",
    "«C'est fini.» |Elle partit.",
    "« C'est fini ! » |Elle partit.",
    "„Es ist vorbei.“ |Sie ging.",
    "She asked \"who?\" and left. |He (who else?) stayed.",
    "Is it fair? — nobody asks. |It is not.",
    "That (!) was odd. |Smith (?) said so.",
    "Yahoo! bought the firm. |It paid in shares.",
    "Shares of Yahoo! Inc. fell. |Nobody sold.",
    "It is over. |— Hale",
    "¿Quién sabe? |¿Y qué? |¡Nadie!",
    // Addresses.
    "See https://example.org/a?b=1.2 for more. |Or write to j.hale@example.org. |We answer.",
    "Visit www.example.org. |It is free.",
    "He works at Booking.Com and likes Node.Js. |She does not.",
    "Open file_name.Txt or src/main.Rs now. |Close it.",
    // Enumerations.
    "1. The court erred. |2. The state lied.",
    "(a) The court erred. |(b) The state lied.",
    "IV. The court erred. |V. The state lied.",
    "a. The court erred. |b. The state lied.",
    "There are two. |1. The first is old. |2. The second is new.",
    // Citations and notes.
    "Prices rose (Smith et al. 2010). |Wages fell.",
    "Wages fell after growth.[3] |The reason is plain.",
    "Wages fell after growth.[3, 4] |The reason is plain.[5–7]",
    "Wages fell after growth.3 |The reason is plain.",
    "Wages fell after growth.¹² |The reason is plain.",
    "Wages fell (see above).4 |The reason is plain.",
    "Prices rose [12]. |Wages fell [13, 14].",
    // Missing space.
    "The war ended.The next began. |Hale slept.",
    "Did it end?The next began.",
    "“It ended.”The next began.",
    "See Mr.Hale or no.Five of the list.",
    "Call System.Out.println first. |Then stop.",
    // Lower-case starts.
    "He owns an iPhone. |iPhone users complain. |eBay sold it.",
    "really? |i do not think so. |no way",
    "it is approx. ten men, i.e. j. hale and co. or so. |no more",
    "The firm, founded by approx. ten men, fell. |So it goes.",
    // Blank input.
    "",
    " \n\t ",
    "...",
    "!",
    // Wide stops.
    "これは文です。|次の文です。",
];

fn cut(marked: &str) -> (String, Vec<String>) {
    // A boundary without a space is marked in place; all others stand before the next sentence.
    let plain = marked.replace('|', "");
    let wanted = marked.split('|').map(str::trim).filter(|s| !s.is_empty());
    (plain, wanted.map(str::to_owned).collect())
}

#[test]
fn boundaries_of_the_table() {
    let mut wrong = Vec::new();
    let mut boundaries = 0;
    for case in CASES {
        let case = case.replace("ended.The next", "ended.|The next");
        let case = case
            .replace("end?The", "end?|The")
            .replace("”The next", "”|The next");
        let (text, wanted) = cut(&case);
        let found: Vec<_> = sentences(&text).map(|s| s.text.to_owned()).collect();
        boundaries += wanted.len().saturating_sub(1);
        if found != wanted {
            wrong.push(format!("\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert!(boundaries >= 120, "{boundaries} boundaries");
    assert!(
        wrong.is_empty(),
        "{} wrong: {}",
        wrong.len(),
        wrong.concat()
    );
}

#[test]
fn a_thousand_words_without_a_line_break() {
    let text =
        "The old harbour, which Mr. Hale sold for $1.5 million, closed at 5 p.m. on Friday. "
            .repeat(70);
    assert_eq!(sentences(&text).count(), 70);
    assert!(sentences(&text).all(|s| s.text.ends_with("Friday.")));
}

fn check_spans(text: &str) -> Result<(), TestCaseError> {
    let mut end = 0;
    for sentence in sentences(text) {
        let start = sentence.byte_offset;
        prop_assert!(text[end..start].trim().is_empty(), "text left out");
        prop_assert_eq!(
            text.get(start..start + sentence.text.len()),
            Some(sentence.text)
        );
        prop_assert!(!sentence.text.is_empty());
        prop_assert_eq!(sentence.text.trim(), sentence.text);
        end = start + sentence.text.len();
    }
    prop_assert!(text[end..].trim().is_empty(), "text left out at the end");
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_covered_in_order(text in any::<String>()) {
        check_spans(&text)?;
    }

    #[test]
    fn text_of_hard_parts_is_covered_in_order(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                ".", "!", "?", "…", " ", " ", "\n", "\"", "”", "“", "’", "(", ")", "[3]", "[", "3",
                "Mr", "U.S", "e.g", "a", "I", "The", "said", "Smith", "no", "é", "»", "«", "。", "—",
                "\u{a0}", "²", "p.m", "etc", "\u{301}", "Fig", "İ",
            ]),
            0..40,
        )
    ) {
        check_spans(&parts.concat())?;
    }
}
