//! What a document would be without one of its sentences.

use super::document::DocumentModel;
use super::most_probable;

/// One feature of a class over all sentences, ready for leaving one out.
struct Column {
    values: Vec<f64>,
    sum: f64,
    /// Sentences in which the class is the most probable.
    count: usize,
    /// `rank[i]`: place of sentence i when values are sorted downwards.
    rank: Vec<usize>,
    /// `sums[m]`: sum of the m highest values.
    sums: Vec<f64>,
}

impl Column {
    fn of(sentences: &[Vec<f64>], class: usize) -> Self {
        let values: Vec<f64> = sentences.iter().map(|p| p[class]).collect();
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
        let mut rank = vec![0; values.len()];
        let mut sums = vec![0.0];
        for (place, &i) in order.iter().enumerate() {
            rank[i] = place;
            sums.push(sums[place] + values[i]);
        }
        Self {
            sum: sums[values.len()],
            count: sentences
                .iter()
                .filter(|p| most_probable(p) == class)
                .count(),
            values,
            rank,
            sums,
        }
    }

    /// The mean of the highest quarter of the values that are left without sentence `i`.
    fn peak_without(&self, i: usize) -> f64 {
        let quarter = (self.values.len() - 1).div_ceil(4).max(1);
        let sum = if self.rank[i] < quarter {
            self.sums[quarter + 1] - self.values[i]
        } else {
            self.sums[quarter]
        };
        sum / quarter as f64
    }
}

impl DocumentModel {
    /// The probabilities of the document without its first sentence, without its second, and so on;
    /// nothing unless there are two. As [`DocumentModel::score`] of the sentences that are left
    /// (within rounding, 1e-9), in n log n steps for all n.
    ///
    /// ```
    /// use polemic::classifier::DocumentModel;
    /// let model = DocumentModel::from_parts(vec![1.0; 12], vec![0.0; 2])?;
    /// let sentences = [vec![0.9, 0.1], vec![0.4, 0.6], vec![0.3, 0.7]];
    /// let without_first = &model.score_without_each(&sentences)[0];
    /// let left = model.score(&sentences[1..]);
    /// assert!((without_first[0] - left[0]).abs() < 1e-9);
    /// # Ok::<(), polemic::Error>(())
    /// ```
    #[must_use]
    pub fn score_without_each(&self, sentences: &[Vec<f64>]) -> Vec<Vec<f64>> {
        if sentences.len() < 2 {
            return Vec::new();
        }
        let n_classes = self.intercepts().len();
        let columns: Vec<Column> = (0..n_classes)
            .map(|class| Column::of(sentences, class))
            .collect();
        let left = (sentences.len() - 1) as f64;
        let without = |i: usize| {
            let label = most_probable(&sentences[i]);
            let means = columns.iter().map(|c| (c.sum - c.values[i]) / left);
            let count = |(class, c): (usize, &Column)| c.count - usize::from(class == label);
            let shares = columns.iter().enumerate().map(|c| count(c) as f64 / left);
            let peaks = columns.iter().map(|c| c.peak_without(i));
            self.score_features(&means.chain(shares).chain(peaks).collect::<Vec<f64>>())
        };
        (0..sentences.len()).map(without).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_out_is_scoring_the_rest() {
        let coefficients = (0..27).map(|i| f64::from(i % 7) - 3.0).collect();
        let model = DocumentModel::from_parts(coefficients, vec![0.1, -0.2, 0.3]).expect("fits");
        for n in 2..12 {
            let sentences: Vec<Vec<f64>> = (0..n)
                .map(|i| {
                    let (a, b) = (f64::from(i * 37 % 11) / 22.0, f64::from(i * 53 % 7) / 14.0);
                    vec![a, b, 1.0 - a - b]
                })
                .collect();
            let found = model.score_without_each(&sentences);
            for (i, found) in found.iter().enumerate() {
                let mut rest = sentences.clone();
                rest.remove(i);
                for (a, b) in found.iter().zip(model.score(&rest)) {
                    assert!((a - b).abs() < 1e-9, "{n} sentences without {i}");
                }
            }
        }
        assert!(model.score_without_each(&[vec![0.2, 0.3, 0.5]]).is_empty());
    }
}
