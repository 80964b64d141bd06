//! What is odd about labelled rows, before anything is fitted to them.

use std::collections::{BTreeMap, BTreeSet};

use super::near::{equal_texts, near_duplicates};
use super::{Finding, LabelledTable, Place, Problem, TableRow};
use crate::text::{language_of, sentences};

/// A class with fewer rows is a handful.
const HANDFUL: usize = 10;
/// A text with fewer words says too little, one with more is no sentence.
const SENTENCE_WORDS: std::ops::RangeInclusive<usize> = 3..=120;
/// More sentences in a row than this: it is a paragraph.
const MOST_SENTENCES: usize = 3;
/// Texts with fewer words are in no language for certain.
const LANGUAGE_WORDS: usize = 8;
/// Of two labels a letter apart, the rarer is a slip if it has less than this share of the rows.
const SLIP: f64 = 0.1;
/// Columns that say on which side of a split a row is.
const SPLIT_COLUMNS: [&str; 4] = ["split", "fold", "partition", "subset"];

/// Everything odd about a table, its bad records first; sorted by kind, then by row.
///
/// Rows that several annotators labelled are counted once: a text is no duplicate of itself.
#[must_use]
pub fn audit(table: &LabelledTable) -> Vec<Finding> {
    let rows = &table.rows;
    let mut findings = table.findings.clone();
    findings.extend(labels(rows));
    findings.extend(repeated(rows));
    findings.extend(shapes(rows));
    findings.sort_by(|a, b| (a.problem, &a.places).cmp(&(b.problem, &b.places)));
    findings
}

fn finding(problem: Problem, places: Vec<Place>, found: String, expected: &str) -> Finding {
    Finding {
        problem,
        places,
        found,
        expected: expected.to_owned(),
    }
}

/// Rare and nearly equal labels.
fn labels(rows: &[TableRow]) -> Vec<Finding> {
    let mut by_label: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for row in rows {
        by_label
            .entry(&row.row.label)
            .or_default()
            .push(row.place.clone());
    }
    let mut findings = Vec::new();
    for (label, places) in by_label.iter().filter(|(_, places)| places.len() < HANDFUL) {
        let found = format!("{} of class {label}", plural(places.len(), "row"));
        let advice = "label more of it, or fold it into another class (--labels-map)";
        findings.push(finding(Problem::RareClass, places.clone(), found, advice));
    }
    let entries: Vec<_> = by_label.iter().collect();
    for (i, (a, a_places)) in entries.iter().enumerate() {
        for (b, b_places) in &entries[i + 1..] {
            let ((rare, rare_places), (often, often_places)) = if a_places.len() < b_places.len() {
                ((a, a_places), (b, b_places))
            } else {
                ((b, b_places), (a, a_places))
            };
            let share = rare_places.len() as f64 / often_places.len() as f64;
            if nearly_equal(a, b, share) {
                let n = plural(often_places.len(), "row");
                let found = format!("{rare:?}, nearly {often:?} ({n})");
                let advice = "mend it, or say in --labels-map which is meant";
                findings.push(finding(
                    Problem::NearlyEqualLabels,
                    rare_places.to_vec(),
                    found,
                    advice,
                ));
            }
        }
    }
    findings
}

fn nearly_equal(a: &str, b: &str, share: f64) -> bool {
    let bare = |label: &str| -> String {
        let kept = label.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let (a, b) = (bare(a), bare(b));
    let long = a.chars().count().min(b.chars().count()) >= 5;
    a == b || (long && share < SLIP && strsim::damerau_levenshtein(&a, &b) <= 2)
}

/// Texts that occur more than once.
fn repeated(rows: &[TableRow]) -> Vec<Finding> {
    let texts: Vec<&str> = rows.iter().map(|r| r.row.text.as_str()).collect();
    let mut findings: Vec<Finding> = equal_texts(&texts)
        .iter()
        .filter_map(|same| repetition(rows, same))
        .collect();
    for (a, b) in near_duplicates(&texts) {
        let (x, y) = (&rows[a], &rows[b]);
        let places = vec![x.place.clone(), y.place.clone()];
        if across(x, y, |r| &r.row.group) {
            let found = format!(
                "nearly the same text in groups {} and {}",
                x.row.group, y.row.group
            );
            findings.push(finding(Problem::AcrossGroups, places, found, LINKED));
        } else {
            let found = "nearly the same text".to_owned();
            findings.push(finding(
                Problem::NearDuplicate,
                places,
                found,
                "kept in one fold",
            ));
        }
    }
    findings
}

const LINKED: &str = "their groups are kept in one fold";

/// What is wrong with rows of the same text; the worst only.
fn repetition(rows: &[TableRow], same: &[usize]) -> Option<Finding> {
    let of = |value: fn(&TableRow) -> &str| -> BTreeSet<&str> {
        same.iter().map(|&i| value(&rows[i])).collect()
    };
    let places: Vec<Place> = same.iter().map(|&i| rows[i].place.clone()).collect();
    let list = |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(", ");
    let labels = of(|r| &r.row.label);
    let annotators = of(|r| &r.annotator);
    let splits = of(split_of);
    let groups = of(|r| &r.row.group);
    let by_several = annotators.len() == same.len() && same.len() > 1;
    let found =
        |problem, found, advice: &str| Some(finding(problem, places.clone(), found, advice));
    if splits.len() > 1 && !splits.contains("") {
        let what = format!("the same text in {}", list(&splits));
        return found(
            Problem::AcrossSplit,
            what,
            "a test row must not be in the fit",
        );
    }
    if labels.len() > 1 && !by_several {
        let advice = "decide, or name the annotators in a column";
        return found(
            Problem::Contradiction,
            format!("the same text as {}", list(&labels)),
            advice,
        );
    }
    if groups.len() > 1 && !groups.contains("") {
        return found(
            Problem::AcrossGroups,
            format!("the same text in groups {}", list(&groups)),
            LINKED,
        );
    }
    if by_several {
        return None;
    }
    found(
        Problem::Duplicate,
        format!("the same text {} times", same.len()),
        "kept in one fold",
    )
}

fn split_of(row: &TableRow) -> &str {
    let mut columns = row.columns.iter();
    let split =
        columns.find(|(name, _)| SPLIT_COLUMNS.iter().any(|s| name.eq_ignore_ascii_case(s)));
    split.map_or("", |(_, value)| value.as_str())
}

fn across<'r>(a: &'r TableRow, b: &'r TableRow, of: fn(&'r TableRow) -> &'r str) -> bool {
    let (a, b) = (of(a), of(b));
    a != b && !a.is_empty() && !b.is_empty()
}

/// Rows that are not one English sentence.
fn shapes(rows: &[TableRow]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in rows {
        let text = row.row.text.as_str();
        let words = text
            .split_whitespace()
            .filter(|w| w.contains(char::is_alphanumeric))
            .count();
        let n_sentences = sentences(text).take(MOST_SENTENCES + 2).count();
        let found = if !text.contains(char::is_alphabetic) {
            Some("no letters".to_owned())
        } else if !SENTENCE_WORDS.contains(&words) {
            Some(plural(words, "word"))
        } else if n_sentences > MOST_SENTENCES {
            Some(format!("more than {MOST_SENTENCES} sentences"))
        } else {
            None
        };
        if let Some(found) = found {
            let advice = "the model judges sentences one by one";
            findings.push(finding(
                Problem::NotASentence,
                vec![row.place.clone()],
                found,
                advice,
            ));
        } else if words >= LANGUAGE_WORDS
            && let Some(language) = language_of(text).filter(|found| found.code() != "eng")
        {
            let found = format!("seems to be in {}", language.name());
            let advice = "the features know English only";
            findings.push(finding(
                Problem::NotEnglish,
                vec![row.place.clone()],
                found,
                advice,
            ));
        }
    }
    findings
}

fn plural(n: usize, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labelled::TableColumns;

    fn audited(text: &str) -> Vec<String> {
        let mut table = LabelledTable::default();
        let path = std::path::Path::new("x.csv");
        table
            .add(path, text.as_bytes(), &TableColumns::default(), None)
            .expect("a table");
        let found = audit(&table).into_iter();
        found
            .filter(|f| f.problem != Problem::RareClass)
            .map(|f| f.to_string())
            .collect()
    }

    #[test]
    fn repeated_texts_are_named_with_their_rows() {
        let text = "text,label,group,split\n\
                    The rain fell on the old town all night.,a,g1,\n\
                    The snow fell on the old town all night.,a,g1,\n\
                    the rain fell on the old town all night,b,g1,\n\
                    The snow fell on the old town all night!,a,g2,\n\
                    Nobody came to the long meeting.,a,g3,train\n\
                    Nobody came to the long meeting.,a,g3,test\n";
        assert_eq!(
            audited(text),
            [
                "x.csv:1, 3: the same text as a, b; decide, or name the annotators in a column",
                "x.csv:5, 6: the same text in test, train; a test row must not be in the fit",
                "x.csv:2, 4: the same text in groups g1, g2; their groups are kept in one fold",
            ]
        );
    }

    #[test]
    fn slips_in_labels_are_named() {
        let mut text = "text,label\n".to_owned();
        for i in 0..30 {
            text += &format!("The vote number {i} was counted on Monday {i}.,neutral\n");
        }
        text += "It rained on Monday in town.,Neutral\nIt rained on Friday at sea.,netural\n";
        let found = audited(&text);
        assert_eq!(
            found[0],
            "x.csv:31: \"Neutral\", nearly \"neutral\" (30 rows); mend it, or say in --labels-map which is meant"
        );
        assert!(found[1].starts_with("x.csv:32: \"netural\""), "{found:?}");
    }

    #[test]
    fn rows_that_are_no_sentence_are_named() {
        let text = "text,label\n1.,a\nYes.,a\n\
                    Der Rat hat am Montag beschlossen dass die Brücke für neun Wochen gesperrt wird weil das Geländer erneuert wird.,b\n";
        assert_eq!(
            audited(text),
            [
                "x.csv:1: no letters; the model judges sentences one by one",
                "x.csv:2: 1 word; the model judges sentences one by one",
                "x.csv:3: seems to be in German; the features know English only",
            ]
        );
    }

    #[test]
    fn several_annotators_are_no_duplicates() {
        let text =
            "text,label,annotator\nThe rain fell all night.,a,x\nThe rain fell all night.,b,y\n";
        assert_eq!(audited(text), Vec::<String>::new());
    }
}
