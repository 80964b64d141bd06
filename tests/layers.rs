//! The way of the data has one direction: no module uses one to its right.

mod common;

use std::path::{Path, PathBuf};

/// Each module may use itself and those before it (DESIGN: the way of the data).
const ORDER: [&str; 16] = [
    "error",
    "new_file",
    "stance",
    "text",
    "ingest",
    "features",
    "linear",
    "classifier",
    "labelled",
    "evaluate",
    "train",
    "artifact",
    "labelling",
    "profile",
    "behaviour",
    "report",
];
/// Most lines of a file before its tests.
const MOST_LINES: usize = 400;

/// A source file without its tests, comments left out.
struct Source {
    path: PathBuf,
    module: String,
    code: String,
    lines: usize,
}

impl Source {
    fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let before_tests = text.lines().take_while(|l| l.trim() != "#[cfg(test)]");
        let lines: Vec<&str> = before_tests.collect();
        let code = lines
            .iter()
            .filter(|line| !line.trim_start().starts_with("//"))
            .fold(String::new(), |code, line| code + line + "\n");
        let below_src = path.strip_prefix(common::repo("src")).expect("below src");
        let first = below_src.components().next().expect("a name");
        let module = Path::new(first.as_os_str()).file_stem().expect("a stem");
        Self {
            module: module.to_string_lossy().into_owned(),
            code,
            lines: lines.len(),
            path,
        }
    }

    /// The modules named in `crate::name` and `crate::{name::…, name::…}`.
    fn used_modules(&self) -> Vec<String> {
        let mut used = Vec::new();
        for after in self.code.split("crate::").skip(1) {
            match after.strip_prefix('{') {
                Some(list) => used.extend(heads(list)),
                None => used.push(head(after)),
            }
        }
        used
    }
}

fn head(path: &str) -> String {
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    path[..end.unwrap_or(path.len())].to_owned()
}

/// The heads of a brace list, at its first level.
fn heads(list: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                heads.push(head(list[start..at].trim_start()));
                break;
            }
            ',' if depth == 0 => {
                heads.push(head(list[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

/// All source files but test modules in files of their own.
fn sources() -> Vec<Source> {
    let walk = walkdir::WalkDir::new(common::repo("src")).sort_by_file_name();
    let paths = walk.into_iter().map(|e| e.expect("an entry").into_path());
    let is_source =
        |path: &PathBuf| path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs");
    paths.filter(is_source).map(Source::read).collect()
}

/// Fails with the names of all files for which `wrong` says why.
fn assert_none(wrong: impl Fn(&Source) -> Option<String>) {
    let found: Vec<String> = sources()
        .iter()
        .filter_map(|source| Some(format!("{}: {}", source.path.display(), wrong(source)?)))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn in_library(source: &Source) -> bool {
    !["cli", "main"].contains(&source.module.as_str())
}

#[test]
fn no_module_uses_one_to_its_right() {
    let rank = |module: &str| ORDER.iter().position(|m| *m == module);
    assert_none(|source| {
        if !in_library(source) || source.module == "lib" {
            return None;
        }
        let own = rank(&source.module)?;
        let used = source.used_modules();
        let upward = used
            .into_iter()
            .find(|m| rank(m).is_some_and(|r| r > own))?;
        Some(format!("{} uses {upward}", source.module))
    });
}

#[test]
fn every_module_has_a_place_in_the_order() {
    assert_none(|source| {
        let known = ORDER.contains(&source.module.as_str());
        let outside = ["lib", "main", "cli"].contains(&source.module.as_str());
        (!known && !outside).then(|| "has no place in the order".to_owned())
    });
}

#[test]
fn the_scan_sees_plain_and_grouped_uses() {
    assert_eq!(head("labelled::hex(x)"), "labelled");
    assert_eq!(
        heads("text::{a, b}, train, Error}; use crate::x"),
        ["text", "train", "Error"]
    );
}

#[test]
fn clap_is_known_to_the_command_line_only() {
    assert_none(|source| {
        let uses = source.code.contains("clap");
        (source.module != "cli" && uses).then(|| "uses clap".to_owned())
    });
}

#[test]
fn the_library_is_silent() {
    let loud = [
        "println!",
        "print!",
        "dbg!",
        "process::exit",
        "env::var",
        "SystemTime",
        "Instant",
    ];
    assert_none(|source| {
        let found = loud.iter().find(|word| source.code.contains(**word))?;
        in_library(source).then(|| format!("uses {found}"))
    });
}

#[test]
fn files_stay_short() {
    assert_none(|source| {
        (source.lines >= MOST_LINES).then(|| format!("{} lines before its tests", source.lines))
    });
}
