//! Joins of tiles: straight lines through the whole picture at which its halves do not quite fit.

use super::{Find, Finder, Search, Sight, median};
use crate::flow::{Flow, sample};
use crate::measures::Luma;

/// Frames that are looked at.
const FRAMES: usize = 16;
/// Parts of a line that are looked at by themselves.
const PARTS: usize = 16;
/// Lines to either side that a line is held against.
const BESIDE: usize = 12;
/// Steps in codes below which nothing is seen.
const SEEN: f64 = 0.3;
/// What is added to the usual step, in codes, so that flat pictures do not count for much.
const FAINT: f64 = 0.05;
/// Of what does not come along with the picture, what must be there in the mean of all frames.
const THERE: f64 = 0.5;
/// Differences in codes beyond which pixels are drawn: they count for no more than this.
const DRAWN: f32 = 8.0;
/// Lines at the edge that are no joins.
const EDGE: usize = 16;
/// How far, in small pixels, the picture must have gone in all to count as moving.
const MOVED: f64 = 8.0;

pub(super) const FINDER: Finder = Finder {
    id: "joins",
    label: "Joins of tiles",
    help: "Upright or level lines through the whole picture at which it steps, frame after frame: the mean step across the line over that across its neighbours, the same way in most of its sixteen parts.",
    unit: "times",
    wrong: "A straight wall, door or horizon, or a row of bricks, through the whole of a picture that does not move or only zooms slowly is taken for one; where the camera stands still the limit is three times as high, and joins of a few codes are missed.",
    proven: "Of 6 films each: 5, 6 and 6 at 1, 2 and 4 codes where the picture moves; 0, 0 and 1 where it stands still.",
    repair: "",
    search: |limits| {
        let [moving, still, share] = ["moving", "still", "share"].map(|name| limits.of("joins", name));
        Box::new(Joins { times: [still, moving], share, ..Joins::default() })
    },
};

#[derive(Default)]
struct Joins {
    /// How far a line must stand out where the camera stands still, and where it moves.
    times: [f64; 2],
    share: f64,
    travelled: f64,
    size: (usize, usize),
    /// Steps across columns and rows.
    here: Steps,
    /// The same less those that came along with the picture from the frame before.
    stay: Steps,
    before: Option<(i64, Luma)>,
    frames: std::ops::Range<i64>,
}

/// For every column and every row, the sum of the steps across it in each part.
#[derive(Default)]
struct Steps {
    lines: [Vec<[f64; PARTS]>; 2],
    count: usize,
}

impl Search for Joins {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if !sight.is_among(FRAMES) && !sight.is_before(FRAMES) {
            return;
        }
        let luma = sight.whole();
        let (width, height) = luma.size();
        if self.size != (0, 0) && self.size != (width, height) || width.min(height) < 4 * PARTS {
            return;
        }
        self.size = (width, height);
        let before = self.before.take().filter(|(frame, _)| frame + 1 == sight.frame);
        if sight.is_among(FRAMES) {
            self.here.add(self.size, |at, side| across(luma, at, side));
            let apart = sight.flow().map_or(0.0, Flow::travelled);
            self.travelled += apart * (sight.count as f64 / FRAMES as f64).max(1.0);
            if let (Some((_, before)), Some(flow)) = (before, sight.flow()) {
                self.stay.add(self.size, |at, side| across(luma, at, side) - came(&before, flow, at, side));
            }
        }
        if sight.is_before(FRAMES) {
            self.before = Some((sight.frame, luma.clone()));
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let is_moving = self.travelled > MOVED && self.stay.count > 0;
        let limit = self.times[usize::from(is_moving)];
        let (share, told) = if is_moving { (self.share, &self.stay) } else { (1.0, &self.here) };
        let mut finds = Vec::new();
        for side in 0..2 {
            let (here, sure) = (self.here.means(side, self.size), told.means(side, self.size));
            let size = sure.len();
            for at in EDGE..size.saturating_sub(EDGE) {
                let beside = (at.saturating_sub(BESIDE).max(1)..(at + BESIDE + 1).min(size))
                    .filter(|other| other.abs_diff(at) > 1);
                let usual = median(beside.map(|other| sure[other].abs()).collect());
                let codes = sure[at].abs();
                let times = codes / (usual + FAINT);
                let is_there = here[at] / sure[at] > THERE;
                if times > limit && is_there && agreeing(&told.lines[side][at]) >= share && codes > SEEN {
                    finds.push(self.find(side, at, times, here[at].abs()));
                }
            }
        }
        finds
    }
}

impl Steps {
    /// Adds what the step is across the column (0) or the row (1) that a pixel begins.
    fn add(&mut self, (width, height): (usize, usize), step: impl Fn([usize; 2], usize) -> f32) {
        let [columns, rows] = &mut self.lines;
        columns.resize(width, [0.0; PARTS]);
        rows.resize(height, [0.0; PARTS]);
        for (y, row) in rows.iter_mut().enumerate().skip(1) {
            for (x, column) in columns.iter_mut().enumerate().skip(1) {
                let [across, down] = [0, 1].map(|side| f64::from(step([x, y], side).clamp(-DRAWN, DRAWN)));
                column[y * PARTS / height] += across;
                row[x * PARTS / width] += down;
            }
        }
        self.count += 1;
    }

    /// The mean step across every column, or every row.
    fn means(&self, side: usize, (width, height): (usize, usize)) -> Vec<f64> {
        let per = (self.count * [height, width][side]).max(1) as f64;
        self.lines[side].iter().map(|parts| parts.iter().sum::<f64>() / per).collect()
    }
}

/// The step from the pixel before, to the left or above.
fn across(luma: &Luma, [x, y]: [usize; 2], side: usize) -> f32 {
    let here = luma.line(y)[x];
    if side == 0 { here - luma.line(y)[x - 1] } else { here - luma.line(y - 1)[x] }
}

/// The same step where the pixel was in the frame before.
fn came(before: &Luma, flow: &Flow, [x, y]: [usize; 2], side: usize) -> f32 {
    let size = before.size();
    let scale = size.0 as f32 / flow.width as f32;
    let small = |at: usize, size: usize| ((at as f32 / scale) as usize).min(size - 1);
    let place = small(y, flow.height) * flow.width + small(x, flow.width);
    let (x, y) = (x as f32 + scale * flow.across[place], y as f32 + scale * flow.down[place]);
    let there = |x: f32, y: f32| sample(before.codes(), size, x, y);
    there(x, y) - if side == 0 { there(x - 1.0, y) } else { there(x, y - 1.0) }
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

/// The share of a line's parts that step the same way.
fn agreeing(parts: &[f64; PARTS]) -> f64 {
    let up = parts.iter().filter(|step| **step > 0.0).count();
    up.max(PARTS - up) as f64 / PARTS as f64
}
