//! The light and the colour of a picture in tiles, and what they are in a frame once they have stopped trembling.

use super::planes;
use crate::canvas::Canvas;
use crate::light::{decode_exact, encode_exact};
use crate::measures::{Glimpse, Luma, median};
use crate::oklab;

/// Tiles across and down.
const TILES: (usize, usize) = (20, 12);
/// Added to coded values before their logarithm, so that black stays: in parts of white.
pub(super) const BLACK: f32 = 4.0 / 255.0;
/// The most by which the whole picture is changed, in stops and in parts of Oklab.
const WHOLE: [f64; 2] = [1.0, 0.08];
/// The most by which the colour of a place is changed for each stop that its light may be.
const COLOUR: f64 = 0.08;
/// Frames that a parabola needs to either side; with fewer it is a line.
const SIDE: usize = 2;

/// What a picture has in each tile.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    size: (usize, usize),
    /// Its light in stops of coded values, and Oklab's a and b.
    values: [Vec<f64>; 3],
    /// Its mean red, green and blue, coded.
    colours: Vec<[f64; 3]>,
    glimpse: Glimpse,
}

impl Levels {
    /// Those of a picture, display-coded; `None` of one that has no pixels.
    pub(super) fn of(picture: &Canvas) -> Option<Self> {
        let size = (picture.width, picture.height);
        let codes = planes::luma_of(picture).into_iter().map(|value| 255.0 * value).collect();
        let glimpse = Glimpse::of_luma(&Luma::new(size, codes)?);
        let mean = |channel: usize| {
            Some(Luma::new(size, picture.channels[channel].clone())?.shrunk(TILES))
        };
        let [red, green, blue] = [mean(0)?, mean(1)?, mean(2)?];
        let tiles = red.codes().iter().zip(green.codes()).zip(blue.codes());
        let colours: Vec<[f64; 3]> =
            tiles.map(|((red, green), blue)| [red, green, blue].map(|it| f64::from(*it))).collect();
        let stops = |colour: &[f64; 3]| {
            let luma = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
            (luma.max(0.0) + f64::from(BLACK)).log2()
        };
        let lab: Vec<[f64; 3]> = colours.iter().map(|it| oklab::of_light(lit(*it))).collect();
        let values = [
            colours.iter().map(stops).collect(),
            lab.iter().map(|it| it[1]).collect(),
            lab.iter().map(|it| it[2]).collect(),
        ];
        Some(Self { size: red.size(), values, colours, glimpse })
    }

    /// Tiles across and down.
    pub(super) const fn size(&self) -> (usize, usize) {
        self.size
    }

    /// What red, green and blue of each tile are to be multiplied by, in stops, to be as in the frames around: the whole
    /// picture first, then each place by at most so many stops. `None` where too few frames are of the same picture.
    pub(super) fn steadied(&self, around: &[(i64, Self)], most: f64) -> Option<[Vec<f32>; 3]> {
        let seen = self.of_this_picture(around);
        if seen.len() < 2 {
            return None;
        }
        let by = [0, 1, 2].map(|nth| {
            let most = if nth == 0 { [WHOLE[0], most] } else { [WHOLE[1], COLOUR * most] };
            self.trembling(nth, &seen, most)
        });
        let tiles = self.colours.iter().enumerate();
        let gains = tiles.map(|(tile, colour)| gains(*colour, [0, 1, 2].map(|nth| by[nth][tile])));
        let gains: Vec<[f32; 3]> = gains.collect();
        Some([0, 1, 2].map(|channel| gains.iter().map(|it| it[channel]).collect()))
    }

    /// The frames around that no cut lies before.
    fn of_this_picture<'a>(&self, around: &'a [(i64, Self)]) -> Vec<(i64, &'a Self)> {
        let at = |away: i64| around.iter().find(|it| it.0 == away).map(|it| &it.1);
        let way = |step: i64| {
            let mut last = self;
            let mut seen = Vec::new();
            while let Some(next) = at(step * (seen.len() as i64 + 1)) {
                if next.size != self.size || next.glimpse.is_another_than(&last.glimpse) {
                    break;
                }
                seen.push((step * (seen.len() as i64 + 1), next));
                last = next;
            }
            seen
        };
        [way(-1), way(1)].concat()
    }

    /// What each tile's value is to be more: what the whole picture trembles by, and what the tile does besides.
    fn trembling(&self, nth: usize, seen: &[(i64, &Self)], [whole, most]: [f64; 2]) -> Vec<f64> {
        let own = &self.values[nth];
        let apart: Vec<(f64, Vec<f64>)> = seen
            .iter()
            .map(|(away, other)| {
                let pairs = other.values[nth].iter().zip(own);
                (*away as f64, pairs.map(|(there, here)| there - here).collect())
            })
            .collect();
        let common: Vec<(f64, f64)> =
            apart.iter().map(|(away, tiles)| (*away, median(tiles.clone()))).collect();
        let all = steady(&common).clamp(-whole, whole);
        let of = |tile: usize| {
            let pairs = apart.iter().zip(&common);
            let rest = pairs.map(|((away, tiles), (_, all))| (*away, tiles[tile] - all));
            all + steady(&rest.collect::<Vec<_>>()).clamp(-most, most)
        };
        (0..own.len()).map(of).collect()
    }
}

/// What a colour is multiplied by, in stops, channel by channel, that is to have so many stops more light, and more of a
/// and b.
fn gains(colour: [f64; 3], [stops, a, b]: [f64; 3]) -> [f32; 3] {
    let black = f64::from(BLACK);
    let lab = oklab::of_light(lit(colour));
    let made = coded(oklab::to_light([lab[0], lab[1] + a, lab[2] + b]));
    let luma = |it: [f64; 3]| 0.2126 * it[0] + 0.7152 * it[1] + 0.0722 * it[2] + black;
    let kept = (luma(colour).max(black) / luma(made).max(black)).log2();
    std::array::from_fn(|channel| {
        let ratio = (made[channel].max(0.0) + black) / (colour[channel].max(0.0) + black);
        (stops + kept + ratio.log2()) as f32
    })
}

fn lit(colour: [f64; 3]) -> [f64; 3] {
    colour.map(decode_exact)
}

fn coded(light: [f64; 3]) -> [f64; 3] {
    light.map(encode_exact)
}

/// What the parabola that lies nearest to some numbers, and to 0 in the middle, is there; near an end, where there is
/// little to one side, the line.
fn steady(around: &[(f64, f64)]) -> f64 {
    let sides = [
        around.iter().filter(|it| it.0 < 0.0).count(),
        around.iter().filter(|it| it.0 > 0.0).count(),
    ];
    let numbers = || around.iter().copied().chain([(0.0, 0.0)]);
    let power = |power: i32| numbers().map(|it| it.0.powi(power)).sum::<f64>();
    let side = |power: i32| numbers().map(|it| it.0.powi(power) * it.1).sum::<f64>();
    let [s0, s1, s2, s3, s4] = [0, 1, 2, 3, 4].map(power);
    let [t0, t1, t2] = [0, 1, 2].map(side);
    let line = s0 * s2 - s1 * s1;
    let minor = |a: f64, b: f64, c: f64, d: f64| a * d - b * c;
    let parabola =
        s0 * minor(s2, s3, s3, s4) - s1 * minor(s1, s3, s2, s4) + s2 * minor(s1, s2, s2, s3);
    if sides.into_iter().min().unwrap_or(0) >= SIDE && parabola.abs() > 1e-9 {
        (t0 * minor(s2, s3, s3, s4) - s1 * minor(t1, s3, t2, s4) + s2 * minor(t1, s2, t2, s3))
            / parabola
    } else if line > 1e-9 {
        (t0 * s2 - t1 * s1) / line
    } else {
        t0 / s0.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_and_a_ramp_are_steady_already() {
        let parabola = |away: f64| 0.3 * away * away - 0.7 * away;
        let around: Vec<(f64, f64)> =
            [-3, -2, -1, 1, 2].map(|away| (f64::from(away), parabola(f64::from(away)))).to_vec();
        assert!(steady(&around).abs() < 1e-9);
        let ends: Vec<(f64, f64)> = [1.0, 2.0, 3.0].map(|away| (away, -0.4 * away)).to_vec();
        assert!(steady(&ends).abs() < 1e-9);
        assert!((steady(&[(-1.0, 3.0), (1.0, 3.0)]) - 2.0).abs() < 1e-9);
    }
}
