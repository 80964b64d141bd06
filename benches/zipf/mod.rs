//! Synthetic rows that look like text, for `benches/fit.rs` and `examples/solver.rs`.

use polemic::features::SparseMatrix;

/// The size of a synthetic problem.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub rows: usize,
    pub features: usize,
    /// Draws per row; repeated features merge, so that a few less are stored.
    pub draws: usize,
    pub classes: u32,
}

/// Rows of unit length over features of Zipfian frequency, in no order of frequency.
///
/// One draw in four is of the row's class (a feature whose frequency rank, modulo the number of
/// classes, is the class); one label in ten is drawn anew.
pub fn zipf(size: Size) -> (SparseMatrix, Vec<u32>) {
    let mut random = SplitMix(7);
    let mut x = SparseMatrix::new(size.features);
    let mut classes = Vec::with_capacity(size.rows);
    let mut row = Vec::new();
    for _ in 0..size.rows {
        let class = random.below(size.classes.into()) as u32;
        row.clear();
        row.extend((0..size.draws).map(|_| draw(&mut random, class, size)));
        row.sort_unstable();
        row.dedup();
        let value = (row.len() as f32).sqrt().recip();
        x.push_row(row.iter().map(|&j| (j, value)))
            .expect("columns are sorted and in range");
        let wrong = random.below(10) == 0;
        classes.push(if wrong {
            random.below(size.classes.into()) as u32
        } else {
            class
        });
    }
    (x, classes)
}

fn draw(random: &mut SplitMix, class: u32, size: Size) -> u32 {
    // The inverse of a cumulative distribution that grows with the logarithm of the rank.
    let rank = ((size.features as f64).powf(random.unit()) - 1.0) as u64;
    let classes = u64::from(size.classes);
    let rank = if random.below(4) == 0 {
        rank - rank % classes + u64::from(class)
    } else {
        rank
    };
    // A prime that divides no size above scatters the frequent features over all columns.
    (rank * 1_000_003 % size.features as u64) as u32
}

/// Steele, Lea and Flood's SplitMix64.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
