//! Two pictures into one: a transition's recipe on their planes.

use crate::convert::{self, Codes};
use crate::transitions::{Mask, Recipe, Steps, Weights};
use crate::{WORKING, light};
use signal::{AlphaMode, Colour, Depth, Image, Matrix, Model, PixelFormat, Plane, Transfer};
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// Mixes two pictures of the frame's size; `None` is nothing: clear.
///
/// Two opaque pictures of one format and colour are mixed in their planes: for whatever is linear in
/// coded values that is the same as mixing red, green and blue, and every sample is the nearest code.
/// Others are mixed as premultiplied floats.
pub(super) fn mix(
    from: Option<Arc<Image>>,
    to: Option<Arc<Image>>,
    recipe: &Recipe,
    raster: Raster,
) -> Arc<Image> {
    if let Some(all) = whole(from.as_ref(), to.as_ref(), recipe) {
        return all;
    }
    let is_planar = match (&from, &to) {
        (Some(from), Some(to)) => {
            let one_kind = (from.format, from.colour) == (to.format, to.colour);
            one_kind && !from.format.alpha && can_be_planar(recipe, from)
        }
        _ => false,
    };
    let (Some(from), Some(to), true) = (&from, &to, is_planar) else {
        let sides = [from, to].map(|side| as_floats(side.as_deref(), recipe, raster));
        return Arc::new(planes(&sides[0], &sides[1], recipe));
    };
    Arc::new(planes(from, to, recipe))
}

/// One side itself, where the recipe takes all of it and nothing else.
fn whole(
    from: Option<&Arc<Image>>,
    to: Option<&Arc<Image>>,
    recipe: &Recipe,
) -> Option<Arc<Image>> {
    let side = match recipe {
        Recipe::Even(weights) if (weights.from, weights.to) == (1.0, 0.0) => from,
        Recipe::Even(weights) if (weights.from, weights.to) == (0.0, 1.0) => to,
        Recipe::Shift { from: [0.0, 0.0], .. } => from,
        Recipe::Shift { to: [0.0, 0.0], .. } => to,
        _ => None,
    };
    side.cloned()
}

fn can_be_planar(recipe: &Recipe, image: &Image) -> bool {
    let is_video = light::is_same(image.colour.transfer, WORKING.transfer)
        && image.colour.primaries == WORKING.primaries;
    match recipe {
        Recipe::Even(weights) => !weights.in_light && (weights.colour[3] == 0.0 || is_video),
        Recipe::Mask(_) | Recipe::Shift { .. } => true,
    }
}

/// A side as premultiplied floats, coded or in light as the recipe asks.
fn as_floats(side: Option<&Image>, recipe: &Recipe, raster: Raster) -> Image {
    let in_light = matches!(recipe, Recipe::Even(Weights { in_light: true, .. }));
    let transfer = if in_light { Transfer::Linear } else { WORKING.transfer };
    let colour = Colour { transfer, ..WORKING };
    let Some(side) = side else {
        let bytes = vec![0; raster.width as usize * raster.height as usize * 4];
        let plane = Plane::packed(bytes, raster.width as usize * 4);
        return Image {
            width: raster.width,
            height: raster.height,
            format: PixelFormat::RGBA_F32,
            colour,
            alpha: AlphaMode::Premultiplied,
            planes: vec![plane; 4],
        };
    };
    let image = convert::to(side, PixelFormat::RGBA_F32, colour);
    if side.format.alpha { premultiplied(&image) } else { image }
}

fn premultiplied(image: &Image) -> Image {
    let alpha: Vec<f32> = image.planes[3].bytes().as_chunks::<4>().0.iter().map(float).collect();
    let multiplied = |plane: &Plane| {
        let values = plane.bytes().as_chunks::<4>().0.iter().map(float).zip(&alpha);
        let bytes = values.flat_map(|(value, alpha)| (value * alpha).to_ne_bytes()).collect();
        Plane::packed(bytes, plane.stride())
    };
    let mut planes: Vec<Plane> = image.planes[..3].iter().map(multiplied).collect();
    planes.push(image.planes[3].clone());
    Image { planes, alpha: AlphaMode::Premultiplied, ..image.clone() }
}

fn float(bytes: &[u8; 4]) -> f32 {
    f32::from_ne_bytes(*bytes)
}

/// Mixes plane by plane.
fn planes(from: &Image, to: &Image, recipe: &Recipe) -> Image {
    let planes = (0..from.planes.len()).map(|index| plane(from, to, recipe, index)).collect();
    let alpha = if from.format.alpha { AlphaMode::Premultiplied } else { AlphaMode::Straight };
    Image { alpha, planes, ..from.clone() }
}

fn plane(from: &Image, to: &Image, recipe: &Recipe, index: usize) -> Plane {
    let (width, height) = from.format.plane_size(index, from.width, from.height);
    let (width, height) = (width as usize, height as usize);
    let stride = from.line_bytes(index);
    let mut out = vec![0; stride * height];
    let codes = convert::codes_of(from.format, from.colour, index);
    let mut work = Work { codes, parts: vec![0.0; width] };
    let steps = Sampling::of(from, index);
    let constant = match recipe {
        Recipe::Even(weights) => constant(weights, from, index, codes),
        _ => 0.0,
    };
    for (y, out) in out.chunks_exact_mut(stride.max(1)).enumerate() {
        let line = |image: &Image, y: usize| -> std::ops::Range<usize> {
            let start = y * image.planes[index].stride();
            start..start + stride
        };
        let a = &from.planes[index].bytes()[line(from, y)];
        let b = &to.planes[index].bytes()[line(to, y)];
        match recipe {
            Recipe::Even(weights) => work.even(a, b, weights, constant, out),
            Recipe::Mask(mask) => work.masked(a, b, mask, &steps, y, out),
            Recipe::Shift { from: off, to: on } => {
                shifted(&from.planes[index], *off, (width, height), y, codes.depth, out);
                shifted(&to.planes[index], *on, (width, height), y, codes.depth, out);
            }
        }
    }
    Plane::packed(out, stride)
}

/// What is added to every sample: the share of the third colour, and what the codes' offsets lack.
fn constant(weights: &Weights, image: &Image, index: usize, codes: Codes) -> f64 {
    let [red, green, blue, share] = weights.colour;
    let value = match image.format.model {
        Model::Rgb => [green, blue, red, 1.0][index.min(3)],
        Model::Grey | Model::Yuv { .. } => {
            let (kr, kb) = image.colour.matrix.weights().unwrap_or(DEFAULT);
            let luma = kr * red + (1.0 - kr - kb) * green + kb * blue;
            let chroma = [luma, (blue - luma) / (2.0 - 2.0 * kb), (red - luma) / (2.0 - 2.0 * kr)];
            chroma[index.min(2)]
        }
    };
    let lacking = 1.0 - weights.from - weights.to;
    f64::from(codes.scale) * value * share + f64::from(codes.offset) * lacking
}

/// Luma and chroma that claim to be RGB are taken for BT.709.
const DEFAULT: (f64, f64) = match Matrix::Bt709.weights() {
    Some(weights) => weights,
    None => (0.0, 0.0),
};

/// Where a plane's samples lie in the frame.
struct Sampling {
    steps: Steps,
    first_line: f64,
    line_step: f64,
}

impl Sampling {
    fn of(image: &Image, index: usize) -> Self {
        let (across, down) = match image.format.model {
            Model::Yuv { across, down } if index == 1 || index == 2 => (across, down),
            _ => (0, 0),
        };
        let line_step = f64::from(1_u32 << down);
        let steps = Steps { first: 0.5, step: f64::from(1_u32 << across) };
        Self { steps, first_line: 0.5 * line_step, line_step }
    }
}

struct Work {
    codes: Codes,
    parts: Vec<f32>,
}

impl Work {
    fn even(&self, a: &[u8], b: &[u8], weights: &Weights, constant: f64, out: &mut [u8]) {
        let (from, to, constant) = (weights.from as f32, weights.to as f32, constant as f32);
        match self.codes.depth {
            Depth::U8 => even_bytes(a, b, weights, f64::from(constant), out),
            Depth::F32 => pulp::Arch::new().dispatch(
                #[inline(always)]
                || {
                    let sides = a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0);
                    for (out, (a, b)) in out.as_chunks_mut::<4>().0.iter_mut().zip(sides) {
                        let mixed =
                            f32::from_ne_bytes(*a) * from + f32::from_ne_bytes(*b) * to + constant;
                        *out = mixed.to_ne_bytes();
                    }
                },
            ),
            Depth::U10 | Depth::U12 => {
                even_words(a, b, weights, self.codes.depth, f64::from(constant), out);
            }
            depth => pulp::Arch::new().dispatch(
                #[inline(always)]
                || {
                    let most = ((1_u32 << depth.bits()) - 1) as f32;
                    let sides = a.as_chunks::<2>().0.iter().zip(b.as_chunks::<2>().0);
                    for (out, (a, b)) in out.as_chunks_mut::<2>().0.iter_mut().zip(sides) {
                        let [a, b] = [a, b].map(|code| f32::from(u16::from_ne_bytes(*code)));
                        let mixed = convert::rounded(a * from + b * to + constant, most);
                        *out = (mixed as u16).to_ne_bytes();
                    }
                },
            ),
        }
    }

    fn masked(
        &mut self,
        a: &[u8],
        b: &[u8],
        mask: &Mask,
        sampling: &Sampling,
        y: usize,
        out: &mut [u8],
    ) {
        let place = sampling.first_line + y as f64 * sampling.line_step;
        (mask.0)(place, sampling.steps, &mut self.parts);
        if self.parts.iter().all(|part| *part == 0.0) {
            return out.copy_from_slice(a);
        }
        if self.parts.iter().all(|part| *part == 1.0) {
            return out.copy_from_slice(b);
        }
        let plain = Codes { scale: 1.0, offset: 0.0, ..self.codes };
        let mut from = vec![0.0; self.parts.len()];
        let mut to = from.clone();
        plain.read(a, &mut from);
        plain.read(b, &mut to);
        for ((from, to), part) in from.iter_mut().zip(&to).zip(&self.parts) {
            *from = *from * (1.0 - part) + to * part;
        }
        plain.write(&from, &[0.0; 8], out);
    }
}

/// `a from + b to + constant` on bytes, in 16 bits of fraction.
fn even_bytes(a: &[u8], b: &[u8], weights: &Weights, constant: f64, out: &mut [u8]) {
    let fixed = |value: f64| (value * 65_536.0).round() as i32;
    let (from, to) = (fixed(weights.from), fixed(weights.to));
    let bias = fixed(constant) + 32_768;
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                let sum = (i32::from(*a) * from + i32::from(*b) * to + bias) >> 16;
                *out = sum.clamp(0, 255) as u8;
            }
        },
    );
}

/// Like [`even_bytes`], on 10 and 12 bits.
fn even_words(a: &[u8], b: &[u8], weights: &Weights, depth: Depth, constant: f64, out: &mut [u8]) {
    let fixed = |value: f64| (value * 65_536.0).round() as i32;
    let (from, to) = (fixed(weights.from), fixed(weights.to));
    let bias = fixed(constant) + 32_768;
    let most = (1 << depth.bits()) - 1;
    let (a, b) = (a.as_chunks::<2>().0, b.as_chunks::<2>().0);
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((out, a), b) in out.as_chunks_mut::<2>().0.iter_mut().zip(a).zip(b) {
                let (a, b) = (u16::from_ne_bytes(*a), u16::from_ne_bytes(*b));
                let sum = (i32::from(a) * from + i32::from(b) * to + bias) >> 16;
                *out = (sum.clamp(0, most) as u16).to_ne_bytes();
            }
        },
    );
}

/// Copies what a plane, moved by parts of its size, shows on line `y`.
fn shifted(
    plane: &Plane,
    [right, down]: [f64; 2],
    (width, height): (usize, usize),
    y: usize,
    depth: Depth,
    out: &mut [u8],
) {
    let right = (right * width as f64).round() as i64;
    let down = (down * height as f64).round() as i64;
    let line = y as i64 - down;
    if line < 0 || line >= height as i64 || right.unsigned_abs() as usize >= width {
        return;
    }
    let bytes = depth.bytes();
    let shown = (width - right.unsigned_abs() as usize) * bytes;
    let into = right.max(0) as usize * bytes;
    let start = right.min(0).unsigned_abs() as usize * bytes;
    let source = plane.line(line as usize, width * bytes);
    out[into..into + shown].copy_from_slice(&source[start..start + shown]);
}
