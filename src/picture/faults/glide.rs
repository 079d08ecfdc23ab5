//! What remains of the light of single frames, and of places, once movement is taken out, over stretches of a take.

use super::tiles::{self, Tiles};
use super::{Find, Sight, sharper};
use crate::composite::gauss;

/// Pairs of frames that are looked at.
const MOST: usize = 96;
/// Pairs after which tiles are told anew: about a second.
const STRETCH: usize = 24;
/// Pairs below which nothing is said.
const LEAST: usize = 6;
/// What differs by more is something else that is seen: as a part of white.
const ANOTHER: f32 = 0.08;
/// Of the energy of noise that is finer than the band of boil, what the band has of it: 1.2 to 4 pixels.
const OF_NOISE: f32 = 0.044;

/// Tiles of what remains in a band of detail.
#[derive(Debug)]
pub(super) struct Glide {
    /// What is left out: coarser than the first deviation, finer than the second, in pixels.
    band: (Option<f64>, f64),
    here: Tiles,
    from: i64,
    to: i64,
    told: Vec<(std::ops::Range<i64>, Vec<f64>)>,
}

impl Glide {
    pub(super) fn new(band: (Option<f64>, f64)) -> Self {
        Self { band, here: Tiles::default(), from: 0, to: 0, told: Vec::new() }
    }

    pub(super) fn see(&mut self, sight: &Sight<'_>) {
        if !sight.is_among(MOST) {
            return;
        }
        let (Some(left), Some(then)) = (sight.left(), sight.then()) else { return };
        let size = sight.small.size();
        let left =
            if self.band.0.is_some() { sharper::without(left, then, size) } else { left.to_vec() };
        let held: Vec<f32> =
            left.iter().map(|value| if value.abs() > ANOTHER { 0.0 } else { *value }).collect();
        let mut band = held.clone();
        gauss(&mut band, size, self.band.1);
        let mut noise = vec![0.0; held.len()];
        if let Some(coarse) = self.band.0 {
            let pairs = held.iter().zip(&band);
            noise = pairs.map(|(value, soft)| OF_NOISE * (value - soft).powi(2)).collect();
            let mut rest = held;
            gauss(&mut rest, size, coarse);
            band.iter_mut().zip(&rest).for_each(|(value, rest)| *value -= rest);
        }
        if self.here.count() == 0 {
            self.from = sight.frame - 1;
        }
        self.to = sight.frame + 1;
        self.here.add(size, |at| f64::from(band[at].powi(2) - noise[at]));
        if self.here.count() == STRETCH {
            self.close();
        }
    }

    fn close(&mut self) {
        let tiles = std::mem::take(&mut self.here);
        if tiles.count() >= LEAST {
            let means = tiles.means().into_iter().map(|mean| mean.max(0.0).sqrt()).collect();
            self.told.push((self.from..self.to, tiles::inner(means)));
        }
    }

    /// Where more remains than a limit, for as long as it does.
    pub(super) fn found(mut self, kind: &'static str, limit: f64) -> Vec<Find> {
        self.close();
        let mut finds: Vec<Find> = Vec::new();
        for (frames, tiles) in self.told {
            let most = strongest(&tiles);
            if most <= limit {
                continue;
            }
            let region = tiles::region(&tiles, limit);
            match finds.last_mut() {
                Some(last)
                    if last.frames.end >= frames.start - 1 && is_near(last.region, region) =>
                {
                    last.frames.end = frames.end;
                    last.score = last.score.max(most);
                    last.region = last.region.zip(region).map(around);
                }
                _ => finds.push(Find {
                    region,
                    heat: tiles::heat(&tiles),
                    ..Find::new(kind, frames, most)
                }),
            }
        }
        finds
    }
}

/// The strongest mean of two by two tiles.
fn strongest(tiles: &[f64]) -> f64 {
    let (across, down) = tiles::TILES;
    let mean = |x: usize, y: usize| {
        let at = |x: usize, y: usize| tiles[y * across + x];
        0.25 * (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1))
    };
    let all = (1..down - 2).flat_map(|y| (1..across - 2).map(move |x| (x, y)));
    all.map(|(x, y)| mean(x, y)).fold(0.0, f64::max)
}

fn is_near(one: Option<[f64; 4]>, other: Option<[f64; 4]>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
        }
        _ => true,
    }
}

/// The rectangle around two.
pub(super) fn around((one, other): ([f64; 4], [f64; 4])) -> [f64; 4] {
    [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
}
