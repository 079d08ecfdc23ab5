//! Pictures that are made, not read.

use super::values::Values;
use signal::{AlphaMode, Depth, Image, Model, Parameter, PixelFormat, Plane};
use timeline_format::sequence::Raster;

signal::catalogue! {
    /// Every picture generator, in menu order.
    pub ALL: GENERATOR: Generator =
        title lower_third credits crawl caption colour gradient bars counter slate particles adjustment camera
}

/// The description of a generator.
#[derive(Debug)]
pub struct Generator {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it makes, in one sentence.
    pub help: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// What of a moment changes what it makes: moments that it makes equal have one picture.
    pub at: fn(&Values, At) -> At,
    /// Its picture: a pure function of the values, the size and the moment.
    pub make: fn(&Values, Raster, At) -> Image,
}

/// A moment of a generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct At {
    /// The frame of the source.
    pub frame: i64,
    /// Frames of the sequence from the clip's first frame.
    pub elapsed: i64,
    /// The length of the clip, in frames of the sequence.
    pub length: i64,
}

/// Of a picture that no moment changes.
fn still(_: &Values, _: At) -> At {
    At::default()
}

/// The generator called `id`.
pub fn named(id: &str) -> Option<&'static Generator> {
    ALL.iter().find(|generator| generator.id == id).copied()
}

/// What draws the captions of a film.
pub(super) const CAPTION: &Generator = &caption::GENERATOR;

/// What stands for a picture that cannot be found or understood.
pub(super) const SLATE: &Generator = &slate::GENERATOR;

/// What works on all that lies below it.
pub(super) const ADJUSTMENT: &str = adjustment::GENERATOR.id;

/// What moves all that lies below it.
pub(super) const CAMERA: &Generator = &camera::GENERATOR;

/// A display-coded float picture from a function of the pixel's column and line; without an alpha
/// plane if `has_alpha` is false.
fn paint(raster: Raster, has_alpha: bool, colour: impl Fn(u32, u32) -> [f32; 4]) -> Image {
    let mut planes: [Vec<u8>; 4] = std::array::from_fn(|_| Vec::new());
    for y in 0..raster.height {
        for x in 0..raster.width {
            let [red, green, blue, alpha] = colour(x, y);
            for (plane, value) in planes.iter_mut().zip([green, blue, red, alpha]) {
                plane.extend_from_slice(&value.to_ne_bytes());
            }
        }
    }
    let count = if has_alpha { 4 } else { 3 };
    let stride = raster.width as usize * 4;
    Image {
        width: raster.width,
        height: raster.height,
        format: PixelFormat { model: Model::Rgb, alpha: has_alpha, depth: Depth::F32 },
        colour: super::WORKING,
        alpha: AlphaMode::Straight,
        planes: planes.into_iter().take(count).map(|plane| Plane::packed(plane, stride)).collect(),
    }
}

/// Pixels across and lines, as numbers to reckon with.
fn raster_size(raster: Raster) -> [f64; 2] {
    [f64::from(raster.width), f64::from(raster.height)]
}

/// A picture of one colour.
fn flat(raster: Raster, [red, green, blue, alpha]: [f32; 4]) -> Image {
    let stride = raster.width as usize * 4;
    let samples = raster.width as usize * raster.height as usize;
    let plane = |value: f32| Plane::packed(value.to_ne_bytes().repeat(samples), stride);
    let mut planes = vec![plane(green), plane(blue), plane(red)];
    let has_alpha = alpha < 1.0;
    if has_alpha {
        planes.push(plane(alpha));
    }
    let format = PixelFormat { model: Model::Rgb, alpha: has_alpha, depth: Depth::F32 };
    let (width, height, colour) = (raster.width, raster.height, super::WORKING);
    Image { width, height, format, colour, alpha: AlphaMode::Straight, planes }
}

/// A colour parameter's numbers as floats.
fn rgba(values: &Values, id: &str) -> [f32; 4] {
    let mut colour = values.four(id).map(|value| value as f32);
    colour[3] = colour[3].clamp(0.0, 1.0);
    colour
}
