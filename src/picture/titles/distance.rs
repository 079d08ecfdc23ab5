//! A coverage grown by a distance: the outline around letters.

use super::coverage::Coverage;

/// Far away.
const FAR: f32 = 1e20;

/// `coverage` grown by `width` pixels all round, its edge as smooth as it was. Distances are Euclid's,
/// from edges within a pixel (Felzenszwalb and Huttenlocher, 2012).
pub(super) fn grown(coverage: &Coverage, width: f64) -> Coverage {
    let (columns, lines) = (coverage.width, coverage.height);
    let mut field: Vec<f32> = coverage.values.iter().map(|covered| start(*covered)).collect();
    let mut work = Work::new(columns.max(lines));
    let mut column = vec![0.0; lines];
    for x in 0..columns {
        for (y, value) in column.iter_mut().enumerate() {
            *value = field[y * columns + x];
        }
        work.transform(&mut column);
        for (y, value) in column.iter().enumerate() {
            field[y * columns + x] = *value;
        }
    }
    for line in field.chunks_exact_mut(columns.max(1)) {
        work.transform(line);
    }
    let values = field.iter().zip(&coverage.values).map(|(squared, covered)| {
        let beyond = width as f32 + 0.5 - squared.sqrt();
        if squared >= &(0.5 * FAR) { 0.0 } else { beyond.clamp(0.0, 1.0).max(*covered) }
    });
    Coverage { values: values.collect(), ..*coverage }
}

/// The squared distance to the edge that a pixel's own coverage tells.
fn start(covered: f32) -> f32 {
    match covered {
        ..=0.0 => FAR,
        1.0.. => 0.0,
        _ => (1.0 - covered).powi(2) * 0.999,
    }
}

/// Room for one line.
struct Work {
    given: Vec<f32>,
    places: Vec<usize>,
    bounds: Vec<f32>,
}

impl Work {
    fn new(length: usize) -> Self {
        Self { given: vec![0.0; length], places: vec![0; length], bounds: vec![0.0; length + 1] }
    }

    /// The lower envelope of the parabolas that stand on the values.
    fn transform(&mut self, values: &mut [f32]) {
        let Some(count) = values.len().checked_sub(1) else { return };
        let Self { given, places, bounds } = self;
        given[..=count].copy_from_slice(values);
        let meets = |given: &[f32], q: usize, v: usize| {
            let (a, b) = (q as f32, v as f32);
            0.5 * ((given[q] - given[v]) / (a - b) + (a + b))
        };
        let mut last = 0;
        places[0] = 0;
        bounds[0] = f32::NEG_INFINITY;
        bounds[1] = f32::INFINITY;
        for q in 1..=count {
            let mut bound = meets(given, q, places[last]);
            while bound <= bounds[last] && last > 0 {
                last -= 1;
                bound = meets(given, q, places[last]);
            }
            last += 1;
            places[last] = q;
            bounds[last] = bound;
            bounds[last + 1] = f32::INFINITY;
        }
        let mut at = 0;
        for (q, value) in values.iter_mut().enumerate() {
            while bounds[at + 1] < q as f32 {
                at += 1;
            }
            let away = q as f32 - places[at] as f32;
            *value = away * away + given[places[at]];
        }
    }
}
