//! The columns that weigh most.

use super::Classifier;

impl Classifier {
    /// The `n` columns that speak most for a class, with their coefficients, the largest first.
    #[must_use]
    pub fn strongest(&self, class: usize, n: usize) -> Vec<(String, f32)> {
        let weights = self
            .model
            .coefficients()
            .chunks_exact(self.model.n_classes());
        let mut columns: Vec<(u32, f32)> = (0..).zip(weights.map(|w| w[class])).collect();
        columns.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let named = columns.iter().take(n);
        named
            .map(|(c, w)| (self.features.column_name(*c), *w))
            .collect()
    }
}
