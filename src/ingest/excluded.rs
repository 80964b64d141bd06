//! Parts of a document that are not scored.

use std::ops::Range;

/// Why a part of a document is not scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExcludedKind {
    /// References, bibliography, notes.
    ReferenceList,
    /// By-lines, date-lines, authors and their affiliations.
    AuthorBlock,
    /// A list of keywords.
    Keywords,
    /// A word that only names the next part, such as `Abstract`.
    Label,
    /// How to cite the document itself.
    Citation,
    /// The words below a figure or above a table.
    Caption,
    /// A footnote or endnote.
    Footnote,
    /// Source code or raw HTML.
    Code,
    /// YAML or TOML before the text.
    FrontMatter,
    /// A table.
    Table,
    /// A running head, a running foot or a page number.
    RunningHead,
    /// Notices, navigation, invitations to subscribe, ornaments, pictures.
    Boilerplate,
}

impl ExcludedKind {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::ReferenceList,
        Self::AuthorBlock,
        Self::Keywords,
        Self::Label,
        Self::Citation,
        Self::Caption,
        Self::Footnote,
        Self::Code,
        Self::FrontMatter,
        Self::Table,
        Self::RunningHead,
        Self::Boilerplate,
    ];

    /// The name in results, such as `reference_list`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReferenceList => "reference_list",
            Self::AuthorBlock => "author_block",
            Self::Keywords => "keywords",
            Self::Label => "label",
            Self::Citation => "citation",
            Self::Caption => "caption",
            Self::Footnote => "footnote",
            Self::Code => "code",
            Self::FrontMatter => "front_matter",
            Self::Table => "table",
            Self::RunningHead => "running_head",
            Self::Boilerplate => "boilerplate",
        }
    }

    /// The kind of that name.
    ///
    /// ```
    /// use polemic::ingest::ExcludedKind;
    ///
    /// assert_eq!(ExcludedKind::of_name("caption"), Some(ExcludedKind::Caption));
    /// assert_eq!(ExcludedKind::of_name("captions"), None);
    /// ```
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A part of a document that is not scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Where it lies in the document's text.
    pub span: Range<usize>,
    /// Why it is left out.
    pub kind: ExcludedKind,
}
