//! Matrix: colours that were taken apart by one matrix and are put together by another.

use super::{Find, Finder, Search, Sight};
use crate::means::means;
use signal::{Depth, Image, Matrix, Model, Range};

/// Frames that are looked at.
const FRAMES: usize = 8;
/// Blocks across and down.
const GRID: (usize, usize) = (480, 270);
/// Codes beyond black or white that are no rounding.
const BEYOND: f64 = 3.0;

pub(super) const FINDER: Finder = Finder {
    id: "matrix",
    label: "Matrix",
    help: "Colours put together by the wrong one of BT.601 and BT.709: by it many lie beyond black or white, by the other hardly any.",
    unit: "% beyond",
    wrong: "Pictures without strong colours say nothing, and a wrong matrix is missed there; pictures whose colours were graded beyond white may be taken for it.",
    repair: "",
    search: |limits| {
        let [percent, times] = ["percent", "times"].map(|name| limits.of("matrix", name));
        Box::new(Of { percent, times, beyond: [0.0; 2], is_709: None, count: 0, frames: 0..0 })
    },
};

struct Of {
    percent: f64,
    times: f64,
    /// The share of blocks beyond black or white, by BT.601 and by BT.709.
    beyond: [f64; 2],
    is_709: Option<bool>,
    count: usize,
    frames: std::ops::Range<i64>,
}

impl Search for Of {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        let image = sight.image;
        let is_yuv = matches!(image.format.model, Model::Yuv { .. }) && image.format.depth != Depth::F32;
        self.is_709 = match image.colour.matrix {
            _ if !is_yuv => return,
            Matrix::Bt709 => Some(true),
            Matrix::Bt601 => Some(false),
            _ => return,
        };
        if sight.is_among(FRAMES) {
            let beyond = beyond(image);
            self.beyond.iter_mut().zip(beyond).for_each(|(sum, here)| *sum += here);
            self.count += 1;
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let Some(is_709) = self.is_709 else { return Vec::new() };
        let [by_601, by_709] = self.beyond.map(|sum| 100.0 * sum / self.count.max(1) as f64);
        let (own, other) = if is_709 { (by_709, by_601) } else { (by_601, by_709) };
        if own <= self.percent || own <= self.times * other {
            return Vec::new();
        }
        let figures = vec![("other_percent", other), ("matrix", if is_709 { 601.0 } else { 709.0 })];
        vec![Find { figures, ..Find::new("matrix", self.frames, own) }]
    }
}

/// The share of blocks that lie beyond black or white, by BT.601 and by BT.709 (items 2.5.1 and 3.3).
fn beyond(image: &Image) -> [f64; 2] {
    let planes = [0, 1, 2].map(|plane| means(image, plane, GRID));
    let (scale, black, wide) = match image.colour.range {
        Range::Full => (1.0, 0.0, 1.0),
        Range::Limited => (255.0 / 219.0, 16.0, 255.0 / 224.0),
    };
    if planes.iter().any(|plane| plane.len() != planes[0].len()) {
        return [0.0; 2];
    }
    let share = |[red_by, blue_by]: [f64; 2]| {
        let green_part = 1.0 - red_by - blue_by;
        let is_beyond = |at: &usize| {
            let luma = scale * (f64::from(planes[0][*at]) - black);
            let [blue, red] = [1, 2].map(|plane| wide * (f64::from(planes[plane][*at]) - 128.0));
            let red_code = luma + 2.0 * (1.0 - red_by) * red;
            let blue_code = luma + 2.0 * (1.0 - blue_by) * blue;
            let green_code = (luma - red_by * red_code - blue_by * blue_code) / green_part;
            let within = -BEYOND..=255.0 + BEYOND;
            [red_code, green_code, blue_code].iter().any(|code| !within.contains(code))
        };
        (0..planes[0].len()).filter(is_beyond).count() as f64 / planes[0].len().max(1) as f64
    };
    [share([0.299, 0.114]), share([0.2126, 0.0722])]
}
