//! Bars of block characters.

/// Fill characters of the classes in order; the first class is the lightest.
const FILLS: [char; 5] = ['░', '▒', '█', '▓', '▚'];

/// The fill character of a class.
pub(super) fn fill(class: usize) -> char {
    FILLS[class % FILLS.len()]
}

/// How many of `width` cells each share gets: largest remainders, so that they sum to `width` when
/// the shares sum to 1.
pub(super) fn cells(shares: &[f64], width: usize) -> Vec<usize> {
    let exact: Vec<f64> = shares.iter().map(|s| s * width as f64).collect();
    let mut cells: Vec<usize> = exact.iter().map(|e| e.floor() as usize).collect();
    let total = (shares.iter().sum::<f64>() * width as f64).round() as usize;
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| {
        (exact[b] % 1.0)
            .total_cmp(&(exact[a] % 1.0))
            .then(a.cmp(&b))
    });
    let missing = total.saturating_sub(cells.iter().sum());
    for &i in order.iter().take(missing) {
        cells[i] += 1;
    }
    cells
}

/// The pieces of a stacked bar, one a class.
pub(super) fn stacked(shares: &[f64], width: usize) -> Vec<String> {
    let runs = cells(shares, width).into_iter().enumerate();
    runs.map(|(class, n)| fill(class).to_string().repeat(n))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_sum_to_the_width() {
        assert_eq!(cells(&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], 10), [4, 3, 3]);
        assert_eq!(cells(&[0.0, 0.0, 0.0], 10), [0, 0, 0]);
        assert_eq!(cells(&[0.995, 0.005, 0.0], 20), [20, 0, 0]);
    }
}
