//! Labelling in the terminal: one line an answer.

use std::fmt::Write as _;
use std::io::BufRead;
use std::path::Path;

use polemic::labelling::Act;
use polemic::{Error, Result};

use super::super::args::Label;
use super::super::output::{Messages, Output};
use super::{Outcome, Shared};

pub fn run(
    args: &Label,
    classes: &[String],
    shared: &Shared,
    messages: Messages,
) -> Result<Outcome> {
    let mut output = Output::open(None)?;
    let keys: Vec<String> = classes
        .iter()
        .zip(1..)
        .map(|(c, n)| format!("{n} {c}"))
        .collect();
    let keys = format!(
        "{}   s skip   u undo   q quit; a note may follow\n",
        keys.join("   ")
    );
    output.put(keys.as_bytes())?;
    let mut lines = std::io::stdin().lock().lines();
    loop {
        let Some(task) = shared.lock().next(&args.annotator) else {
            output.put(b"all rows are done\n")?;
            break;
        };
        let mut shown = String::from("\n");
        for (context, mark) in [
            (&task.before, "  … "),
            (&task.text, "> "),
            (&task.after, "  … "),
        ] {
            if !context.is_empty() {
                let _ = writeln!(shown, "{mark}{context}");
            }
        }
        output.put(shown.as_bytes())?;
        std::io::Write::flush(&mut output).map_err(|e| Error::io(Path::new("-"), "write", e))?;
        let Some(line) = lines.next() else { break };
        let line = line.map_err(|e| Error::io(Path::new("-"), "read", e))?;
        let (key, note) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let act = match key {
            "q" => break,
            "s" => Act::Skip,
            "u" => Act::Undo,
            number => match number
                .parse::<usize>()
                .ok()
                .and_then(|n| classes.get(n.wrapping_sub(1)))
            {
                Some(class) => Act::Label(class.clone()),
                None => {
                    output.put(keys.as_bytes())?;
                    continue;
                }
            },
        };
        let done = shared.lock().act(&args.annotator, &task.id, act, note);
        match done {
            Ok(()) => shared.refit_if_due(messages),
            Err(error) => messages.error(&error),
        }
    }
    let progress = shared.lock().progress();
    let n = progress.labels.get(&args.annotator).copied().unwrap_or(0);
    output.put(format!("{n} labels by {}\n", args.annotator).as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}
