//! A plane seen from anywhere: where its places in one picture lie in another.

use super::window::Turn;
use signal::chance;

/// Rounds of drawing lots.
const ROUNDS: u64 = 300;
/// Places that a plane is taken from, at least.
pub(super) const FEWEST: usize = 6;

/// A place in one picture, and where it lies in another.
pub(super) type Pair = ([f64; 2], [f64; 2]);

/// What a picture may have done from one frame to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freedom {
    /// It was moved, turned and made larger or smaller.
    Similar,
    /// It is a plane that is seen from elsewhere.
    Perspective,
}

impl Freedom {
    /// How far off, in pixels, a place may be that agrees.
    const fn agrees(self) -> f64 {
        match self {
            Self::Similar => 1.5,
            Self::Perspective => 1.0,
        }
    }

    /// Pairs that say what it has done.
    const fn needs(self) -> usize {
        match self {
            Self::Similar => 2,
            Self::Perspective => 4,
        }
    }

    /// What is nearest to all pairs, by squares; `None` where they do not say it.
    pub(super) fn fitted(self, pairs: &[Pair]) -> Option<Plane> {
        match self {
            Self::Similar => similar(pairs),
            Self::Perspective => fitted(pairs),
        }
    }
}

/// Where the places of a plane in one picture lie in another: 3 by 3, by rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane(pub [[f64; 3]; 3]);

impl Plane {
    /// Everything is where it was.
    pub const STILL: Self = Self([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);

    /// Everything has gone as far.
    pub const fn moved([x, y]: [f64; 2]) -> Self {
        Self([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])
    }

    /// Everything is so many times as far across and down.
    pub const fn scaled([x, y]: [f64; 2]) -> Self {
        Self([[x, 0.0, 0.0], [0.0, y, 0.0], [0.0, 0.0, 1.0]])
    }

    /// Where a place lies.
    pub fn at(&self, place: [f64; 2]) -> [f64; 2] {
        let [x, y, w] = self.rows_at(place);
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        [x / w, y / w]
    }

    /// How the places about one have turned and stretched: by rows.
    pub fn turn_at(&self, place: [f64; 2]) -> Turn {
        let [x, y, w] = self.rows_at(place);
        let w = if w.abs() < 1e-9 { 1e-9 } else { w };
        let at = [x / w, y / w];
        [0, 1].map(|axis| [0, 1].map(|way| (self.0[axis][way] - at[axis] * self.0[2][way]) / w))
    }

    /// What comes of this after `first`.
    #[must_use]
    pub fn after(&self, first: &Self) -> Self {
        let rows = self.0.map(|row| {
            [0, 1, 2].map(|column| (0..3).map(|nth| row[nth] * first.0[nth][column]).sum::<f64>())
        });
        Self(rows).at_one()
    }

    /// From where places lie to where they come from; all as it was, where the plane is seen from its side.
    #[must_use]
    pub fn back(&self) -> Self {
        let [[a, b, c], [d, e, f], [g, h, i]] = self.0;
        let rows = [
            [e * i - f * h, c * h - b * i, b * f - c * e],
            [f * g - d * i, a * i - c * g, c * d - a * f],
            [d * h - e * g, b * g - a * h, a * e - b * d],
        ];
        let all = a * rows[0][0] + b * rows[1][0] + c * rows[2][0];
        if all.abs() < 1e-12 { Self::STILL } else { Self(rows).at_one() }
    }

    fn rows_at(&self, [x, y]: [f64; 2]) -> [f64; 3] {
        self.0.map(|row| row[0] * x + row[1] * y + row[2])
    }

    /// The same with 1 as its last number.
    fn at_one(self) -> Self {
        let last = self.0[2][2];
        if last.abs() < 1e-12 { self } else { Self(self.0.map(|row| row.map(|it| it / last))) }
    }

    fn error(&self, (from, to): &Pair) -> f64 {
        let at = self.at(*from);
        (at[0] - to[0]).hypot(at[1] - to[1])
    }
}

/// The plane that most pairs agree on, and which of them do; lots are drawn by a number (M. A. Fischler and R. C. Bolles,
/// Random Sample Consensus, 1981).
pub(super) fn agreed(pairs: &[Pair], freedom: Freedom, seed: u64) -> Option<(Plane, Vec<bool>)> {
    let near = freedom.agrees();
    if pairs.len() < FEWEST {
        return None;
    }
    let drawn = (0..ROUNDS)
        .filter_map(|round| freedom.fitted(&lots(pairs, freedom.needs(), seed ^ (round << 8))));
    let scored = drawn.map(|plane| (agreement(&plane, pairs, near), plane));
    let best = scored.fold(None, |best: Option<(f64, Plane)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    });
    let (_, mut plane) = best?;
    for _ in 0..3 {
        let agreeing: Vec<Pair> =
            pairs.iter().filter(|pair| plane.error(pair) <= near).copied().collect();
        plane = freedom.fitted(&agreeing).filter(|_| agreeing.len() >= FEWEST)?;
    }
    let which: Vec<bool> = pairs.iter().map(|pair| plane.error(pair) <= near).collect();
    let count = which.iter().filter(|agrees| **agrees).count();
    (count >= FEWEST).then_some((plane, which))
}

/// How many pairs agree with a plane, and how well.
fn agreement(plane: &Plane, pairs: &[Pair], near: f64) -> f64 {
    pairs.iter().map(|pair| (1.0 - (plane.error(pair) / near).powi(2)).max(0.0)).sum()
}

/// So many pairs, none twice.
fn lots(pairs: &[Pair], count: usize, seed: u64) -> Vec<Pair> {
    let mut drawn: Vec<usize> = Vec::new();
    for nth in 0..64 {
        let place = (chance::mix(seed.wrapping_add(nth)) % pairs.len() as u64) as usize;
        if !drawn.contains(&place) {
            drawn.push(place);
        }
        if drawn.len() == count {
            break;
        }
    }
    drawn.into_iter().map(|place| pairs[place]).collect()
}

/// What moved, turned and sized a picture that is nearest to all pairs, by squares (S. Umeyama, Least-Squares Estimation
/// of Transformation Parameters, 1991, in a plane); `None` where they lie in one place.
fn similar(pairs: &[Pair]) -> Option<Plane> {
    let count = pairs.len().max(1) as f64;
    let mean = |of: &dyn Fn(&Pair) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let from = [0, 1].map(|axis| mean(&|pair| pair.0[axis]));
    let to = [0, 1].map(|axis| mean(&|pair| pair.1[axis]));
    let apart = |pair: &Pair| {
        let [x, y] = [0, 1].map(|axis| pair.0[axis] - from[axis]);
        let [u, v] = [0, 1].map(|axis| pair.1[axis] - to[axis]);
        [x * u + y * v, x * v - y * u, x * x + y * y]
    };
    let [along, across, all] = [0, 1, 2].map(|nth| mean(&|pair| apart(pair)[nth]));
    if all < 1e-9 {
        return None;
    }
    let (a, b) = (along / all, across / all);
    let [x, y] = [to[0] - a * from[0] + b * from[1], to[1] - b * from[0] - a * from[1]];
    Some(Plane([[a, -b, x], [b, a, y], [0.0, 0.0, 1.0]]))
}

/// The plane that is nearest to all pairs, by squares; `None` where they lie in a line.
pub(super) fn fitted(pairs: &[Pair]) -> Option<Plane> {
    if pairs.len() < 4 {
        return None;
    }
    let (from, to) = (Norm::of(pairs.iter().map(|it| it.0)), Norm::of(pairs.iter().map(|it| it.1)));
    let even: Vec<Pair> = pairs.iter().map(|(a, b)| (from.even(*a), to.even(*b))).collect();
    let mut plane = Plane::STILL;
    for _ in 0..3 {
        plane = solved(&even, &plane)?;
    }
    Some(to.back().after(&plane.after(&from.there())))
}

/// One round of least squares, every pair weighed by how far away the last plane says that it is.
fn solved(pairs: &[Pair], last: &Plane) -> Option<Plane> {
    let mut sums = [[0.0; 9]; 8];
    for ([x, y], [u, v]) in pairs {
        let far = last.0[2][0] * x + last.0[2][1] * y + last.0[2][2];
        let weight = 1.0 / far.abs().max(1e-3);
        let rows = [
            [*x, *y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, *u],
            [0.0, 0.0, 0.0, *x, *y, 1.0, -v * x, -v * y, *v],
        ];
        for row in rows.map(|row| row.map(|it| it * weight)) {
            for (one, sum) in sums.iter_mut().enumerate() {
                sum.iter_mut().zip(row).for_each(|(sum, other)| *sum += row[one] * other);
            }
        }
    }
    let [a, b, c, d, e, f, g, h] = eliminated(sums)?;
    Some(Plane([[a, b, c], [d, e, f], [g, h, 1.0]]))
}

/// The solution of eight equations, the largest pivot first; `None` where there is none.
fn eliminated(mut rows: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for column in 0..8 {
        let largest =
            (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, largest);
        let pivot = rows[column];
        if pivot[column].abs() < 1e-9 {
            return None;
        }
        for (nth, row) in rows.iter_mut().enumerate() {
            let by = if nth == column { 0.0 } else { row[column] / pivot[column] };
            row.iter_mut().zip(pivot).for_each(|(it, of)| *it -= by * of);
        }
    }
    Some(std::array::from_fn(|nth| rows[nth][8] / rows[nth][nth]))
}

/// Places brought about 0, as far from it as 1 in the mean (R. Hartley, In Defense of the Eight-Point Algorithm, 1997).
struct Norm {
    middle: [f64; 2],
    size: f64,
}

impl Norm {
    fn of(places: impl Iterator<Item = [f64; 2]> + Clone) -> Self {
        let count = places.clone().count().max(1) as f64;
        let middle = [0, 1].map(|axis| places.clone().map(|it| it[axis]).sum::<f64>() / count);
        let far = |it: [f64; 2]| (it[0] - middle[0]).hypot(it[1] - middle[1]);
        let size = (places.map(far).sum::<f64>() / count).max(1e-9);
        Self { middle, size }
    }

    fn even(&self, place: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|axis| (place[axis] - self.middle[axis]) / self.size)
    }

    fn there(&self) -> Plane {
        Plane::scaled([1.0 / self.size; 2]).after(&Plane::moved(self.middle.map(|it| -it)))
    }

    fn back(&self) -> Plane {
        Plane::moved(self.middle).after(&Plane::scaled([self.size; 2]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEANING: Plane = Plane([[0.9, 0.1, 12.0], [-0.05, 1.1, -7.0], [0.0004, -0.0002, 1.0]]);

    fn pairs() -> Vec<Pair> {
        let places = (0..40).map(|nth| [f64::from(nth * 37 % 200), f64::from(nth * 53 % 150)]);
        places.map(|place| (place, LEANING.at(place))).collect()
    }

    #[test]
    fn a_plane_is_found_again_from_its_places() {
        let plane = fitted(&pairs()).unwrap();
        for (found, own) in plane.0.iter().flatten().zip(LEANING.0.iter().flatten()) {
            assert!((found - own).abs() < 1e-6, "{plane:?}");
        }
        let line: Vec<Pair> = (0..9).map(|x| ([f64::from(x), 0.0], [f64::from(x), 0.0])).collect();
        assert_eq!(fitted(&line), None);
    }

    #[test]
    fn those_that_do_not_agree_count_for_nothing() {
        let mut pairs = pairs();
        for pair in pairs.iter_mut().step_by(3) {
            pair.1[0] += 9.0 + pair.0[1] / 10.0;
        }
        let (plane, which) = agreed(&pairs, Freedom::Perspective, 7).unwrap();
        assert!(which.iter().enumerate().all(|(nth, agrees)| *agrees == (nth % 3 != 0)));
        assert!(LEANING.error(&([50.0, 60.0], plane.at([50.0, 60.0]))) < 1e-6);
        assert_eq!(agreed(&pairs, Freedom::Perspective, 7).unwrap().0, plane);
        assert!(agreed(&pairs[..5], Freedom::Perspective, 7).is_none());
    }

    #[test]
    fn what_turned_and_grew_is_found_again_and_goes_back() {
        let (sine, cosine) = 0.3_f64.sin_cos();
        let own = Plane([
            [1.2 * cosine, -1.2 * sine, 9.0],
            [1.2 * sine, 1.2 * cosine, -4.0],
            [0.0, 0.0, 1.0],
        ]);
        let mut pairs: Vec<Pair> = pairs().into_iter().map(|(at, _)| (at, own.at(at))).collect();
        pairs.iter_mut().step_by(3).for_each(|pair| pair.1[1] += 20.0);
        let (found, which) = agreed(&pairs, Freedom::Similar, 3).unwrap();
        assert!(which.iter().enumerate().all(|(nth, agrees)| *agrees == (nth % 3 != 0)));
        for (found, own) in found.0.iter().flatten().zip(own.0.iter().flatten()) {
            assert!((found - own).abs() < 1e-9);
        }
        for plane in [own, LEANING] {
            let there = plane.back().at(plane.at([30.0, 70.0]));
            assert!((there[0] - 30.0).hypot(there[1] - 70.0) < 1e-9);
        }
        assert_eq!(similar(&[([1.0, 2.0], [3.0, 4.0])]), None);
    }

    #[test]
    fn places_about_one_turn_as_the_plane_does() {
        let (here, by) = ([40.0, 30.0], 1e-4);
        let turn = LEANING.turn_at(here);
        let [at, right] = [LEANING.at(here), LEANING.at([here[0] + by, here[1]])];
        assert!((turn[0][0] - (right[0] - at[0]) / by).abs() < 1e-5);
        assert!((turn[1][0] - (right[1] - at[1]) / by).abs() < 1e-5);
    }
}
