//! Matrix: colours that were taken apart by one matrix and are put together by another.

use super::{Find, Finder, Search, Sight};
use crate::means::means;
use signal::{Depth, Matrix, Model, Range};

/// Frames that are looked at.
const FRAMES: usize = 8;
/// Blocks across and down.
const GRID: (usize, usize) = (480, 270);
/// Codes beyond black or white that are no rounding.
const BEYOND: f64 = 3.0;
/// The part of a picture that says which range its codes are in.
const FEW: f64 = 0.001;
/// The part that is none.
const NONE: f64 = 1e-5;
/// The codes that limited ones lie in, the same with what rounding and coding add, and the darkest of them.
const LIMITED: std::ops::Range<f32> = 15.5..235.5;
const FAR: std::ops::Range<f32> = 12.0..239.0;
const DARK: std::ops::Range<f32> = 15.5..24.0;

pub(super) const FINDER: Finder = Finder {
    id: "matrix",
    label: "Matrix",
    help: "Colours put together by the wrong one of BT.601 and BT.709: by it many lie beyond black or white, by the other hardly any.",
    unit: "% beyond",
    wrong: "Pictures without strong colours say nothing, and a wrong matrix is missed there; pictures whose colours were graded beyond white may be taken for it.",
    proven: "Of 4 films of strong colours each: 3 of BT.601 taken for BT.709, and of the reverse; 2 of the first under either wrong range.",
    repair: "",
    search: |limits| {
        let [percent, times] = ["percent", "times"].map(|name| limits.of("matrix", name));
        Box::new(Of { percent, times, ..Of::default() })
    },
};

#[derive(Default)]
struct Of {
    percent: f64,
    times: f64,
    /// The share of blocks beyond black or white, by BT.601 and by BT.709; with full codes, and with limited ones.
    beyond: [[f64; 2]; 2],
    /// The share of blocks whose luma lies far beyond limited codes, beyond them, and on the darkest of them.
    outside: [f64; 3],
    told: Option<(bool, Range)>,
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
        let is_709 = match image.colour.matrix {
            _ if !is_yuv => return,
            Matrix::Bt709 => true,
            Matrix::Bt601 => false,
            _ => return,
        };
        self.told = Some((is_709, image.colour.range));
        if sight.is_among(FRAMES) {
            self.look(&[0, 1, 2].map(|plane| means(image, plane, GRID)));
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let Some((is_709, told)) = self.told else { return Vec::new() };
        let beyond = self.beyond[usize::from(self.range(told) == Range::Limited)];
        let [by_601, by_709] = beyond.map(|sum| 100.0 * sum / self.count.max(1) as f64);
        let (own, other) = if is_709 { (by_709, by_601) } else { (by_601, by_709) };
        if own <= self.percent || own <= self.times * other {
            return Vec::new();
        }
        let figures = vec![("other_percent", other), ("matrix", if is_709 { 601.0 } else { 709.0 })];
        vec![Find { figures, ..Find::new("matrix", self.frames, own) }]
    }
}

impl Of {
    fn look(&mut self, planes: &[Vec<f32>; 3]) {
        if planes.iter().any(|plane| plane.len() != planes[0].len()) {
            return;
        }
        let share = |is_it: &dyn Fn(f32) -> bool| {
            planes[0].iter().filter(|code| is_it(**code)).count() as f64 / planes[0].len().max(1) as f64
        };
        let here = [
            share(&|code| !FAR.contains(&code)),
            share(&|code| !LIMITED.contains(&code)),
            share(&|code| DARK.contains(&code)),
        ];
        self.outside.iter_mut().zip(here).for_each(|(sum, here)| *sum += here);
        for (known, range) in self.beyond.iter_mut().zip([Range::Full, Range::Limited]) {
            let here = [[0.299, 0.114], [0.2126, 0.0722]].map(|weights| beyond(planes, range, weights));
            known.iter_mut().zip(here).for_each(|(sum, here)| *sum += here);
        }
        self.count += 1;
    }

    /// The range that the codes of luma are in, whatever is told: they go far beyond limited ones, or end with them.
    fn range(&self, told: Range) -> Range {
        let [far, outside, dark] = self.outside.map(|sum| sum / self.count.max(1) as f64);
        match (far > FEW, outside < NONE && dark > FEW) {
            (true, _) => Range::Full,
            (false, true) => Range::Limited,
            (false, false) => told,
        }
    }
}

/// The share of blocks that lie beyond black or white, by the weights of red and blue in luma (ITU-R BT.709-6, items 2.5.1
/// and 3.3).
fn beyond(planes: &[Vec<f32>; 3], range: Range, [red_by, blue_by]: [f64; 2]) -> f64 {
    let (scale, black, wide) = match range {
        Range::Full => (1.0, 0.0, 1.0),
        Range::Limited => (255.0 / 219.0, 16.0, 255.0 / 224.0),
    };
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
}
