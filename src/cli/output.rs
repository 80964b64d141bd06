//! Where results and messages go.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressState, ProgressStyle};
use polemic::{Error, NewFile, Result};

/// Standard output, or a file that appears when everything has been written.
pub enum Output {
    Standard(BufWriter<io::Stdout>),
    File(NewFile),
}

impl Output {
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|p| *p != Path::new("-")) else {
            return Ok(Self::Standard(BufWriter::new(io::stdout())));
        };
        NewFile::create(path).map(Self::File)
    }

    /// As [`Output::open`], but what is there stays unless `force` says otherwise.
    pub fn open_new(path: Option<&Path>, force: bool) -> Result<Self> {
        match path {
            Some(path) if !force && path.is_file() => Err(Error::setting(
                "--output",
                format!("{}, which is there already", path.display()),
                "a new file, or --force to replace it",
            )),
            path => Self::open(path),
        }
    }

    /// Writes what is left and puts the file in its place.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut out) => out
                .flush()
                .or_else(ignore_closed_pipe)
                .map_err(|e| Error::io(Path::new("-"), "write", e)),
            Self::File(file) => file.finish(),
        }
    }

    /// Drops what has not been written yet: nothing could be done, so nothing is shown.
    pub fn discard(self) {
        if let Self::Standard(out) = self {
            drop(out.into_parts());
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Standard(_) => Path::new("standard output"),
            Self::File(file) => file.path(),
        }
    }

    /// Writes `bytes`; an error names the file.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes)
            .map_err(|e| Error::io(self.path(), "write", e))
    }

    /// True if a person is looking.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Standard(_)) && io::stdout().is_terminal()
    }
}

/// `polemic … | head` is no failure.
fn ignore_closed_pipe(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Ok(())
    } else {
        Err(error)
    }
}

/// Messages on standard error.
#[derive(Clone, Copy)]
pub struct Messages {
    pub quiet: bool,
}

impl Messages {
    /// Something went wrong.
    pub fn error(self, error: &Error) {
        let _ = writeln!(io::stderr(), "polemic: {error}");
    }

    /// Something worth knowing.
    pub fn remark(self, text: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// A bar that counts to `length` (0: not known); hidden unless a person is looking.
    pub fn progress(self, length: u64, unit: &str) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let template = if length == 0 {
            format!("{{spinner}} {{human_pos}} {unit}{{pace}} {{msg}}")
        } else {
            format!("{{bar:30}} {{human_pos}}/{{human_len}} {unit}{{pace}} {{msg}}")
        };
        let bar = if length == 0 {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::new(length)
        };
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style.with_key("pace", write_pace));
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// Shows on a bar of 100 what is being done and how far it is, 0 to 1.
pub fn percent(bar: &ProgressBar) -> impl Fn(&str, f64) + Sync + '_ {
    |doing, share| {
        bar.set_position((share * 100.0) as u64);
        bar.set_message(doing.to_owned());
    }
}

/// ` (77/s, 36s left)`; nothing before something is done.
fn write_pace(state: &ProgressState, out: &mut dyn fmt::Write) {
    if state.pos() == 0 {
        return;
    }
    let rate = rate(state.per_sec());
    let _ = match state.len() {
        Some(_) => write!(out, " ({rate}/s, {:#} left)", HumanDuration(state.eta())),
        None => write!(out, " ({rate}/s)"),
    };
}

/// Whole things a second, tenths below ten.
fn rate(per_second: f64) -> String {
    if per_second < 9.95 {
        format!("{per_second:.1}")
    } else {
        HumanCount(per_second.round() as u64).to_string()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match self {
            Self::Standard(out) => out.write_all(bytes).or_else(ignore_closed_pipe),
            Self::File(file) => file.write_all(bytes),
        };
        written.map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush().or_else(ignore_closed_pipe),
            Self::File(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn rates_have_as_many_digits_as_they_mean() {
        let cases = [
            (0.04, "0.0"),
            (3.21, "3.2"),
            (9.97, "10"),
            (76.55, "77"),
            (12345.6, "12,346"),
        ];
        for (per_second, wanted) in cases {
            assert_eq!(rate(per_second), wanted);
        }
    }
}
