//! The findings as Markdown tables, and the figures that have a target.

use std::collections::BTreeMap;
use std::fmt::Write;

use polemic::behaviour::{Addition, Clear, Findings, Quoted, Stability, Swap, family};

const WORST: usize = 10;

/// Measured figures by name.
pub type Figures = BTreeMap<String, f64>;

/// The tables, and the figures that [`super::targets`] are about.
pub fn render(findings: &Findings) -> (String, Figures) {
    let (mut out, mut figures) = (String::new(), Figures::new());
    swaps(findings, &mut out, &mut figures);
    mirrored(&findings.mirrored, &mut out, &mut figures);
    additions(&findings.additions, &mut out, &mut figures);
    quoted(findings, &mut out, &mut figures);
    clear(&findings.clear, &mut out, &mut figures);
    worst(findings, &mut out);
    (out, figures)
}

pub fn table(
    out: &mut String,
    title: &str,
    head: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let _ = write!(out, "\n### {title}\n\n");
    out.push_str(&line(
        &head.iter().map(|&h| h.to_owned()).collect::<Vec<_>>(),
    ));
    out.push_str(&line(
        &head.iter().map(|_| "---".to_owned()).collect::<Vec<_>>(),
    ));
    rows.into_iter().for_each(|row| out.push_str(&line(&row)));
}

fn share(hits: usize, of: usize) -> f64 {
    hits as f64 / of.max(1) as f64
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count().max(1) as f64
}

/// The elements by key, keys in order of first appearance.
fn grouped<T, K: PartialEq>(all: &[T], key: impl Fn(&T) -> K) -> Vec<(K, Vec<&T>)> {
    let mut groups: Vec<(K, Vec<&T>)> = Vec::new();
    for element in all {
        let key = key(element);
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, group)) => group.push(element),
            None => groups.push((key, vec![element])),
        }
    }
    groups
}

fn stability_row(name: &str, cases: usize, swaps: &[&Swap]) -> Vec<String> {
    let counts = [name.to_owned(), cases.to_string(), swaps.len().to_string()];
    let of = Stability::of(swaps);
    let figures = [of.same_label, of.mean_change, of.largest_change];
    counts
        .into_iter()
        .chain(figures.map(three_digits))
        .collect()
}

fn three_digits(figure: f64) -> String {
    format!("{figure:.3}")
}

fn swaps(findings: &Findings, out: &mut String, figures: &mut Figures) {
    let head = [
        "Swapped",
        "Sentences",
        "Swaps",
        "Same label",
        "Mean change",
        "Largest change",
    ];
    let place = |start: bool| {
        if start {
            "first in the sentence"
        } else {
            "inside"
        }
    };
    let mut rows = Vec::new();
    for ((kind, start), group) in grouped(&findings.swaps, |s| (s.kind.clone(), s.at_start)) {
        let cases = findings
            .sentences
            .iter()
            .filter(|c| c.0 == kind && c.1 == start);
        rows.push(stability_row(
            &format!("{kind}, {}", place(start)),
            cases.count(),
            &group,
        ));
    }
    for (stance, group) in grouped(&findings.swaps, |s| s.stance.clone().unwrap_or_default()) {
        let cases = findings.sentences.iter().filter(|c| c.2 == stance);
        rows.push(stability_row(
            &format!("all in {stance} templates"),
            cases.count(),
            &group,
        ));
    }
    for (name, group) in grouped(&findings.swaps, |s| family(&s.kind)) {
        let cases = findings.sentences.iter();
        let cases = cases.filter(|c| family(&c.0) == name);
        let of = Stability::of(&group);
        figures.insert(format!("{name} swapped: same label"), of.same_label);
        figures.insert(format!("{name} swapped: mean change"), of.mean_change);
        rows.push(stability_row(
            &format!("**all {name}**"),
            cases.count(),
            &group,
        ));
    }
    table(out, "Invariance", &head, rows);
}

fn mirrored(swaps: &[Swap], out: &mut String, figures: &mut Figures) {
    let head = [
        "Mirrored",
        "Sentences",
        "Pairs",
        "Same label",
        "Mean change",
        "Largest change",
    ];
    let mut rows = Vec::new();
    for (kind, group) in grouped(swaps, |s| s.kind.clone()) {
        figures.insert(
            format!("{kind} mirrored: mean change"),
            Stability::of(&group).mean_change,
        );
        rows.push(stability_row(&kind, 2 * group.len(), &group));
    }
    let all: Vec<_> = swaps.iter().collect();
    figures.insert(
        "all mirrored: mean change".to_owned(),
        Stability::of(&all).mean_change,
    );
    rows.push(stability_row("**all**", 2 * all.len(), &all));
    table(out, "Mirrored pairs", &head, rows);
}

fn additions(all: &[Addition], out: &mut String, figures: &mut Figures) {
    let head = ["Added", "Must rise", "Cases", "Right way", "Mean rise"];
    let right =
        |group: &[&Addition]| share(group.iter().filter(|a| a.rise > 0.0).count(), group.len());
    let row = |name: &str, rises: &str, group: &[&Addition]| {
        let rise = mean(group.iter().map(|a| a.rise));
        let figures = [three_digits(right(group)), three_digits(rise)];
        let counts = [name.to_owned(), rises.to_owned(), group.len().to_string()];
        counts.into_iter().chain(figures).collect()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for ((kind, rises), group) in grouped(all, |a| (a.kind.clone(), a.rises.clone())) {
        figures.insert(format!("{kind} added: right way"), right(&group));
        rows.push(row(&kind, &rises, &group));
    }
    let every: Vec<_> = all.iter().collect();
    figures.insert("all added: right way".to_owned(), right(&every));
    rows.push(row("**all**", "", &every));
    table(out, "Direction", &head, rows);
}

fn quoted(findings: &Findings, out: &mut String, figures: &mut Figures) {
    let clean = |group: &[&Quoted]| {
        share(
            group.iter().filter(|q| q.author_polemical == 0.0).count(),
            group.len(),
        )
    };
    let row = |name: &str, group: &[&Quoted]| {
        vec![
            name.to_owned(),
            group.len().to_string(),
            three_digits(clean(group)),
        ]
    };
    let frames = grouped(&findings.quoted, |q| q.frame.clone());
    let mut rows: Vec<_> = frames
        .iter()
        .map(|(frame, group)| row(frame, group))
        .collect();
    let all: Vec<_> = findings.quoted.iter().collect();
    figures.insert(
        "quoted: author's share polemical is 0".to_owned(),
        clean(&all),
    );
    rows.push(row("**all**", &all));
    table(
        out,
        "Quotation",
        &["Quoted", "Documents", "Author's share polemical is 0"],
        rows,
    );
    let found = findings.unquoted.iter().filter(|&&p| p).count();
    let n = findings.unquoted.len();
    let _ = writeln!(
        out,
        "\nUnquoted, {found} of the {n} polemics are found polemical."
    );
}

fn clear(all: &[Clear], out: &mut String, figures: &mut Figures) {
    let right = |group: &[&Clear]| {
        share(
            group.iter().filter(|c| c.class == c.found).count(),
            group.len(),
        )
    };
    let row = |name: &str, group: &[&Clear]| {
        vec![
            name.to_owned(),
            group.len().to_string(),
            three_digits(right(group)),
        ]
    };
    let classes = grouped(all, |c| c.class.clone());
    let mut rows: Vec<_> = classes
        .iter()
        .map(|(class, group)| row(class, group))
        .collect();
    let every: Vec<_> = all.iter().collect();
    figures.insert("clear cases: right".to_owned(), right(&every));
    rows.push(row("**all**", &every));
    table(
        out,
        "Minimum functionality",
        &["Class", "Cases", "Right"],
        rows,
    );
}

fn worst(findings: &Findings, out: &mut String) {
    let head = ["Change", "Labels", "Sentence", "One", "Other"];
    let title = "Worst swaps (one for each template)";
    table(out, title, &head, worst_swaps(&findings.swaps));
    table(
        out,
        "Worst mirrored pairs (one for each template)",
        &head,
        worst_swaps(&findings.mirrored),
    );
    let mut additions: Vec<_> = findings.additions.iter().collect();
    additions.sort_by(|a, b| a.rise.total_cmp(&b.rise));
    let rows = additions
        .iter()
        .take(WORST)
        .map(|a| vec![three_digits(a.rise), a.rises.clone(), a.shown.clone()]);
    table(out, "Worst additions", &["Rise", "Of", "Sentence"], rows);
    let mut quoted: Vec<_> = findings
        .quoted
        .iter()
        .filter(|q| q.author_polemical > 0.0)
        .collect();
    quoted.sort_by(|a, b| b.author_polemical.total_cmp(&a.author_polemical));
    let row = |q: &&Quoted| {
        vec![
            three_digits(q.author_polemical),
            q.frame.clone(),
            q.polemic.clone(),
        ]
    };
    let head = ["Author's share polemical", "Quoted", "Polemic"];
    table(
        out,
        "Worst quotations",
        &head,
        quoted.iter().take(WORST).map(row),
    );
    let wrong = findings
        .clear
        .iter()
        .filter(|c| c.class != c.found)
        .take(WORST);
    let row = |c: &Clear| vec![c.class.clone(), c.found.clone(), c.text.clone()];
    table(
        out,
        "Clear cases that fail",
        &["Class", "Found", "Sentence"],
        wrong.map(row),
    );
}

fn worst_swaps(swaps: &[Swap]) -> Vec<Vec<String>> {
    let of_template = grouped(swaps, |s| s.template.clone());
    let largest = |group: &[&Swap]| group.iter().map(|s| s.change).fold(0.0, f64::max);
    let mut worst: Vec<&Swap> = of_template
        .iter()
        .filter_map(|(_, group)| group.iter().copied().find(|s| s.change == largest(group)))
        .collect();
    worst.sort_by(|a, b| b.change.total_cmp(&a.change));
    let row = |s: &&Swap| {
        let labels = s.labels.join(" → ");
        let [one, other] = s.fillings.clone();
        vec![
            three_digits(s.change),
            labels,
            s.template.clone(),
            one,
            other,
        ]
    };
    worst.iter().take(WORST).map(row).collect()
}
