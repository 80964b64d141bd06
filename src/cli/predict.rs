//! `polemic predict`: a table in, a table out, in bounded memory.

use std::fmt::Write as _;

use polemic::Result;
use polemic::classifier::{Scorer, most_probable};
use polemic::ingest::{TextColumns, TextRow, TextRows};
use polemic::stance::StanceScheme;
use rayon::prelude::*;

use super::args::{Common, Predict};
use super::output::{Messages, Output};
use super::{Outcome, load_model};

/// A batch is closed when it has this many bytes of text for each thread, or this many rows: little
/// enough to be still in the cache when it is scored.
const BATCH_BYTES: usize = 256 << 10;
const BATCH_ROWS: usize = 1 << 11;
/// Bytes of a row beyond which its memory is not kept for another.
const LONG_ROW: usize = 1 << 10;

pub fn run(args: &Predict, common: &Common, messages: Messages) -> Result<Outcome> {
    let columns = TextColumns {
        text: args.text_column.clone(),
        id: args.id_column.clone(),
    };
    let mut rows = TextRows::open(&args.rows, &columns)?;
    let artifact = load_model(common.model.as_deref())?;
    let scheme = artifact.classifier.scheme();
    let mut output = Output::open(args.output.as_deref())?;
    let json = args
        .output
        .as_ref()
        .is_some_and(|p| p.extension().is_some_and(|e| e == "jsonl"));
    if !json {
        output
            .put(csv_line(["id"].into_iter().chain(scheme.names()).chain(["label"])).as_bytes())?;
    }
    let threads = rayon::current_num_threads();
    let mut scorers: Vec<Scorer<'_>> = (0..threads).map(|_| artifact.classifier.scorer()).collect();
    let progress = messages.progress(0, "rows");
    let (mut batch, mut next) = (Batch::default(), Batch::default());
    let mut done = 0;
    let mut failed = batch.fill(&mut rows, threads, messages);
    while !batch.rows().is_empty() {
        let (written, bad) = rayon::join(
            || write_batch(&mut scorers, batch.rows(), scheme, json),
            || next.fill(&mut rows, threads, messages),
        );
        for part in &written {
            output.put(part.as_bytes())?;
        }
        done += batch.rows().len();
        failed += bad;
        progress.inc(batch.rows().len() as u64);
        std::mem::swap(&mut batch, &mut next);
    }
    progress.finish_and_clear();
    if done == 0 && failed > 0 {
        output.discard();
        return Ok(Outcome::Failed);
    }
    output.finish()?;
    Ok(Outcome::of(done, failed))
}

/// Rows that are scored together; their memory is used again for those of a later batch.
#[derive(Default)]
struct Batch {
    /// The first `used` are of this batch.
    rows: Vec<TextRow>,
    used: usize,
}

impl Batch {
    fn rows(&self) -> &[TextRow] {
        &self.rows[..self.used]
    }

    /// Reads the next rows until there is enough for all threads or the table ends; gives the
    /// number of bad rows.
    fn fill(&mut self, rows: &mut TextRows, threads: usize, messages: Messages) -> usize {
        self.used = 0;
        self.forget_long_rows();
        let (mut bytes, mut failed) = (0, 0);
        while bytes < BATCH_BYTES * threads && self.used < BATCH_ROWS * threads {
            if self.used == self.rows.len() {
                self.rows.push(TextRow::default());
            }
            let row = &mut self.rows[self.used];
            match rows.read_into(row) {
                Ok(true) => {
                    bytes += row.text.len();
                    self.used += 1;
                }
                Ok(false) => break,
                Err(error) => {
                    failed += 1;
                    messages.error(&error);
                }
            }
        }
        failed
    }

    /// Gives back what long rows needed: one long row after the other would add up.
    fn forget_long_rows(&mut self) {
        for row in &mut self.rows {
            if row.text.capacity() + row.id.capacity() > LONG_ROW {
                *row = TextRow::default();
            }
        }
    }
}

/// Scores a batch with all scorers; gives its lines in the order of the rows.
fn write_batch(
    scorers: &mut [Scorer<'_>],
    batch: &[TextRow],
    scheme: &StanceScheme,
    json: bool,
) -> Vec<String> {
    let share = batch.len().div_ceil(scorers.len());
    scorers
        .par_iter_mut()
        .zip(batch.par_chunks(share))
        .map(|(scorer, rows)| write_rows(scorer, rows, scheme, json))
        .collect()
}

fn write_rows(
    scorer: &mut Scorer<'_>,
    rows: &[TextRow],
    scheme: &StanceScheme,
    json: bool,
) -> String {
    let mut out = String::with_capacity(rows.len() * 48);
    let mut probabilities = Vec::new();
    for row in rows {
        scorer.score_into(&row.text, &mut probabilities);
        let label = scheme.class_name(most_probable(&probabilities));
        if json {
            push_json(&mut out, row, scheme, &probabilities, label);
        } else {
            push_field(&mut out, &row.id);
            for p in &probabilities {
                out.push(',');
                push_probability(&mut out, *p);
            }
            out.push(',');
            push_field(&mut out, label);
            out.push('\n');
        }
    }
    out
}

fn push_json(out: &mut String, row: &TextRow, scheme: &StanceScheme, p: &[f64], label: &str) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let _ = write!(out, "{{\"id\":{}", quoted(&row.id));
    for (name, p) in scheme.names().zip(p) {
        let _ = write!(out, ",{}:", quoted(name));
        push_probability(out, *p);
    }
    let _ = writeln!(out, ",\"label\":{}}}", quoted(label));
}

/// Appends a probability with six decimals; ten times as fast as `{:.6}`, which has to be ready for
/// any number.
fn push_probability(out: &mut String, p: f64) {
    let millionths = (p * 1e6).round() as u32;
    let mut digits = *b"0.000000";
    digits[0] += (millionths / 1_000_000) as u8;
    let mut rest = millionths % 1_000_000;
    for digit in digits[2..].iter_mut().rev() {
        *digit += (rest % 10) as u8;
        rest /= 10;
    }
    out.extend(digits.map(char::from));
}

fn csv_line<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for field in fields {
        if !line.is_empty() {
            line.push(',');
        }
        push_field(&mut line, field);
    }
    line.push('\n');
    line
}

/// Appends a CSV field, quoted where it must be.
fn push_field(out: &mut String, field: &str) {
    if field.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_have_six_decimals() {
        for p in [0.0, 1.0, 0.5, 0.123_456_49, 0.999_999_4, 0.999_999_6, 1e-7] {
            let mut written = String::new();
            push_probability(&mut written, p);
            assert_eq!(written, format!("{p:.6}"));
        }
    }
}
