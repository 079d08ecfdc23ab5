//! Places that can be held on to: corners, where a picture changes in every direction (J. Shi and C. Tomasi, Good
//! Features to Track, 1994).

use super::pyramid::Level;

/// Pixels from the middle of what is looked at to its edge.
const REACH: i64 = 3;
/// Places that are looked at, at most.
const LOOKED: f64 = 40_000.0;
/// Of the strongest corner's strength, what another must have.
const STRONG: f64 = 0.02;
/// The least distance between two, in pixels.
const APART: f64 = 5.0;

/// The strongest corners of a region (left, top, right, bottom), at most so many, spread over it.
pub(super) fn corners(level: &Level, region: [f64; 4], most: usize) -> Vec<[f64; 2]> {
    let bound = |at: f64, size: usize| at.clamp(0.0, size as f64 - 1.0);
    let [left, right] = [region[0], region[2]].map(|at| bound(at, level.width));
    let [top, bottom] = [region[1], region[3]].map(|at| bound(at, level.height));
    let area = (right - left).max(1.0) * (bottom - top).max(1.0);
    let step = (area / LOOKED).sqrt().ceil().max(1.0) as usize;
    let mut found = Vec::new();
    for y in (top.ceil() as i64..=bottom.floor() as i64).step_by(step) {
        for x in (left.ceil() as i64..=right.floor() as i64).step_by(step) {
            found.push((strength(level, x, y), [x as f64, y as f64]));
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    let least = STRONG * found.first().map_or(0.0, |strongest| strongest.0);
    let apart = (0.6 * (area / most.max(1) as f64).sqrt()).max(APART);
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for (strength, place) in found {
        let far = |other: &[f64; 2]| (place[0] - other[0]).hypot(place[1] - other[1]) >= apart;
        if strength > least && kept.iter().all(far) {
            kept.push(place);
        }
        if kept.len() == most {
            break;
        }
    }
    kept
}

/// How much the picture changes about a place along the direction in which it changes least.
fn strength(level: &Level, x: i64, y: i64) -> f64 {
    let value = |x: i64, y: i64| {
        let x = x.clamp(0, level.width as i64 - 1) as usize;
        let y = y.clamp(0, level.height as i64 - 1) as usize;
        f64::from(level.values[y * level.width + x])
    };
    let (mut a, mut b, mut d) = (0.0, 0.0, 0.0);
    for y in y - REACH..=y + REACH {
        for x in x - REACH..=x + REACH {
            let across = value(x + 1, y) - value(x - 1, y);
            let down = value(x, y + 1) - value(x, y - 1);
            (a, b, d) = (a + across * across, b + across * down, d + down * down);
        }
    }
    0.5 * (a + d - ((a - d).powi(2) + 4.0 * b * b).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_of_a_square_are_found_and_its_sides_are_not() {
        let inside = |x: usize, y: usize| (20..44).contains(&x) && (16..36).contains(&y);
        let place = |at: usize| if inside(at % 64, at / 64) { 200.0 } else { 20.0 };
        let values = (0..64 * 50).map(place).collect();
        let level = Level { width: 64, height: 50, values };
        let found = corners(&level, [0.0, 0.0, 63.0, 49.0], 4);
        let own = [[20.0, 16.0], [43.0, 16.0], [20.0, 35.0], [43.0, 35.0]];
        for corner in own {
            let near = |it: &&[f64; 2]| (it[0] - corner[0]).hypot(it[1] - corner[1]) < 4.0;
            assert_eq!(found.iter().filter(near).count(), 1, "{found:?}");
        }
    }
}
