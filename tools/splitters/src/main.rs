//! `splitters icu|sentencize`: reads paragraphs with a NUL between them, writes for each a line with the
//! byte offsets at which its sentences end (white space cut off), then the seconds of the fastest of
//! five passes.

use std::io::Read;
use std::time::Instant;

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

fn ends_of_icu(text: &str) -> Vec<usize> {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let starts = segmenter.segment_str(text).skip(1);
    starts.map(|end| text[..end].trim_end().len()).collect()
}

fn ends_of_sentencize(text: &str) -> Vec<usize> {
    let mut end = 0;
    let mut ends = Vec::new();
    for sentence in sentencize::split(text) {
        let sentence = sentence.trim();
        end += text[end..].find(sentence).map_or(0, |at| at + sentence.len());
        ends.push(end);
    }
    ends
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let split = match name.as_str() {
        "icu" => ends_of_icu,
        "sentencize" => ends_of_sentencize,
        _ => panic!("`{name}` is no splitter: icu or sentencize"),
    };
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("paragraphs in UTF-8");
    let mut fastest = f64::MAX;
    let mut found = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        found = text.split('\0').map(split).collect();
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    for ends in &found {
        println!("{}", ends.iter().map(usize::to_string).collect::<Vec<_>>().join(" "));
    }
    println!("{fastest}");
}
