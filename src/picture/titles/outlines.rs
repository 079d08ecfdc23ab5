//! The outlines of glyphs as straight lines, fine enough for the raster.

use super::colour;
use super::coverage::Area;
use super::shape::{Face, Glyph, Laid};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// From a text's own pixels to those of the raster: a scale about a point, then a move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// Where the text's top left corner goes.
    pub(crate) origin: [f64; 2],
    /// Its size, about its corner.
    pub(crate) scale: f64,
}

impl Place {
    /// Where a point of the text goes.
    pub(super) fn of(self, x: f64, y: f64) -> [f64; 2] {
        [self.origin[0] + x * self.scale, self.origin[1] + y * self.scale]
    }
}

/// Draws the glyphs of a text for which `is_shown` is true into an area; those that have colours of their
/// own are left out.
pub(super) fn draw(laid: &Laid, place: Place, is_shown: impl Fn(usize) -> bool, area: &mut Area) {
    let mut rest = &laid.glyphs[..];
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|glyph| glyph.font == first.font).count();
        let (run, behind) = rest.split_at(count);
        rest = behind;
        if let Some(face) = laid.fonts.get(first.font) {
            run_of(face, run.iter().filter(|glyph| is_shown(glyph.byte)), place, area);
        }
    }
}

fn run_of<'a>(face: &Face, glyphs: impl Iterator<Item = &'a Glyph>, place: Place, area: &mut Area) {
    let Ok(font) = FontRef::from_index(face.data.data.as_ref(), face.data.index) else { return };
    let outlines = font.outline_glyphs();
    let coords: Vec<_> = face.coords.iter().map(|bits| NormalizedCoord::from_bits(*bits)).collect();
    for glyph in glyphs.filter(|glyph| !colour::has(face, &font, glyph)) {
        let [x, y] = place.of(f64::from(glyph.x), f64::from(glyph.y));
        let reach = f64::from(glyph.size) * place.scale * REACH;
        if area.is_near([x, y], reach) {
            let shear = f64::from(glyph.skew).to_radians().tan();
            let pen = Pen::new(area, [1.0, 0.0, shear, -1.0, x, y]);
            one(&outlines, glyph, place.scale, &coords, pen);
        }
    }
}

/// How far a glyph may reach from its origin, in its em.
pub(super) const REACH: f64 = 4.0;

fn one(
    outlines: &OutlineGlyphCollection<'_>,
    glyph: &Glyph,
    scale: f64,
    coords: &[NormalizedCoord],
    mut pen: Pen<'_, Area>,
) {
    let Some(outline) = outlines.get(GlyphId::new(glyph.id)) else { return };
    let size = Size::new((f64::from(glyph.size) * scale) as f32);
    let settings = DrawSettings::unhinted(size, LocationRef::new(coords));
    if outline.draw(settings, &mut pen).is_ok() {
        pen.end();
    }
}

/// Takes the straight sides of outlines.
pub(super) trait Sides {
    /// One more side.
    fn side(&mut self, from: [f64; 2], to: [f64; 2]);
}

impl Sides for Area {
    fn side(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.line(from, to);
    }
}

/// Draws a font's curves, its y going up, where a map says: `x` goes to `map[0] x + map[2] y + map[4]`, `y` to
/// `map[1] x + map[3] y + map[5]`.
pub(super) struct Pen<'a, S> {
    sides: &'a mut S,
    map: [f64; 6],
    start: [f64; 2],
    at: [f64; 2],
}

impl<'a, S: Sides> Pen<'a, S> {
    pub(super) const fn new(sides: &'a mut S, map: [f64; 6]) -> Self {
        Self { sides, map, start: [0.0; 2], at: [0.0; 2] }
    }

    /// Closes what is open, after the last curve.
    pub(super) fn end(mut self) {
        self.close();
    }

    fn place(&self, x: f32, y: f32) -> [f64; 2] {
        let ([a, b, c, d, e, f], x, y) = (self.map, f64::from(x), f64::from(y));
        [e + a * x + c * y, f + b * x + d * y]
    }

    fn to(&mut self, point: [f64; 2]) {
        self.sides.side(self.at, point);
        self.at = point;
    }

    /// A curve by as many lines as keep within a hundredth of a pixel of it.
    fn curve(&mut self, bend: f64, point: impl Fn(f64) -> [f64; 2]) {
        let count = (bend / TOLERANCE).sqrt().ceil().clamp(1.0, 200.0);
        for step in 1..=count as u32 {
            self.to(point(f64::from(step) / count));
        }
    }
}

const TOLERANCE: f64 = 0.01;

fn mixed(weights: &[f64], points: &[[f64; 2]]) -> [f64; 2] {
    let sum = |axis: usize| weights.iter().zip(points).map(|(w, point)| w * point[axis]).sum();
    [sum(0), sum(1)]
}

/// How far a point lies from the middle of its neighbours.
fn bend(one: [f64; 2], two: [f64; 2], three: [f64; 2]) -> f64 {
    let away = |axis: usize| one[axis] - 2.0 * two[axis] + three[axis];
    away(0).hypot(away(1))
}

impl<S: Sides> OutlinePen for Pen<'_, S> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.close();
        self.at = self.place(x, y);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(self.place(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let points = [self.at, self.place(cx, cy), self.place(x, y)];
        let away = bend(points[0], points[1], points[2]) / 4.0;
        self.curve(away, |t| {
            let s = 1.0 - t;
            mixed(&[s * s, 2.0 * s * t, t * t], &points)
        });
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let points = [self.at, self.place(cx0, cy0), self.place(cx1, cy1), self.place(x, y)];
        let [one, two] = [0, 1].map(|from| bend(points[from], points[from + 1], points[from + 2]));
        self.curve(one.max(two) * 0.75, |t| {
            let s = 1.0 - t;
            mixed(&[s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t], &points)
        });
    }

    fn close(&mut self) {
        if self.at != self.start {
            self.to(self.start);
        }
    }
}
