//! Grain measured: how strong it is in red, green and blue at each light, and what shape a grain has.
//!
//! Where a picture is flat, two frames that follow each other differ by their grain alone. Blocks are fetched by whole
//! pixels along where everything moves, so that nothing of the grain is averaged away. A still has one frame: there the
//! grain is what remains of its flattest blocks once a parabola is taken out of them.

mod blocks;
mod curve;
mod frame;
mod shape;

use blocks::Block;
use frame::Frame;
use signal::Image;
use timeline_format::Value;

/// Lights, evenly from black to white, at which a strength is told.
pub const KNOTS: usize = 8;
/// Pixels of a shape, each way, at most.
pub const SHAPE: usize = 15;
/// Blocks below which nothing is said.
const FEWEST: usize = 10;
/// Of the blocks of a pair, the part that must differ for it not to be one frame shown twice.
const DIFFERENT: f64 = 0.5;

/// Grain as it was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Grain {
    /// For red, green and blue the deviation at [`KNOTS`] lights from black to white, in codes of 255.
    pub levels: [[f64; KNOTS]; 3],
    /// What white noise is weighed by to be such grain: a square of odd side, line by line, whose squares sum to 1.
    pub shape: Vec<f64>,
    /// How far red, green and blue have grain of their own: 0 it is grey, 1 nothing is common.
    pub colour: f64,
    /// Blocks that it was measured in.
    pub blocks: usize,
    /// Whether it was measured in one frame alone.
    pub is_of_still: bool,
}

impl Grain {
    /// The values of a `grain_match` effect that lays it on, by name.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        let round = |number: &f64, by: f64| (number * by).round() / by;
        let levels = self.levels.iter().flatten().map(|it| round(it, 1e3)).collect();
        let shape = self.shape.iter().map(|it| round(it, 1e5)).collect();
        vec![
            ("levels", Value::Vector(levels)),
            ("shape", Value::Vector(shape)),
            ("colour", Value::Number(round(&self.colour, 1e3))),
        ]
    }

    /// The mean deviation over channels and lights, in codes of 255.
    pub fn strength(&self) -> f64 {
        self.levels.iter().flatten().sum::<f64>() / (3 * KNOTS) as f64
    }
}

/// Sees frames go by, and tells their grain.
#[derive(Debug, Default)]
pub struct Sampler {
    last: Option<Frame>,
    pairs: Vec<Block>,
    still: Vec<Block>,
    quantum: f64,
}

impl Sampler {
    /// A pair of frames, the second of which follows the first.
    pub fn see_pair(&mut self, one: &Image, other: &Image) {
        self.quantum = frame::quantum(one);
        let [one, other] = [one, other].map(Frame::of);
        self.take(&one, &other);
    }

    /// A frame that stands alone.
    pub fn see_still(&mut self, image: &Image) {
        self.quantum = frame::quantum(image);
        self.still.extend(blocks::of_still(&Frame::of(image)));
    }

    /// The next of frames that follow each other.
    pub fn see(&mut self, image: &Image) {
        self.quantum = frame::quantum(image);
        let now = Frame::of(image);
        if let Some(last) = self.last.take() {
            self.take(&last, &now);
        }
        self.last = Some(now);
    }

    fn take(&mut self, one: &Frame, other: &Frame) {
        let seen = blocks::of_pair(one, other);
        let differ = seen.iter().filter(|block| block.spread[blocks::LUMA] > 1e-3).count();
        if differ as f64 > DIFFERENT * seen.len() as f64 {
            self.pairs.extend(seen);
        }
    }

    /// The grain of what was seen; `None` where too little of it is flat.
    pub fn grain(&self) -> Option<Grain> {
        let is_of_still = self.pairs.len() < FEWEST;
        let seen = if is_of_still { &self.still } else { &self.pairs };
        if seen.len() < FEWEST {
            return None;
        }
        let floor = self.quantum * self.quantum / 12.0;
        let curves = [0, 1, 2, blocks::LUMA].map(|nth| curve::fitted(seen, nth, floor));
        let shape = shape::fitted(seen, &curves[blocks::LUMA], floor);
        let colour = (1.0 - blocks::common(seen, floor)).clamp(0.0, 1.0);
        let levels = [curves[0], curves[1], curves[2]];
        Some(Grain { levels, shape, colour, blocks: seen.len(), is_of_still })
    }
}
