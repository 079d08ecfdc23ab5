//! Sharpness: how much light changes from a pixel to the next.

use super::{First, Luma, Measure, Of, View};

/// The variance of the Laplacian at the size at which all takes are compared.
pub(super) const MEASURE: Measure = Measure {
    id: "sharpness",
    label: "Sharpness",
    help: "Variance of the Laplacian at 960 pixels across (J. L. Pech-Pacheco and others, ICPR 2000); noise adds to it.",
    unit: "codes²",
    digits: 1,
    first: First::Most,
    of: Of::Picture(sharpness),
};

fn sharpness(view: &View<'_>) -> f64 {
    let small = &view.small;
    let (width, height) = small.size();
    if width < 3 || height < 3 {
        return 0.0;
    }
    let lines = (1..height - 1).flat_map(|y| (1..width - 1).map(move |x| laplacian(small, x, y)));
    let (count, sum, squares) = lines.fold((0.0, 0.0, 0.0), |(count, sum, squares), value| {
        (count + 1.0, sum + value, squares + value * value)
    });
    (squares / count - (sum / count).powi(2)).max(0.0)
}

fn laplacian(luma: &Luma, x: usize, y: usize) -> f64 {
    let (above, here, below) = (luma.line(y - 1), luma.line(y), luma.line(y + 1));
    f64::from(above[x] + below[x] + here[x - 1] + here[x + 1] - 4.0 * here[x])
}
