//! Layers over each other in premultiplied scene-linear light, coded again as BT.709.

use super::geometry::{Geometry, Shape};
use super::source::{Light, Pixel};
use super::straight::{Lines, Straight};
use super::turned::Turned;
use crate::picture::blend::{self, Blend};
use crate::picture::placement::Placement;
use crate::picture::{WORKING, light};
use crate::signal::{AlphaMode, Depth, Image, Model, PixelFormat, Plane};
use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// A picture with its place.
pub(super) struct Placed {
    pub(super) image: Arc<Image>,
    pub(super) turn: u16,
    pub(super) aspect: f64,
    pub(super) placement: Placement,
}

impl Placed {
    pub(super) fn geometry(&self, raster: Raster) -> Geometry {
        let size = [self.image.width, self.image.height];
        let shape = Shape { size, turn: self.turn, aspect: self.aspect };
        Geometry::of(shape, &self.placement, raster)
    }

    /// Whether the picture is shown as it is.
    pub(super) fn is_untouched(&self, raster: Raster) -> bool {
        let sized = (self.image.width, self.image.height) == (raster.width, raster.height);
        sized && self.placement.is_plain() && self.turn == 0 && self.aspect == 1.0
    }

    /// Whether nothing below is seen.
    pub(super) fn hides(&self, raster: Raster) -> bool {
        let opaque = !self.image.format.alpha && self.placement.opacity == 1.0;
        opaque && self.placement.blend == Blend::Normal && self.geometry(raster).covers(raster)
    }

    fn light(&self) -> Light<'_> {
        Light::of(&self.image)
    }
}

/// A layer that is ready to give lines.
enum Ready<'a> {
    Straight(Straight, &'a Placed),
    Turned(Turned, &'a Placed),
}

enum Reading<'a> {
    Straight(Box<Lines<'a>>, &'a Placed),
    Turned(&'a Turned, &'a Placed),
}

/// Lays `layers` over each other, the first at the bottom; in bands of `band` lines, by the pool of
/// threads if there is more than one.
pub(super) fn composite(layers: &[Placed], raster: Raster, band: usize) -> Image {
    let ready: Vec<Ready<'_>> = layers.iter().filter_map(|layer| prepare(layer, raster)).collect();
    let is_opaque = layers.first().is_some_and(|layer| layer.hides(raster));
    let count = if is_opaque { 3 } else { 4 };
    let (width, height) = (raster.width as usize, raster.height as usize);
    let mut planes: Vec<Vec<u8>> = (0..count).map(|_| vec![0; width * height * 4]).collect();
    let mut bands: Vec<Vec<&mut [u8]>> = (0..height.div_ceil(band)).map(|_| Vec::new()).collect();
    for plane in &mut planes {
        for (band, part) in bands.iter_mut().zip(plane.chunks_mut(band * width * 4)) {
            band.push(part);
        }
    }
    let fill = |(index, planes): (usize, Vec<&mut [u8]>)| {
        fill_band(&ready, width, index * band, planes);
    };
    if bands.len() > 1 {
        bands.into_par_iter().enumerate().for_each(fill);
    } else {
        bands.into_iter().enumerate().for_each(fill);
    }
    Image {
        width: raster.width,
        height: raster.height,
        format: PixelFormat { model: Model::Rgb, alpha: !is_opaque, depth: Depth::F32 },
        colour: WORKING,
        alpha: AlphaMode::Straight,
        planes: planes.into_iter().map(|plane| Plane::packed(plane, width * 4)).collect(),
    }
}

fn prepare(layer: &Placed, raster: Raster) -> Option<Ready<'_>> {
    let geometry = layer.geometry(raster);
    if geometry.is_nothing() {
        return None;
    }
    let size = [layer.image.width, layer.image.height];
    if geometry.is_straight() {
        return Some(Ready::Straight(Straight::new(&geometry, size[0] as usize, raster), layer));
    }
    Some(Ready::Turned(Turned::new(&geometry, size, layer.light()), layer))
}

fn fill_band(ready: &[Ready<'_>], width: usize, first: usize, mut planes: Vec<&mut [u8]>) {
    let mut layers: Vec<Reading<'_>> = ready
        .iter()
        .map(|layer| match layer {
            Ready::Straight(straight, placed) => {
                Reading::Straight(Box::new(straight.lines(placed.light())), placed)
            }
            Ready::Turned(turned, placed) => Reading::Turned(turned, placed),
        })
        .collect();
    let lines = planes[0].len() / (width * 4);
    let mut canvas = vec![[0.0; 4]; width];
    let mut line = Vec::new();
    let mut coder = Coder { channels: std::array::from_fn(|_| vec![0.0; width]) };
    for row in 0..lines {
        canvas.fill([0.0; 4]);
        for layer in &mut layers {
            let (start, placed) = match layer {
                Reading::Straight(lines, placed) => (lines.line(first + row, &mut line), *placed),
                Reading::Turned(turned, placed) => {
                    turned.line(first + row, width, &mut line);
                    (Some(0), *placed)
                }
            };
            if let Some(start) = start {
                let Placement { opacity, blend, .. } = placed.placement;
                let below = &mut canvas[start..start + line.len()];
                pulp::Arch::new().dispatch(|| blend::lay(&line, below, opacity as f32, blend));
            }
        }
        coder.write(&canvas, &mut planes, row);
    }
}

/// From premultiplied light to straight coded planes.
struct Coder {
    channels: [Vec<f32>; 4],
}

/// Colour as if opaque; what is clear keeps its colour.
#[inline(always)]
fn straighten(channel: &mut [f32], alpha: &[f32]) {
    for (value, alpha) in channel.iter_mut().zip(alpha) {
        *value = if *alpha > 0.0 { *value / alpha } else { *value };
    }
}

impl Coder {
    fn write(&mut self, canvas: &[Pixel], planes: &mut [&mut [u8]], row: usize) {
        let [red, green, blue, alpha] = &mut self.channels;
        let has_alpha = planes.len() == 4;
        pulp::Arch::new().dispatch(|| {
            for (x, pixel) in canvas.iter().enumerate() {
                [red[x], green[x], blue[x], alpha[x]] = *pixel;
            }
            if has_alpha {
                for channel in [&mut *red, &mut *green, &mut *blue] {
                    straighten(channel, alpha);
                }
            }
        });
        for channel in [&mut *red, &mut *green, &mut *blue] {
            light::encode(WORKING.transfer, channel);
        }
        let order = [&*green, &*blue, &*red, &*alpha];
        for (plane, values) in planes.iter_mut().zip(order) {
            let bytes = values.len() * 4;
            let out = plane[row * bytes..][..bytes].as_chunks_mut::<4>().0;
            for (out, value) in out.iter_mut().zip(values) {
                *out = value.to_ne_bytes();
            }
        }
    }
}
