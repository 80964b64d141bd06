//! The tree of a page, as browsers build it.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A node of a page.
#[derive(Clone)]
pub(super) struct Node(Handle);

impl Node {
    /// The root of a page.
    pub(super) fn of_page(text: &str) -> Self {
        let parser = parse_document(RcDom::default(), ParseOpts::default());
        Self(parser.one(text).document)
    }

    /// The root of a piece of a page.
    pub(super) fn of_piece(text: &str) -> Self {
        let body =
            html5ever::QualName::new(None, html5ever::ns!(html), html5ever::local_name!("body"));
        let parser = parse_fragment(
            RcDom::default(),
            ParseOpts::default(),
            body,
            Vec::new(),
            false,
        );
        Self(parser.one(text).document)
    }

    /// The name of an element in lower case; nothing for other nodes.
    pub(super) fn name(&self) -> &str {
        match &self.0.data {
            NodeData::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let NodeData::Element { attrs, .. } = &self.0.data else {
            return None;
        };
        let attributes = attrs.borrow();
        let found = attributes.iter().find(|one| &*one.name.local == name);
        found.map(|one| one.value.to_string())
    }

    /// The words of a node that is a text.
    pub(super) fn own_text(&self) -> Option<String> {
        match &self.0.data {
            NodeData::Text { contents } => Some(contents.borrow().to_string()),
            _ => None,
        }
    }

    /// All words in the node.
    pub(super) fn text(&self) -> String {
        self.all().filter_map(|node| node.own_text()).collect()
    }

    /// The `n`-th node inside.
    pub(super) fn child(&self, n: usize) -> Option<Self> {
        self.0.children.borrow().get(n).cloned().map(Self)
    }

    /// The node and everything in it, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = Self> + use<> {
        let mut waiting = vec![self.clone()];
        std::iter::from_fn(move || {
            let node = waiting.pop()?;
            waiting.extend(node.0.children.borrow().iter().rev().cloned().map(Self));
            Some(node)
        })
    }

    /// Are the two the same place in the page?
    pub(super) fn is(&self, other: &Self) -> bool {
        std::rc::Rc::ptr_eq(&self.0, &other.0)
    }
}
