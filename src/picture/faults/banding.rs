//! Banding: a slope of light that is cut into steps.

use super::tiles::{Tiles, heat, region};
use super::{Find, Finder, Search, Sight};
use crate::measures::Luma;
use timeline_format::Param;

/// Frames that are looked at.
const FRAMES: usize = 8;
/// Pixels of one code that a band has at least, across 1920.
const BAND: f64 = 20.0;
/// Steps in codes between two bands, at most.
const STEP: f32 = 2.6;
/// Tiles with more of it than this are banded.
const TILE: f64 = 0.15;

pub(super) const FINDER: Finder = Finder {
    id: "banding",
    label: "Banding",
    help: "Slopes of light cut into steps: the share of the picture in runs of one code, at least 20 pixels of 1920 long, between which light steps by one or two codes the same way.",
    unit: "%",
    wrong: "Cartoons and drawn gradients are taken for it; bands under grain are missed, as the eye misses them.",
    proven: "Of 6 films each: 5 and 6 of steps of 1 and 2 codes.",
    repair: "deband",
    search: |limits| {
        let (percent, tiles) = (limits.of("banding", "percent"), Tiles::default());
        Box::new(Banding { percent, tiles, frames: 0..0 })
    },
};

struct Banding {
    percent: f64,
    tiles: Tiles,
    frames: std::ops::Range<i64>,
}

impl Search for Banding {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if sight.is_among(FRAMES) {
            let luma = sight.whole();
            let banded = banded(luma);
            self.tiles.add(luma.size(), |at| f64::from(u8::from(banded[at])));
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let tiles = self.tiles.means();
        let share = 100.0 * tiles.iter().sum::<f64>() / tiles.len().max(1) as f64;
        if share <= self.percent {
            return Vec::new();
        }
        let find = Find { region: region(&tiles, TILE), heat: heat(&tiles), ..Find::new("banding", self.frames, share) };
        vec![find.mended("deband", &[("iterations", Param::number(2.0))])]
    }
}

/// Which pixels lie in a band, across or down.
fn banded(luma: &Luma) -> Vec<bool> {
    let (width, height) = luma.size();
    let mut banded = vec![false; width * height];
    let least = ((BAND * width as f64 / 1920.0).round() as usize).max(8);
    for y in 0..height {
        mark(luma.line(y).iter().copied(), least, |x| banded[y * width + x] = true);
    }
    for x in 0..width {
        let column = luma.codes().iter().copied().skip(x).step_by(width);
        mark(column, least, |y| banded[y * width + x] = true);
    }
    banded
}

/// Marks runs of one code that are long enough and lie between two small steps the same way.
fn mark(line: impl Iterator<Item = f32>, least: usize, mut mark: impl FnMut(usize)) {
    let mut runs: Vec<(usize, usize, f32)> = Vec::new();
    for (at, code) in line.enumerate() {
        match runs.last_mut() {
            Some((_, length, value)) if (*value - code).abs() < 0.01 => *length += 1,
            _ => runs.push((at, 1, code)),
        }
    }
    for three in runs.windows(3) {
        let steps = [three[1].2 - three[0].2, three[2].2 - three[1].2];
        let is_slope = steps[0] * steps[1] > 0.0 && steps.iter().all(|step| step.abs() <= STEP);
        let is_long = three[1].1 >= least && three[0].1.max(three[2].1) >= least / 2;
        if is_slope && is_long {
            (three[1].0..three[1].0 + three[1].1).for_each(&mut mark);
        }
    }
}
