use super::lines::{Glyph, segments};
use super::page::lines_of;
use super::*;

/// A page of type 10 points high: each string at its place, a glyph every 5 points.
fn page(strings: &[(f32, f32, &str)]) -> Vec<Line> {
    let mut glyphs = Vec::new();
    for (x, y, words) in strings {
        for (i, c) in words.chars().enumerate() {
            let x0 = x + 5.0 * i as f32;
            glyphs.push(Glyph {
                x0,
                x1: x0 + 5.0,
                y: *y,
                size: 10.0,
                words: c.to_string(),
                hidden: false,
            });
        }
    }
    lines_of(segments(glyphs), &mut Vec::new())
}

fn text_of(pages: &[Vec<Line>]) -> String {
    let mut draft = Draft::default();
    paragraphs::put(pages, &running::heads(pages), &mut draft);
    draft.text
}

#[test]
fn lines_become_paragraphs() {
    let found = page(&[
        (50.0, 100.0, "The council met on Monday in the gov-"),
        (50.0, 112.0, "ernment hall and voted to shut it."),
        (50.0, 130.0, "Nobody cared at all about what it"),
        (50.0, 142.0, "said."),
    ]);
    assert_eq!(
        text_of(&[found]),
        "The council met on Monday in the government hall and voted to shut it.\n\n\
         Nobody cared at all about what it said."
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut strings = vec![(
        50.0,
        80.0,
        "A line that goes across both of the columns of this page.",
    )];
    let left = [
        "one two three four",
        "five six seven",
        "eight nine ten",
        "eleven twelve on",
        "and so on we",
        "go to the end",
    ];
    let right = [
        "of it and then",
        "we begin again",
        "with one more of",
        "the same old",
        "kind of thing",
        "until it ends.",
    ];
    for (i, (l, r)) in left.iter().zip(right).enumerate() {
        let y = 110.0 + 12.0 * i as f32;
        strings.push((50.0, y, l));
        strings.push((200.0, y, r));
    }
    let text = text_of(&[page(&strings)]);
    let expected = format!("{} {}", left.join(" "), right.join(" "));
    assert!(text.ends_with(&expected), "{text}");
    assert!(text.starts_with("A line that goes across"), "{text}");
}

#[test]
fn running_heads_and_page_numbers_are_set_apart() {
    let heads = ["The Dorn Post 1", "The Dorn Post 2", "The Dorn Post 3"];
    let numbers = ["- 1 -", "- 2 -", "- 3 -"];
    let first = [
        "It rained on the town",
        "Snow fell on the hills",
        "Fog rose from the sea",
    ];
    let pages: Vec<Vec<Line>> = heads
        .iter()
        .zip(numbers)
        .zip(first)
        .map(|((head, number), first)| {
            let last = format!("it was {} then.", first.to_lowercase());
            page(&[
                (50.0, 40.0, head),
                (50.0, 100.0, first),
                (50.0, 112.0, "bridge and nobody saw the end of"),
                (50.0, 124.0, &last),
                (150.0, 700.0, number),
            ])
        })
        .collect();
    assert_eq!(running::heads(&pages).len(), 6);
    let text = text_of(&pages);
    assert!(
        text.starts_with("It rained on the town bridge and nobody"),
        "{text}"
    );
}
