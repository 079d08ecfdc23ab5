//! Paints of a text over each other: box, shadow, outline, letters.

use super::blur;
use super::colour::{self, Sheet};
use super::coverage::{Area, Coverage};
use super::distance;
use super::motion::Motion;
use super::outlines::{self, Place};
use super::shape::{Laid, Line};
use super::style::Style;
use crate::{WORKING, light};
use rayon::prelude::*;
use signal::{AlphaMode, Image, PixelFormat, Plane, Transfer};
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// A text in its place: its top left corner, in pixels of the raster.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) laid: Arc<Laid>,
    pub(crate) origin: [f64; 2],
}

/// A box that is painted as letters are: left, top, right, bottom.
pub(crate) fn bar([left, top, right, bottom]: [f64; 4]) -> Block {
    let (right, bottom) = ((right - left) as f32, (bottom - top) as f32);
    let line = Line { left: 0.0, right, top: 0.0, bottom, baseline: bottom };
    let bars = vec![([0.0, 0.0, right, bottom], 0)];
    let laid = Laid { lines: vec![line], bars, width: right, height: bottom, ..Laid::default() };
    Block { laid: Arc::new(laid), origin: [left, top] }
}

/// Red, green, blue, multiplied by alpha, and alpha, of one pixel.
type Pixel = [f32; 4];

/// The picture of texts in one look, as a moment has them. What is clear is clear.
pub(crate) fn picture(blocks: &[Block], style: &Style, motion: &Motion, raster: Raster) -> Image {
    painted(&[(blocks, style)], motion, raster)
}

/// The picture of texts in several looks, later ones over earlier ones.
pub(crate) fn painted(parts: &[(&[Block], &Style)], motion: &Motion, raster: Raster) -> Image {
    let all: Vec<&Block> = parts.iter().flat_map(|(blocks, _)| *blocks).collect();
    let centre = centre(&all);
    let mut painter = Painter::new(raster);
    parts.iter().for_each(|(blocks, style)| painter.about(blocks, style, (motion, centre)));
    painter.finish()
}

/// Lays texts over each other.
pub(super) struct Painter(Canvas);

impl Painter {
    /// Nothing is there yet.
    pub(super) fn new(raster: Raster) -> Self {
        Self(Canvas::new(raster))
    }

    /// Lays texts in one look that move about their own middle.
    pub(super) fn paint(&mut self, blocks: &[Block], style: &Style, motion: &Motion) {
        let all: Vec<&Block> = blocks.iter().collect();
        self.about(blocks, style, (motion, centre(&all)));
    }

    fn about(&mut self, blocks: &[Block], style: &Style, (motion, centre): (&Motion, [f64; 2])) {
        let blocks: Vec<(&Block, Place)> =
            blocks.iter().map(|block| (block, place(block, centre, motion))).collect();
        Paints { style, motion, blocks: &blocks }.paint(&mut self.0);
    }

    /// The picture.
    pub(super) fn finish(self) -> Image {
        self.0.finish()
    }
}

fn centre(blocks: &[&Block]) -> [f64; 2] {
    let bounds =
        bounds(blocks.iter().map(|block| (*block, Place { origin: block.origin, scale: 1.0 })));
    [0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3])]
}

fn place(block: &Block, centre: [f64; 2], motion: &Motion) -> Place {
    let to = |axis: usize| {
        centre[axis] + (block.origin[axis] - centre[axis]) * motion.scale + motion.shift[axis]
    };
    Place { origin: [to(0), to(1)], scale: motion.scale }
}

/// Left, top, right and bottom of the lines of texts.
fn bounds<'a>(blocks: impl Iterator<Item = (&'a Block, Place)>) -> [f64; 4] {
    let mut all = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for (block, place) in blocks {
        for line in &block.laid.lines {
            let [left, top] = place.of(f64::from(line.left), f64::from(line.top));
            let [right, bottom] = place.of(f64::from(line.right), f64::from(line.bottom));
            all = [all[0].min(left), all[1].min(top), all[2].max(right), all[3].max(bottom)];
        }
    }
    if all[0] > all[2] { [0.0; 4] } else { all }
}

/// What is painted in one look.
struct Paints<'a> {
    style: &'a Style,
    motion: &'a Motion,
    blocks: &'a [(&'a Block, Place)],
}

impl Paints<'_> {
    fn paint(&self, canvas: &mut Canvas) {
        let Some(part) = self.part(canvas.raster) else { return };
        let style = self.style;
        if style.box_colour[3] > 0.0 {
            let mut area = Area::new(part);
            area.rectangle(self.frame());
            canvas.lay(&self.softened(area.finish()), style.box_colour, self.motion.opacity);
        }
        let ink = self.softened(self.ink(part));
        let pictures = self.pictures(part).map(|it| it.softened(self.motion.blur));
        let shape = pictures.as_ref().map(|it| joined(&ink, &it.coverage()));
        let shape = shape.as_ref().unwrap_or(&ink);
        let has_outline = style.outline > 0.0 && style.outline_colour[3] > 0.0;
        let width = style.outline * self.motion.scale;
        let outline = has_outline.then(|| distance::grown(shape, width));
        if style.shadow_colour[3] > 0.0 {
            let shape = shifted(outline.as_ref().unwrap_or(shape), style.shadow);
            let shadow = blur::soft(&shape, style.shadow_blur);
            canvas.lay(&shadow, style.shadow_colour, self.motion.opacity);
        }
        if let Some(outline) = &outline {
            canvas.lay(outline, style.outline_colour, self.motion.opacity);
        }
        canvas.lay(&ink, style.colour, self.motion.opacity);
        if let Some(pictures) = &pictures {
            canvas.lay_sheet(pictures, style.colour[3] * self.motion.opacity as f32);
        }
    }

    /// The glyphs that have colours of their own, in light.
    fn pictures(&self, part: [i64; 4]) -> Option<Sheet> {
        let is_coloured = self.blocks.iter().any(|(block, _)| block.laid.is_coloured());
        is_coloured.then(|| {
            let mut sheet = Sheet::new(part);
            for (block, place) in self.blocks {
                let end = written(&block.laid, self.motion.written);
                colour::draw(&block.laid, *place, |byte| byte < end, self.style.colour, &mut sheet);
            }
            sheet
        })
    }

    /// The part of the raster, and of what is about it, on which something of it falls.
    fn part(&self, raster: Raster) -> Option<[i64; 4]> {
        let [left, top, right, bottom] =
            bounds(self.blocks.iter().map(|(block, place)| (*block, *place)));
        let reach = self.style.reach() + blur::reach(self.motion.blur);
        let ink = reach + f64::from(self.style.wanted.size) * self.motion.scale;
        let far = reach.ceil() as i64;
        let (width, height) = (i64::from(raster.width), i64::from(raster.height));
        let part = [
            ((left - ink).floor() as i64).max(-far),
            ((top - ink).floor() as i64).max(-far),
            ((right + ink).ceil() as i64).min(width + far),
            ((bottom + ink).ceil() as i64).min(height + far),
        ];
        (part[0] < part[2] && part[1] < part[3]).then_some(part)
    }

    fn frame(&self) -> [f64; 4] {
        let [left, top, right, bottom] =
            bounds(self.blocks.iter().map(|(block, place)| (*block, *place)));
        let round = self.style.padding * self.motion.scale;
        [left - round, top - 0.5 * round, right + round, bottom + 0.5 * round]
    }

    fn ink(&self, part: [i64; 4]) -> Coverage {
        let mut area = Area::new(part);
        for (block, place) in self.blocks {
            let end = written(&block.laid, self.motion.written);
            outlines::draw(&block.laid, *place, |byte| byte < end, &mut area);
            for (bar, byte) in &block.laid.bars {
                if *byte < end {
                    let [left, top, right, bottom] = bar.map(f64::from);
                    let ([left, top], [right, bottom]) =
                        (place.of(left, top), place.of(right, bottom));
                    area.rectangle([left, top, right, bottom]);
                }
            }
        }
        area.finish()
    }

    fn softened(&self, coverage: Coverage) -> Coverage {
        if self.motion.blur > 0.0 { blur::soft(&coverage, self.motion.blur) } else { coverage }
    }
}

/// The byte before which a text is written, so many of its letters being there.
fn written(laid: &Laid, part: f64) -> usize {
    if part >= 1.0 {
        return usize::MAX;
    }
    let mut letters: Vec<usize> = laid.glyphs.iter().map(|glyph| glyph.byte).collect();
    letters.sort_unstable();
    letters.dedup();
    let count = (part * letters.len() as f64).ceil() as usize;
    letters.get(count).copied().unwrap_or(usize::MAX)
}

/// What either of two coverages of one part covers.
fn joined(one: &Coverage, other: &Coverage) -> Coverage {
    let either = |(one, other): (&f32, &f32)| one + other - one * other;
    let values = one.values.iter().zip(&other.values).map(either).collect();
    Coverage { values, ..*one }
}

/// A coverage moved by parts of pixels: what it covers stays the same.
fn shifted(coverage: &Coverage, by: [f64; 2]) -> Coverage {
    let whole = by.map(|side| side.floor() as i64);
    let [right, down] = [0, 1].map(|axis| (by[axis] - whole[axis] as f64) as f32);
    let at = |x: i64, y: i64| {
        let is_in = x >= 0 && y >= 0 && x < coverage.width as i64 && y < coverage.height as i64;
        if is_in { coverage.values[y as usize * coverage.width + x as usize] } else { 0.0 }
    };
    let mut values = Vec::with_capacity(coverage.values.len());
    for y in 0..coverage.height as i64 {
        for x in 0..coverage.width as i64 {
            let (x, y) = (x - whole[0], y - whole[1]);
            let above = at(x, y - 1) * (1.0 - right) + at(x - 1, y - 1) * right;
            let here = at(x, y) * (1.0 - right) + at(x - 1, y) * right;
            values.push(here * (1.0 - down) + above * down);
        }
    }
    Coverage { values, ..*coverage }
}

/// A raster of premultiplied light.
struct Canvas {
    raster: Raster,
    pixels: Vec<Pixel>,
    /// The lines that anything was laid on.
    used: std::ops::Range<usize>,
}

impl Canvas {
    fn new(raster: Raster) -> Self {
        let pixels = vec![[0.0; 4]; raster.width as usize * raster.height as usize];
        Self { raster, pixels, used: 0..0 }
    }

    /// The pixels on which a line of a part of the raster falls, and the first of its values that does.
    fn line(&mut self, [left, y]: [i64; 2], count: usize) -> Option<(&mut [Pixel], usize)> {
        let (width, height) = (self.raster.width as usize, self.raster.height as usize);
        let from = left.clamp(0, width as i64) as usize;
        let skipped = (from as i64 - left) as usize;
        if y < 0 || y >= height as i64 || skipped >= count {
            return None;
        }
        let y = y as usize;
        self.used = if self.used.is_empty() {
            y..y + 1
        } else {
            self.used.start.min(y)..self.used.end.max(y + 1)
        };
        Some((&mut self.pixels[y * width + from..(y + 1) * width], skipped))
    }

    /// Lays light over what is there.
    fn lay_sheet(&mut self, sheet: &Sheet, opacity: f32) {
        for line in 0..sheet.height {
            let start = line * sheet.width;
            let place = [sheet.left, sheet.top + line as i64];
            let Some((pixels, skipped)) = self.line(place, sheet.width) else { continue };
            for (pixel, index) in pixels.iter_mut().zip(start + skipped..start + sheet.width) {
                let [red, green, blue, alpha] =
                    sheet.planes.each_ref().map(|plane| plane[index] * opacity);
                for (own, laid) in pixel.iter_mut().zip([red, green, blue, alpha]) {
                    *own = *own * (1.0 - alpha) + laid;
                }
            }
        }
    }

    /// Lays a colour over what is there.
    fn lay(&mut self, coverage: &Coverage, [red, green, blue, alpha]: [f32; 4], opacity: f64) {
        let alpha = alpha * opacity as f32;
        let width = coverage.width.max(1);
        for (line, values) in coverage.values.chunks_exact(width).enumerate() {
            let place = [coverage.left, coverage.top + line as i64];
            let Some((pixels, skipped)) = self.line(place, values.len()) else { continue };
            for (pixel, covered) in pixels.iter_mut().zip(&values[skipped..]) {
                let alpha = covered * alpha;
                let kept = 1.0 - alpha;
                let colour = [red * alpha, green * alpha, blue * alpha, alpha];
                for (own, laid) in pixel.iter_mut().zip(colour) {
                    *own = *own * kept + laid;
                }
            }
        }
    }

    /// The picture: display-coded, its colour as if opaque.
    fn finish(self) -> Image {
        let (width, height) = (self.raster.width, self.raster.height);
        let row = width as usize * 4;
        let mut planes: [Vec<u8>; 4] = std::array::from_fn(|_| vec![0; row * height as usize]);
        let used = self.used.clone();
        let lines = self.pixels.par_chunks_exact(width as usize);
        let [green, blue, red, alpha] = &mut planes;
        lines
            .zip(green.par_chunks_exact_mut(row))
            .zip(blue.par_chunks_exact_mut(row))
            .zip(red.par_chunks_exact_mut(row))
            .zip(alpha.par_chunks_exact_mut(row))
            .enumerate()
            .filter(|(y, _)| used.contains(y))
            .for_each(|(_, ((((line, green), blue), red), alpha))| {
                for (index, out) in [(1, green), (2, blue), (0, red), (3, alpha)] {
                    coded(line, index, out);
                }
            });
        Image {
            width,
            height,
            format: PixelFormat::RGBA_F32,
            colour: WORKING,
            alpha: AlphaMode::Straight,
            planes: planes.into_iter().map(|plane| Plane::packed(plane, row)).collect(),
        }
    }
}

fn coded(line: &[Pixel], index: usize, out: &mut [u8]) {
    let straight = |pixel: &Pixel| match index {
        3 => pixel[3].min(1.0),
        _ if pixel[3] > 0.0 => pixel[index] / pixel[3],
        _ => 0.0,
    };
    let mut values: Vec<f32> = line.iter().map(straight).collect();
    if index < 3 {
        light::encode(Transfer::Bt709, &mut values);
    }
    for (bytes, value) in out.as_chunks_mut::<4>().0.iter_mut().zip(values) {
        *bytes = value.to_ne_bytes();
    }
}
