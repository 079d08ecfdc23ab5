//! A glyph's paint graph (`COLR`, both versions): written down as steps, then painted within its bounds.

use super::brush::Brush;
use super::merge::merge;
use super::sheet::Sheet;
use crate::titles::coverage::{Area, Coverage};
use crate::titles::outlines::{Pen, Sides};
use skrifa::color::{self, ColorGlyph, ColorPainter, CompositeMode, Transform};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::DrawSettings;
use skrifa::raw::TableProvider as _;
use skrifa::raw::types::BoundingBox;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// From a font's units to pixels, as a pen's map.
type Map = [f64; 6];

/// The most steps of a glyph that are taken: what comes after is not seen.
const MOST_STEPS: usize = 20_000;

/// The colour of the text, in place of one of the palette.
const TEXT: u16 = 0xffff;

/// A step of painting a glyph.
enum Step {
    /// From here on only this is painted, of what may be.
    Within(Outline),
    /// No longer.
    Beyond,
    /// All that may be painted is.
    Fill(Brush, Map),
    /// From here on it is painted onto a clear sheet of its own,
    Begin,
    /// which is merged with the one below.
    Merge(CompositeMode),
}

/// The sides of an outline, in pixels.
#[derive(Debug, Default, Clone)]
struct Outline(Vec<[[f64; 2]; 2]>);

impl Sides for Outline {
    fn side(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.0.push([from, to]);
    }
}

impl Outline {
    /// The pixels that it lies in: left, top, right and bottom, within others.
    fn bounds(&self, within: [i64; 4]) -> [i64; 4] {
        let [mut least, mut most] = [[f64::MAX; 2], [f64::MIN; 2]];
        for [x, y] in self.0.iter().flatten() {
            least = [least[0].min(*x), least[1].min(*y)];
            most = [most[0].max(*x), most[1].max(*y)];
        }
        let pixels = [least[0].floor(), least[1].floor(), most[0].ceil(), most[1].ceil()];
        common(pixels.map(|side| side as i64), within)
    }

    fn coverage(&self, within: [i64; 4]) -> Coverage {
        let mut area = Area::new(self.bounds(within));
        self.0.iter().for_each(|[from, to]| area.line(*from, *to));
        area.finish()
    }
}

/// What two boxes share; an empty box where that is nothing.
fn common(one: [i64; 4], other: [i64; 4]) -> [i64; 4] {
    let [left, top] = [0, 1].map(|side| one[side].max(other[side]));
    let [right, bottom] = [2, 3].map(|side| one[side].min(other[side]));
    [left, top, right.max(left), bottom.max(top)]
}

/// What paints a glyph in the steps' order.
struct Recorder<'a> {
    font: &'a FontRef<'a>,
    coords: &'a [NormalizedCoord],
    text: [f32; 3],
    maps: Vec<Map>,
    steps: Vec<Step>,
}

/// A glyph in display-coded colour, where it lies within bounds.
pub(super) fn drawn(
    font: &FontRef<'_>,
    (glyph, coords): (&ColorGlyph<'_>, &[NormalizedCoord]),
    (map, text): (Map, [f32; 3]),
    within: [i64; 4],
) -> Option<Sheet> {
    let (maps, steps) = (vec![map], Vec::new());
    let mut recorder = Recorder { font, coords, text, maps, steps };
    glyph.paint(LocationRef::new(coords), &mut recorder).ok()?;
    let bounds = bounds(&recorder.steps, within);
    (bounds[0] < bounds[2] && bounds[1] < bounds[3]).then(|| painted(&recorder.steps, bounds))
}

/// The pixels on which steps may paint.
fn bounds(steps: &[Step], within: [i64; 4]) -> [i64; 4] {
    let outlines = steps.iter().filter_map(|step| match step {
        Step::Within(outline) => Some(outline.bounds(within)),
        _ => None,
    });
    let seen = outlines.filter(|bounds| bounds[0] < bounds[2] && bounds[1] < bounds[3]);
    let all = seen.reduce(|one, other| {
        let [left, top] = [0, 1].map(|side| one[side].min(other[side]));
        let [right, bottom] = [2, 3].map(|side| one[side].max(other[side]));
        [left, top, right, bottom]
    });
    all.unwrap_or([0; 4])
}

fn painted(steps: &[Step], bounds: [i64; 4]) -> Sheet {
    let mut sheets = vec![Sheet::new(bounds)];
    let mut clips: Vec<Coverage> = Vec::new();
    for step in steps {
        match step {
            Step::Within(outline) => {
                let clip = outline.coverage(bounds);
                clips.push(clips.last().map_or_else(|| clip.clone(), |outer| both(outer, &clip)));
            }
            Step::Beyond => drop(clips.pop()),
            Step::Fill(brush, map) => {
                if let Some(sheet) = sheets.last_mut() {
                    fill(sheet, clips.last(), brush, inverse(*map));
                }
            }
            Step::Begin => sheets.push(Sheet::new(bounds)),
            Step::Merge(mode) => {
                if let (Some(above), Some(below)) = (sheets.pop(), sheets.last_mut()) {
                    merge(&above, below, *mode);
                }
            }
        }
    }
    sheets.swap_remove(0)
}

/// What both cover.
fn both(outer: &Coverage, inner: &Coverage) -> Coverage {
    let at = |x: i64, y: i64| {
        let (x, y) = (x - outer.left, y - outer.top);
        let is_in = x >= 0 && y >= 0 && x < outer.width as i64 && y < outer.height as i64;
        if is_in { outer.values[y as usize * outer.width + x as usize] } else { 0.0 }
    };
    let values = inner.values.iter().enumerate().map(|(index, value)| {
        let (x, y) = (index % inner.width, index / inner.width);
        value * at(inner.left + x as i64, inner.top + y as i64)
    });
    Coverage { values: values.collect(), ..*inner }
}

/// The map back; `None` where there is none.
fn inverse([a, b, c, d, e, f]: Map) -> Option<Map> {
    let whole = a * d - b * c;
    let [a, b, c, d] = [d, -b, -c, a].map(|part| part / whole);
    let back = [a, b, c, d, -(a * e + c * f), -(b * e + d * f)];
    back.iter().all(|part| part.is_finite()).then_some(back)
}

/// Lays a brush on what a clip covers of a sheet; on all of it where there is no clip.
fn fill(sheet: &mut Sheet, clip: Option<&Coverage>, brush: &Brush, back: Option<Map>) {
    let Some([a, b, c, d, e, f]) = back else { return };
    let [left, top, right, bottom] = sheet.bounds();
    let bounds = clip.map_or([left, top, right, bottom], |clip| {
        let (right, bottom) = (clip.left + clip.width as i64, clip.top + clip.height as i64);
        [clip.left, clip.top, right, bottom]
    });
    for y in bounds[1]..bounds[3] {
        for x in bounds[0]..bounds[2] {
            let place = (y - bounds[1]) as usize * (bounds[2] - bounds[0]) as usize;
            let covered = clip.map_or(1.0, |clip| clip.values[place + (x - bounds[0]) as usize]);
            if covered <= 0.0 {
                continue;
            }
            let (middle, line) = (x as f64 + 0.5, y as f64 + 0.5);
            let point = [a * middle + c * line + e, b * middle + d * line + f];
            let colour = brush.at(point).map(|value| value * covered);
            let index = (y - top) as usize * sheet.width + (x - left) as usize;
            for (plane, value) in sheet.planes.iter_mut().zip(colour) {
                plane[index] = plane[index] * (1.0 - colour[3]) + value;
            }
        }
    }
}

impl Recorder<'_> {
    fn map(&self) -> Map {
        self.maps.last().copied().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }

    fn push(&mut self, step: Step) {
        if self.steps.len() < MOST_STEPS {
            self.steps.push(step);
        }
    }

    /// A colour of the first palette; one that is not there is clear.
    fn colour(&self, index: u16, alpha: f32) -> [f32; 4] {
        let (rgb, own) = if index == TEXT {
            (self.text, 1.0)
        } else {
            let table = self.font.cpal().ok();
            let first = table.as_ref().and_then(|it| it.color_record_indices().first());
            let first = first.map_or(0, |index| usize::from(index.get()));
            let records = table.as_ref().and_then(|it| it.color_records_array()?.ok());
            let record = records.and_then(|all| all.get(first + usize::from(index)).copied());
            let Some(record) = record else { return [0.0; 4] };
            let rgb = [record.red, record.green, record.blue];
            (rgb.map(|code| f32::from(code) / 255.0), f32::from(record.alpha) / 255.0)
        };
        let alpha = (own * alpha).clamp(0.0, 1.0);
        let [red, green, blue] = rgb.map(|value| value * alpha);
        [red, green, blue, alpha]
    }
}

impl ColorPainter for Recorder<'_> {
    fn push_transform(&mut self, transform: Transform) {
        let [a, b, c, d, e, f] = self.map();
        let [xx, yx, xy, yy, dx, dy] = transform.elements().map(f64::from);
        self.maps.push([
            a * xx + c * yx,
            b * xx + d * yx,
            a * xy + c * yy,
            b * xy + d * yy,
            a * dx + c * dy + e,
            b * dx + d * dy + f,
        ]);
    }

    fn pop_transform(&mut self) {
        if self.maps.len() > 1 {
            self.maps.pop();
        }
    }

    fn push_clip_glyph(&mut self, id: GlyphId) {
        let mut outline = Outline::default();
        let map = self.map();
        if let Some(glyph) = self.font.outline_glyphs().get(id) {
            let mut pen = Pen::new(&mut outline, map);
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::new(self.coords));
            if glyph.draw(settings, &mut pen).is_ok() {
                pen.end();
            }
        }
        self.push(Step::Within(outline));
    }

    fn push_clip_box(&mut self, bounds: BoundingBox<f32>) {
        let [a, b, c, d, e, f] = self.map();
        let corners = [
            [bounds.x_min, bounds.y_min],
            [bounds.x_max, bounds.y_min],
            [bounds.x_max, bounds.y_max],
            [bounds.x_min, bounds.y_max],
        ];
        let corners = corners.map(|corner| {
            let [x, y] = corner.map(f64::from);
            [a * x + c * y + e, b * x + d * y + f]
        });
        let sides = (0..4).map(|index| [corners[index], corners[(index + 1) % 4]]);
        self.push(Step::Within(Outline(sides.collect())));
    }

    fn pop_clip(&mut self) {
        self.push(Step::Beyond);
    }

    fn fill(&mut self, brush: color::Brush<'_>) {
        let brush = Brush::of(&brush, |index, alpha| self.colour(index, alpha));
        let map = self.map();
        self.push(Step::Fill(brush, map));
    }

    fn push_layer(&mut self, _: CompositeMode) {
        self.push(Step::Begin);
    }

    fn pop_layer_with_mode(&mut self, mode: CompositeMode) {
        self.push(Step::Merge(mode));
    }
}
