//! Which files the paths on a command line mean.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::inputs::holds_texts;
use super::kind::by_ending;
use super::rows::TextColumns;
use crate::{Error, ErrorKind, Result};

/// What files in a folder are called if they are taken.
const ENDINGS: &str = "*.txt, *.md, *.html, *.pdf, *.docx, *.odt, *.epub, *.rtf, *.eml, *.csv, *.tsv, \
                       *.jsonl, *.parquet, *.zip or *.gz";

/// The files that `paths` mean, in order: files as given, whatever they are called; for each folder the
/// documents, archives and tables of texts in it and below it, sorted by name; for a pattern such as
/// `texts/*.html` the files that match it. `-` is kept as it is.
///
/// In folders, hidden files and folders, files named `README.md`, and tables without a column `text` are
/// skipped. Links are followed; a link that leads back to a folder above it is an error of its own. A
/// file met twice is listed once. An error concerns one path and leaves the others alone.
///
/// ```
/// use std::path::Path;
/// use polemic::ingest::documents_in;
///
/// let found = documents_in([Path::new("-"), Path::new("no/such.txt")]);
/// assert_eq!(found[0].as_deref().ok(), Some(Path::new("-")));
/// assert!(found[1].is_err());
/// ```
pub fn documents_in<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Vec<Result<PathBuf>> {
    listed(paths, &TextColumns::default())
}

/// As [`documents_in`], for tables with these columns.
pub(super) fn listed<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    columns: &TextColumns,
) -> Vec<Result<PathBuf>> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for path in paths {
        let listed = documents_at(path.as_ref(), columns);
        found.extend(listed.into_iter().filter(|one| {
            one.as_ref().map_or(true, |path| {
                seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
            })
        }));
    }
    found
}

fn documents_at(path: &Path, columns: &TextColumns) -> Vec<Result<PathBuf>> {
    if path == Path::new("-") {
        return vec![Ok(path.to_owned())];
    }
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => documents_below(path, columns),
        Ok(_) => vec![Ok(path.to_owned())],
        Err(source) => {
            let missing = Err(Error::io(path, "open", source));
            matching(path).unwrap_or_else(|| vec![missing])
        }
    }
}

/// The files that match a pattern; `None` if there is none, or it is no pattern.
fn matching(path: &Path) -> Option<Vec<Result<PathBuf>>> {
    let pattern = path
        .to_str()
        .filter(|path| path.contains(['*', '?', '[']))?;
    let found = glob::glob(pattern).ok()?;
    let files: Vec<Result<PathBuf>> = found
        .map(|one| one.map_err(|e| Error::io(path, "read", e.into())))
        .filter(|one| one.as_ref().map_or(true, |path| path.is_file()))
        .collect();
    (!files.is_empty()).then_some(files)
}

fn documents_below(folder: &Path, columns: &TextColumns) -> Vec<Result<PathBuf>> {
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let found: Vec<_> = walk
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(|entry| match entry {
            Ok(entry) => is_document(&entry, columns).then(|| Ok(entry.into_path())),
            Err(error) => Some(Err(walk_error(folder, error))),
        })
        .collect();
    if found.is_empty() {
        vec![Err(no_documents(folder))]
    } else {
        found
    }
}

fn no_documents(folder: &Path) -> Error {
    let expected = ENDINGS.to_owned();
    ErrorKind::NoDocuments {
        path: folder.to_owned(),
        expected,
    }
    .into()
}

fn walk_error(folder: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(folder).to_owned();
    let looped = error
        .loop_ancestor()
        .map(|above| io::Error::other(format!("this link leads back to {}", above.display())));
    Error::io(&path, "read", looped.unwrap_or_else(|| error.into()))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_document(entry: &DirEntry, columns: &TextColumns) -> bool {
    entry.file_type().is_file()
        && entry.file_name() != "README.md"
        && by_ending(entry.path()).is_some()
        && holds_texts(entry.path(), columns)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: &[Result<PathBuf>], root: &Path) -> Vec<String> {
        let shown = |one: &Result<PathBuf>| match one {
            Ok(path) => path
                .strip_prefix(root)
                .unwrap_or(path)
                .display()
                .to_string(),
            Err(error) => format!(
                "error: {}",
                error.to_string().replace(&*root.to_string_lossy(), "")
            ),
        };
        found.iter().map(shown).collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "It rained.").unwrap();
        }
        root
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_files_and_readmes() {
        let files = [
            "b.txt",
            "a.md",
            "sub/c.TEXT",
            "README.md",
            ".x.txt",
            ".git/y.md",
            "d.csv",
            "e.pdf",
            "f.exe",
        ];
        let root = folder(&files);
        let found = documents_in([root.path()]);
        assert_eq!(
            names(&found, root.path()),
            ["a.md", "b.txt", "e.pdf", "sub/c.TEXT"]
        );
    }

    #[test]
    fn given_files_count_whatever_they_are_called_and_once() {
        let root = folder(&["README.md", "b.csv", "a.txt"]);
        let path = |name: &str| root.path().join(name);
        let given = [
            path("b.csv"),
            path("README.md"),
            path("./b.csv"),
            root.path().to_owned(),
        ];
        assert_eq!(
            names(&documents_in(given), root.path()),
            ["b.csv", "README.md", "a.txt"]
        );
    }

    #[test]
    fn folders_without_documents_and_missing_paths_are_errors() {
        let root = folder(&["x/b.csv"]);
        let given = [root.path().join("x"), root.path().join("y")];
        let found = documents_in(given);
        assert!(matches!(
            found[0].as_ref().unwrap_err().kind(),
            ErrorKind::NoDocuments { .. }
        ));
        assert!(matches!(
            found[1].as_ref().unwrap_err().kind(),
            ErrorKind::Io { .. }
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_reported() {
        let root = folder(&["a/one.txt"]);
        let link = |to: &str, at: &str| {
            std::os::unix::fs::symlink(root.path().join(to), root.path().join(at)).unwrap();
        };
        link("a", "a/back");
        link("a/one.txt", "z.txt");
        let shown = names(&documents_in([root.path()]), root.path());
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(shown[0].contains("leads back to"), "{shown:?}");
        assert_eq!(shown[1], "a/one.txt");
    }
}
