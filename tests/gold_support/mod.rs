//! Gold sentences and voices under `tests/fixtures`, and how they are compared with ours.

#![allow(dead_code)] // each test uses one half

pub mod sentences;
pub mod voices;

use std::fs;
use std::path::Path;

/// Every file of a folder of fixtures, by name, in order, without lines that begin with `#`.
pub fn fixture_files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(folder);
    let entries = fs::read_dir(&folder).expect("folder of fixtures");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let without_notes = |text: String| {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.collect::<Vec<_>>().join("\n")
    };
    let read = |path: &Path| without_notes(fs::read_to_string(path).expect("fixture"));
    let name = |path: &Path| {
        path.file_stem()
            .expect("name")
            .to_string_lossy()
            .into_owned()
    };
    paths.iter().map(|path| (name(path), read(path))).collect()
}

/// What was found of what should have been.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub right: usize,
    pub found: usize,
    pub gold: usize,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }

    /// 0 to 1; 1 where nothing was found.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// 0 to 1.
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}
