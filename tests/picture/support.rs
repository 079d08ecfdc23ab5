//! Pictures made on the spot, and media that give them.

use roomtone::picture::placement::Placement;
use roomtone::picture::values::Moment;
use roomtone::picture::{Grade, Key, Layer, Picture, Plan, Renderer, Sources, WORKING};
use roomtone::signal::{AlphaMode, Colour, Depth, Image, PixelFormat, Plane};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::{Effect, Frames, Id, Param, Ratio};

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Media by id, each a list of frames.
#[derive(Default)]
pub struct Shelf(pub BTreeMap<Id, Vec<Arc<Image>>>);

impl Shelf {
    pub fn with(mut self, media: &str, frames: Vec<Image>) -> Self {
        self.0.insert(id(media), frames.into_iter().map(Arc::new).collect());
        self
    }
}

impl Sources for Shelf {
    fn resolve(&self, media: Id, at: Frames) -> i64 {
        let count = self.0.get(&media).map_or(1, Vec::len) as i64;
        at.floor().clamp(0, count - 1)
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        Arc::clone(&self.0[&media][frame as usize])
    }
}

/// An image of codes from a function of plane, column and line.
pub fn image(
    (width, height): (u32, u32),
    format: PixelFormat,
    colour: Colour,
    code: impl Fn(usize, u32, u32) -> f64,
) -> Image {
    let plane = |index: usize| {
        let (wide, high) = format.plane_size(index, width, height);
        let mut bytes = Vec::new();
        for (x, y) in (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))) {
            let code = code(index, x, y);
            match format.depth {
                Depth::U8 => bytes.push(code as u8),
                Depth::F32 => bytes.extend((code as f32).to_ne_bytes()),
                _ => bytes.extend((code as u16).to_ne_bytes()),
            }
        }
        Plane::packed(bytes, wide as usize * format.depth.bytes())
    };
    let planes = (0..format.planes()).map(plane).collect();
    Image { width, height, format, colour, alpha: AlphaMode::Straight, planes }
}

/// The codes of a plane.
pub fn codes(image: &Image, index: usize) -> Vec<f64> {
    let lines = image.lines(index).flat_map(|line| match image.format.depth {
        Depth::U8 => line.iter().map(|code| f64::from(*code)).collect::<Vec<_>>(),
        Depth::F32 => line
            .as_chunks::<4>()
            .0
            .iter()
            .map(|code| f64::from(f32::from_ne_bytes(*code)))
            .collect(),
        _ => line
            .as_chunks::<2>()
            .0
            .iter()
            .map(|code| f64::from(u16::from_ne_bytes(*code)))
            .collect(),
    });
    lines.collect()
}

/// Numbers that look like chance, 0 to 1, from a place.
pub fn noise(index: usize, x: u32, y: u32) -> f64 {
    let mut bits = (index as u64) << 40 | u64::from(x) << 20 | u64::from(y);
    bits = (bits ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ bits >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

/// An effect of this kind with these values.
pub fn with(kind: &str, values: &[(&str, Param)]) -> Effect {
    let values = values.iter().map(|(name, param)| ((*name).into(), param.clone())).collect();
    Effect { values, ..Effect::new(id("e"), kind) }
}

/// What a pixel of opaque, display-coded red, green and blue becomes.
pub fn graded(effects: &[Effect], pixel: [f64; 3]) -> [f64; 3] {
    graded_line(effects, &[pixel])[0]
}

/// What a line of pixels becomes.
pub fn graded_line(effects: &[Effect], pixels: &[[f64; 3]]) -> Vec<[f64; 3]> {
    let format = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
    let width = pixels.len() as u32;
    let made =
        image((width, 1), format, WORKING, |plane, x, _| pixels[x as usize][[1, 2, 0][plane]]);
    let shelf = Shelf::default().with("a", vec![made]);
    let (media, aspect) = (id("a"), Ratio::ONE);
    let picture = Picture::Media { media, frame: 0, turn: 0, aspect, said: Key(0) };
    let grade = Grade::of(effects, Moment::default());
    let layer = Layer { grade, ..Layer::new(picture, Placement::default()) };
    let plan = Plan { raster: Raster { width, height: 1 }, layers: vec![layer] };
    let made = Renderer::new(0).render(&plan, &shelf);
    let planes = [2, 0, 1].map(|plane| codes(&made, plane));
    (0..pixels.len()).map(|x| planes.each_ref().map(|plane| plane[x])).collect()
}
