//! What the page of a document is called.

use sha2::{Digest, Sha256};

/// Characters kept of the document's own name.
const MOST_CHARACTERS: usize = 40;

/// File name of a document's page: its file name in lower-case letters and digits, and eight
/// hexadecimal digits that hang on the whole id and the content.
///
/// ```
/// let name = polemic::report::page_name("essays/On Bread.md", "ab");
/// assert!(name.starts_with("on-bread-") && name.ends_with(".html"));
/// assert_ne!(name, polemic::report::page_name("letters/On Bread.md", "ab"));
/// ```
#[must_use]
pub fn page_name(id: &str, sha256: &str) -> String {
    let hash = Sha256::digest(format!("{id}\0{sha256}").as_bytes());
    let digits: String = hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let own = own_name(id);
    if own.is_empty() {
        format!("{digits}.html")
    } else {
        format!("{own}-{digits}.html")
    }
}

/// Could [`page_name`] have given this name?
pub(super) fn is_page_name(name: &str) -> bool {
    let stem = name.strip_suffix(".html").unwrap_or("");
    let digits = stem.rsplit('-').next().unwrap_or("");
    digits.len() == 8
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn own_name(id: &str) -> String {
    let file = id.rsplit(['/', '\\']).next().unwrap_or(id);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut name = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= MOST_CHARACTERS {
            break;
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_any_file_system() {
        let name = page_name("../../etc/Пароль: <x>.txt", "00");
        assert!(
            name.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)),
            "{name}"
        );
        assert!(!name.contains(".."));
        assert!(is_page_name(&name) && is_page_name(&page_name("-", "00")));
        assert!(!is_page_name("index.html") && !is_page_name("my-page.html"));
        assert!(page_name(&"long ".repeat(100), "00").len() < 60);
    }
}
