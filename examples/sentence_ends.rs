//! Where the sentences of paragraphs end, for `tools/compare_splitters.py`.
//!
//! ```text
//! cargo run --release --example sentence_ends < PARAGRAPHS
//! ```
//!
//! Reads paragraphs with a NUL between them, writes for each a line with the byte offsets at which its
//! sentences end, then the seconds of the fastest of five passes.

use std::error::Error;
use std::io::{Read, Write};
use std::time::Instant;

use polemic::text::sentences;

fn ends(paragraph: &str) -> Vec<usize> {
    let found = sentences(paragraph);
    found.map(|s| s.byte_offset + s.text.len()).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut fastest = f64::MAX;
    let mut found: Vec<Vec<usize>> = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        found = text.split('\0').map(ends).collect();
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    let mut out = std::io::stdout().lock();
    for ends in &found {
        let line: Vec<String> = ends.iter().map(usize::to_string).collect();
        writeln!(out, "{}", line.join(" "))?;
    }
    writeln!(out, "{fastest}")?;
    Ok(())
}
