//! A file that appears whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Error, Result};

/// A file under way: it is written beside its place and moved there by [`NewFile::finish`]. Dropped
/// before that, it leaves nothing.
///
/// ```
/// use std::io::Write;
/// use polemic::NewFile;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("new.txt");
/// let mut file = NewFile::create(&path)?;
/// file.write_all(b"whole")?;
/// assert!(!path.exists());
/// file.finish()?;
/// assert_eq!(std::fs::read(&path)?, b"whole");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl NewFile {
    /// Starts a file that is to be at `path`; what is there now stays until it is finished.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if `path` is a folder or nothing can be written beside it.
    pub fn create(path: &Path) -> Result<Self> {
        if path.is_dir() {
            let found = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
            return Err(Error::io(path, "write", found));
        }
        let failed = |source| Error::io(path, "write", source);
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        // Said first, because the message of a temporary file would name that.
        folder.metadata().map_err(failed)?;
        let file = builder()
            .tempfile_in(folder)
            .map_err(|error| failed(error.kind().into()))?;
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::new(file),
        })
    }

    /// Where the file is to be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if it cannot be written; then nothing has changed at its place.
    pub fn finish(self) -> Result<()> {
        let failed = |source| Error::io(&self.path, "write", source);
        let file = self.file.into_inner().map_err(|e| failed(e.into_error()))?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&self.path).map_err(|e| failed(e.error))?;
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Temporary files are for their owner only; results get the permissions of any new file.
#[cfg(unix)]
fn builder<'b>() -> tempfile::Builder<'b, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder.permissions(std::fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder<'b>() -> tempfile::Builder<'b, 'static> {
    tempfile::Builder::new()
}
