#![allow(clippy::unwrap_used)]

use super::*;
use crate::ingest::{ExcludedKind, documents_in};
use proptest::prelude::*;

fn read(name: &str, bytes: &[u8]) -> Result<Document> {
    let params = ReadParams {
        any_language: true,
        ..ReadParams::default()
    };
    params.from_bytes(Path::new(name), bytes)
}

fn document(name: &str, text: &str) -> Document {
    read(name, text.as_bytes()).unwrap()
}

/// Kind and prose of each block, then kind and text of each excluded part.
fn shown(name: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let document = document(name, text);
    let line = |text: &str| text.replace('\n', "/");
    let blocks = document.blocks.iter();
    let blocks = blocks
        .map(|b| format!("{:?}: {}", b.kind, line(document.prose(b))))
        .collect();
    let excluded = document.excluded.iter();
    let excluded = excluded
        .map(|e| format!("{:?}: {}", e.kind, line(&document.text[e.span.clone()])))
        .collect();
    (blocks, excluded)
}

#[track_caller]
fn check(name: &str, text: &str, blocks: &[&str], excluded: &[&str]) {
    let found = shown(name, text);
    assert_eq!(found.0, blocks, "blocks");
    assert_eq!(found.1, excluded, "excluded");
}

const BODY: &str = "The council met on Monday and voted to shut the old bridge for good, because the \
                    cost of its repair had risen to three million, which the town could not pay \
                    without closing the school, the library and both of the public baths.";

#[test]
fn wrapped_lines_are_one_paragraph() {
    let text =
        "The bridge is shut\n\nIt was\nold. It was\nweak.\n\n\nNobody cared.\r\nNobody came.";
    check(
        "a.txt",
        text,
        &[
            "Title: The bridge is shut",
            "Paragraph: It was old. It was weak.",
            "Paragraph: Nobody cared. Nobody came.",
        ],
        &[],
    );
}

#[test]
fn long_lines_without_blank_lines_are_paragraphs() {
    let text = format!("A plea\nBy Ana Ruiz\n{BODY}\n{BODY}\nAnd so it ends.");
    let document = document("a.txt", &text);
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    let paragraph = BlockKind::Paragraph;
    assert_eq!(kinds, [BlockKind::Title, paragraph, paragraph, paragraph]);
    assert_eq!(document.excluded[0].kind, ExcludedKind::AuthorBlock);
    assert_eq!(document.title.as_deref(), Some("A plea"));
}

#[test]
fn title_above_a_wrapped_paragraph_without_a_blank_line() {
    let text = "The bridge is shut\nBy Ana Ruiz\nThe council met on Monday and voted to shut the\n\
                old bridge for good, because it was weak.";
    check(
        "a.txt",
        text,
        &[
            "Title: The bridge is shut",
            "Paragraph: The council met on Monday and voted to shut the old bridge for good, because \
         it was weak.",
        ],
        &["AuthorBlock: By Ana Ruiz"],
    );
}

#[test]
fn one_line_is_a_paragraph() {
    check("-", "nobody came", &["Paragraph: nobody came"], &[]);
    check("-", "Nobody came.\n", &["Paragraph: Nobody came."], &[]);
}

#[test]
fn headings_lists_and_tables_in_plain_text() {
    let text = format!(
        "A plea\n\n{BODY}\n\nWhy it matters\n\n- one thing\n- another\n  thing\n\n1. First.\n2. Second.\n\
         \n1. Introduction\n\na\tb\tc\n1\t2\t3\n\nSo what?\n\nIt ends.\n"
    );
    let (blocks, excluded) = shown("a.txt", &text);
    assert_eq!(
        blocks[2..],
        [
            "Heading: Why it matters",
            "ListItem: one thing",
            "ListItem: another thing",
            "ListItem: 1. First.",
            "ListItem: 2. Second.",
            "Heading: 1. Introduction",
            "Paragraph: So what?",
            "Paragraph: It ends.",
        ]
    );
    assert_eq!(excluded, ["Table: a\tb\tc/1\t2\t3"]);
}

#[test]
fn furniture_of_a_news_report() {
    let text = format!(
        "Bridge shut\n\nBy Ana Ruiz in Dorn\n\n12 March 2024\n\nDORN, 12 March - {BODY}\n\nAdvertisement\
         \n\nSubscribe to our letter\n\n* * *\n\nNobody came.\n\n© 2024 The Dorn Post"
    );
    let (blocks, excluded) = shown("a.txt", &text);
    assert_eq!(blocks.len(), 3);
    assert!(blocks[1].starts_with("Paragraph: The council met"));
    assert_eq!(
        excluded,
        [
            "AuthorBlock: By Ana Ruiz in Dorn//12 March 2024//DORN, 12 March - ",
            "Boilerplate: Advertisement",
            "Boilerplate: Subscribe to our letter",
            "Boilerplate: * * *",
            "Boilerplate: © 2024 The Dorn Post",
        ]
    );
}

#[test]
fn furniture_of_a_paper() {
    let text = format!(
        "Bridges and Votes\n\nAna Ruiz (1), Jon Hale (2)\n\n(1) Department of Government, University \
         of Dorn\n(2) Institute for Bridges\n* a.ruiz@example.org\n\nAbstract\n\n{BODY}\n\nKeywords: \
         bridge; vote\n\n1. Introduction\n\n{BODY}\n\nReferences\n\nHale, J. (1999). Bridges. Dorn.\n\
         Ruiz, A. (2004). Votes. Dorn.\n\nAppendix A\n\nMore was said."
    );
    let (blocks, excluded) = shown("a.txt", &text);
    let starts: Vec<&str> = blocks
        .iter()
        .map(|block| &block[..block.len().min(24)])
        .collect();
    assert_eq!(
        starts,
        [
            "Title: Bridges and Votes",
            "Paragraph: The council m",
            "Heading: 1. Introduction",
            "Paragraph: The council m",
            "Heading: Appendix A",
            "Paragraph: More was said",
        ]
    );
    let kinds: Vec<&str> = excluded
        .iter()
        .map(|e| e.split(':').next().unwrap())
        .collect();
    assert_eq!(kinds, ["AuthorBlock", "Label", "Keywords", "ReferenceList"]);
    assert!(excluded[3].ends_with("Votes. Dorn."));
}

#[test]
fn credits_below_a_standfirst() {
    let text = format!(
        "A plea\n\nWhy the bridge must stay\n\nBy Ana Ruiz\nThe writer is a former mayor of Dorn.\n\n\
         Commentary | Jon Hale, Institute of Bridges\n\n{BODY}\n\nAdditional reporting by Jon Hale"
    );
    let (blocks, excluded) = shown("a.txt", &text);
    assert_eq!(blocks.len(), 3, "{blocks:?}");
    assert_eq!(excluded.len(), 2, "{excluded:?}");
    assert!(excluded[0].starts_with("AuthorBlock: By Ana") && excluded[0].ends_with("Bridges"));
    assert!(excluded[1].starts_with("Boilerplate: Additional"));
}

#[test]
fn hostile_texts_take_no_longer_than_others() {
    let start = std::time::Instant::now();
    for piece in [
        "‘a", "“", "'s a ", "By A\n", "(", "Mr. X ", "\"a b, ", "> ", "[", ". . ", "!\"",
        "a, said ",
    ] {
        let text = format!("a {}", piece.repeat(300_000 / piece.len()));
        for name in ["a.txt", "a.md"] {
            let document = document(name, &text);
            let spans: Vec<Vec<_>> = document
                .blocks
                .iter()
                .map(|block| {
                    let sentences = crate::text::sentences(document.prose(block));
                    sentences
                        .map(|s| s.byte_offset..s.byte_offset + s.text.len())
                        .collect()
                })
                .collect();
            let passages: Vec<_> = document
                .blocks
                .iter()
                .zip(&spans)
                .map(|(block, sentences)| crate::text::Passage {
                    text: document.prose(block),
                    sentences,
                    quotation: false,
                })
                .collect();
            assert_eq!(crate::text::voices(&passages).len(), document.blocks.len());
        }
        assert!(start.elapsed().as_secs() < 60, "{piece:?}");
    }
}

#[test]
fn reference_lists_without_a_heading_and_notes_that_are_none() {
    let entries = "[1] J. Hale, Bridges of Dorn, 1999.\n\n[2] A. Ruiz, Votes of Dorn, 2001.\n\n\
                   [3] M. Cole, Baths of Dorn, 2004.";
    let text = format!("A plea\n\n{BODY}\n\nNotes\n\nHe took notes.\n\n{entries}");
    let (blocks, excluded) = shown("a.txt", &text);
    assert_eq!(blocks[2..], ["Heading: Notes", "Paragraph: He took notes."]);
    assert_eq!(excluded.len(), 1);
    assert!(excluded[0].starts_with("ReferenceList: [1]") && excluded[0].ends_with("2004."));
    let single = format!("A plea\n\n{BODY}\n\nThe firm (2010). Then it went.\n\nIt ends.");
    assert_eq!(shown("a.txt", &single).1, [""; 0]);
}

#[test]
fn abstracts_that_begin_in_their_line() {
    let text =
        format!("Bridges and Votes\n\nAbstract: {BODY}\n\nKey words - bridge, vote\n\n{BODY}");
    let (blocks, excluded) = shown("a.txt", &text);
    assert!(blocks[1].starts_with("Paragraph: The council"));
    assert_eq!(
        excluded,
        ["Label: Abstract: ", "Keywords: Key words - bridge, vote"]
    );
}

#[test]
fn inline_markup_stays_out_of_the_prose() {
    let text = "# A *plea*\n\nWe **must** [act](http://x.org/a) now, ![a cat](c.png)see `this`[^1] \
                <b>big</b>\nthing &amp; 5\\*.\n\n[^1]: A note.\n";
    check(
        "a.md",
        text,
        &[
            "Title: A plea",
            "Paragraph: We must act now, see this big thing & 5*.",
        ],
        &["Footnote: [^1]: A note."],
    );
}

#[test]
fn offsets_lead_back_into_the_source() {
    let text = "# T\n\nWe **must** [act](http://x.org/a) &amp; win.";
    let document = document("a.md", text);
    let block = &document.blocks[1];
    let prose = document.prose(block);
    assert_eq!(prose, "We must act & win.");
    let source = |words: &str| {
        let at = prose.find(words).unwrap();
        &document.text[block.source_span(at..at + words.len())]
    };
    assert_eq!(source("must"), "must");
    assert_eq!(source("act"), "act");
    assert_eq!(source("&"), "&amp;");
    assert_eq!(source("win."), "win.");
    assert_eq!(source("must act"), "must** [act");
    assert_eq!(block.source_span(900..usize::MAX), text.len()..text.len());
}

#[test]
fn blocks_of_markdown() {
    let text = "Intro.\n\n## Part\n\n- one\n- two\n  - three\n\n1. four\n\n   more\n\n> They said\n> \
                this.\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>x</div>\n\n---\n\n\
                ![cat](c.png)\n\nEnd.";
    check(
        "a.markdown",
        text,
        &[
            "Paragraph: Intro.",
            "Heading: Part",
            "ListItem: one",
            "ListItem: two",
            "ListItem: three",
            "ListItem: four",
            "Paragraph: more",
            "Quotation: They said this.",
            "Paragraph: End.",
        ],
        &[
            "Code: ```/code/```",
            "Table: | a | b |/|---|---|/| 1 | 2 |",
            "Code: <div>x</div>",
            "Boilerplate: ![cat](c.png)",
        ],
    );
}

#[test]
fn front_matter_gives_the_title() {
    let yaml = "---\ntitle: \"A plea\"\nauthor: X\n---\n\nWe must act.\n";
    check(
        "a.md",
        yaml,
        &["Paragraph: We must act."],
        &["FrontMatter: ---/title: \"A plea\"/author: X/---"],
    );
    assert_eq!(document("a.md", yaml).title.as_deref(), Some("A plea"));
    let toml = "+++\ntitle = 'A plea'\n+++\n# Other\n\nWe must act.\n";
    assert_eq!(document("a.md", toml).title.as_deref(), Some("A plea"));
    assert_eq!(
        document("a.md", toml).excluded[0].kind,
        ExcludedKind::FrontMatter
    );
    let rule = "---\n\nWe must act.\n\n---\n";
    assert_eq!(document("a.md", rule).excluded, []);
    assert_eq!(
        document("a.md", "# One\n\nTwo.").title.as_deref(),
        Some("One")
    );
}

#[test]
fn references_in_markdown() {
    let text = "# T\n\nBy Ana Ruiz\n\n**Abstract.** We act.\n\n*Keywords:* a, b\n\n## References\n\n\
                - Hale, J. (1999). Bridges.\n- Ruiz, A. (2004). Votes.\n\n## Appendix\n\nMore.";
    check(
        "a.md",
        text,
        &[
            "Title: T",
            "Paragraph: We act.",
            "Heading: Appendix",
            "Paragraph: More.",
        ],
        &[
            "AuthorBlock: By Ana Ruiz",
            "Label: Abstract.** ",
            "Keywords: Keywords:* a, b",
            "ReferenceList: References//- Hale, J. (1999). Bridges./- Ruiz, A. (2004). Votes.",
        ],
    );
}

#[track_caller]
fn refused(bytes: &[u8], message: &str) {
    assert_eq!(read("a.txt", bytes).unwrap_err().to_string(), message);
}

#[test]
fn what_is_no_text_is_refused() {
    refused(b"", "a.txt: the document is empty; expected text");
    refused(b" \n 12 --", "a.txt: the document is empty; expected text");
    refused(
        b"ab\0c",
        "a.txt: binary data (byte 0x00 at offset 2); expected text",
    );
    refused(
        b"\xEF\xBB\xBFa\x1b",
        "a.txt: binary data (byte 0x1b at offset 4); expected text",
    );
    refused(
        b"%PDF-1.4",
        "a.txt: a PDF file that is cut short; expected a document",
    );
    refused(
        b"PK\x03\x04..word/document.xml",
        "a.txt: a broken ZIP file (invalid Zip archive: Could not find EOCD); expected a document",
    );
    refused(
        b"\x1f\x8b",
        "a.txt: a gzip file that is cut short; expected a document",
    );
    refused(
        b"\xd0\xcf\x11\xe0",
        "a.txt: an old Microsoft Office file; expected a document",
    );
    let big = vec![b'a'; MAX_DOCUMENT_BYTES as usize + 1];
    refused(&big, "a.txt: 67108865 bytes; expected at most 67108864");
    assert!(Document::from_reader(Path::new("-"), &*big).is_err());
}

#[test]
fn old_encodings_are_read() {
    let document = read("a.txt", b"We met in the caf\xe9.").unwrap();
    assert_eq!(document.text, "We met in the café.");
    assert_eq!(document.metadata["encoding"], "windows-1252");
    let marked = read("a.txt", b"\xff\xfea\0b\0").unwrap();
    assert_eq!(
        (marked.text.as_str(), &*marked.metadata["encoding"]),
        ("ab", "UTF-16LE")
    );
}

#[test]
fn other_languages_are_refused_unless_asked_for() {
    let text = "Der Rat hat am Montag beschlossen, dass die Brücke im Sommer für neun Wochen gesperrt \
                wird, weil das Geländer erneuert werden muss und die Straße auch.";
    let error = Document::from_bytes(Path::new("a.txt"), text.as_bytes()).unwrap_err();
    let message = "a.txt: seems to be in German (deu); expected English";
    assert_eq!(error.to_string(), message);
    let params = ReadParams {
        any_language: true,
        ..ReadParams::default()
    };
    let document = params
        .from_bytes(Path::new("a.txt"), text.as_bytes())
        .unwrap();
    assert_eq!(document.language(), Some("deu"));
}

#[test]
fn dirty_text_is_cleaned_and_offsets_lead_back() {
    let text = "It was a dif\u{ad}ﬁcult gov-\nernment, heâ€™d say &amp; mean it.";
    let document = document("a.txt", text);
    let block = &document.blocks[0];
    let prose = document.prose(block);
    assert_eq!(prose, "It was a difficult government, he’d say & mean it.");
    let source = |words: &str| {
        let at = prose.find(words).unwrap();
        &document.text[block.source_span(at..at + words.len())]
    };
    assert_eq!(source("government"), "gov-\nernment");
    assert_eq!(source("he’d"), "heâ€™d");
    assert_eq!(source("mean it."), "mean it.");
    assert_eq!(document.metadata["repaired"], "1 garbled character");
}

#[test]
fn excluded_parts_can_be_put_back() {
    let text = format!(
        "A plea\n\nBy Ana Ruiz\n\n{BODY}\n\nFigure 1. The bridge in spring\n\nReferences\n\n\
         Hale, J. (1999). Bridges. Dorn.\n\nRuiz, A. (2004). Votes. Dorn."
    );
    let params = ReadParams {
        include: [ExcludedKind::Caption, ExcludedKind::ReferenceList].into(),
        ..ReadParams::default()
    };
    let document = params
        .from_bytes(Path::new("a.txt"), text.as_bytes())
        .unwrap();
    let prose: Vec<&str> = document.blocks.iter().map(|b| document.prose(b)).collect();
    assert_eq!(
        prose[2..],
        [
            "Figure 1. The bridge in spring",
            "References",
            "Hale, J. (1999). Bridges. Dorn.",
            "Ruiz, A. (2004). Votes. Dorn.",
        ]
    );
    let kinds: Vec<_> = document.excluded.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [ExcludedKind::AuthorBlock]);
}

#[test]
fn files_over_the_limit_are_refused_before_they_are_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(1 << 40).unwrap();
    let error = Document::read(file.path()).unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::TooLarge {
            bytes: 1_099_511_627_776,
            ..
        }
    ));
}

#[test]
fn what_is_recorded_of_a_document() {
    let document = read("-", b"\xEF\xBB\xBFabc").unwrap();
    assert_eq!((document.text.as_str(), document.id.as_str()), ("abc", "-"));
    assert_eq!(
        read("x", b"abc").unwrap().sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_ne!(document.sha256, read("x", b"abc").unwrap().sha256);
}

/// Shows a folder of documents by panicking: `POLEMIC_LOOK=data cargo test look -- --ignored`.
#[test]
#[ignore = "for the eye"]
fn look_at_a_folder() {
    let folder = std::env::var("POLEMIC_LOOK").unwrap_or_else(|_| "data".to_owned());
    let mut seen = String::new();
    for path in documents_in([folder]) {
        let path = path.unwrap();
        let document = Document::read(&path).unwrap();
        seen += &format!("\n#### {} {:?}\n", document.id, document.title);
        let spans: Vec<Vec<_>> = document
            .blocks
            .iter()
            .map(|block| {
                let sentences = crate::text::sentences(document.prose(block));
                sentences
                    .map(|s| s.byte_offset..s.byte_offset + s.text.len())
                    .collect()
            })
            .collect();
        let passages: Vec<_> = document
            .blocks
            .iter()
            .zip(&spans)
            .map(|(block, sentences)| {
                let quotation = block.kind == BlockKind::Quotation;
                crate::text::Passage {
                    text: document.prose(block),
                    sentences,
                    quotation,
                }
            })
            .collect();
        for ((block, spans), voices) in document
            .blocks
            .iter()
            .zip(&spans)
            .zip(crate::text::voices(&passages))
        {
            for (span, voice) in spans.iter().zip(voices) {
                let voice = match voice.voice {
                    crate::text::Voice::Author => String::new(),
                    crate::text::Voice::Quoted { speaker, .. } => {
                        format!(" <{}>", speaker.unwrap_or_default())
                    }
                };
                let text = &document.prose(block)[span.clone()];
                seen += &format!("{:?}{voice}: {text}\n", block.kind);
            }
        }
        for part in &document.excluded {
            seen += &format!(
                "-- {:?}: {}\n",
                part.kind,
                &document.text[part.span.clone()]
            );
        }
    }
    assert!(seen.is_empty(), "{seen}");
}

fn check_parts(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok(document) = read(name, bytes) else {
        return Ok(());
    };
    let mut spans: Vec<_> = document
        .blocks
        .iter()
        .map(|block| block.span.clone())
        .collect();
    prop_assert!(spans.is_sorted_by_key(|span| span.start), "blocks in order");
    prop_assert!(
        document.excluded.is_sorted_by_key(|part| part.span.start),
        "excluded in order"
    );
    spans.extend(document.excluded.iter().map(|part| part.span.clone()));
    spans.sort_by_key(|span| span.start);
    prop_assert!(
        spans.windows(2).all(|pair| pair[0].end <= pair[1].start),
        "{:?}",
        spans
    );
    for span in spans {
        prop_assert!(document.text.get(span).is_some());
    }
    for block in &document.blocks {
        let prose = document.prose(block);
        for (at, c) in prose.char_indices() {
            let source = block.source_span(at..at + c.len_utf8());
            prop_assert!(document.text.get(source).is_some());
        }
    }
    Ok(())
}

#[test]
fn a_date_line_inside_code_is_not_cut() {
    let text = "`DORN, May 5 - ---\nword`";
    check_parts("a.md", text.as_bytes()).expect("parts in order");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_parts("a.md", &bytes)?;
        check_parts("a.txt", &bytes)?;
    }

    #[test]
    fn any_text_has_parts_in_order(text in any::<String>()) {
        check_parts("a.md", text.as_bytes())?;
        check_parts("a.txt", text.as_bytes())?;
    }

    #[test]
    fn parts_of_hard_pieces_are_in_order(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\n", "\n\n", "    ", "- ", "> ", "# ", "1. ", "word", "É", "*", "**", "`", "```\n", "|",
            "[a](b)", "![i](j)", "[^1]", "[^1]: n", "<b>", "<div>", "---\n", "+++\n", "title: x\n",
            "References\n\n", "Hale, J. (1999). B.\n\n", "Abstract", ": ", "By Ana\n\n", "\r\n", "\t",
            "DORN, May 5 - ", "Keywords:", "&amp;", "\\*", "a@b.c", "\u{c}", "==\n", "~~",
        ]), 0..30)
    ) {
        let text = pieces.concat();
        check_parts("a.md", text.as_bytes())?;
        check_parts("a.txt", text.as_bytes())?;
    }
}
