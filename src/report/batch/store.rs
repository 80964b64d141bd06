//! What a batch has finished so far, kept so that it survives being killed.
//!
//! In `DIR/.unfinished/` lie two files that only grow. `sentences.csv` has the records of the
//! sentences of each finished document; `journal.jsonl` has a line for each, with its row and where
//! its sentences are. A document is finished when its line is: its page and its sentences are
//! written before. What a killed run left behind after the last whole line is cut off.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Rendered;
use super::page_name::{is_page_name, page_name};
use crate::report::row::DocumentRow;
use crate::{Error, Result};

const SCHEMA: &str = "polemic.journal/1";
const FOLDER: &str = ".unfinished";

/// What must be the same for finished documents to count: the first line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    schema: String,
    program: String,
    model_sha256: String,
    settings: String,
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finished {
    /// Its row.
    pub row: DocumentRow,
    /// The file name of its page, in `pages/`.
    pub page: String,
    page_bytes: u64,
    start: u64,
    length: u64,
}

/// A batch report under way in its folder.
#[derive(Debug)]
pub struct UnfinishedReport {
    folder: PathBuf,
    journal: File,
    sentences: File,
    /// Length of the sentences so far.
    end: u64,
}

/// The documents that an interrupted run had finished.
#[derive(Debug)]
pub struct Earlier {
    pages: PathBuf,
    done: Documents,
}

impl Earlier {
    /// Nothing: the run begins anew.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            pages: PathBuf::new(),
            done: Documents::new(),
        }
    }

    /// Number of documents that are finished.
    #[must_use]
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// True if no document is finished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// The document of that id and content, if it is finished and its page is there.
    #[must_use]
    pub fn find(&self, id: &str, sha256: &str) -> Option<&Finished> {
        let found = self.done.get(&(id.to_owned(), sha256.to_owned()))?;
        let page = fs::metadata(self.pages.join(&found.page)).ok()?;
        (page.len() == found.page_bytes).then_some(found)
    }

    /// Removes pages that the interrupted run left and that none of the documents has.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if one cannot be removed.
    pub fn remove_stale(&self, finished: &[Finished]) -> Result<()> {
        if self.pages.as_os_str().is_empty() {
            return Ok(());
        }
        let kept: HashSet<&str> = finished.iter().map(|f| f.page.as_str()).collect();
        let entries = fs::read_dir(&self.pages).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let stale = |name: &str| is_page_name(name) && !kept.contains(name);
            if name.to_str().is_some_and(stale) {
                let path = entry.path();
                fs::remove_file(&path).map_err(|e| Error::io(&path, "remove", e))?;
            }
        }
        Ok(())
    }
}

impl UnfinishedReport {
    /// True if an interrupted run left something in `folder`.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FOLDER).join("journal.jsonl").is_file()
    }

    /// Begins in `folder`, which is made if need be. What an earlier run left unfinished is dropped.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if nothing can be written there.
    pub fn begin(folder: &Path, model_sha256: &str, settings: &str) -> Result<Self> {
        let inside = folder.join(FOLDER);
        if inside.exists() {
            fs::remove_dir_all(&inside).map_err(|e| Error::io(&inside, "remove", e))?;
        }
        for path in [&inside, &folder.join("pages")] {
            fs::create_dir_all(path).map_err(|e| Error::io(path, "make", e))?;
        }
        let mut report = Self::open(folder, 0)?;
        let header = header(model_sha256, settings);
        report.write_lines(std::iter::once(&header))?;
        Ok(report)
    }

    /// Goes on where a run in `folder` was interrupted; gives what it had finished.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`], or [`crate::ErrorKind::Setting`] if that run had another model, other settings or
    /// was of another version of the program.
    pub fn resume(folder: &Path, model_sha256: &str, settings: &str) -> Result<(Self, Earlier)> {
        let path = folder.join(FOLDER).join("journal.jsonl");
        let failed = |e| Error::io(&path, "read", e);
        let journal = File::open(&path).map_err(failed)?;
        let (found, done, whole) = read_journal(journal).map_err(failed)?;
        let expected = header(model_sha256, settings);
        match found {
            Some(found) if found == expected => {}
            // Killed before the first line was whole.
            None => {
                let report = Self::begin(folder, model_sha256, settings)?;
                return Ok((report, Earlier::nothing()));
            }
            Some(found) => return Err(other_run(&found, &expected)),
        }
        let end = done.values().map(|d| d.start + d.length).max().unwrap_or(0);
        let report = Self::open(folder, end)?;
        report.cut(whole)?;
        let pages = folder.join("pages");
        Ok((report, Earlier { pages, done }))
    }

    fn open(folder: &Path, end: u64) -> Result<Self> {
        let open = |name: &str| {
            let path = folder.join(FOLDER).join(name);
            let mut options = OpenOptions::new();
            let file = options.create(true).read(true).append(true).open(&path);
            file.map_err(|e| Error::io(&path, "open", e))
        };
        Ok(Self {
            folder: folder.to_owned(),
            journal: open("journal.jsonl")?,
            sentences: open("sentences.csv")?,
            end,
        })
    }

    /// Cuts off what was written after the last whole line.
    fn cut(&self, whole: u64) -> Result<()> {
        let cut = self.journal.set_len(whole);
        let cut = cut.and_then(|()| self.sentences.set_len(self.end));
        cut.map_err(|e| Error::io(&self.folder.join(FOLDER), "write", e))
    }

    fn page_path(&self, page: &str) -> PathBuf {
        self.folder.join("pages").join(page)
    }

    /// Keeps documents: their pages, their sentences, then the lines that say so.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if they cannot be written.
    pub fn keep(&mut self, documents: Vec<Rendered>) -> Result<Vec<Finished>> {
        let mut kept = Vec::with_capacity(documents.len());
        let mut sentences = Vec::new();
        for document in documents {
            let page = page_name(&document.row.id, &document.row.sha256);
            self.write_page(&page, &document.page)?;
            kept.push(Finished {
                page,
                page_bytes: document.page.len() as u64,
                start: self.end + sentences.len() as u64,
                length: document.sentences.len() as u64,
                row: document.row,
            });
            sentences.extend(document.sentences);
        }
        let path = self.folder.join(FOLDER).join("sentences.csv");
        let written = self.sentences.write_all(&sentences);
        let written = written.and_then(|()| self.sentences.sync_data());
        written.map_err(|e| Error::io(&path, "write", e))?;
        self.end += sentences.len() as u64;
        self.write_lines(kept.iter())?;
        Ok(kept)
    }

    /// A page appears whole: it is written under another name first. Should the machine lose power
    /// before it reaches the disk, its length will not be the one in the journal.
    fn write_page(&self, page: &str, bytes: &[u8]) -> Result<()> {
        let path = self.page_path(page);
        let under_way = self.folder.join(FOLDER).join("page.html");
        let written = fs::write(&under_way, bytes).and_then(|()| fs::rename(&under_way, &path));
        written.map_err(|e| Error::io(&path, "write", e))
    }

    fn write_lines<'l, L: Serialize + 'l>(
        &mut self,
        lines: impl Iterator<Item = &'l L>,
    ) -> Result<()> {
        let mut bytes = Vec::new();
        let path = self.folder.join(FOLDER).join("journal.jsonl");
        let failed = |e| Error::io(&path, "write", e);
        for line in lines {
            serde_json::to_writer(&mut bytes, line).map_err(|e| failed(e.into()))?;
            bytes.push(b'\n');
        }
        let written = self.journal.write_all(&bytes);
        written
            .and_then(|()| self.journal.sync_data())
            .map_err(failed)
    }

    /// Copies the records of a document's sentences to `out`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if they cannot be read, or not written.
    pub fn copy_sentences(&self, document: &Finished, out: &mut dyn Write) -> Result<()> {
        let path = self.folder.join(FOLDER).join("sentences.csv");
        let mut file = &self.sentences;
        let found = file.seek(SeekFrom::Start(document.start));
        let mut range = found.map(|_| file.take(document.length));
        let copied = match &mut range {
            Ok(range) => io::copy(range, out),
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        };
        copied.map(|_| ()).map_err(|e| Error::io(&path, "copy", e))
    }

    /// Removes what was needed to go on: the report is complete.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Io`] if it cannot be removed.
    pub fn finish(self) -> Result<()> {
        let inside = self.folder.join(FOLDER);
        drop((self.journal, self.sentences));
        fs::remove_dir_all(&inside).map_err(|e| Error::io(&inside, "remove", e))
    }
}

fn header(model_sha256: &str, settings: &str) -> Header {
    Header {
        schema: SCHEMA.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        model_sha256: model_sha256.to_owned(),
        settings: settings.to_owned(),
    }
}

fn other_run(found: &Header, expected: &Header) -> Error {
    let differs = [
        ("another model", found.model_sha256 != expected.model_sha256),
        ("other settings", found.settings != expected.settings),
    ];
    let what = differs.iter().find(|(_, differs)| *differs);
    let what = what.map_or("another version of the program", |(what, _)| what);
    let found = format!("a run with {what}");
    Error::setting(
        "--resume",
        found,
        "the run that was interrupted, or --force to begin anew",
    )
}

type Documents = HashMap<(String, String), Finished>;

/// The header, the documents, and the length of the journal up to its last whole line.
fn read_journal(journal: File) -> io::Result<(Option<Header>, Documents, u64)> {
    let mut reader = BufReader::new(journal);
    let (mut header, mut done, mut whole) = (None, Documents::new(), 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = reader.read_until(b'\n', &mut line)? as u64;
        if !line.ends_with(b"\n") {
            return Ok((header, done, whole));
        }
        if header.is_none() {
            header = serde_json::from_slice(&line).ok();
            if header.is_none() {
                return Ok((None, done, whole));
            }
        } else {
            let Ok(found) = serde_json::from_slice::<Finished>(&line) else {
                return Ok((header, done, whole));
            };
            done.insert((found.row.id.clone(), found.row.sha256.clone()), found);
        }
        whole += length;
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::row;
    use super::*;

    fn rendered(id: &str) -> Rendered {
        Rendered {
            row: row(id, [0.5, 0.0, 0.5], &[]),
            page: format!("page of {id}").into_bytes(),
            sentences: format!("{id},1\n{id},2\n").into_bytes(),
        }
    }

    fn sentences(store: &UnfinishedReport, document: &Finished) -> String {
        let mut out = Vec::new();
        store.copy_sentences(document, &mut out).expect("copied");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_was_finished_is_found_and_the_rest_is_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = UnfinishedReport::begin(folder.path(), "m", "s").expect("begun");
        store
            .keep(vec![rendered("a"), rendered("b")])
            .expect("kept");
        drop(store);
        let append = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(FOLDER).join(name);
            let mut file = OpenOptions::new().append(true).open(path).expect("open");
            file.write_all(bytes).expect("written");
        };
        append("sentences.csv", b"c,1\nc,");
        append("journal.jsonl", b"{\"row\":{\"id\":\"c");
        let (mut store, earlier) =
            UnfinishedReport::resume(folder.path(), "m", "s").expect("resumed");
        let sha256 = "1".repeat(64);
        assert_eq!(earlier.len(), 2);
        let b = earlier.find("b", &sha256).expect("b is finished");
        assert!(
            earlier.find("b", &"2".repeat(64)).is_none() && earlier.find("c", &sha256).is_none()
        );
        let c = store.keep(vec![rendered("c")]).expect("kept").remove(0);
        assert_eq!(sentences(&store, b), "b,1\nb,2\n");
        assert_eq!(sentences(&store, &c), "c,1\nc,2\n");
        // A page that did not reach the disk whole is no page.
        std::fs::write(folder.path().join("pages").join(&b.page), "page").expect("written");
        assert!(earlier.find("b", &sha256).is_none());
        // Neither is one of a document that is gone.
        earlier.remove_stale(&[c]).expect("removed");
        assert_eq!(
            std::fs::read_dir(folder.path().join("pages"))
                .expect("pages")
                .count(),
            1
        );
    }

    #[test]
    fn another_run_is_not_gone_on_with() {
        let folder = tempfile::tempdir().expect("a folder");
        UnfinishedReport::begin(folder.path(), "m", "s").expect("begun");
        for (model, settings, message) in [
            ("other", "s", "another model"),
            ("m", "other", "other settings"),
        ] {
            let error =
                UnfinishedReport::resume(folder.path(), model, settings).expect_err(message);
            assert!(error.to_string().contains(message), "{error}");
        }
    }
}
