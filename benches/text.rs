//! Sentences and voices, without a model: `cargo bench --bench text`.

use std::ops::Range;

use divan::Bencher;
use divan::counter::BytesCount;
use polemic::text::{Passage, sentences, voices};

fn main() {
    divan::main();
}

/// Made paragraphs of plain sentences, quotations and indirect speech, about 2 MB.
fn paragraphs() -> Vec<String> {
    let plain =
        "The council met on Monday and sat until 5 p.m. in the old hall. It cost $1.2 million.";
    let quoted = "“We cannot pay for it,” said Ana Ruiz, the mayor. “Nobody can,” she added.";
    let reported = "Jon Hale said that the plan was dead. In his view, the U.S. firm had failed.";
    let scare = "Its “experts” have never seen the bridge, and the boys' club is closed.";
    let parts = [plain, plain, quoted, plain, reported, scare];
    (0..6_000)
        .map(|i| {
            [0, 1, 2, 3]
                .map(|j| parts[(i * 5 + j) % parts.len()])
                .join(" ")
        })
        .collect()
}

fn spans(text: &str) -> Vec<Range<usize>> {
    sentences(text)
        .map(|s| s.byte_offset..s.byte_offset + s.text.len())
        .collect()
}

fn size(paragraphs: &[String]) -> BytesCount {
    BytesCount::new(paragraphs.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn splitting(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    let bencher = bencher.counter(size(&text));
    bencher.bench(|| {
        text.iter()
            .map(|text| sentences(text).count())
            .sum::<usize>()
    });
}

#[divan::bench]
fn splitting_and_hearing(bencher: Bencher<'_, '_>) {
    let text = paragraphs();
    bencher.counter(size(&text)).bench(|| {
        let spans: Vec<_> = text.iter().map(|text| spans(text)).collect();
        let passage = |(text, sentences)| Passage {
            text,
            sentences,
            quotation: false,
        };
        let pairs = text
            .iter()
            .map(String::as_str)
            .zip(spans.iter().map(Vec::as_slice));
        let passages: Vec<_> = pairs.map(passage).collect();
        voices(&passages)
    });
}
