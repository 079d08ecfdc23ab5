//! Halos and ringing: edges that overshoot.

use super::{Find, Finder, Search, Sight, median};
use crate::measures::Luma;

/// Frames that are looked at.
const FRAMES: usize = 8;
/// How far an edge reaches, how far its overshoot, and where its sides lie, in pixels.
const EDGE: usize = 2;
const OVER: usize = 7;
const SIDE: std::ops::Range<usize> = 9..15;
/// The least step in codes that is an edge.
const STEP: f32 = 40.0;
/// Of the step, how uneven its sides may be.
const EVEN: f32 = 0.05;

pub(super) const FINDER: Finder = Finder {
    id: "halo",
    label: "Halo",
    help: "Edges that overshoot, from sharpening or a resize: how far light goes beyond its level on either side of strong edges between even sides, as a part of the step; the median.",
    unit: "%",
    wrong: "Rim light along one edge, brick, bevels and outlined drawings are taken for it; edges between textures are not looked at, and pictures that are all texture are missed.",
    proven: "Of 6 films each, after an unsharp mask of 3 pixels: 1, 3 and 3 at once, twice and three times what it took.",
    repair: "dering",
    search: |limits| {
        let [percent, edges] = ["percent", "edges"].map(|name| limits.of("halo", name));
        Box::new(Halo { percent, edges, over: Vec::new(), frames: 0..0 })
    },
};

struct Halo {
    percent: f64,
    edges: f64,
    over: Vec<f64>,
    frames: std::ops::Range<i64>,
}

impl Search for Halo {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if sight.is_among(FRAMES) {
            self.look(sight.whole());
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let (count, over) = (self.over.len(), 100.0 * median(self.over));
        if (count as f64) < self.edges || over <= self.percent {
            return Vec::new();
        }
        let figures = vec![("edges", count as f64)];
        vec![Find { figures, ..Find::new("halo", self.frames, over) }.mended("dering", &[])]
    }
}

impl Halo {
    fn look(&mut self, luma: &Luma) {
        let (width, height) = luma.size();
        for y in (0..height).step_by(3) {
            self.over.extend(overshoots(luma.line(y)));
        }
        for x in (0..width).step_by(3) {
            let column: Vec<f32> = luma.codes().iter().copied().skip(x).step_by(width).collect();
            self.over.extend(overshoots(&column));
        }
        self.over.truncate(200_000);
    }
}

/// The overshoots of the edges on a line, as parts of their steps.
fn overshoots(line: &[f32]) -> Vec<f64> {
    let far = SIDE.end;
    let mut found = Vec::new();
    let mut at = far;
    while at + far < line.len() {
        let slope = |place: usize| (line[place + 1] - line[place - 1]).abs();
        let is_peak = slope(at) >= slope(at - 1) && slope(at) > slope(at + 1) && slope(at) > 0.25 * STEP;
        if is_peak && let Some(over) = overshoot(line, at) {
            found.push(over);
            at += EDGE;
        }
        at += 1;
    }
    found
}

fn overshoot(line: &[f32], at: usize) -> Option<f64> {
    let left: Vec<f32> = SIDE.map(|away| line[at - away]).collect();
    let right: Vec<f32> = SIDE.map(|away| line[at + away]).collect();
    let level = |side: &[f32]| side.iter().sum::<f32>() / side.len() as f32;
    let (low, high) = (level(&left), level(&right));
    let step = high - low;
    let uneven = |side: &[f32], level: f32| side.iter().map(|code| (code - level).abs()).fold(0.0, f32::max);
    let is_even = uneven(&left, low).max(uneven(&right, high)) < EVEN * step.abs();
    if step.abs() < STEP || !is_even {
        return None;
    }
    let beyond = |away: std::ops::RangeInclusive<usize>| {
        away.map(|away| {
            let above = (line[at + away] - high) / step;
            let below = (low - line[at - away]) / step;
            [above, below]
        })
        .fold([0.0_f32; 2], |most, here| [most[0].max(here[0]), most[1].max(here[1])])
    };
    let [above, below] = beyond(1..=OVER);
    Some(f64::from(0.5 * (above + below)))
}
