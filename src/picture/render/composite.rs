//! Layers over each other in premultiplied scene-linear light, coded again as BT.709.

use super::geometry::{Geometry, Shape};
use super::homography::Homography;
use super::line::Line;
use super::lit::Lits;
use super::soft::Softness;
use super::source::{Light, lent};
use super::straight::{Lines, Straight};
use super::turned::Turned;
use super::warped::Warped;
use crate::blend::{self, Blend};
use crate::canvas::straighten;
use crate::convert::{self, Options};
use crate::grade::{Grade, Space};
use crate::placement::Placement;
use crate::{WORKING, light};
use signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat};
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// A picture with its place.
pub(super) struct Placed {
    pub(super) image: Arc<Image>,
    pub(super) turn: u16,
    pub(super) aspect: f64,
    pub(super) placement: Placement,
    /// Where it is while the shutter is open.
    pub(super) motion: Vec<Placement>,
    pub(super) grade: Grade,
    /// What the picture is made of line by line, as large as the frame: `image` has no planes then.
    pub(super) laid: Vec<Self>,
}

impl Placed {
    /// A picture as it lies in its own frame.
    pub(super) fn whole(image: Image) -> Self {
        Self::of(Arc::new(image))
    }

    /// The same of a picture that is shared.
    pub(super) fn of(image: Arc<Image>) -> Self {
        let (placement, motion, grade) = (Placement::default(), Vec::new(), Grade::default());
        Self { image, turn: 0, aspect: 1.0, placement, motion, grade, laid: Vec::new() }
    }

    /// Layers over each other, as large as the frame, that are lines and never a whole picture.
    pub(super) fn of_layers(layers: Vec<Self>, raster: Raster) -> Self {
        let image = Arc::new(like(raster, is_opaque(&layers, raster)));
        Self { laid: layers, ..Self::of(image) }
    }

    pub(super) fn shape(&self) -> Shape {
        let size = [self.image.width, self.image.height];
        Shape { size, turn: self.turn, aspect: self.aspect }
    }

    pub(super) fn geometry(&self, raster: Raster) -> Geometry {
        Geometry::of(self.shape(), &self.placement, raster)
    }

    /// The same picture at another place, with the shutter closed.
    fn at(&self, placement: Placement) -> Self {
        let (image, grade) = (Arc::clone(&self.image), self.grade.clone());
        let Self { turn, aspect, .. } = *self;
        Self { image, turn, aspect, placement, motion: Vec::new(), grade, laid: Vec::new() }
    }

    /// Whether the picture is shown as it is.
    pub(super) fn is_untouched(&self, raster: Raster) -> bool {
        let sized = (self.image.width, self.image.height) == (raster.width, raster.height);
        let is_still = self.placement.is_plain() && self.motion.is_empty();
        let is_plain = is_still && self.grade.is_empty();
        sized && is_plain && self.turn == 0 && self.aspect == 1.0 && self.laid.is_empty()
    }

    /// Whether nothing below is seen.
    pub(super) fn hides(&self, raster: Raster) -> bool {
        let opaque = !self.image.format.alpha && self.placement.opacity == 1.0;
        let placement = &self.placement;
        let is_sharp = placement.crop_soft == 0.0 || placement.crop == [0.0; 4];
        let is_plain = is_sharp && !placement.is_pinned() && placement.blend == Blend::Normal;
        let covers =
            |placement: &Placement| Geometry::of(self.shape(), placement, raster).covers(raster);
        let is_moving = self.motion.iter().any(|it| it.is_pinned() || !covers(it));
        opaque && is_plain && !is_moving && covers(placement)
    }

    /// Whether it is an opaque picture that nothing mixes with.
    fn is_whole(&self) -> bool {
        let Placement { opacity, blend, .. } = self.placement;
        !self.image.format.alpha && opacity == 1.0 && blend == Blend::Normal
    }
}

/// Layers that are ready to give lines.
struct Prepared<'a> {
    ready: Vec<Ready<'a>>,
    is_opaque: bool,
}

/// A layer that is ready to give lines.
struct Ready<'a> {
    placed: &'a Placed,
    /// What its picture is made of, if it is never whole.
    laid: Option<Prepared<'a>>,
    /// One, or as many as there are moments of it.
    ways: Vec<(Way, Option<Softness>)>,
}

/// How a picture comes to its place.
enum Way {
    Straight(Box<Straight>),
    Turned(Turned),
    Warped(Box<Warped>),
}

/// A layer that gives lines.
struct Reading<'a> {
    placement: Placement,
    ways: Vec<(Moving<'a>, Option<&'a Softness>)>,
    line: Line,
}

enum Moving<'a> {
    Straight(Box<Lines<'a>>),
    Turned(&'a Turned),
    Warped(&'a Warped),
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
    let prepared = Prepared::of(layers, raster, lits, shared);
    let like = like(raster, prepared.is_opaque);
    let form = form.unwrap_or((like.format, like.colour));
    let options = Options { shared, ..Options::default() };
    convert::made(&like, || prepared.canvas(), form, options)
}

/// Whether nothing of a frame is clear where `layers` lie over each other.
fn is_opaque(layers: &[Placed], raster: Raster) -> bool {
    layers.first().is_some_and(|layer| layer.hides(raster))
}

impl<'a> Prepared<'a> {
    fn of(layers: &'a [Placed], raster: Raster, lits: &Lits, shared: bool) -> Self {
        let prepare = |layer| prepare(layer, raster, lits, shared);
        let ready = layers.iter().filter_map(prepare).collect();
        Self { ready, is_opaque: is_opaque(layers, raster) }
    }

    fn canvas(&self) -> Canvas<'_> {
        let whole = match &self.ready[..] {
            [only] if self.is_opaque => only.whole(),
            _ => None,
        };
        let layers = match whole {
            Some(_) => Vec::new(),
            None => self.ready.iter().map(Ready::read).collect(),
        };
        Canvas { layers, whole, is_opaque: self.is_opaque, line: Line::default() }
    }
}

fn prepare<'a>(layer: &'a Placed, raster: Raster, lits: &Lits, shared: bool) -> Option<Ready<'a>> {
    let way = |placed: &Placed| way_of(placed, raster, lits, shared);
    let ways: Vec<_> = if layer.motion.is_empty() {
        way(layer).into_iter().collect()
    } else {
        layer.motion.iter().filter_map(|placement| way(&layer.at(*placement))).collect()
    };
    let is_laid = !layer.laid.is_empty();
    let laid = is_laid.then(|| Prepared::of(&layer.laid, raster, lits, shared));
    (!ways.is_empty()).then_some(Ready { placed: layer, laid, ways })
}

fn way_of(
    placed: &Placed,
    raster: Raster,
    lits: &Lits,
    shared: bool,
) -> Option<(Way, Option<Softness>)> {
    let geometry = placed.geometry(raster);
    if geometry.is_nothing() {
        return None;
    }
    let way = if placed.placement.is_pinned() {
        let way = Homography::of(placed.shape(), &geometry, &placed.placement)?;
        Way::Warped(Box::new(Warped::new((&geometry, way), placed, lits, shared)))
    } else if geometry.is_straight() {
        let width = placed.image.width as usize;
        Way::Straight(Box::new(Straight::new(&geometry, width, raster)))
    } else {
        Way::Turned(Turned::new(&geometry, placed, lits, shared))
    };
    Some((way, Softness::of(placed, &geometry)))
}

/// The frame, a line at a time.
struct Canvas<'a> {
    layers: Vec<Reading<'a>>,
    /// Coded lines of the one layer, where it shows all of the frame by itself: there are no others then.
    whole: Option<Box<Light<'a>>>,
    is_opaque: bool,
    line: Line,
}

impl Canvas<'_> {
    /// Lays every layer's line `y` over those below it.
    fn lay(&mut self, y: usize, channels: &mut [&mut [f32]; 4]) {
        let width = channels[0].len();
        let is_begun = self.is_opaque && self.begin(y, channels);
        if !is_begun {
            channels.iter_mut().for_each(|channel| channel.fill(0.0));
        }
        let Self { layers, line, .. } = self;
        let lay = if is_begun { blend::lay_on_opaque } else { blend::lay };
        for layer in layers.iter_mut().skip(usize::from(is_begun)) {
            if is_begun && layer.lay(y, channels) {
                continue;
            }
            let Some(start) = layer.line(y, width, line) else { continue };
            let Placement { opacity, blend, .. } = layer.placement;
            let below = channels.each_mut().map(|out| &mut out[start..start + line.length()]);
            lay(line.shown(), below, opacity as f32, blend);
        }
    }

    /// Has the lowest layer, which hides what is below, be line `y`; whether it is as wide as that.
    fn begin(&mut self, y: usize, channels: &mut [&mut [f32]; 4]) -> bool {
        let Some(lowest) = self.layers.first_mut() else { return false };
        let (width, line) = (channels[0].len(), &mut self.line);
        if !lowest.fill(y, channels) {
            if lowest.line(y, width, line) != Some(0) || line.length() != width {
                return false;
            }
            for (out, line) in channels.iter_mut().zip(line.shown()).take(3) {
                out.copy_from_slice(line);
            }
        }
        channels[3].fill(1.0);
        true
    }
}

impl convert::Lines for Canvas<'_> {
    fn line(&mut self, y: usize, mut channels: [&mut [f32]; 4]) {
        if let Some(whole) = &mut self.whole {
            return whole.line(y, channels);
        }
        self.lay(y, &mut channels);
        let [red, green, blue, alpha] = channels;
        if !self.is_opaque {
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
        let ways = self.ways.iter().map(|(way, soft)| (self.moving(way), soft.as_ref())).collect();
        Reading { placement: self.placed.placement, ways, line: Line::default() }
    }

    fn moving<'a>(&'a self, way: &'a Way) -> Moving<'a> {
        match way {
            Way::Straight(straight) => {
                Moving::Straight(Box::new(straight.lines(self.light(Space::Light))))
            }
            Way::Turned(turned) => Moving::Turned(turned),
            Way::Warped(warped) => Moving::Warped(warped),
        }
    }

    fn light(&self, space: Space) -> Light<'_> {
        let Placed { image, grade, .. } = self.placed;
        match &self.laid {
            Some(laid) => Light::made(Box::new(laid.canvas()), image, grade, space),
            None => Light::to(image, grade, space),
        }
    }

    /// Coded lines of the frame, if this, which covers it, shows its lines as they are.
    fn whole(&self) -> Option<Box<Light<'_>>> {
        let is_all = match &self.ways[..] {
            [(Way::Straight(straight), None)] => straight.is_identity(),
            _ => false,
        };
        (is_all && self.placed.is_whole()).then(|| Box::new(self.light(Space::Display)))
    }
}

impl Reading<'_> {
    /// Line `y` of the frame at once into it, where the layer is all of it as it is; whether it is.
    fn fill(&mut self, y: usize, channels: &mut [&mut [f32]; 4]) -> bool {
        match &mut self.ways[..] {
            [(Moving::Straight(lines), None)] => lines.fill(y, lent(channels)),
            _ => false,
        }
    }

    /// Lays line `y` at once over lines of which nothing is clear, where the layer is codes that are only looked up;
    /// whether it is.
    fn lay(&self, y: usize, channels: &mut [&mut [f32]; 4]) -> bool {
        let Placement { opacity, blend, .. } = self.placement;
        match &self.ways[..] {
            [(Moving::Straight(lines), None)] if blend == Blend::Normal => {
                let [red, green, blue, _] = lent(channels);
                lines.lay(y, [red, green, blue], opacity as f32)
            }
            _ => false,
        }
    }

    /// Line `y` of the frame and where it starts; `None` where the layer shows nothing.
    fn line(&mut self, y: usize, width: usize, out: &mut Line) -> Option<usize> {
        if let [only] = &mut self.ways[..] {
            return only.0.line((y, only.1), width, out);
        }
        out.set_length(width);
        out.shown_mut().into_iter().for_each(|channel| channel.fill(0.0));
        let part = 1.0 / self.ways.len() as f32;
        for (way, soft) in &mut self.ways {
            let Some(start) = way.line((y, *soft), width, &mut self.line) else { continue };
            for (sum, line) in out.shown_mut().into_iter().zip(self.line.shown()) {
                let both = sum[start..].iter_mut().zip(line);
                both.for_each(|(sum, value)| *sum += part * value);
            }
        }
        Some(0)
    }
}

impl Moving<'_> {
    fn line(
        &mut self,
        (y, soft): (usize, Option<&Softness>),
        width: usize,
        out: &mut Line,
    ) -> Option<usize> {
        let start = match self {
            Self::Straight(lines) => lines.line(y, out)?,
            Self::Turned(turned) => {
                turned.line(y, width, out);
                0
            }
            Self::Warped(warped) => {
                warped.line(y, width, out);
                0
            }
        };
        if let Some(soft) = soft {
            soft.soften(y, start, out);
        }
        Some(start)
    }
}
