//! Glyphs in colour held against HarfBuzz (paint graphs), FreeType (bitmaps), and planted truths.

use super::titles::{made, plane, text, values};
use crate::support::oracle;
use roomtone::picture::generators::{self, At};
use roomtone::picture::titles::{Wanted, lay};
use roomtone::play::provide_fonts;
use roomtone::signal::Image;
use std::path::{Path, PathBuf};
use timeline_format::Value;

/// The colour font of Debian's fonts-noto-color-emoji.
const NOTO: &str = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";

fn own(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/picture/fonts");
    folder.join(file).display().to_string()
}

/// What is needed of a picture: how much it covers, in pixels; the mean of its colour there, in codes; the place
/// of its middle.
#[derive(Debug, PartialEq)]
struct Facts {
    covers: f64,
    mean: [f64; 3],
    middle: [f64; 2],
}

/// The facts of straight colours 0 to 1 and alphas.
fn facts(pixels: impl Iterator<Item = ([f64; 3], f64)>, width: usize) -> Facts {
    let (mut covers, mut mean, mut middle) = (0.0, [0.0; 3], [0.0; 2]);
    for (index, (colour, alpha)) in pixels.enumerate() {
        covers += alpha;
        (0..3).for_each(|part| mean[part] += colour[part] * alpha * 255.0);
        let place = [index % width, index / width];
        (0..2).for_each(|axis| middle[axis] += (place[axis] as f64 + 0.5) * alpha);
    }
    Facts { covers, mean: mean.map(|sum| sum / covers), middle: middle.map(|sum| sum / covers) }
}

fn facts_of(image: &Image) -> Facts {
    let [green, blue, red, alpha] = [0, 1, 2, 3].map(|index| plane(image, index));
    let pixels = (0..alpha.len())
        .map(|at| ([red[at], green[at], blue[at]].map(f64::from), f64::from(alpha[at])));
    facts(pixels, image.width as usize)
}

/// A letter of a font of an em of so many pixels, its origin at (100, 180) of 480 by 270.
fn drawn(font: &str, letter: &str, size: f64) -> Image {
    drawn_as(font, letter, size, &[])
}

fn drawn_as(font: &str, letter: &str, size: f64, more: &[(&str, Value)]) -> Image {
    provide_fonts();
    let wanted = Wanted { family: font.into(), size: size as f32, ..Wanted::default() };
    let baseline = f64::from(lay(letter, &[], &wanted).lines[0].baseline);
    let given = [
        ("text", text(letter)),
        ("font", text(font)),
        ("size", Value::Number(100.0 * size / 270.0)),
        ("align", text("left")),
        ("anchor", text("top")),
        ("position", Value::Vector(vec![100.0 / 480.0, (180.0 - baseline) / 270.0])),
    ];
    made("title", &[&given[..], more].concat(), At::default())
}

/// Paints a glyph with HarfBuzz, four times as fine, premultiplied blue, green, red and alpha.
const HARFBUZZ: &str = r"
import sys, uharfbuzz as hb, numpy as np
path, letter, size, fine = sys.argv[1], sys.argv[2], float(sys.argv[3]), 4
face = hb.Face(hb.Blob.from_file_path(path)); font = hb.Font(face)
paint = hb.RasterPaint(); scale = size * fine / face.upem
width, height = 480 * fine, 270 * fine
paint.transform = (scale, 0, 0, scale, 100 * fine, height - 180 * fine)
paint.extents = hb.RasterExtents(x_origin=0, y_origin=0, width=width, height=height, stride=0)
assert paint.paint_glyph_or_fail(font, font.get_nominal_glyph(ord(letter)))
image = paint.render(); e = image.extents
rows = np.frombuffer(image.buffer, np.uint8).reshape(e.height, e.stride)[::-1, :width * 4]
mean = rows.reshape(270, fine, 480, fine, 4).astype(float).mean((1, 3)) / 255
sys.stdout.buffer.write(mean.astype('<f4').tobytes())
";

/// Premultiplied blue, green, red and alpha as an oracle printed them, straight.
fn theirs(printed: &[u8]) -> Vec<([f64; 3], f64)> {
    let floats: Vec<f64> = printed
        .as_chunks::<4>()
        .0
        .iter()
        .map(|four| f64::from(f32::from_le_bytes(*four)))
        .collect();
    let straight = |[blue, green, red, alpha]: &[f64; 4]| {
        let colour =
            [*red, *green, *blue].map(|value| if *alpha > 0.0 { value / alpha } else { 0.0 });
        (colour, *alpha)
    };
    floats.as_chunks::<4>().0.iter().map(straight).collect()
}

#[test]
fn paint_graphs_are_those_of_harfbuzz() {
    if !oracle::have(&oracle::python_program(), "paint_graphs_are_those_of_harfbuzz") {
        return;
    }
    for (file, letters) in [("colour0.ttf", "AB"), ("colour1.ttf", "ABCDEFGHIJ")] {
        for letter in letters.chars().map(String::from) {
            let path = own(file);
            let image = drawn(&path, &letter, 120.0);
            let printed = oracle::python(HARFBUZZ, &[&path, &letter, "120"]);
            let (ours, theirs) = (facts_of(&image), theirs(&printed));
            let wanted = facts(theirs.iter().copied(), 480);
            let name = format!("{file} {letter}: {ours:?} {wanted:?}");
            assert!((ours.covers / wanted.covers - 1.0).abs() < 0.01, "{name}");
            assert!((0..3).all(|part| (ours.mean[part] - wanted.mean[part]).abs() < 3.0), "{name}");
            assert!((0..2).all(|at| (ours.middle[at] - wanted.middle[at]).abs() < 0.2), "{name}");
            let alpha = plane(&image, 3);
            let apart =
                alpha.iter().zip(&theirs).map(|(one, (_, other))| (f64::from(*one) - other).abs());
            assert!(apart.sum::<f64>() / wanted.covers < 0.02, "{name}");
        }
    }
}

#[test]
fn the_colour_of_the_text_is_where_a_font_asks_for_it() {
    let colour = [("colour", Value::Vector(vec![0.2, 0.9, 0.4, 1.0]))];
    let facts = facts_of(&drawn_as(&own("colour0.ttf"), "C", 120.0, &colour));
    let wanted = [0.2, 0.9, 0.4].map(|part| part * 255.0);
    assert!((0..3).all(|part| (facts.mean[part] - wanted[part]).abs() < 1.0), "{facts:?}");
}

#[test]
fn a_bitmap_lies_where_its_font_says_at_any_size() {
    let mut before: Option<Facts> = None;
    for size in [20.0, 64.0, 150.0] {
        let found = facts_of(&drawn(&own("bitmap.ttf"), "A", size));
        let part = size / 64.0;
        let covers: f64 = (0..64 * 64)
            .map(|at| (at % 64, at / 64))
            .filter(|(x, y)| (f64::from(*x) - 31.5).hypot(f64::from(*y) - 31.5) < 30.0)
            .map(|(x, _)| if x < 32 { 1.0 } else { 160.0 / 255.0 })
            .sum();
        assert!((found.covers / (covers * part * part) - 1.0).abs() < 0.01, "{size}: {found:?}");
        let low = 180.0 - (-5.0 + 32.0) * part;
        assert!((found.middle[1] - low).abs() < 0.3, "{size}: {found:?} {low}");
        if let Some(before) = &before {
            assert!((0..3).all(|at| (before.mean[at] - found.mean[at]).abs() < 2.5), "{found:?}");
        }
        before = Some(found);
    }
}

/// Draws emoji with FreeType at the font's own size, its origin at (100, 180).
const FREETYPE: &str = r"
import sys, numpy as np
from PIL import Image, ImageDraw, ImageFont
path, letter = sys.argv[1], sys.argv[2]
font = ImageFont.truetype(path, 109)
image = Image.new('RGBA', (480, 270))
ImageDraw.Draw(image).text((100, 180), letter, font=font, anchor='ls', embedded_color=True)
codes = np.asarray(image).astype(float) / 255
codes[..., :3] *= codes[..., 3:]
sys.stdout.buffer.write(codes[..., [2, 1, 0, 3]].astype('<f4').tobytes())
";

fn have_noto(test: &str) -> bool {
    let is_there = Path::new(NOTO).exists();
    if !is_there {
        assert!(std::env::var_os("CI").is_none(), "{test} needs {NOTO}, and CI skips nothing");
        eprintln!("SKIPPED {test}: {NOTO} is missing; ./dev test installs it");
    }
    is_there && oracle::have(&oracle::python_program(), test)
}

#[test]
fn emoji_have_the_colours_that_freetype_gives_them() {
    if !have_noto("emoji_have_the_colours_that_freetype_gives_them") {
        return;
    }
    for letter in ["😀", "🌍", "🍋"] {
        let printed = oracle::python(FREETYPE, &[NOTO, letter]);
        let wanted = facts(theirs(&printed).into_iter(), 480);
        for size in [40.0, 109.0, 150.0] {
            let found = facts_of(&drawn("Noto Sans", letter, size));
            let part = size / 109.0;
            let name = format!("{letter} {size}: {found:?} {wanted:?}");
            assert!((found.covers / (wanted.covers * part * part) - 1.0).abs() < 0.01, "{name}");
            assert!((0..3).all(|at| (found.mean[at] - wanted.mean[at]).abs() < 3.0), "{name}");
            for (at, origin) in [100.0, 180.0].into_iter().enumerate() {
                let place = origin + (wanted.middle[at] - origin) * part;
                assert!((found.middle[at] - place).abs() < 1.0, "{name}");
            }
        }
    }
}

#[test]
fn sequences_skins_and_flags_are_one_glyph_and_letters_stay_letters() {
    if !have_noto("sequences_skins_and_flags_are_one_glyph") {
        return;
    }
    provide_fonts();
    let laid = |line: &str| lay(line, &[], &Wanted { size: 40.0, ..Wanted::default() });
    for line in ["👨\u{200d}👩\u{200d}👧\u{200d}👦", "👋🏽", "🇫🇷", "1\u{fe0f}\u{20e3}", "❤\u{fe0f}"]
    {
        let laid = laid(line);
        let seen = laid.glyphs.iter().filter(|glyph| glyph.advance > 0.0).count();
        assert_eq!(seen, 1, "{line}: {:?}", laid.glyphs);
        assert!(laid.is_coloured() && laid.is_whole(), "{line}");
    }
    for line in ["plain", "❤\u{fe0e}", "✂", "42 # *"] {
        assert!(!laid(line).is_coloured(), "{line}");
    }
}

#[test]
fn emoji_move_fade_and_have_shadows_as_letters_do() {
    if !have_noto("emoji_move_fade_and_have_shadows_as_letters_do") {
        return;
    }
    let whole = facts_of(&drawn("Noto Sans", "😀", 100.0));
    let half = [("colour", Value::Vector(vec![1.0, 1.0, 1.0, 0.5]))];
    let faint = facts_of(&drawn_as("Noto Sans", "😀", 100.0, &half));
    assert!((faint.covers / whole.covers - 0.5).abs() < 1e-3);
    assert!((0..3).all(|at| (faint.mean[at] - whole.mean[at]).abs() < 0.5));
    for more in [
        ("outline", Value::Number(10.0)),
        ("shadow_colour", Value::Vector(vec![0.0, 0.0, 0.0, 1.0])),
    ] {
        let name = more.0;
        assert!(
            facts_of(&drawn_as("Noto Sans", "😀", 100.0, &[more])).covers > 1.05 * whole.covers,
            "{name}"
        );
    }
    let plain = facts_of(&drawn_as("Noto Sans", "😀", 100.0, &[("emoji", text("plain"))]));
    let is_grey = |facts: &Facts| (facts.mean[0] - facts.mean[2]).abs() < 1.0;
    assert!(is_grey(&plain) && !is_grey(&whole), "{plain:?} {whole:?}");
    let title = generators::named("title").unwrap();
    let given =
        [("text", text("😀😀😀😀")), ("in", text("type")), ("in_length", Value::Number(4.0))];
    let values = values("title", &given);
    let raster = timeline_format::sequence::Raster { width: 480, height: 270 };
    let covers = [0, 1, 2, 3].map(|elapsed| {
        facts_of(&(title.make)(&values, raster, At { frame: 0, elapsed, length: 50 })).covers
    });
    for (index, covered) in covers.iter().enumerate() {
        let part = covered / covers[3] * 4.0;
        assert!((part - (index + 1) as f64).abs() < 0.05, "{covers:?}");
    }
}
