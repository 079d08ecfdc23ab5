//! A frame as finders see it go by, and who makes sights of frames.

use super::camera::camera;
use super::tiles::TILES;
use crate::flow::{Flow, flow};
use crate::means::means;
use crate::measures::{Glimpse, Luma, median};
use signal::{Colour, Depth, Image, Model, PixelFormat};
use std::cell::OnceCell;
use std::sync::Arc;

/// Pixels across the small pictures in which movement is followed.
const ACROSS: usize = 640;
/// Changes of light, in stops, that are taken out before movement is followed.
const LEAP: f64 = 0.02;
/// Pixels that are lighter than this code may have been cut off, and tiles darker than that say little of light.
const WHITE: f32 = 252.0;
const DARK: f64 = 8.0;

/// A frame that goes by.
#[derive(Debug)]
pub struct Sight<'a> {
    /// Its number in the media.
    pub frame: i64,
    /// How many went by before it.
    pub nth: usize,
    /// How many will.
    pub count: usize,
    /// The frame itself.
    pub image: &'a Image,
    /// Its luma, at most 640 pixels across.
    pub small: Arc<Luma>,
    /// That of the frame before, unless there was a cut.
    pub before: Option<Arc<Luma>>,
    /// That of the one before that.
    pub before_that: Option<Arc<Luma>>,
    /// What is remembered of it.
    pub glimpse: Glimpse,
    /// What was remembered of the one before.
    pub glimpse_before: Option<Glimpse>,
    /// By how many stops of code values it is lighter than the one before; `None` at the start and at cuts.
    pub change: Option<f64>,
    /// Its mean colour differences, blue and red, in codes of 255.
    pub chroma: [f64; 2],
    whole: OnceCell<Luma>,
    flow: OnceCell<Flow>,
    then: OnceCell<Vec<f32>>,
    lighter: OnceCell<Option<f64>>,
    left: OnceCell<Vec<f32>>,
}

impl Sight<'_> {
    /// Its luma, pixel for pixel.
    pub fn whole(&self) -> &Luma {
        self.whole.get_or_init(|| Luma::of(self.image))
    }

    /// Whether it is one of `many` that are spread over all that go by.
    pub const fn is_among(&self, many: usize) -> bool {
        self.count <= many || self.nth * many / self.count != (self.nth + 1) * many / self.count
    }

    /// Whether the frame after it is one of `many` that are spread over all that go by.
    pub const fn is_before(&self, many: usize) -> bool {
        let next = self.nth + 1;
        self.count <= many || next * many / self.count != (next + 1) * many / self.count
    }

    /// Where everything in its small picture was in the frame before; `None` where there is none.
    pub fn flow(&self) -> Option<&Flow> {
        let before = self.before.as_ref()?;
        Some(self.flow.get_or_init(|| {
            let gain =
                self.change.filter(|change| change.abs() > LEAP).map_or(1.0, f64::exp2) as f32;
            let lit = || before.codes().iter().map(|code| gain * code).collect();
            let alike = (gain != 1.0).then(|| Luma::new(before.size(), lit())).flatten();
            flow(&self.small, alike.as_ref().unwrap_or(before))
        }))
    }

    /// The small picture of the frame before, every pixel where it is now; `None` where there is none.
    pub fn then(&self) -> Option<&[f32]> {
        let (before, flow) = (self.before.as_ref()?, self.flow()?);
        Some(self.then.get_or_init(|| flow.fetch(before.codes())))
    }

    /// By how many stops of code values it is lighter than the one before, what comes in and goes out left out;
    /// `None` at the start and at cuts.
    pub fn lighter(&self) -> Option<f64> {
        self.change?;
        *self.lighter.get_or_init(|| {
            Some(lighter(&self.small, self.before.as_ref()?, &camera(self.flow()?)))
        })
    }

    /// What of its small picture is not explained by movement nor by light that changes everywhere, as parts of white.
    pub fn left(&self) -> Option<&[f32]> {
        let then = self.then()?;
        let gain = self.lighter().unwrap_or(0.0).exp2() as f32;
        let left = || {
            let pairs = self.small.codes().iter().zip(then);
            pairs.map(|(now, then)| (now - gain * then) / 255.0).collect()
        };
        Some(self.left.get_or_init(left))
    }
}

/// By how many stops a picture is lighter than what was there before, laid under it along `flow`: the median over tiles,
/// of what was in the picture then.
fn lighter(now: &Luma, before: &Luma, flow: &Flow) -> f64 {
    let then = flow.fetch(before.codes());
    let (width, height) = now.size();
    let mut sums = vec![[0.0_f64; 3]; TILES.0 * TILES.1];
    for (at, (now, then)) in now.codes().iter().zip(&then).enumerate() {
        let (x, y) = (at % width, at / width);
        let (from_x, from_y) = (x as f32 + flow.across[at], y as f32 + flow.down[at]);
        let was_seen =
            from_x >= 0.0 && from_y >= 0.0 && from_x < width as f32 && from_y < height as f32;
        if was_seen && now.max(*then) < WHITE {
            let tile = &mut sums[y * TILES.1 / height * TILES.0 + x * TILES.0 / width];
            let these = [f64::from(*now), f64::from(*then), 1.0];
            tile.iter_mut().zip(these).for_each(|(sum, value)| *sum += value);
        }
    }
    let enough = (width * height / sums.len() / 2) as f64;
    let is_told = |[now, then, count]: &&[f64; 3]| *count > enough && now.min(*then) > DARK * count;
    let changes = sums.iter().filter(is_told).map(|[now, then, _]| (now / then).log2());
    median(changes.collect())
}

/// Makes sights of frames that follow each other, and remembers two of them.
#[derive(Debug, Default)]
pub struct Watcher {
    nth: usize,
    count: usize,
    last: [Option<Arc<Luma>>; 2],
    glimpse: Option<Glimpse>,
}

impl Watcher {
    /// For so many frames.
    pub fn new(count: usize) -> Self {
        Self { count, ..Self::default() }
    }

    /// The sight of the next frame.
    pub fn sight<'a>(&mut self, frame: i64, image: &'a Image) -> Sight<'a> {
        let across = ACROSS.min(image.width as usize);
        let down = (image.height as usize * across).div_ceil(image.width.max(1) as usize);
        let small = Arc::new(Luma::of_blocks(image, (across, down)));
        let glimpse = Glimpse::of_luma(&small);
        let is_cut = self.glimpse.as_ref().is_some_and(|before| glimpse.is_another_than(before));
        if is_cut {
            self.last = [None, None];
        }
        let glimpse_before = self.glimpse.replace(glimpse.clone()).filter(|_| !is_cut);
        let change = glimpse_before.as_ref().map(|before| glimpse.lighter_than(before));
        let [before, before_that] = self.last.clone();
        self.last = [Some(Arc::clone(&small)), before.clone()];
        let nth = self.nth;
        self.nth += 1;
        Sight {
            frame,
            nth,
            count: self.count,
            image,
            small,
            before,
            before_that,
            glimpse,
            glimpse_before,
            change,
            chroma: chroma(image),
            whole: OnceCell::new(),
            flow: OnceCell::new(),
            then: OnceCell::new(),
            lighter: OnceCell::new(),
            left: OnceCell::new(),
        }
    }
}

/// The mean colour differences of a picture, in codes of 255 (ITU-R BT.709-6, item 3.3).
fn chroma(image: &Image) -> [f64; 2] {
    if image.format.depth == Depth::F32 {
        return chroma(&crate::convert::to(image, PixelFormat::RGB8, Colour::SRGB));
    }
    let mean = |plane: usize| {
        let all = means(image, plane, (64, 36));
        all.iter().map(|code| f64::from(*code)).sum::<f64>() / all.len().max(1) as f64
    };
    match image.format.model {
        Model::Rgb => {
            let [green, blue, red] = [0, 1, 2].map(mean);
            let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
            [(blue - luma) / 1.8556, (red - luma) / 1.5748]
        }
        Model::Yuv { .. } => [mean(1) - 128.0, mean(2) - 128.0],
        _ => [0.0, 0.0],
    }
}
