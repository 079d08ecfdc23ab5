//! From any picture to the numbers that an encoder wants, to half a code value.
//!
//! Chroma of 4:2:0 and 4:2:2 lies on the left of its pixels and, at 4:2:0, between its two lines
//! (H.273 chroma location 0, as MPEG-2, H.264 and HEVC have it where nothing is said). It is made
//! smaller by the tent `1 2 1` across and `1 3 3 1` down, and larger by linear interpolation. Where
//! only the depth changes, every sample stays where it is.
//!
//! Alpha that the target has not is laid over black in coded values. A result with alpha is straight.

mod codes;
mod dither;
mod matrix;
mod planes;
pub(super) mod primaries;
mod reader;
mod resample;
mod writer;

pub use dither::Dither;

pub(super) use codes::{Codes, rounded};
pub(super) use planes::codes_of;
pub(super) use reader::Reader;
pub(super) use writer::apply;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane};

/// Lines in a piece of work; chroma lines never cross two pieces.
const BAND: usize = 64;
/// Bytes after the last line of a plane: encoders' vector code may read them.
const SLACK: usize = 64;

/// `image` in another format and colour; the same planes where both are as they were.
pub fn to(image: &Image, format: PixelFormat, colour: Colour) -> Image {
    with(image, format, colour, Options::default())
}

/// How to convert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether parts of codes are dithered.
    pub dither: Dither,
    /// Whether the pool of threads shares the work. The result is the same.
    pub shared: bool,
}

/// Like [`to`], with options.
pub fn with(image: &Image, format: PixelFormat, colour: Colour, options: Options) -> Image {
    if is_already(image, format, colour) {
        return image.clone();
    }
    let job = Job::new(image, (format, colour), options);
    job.run(options.shared, |band| {
        if job.keeps_planes() { job.rescale(band) } else { job.fill(band, &mut Reader::new(image)) }
    })
}

/// A picture that is made line by line, in another format and colour, without ever being whole in
/// its own.
///
/// `like` says what its lines are; it has no planes. Every piece of the work begins with lines of
/// its own from `begin`, which are asked for in rising order. The result is that of [`with`] on the
/// whole picture.
pub(super) fn made<L: Lines>(
    like: &Image,
    begin: impl Fn() -> L + Sync,
    (format, colour): (PixelFormat, Colour),
    options: Options,
) -> Image {
    let job = Job::new(like, (format, colour), options);
    job.run(options.shared, |band| job.fill(band, &mut begin()))
}

/// A picture as lines of red, green, blue and alpha in its own light and code.
pub(super) trait Lines {
    /// Line `y`; alpha may be left as it is, 1, where there is none.
    fn line(&mut self, y: usize, channels: [&mut [f32]; 4]);
}

/// Whether there is nothing to do.
pub fn is_already(image: &Image, format: PixelFormat, colour: Colour) -> bool {
    let is_straight = !format.alpha || image.alpha == AlphaMode::Straight;
    image.format == format && image.colour == colour && is_straight
}

struct Job<'a> {
    image: &'a Image,
    format: PixelFormat,
    colour: Colour,
    dithers: bool,
}

/// Lines of the result from `first` on, of every plane.
struct Band<'a> {
    first: usize,
    planes: Vec<&'a mut [u8]>,
}

impl<'a> Job<'a> {
    fn new(image: &'a Image, (format, colour): (PixelFormat, Colour), options: Options) -> Self {
        let deep = image.format.depth > Depth::U8 && format.depth == Depth::U8;
        Self { image, format, colour, dithers: deep && options.dither == Dither::Auto }
    }

    fn run(&self, shared: bool, fill: impl Fn(Band<'_>) + Sync) -> Image {
        let mut planes = self.empty();
        let bands = self.split(&mut planes);
        if shared {
            bands.into_par_iter().for_each(&fill);
        } else {
            bands.into_iter().for_each(fill);
        }
        self.finish(planes)
    }

    fn stride(&self, plane: usize) -> usize {
        let (width, _) = self.format.plane_size(plane, self.image.width, self.image.height);
        width as usize * self.format.depth.bytes()
    }

    fn empty(&self) -> Vec<Vec<u8>> {
        let size = |plane| self.format.plane_size(plane, self.image.width, self.image.height);
        let bytes = |plane| self.stride(plane) * size(plane).1 as usize;
        (0..self.format.planes()).map(|plane| vec![0; bytes(plane) + SLACK]).collect()
    }

    fn split<'b>(&self, planes: &'b mut [Vec<u8>]) -> Vec<Band<'b>> {
        let count = (self.image.height as usize).div_ceil(BAND);
        let mut bands: Vec<Band<'b>> =
            (0..count).map(|band| Band { first: band * BAND, planes: Vec::new() }).collect();
        for (index, plane) in planes.iter_mut().enumerate() {
            let lines = BAND >> self.down(index);
            let bytes = (lines * self.stride(index)).max(1);
            let whole = plane.len() - SLACK;
            for (band, part) in bands.iter_mut().zip(plane[..whole].chunks_mut(bytes)) {
                band.planes.push(part);
            }
        }
        bands
    }

    const fn down(&self, plane: usize) -> u8 {
        match self.format.model {
            Model::Yuv { down, .. } if plane == 1 || plane == 2 => down,
            _ => 0,
        }
    }

    fn dither(&self, y: usize) -> [f32; 8] {
        if self.dithers { dither::line(y) } else { [0.0; 8] }
    }

    fn finish(&self, planes: Vec<Vec<u8>>) -> Image {
        let stride = |plane| self.stride(plane);
        let planes = planes
            .into_iter()
            .enumerate()
            .map(|(index, bytes)| Plane::packed(bytes, stride(index)))
            .collect();
        Image {
            width: self.image.width,
            height: self.image.height,
            format: self.format,
            colour: self.colour,
            alpha: AlphaMode::Straight,
            planes,
        }
    }
}

/// The matrix that a picture's planes are of: BT.709 where luma and chroma claim to be RGB.
const fn matrix_of(colour: Colour) -> (f64, f64) {
    match colour.matrix.weights() {
        Some(weights) => weights,
        None => (0.2126, 0.0722),
    }
}

/// Whether two colours differ in more than how light is put into planes.
fn is_same_light(one: Colour, other: Colour) -> bool {
    one.primaries == other.primaries && super::light::is_same(one.transfer, other.transfer)
}

/// Whether the planes of two formats mean the same, apart from range, depth and subsampling.
fn is_same_kind(one: (PixelFormat, Colour), other: (PixelFormat, Colour)) -> bool {
    match (one.0.model, other.0.model) {
        (Model::Yuv { .. }, Model::Yuv { .. }) => matrix_of(one.1) == matrix_of(other.1),
        (Model::Rgb, Model::Rgb) | (Model::Grey, Model::Grey) => true,
        _ => false,
    }
}
