//! The templates of `labels/behaviour.toml` and how they are filled.

use std::collections::BTreeMap;

use serde::Deserialize;

const TEMPLATES: &str = include_str!("../../labels/behaviour.toml");

/// What one value of a list puts into the slots of a template, by slot.
pub type Filling = BTreeMap<String, String>;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    #[serde(rename = "schema")]
    _schema: String,
    lists: BTreeMap<String, Vec<Value>>,
    pub invariance: Vec<Invariance>,
    pub mirror: Vec<Mirror>,
    pub direction: Vec<Direction>,
    pub quotation: Quotation,
    /// Clear cases by class.
    pub minimum: BTreeMap<String, Vec<String>>,
}

/// One name, or one for each of several slots that change together.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    One(String),
    Several(Filling),
}

/// Sentences whose slot is filled with each value of the list of that name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invariance {
    pub slot: String,
    pub stance: String,
    pub texts: Vec<String>,
}

/// Sentences in which `{a}` and `{b}` change places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    pub kind: String,
    pub pairs: Vec<[String; 2]>,
    pub texts: Vec<String>,
}

/// Sentences in which `{+}` is filled with nothing and then with each addition.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    pub kind: String,
    /// The class that an addition makes more probable.
    pub rises: String,
    pub additions: Vec<String>,
    pub texts: Vec<String>,
}

/// Polemics, and documents that quote them as `{Q}` or `{q}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotation {
    pub polemics: Vec<String>,
    pub frames: BTreeMap<String, String>,
}

impl Suite {
    pub fn read() -> Self {
        toml::from_str(TEMPLATES).expect("labels/behaviour.toml is well formed")
    }

    /// Every value of the list of a slot.
    pub fn fillings(&self, slot: &str) -> Vec<Filling> {
        let values = self.lists.get(slot).expect("every slot has a list");
        values.iter().map(|value| value.filling(slot)).collect()
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
pub fn fill(template: &str, filling: &Filling) -> String {
    let mut text = template.to_owned();
    for (slot, value) in filling {
        text = text.replace(&format!("{{{slot}}}"), value);
    }
    assert!(!text.contains(['{', '}']), "a slot is left: {text}");
    capitalized(&text)
}

pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
