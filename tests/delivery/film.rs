//! A film whose every frame says its number and whose every sample is known.

use roomtone::media::coded::Coding;
use roomtone::play::{Copied, Failed, Programme};
use roomtone::signal::{
    AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane, Range, Samples,
};
use std::sync::{Arc, Mutex};
use timeline_format::Rate;
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;

/// Bits of a frame's number, as bars across the upper half.
pub const BITS: u32 = 16;

/// The film. Change what a test is about.
#[derive(Debug, Clone)]
pub struct Film {
    pub length: i64,
    pub rate: Rate,
    pub start: i64,
    pub raster: Raster,
    pub sample_rate: u32,
    pub layout: Layout,
    pub format: PixelFormat,
    pub colour: Colour,
    /// The frame that cannot be made.
    pub broken: Option<i64>,
    /// How many frames show the same picture.
    pub held: i64,
    pub at: i64,
    /// The frames whose pictures were asked for.
    pub asked: Arc<Mutex<Vec<i64>>>,
    /// Something that decides every picture besides its number.
    pub look: u128,
    /// A slow film in the place of numbers.
    pub slow: Option<super::slow::Slow>,
    /// Its pictures, where they were made already.
    pub made: Arc<Vec<Image>>,
    /// What the delivery said that pictures will be turned into.
    pub preferred: Arc<Mutex<Option<(PixelFormat, Colour)>>>,
}

impl Film {
    pub fn new(rate: &str, length: i64) -> Self {
        Self {
            length,
            rate: rate.parse().unwrap(),
            start: 0,
            raster: Raster { width: 320, height: 192 },
            sample_rate: 48_000,
            layout: Layout::Stereo,
            format: PixelFormat::YUV420P8,
            colour: Colour::REC709,
            broken: None,
            held: 1,
            at: 0,
            asked: Arc::default(),
            look: 0,
            slow: None,
            made: Arc::default(),
            preferred: Arc::default(),
        }
    }

    /// The sound of channel `channel` at sample `index`: a click on every frame, over soft noise.
    pub fn sample(&self, channel: usize, index: i64) -> f32 {
        let frame = self.rate.frame_of_sample(index, self.sample_rate);
        let since = index - self.rate.sample_of(frame, self.sample_rate);
        let click = if since < 4 { 0.5 - 0.1 * since as f32 } else { 0.0 };
        let (step, part) = (index.div_euclid(8), index.rem_euclid(8) as f32 / 8.0);
        let (a, b) = (noise(channel, step), noise(channel, step + 1));
        click + 0.2 * (a + (b - a) * part)
    }

    /// The sound of a channel, whole.
    pub fn sound(&self, channel: usize) -> Vec<f32> {
        (0..self.samples()).map(|index| self.sample(channel, index)).collect()
    }

    pub fn picture(&self, frame: i64) -> Image {
        if let Some(made) = self.made.get(frame as usize) {
            return made.clone();
        }
        let number = frame / self.held;
        let planes = (0..self.format.planes()).map(|plane| self.plane(plane, number)).collect();
        Image {
            width: self.raster.width,
            height: self.raster.height,
            format: self.format,
            colour: self.colour,
            alpha: AlphaMode::Straight,
            planes,
        }
    }

    fn plane(&self, index: usize, number: i64) -> Plane {
        let (width, height) = self.format.plane_size(index, self.raster.width, self.raster.height);
        let is_chroma = matches!(self.format.model, Model::Yuv { .. }) && matches!(index, 1 | 2);
        let alpha = if self.format.model == Model::Grey { 1 } else { 3 };
        let mut bytes = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let level = if is_chroma {
                    0.5 + 0.2 * f64::from(x) / f64::from(width) - 0.1
                } else if index == alpha {
                    f64::from(y) / f64::from(height - 1)
                } else if let Some(slow) = &self.slow {
                    slow.level(number, x, y, (width, height))
                } else {
                    luma(number, f64::from(x) / f64::from(width), f64::from(y) / f64::from(height))
                };
                self.push(&mut bytes, level, index == alpha);
            }
        }
        Plane::packed(bytes, width as usize * self.format.depth.bytes())
    }

    fn push(&self, bytes: &mut Vec<u8>, level: f64, is_alpha: bool) {
        let bits = self.format.depth.bits().min(16);
        let most = f64::from((1_u32 << bits) - 1);
        let code = if self.colour.range == Range::Limited && !is_alpha {
            (16.0 + 219.0 * level) * f64::from(1_u32 << (bits - 8))
        } else {
            level * most
        };
        match self.format.depth {
            Depth::U8 => bytes.push(code.round() as u8),
            Depth::F32 => bytes.extend((level as f32).to_ne_bytes()),
            _ => bytes.extend((code.round() as u16).to_ne_bytes()),
        }
    }
}

/// Bars of the number above, a gradient that moves below.
fn luma(number: i64, x: f64, y: f64) -> f64 {
    if y < 0.5 {
        let bit = (x * f64::from(BITS)) as u32;
        if number >> bit & 1 == 1 { 0.9 } else { 0.1 }
    } else {
        0.5 + 0.4 * (6.0 * (x + number as f64 * 0.037)).sin()
    }
}

/// The number that a picture of 8-bit grey shows.
pub fn number(grey: &[u8], raster: Raster) -> i64 {
    let (width, y) = (raster.width as usize, raster.height as usize / 4);
    (0..BITS as usize)
        .filter(|bit| grey[y * width + (2 * bit + 1) * width / (2 * BITS as usize)] > 127)
        .map(|bit| 1 << bit)
        .sum()
}

fn noise(channel: usize, step: i64) -> f32 {
    let mut x = (step as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (channel as u64 + 1) << 40;
    x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ x >> 31) >> 40) as f32 / 8_388_608.0 - 1.0
}

impl Programme for Film {
    fn length(&self) -> i64 {
        self.length
    }
    fn rate(&self) -> Rate {
        self.rate
    }
    fn start(&self) -> i64 {
        self.start
    }
    fn raster(&self) -> Raster {
        self.raster
    }
    fn sample_rate(&self) -> u32 {
        self.sample_rate
    }
    fn layout(&self) -> Layout {
        self.layout
    }
    fn samples(&self) -> i64 {
        self.rate.sample_of(self.length, self.sample_rate)
    }
    fn key(&mut self, frame: i64) -> u128 {
        (frame / self.held) as u128
    }
    fn lasting(&mut self, frame: i64) -> Option<u128> {
        Some(self.key(frame) + (self.look << 64))
    }
    fn prefer(&mut self, format: PixelFormat, colour: Colour) {
        *self.preferred.lock().unwrap() = Some((format, colour));
    }
    fn offer(&mut self, _: Coding) {}
    fn copied(&mut self, _: i64) -> Option<Copied> {
        None
    }
    fn picture(&mut self, frame: i64) -> Result<Arc<Image>, Failed> {
        self.asked.lock().unwrap().push(frame);
        match self.broken {
            Some(broken) if broken == frame => Err(Failed("the clip fell off".into())),
            _ => Ok(Arc::new(Self::picture(self, frame))),
        }
    }
    fn sound(&mut self, out: &mut Samples) -> Result<(), Failed> {
        let at = self.at;
        let film = self.clone();
        for (index, channel) in out.channels_mut().iter_mut().enumerate() {
            for (offset, sample) in channel.iter_mut().enumerate() {
                *sample = film.sample(index, at + offset as i64);
            }
        }
        self.at += out.length() as i64;
        Ok(())
    }
}
