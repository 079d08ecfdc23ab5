//! From a text to glyphs in lines: directions, ligatures, fallback and breaks are the shaper's.

use super::colour;
use super::emoji;
use super::fonts::{self, BUNDLED, FAMILIES, PLAIN};
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride};
use parley::style::{
    FontFamily, FontFamilyName, FontStyle, FontWeight, GenericFamily, OverflowWrap, StyleProperty,
};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, FontData, LayoutContext, LineHeight,
    RangedBuilder,
};
use skrifa::{FontRef, MetadataProvider as _};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// A run of text in one face.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Span {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Heavier than the rest.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line below.
    pub underline: bool,
    /// Its size against that of the rest.
    pub size: f32,
}

/// How a text is set. Lengths are in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The font's family; the bundled one stands for one that is not there.
    pub family: String,
    /// The size of its em.
    pub size: f32,
    /// 100 to 900.
    pub weight: f32,
    /// Slanted.
    pub italic: bool,
    /// Added between letters.
    pub tracking: f32,
    /// From a baseline to the next, against the size.
    pub leading: f32,
    /// `left`, `centre`, `right`, `justify`, `start` or `end`.
    pub align: &'static str,
    /// The room that lines have; `None` breaks only where the text says.
    pub width: Option<f32>,
    /// Whether it runs from right to left; `None` asks its first letter.
    pub from_right: Option<bool>,
    /// Whether emoji are in colour, where a font of the machine has them so.
    pub colour_emoji: bool,
}

/// A text in its lines, from its own top left corner.
#[derive(Debug, Clone, Default)]
pub struct Laid {
    /// The fonts that glyphs name.
    pub(super) fonts: Vec<Face>,
    /// The glyphs, in the order in which they are read from the left, line by line.
    pub glyphs: Vec<Glyph>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Bars below letters: left, top, right, bottom, and the byte of the text.
    pub(super) bars: Vec<([f32; 4], usize)>,
    /// How wide the widest line is.
    pub width: f32,
    /// From the top of the first line to the bottom of the last.
    pub height: f32,
    /// The bytes of the text.
    pub length: usize,
    /// The bytes at which its words begin.
    pub(super) words: Vec<usize>,
    /// Whether its first line runs from right to left.
    pub from_right: bool,
}

/// A font at its place on its axes.
#[derive(Debug, Clone)]
pub(super) struct Face {
    pub(super) data: FontData,
    pub(super) coords: Vec<i16>,
    /// Whether some of its glyphs have colours of their own.
    pub(super) is_coloured: bool,
}

/// A glyph in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Which of the fonts.
    pub font: usize,
    /// Its number there.
    pub id: u32,
    /// Its origin, from the left.
    pub x: f32,
    /// Its baseline, from the top.
    pub y: f32,
    /// How far the next one is.
    pub advance: f32,
    /// The size of its em.
    pub size: f32,
    /// Degrees by which it is slanted, where its font has no slanted face.
    pub skew: f32,
    /// The first byte of the text that it stands for.
    pub byte: usize,
    /// Its line.
    pub line: usize,
}

/// A line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Line {
    /// Where it begins.
    pub left: f32,
    /// Where it ends, without the blanks at its end.
    pub right: f32,
    /// Its top.
    pub top: f32,
    /// Its bottom.
    pub bottom: f32,
    /// What its letters stand on.
    pub baseline: f32,
}

struct Shaper {
    fonts: FontContext,
    layout: LayoutContext<()>,
    loaded: BTreeSet<String>,
}

static SHAPER: LazyLock<Mutex<Shaper>> = LazyLock::new(|| Mutex::new(Shaper::new()));

/// Lays a text out. The same text, wishes and fonts give the same glyphs, on every machine.
pub fn lay(text: &str, spans: &[Span], wanted: &Wanted) -> Laid {
    SHAPER.lock().unwrap_or_else(PoisonError::into_inner).lay(text, spans, wanted)
}

impl Shaper {
    fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        for file in fonts::FILES {
            collection.register_fonts(Blob::new(Arc::new(file)), None);
        }
        let fonts = FontContext { collection, ..FontContext::default() };
        let loaded = FAMILIES.iter().map(|family| family.to_lowercase()).collect();
        Self { fonts, layout: LayoutContext::new(), loaded }
    }

    /// Makes a family of the machine known here, by the name that it was asked for.
    fn load(&mut self, family: &str) {
        if !self.loaded.insert(family.to_lowercase()) {
            return;
        }
        let files = fonts::machine().map(|files| files.of_family(family)).unwrap_or_default();
        for file in files {
            let name = FontInfoOverride { family_name: Some(family), ..Default::default() };
            self.fonts.collection.register_fonts(Blob::new(file), Some(name));
        }
    }

    /// The families that a text is set in, the likeliest first; emoji have their own.
    fn families(&mut self, text: &str, wanted: &str) -> Vec<String> {
        self.load(wanted);
        let mut families = vec![wanted.to_owned()];
        families.extend(FAMILIES.iter().filter(|own| **own != PLAIN).map(|&own| own.to_owned()));
        let mut missing = strangers(text);
        missing.truncate(MOST_FALLBACKS);
        for character in missing {
            let found = fonts::machine().and_then(|files| files.family_with(character));
            if let Some(family) = found.filter(|family| !families.contains(family)) {
                self.load(&family);
                families.push(family);
            }
        }
        families
    }

    /// The families of emoji, the likeliest first.
    fn emoji(&mut self, text: &str, wanted: &Wanted) -> Vec<String> {
        let coloured = emoji::family(text, wanted.colour_emoji);
        coloured.iter().for_each(|family| self.load(family));
        let families: Vec<String> = coloured.into_iter().chain([PLAIN.to_owned()]).collect();
        let ids: Vec<_> =
            families.iter().filter_map(|name| self.fonts.collection.family_id(name)).collect();
        self.fonts.collection.set_generic_families(GenericFamily::Emoji, ids.into_iter());
        families
    }

    fn lay(&mut self, text: &str, spans: &[Span], wanted: &Wanted) -> Laid {
        let families = self.families(text, &wanted.family);
        let emoji = self.emoji(text, wanted);
        let mut builder = self.layout.ranged_builder(&mut self.fonts, text, 1.0, false);
        let all = stack(families.iter().chain(&emoji));
        builder.push_default(StyleProperty::FontFamily(all));
        builder.push_default(StyleProperty::FontSize(wanted.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(wanted.weight)));
        builder.push_default(StyleProperty::FontStyle(slant(wanted.italic)));
        builder.push_default(StyleProperty::LetterSpacing(wanted.tracking));
        builder.push_default(LineHeight::FontSizeRelative(wanted.leading));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if let Some(from_right) = wanted.from_right {
            let direction = if from_right { BaseDirection::Rtl } else { BaseDirection::Ltr };
            builder.set_base_direction(direction);
        }
        for span in spans {
            push(span, wanted, &mut builder);
        }
        for (range, is_coloured) in emoji::presented(text) {
            let all = if is_coloured {
                stack(emoji.iter().chain(&families))
            } else {
                stack(families.iter().chain(emoji.iter().rev()))
            };
            builder.push(StyleProperty::FontFamily(all), range);
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(wanted.width);
        let options = AlignmentOptions { align_when_overflowing: true, ..Default::default() };
        layout.align(alignment(wanted.align), options);
        taken(&layout, text)
    }
}

/// Families by their names.
fn stack<'a>(names: impl Iterator<Item = &'a String>) -> FontFamily<'a> {
    let named = names.map(|name| FontFamilyName::Named(Cow::Borrowed(name)));
    FontFamily::List(Cow::Owned(named.collect()))
}

/// What a span says of its part of a text.
fn push(span: &Span, wanted: &Wanted, builder: &mut RangedBuilder<'_, ()>) {
    let range = span.range.clone();
    if span.bold {
        let weight = (wanted.weight + 300.0).min(900.0);
        builder.push(StyleProperty::FontWeight(FontWeight::new(weight)), range.clone());
    }
    if span.italic {
        builder.push(StyleProperty::FontStyle(slant(true)), range.clone());
    }
    if span.underline {
        builder.push(StyleProperty::Underline(true), range.clone());
    }
    if span.size > 0.0 && span.size != 1.0 {
        builder.push(StyleProperty::FontSize(wanted.size * span.size), range);
    }
}

/// Characters of a text that may be looked for on the machine.
const MOST_FALLBACKS: usize = 16;

/// The characters of a text that no bundled font has.
fn strangers(text: &str) -> Vec<char> {
    let mut seen = BTreeSet::new();
    let is_plain = |c: char| c.is_ascii() || c.is_whitespace() || c.is_control();
    let fresh = text.chars().filter(|c| !is_plain(*c) && seen.insert(*c));
    let fonts: Vec<_> = fonts::FILES.iter().filter_map(|file| FontRef::new(file).ok()).collect();
    fresh.filter(|c| !fonts.iter().any(|font| font.charmap().map(*c).is_some())).collect()
}

/// The characters of a text that no font here has: they are seen as empty boxes.
pub fn missing(text: &str) -> Vec<char> {
    let files = fonts::machine();
    let has = |c: &char| files.is_some_and(|files| files.family_with(*c).is_some());
    strangers(text).into_iter().filter(|c| !has(c)).collect()
}

/// The hash of the fonts of the machine that a text may be set in: what comes with the program is the same
/// everywhere and needs none.
pub(crate) fn content(family: &str, text: &str, colour_emoji: bool) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let is_own = FAMILIES.iter().any(|own| own.eq_ignore_ascii_case(family));
    let wanted = (!is_own).then(|| family.to_owned());
    let strangers = if text.is_ascii() { Vec::new() } else { strangers(text) };
    let found = strangers.into_iter().take(MOST_FALLBACKS);
    let found = found.filter_map(|character| fonts::machine()?.family_with(character));
    let emoji = emoji::family(text, colour_emoji);
    for family in wanted.into_iter().chain(found).chain(emoji) {
        hasher.update(family.as_bytes());
        hasher.update(&fonts::content_of(&family));
    }
    *hasher.finalize().as_bytes()
}

fn slant(italic: bool) -> FontStyle {
    if italic { FontStyle::Italic } else { FontStyle::Normal }
}

fn alignment(word: &str) -> Alignment {
    match word {
        "left" => Alignment::Left,
        "centre" => Alignment::Center,
        "right" => Alignment::Right,
        "justify" => Alignment::Justify,
        "end" => Alignment::End,
        _ => Alignment::Start,
    }
}

/// The bytes at which the words of a text begin.
fn words(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut was_blank = true;
    text.char_indices().filter_map(move |(at, character)| {
        let is_blank = std::mem::replace(&mut was_blank, character.is_whitespace());
        (is_blank && !was_blank).then_some(at)
    })
}

/// What of a layout is drawn.
fn taken(layout: &parley::Layout<()>, text: &str) -> Laid {
    let mut laid = Laid {
        width: layout.width(),
        height: layout.height(),
        length: text.len(),
        words: words(text).collect(),
        from_right: layout.is_rtl(),
        ..Laid::default()
    };
    for line in layout.lines() {
        let metrics = line.metrics();
        let mut x = metrics.offset;
        laid.lines.push(Line {
            left: x,
            right: x + metrics.advance - metrics.hanging_advance,
            top: metrics.block_min_coord,
            bottom: metrics.block_max_coord,
            baseline: metrics.baseline,
        });
        for run in line.runs() {
            run_of(&run, (&mut x, metrics.baseline), &mut laid);
        }
    }
    laid
}

fn run_of(run: &parley::layout::Run<'_, ()>, (x, baseline): (&mut f32, f32), laid: &mut Laid) {
    let font = laid.fonts.len();
    let coords = run.normalized_coords().iter().map(|coord| coord.to_bits());
    let data = run.font().clone();
    let is_coloured = colour::is_coloured(data.data.as_ref(), data.index);
    laid.fonts.push(Face { data, coords: coords.collect(), is_coloured });
    let line = laid.lines.len().saturating_sub(1);
    let (size, skew) = (run.font_size(), run.synthesis().skew().unwrap_or(0.0));
    let metrics = run.font_metrics();
    for cluster in run.visual_clusters() {
        let (start, byte) = (*x, cluster.text_range().start);
        for glyph in cluster.glyphs() {
            let place = (*x + glyph.x, baseline + glyph.y);
            *x += glyph.advance;
            let (id, advance) = (glyph.id, glyph.advance);
            let (x, y) = place;
            laid.glyphs.push(Glyph { font, id, x, y, advance, size, skew, byte, line });
        }
        if cluster.style().underline.is_some() {
            let top = baseline - metrics.underline_offset;
            laid.bars.push(([start, top, *x, top + metrics.underline_size.max(1.0)], byte));
        }
    }
}

impl Laid {
    /// Whether every letter is taken from the bundled fonts or the machine's: no glyph is the empty box.
    pub fn is_whole(&self) -> bool {
        self.glyphs.iter().all(|glyph| glyph.id != 0)
    }

    /// Whether a font of it has glyphs in colour.
    pub fn is_coloured(&self) -> bool {
        self.fonts.iter().any(|face| face.is_coloured)
    }
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            family: BUNDLED.to_owned(),
            size: 16.0,
            weight: 400.0,
            italic: false,
            tracking: 0.0,
            leading: 1.2,
            align: "start",
            width: None,
            from_right: None,
            colour_emoji: true,
        }
    }
}
