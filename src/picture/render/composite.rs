//! Layers over each other in premultiplied scene-linear light, coded again as BT.709.

use super::geometry::{Geometry, Shape};
use super::line::Line;
use super::lit::Lits;
use super::source::Light;
use super::straight::{Lines, Straight};
use super::turned::Turned;
use crate::picture::blend::{self, Blend};
use crate::picture::convert::{self, Options};
use crate::picture::grade::Grade;
use crate::picture::placement::Placement;
use crate::picture::{WORKING, light};
use crate::signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat};
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// A picture with its place.
pub(super) struct Placed {
    pub(super) image: Arc<Image>,
    pub(super) turn: u16,
    pub(super) aspect: f64,
    pub(super) placement: Placement,
    pub(super) grade: Grade,
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
        let is_plain = self.placement.is_plain() && self.grade.is_empty();
        sized && is_plain && self.turn == 0 && self.aspect == 1.0
    }

    /// Whether nothing below is seen.
    pub(super) fn hides(&self, raster: Raster) -> bool {
        let opaque = !self.image.format.alpha && self.placement.opacity == 1.0;
        opaque && self.placement.blend == Blend::Normal && self.geometry(raster).covers(raster)
    }

    fn light(&self) -> Light<'_> {
        Light::of(&self.image, &self.grade)
    }
}

/// A layer that is ready to give lines.
enum Ready<'a> {
    Straight(Box<Straight>, &'a Placed),
    Turned(Turned, &'a Placed),
}

enum Reading<'a> {
    Straight(Box<Lines<'a>>, &'a Placed),
    Turned(&'a Turned, &'a Placed),
}

/// What the lines of a composite are: display-coded BT.709, in floats.
fn like(raster: Raster, is_opaque: bool) -> Image {
    Image {
        width: raster.width,
        height: raster.height,
        format: PixelFormat { model: Model::Rgb, alpha: !is_opaque, depth: Depth::F32 },
        colour: WORKING,
        alpha: AlphaMode::Straight,
        planes: Vec::new(),
    }
}

/// Lays `layers` over each other, the first at the bottom: a picture in `form`, or in floats as the
/// work was done, if none is given.
pub(super) fn composite(
    layers: &[Placed],
    raster: Raster,
    form: Option<(PixelFormat, Colour)>,
    lits: &Lits,
    shared: bool,
) -> Image {
    lits.tidy();
    let prepare = |layer| prepare(layer, raster, lits, shared);
    let ready: Vec<Ready<'_>> = layers.iter().filter_map(prepare).collect();
    let is_opaque = layers.first().is_some_and(|layer| layer.hides(raster));
    let like = like(raster, is_opaque);
    let form = form.unwrap_or((like.format, like.colour));
    let options = Options { shared, ..Options::default() };
    convert::made(&like, || Canvas::new(&ready, is_opaque), form, options)
}

fn prepare<'a>(layer: &'a Placed, raster: Raster, lits: &Lits, shared: bool) -> Option<Ready<'a>> {
    let geometry = layer.geometry(raster);
    if geometry.is_nothing() {
        return None;
    }
    if geometry.is_straight() {
        let width = layer.image.width as usize;
        let straight = Box::new(Straight::new(&geometry, width, raster));
        return Some(Ready::Straight(straight, layer));
    }
    Some(Ready::Turned(Turned::new(&geometry, layer, lits, shared), layer))
}

/// The frame, a line at a time.
struct Canvas<'a> {
    layers: Vec<Reading<'a>>,
    is_opaque: bool,
    line: Line,
}

impl<'a> Canvas<'a> {
    fn new(ready: &'a [Ready<'a>], is_opaque: bool) -> Self {
        Self { layers: ready.iter().map(Ready::read).collect(), is_opaque, line: Line::default() }
    }

    /// Lays every layer's line `y` over those below it.
    fn lay(&mut self, y: usize, channels: &mut [&mut [f32]; 4]) {
        let Self { layers, line, .. } = self;
        let width = channels[0].len();
        let mut fresh = false;
        for (index, layer) in layers.iter_mut().enumerate() {
            let start = layer.line(y, width, line);
            if index == 0 && self.is_opaque && start == Some(0) && line.length() == width {
                for (out, line) in channels.iter_mut().zip(line.shown()).take(3) {
                    out.copy_from_slice(line);
                }
                fresh = true;
                continue;
            }
            if !std::mem::replace(&mut fresh, true) {
                channels.iter_mut().for_each(|channel| channel.fill(0.0));
            }
            if let Some(start) = start {
                let Placement { opacity, blend, .. } = layer.placement();
                let below = channels.each_mut().map(|out| &mut out[start..start + line.length()]);
                blend::lay(line.shown(), below, opacity as f32, blend);
            }
        }
        if !fresh {
            channels.iter_mut().for_each(|channel| channel.fill(0.0));
        }
    }
}

impl convert::Lines for Canvas<'_> {
    fn line(&mut self, y: usize, mut channels: [&mut [f32]; 4]) {
        self.lay(y, &mut channels);
        let [red, green, blue, alpha] = channels;
        if self.is_opaque {
            alpha.fill(1.0);
        } else {
            for channel in [&mut *red, &mut *green, &mut *blue] {
                straighten(channel, alpha);
            }
        }
        for channel in [red, green, blue] {
            light::encode(WORKING.transfer, channel);
        }
    }
}

impl Ready<'_> {
    fn read(&self) -> Reading<'_> {
        match self {
            Self::Straight(straight, placed) => {
                Reading::Straight(Box::new(straight.lines(placed.light())), placed)
            }
            Self::Turned(turned, placed) => Reading::Turned(turned, placed),
        }
    }
}

impl Reading<'_> {
    const fn placement(&self) -> Placement {
        match self {
            Self::Straight(_, placed) | Self::Turned(_, placed) => placed.placement,
        }
    }

    /// Line `y` of the frame and where it starts; `None` where the layer shows nothing.
    fn line(&mut self, y: usize, width: usize, out: &mut Line) -> Option<usize> {
        match self {
            Self::Straight(lines, _) => lines.line(y, out),
            Self::Turned(turned, _) => {
                turned.line(y, width, out);
                Some(0)
            }
        }
    }
}

/// Colour as if opaque; what is clear keeps its colour.
fn straighten(channel: &mut [f32], alpha: &[f32]) {
    for (value, alpha) in channel.iter_mut().zip(alpha) {
        *value = if *alpha > 0.0 { *value / alpha } else { *value };
    }
}
