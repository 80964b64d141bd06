//! Documents put together by something known of them: an outlet, an author, a folder.

use std::collections::BTreeMap;

use super::figures::{ClassMean, class_means};
use crate::report::html::figure::{Figure, Share};
use crate::report::row::DocumentRow;

/// Groups shown for one key; the largest ones, if there are more.
const MOST_GROUPS: usize = 40;
/// Keys shown if nobody chose.
const MOST_KEYS: usize = 3;

/// The groups of one key.
pub(super) struct Grouping {
    pub key: String,
    pub rows: Vec<GroupRow>,
    /// Groups that are not shown.
    pub more: usize,
    /// Documents of which the key is not known.
    pub without: usize,
}

/// One group.
pub(super) struct GroupRow {
    pub name: String,
    pub n: usize,
    pub means: Vec<ClassMean>,
    pub figure: Figure,
}

/// The value of a key: of the metadata, or the folder that the document lies in.
pub(super) fn value_of<'r>(row: &'r DocumentRow, key: &str) -> Option<&'r str> {
    let known = row.metadata.get(key).map(String::as_str);
    if key == "folder" {
        return known.or_else(|| row.id.rsplit_once('/').map(|(folder, _)| folder));
    }
    known.map(str::trim).filter(|value| !value.is_empty())
}

/// The keys to group by if nobody chose: those with two or more values of which one has two or
/// more documents and that most documents have; not the date, not the folder unless there are several.
pub(super) fn telling_keys(rows: &[&DocumentRow]) -> Vec<String> {
    let mut keys: Vec<&str> = rows
        .iter()
        .flat_map(|r| r.metadata.keys())
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let first = ["outlet", "author"];
    keys.sort_by_key(|key| first.iter().position(|f| f == key).unwrap_or(first.len()));
    keys.push("folder");
    let telling = |key: &&str| {
        let groups = grouped(rows, key);
        let n: usize = groups.values().map(Vec::len).sum();
        let largest = groups.values().map(Vec::len).max().unwrap_or(0);
        *key != "date"
            && groups.len() > 1
            && largest > 1
            && 2 * n > rows.len()
            && groups.len() * 2 <= n + 2
    };
    keys.into_iter()
        .filter(telling)
        .take(MOST_KEYS)
        .map(str::to_owned)
        .collect()
}

fn grouped<'r>(rows: &[&'r DocumentRow], key: &str) -> BTreeMap<&'r str, Vec<&'r DocumentRow>> {
    let mut groups: BTreeMap<&str, Vec<&DocumentRow>> = BTreeMap::new();
    for row in rows {
        if let Some(value) = value_of(row, key) {
            groups.entry(value).or_default().push(row);
        }
    }
    groups
}

/// The groups of a key, the highest mean of the last class first.
pub(super) fn grouping(rows: &[&DocumentRow], key: &str, n_classes: usize) -> Grouping {
    let groups = grouped(rows, key);
    let with: usize = groups.values().map(Vec::len).sum();
    let mut largest: Vec<_> = groups.into_iter().collect();
    largest.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let more = largest.len().saturating_sub(MOST_GROUPS);
    largest.truncate(MOST_GROUPS);
    let mut shown: Vec<GroupRow> = largest
        .into_iter()
        .map(|(name, members)| group_row(name, &members, n_classes))
        .collect();
    let focus = |row: &GroupRow| row.means.last().map_or(0.0, |mean| mean.mean);
    shown.sort_by(|a, b| focus(b).total_cmp(&focus(a)));
    Grouping {
        key: key.to_owned(),
        rows: shown,
        more,
        without: rows.len() - with,
    }
}

fn group_row(name: &str, members: &[&DocumentRow], n_classes: usize) -> GroupRow {
    let means = class_means(members, n_classes);
    let drawn: Vec<Share> = means
        .iter()
        .enumerate()
        .map(|(class, mean)| Share {
            class,
            share: mean.mean,
            interval: mean.interval.unwrap_or([mean.mean; 2]),
            hollow: false,
        })
        .collect();
    GroupRow {
        name: name.to_owned(),
        n: members.len(),
        figure: Figure::of(&drawn),
        means,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::row;
    use super::*;

    #[test]
    fn groups_have_their_means_and_numbers() {
        let rows = [
            row("a/1.txt", [0.6, 0.0, 0.4], &[("outlet", "East")]),
            row("a/2.txt", [0.8, 0.0, 0.2], &[("outlet", "East")]),
            row("b/3.txt", [0.1, 0.0, 0.9], &[("outlet", "West")]),
            row("b/4.txt", [0.1, 0.0, 0.9], &[]),
        ];
        let rows: Vec<&DocumentRow> = rows.iter().collect();
        let found = grouping(&rows, "outlet", 3);
        let shown: Vec<(&str, usize, String, String)> = found
            .rows
            .iter()
            .map(|g| {
                (
                    g.name.as_str(),
                    g.n,
                    g.means[2].percent(),
                    g.means[2].range(),
                )
            })
            .collect();
        // Half the reach of East is 6.314 standard errors of 0.1.
        let expected = [
            ("West", 1, "90".to_owned(), "–".to_owned()),
            ("East", 2, "30".to_owned(), "0–93".to_owned()),
        ];
        assert_eq!(shown, expected);
        assert_eq!((found.without, found.more), (1, 0));
        assert_eq!(grouping(&rows, "folder", 3).rows.len(), 2);
    }

    #[test]
    fn keys_that_tell_something_are_found() {
        let metadata = |i: usize| {
            [
                ("outlet", ["E", "W"][i % 2]),
                ("slug", ["a", "b", "c", "d"][i]),
            ]
        };
        let rows: Vec<DocumentRow> = (0..4)
            .map(|i| row("x.txt", [1.0, 0.0, 0.0], &metadata(i)))
            .collect();
        let rows: Vec<&DocumentRow> = rows.iter().collect();
        assert_eq!(telling_keys(&rows), ["outlet"]);
    }
}
