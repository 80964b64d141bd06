//! XHTML as HTML: an element that closes itself, such as `<title/>`, gets an end tag of its own, which
//! the rules of HTML demand.

use std::borrow::Cow;

/// Elements that have no end tag in HTML.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// The page with end tags, if it is XHTML.
pub(super) fn as_html(text: &str) -> Cow<'_, str> {
    if !text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with("<?xml")
    {
        return Cow::Borrowed(text);
    }
    let mut page = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(end) = rest.find("/>") {
        let (front, behind) = rest.split_at(end);
        let name = front.rfind('<').map_or("", |open| &front[open + 1..]);
        let name = &name[..name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len())];
        page.push_str(front);
        if name.is_empty() || VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
            page.push_str("/>");
        } else {
            page.push_str("></");
            page.push_str(name);
            page.push('>');
        }
        rest = &behind[2..];
    }
    page.push_str(rest);
    Cow::Owned(page)
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn elements_that_close_themselves() {
        let page = "<?xml version='1.0'?><title/><p id=\"a\"/>a<br/>b <img src='c/'/>";
        let html = "<?xml version='1.0'?><title></title><p id=\"a\"></p>a<br/>b <img src='c/'/>";
        assert_eq!(as_html(page), html);
        assert_eq!(as_html("<p/>a"), "<p/>a");
    }
}
