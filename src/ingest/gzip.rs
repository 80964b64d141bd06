//! Gzip files, unpacked within bounds.

use std::io;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::read::read_bounded;
use crate::{Error, Result};

/// The name and the bytes of what is packed in a gzip file.
///
/// # Errors
/// [`crate::ErrorKind::TooLarge`] as soon as it is more than a document may have;
/// [`crate::ErrorKind::Io`] if the file is broken.
pub(super) fn unpacked(path: &Path, bytes: &[u8]) -> Result<(PathBuf, Vec<u8>)> {
    let unpacked = read_bounded(path, MultiGzDecoder::new(bytes));
    Ok((inner_name(path), unpacked.map_err(|e| broken(path, e))?))
}

/// What the decoder says of a file that is cut short is of no use to people.
fn broken(path: &Path, error: Error) -> Error {
    let cut = matches!(error.kind(), crate::ErrorKind::Io { source, .. }
        if source.kind() == io::ErrorKind::UnexpectedEof);
    if cut {
        super::read::unsupported(path, "a gzip file that is cut short")
    } else {
        error
    }
}

/// The name without `.gz`.
pub(super) fn inner_name(path: &Path) -> PathBuf {
    let packed = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    if packed {
        path.with_extension("")
    } else {
        path.to_owned()
    }
}
