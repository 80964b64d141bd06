//! Which rows to label first: the uncertain ones, not too alike, and every fifth at random.
//!
//! Uncertainty is `1 − (p₁ − p₂)` by the two highest probabilities (Scheffer, Decomain & Wrobel 2001). From the most
//! uncertain rows each next one is the one with the highest uncertainty times its distance to the rows already
//! chosen (one minus the Jaccard similarity of their words).

use std::collections::HashSet;

use crate::labelled::Draws;
use crate::text::key::key_of;

/// One in so many rows is drawn at random.
const RANDOM_EVERY: usize = 5;
/// So many rows are chosen with diversity before the next refit; the others follow by uncertainty.
const BATCH: usize = 50;
/// Rows among which a batch is chosen, for each of its places.
const POOL: usize = 8;

/// A row and why it comes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Index of the row.
    pub row: usize,
    /// True if it was drawn at random.
    pub random: bool,
}

/// An order for the rows in `open`. `probabilities` are those of every row, empty if there is no
/// model yet: then all are drawn at random.
#[must_use]
pub fn order(texts: &[&str], open: &[usize], probabilities: &[Vec<f64>], seed: u64) -> Vec<Pick> {
    let mut draws = Draws::new("labelling", seed ^ (open.len() as u64) << 20);
    let shuffled: Vec<usize> = draws
        .shuffled(open.len())
        .into_iter()
        .map(|i| open[i])
        .collect();
    if probabilities.is_empty() {
        return shuffled
            .into_iter()
            .map(|row| Pick { row, random: true })
            .collect();
    }
    let mut ranked: Vec<(usize, f64)> = shuffled
        .iter()
        .map(|&row| (row, uncertainty(&probabilities[row])))
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut picks = diverse(texts, &ranked);
    let chosen: HashSet<usize> = picks.iter().copied().collect();
    picks.extend(
        ranked
            .iter()
            .map(|r| r.0)
            .filter(|row| !chosen.contains(row)),
    );
    interleaved(&picks, &shuffled)
}

fn uncertainty(p: &[f64]) -> f64 {
    let mut sorted = p.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    1.0 - (sorted[0] - sorted.get(1).copied().unwrap_or(0.0))
}

/// A batch of uncertain rows that are not alike.
fn diverse(texts: &[&str], ranked: &[(usize, f64)]) -> Vec<usize> {
    let pool = &ranked[..ranked.len().min(BATCH * POOL)];
    let words: Vec<HashSet<u64>> = pool.iter().map(|(row, _)| words(texts[*row])).collect();
    let mut nearest = vec![0.0_f64; pool.len()];
    let mut taken = vec![false; pool.len()];
    let mut picks = Vec::new();
    while picks.len() < BATCH.min(pool.len()) {
        let value = |i: &usize| pool[*i].1 * (1.0 - nearest[*i]);
        let free = (0..pool.len()).filter(|&i| !taken[i]);
        let Some(best) = free.reduce(|a, b| if value(&b) > value(&a) { b } else { a }) else {
            break;
        };
        taken[best] = true;
        picks.push(pool[best].0);
        for (near, other) in nearest.iter_mut().zip(&words) {
            *near = near.max(similarity(&words[best], other));
        }
    }
    picks
}

fn words(text: &str) -> HashSet<u64> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 3);
    words.map(|word| key_of(&word.to_lowercase())).collect()
}

fn similarity(a: &HashSet<u64>, b: &HashSet<u64>) -> f64 {
    let common = a.intersection(b).count() as f64;
    common / (a.len() as f64 + b.len() as f64 - common).max(1.0)
}

/// Every fifth place goes to the next random row; no row comes twice.
fn interleaved(picks: &[usize], random: &[usize]) -> Vec<Pick> {
    let (mut seen, mut out) = (HashSet::new(), Vec::new());
    let (mut picks, mut random) = (picks.iter().copied(), random.iter().copied());
    loop {
        let is_random = out.len() % RANDOM_EVERY == RANDOM_EVERY - 1;
        let fresh = |row: &usize| !seen.contains(row);
        let next = if is_random {
            random.find(fresh)
        } else {
            picks.find(fresh)
        };
        match next {
            Some(row) => {
                seen.insert(row);
                out.push(Pick {
                    row,
                    random: is_random,
                });
            }
            None => return out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uncertain_rows_come_first_each_once_and_every_fifth_at_random() {
        let texts: Vec<String> = (0..100)
            .map(|i| format!("words about subject{i}"))
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let p: Vec<Vec<f64>> = (0..100)
            .map(|i| vec![0.5 + i as f64 / 200.0, 0.5 - i as f64 / 200.0])
            .collect();
        let open: Vec<usize> = (0..100).collect();
        let found = order(&texts, &open, &p, 1);
        assert_eq!(
            found[0],
            Pick {
                row: 0,
                random: false
            }
        );
        assert!(found[4].random && !found[5].random);
        let rows: HashSet<usize> = found.iter().map(|p| p.row).collect();
        assert_eq!((rows.len(), found.len()), (100, 100));
        assert_eq!(found, order(&texts, &open, &p, 1));
    }

    #[test]
    fn rows_that_are_alike_do_not_follow_each_other() {
        let texts = [
            "shameful wealth taxes",
            "shameful wealth taxes",
            "glorious summer rain",
        ];
        let p = vec![vec![0.5, 0.5], vec![0.5, 0.5], vec![0.6, 0.4]];
        let found = order(&texts, &[0, 1, 2], &p, 1);
        assert!(found[0].row < 2 && found[1].row == 2, "{found:?}");
    }
}
