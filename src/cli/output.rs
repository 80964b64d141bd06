//! Where results and messages go.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use polemic::{Error, Result};
use tempfile::NamedTempFile;

/// Standard output, or a file that appears when everything has been written.
pub enum Output {
    Standard(BufWriter<io::Stdout>),
    File {
        path: PathBuf,
        file: BufWriter<NamedTempFile>,
    },
}

impl Output {
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|p| *p != Path::new("-")) else {
            return Ok(Self::Standard(BufWriter::new(io::stdout())));
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
            .map_err(|e| Error::io(path, "write", e))?;
        Ok(Self::File {
            path: path.to_owned(),
            file: BufWriter::new(file),
        })
    }

    /// Writes what is left and puts the file in its place.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut out) => out
                .flush()
                .or_else(ignore_closed_pipe)
                .map_err(|e| Error::io(Path::new("-"), "write", e)),
            Self::File { path, file } => {
                let failed = |source| Error::io(&path, "write", source);
                let file = file.into_inner().map_err(|e| failed(e.into_error()))?;
                set_usual_permissions(file.as_file()).map_err(failed)?;
                file.as_file().sync_all().map_err(failed)?;
                file.persist(&path).map_err(|e| failed(e.error))?;
                Ok(())
            }
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
            Self::File { path, .. } => path,
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

/// Temporary files are for their owner only; results get the usual permissions.
#[cfg(unix)]
fn set_usual_permissions(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &std::fs::File) -> io::Result<()> {
    Ok(())
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
            format!("{{spinner}} {{human_pos}} {unit} ({{per_sec}}) {{msg}}")
        } else {
            format!(
                "{{bar:30}} {{human_pos}}/{{human_len}} {unit} ({{per_sec}}, {{eta}} left) {{msg}}"
            )
        };
        let bar = if length == 0 {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::new(length)
        };
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match self {
            Self::Standard(out) => out.write_all(bytes).or_else(ignore_closed_pipe),
            Self::File { file, .. } => file.write_all(bytes),
        };
        written.map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush().or_else(ignore_closed_pipe),
            Self::File { file, .. } => file.flush(),
        }
    }
}
