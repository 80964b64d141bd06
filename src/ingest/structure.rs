//! Captions and citation lines, by how they begin.

use super::excluded::ExcludedKind;

/// What a paragraph is, if it is a caption or says how to cite the document.
pub(super) fn kind_of(words: &str) -> Option<ExcludedKind> {
    let count = words.split_whitespace().take(81).count();
    if count > 80 {
        None
    } else if is_caption(words) {
        Some(ExcludedKind::Caption)
    } else if is_citation(words, count) {
        Some(ExcludedKind::Citation)
    } else {
        None
    }
}

/// `Figure 3. Votes by district`, `Table 2: …`, `Fig. 1 – …`; but not `Figure 3 shows …`.
fn is_caption(words: &str) -> bool {
    let mut parts = words.split_whitespace();
    let name = parts
        .next()
        .unwrap_or("")
        .trim_end_matches('.')
        .to_lowercase();
    let known = [
        "figure", "fig", "table", "chart", "graph", "map", "exhibit", "plate", "photo", "box",
    ];
    let Some(number) = parts.next().filter(|_| known.contains(&name.as_str())) else {
        return false;
    };
    let bare = number.trim_end_matches(['.', ':']);
    let digits = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.len() < 6;
    let roman = !bare.is_empty() && bare.bytes().all(|b| b"IVX".contains(&b));
    let lettered = bare.len() < 5
        && bare.starts_with(['A', 'S'])
        && bare.ends_with(|c: char| c.is_ascii_digit());
    let marked = bare.len() < number.len();
    let mut dashed = || matches!(parts.next(), None | Some("–" | "—" | "-" | "|"));
    (digits || roman || lettered) && (marked || dashed())
}

/// `To cite this article: …`, `Journal of Bridges, Vol. 12, No. 3, pp. 1–20`, a lone DOI.
fn is_citation(words: &str, count: usize) -> bool {
    let lower = words.to_lowercase();
    let openings = [
        "to cite this",
        "cite this article",
        "cite as",
        "how to cite",
        "please cite",
        "suggested citation",
        "recommended citation",
        "citation:",
        "this article was originally published in",
    ];
    let opened = openings.iter().any(|opening| lower.starts_with(opening));
    let numbered = |mark: &str| {
        lower
            .split(mark)
            .skip(1)
            .any(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    let volume = count < 25 && (numbered("vol.") || numbered("volume "));
    let issue = ["no. ", "pp. ", "issue ", "issn"]
        .iter()
        .any(|mark| lower.contains(mark));
    let identifier = ["doi.org/10.", "doi:10.", "doi: 10."]
        .iter()
        .any(|mark| lower.contains(mark));
    opened
        || (volume && issue && words.bytes().any(|b| b.is_ascii_digit()))
        || (identifier && count < 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions() {
        for words in [
            "Figure 3. Votes by district",
            "Table II: Costs",
            "Fig. 1 – The bridge",
            "Table A1. All",
            "Map 2",
        ] {
            assert_eq!(kind_of(words), Some(ExcludedKind::Caption), "{words}");
        }
        for words in [
            "Figure 3 shows the votes.",
            "Table manners matter.",
            "Map out: a plan",
            "Figures lie.",
        ] {
            assert_eq!(kind_of(words), None, "{words}");
        }
    }

    #[test]
    fn citation_lines() {
        for words in [
            "To cite this article: Ruiz, A. (2004) Bridges and votes, Bridges 12, 1.",
            "Journal of Bridges, Vol. 12, No. 3 (2004), pp. 1–20",
            "https://doi.org/10.1234/bridges.12",
        ] {
            assert_eq!(kind_of(words), Some(ExcludedKind::Citation), "{words}");
        }
        for words in [
            "The volume of trade fell, and no. 3 was shut.",
            "To cite the minister is easy.",
        ] {
            assert_eq!(kind_of(words), None, "{words}");
        }
    }
}
