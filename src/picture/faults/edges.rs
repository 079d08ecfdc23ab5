//! Edges: a black or a broken line along the edge of the picture.

use super::{Find, Finder, Search, Sight, median};
use crate::measures::Luma;

/// Frames that are looked at.
const FRAMES: usize = 8;
/// Lines along an edge that may be broken.
const LINES: usize = 8;
/// Lines within that they are held against.
const INNER: usize = 24;
/// Differences in codes that nobody sees.
const SEEN: f64 = 4.0;

pub(super) const FINDER: Finder = Finder {
    id: "edges",
    label: "Edge lines",
    help: "A line along an edge of the picture that is black or broken: the difference between two lines beside each other, over what it is further in.",
    unit: "times",
    wrong: "A frame that is drawn into the picture is taken for one; letterbox bars of more than eight lines are not, and a dark line beside a dark picture is missed.",
    proven: "Of 6 films each: 4 and 6 of one line that is 50 and 90 % darker, 6 of two black ones.",
    repair: "edge",
    search: |limits| {
        let times = limits.of("edges", "times");
        Box::new(Edges { times, steps: vec![vec![Vec::new(); LINES]; 4], size: (0, 0), frames: 0..0 })
    },
};

struct Edges {
    times: f64,
    /// For every side and every line from it, how far the line stands out in each frame.
    steps: Vec<Vec<Vec<f64>>>,
    size: (usize, usize),
    frames: std::ops::Range<i64>,
}

impl Search for Edges {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        let luma = sight.whole();
        let (width, height) = luma.size();
        if !sight.is_among(FRAMES) || width.min(height) < 2 * INNER {
            return;
        }
        self.size = (width, height);
        for (side, lines) in self.steps.iter_mut().enumerate() {
            let steps: Vec<f64> = (0..INNER).map(|line| step(luma, side, line)).collect();
            let usual = median(steps[LINES..].to_vec());
            for (line, steps_of) in lines.iter_mut().enumerate() {
                let times = if steps[line] > SEEN { steps[line] / (usual + 1.0) } else { 0.0 };
                steps_of.push(times);
            }
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let mut finds = Vec::new();
        for (side, lines) in self.steps.iter().enumerate() {
            let times: Vec<f64> = lines.iter().map(|line| median(line.clone())).collect();
            let Some(last) = times.iter().rposition(|times| *times > self.times) else { continue };
            let wide = (last + 1) as f64;
            let (across, down) = (wide / self.size.0 as f64, wide / self.size.1 as f64);
            let (name, region) = match side {
                0 => ("top", [0.0, 0.0, 1.0, down]),
                1 => ("bottom", [0.0, 1.0 - down, 1.0, 1.0]),
                2 => ("left", [0.0, 0.0, across, 1.0]),
                _ => ("right", [1.0 - across, 0.0, 1.0, 1.0]),
            };
            let most = times.iter().copied().fold(0.0, f64::max);
            let find = Find {
                region: Some(region),
                figures: vec![("lines", wide)],
                ..Find::new("edges", self.frames.clone(), most)
            };
            let lines = timeline_format::Param::number(wide);
            finds.push(find.mended("edge", &[(name, lines)]));
        }
        finds
    }
}

/// The mean difference of a line and the next one inwards, from a side: top, bottom, left, right.
fn step(luma: &Luma, side: usize, line: usize) -> f64 {
    let (width, height) = luma.size();
    let at = |along: usize, line: usize| match side {
        0 => luma.line(line)[along],
        1 => luma.line(height - 1 - line)[along],
        2 => luma.line(along)[line],
        _ => luma.line(along)[width - 1 - line],
    };
    let long = if side < 2 { width } else { height };
    let sum: f64 = (0..long).map(|along| f64::from((at(along, line) - at(along, line + 1)).abs())).sum();
    sum / long as f64
}
