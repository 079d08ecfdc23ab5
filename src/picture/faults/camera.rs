//! How the whole picture moves: what of a flow is the camera's, and neither a thing's nor a trick of light.
//!
//! A flow may take light that changes for movement along slopes of light, a little at every place; in the motion of the
//! whole picture that averages away.

use crate::flow::Flow;
use crate::measures::median;

/// Places that are looked at, about.
const PLACES: usize = 4096;
/// Rounds in which what moves by itself counts less.
const ROUNDS: usize = 5;
/// Deviations beyond which a place counts for nothing (J. W. Tukey's biweight).
const BEYOND: f64 = 4.7;

/// A place of the picture from its middle, by which every camera's motion is a sum: 1, across, down.
type Place = [f64; 3];

/// The flow in which everything moves as most of the picture does: moved, turned, sized and sheared.
pub(super) fn camera(flow: &Flow) -> Flow {
    let (width, height) = (flow.width, flow.height);
    let place = |at: usize| -> Place {
        let (x, y) = ((at % width) as f64, (at / width) as f64);
        [1.0, 2.0 * x / width as f64 - 1.0, 2.0 * y / height as f64 - 1.0]
    };
    let step = (width * height / PLACES).max(1) | 1;
    let known = |at: usize| (place(at), [f64::from(flow.across[at]), f64::from(flow.down[at])]);
    let ways: Vec<(Place, [f64; 2])> = (0..width * height).step_by(step).map(known).collect();
    let parts = fitted(&ways);
    let along =
        |side: usize| (0..width * height).map(|at| sum(&parts[side], &place(at)) as f32).collect();
    Flow { width, height, across: along(0), down: along(1) }
}

/// The parts of the motion across and of that down which most places agree about, from the usual motion on.
fn fitted(ways: &[(Place, [f64; 2])]) -> [Place; 2] {
    let usual = |side: usize| median(ways.iter().map(|(_, way)| way[side]).collect());
    let mut parts = [0, 1].map(|side| [usual(side), 0.0, 0.0]);
    for _ in 0..ROUNDS {
        let off = |(place, way): &(Place, [f64; 2])| {
            (way[0] - sum(&parts[0], place)).hypot(way[1] - sum(&parts[1], place))
        };
        let usual = 1.4826 * median(ways.iter().map(off).collect()) + 0.01;
        let near = |way| (1.0 - (off(way) / (BEYOND * usual)).powi(2)).max(0.0).powi(2);
        let weights: Vec<f64> = ways.iter().map(near).collect();
        parts = [0, 1].map(|side| least(ways, &weights, side));
    }
    parts
}

fn sum(parts: &Place, place: &Place) -> f64 {
    parts.iter().zip(place).map(|(part, at)| part * at).sum()
}

/// The parts of a motion by weighted least squares (G. Cramer's rule); none where places do not tell them apart.
fn least(ways: &[(Place, [f64; 2])], weights: &[f64], side: usize) -> Place {
    let mut squares = [[0.0; 3]; 3];
    let mut wanted = [0.0; 3];
    for ((place, way), weight) in ways.iter().zip(weights) {
        for row in 0..3 {
            wanted[row] += weight * place[row] * way[side];
            for column in 0..3 {
                squares[row][column] += weight * place[row] * place[column];
            }
        }
    }
    let whole = determinant(&squares);
    if whole.abs() < 1e-9 {
        return [0.0; 3];
    }
    std::array::from_fn(|nth| {
        let mut other = squares;
        other.iter_mut().zip(wanted).for_each(|(row, wanted)| row[nth] = wanted);
        determinant(&other) / whole
    })
}

fn determinant([a, b, c]: &[[f64; 3]; 3]) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zoom_is_the_cameras_and_what_goes_through_the_picture_is_not() {
        let (width, height) = (120, 80);
        let at = |at: usize| ((at % width) as f32, (at / width) as f32);
        let across = |(x, y): (f32, f32)| if x < 40.0 && y < 40.0 { 9.0 } else { 0.01 * x - 0.5 };
        let mut flow = Flow::still(width, height);
        flow.across = (0..width * height).map(|place| across(at(place))).collect();
        let found = camera(&flow);
        let far = |place: usize| (found.across[place] - (0.01 * at(place).0 - 0.5)).abs();
        assert!((0..width * height).all(|place| far(place) < 0.02));
        assert!(found.down.iter().all(|down| down.abs() < 1e-6));
    }
}
