//! XML inside packages, event by event. Entities of a document's own are not expanded, and nothing
//! is fetched.

use std::path::Path;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::decode::decode;
use super::read::unsupported;
use crate::Result;

/// What a reader of XML is told of.
pub(super) enum Node<'n> {
    /// An element opens; its name comes without a prefix.
    Open(&'n str, &'n Attributes),
    Close(&'n str),
    Text(&'n str),
}

/// The attributes of an element by their names without a prefix. Of two that differ in the prefix
/// only, the first is kept.
#[derive(Default)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    fn of(element: &BytesStart<'_>) -> Self {
        let mut attributes = element.attributes();
        let pairs = attributes.with_checks(false).flatten().map(|attribute| {
            let key = attribute.key.local_name().as_ref().to_owned();
            let value = quick_xml::escape::unescape_with(&attribute.value, resolve_html5_entity);
            (
                key,
                value.map_or_else(|_| attribute.value.to_string(), |v| v.into_owned()),
            )
        });
        Self(pairs.collect())
    }
}

/// Tells `tell` of everything in the XML `bytes`, the member `name` of the file at `path`.
///
/// # Errors
/// [`crate::ErrorKind::UnsupportedFile`] if it is no XML; [`decode`]'s.
pub(super) fn walk(
    path: &Path,
    name: &str,
    bytes: &[u8],
    mut tell: impl FnMut(Node<'_>),
) -> Result<()> {
    let text = decode(path, bytes)?.text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        let event = reader.read_event();
        let event = event.map_err(|error| {
            let at = reader.error_position();
            unsupported(
                path,
                format!("broken XML in {name} at offset {at} ({error})"),
            )
        })?;
        match event {
            Event::Start(element) => open(&element, &mut tell),
            Event::Empty(element) => {
                open(&element, &mut tell);
                tell(Node::Close(element.local_name().as_ref()));
            }
            Event::End(element) => tell(Node::Close(element.local_name().as_ref())),
            Event::Text(text) => tell(Node::Text(&text)),
            Event::CData(text) => tell(Node::Text(&text)),
            Event::GeneralRef(entity) => {
                let name: &str = &entity;
                let character = entity.resolve_char_ref().ok().flatten();
                match (character, resolve_html5_entity(name)) {
                    (Some(c), _) => tell(Node::Text(c.encode_utf8(&mut [0; 4]))),
                    (None, Some(words)) => tell(Node::Text(words)),
                    (None, None) => {}
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn open(element: &BytesStart<'_>, tell: &mut impl FnMut(Node<'_>)) {
    let name = element.local_name();
    tell(Node::Open(name.as_ref(), &Attributes::of(element)));
}

/// The texts of the elements of an XML member, by name; of the first of each name.
pub(super) fn fields(path: &Path, name: &str, bytes: &[u8]) -> Result<Vec<(String, String)>> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    walk(path, name, bytes, |node| match node {
        Node::Open(name, _) => open.push((name.to_owned(), String::new())),
        Node::Text(words) => {
            if let Some((_, text)) = open.last_mut() {
                text.push_str(words);
            }
        }
        Node::Close(_) => {
            let known = |name: &str| fields.iter().any(|(known, _)| known == name);
            if let Some((name, text)) = open.pop()
                && !text.trim().is_empty()
                && !known(&name)
            {
                fields.push((name, text));
            }
        }
    })?;
    Ok(fields)
}
