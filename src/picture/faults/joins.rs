//! Joins of tiles: straight lines through the whole picture at which its halves do not quite fit.

use super::{Find, Finder, Search, Sight, median};

/// Frames that are looked at.
const FRAMES: usize = 16;
/// Parts of a line that are looked at by themselves.
const PARTS: usize = 16;
/// Lines to either side that a line is held against.
const BESIDE: usize = 12;
/// Steps in codes below which nothing is seen.
const SEEN: f64 = 0.3;
/// Lines at the edge that are no joins.
const EDGE: usize = 16;
/// How far, in small pixels, the picture must have gone in all to count as moving.
const MOVED: f64 = 16.0;

pub(super) const FINDER: Finder = Finder {
    id: "joins",
    label: "Joins of tiles",
    help: "Upright or level lines through the whole picture at which it steps, frame after frame: the mean step across the line over that across its neighbours, the same way in most of its sixteen parts.",
    unit: "times",
    wrong: "A straight wall, door or horizon through the whole of a picture that does not move is taken for one; where the camera stands still the limit is twice as high.",
    repair: "",
    search: |limits| {
        let [moving, still, share] = ["moving", "still", "share"].map(|name| limits.of("joins", name));
        Box::new(Joins { times: [still, moving], share, travelled: 0.0, size: (0, 0), steps: Default::default(), count: 0, frames: 0..0 })
    },
};

struct Joins {
    /// How far a line must stand out where the camera stands still, and where it moves.
    times: [f64; 2],
    share: f64,
    travelled: f64,
    size: (usize, usize),
    /// For every column and every row, the mean step across it in each part.
    steps: [Vec<[f64; PARTS]>; 2],
    count: usize,
    frames: std::ops::Range<i64>,
}

impl Search for Joins {
    fn see(&mut self, sight: &Sight<'_>) {
        if self.count == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if !sight.is_among(FRAMES) {
            return;
        }
        let luma = sight.whole();
        let (width, height) = luma.size();
        if self.count > 0 && self.size != (width, height) || width.min(height) < 4 * PARTS {
            return;
        }
        self.size = (width, height);
        self.count += 1;
        let apart = sight.flow().map_or(0.0, crate::flow::Flow::travelled);
        self.travelled += apart * (sight.count as f64 / FRAMES as f64).max(1.0);
        let [columns, rows] = &mut self.steps;
        columns.resize(width, [0.0; PARTS]);
        rows.resize(height, [0.0; PARTS]);
        for (y, row) in rows.iter_mut().enumerate() {
            let line = luma.line(y);
            let part = y * PARTS / height;
            for x in 1..width {
                columns[x][part] += f64::from(line[x] - line[x - 1]);
            }
            if y > 0 {
                let above = luma.line(y - 1);
                for (x, (here, above)) in line.iter().zip(above).enumerate() {
                    row[x * PARTS / width] += f64::from(here - above);
                }
            }
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let (width, height) = self.size;
        let is_moving = self.travelled > MOVED;
        let limit = self.times[usize::from(is_moving)];
        let share = if is_moving { self.share } else { 1.0 };
        let mut finds = Vec::new();
        for (side, steps) in self.steps.iter().enumerate() {
            let (size, long) = if side == 0 { (width, height) } else { (height, width) };
            let per = (self.count * long).max(1) as f64;
            let sure: Vec<f64> = steps.iter().map(|parts| together(parts) / per).collect();
            for at in EDGE..size.saturating_sub(EDGE) {
                let beside = (at.saturating_sub(BESIDE).max(1)..(at + BESIDE + 1).min(size))
                    .filter(|other| other.abs_diff(at) > 1);
                let usual = median(beside.map(|other| sure[other]).collect());
                let times = sure[at] / (usual + 0.05);
                let same = agreeing(&steps[at]);
                if times > limit && same >= share && sure[at] > SEEN {
                    finds.push(self.find(side, at, times, sure[at]));
                }
            }
        }
        finds
    }
}

impl Joins {
    fn find(&self, side: usize, at: usize, times: f64, codes: f64) -> Find {
        let (width, height) = self.size;
        let (along, name) = if side == 0 { (width, "column") } else { (height, "row") };
        let [near, far] = [at.saturating_sub(4), at + 4].map(|it| it as f64 / along as f64);
        let region = if side == 0 { [near, 0.0, far, 1.0] } else { [0.0, near, 1.0, far] };
        let figures = vec![(name, at as f64), ("codes", codes)];
        Find { region: Some(region), figures, ..Find::new("joins", self.frames.clone(), times) }
    }
}

/// The size of a line's step over all its parts.
fn together(parts: &[f64; PARTS]) -> f64 {
    parts.iter().sum::<f64>().abs()
}

/// The share of a line's parts that step the same way.
fn agreeing(parts: &[f64; PARTS]) -> f64 {
    let up = parts.iter().filter(|step| **step > 0.0).count();
    up.max(PARTS - up) as f64 / PARTS as f64
}
