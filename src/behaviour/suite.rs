//! The templates of `labels/behaviour.toml` and how they are filled.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Error, Result};

const TEMPLATES: &str = include_str!("../../labels/behaviour.toml");

/// What one value of a list puts into the slots of a template, by slot.
pub(super) type Filling = BTreeMap<String, String>;

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    #[serde(rename = "schema")]
    _schema: String,
    lists: BTreeMap<String, Vec<Value>>,
    /// Sentences that differ in a name.
    pub invariance: Vec<Invariance>,
    /// Sentences in which two sides change places.
    pub mirror: Vec<Mirror>,
    /// Sentences to which something is added.
    pub direction: Vec<Direction>,
    /// Documents that quote a polemic.
    pub quotation: Quotation,
    /// Clear cases by class.
    pub minimum: BTreeMap<String, Vec<String>>,
}

/// One name, or one for each of several slots that change together.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    One(String),
    Several(Filling),
}

/// Sentences whose slot is filled with each value of the list of that name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invariance {
    /// The slot.
    pub slot: String,
    /// The class that they are meant to be of.
    pub stance: String,
    /// The templates.
    pub texts: Vec<String>,
}

/// Sentences in which `{a}` and `{b}` change places.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    /// What kind of sides.
    pub kind: String,
    /// The sides.
    pub pairs: Vec<[String; 2]>,
    /// The templates.
    pub texts: Vec<String>,
}

/// Sentences in which `{+}` is filled with nothing and then with each addition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    /// What is added.
    pub kind: String,
    /// The class that an addition makes more probable.
    pub rises: String,
    /// What `{+}` is filled with.
    pub additions: Vec<String>,
    /// The templates.
    pub texts: Vec<String>,
}

/// Polemics, and documents that quote them as `{Q}` or `{q}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotation {
    /// The polemics, without capital and full stop.
    pub polemics: Vec<String>,
    /// The documents, by what is special about them.
    pub frames: BTreeMap<String, String>,
}

impl Suite {
    /// The cases that come with the program.
    ///
    /// # Errors
    /// None in a released program; [`ErrorKind::Setting`](crate::ErrorKind::Setting) for templates that
    /// cannot be read.
    pub fn own() -> Result<Self> {
        toml::from_str(TEMPLATES)
            .map_err(|e| Error::setting("labels/behaviour.toml", e, "templates and lists"))
    }

    /// Every value of the list of a slot; none if there is no such list.
    pub(super) fn fillings(&self, slot: &str) -> Vec<Filling> {
        let values = self.lists.get(slot).into_iter().flatten();
        values.map(|value| value.filling(slot)).collect()
    }
}

impl Value {
    fn filling(&self, slot: &str) -> Filling {
        match self {
            Self::One(name) => Filling::from([(slot.to_owned(), name.clone())]),
            Self::Several(forms) => forms.clone(),
        }
    }
}

/// The template with its slots filled and a capital at its start.
pub(super) fn fill(template: &str, filling: &Filling) -> String {
    let mut text = template.to_owned();
    for (slot, value) in filling {
        text = text.replace(&format!("{{{slot}}}"), value);
    }
    capitalized(&text)
}

pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_filled_and_the_sentence_starts_with_a_capital() {
        let filling = Filling::from([("country".to_owned(), "the Netherlands".to_owned())]);
        assert_eq!(
            fill("{country}'s dykes held.", &filling),
            "The Netherlands's dykes held."
        );
    }

    #[test]
    fn every_template_has_its_list_and_no_slot_is_left() {
        let suite = Suite::own().expect("well formed");
        for group in &suite.invariance {
            let fillings = suite.fillings(&group.slot);
            assert!(fillings.len() > 1, "{}", group.slot);
            for (text, filling) in group
                .texts
                .iter()
                .flat_map(|t| fillings.iter().map(move |f| (t, f)))
            {
                let text = fill(text, filling);
                assert!(!text.contains(['{', '}']), "a slot is left: {text}");
            }
        }
    }
}
