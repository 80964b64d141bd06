//! EPUB books: the chapters in reading order.

use std::path::Path;

use super::decode::decode;
use super::draft::Draft;
use super::html::{self, Endless};
use super::package::Package;
use super::read::unsupported;
use super::xml::{Node, fields, walk};
use crate::Result;

/// Reads the chapters of a book.
pub(super) fn draft(path: &Path, package: &mut Package<'_>) -> Result<Draft> {
    if package.member("META-INF/rights.xml")?.is_some() {
        return Err(unsupported(path, "an EPUB file with copy protection"));
    }
    let container = package.needed("META-INF/container.xml")?;
    let mut root = None;
    walk(path, "META-INF/container.xml", &container, |node| {
        if let Node::Open("rootfile", attributes) = node {
            root = root
                .take()
                .or_else(|| attributes.get("full-path").map(str::to_owned));
        }
    })?;
    let root = root.ok_or_else(|| unsupported(path, "an EPUB file without a root file"))?;
    let opf = package.needed(&root)?;
    let mut draft = Draft::default();
    for (name, value) in fields(path, &root, &opf)? {
        match name.as_str() {
            "title" => draft.titled(&value),
            "creator" => draft.field("author", &value),
            "date" => draft.field("date", &value),
            "publisher" => draft.field("outlet", &value),
            _ => {}
        }
    }
    for href in chapters(path, &root, &opf)? {
        let name = joined(&root, &href);
        if let Some(chapter) = package.member(&name)? {
            let text = decode(path, &chapter)?.text;
            html::chapter(&text, &mut draft)
                .map_err(|Endless| unsupported(path, Endless::FOUND))?;
        }
    }
    Ok(draft)
}

/// The files of the chapters, in reading order.
fn chapters(path: &Path, root: &str, opf: &[u8]) -> Result<Vec<String>> {
    let (mut items, mut spine) = (Vec::new(), Vec::new());
    walk(path, root, opf, |node| match node {
        Node::Open("item", attributes) => {
            let navigates = attributes
                .get("properties")
                .is_some_and(|p| p.contains("nav"));
            if let (Some(id), Some(href), false) =
                (attributes.get("id"), attributes.get("href"), navigates)
            {
                items.push((id.to_owned(), href.to_owned()));
            }
        }
        Node::Open("itemref", attributes) => {
            spine.extend(attributes.get("idref").map(str::to_owned))
        }
        _ => {}
    })?;
    let href = |id: &String| items.iter().find(|(known, _)| known == id);
    Ok(spine
        .iter()
        .filter_map(href)
        .map(|(_, href)| href.clone())
        .collect())
}

/// The name of a member that `href`, in the member `root`, points to.
fn joined(root: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or("").replace("%20", " ");
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn names_of_chapters() {
        assert_eq!(
            joined("OEBPS/content.opf", "text/a%20b.xhtml#c"),
            "OEBPS/text/a b.xhtml"
        );
        assert_eq!(joined("content.opf", "a.xhtml"), "a.xhtml");
        assert_eq!(joined("x/y/c.opf", "../../../../a.xhtml"), "a.xhtml");
    }
}
