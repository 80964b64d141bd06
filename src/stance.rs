//! The stance scheme: the ordered classes that a model tells apart, with their definitions.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind, Result};

/// Index of a class in its [`StanceScheme`].
pub type ClassId = u32;

/// The ordered classes of a model.
///
/// ```
/// use polemic::stance::StanceScheme;
///
/// let scheme = StanceScheme::default();
/// assert_eq!(scheme.names().collect::<Vec<_>>(), ["neutral", "academic", "polemical"]);
/// assert_eq!(scheme.class_id("polemical"), Some(2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StanceScheme {
    /// What the classes are about.
    pub name: String,
    /// Version of the definitions.
    pub version: String,
    /// The classes, in order; two or more, with different names.
    #[serde(rename = "class")]
    classes: Vec<StanceClass>,
}

/// One class of a [`StanceScheme`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StanceClass {
    /// The label in tables.
    pub name: String,
    /// The label for people.
    pub title: String,
    /// What belongs to it, in a sentence or two; empty if nobody said.
    pub definition: String,
}

const DEFAULT: &str = include_str!("../labels/scheme.toml");

impl StanceScheme {
    /// A scheme from its classes.
    ///
    /// # Errors
    /// [`ErrorKind::Setting`] if there are fewer than two or a name is empty or occurs twice.
    pub fn new(name: &str, version: &str, classes: Vec<StanceClass>) -> Result<Self> {
        let mut names: Vec<&str> = classes.iter().map(|c| c.name.as_str()).collect();
        names.sort_unstable();
        if names.len() < 2 || names[0].is_empty() || names.windows(2).any(|w| w[0] == w[1]) {
            let expected = "two or more different names";
            return Err(Error::setting("stance classes", names.join(", "), expected));
        }
        Ok(Self {
            name: name.to_owned(),
            version: version.to_owned(),
            classes,
        })
    }

    /// A scheme for these labels: the default scheme's classes, in its order and with its
    /// definitions, if all labels are among them; else the labels in alphabetical order.
    ///
    /// # Errors
    /// As [`StanceScheme::new`].
    pub fn for_labels(labels: &[String]) -> Result<Self> {
        let known = Self::default();
        if labels.iter().all(|label| known.class_id(label).is_some()) {
            let used = known
                .classes
                .into_iter()
                .filter(|c| labels.contains(&c.name))
                .collect();
            return Self::new(&known.name, &known.version, used);
        }
        let mut names = labels.to_vec();
        names.sort_unstable();
        let class = |name: String| StanceClass {
            title: name.clone(),
            name,
            definition: String::new(),
        };
        Self::new("labels", "1", names.into_iter().map(class).collect())
    }

    /// The classes in order.
    #[must_use]
    pub fn classes(&self) -> &[StanceClass] {
        &self.classes
    }

    /// Number of classes, at least 2.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.classes.len()
    }

    /// The names of the classes in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.classes.iter().map(|c| c.name.as_str())
    }

    /// The name of a class. Panics if there is no such class.
    #[must_use]
    pub fn class_name(&self, class: usize) -> &str {
        &self.classes[class].name
    }

    /// The class of that name.
    #[must_use]
    pub fn class_id(&self, name: &str) -> Option<ClassId> {
        let position = self.classes.iter().position(|c| c.name == name)?;
        ClassId::try_from(position).ok()
    }

    /// Checks a scheme that was read from a file.
    pub(crate) fn checked(self, path: PathBuf) -> Result<Self> {
        Self::new(&self.name, &self.version, self.classes).map_err(|error| {
            let expected = "a valid stance scheme".to_owned();
            ErrorKind::BadModel {
                path,
                found: error.to_string(),
                expected,
            }
            .into()
        })
    }
}

impl Default for StanceScheme {
    /// Neutral, academic, polemical, as `labels/scheme.toml` defines them.
    fn default() -> Self {
        toml::from_str(DEFAULT).unwrap_or_else(|_| Self {
            name: "stance".to_owned(),
            version: String::new(),
            classes: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_labels_keep_the_order_of_the_default_scheme() {
        let labels = ["polemical".to_owned(), "neutral".to_owned()];
        let scheme = StanceScheme::for_labels(&labels).expect("two classes");
        assert_eq!(scheme.names().collect::<Vec<_>>(), ["neutral", "polemical"]);
        assert!(!scheme.classes()[0].definition.is_empty());
    }

    #[test]
    fn other_labels_are_sorted() {
        let labels = ["right".to_owned(), "left".to_owned(), "centre".to_owned()];
        let scheme = StanceScheme::for_labels(&labels).expect("three classes");
        assert_eq!(
            scheme.names().collect::<Vec<_>>(),
            ["centre", "left", "right"]
        );
    }

    #[test]
    fn one_class_is_refused() {
        assert!(StanceScheme::for_labels(&["a".to_owned()]).is_err());
    }
}
