//! A path that shakes made one that does not: smooth, or still.

use super::plane::{Freedom, Pair, Plane};

/// The most that a picture is made larger for its edges to stay out of sight, whatever is asked for.
const LARGEST: f64 = 8.0;
/// Halvings in which a size, or a part, is found.
const HALVINGS: usize = 40;
/// Deviations of a Gaussian beyond which nothing counts.
const BEYOND: f64 = 3.5;

/// What comes of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Steadying {
    /// Every frame lies as the one that the path begins in.
    Still,
    /// It goes on as it does, less what shakes faster than so many frames: the deviation of a Gaussian.
    Smooth(f64),
}

/// What becomes of the edges of a picture that is moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Edges {
    /// They are seen.
    Shown,
    /// The picture is made as much larger as they take to stay out of sight, at most so many times: beyond that it is
    /// moved less.
    Filled(f64),
}

/// A path that was made steady.
#[derive(Debug, Clone, PartialEq)]
pub struct Steady {
    /// For each frame, from the pixels of its picture to where they are to be seen.
    pub planes: Vec<Plane>,
    /// How many times larger the picture is.
    pub zoom: f64,
    /// How much of what it would take is done: 1 all of it.
    pub part: f64,
    /// How far the middle of the picture is moved in each frame, in its pixels.
    pub moved: Vec<f64>,
}

/// Makes a path steady. `path` leads from the pixels of the frame in which it begins to those of every frame, `None` where
/// it was lost; `size` is that of the pictures, in pixels, and `seen` what is seen of them: corners of a convex part.
/// `None` where the path was lost everywhere.
pub fn steady(
    path: &[Option<Plane>],
    (freedom, held): (Freedom, Steadying),
    (size, seen): ([f64; 2], &[[f64; 2]]),
    edges: Edges,
) -> Option<Steady> {
    let frame = Frame { freedom, size };
    let gone = whole(&path.iter().map(|it| it.map(|it| frame.corners(&it))).collect::<Vec<_>>())?;
    let goal = match held {
        Steadying::Still => vec![frame.corners(&Plane::STILL); gone.len()],
        Steadying::Smooth(over) => smooth(&gone, over),
    };
    let planes: Option<Vec<Plane>> =
        gone.iter().zip(&goal).map(|(gone, goal)| frame.between(gone, goal)).collect();
    let planes = planes?;
    let (zoom, part) = match edges {
        Edges::Shown => (1.0, 1.0),
        Edges::Filled(most) => frame.fill(&planes, seen, most.clamp(1.0, LARGEST))?,
    };
    let planes: Option<Vec<Plane>> = planes
        .iter()
        .map(|plane| Some(larger(zoom, seen).after(&frame.part(plane, part)?)))
        .collect();
    let moved = gone.iter().zip(&goal).map(|(gone, goal)| {
        let [x, y] = [0, 1]
            .map(|axis| (0..4).map(|nth| goal[nth][axis] - gone[nth][axis]).sum::<f64>() / 4.0);
        part * x.hypot(y)
    });
    let moved = moved.collect();
    Some(Steady { planes: planes?, zoom, part, moved })
}

/// Where the corners of a picture lie.
type Corners = [[f64; 2]; 4];

/// Pictures of a size, and what they may have done.
#[derive(Debug, Clone, Copy)]
struct Frame {
    freedom: Freedom,
    size: [f64; 2],
}

impl Frame {
    fn own(&self) -> Corners {
        let [wide, high] = self.size;
        [[0.0, 0.0], [wide, 0.0], [wide, high], [0.0, high]]
    }

    fn corners(&self, plane: &Plane) -> Corners {
        self.own().map(|corner| plane.at(corner))
    }

    /// From where corners lie to where they are to lie.
    fn between(&self, from: &Corners, to: &Corners) -> Option<Plane> {
        let pairs: Vec<Pair> = from.iter().copied().zip(to.iter().copied()).collect();
        self.freedom.fitted(&pairs)
    }

    /// A part of what a plane does.
    fn part(&self, plane: &Plane, part: f64) -> Option<Plane> {
        if part >= 1.0 {
            return Some(*plane);
        }
        let (own, whole) = (self.own(), self.corners(plane));
        let to = [0, 1, 2, 3].map(|nth| {
            [0, 1].map(|axis| own[nth][axis] + part * (whole[nth][axis] - own[nth][axis]))
        });
        self.between(&own, &to)
    }

    /// How many times larger pictures must be for their edges to stay out of what is seen, and the part of what they do
    /// that this allows.
    fn fill(&self, planes: &[Plane], seen: &[[f64; 2]], most: f64) -> Option<(f64, f64)> {
        let needs = |part: f64| -> Option<f64> {
            let each = planes.iter().map(|plane| Some(self.needs(&self.part(plane, part)?, seen)));
            each.collect::<Option<Vec<f64>>>().map(|all| all.into_iter().fold(1.0, f64::max))
        };
        let all = needs(1.0)?;
        if all <= most {
            return Some((all, 1.0));
        }
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS / 2 {
            let part = 0.5 * (low + high);
            if needs(part)? <= most { low = part } else { high = part }
        }
        Some((needs(low)?, low))
    }

    /// How many times larger a picture that is moved so must be to cover what is seen.
    fn needs(&self, plane: &Plane, seen: &[[f64; 2]]) -> f64 {
        let back = plane.back();
        let covers = |zoom: f64| {
            let smaller = larger(1.0 / zoom, seen);
            seen.iter().all(|place| self.has(back.at(smaller.at(*place))))
        };
        if covers(1.0) {
            return 1.0;
        }
        let (mut low, mut high) = (1.0, LARGEST);
        for _ in 0..HALVINGS {
            let zoom = 0.5 * (low + high);
            if covers(zoom) { high = zoom } else { low = zoom }
        }
        high
    }

    fn has(&self, place: [f64; 2]) -> bool {
        [0, 1].into_iter().all(|axis| (-1e-3..=self.size[axis] + 1e-3).contains(&place[axis]))
    }
}

/// Larger about the middle of what is seen.
fn larger(zoom: f64, seen: &[[f64; 2]]) -> Plane {
    let count = seen.len().max(1) as f64;
    let middle = [0, 1].map(|axis| seen.iter().map(|it| it[axis]).sum::<f64>() / count);
    let there = Plane::moved(middle).after(&Plane::scaled([zoom; 2]));
    there.after(&Plane::moved(middle.map(|it| -it)))
}

/// A path without gaps: by straight lines between what is known, and at the ends as what is known first and last.
fn whole(path: &[Option<Corners>]) -> Option<Vec<Corners>> {
    let known: Vec<(usize, &Corners)> =
        path.iter().enumerate().filter_map(|(nth, it)| Some((nth, it.as_ref()?))).collect();
    let (first, last) = (known.first()?, known.last()?);
    let at = |nth: usize| {
        let after = known.partition_point(|it| it.0 < nth);
        let next = known.get(after).unwrap_or(last);
        let before =
            if next.0 == nth { next } else { known.get(after.wrapping_sub(1)).unwrap_or(first) };
        let part = if next.0 > before.0 {
            (nth - before.0) as f64 / (next.0 - before.0) as f64
        } else {
            0.0
        };
        mixed(before.1, next.1, part)
    };
    Some((0..path.len()).map(at).collect())
}

fn mixed(one: &Corners, other: &Corners, part: f64) -> Corners {
    [0, 1, 2, 3]
        .map(|nth| [0, 1].map(|axis| one[nth][axis] + part * (other[nth][axis] - one[nth][axis])))
}

/// A path less what shakes: at each frame the line that lies nearest to it, frames weighed by a Gaussian (W. S. Cleveland,
/// Robust Locally Weighted Regression, 1979): a pan is one at its ends too.
fn smooth(path: &[Corners], over: f64) -> Vec<Corners> {
    let over = over.max(1e-3);
    let reach = (BEYOND * over).ceil() as usize;
    let at = |middle: usize| {
        let range = middle.saturating_sub(reach)..(middle + reach + 1).min(path.len());
        let weighed = range.map(|nth| {
            let away = nth as f64 - middle as f64;
            (away, (-0.5 * (away / over).powi(2)).exp(), &path[nth])
        });
        let weighed: Vec<(f64, f64, &Corners)> = weighed.collect();
        let sum = |of: &dyn Fn(f64) -> f64| weighed.iter().map(|it| it.1 * of(it.0)).sum::<f64>();
        let [all, first, second] = [sum(&|_| 1.0), sum(&|away| away), sum(&|away| away * away)];
        let under = all * second - first * first;
        [0, 1, 2, 3].map(|nth| {
            [0, 1].map(|axis| {
                let of = |power: i32| {
                    weighed.iter().map(|it| it.1 * it.0.powi(power) * it.2[nth][axis]).sum::<f64>()
                };
                if under > 1e-9 {
                    (second * of(0) - first * of(1)) / under
                } else {
                    of(0) / all.max(1e-12)
                }
            })
        })
    };
    (0..path.len()).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [f64; 2] = [200.0, 100.0];
    const ALL: [[f64; 2]; 4] = [[0.0, 0.0], [200.0, 0.0], [200.0, 100.0], [0.0, 100.0]];

    fn shaken(n: usize) -> Plane {
        let t = n as f64;
        Plane::moved([2.0 * t + 3.0 * (2.1 * t).sin(), 2.0 * (1.7 * t).cos() - 2.0])
    }

    fn path() -> Vec<Option<Plane>> {
        (0..40).map(|n| Some(shaken(n))).collect()
    }

    #[test]
    fn a_pan_goes_on_without_its_shake_and_its_edges_stay_out_of_sight() {
        let how = (Freedom::Similar, Steadying::Smooth(6.0));
        let held = steady(&path(), how, (SIZE, &ALL), Edges::Filled(2.0)).unwrap();
        assert!(held.part == 1.0 && held.zoom > 1.02 && held.zoom < 1.2, "{}", held.zoom);
        let seen = |n: usize| held.planes[n].at(shaken(n).at([100.0, 50.0]));
        for n in 8..32 {
            let bend = seen(n - 1)[0] - 2.0 * seen(n)[0] + seen(n + 1)[0];
            assert!(bend.abs() < 0.25, "frame {n}: {bend}");
        }
        for plane in &held.planes {
            for corner in ALL {
                let [x, y] = plane.back().at(corner);
                assert!((-0.01..200.01).contains(&x) && (-0.01..100.01).contains(&y), "{x},{y}");
            }
        }
    }

    #[test]
    fn what_may_grow_little_is_moved_less_and_what_is_lost_lies_between() {
        let how = (Freedom::Perspective, Steadying::Still);
        let mut gaps = path();
        gaps.truncate(9);
        gaps[4] = None;
        let held = steady(&gaps, how, (SIZE, &ALL), Edges::Filled(1.05)).unwrap();
        assert!(held.zoom <= 1.05 + 1e-6 && held.part < 0.6, "{} {}", held.zoom, held.part);
        let free = steady(&gaps, how, (SIZE, &ALL), Edges::Shown).unwrap();
        assert_eq!((free.zoom, free.part), (1.0, 1.0));
        for n in (0..9).filter(|n| *n != 4) {
            let at = free.planes[n].at(shaken(n).at([30.0, 40.0]));
            assert!((at[0] - 30.0).hypot(at[1] - 40.0) < 1e-6, "frame {n}: {at:?}");
        }
        let ends = [3, 5].map(|n| free.planes[n].at([0.0, 0.0])[0]);
        assert!((free.planes[4].at([0.0, 0.0])[0] - 0.5 * (ends[0] + ends[1])).abs() < 1e-6);
        assert!(steady(&[None, None], how, (SIZE, &ALL), Edges::Shown).is_none());
    }
}
