//! Eddies in the air: how far they carry what floats in them.
//!
//! A field that has no sources and no sinks: the curl of smooth noise (Bridson, Houriham and Nordenstam, Curl-noise for
//! procedural fluid flow, 2007), by its derivatives. Where something is carried to is told by where and when it would be
//! without them, so that any frame is made alone.

use signal::chance;

/// How far eddies about one unit wide carry what is at a place, right and down: about 1 in the mean square. They are
/// others a unit of time later, and change smoothly.
pub(super) fn carried(seed: u64, place: [f64; 2], time: f64) -> [f64; 2] {
    let [wide, narrow] = [(1.0, 0), (2.1, 1)].map(|(finer, octave): (f64, u64)| {
        let seed = chance::mix(seed ^ octave << 48);
        slope(seed, [place[0] * finer, place[1] * finer, time * finer])
    });
    [1, 0].map(|axis| {
        let along = LOUD * (wide[axis] + 0.4 * narrow[axis]);
        if axis == 1 { along } else { -along }
    })
}

/// What makes the mean square 1.
const LOUD: f64 = 0.858;

/// The derivatives right and down of noise that goes smoothly between even numbers at whole places of space and time.
fn slope(seed: u64, place: [f64; 3]) -> [f64; 2] {
    let first = place.map(f64::floor);
    let part = [0, 1, 2].map(|axis: usize| place[axis] - first[axis]);
    let ease = part.map(|t| t * t * t * (t * (t * 6.0 - 15.0) + 10.0));
    let steep = part.map(|t| 30.0 * t * t * (t - 1.0) * (t - 1.0));
    let at = |right: i64, down: i64, later: i64| {
        let [x, y, t] = [0, 1, 2].map(|axis: usize| first[axis] as i64 + [right, down, later][axis]);
        let [x, y, t] = [x as u64, y as u64, t as u64];
        let place = x.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ y.rotate_left(21) ^ t.rotate_left(42);
        2.0 * chance::unit(chance::mix(seed ^ chance::mix(place))) - 1.0
    };
    let between = |one: f64, other: f64, part: f64| one + (other - one) * part;
    let now = |right: i64, down: i64| between(at(right, down, 0), at(right, down, 1), ease[2]);
    let [[a, b], [c, d]] = [[now(0, 0), now(1, 0)], [now(0, 1), now(1, 1)]];
    [
        steep[0] * between(b - a, d - c, ease[1]),
        steep[1] * between(c - a, d - b, ease[0]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eddies_have_no_sources_and_are_about_as_strong_as_is_said() {
        let at = |x: f64, y: f64| carried(7, [x, y], 0.3);
        let (mut square, mut flow, mut strain, step) = (0.0, 0.0_f64, 0.0_f64, 1e-5);
        let places = (0..2000).map(|nth| [f64::from(nth % 50) * 0.37, f64::from(nth / 50) * 0.41]);
        for [x, y] in places {
            let [u, v] = at(x, y);
            square += u * u + v * v;
            let across = (at(x + step, y)[0] - at(x - step, y)[0]) / (2.0 * step);
            let down = (at(x, y + step)[1] - at(x, y - step)[1]) / (2.0 * step);
            flow = flow.max((across + down).abs());
            strain = strain.max(across.abs());
        }
        assert!(flow < 1e-3 * strain, "{flow} against {strain}");
        let mean = square / 2000.0;
        assert!((0.8..1.25).contains(&mean), "{mean}");
    }

    #[test]
    fn eddies_change_smoothly() {
        for nth in 0..500 {
            let at = |time: f64| carried(3, [f64::from(nth) * 0.7, 2.3], time);
            let time = f64::from(nth) * 0.013;
            let ([u, v], [x, y]) = (at(time), at(time + 1e-3));
            assert!((u - x).hypot(v - y) < 0.03, "{nth}");
        }
    }
}
