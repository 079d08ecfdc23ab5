//! What makes a frame like another of the same take: a gain and a shift for red, green and blue each, from blocks of the
//! two that are laid over each other along where everything moves.

use crate::flow::flow;
use crate::means::means;
use crate::measures::{Luma, median};
use signal::{Colour, Depth, Image, Model, PixelFormat, Range};

/// Blocks across and down.
const GRID: (usize, usize) = (48, 27);
/// Numbers for each code that a block is kept in.
const STEPS: f32 = 128.0;
/// Rounds in which what lies far off counts less.
const ROUNDS: usize = 6;
/// Deviations beyond which a block counts for nothing (J. W. Tukey's biweight).
const BEYOND: f64 = 4.7;
/// Where blocks differ by less, in codes, a gain cannot be told from a shift.
const EVEN: f64 = 4.0;
/// Codes nearer to black or white than this may have been cut off.
const CUT: f64 = 3.0;

/// Gain and shift, in parts of white, of red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    pub(super) gain: [f64; 3],
    pub(super) shift: [f64; 3],
}

impl Change {
    pub(super) const NONE: Self = Self { gain: [1.0; 3], shift: [0.0; 3] };

    /// The middle one of several, number by number.
    pub(super) fn middle(all: &[Self]) -> Self {
        if all.is_empty() {
            return Self::NONE;
        }
        let of = |number: &dyn Fn(&Self) -> f64| median(all.iter().map(number).collect());
        Self {
            gain: [0, 1, 2].map(|nth| of(&|it| it.gain[nth])),
            shift: [0, 1, 2].map(|nth| of(&|it| it.shift[nth])),
        }
    }

    /// As the values of an effect.
    pub(super) fn values(&self) -> [Vec<f64>; 2] {
        [self.gain, self.shift].map(|it| it.map(|number| (number * 1e5).round() / 1e5).to_vec())
    }
}

/// A frame in blocks, red, green and blue.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    size: (usize, usize),
    channels: [Vec<u16>; 3],
}

/// The frames that went by, in blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    first: i64,
    all: Vec<Blocks>,
}

impl Seen {
    pub(super) fn see(&mut self, frame: i64, image: &Image) {
        if self.all.is_empty() {
            self.first = frame;
        }
        self.all.push(Blocks::of(image));
    }

    /// What makes a frame like another; `None` where one of them did not go by.
    pub(super) fn change(&self, frame: i64, like: i64) -> Option<Change> {
        let at = |frame: i64| self.all.get(usize::try_from(frame - self.first).ok()?);
        at(frame)?.like(at(like)?)
    }
}

impl Blocks {
    fn of(image: &Image) -> Self {
        if image.format.depth == Depth::F32 {
            return Self::of(&crate::convert::to(image, PixelFormat::RGB8, Colour::SRGB));
        }
        let planes = image.format.planes().min(3);
        let sizes =
            (0..planes).map(|plane| image.format.plane_size(plane, image.width, image.height));
        let size = sizes
            .fold(GRID, |size, plane| (size.0.min(plane.0 as usize), size.1.min(plane.1 as usize)));
        let codes: Vec<Vec<f32>> = (0..planes).map(|plane| means(image, plane, size)).collect();
        let colours = (0..size.0 * size.1).map(|at| {
            let code = |plane: usize| codes.get(plane).or(codes.first()).map_or(0.0, |it| it[at]);
            colour(image, [code(0), code(1), code(2)])
        });
        let colours: Vec<[f32; 3]> = colours.collect();
        let kept = |value: f32| (value.clamp(0.0, 255.0) * STEPS) as u16;
        let channels = [0, 1, 2].map(|nth| colours.iter().map(|it| kept(it[nth])).collect());
        Self { size, channels }
    }

    fn codes(&self, channel: usize) -> Vec<f32> {
        self.channels[channel].iter().map(|value| f32::from(*value) / STEPS).collect()
    }

    fn like(&self, other: &Self) -> Option<Change> {
        if self.size != other.size {
            return None;
        }
        let [own, goal] = [self, other].map(|it| [0, 1, 2].map(|nth| it.codes(nth)));
        let luma = |of: &[Vec<f32>; 3], gain: f32| {
            let at =
                |at: usize| gain * (0.2126 * of[0][at] + 0.7152 * of[1][at] + 0.0722 * of[2][at]);
            Luma::new(self.size, (0..of[0].len()).map(at).collect())
        };
        let middle = |luma: &Luma| median(luma.codes().iter().map(|it| f64::from(*it)).collect());
        let goal_luma = luma(&goal, 1.0)?;
        let gain = middle(&goal_luma).max(1.0) / middle(&luma(&own, 1.0)?).max(1.0);
        let way = flow(&luma(&own, gain as f32)?, &goal_luma);
        let lines = [0, 1, 2].map(|nth| {
            let there = way.fetch(&goal[nth]);
            let all = own[nth].iter().zip(&there).zip(&goal[nth]);
            let blocks =
                all.map(|((own, over), there)| [own, over, there].map(|it| f64::from(*it)));
            line(&blocks.collect::<Vec<_>>())
        });
        Some(Change { gain: lines.map(|it| it.0), shift: lines.map(|it| it.1 / 255.0) })
    }
}

/// Red, green and blue, in codes of 255, of the means of three planes, in codes of 8 bits.
fn colour(image: &Image, [first, second, third]: [f32; 3]) -> [f32; 3] {
    if image.format.model == Model::Rgb {
        return [third, first, second];
    }
    let (scale, black, wide) = match image.colour.range {
        Range::Full => (1.0, 0.0, 1.0),
        Range::Limited => (255.0 / 219.0, 16.0, 255.0 / 224.0),
    };
    let is_grey = !matches!(image.format.model, Model::Yuv { .. });
    let luma = scale * (first - black);
    if is_grey {
        return [luma; 3];
    }
    let [blue, red] = [second, third].map(|code| wide * (code - 128.0));
    let (of_red, of_blue) = image.colour.matrix.weights().unwrap_or((0.2126, 0.0722));
    let (of_red, of_blue) = (of_red as f32, of_blue as f32);
    let [red, blue] = [luma + 2.0 * (1.0 - of_red) * red, luma + 2.0 * (1.0 - of_blue) * blue];
    [red, (luma - of_red * red - of_blue * blue) / (1.0 - of_red - of_blue), blue]
}

/// The line that most blocks lie about, by their code, the code of the other frame that lies over it, and the code of the
/// other frame in its place: its slope, and where it starts.
///
/// The slope is how far the one spread goes into the other; of the codes that lie over it that would be too little, as
/// what is fetched from between blocks is softer than these.
fn line(blocks: &[[f64; 3]]) -> (f64, f64) {
    let is_whole = |block: &&[f64; 3]| block.iter().all(|it| (CUT..=255.0 - CUT).contains(it));
    let whole: Vec<[f64; 3]> = blocks.iter().filter(is_whole).copied().collect();
    let mut weights = vec![1.0; whole.len()];
    let mut found = (1.0, 0.0);
    for _ in 0..ROUNDS {
        let sum = |of: &dyn Fn(&[f64; 3]) -> f64| -> f64 {
            whole.iter().zip(&weights).map(|(it, weight)| weight * of(it)).sum()
        };
        let all = sum(&|_| 1.0);
        if all < 8.0 {
            return found;
        }
        let means = [0, 1, 2].map(|nth| sum(&|it| it[nth]) / all);
        let spread = |nth: usize| sum(&|it| (it[nth] - means[nth]).powi(2)) / all;
        let (run, rise) = (spread(0), spread(2));
        let is_even = run.min(rise) < EVEN * EVEN;
        let slope = if is_even { means[1] / means[0].max(1.0) } else { (rise / run).sqrt() };
        found = (slope, means[1] - slope * means[0]);
        let off = |it: &[f64; 3]| (it[1] - found.1 - found.0 * it[0]).abs();
        let usual = 1.4826 * median(whole.iter().map(off).collect()) + 0.02;
        let near = |it: &[f64; 3]| (1.0 - (off(it) / (BEYOND * usual)).powi(2)).max(0.0).powi(2);
        weights = whole.iter().map(near).collect();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_whatever_moves_over_some_blocks() {
        let pair = |nth: usize| {
            let x = 20.0 + (nth * 53 % 190) as f64;
            let y = if nth.is_multiple_of(7) { 255.0 - x } else { 1.06 * x - 4.0 };
            [x, y, y]
        };
        let (slope, start) = line(&(0..500).map(pair).collect::<Vec<_>>());
        assert!((slope - 1.06).abs() < 1e-3 && (start + 4.0).abs() < 0.1, "{slope} {start}");
        let even: Vec<[f64; 3]> =
            (0..100).map(|nth| [100.0 + f64::from(nth % 3), 110.0, 110.0]).collect();
        assert!((line(&even).0 - 110.0 / 101.0).abs() < 2e-3);
    }
}
