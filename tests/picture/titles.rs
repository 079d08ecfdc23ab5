//! Titles held against HarfBuzz, FreeType and the bidirectional algorithm, and against planted truths.

use super::support::Shelf;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::generators::{self, At};
use roomtone::picture::titles::{Laid, Wanted, lay, missing};
use roomtone::picture::values::{Moment, Values};
use roomtone::picture::{Layer, Picture, Placement, Plan, Renderer};
use roomtone::signal::Image;
use std::path::PathBuf;
use timeline_format::sequence::Raster;
use timeline_format::{Param, Value};

const RASTER: Raster = Raster { width: 480, height: 270 };

fn fonts(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/picture/titles/fonts").join(file)
}

pub(super) fn values(kind: &str, given: &[(&str, Value)]) -> Values {
    let parameters = generators::named(kind).unwrap().parameters;
    let given: Vec<(&str, Param)> =
        given.iter().map(|(name, value)| (*name, Param::Constant(value.clone()))).collect();
    let find = |id: &str| given.iter().find(|(name, _)| *name == id).map(|(_, param)| param);
    Values::resolve(parameters, Moment::default(), find)
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn made(kind: &str, given: &[(&str, Value)], at: At) -> Image {
    (generators::named(kind).unwrap().make)(&values(kind, given), RASTER, at)
}

/// A plane of a picture of floats.
pub(super) fn plane(image: &Image, index: usize) -> Vec<f32> {
    let float = |bytes: &[u8; 4]| f32::from_ne_bytes(*bytes);
    image.lines(index).flat_map(|line| line.as_chunks::<4>().0.iter().map(float)).collect()
}

fn sum(image: &Image) -> f64 {
    plane(image, 3).iter().map(|alpha| f64::from(*alpha)).sum()
}

/// Says the glyphs of a text and how far each leads, as HarfBuzz shapes it.
const HARFBUZZ: &str = r"
import sys, uharfbuzz as hb
path, size, right, text = sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4]
face = hb.Face(hb.Blob.from_file_path(path))
font = hb.Font(face)
buffer = hb.Buffer()
buffer.add_str(text)
buffer.guess_segment_properties()
hb.shape(font, buffer)
for info, position in zip(buffer.glyph_infos, buffer.glyph_positions):
    scale = size / face.upem
    print(info.codepoint, position.x_advance * scale, position.x_offset * scale, position.y_offset * scale)
";

#[test]
fn glyphs_and_their_places_are_those_of_harfbuzz() {
    if !oracle::have(&oracle::python_program(), "glyphs_and_their_places_are_those_of_harfbuzz") {
        return;
    }
    for (file, line) in [
        ("NotoSans-Regular.ttf", "AVATAR To Wa. office ffi"),
        ("NotoSans-Regular.ttf", "e\u{301}a\u{323}\u{302} Žluťoučký"),
        ("NotoSans-Regular.ttf", "Ρούμ Комната 1/2"),
        ("NotoSansArabic-Regular.ttf", "مرحبا بالعالم لا"),
        ("NotoSansArabic-Regular.ttf", "مُحَمَّد"),
        ("NotoSansHebrew-Regular.ttf", "שָׁלוֹם עולם"),
    ] {
        let family = match file {
            "NotoSansArabic-Regular.ttf" => "Noto Sans Arabic",
            "NotoSansHebrew-Regular.ttf" => "Noto Sans Hebrew",
            _ => "Noto Sans",
        };
        let size = 53.0_f32;
        let wanted = Wanted { family: family.into(), size, ..Wanted::default() };
        let laid = lay(line, &[], &wanted);
        let path = fonts(file).display().to_string();
        let said = oracle::python(HARFBUZZ, &[&path, &size.to_string(), "auto", line]);
        let said = String::from_utf8(said).unwrap();
        let mut at = laid.lines[0].left;
        let mut glyphs = laid.glyphs.iter();
        for row in said.lines() {
            let numbers: Vec<f32> = row.split(' ').map(|word| word.parse().unwrap()).collect();
            let glyph = glyphs.next().unwrap();
            assert_eq!(glyph.id, numbers[0] as u32, "{line}: {said}\n{laid:?}");
            let near = |one: f32, other: f32| (one - other).abs() < 1.0 / 64.0;
            assert!(near(glyph.advance, numbers[1]), "{line}: {row} {glyph:?}");
            assert!(near(glyph.x, at + numbers[2]), "{line}: {row} {glyph:?} {at}");
            assert!(near(glyph.y, laid.lines[0].baseline - numbers[3]), "{line}: {row} {glyph:?}");
            at += numbers[1];
        }
        assert!(glyphs.next().is_none(), "{line}");
    }
}

/// The letters of a line from the left to the right.
fn seen(text: &str, laid: &Laid) -> String {
    let mut glyphs: Vec<_> = laid.glyphs.iter().collect();
    glyphs.sort_by(|one, other| one.x.total_cmp(&other.x));
    glyphs.iter().filter_map(|glyph| text[glyph.byte..].chars().next()).collect()
}

#[test]
fn directions_mix_as_the_bidirectional_algorithm_says() {
    if !oracle::have(&oracle::python_program(), "directions_mix") {
        return;
    }
    let script = "import sys; from bidi import get_display; \
                  sys.stdout.buffer.write(get_display(sys.argv[1]).encode())";
    for line in [
        "Scene 12: חדר ריק, 1984",
        "שלום room tone 24 שניות",
        "abc אבג 123 דהו def",
        "12 אב 34",
        "x אב-גד y",
    ] {
        let laid = lay(line, &[], &Wanted { size: 40.0, ..Wanted::default() });
        let display = String::from_utf8(oracle::python(script, &[line])).unwrap();
        assert_eq!(seen(line, &laid).trim(), display.trim(), "{line}");
        assert!(laid.is_whole(), "{line}");
    }
}

/// Draws a text with FreeType, its baseline and its left side at a place, into bytes.
const FREETYPE: &str = r"
import sys
from PIL import Image, ImageDraw, ImageFont
path, size, x, y, text, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5], sys.argv[6]
fine = 16
image = Image.new('L', (480 * fine, 270 * fine))
font = ImageFont.truetype(path, size * fine, layout_engine=ImageFont.Layout.BASIC)
ImageDraw.Draw(image).text((x * fine, y * fine), text, font=font, anchor='ls', fill=255)
open(out, 'wb').write(image.reduce(fine).tobytes())
";

#[test]
fn letters_cover_what_freetype_says_they_cover() {
    if !oracle::have(&oracle::python_program(), "letters_cover_what_freetype_says") {
        return;
    }
    let folder = Folder::new();
    let out = folder.file("drawn.gray").display().to_string();
    for (file, weight, letter) in [
        ("NotoSans-Regular.ttf", 400.0, "g"),
        ("NotoSans-Regular.ttf", 400.0, "&"),
        ("NotoSans-Bold.ttf", 700.0, "R"),
        ("NotoSans-Regular.ttf", 400.0, "Ж"),
    ] {
        let size = 135.0;
        let wanted = Wanted { size: 135.0, weight, ..Wanted::default() };
        let baseline = f64::from(lay(letter, &[], &wanted).lines[0].baseline);
        let (x, y) = (100.0, 180.0);
        let position = Value::Vector(vec![x / 480.0, (y - baseline) / 270.0]);
        let image = made(
            "title",
            &[
                ("text", text(letter)),
                ("size", Value::Number(100.0 * size / 270.0)),
                ("weight", Value::Number(f64::from(weight))),
                ("align", text("left")),
                ("anchor", text("top")),
                ("position", position),
            ],
            At::default(),
        );
        let path = fonts(file).display().to_string();
        oracle::python(FREETYPE, &[&path, "135", "100", "180", letter, &out]);
        let theirs = std::fs::read(&out).unwrap();
        let pairs: Vec<f64> = plane(&image, 3)
            .iter()
            .zip(&theirs)
            .map(|(ours, theirs)| (f64::from(*ours) * 255.0 - f64::from(*theirs)).abs())
            .collect();
        let worst = pairs.iter().copied().fold(0.0, f64::max);
        let mean = pairs.iter().sum::<f64>() / pairs.len() as f64;
        assert!(sum(&image) > 2000.0, "{letter}: nothing is drawn");
        assert!(worst < 24.0 && mean < 0.2, "{letter}: {worst} {mean}");
    }
}

#[test]
fn half_a_white_is_half_the_light() {
    let given = [
        ("text", text("I")),
        ("size", Value::Number(90.0)),
        ("weight", Value::Number(700.0)),
        ("colour", Value::Vector(vec![1.0, 1.0, 1.0, 0.5])),
    ];
    let picture = Picture::Made {
        generator: generators::named("title").unwrap(),
        values: values("title", &given),
        at: At::default(),
    };
    let black = Picture::Made {
        generator: generators::named("colour").unwrap(),
        values: values("colour", &[]),
        at: At::default(),
    };
    let layers =
        vec![Layer::new(black, Placement::default()), Layer::new(picture, Placement::default())];
    let shown = Renderer::new(0).render(&Plan { raster: RASTER, layers }, &Shelf::default());
    let brightest = plane(&shown, 0).into_iter().fold(0.0, f32::max);
    let coded = 1.099_296_826_809_44 * 0.5_f64.powf(0.45) - 0.099_296_826_809_44;
    assert!((f64::from(brightest) - coded).abs() < 1e-4, "{brightest} {coded}");
}

fn credits(motion: &str, elapsed: i64, length: i64) -> Image {
    let lines: Vec<_> = (0..30).map(|line| format!("Part {line}\tName {line}")).collect();
    let lines = lines.join("\n");
    let given = [("text", text(&lines)), ("motion", text(motion)), ("size", Value::Number(5.0))];
    made("credits", &given, At { frame: 0, elapsed, length })
}

#[test]
fn a_roll_begins_below_and_has_left_on_its_last_frame() {
    for (motion, length) in [("roll", 97), ("whole", 250)] {
        let sums =
            [0, 1, length / 2, length - 2, length - 1].map(|at| sum(&credits(motion, at, length)));
        assert!(sums[0] == 0.0 && sums[4] == 0.0, "{motion}: {sums:?}");
        assert!(sums[2] > 1000.0, "{motion}: {sums:?}");
    }
    let (one, next) = (credits("whole", 100, 250), credits("whole", 101, 250));
    let width = RASTER.width as usize;
    let (one, next) = (plane(&one, 3), plane(&next, 3));
    let is_moved = |by: usize| one[by * width..] == next[..next.len() - by * width];
    assert!((1..12).any(is_moved), "whole pixels");
}

#[test]
fn a_crawl_comes_from_one_side_and_is_gone_on_the_other() {
    let middle = |words: &str, elapsed: i64| {
        let at = At { frame: 0, elapsed, length: 101 };
        let image = made("crawl", &[("text", text(words))], at);
        let width = RASTER.width as usize;
        let alpha = plane(&image, 3);
        let weight: f64 = alpha.iter().map(|alpha| f64::from(*alpha)).sum();
        let places = alpha.iter().enumerate();
        let moment: f64 = places.map(|(at, alpha)| (at % width) as f64 * f64::from(*alpha)).sum();
        if weight == 0.0 { None } else { Some(moment / weight) }
    };
    assert_eq!([middle("News", 0), middle("News", 100)], [None, None]);
    assert!(middle("News", 20) > middle("News", 60));
    assert!(middle("חדשות", 20) < middle("חדשות", 60));
}

#[test]
fn titles_come_in_stand_and_go_out() {
    let given = |way: &str| {
        vec![
            ("text", text("Before morning")),
            ("in", text(way)),
            ("in_length", Value::Number(10.0)),
            ("out", text("fade")),
            ("out_length", Value::Number(10.0)),
        ]
    };
    let title = generators::named("title").unwrap();
    for way in [
        "fade",
        "rise",
        "drop",
        "from_left",
        "from_right",
        "from_top",
        "from_bottom",
        "grow",
        "blur",
        "type",
    ] {
        let values = values("title", &given(way));
        let at = |elapsed| (title.at)(&values, At { frame: 7, elapsed, length: 60 });
        assert_eq!(at(10), at(49), "{way}: a title that stands is one picture");
        assert_ne!(at(9), at(10), "{way}");
        assert_ne!(at(49), at(50), "{way}");
        let sums = [0, 4, 9, 20].map(|elapsed| sum(&(title.make)(&values, RASTER, at(elapsed))));
        assert!(sums[0] < sums[1] + 1e-6 && sums[1] <= sums[2] * 1.01, "{way}: {sums:?}");
        assert!(sums[0] < 0.7 * sums[3], "{way}: {sums:?}");
    }
    let faded = made("title", &given("fade"), At { frame: 0, elapsed: 4, length: 60 });
    let whole = made("title", &given("fade"), At::default());
    let ratio = sum(&faded) / sum(&whole);
    assert!((ratio - 0.45).abs() < 1e-5, "frame 4 of 10 is at (4 + 1/2) / 10: {ratio}");
}

#[test]
fn lines_words_and_letters_come_one_after_another() {
    let given = |way: &str, by: &str| {
        values(
            "title",
            &[
                ("text", text("One two\nthree four")),
                ("in", text(way)),
                ("in_length", Value::Number(20.0)),
                ("by", text(by)),
            ],
        )
    };
    let title = generators::named("title").unwrap();
    let at = |elapsed| At { frame: 0, elapsed, length: 60 };
    for by in ["line", "word", "letter"] {
        let whole = (title.make)(&given("fade", "whole"), RASTER, At::default());
        for way in ["fade", "rise", "grow", "blur", "type", "from_bottom"] {
            let values = given(way, by);
            let rows = |elapsed| sum(&(title.make)(&values, RASTER, at(elapsed)));
            let (first, middle, last) = (rows(0), rows(10), rows(19));
            assert!(first < middle && middle < last * 1.01, "{way} {by}: {first} {middle} {last}");
            assert_eq!((title.at)(&values, at(20)), At::default(), "{way} {by}");
            assert_eq!(plane(&(title.make)(&values, RASTER, At::default()), 3), plane(&whole, 3));
        }
        let half = plane(&(title.make)(&given("type", by), RASTER, at(9)), 3);
        let upper: f32 = half[..half.len() / 2].iter().sum();
        let lower: f32 = half[half.len() / 2..].iter().sum();
        assert!(upper > 20.0 && lower < 0.5 * upper, "{by}: {upper} {lower}");
    }
}

#[test]
fn outline_shadow_and_box_lie_below_the_letters() {
    let large = [("text", text("Tone")), ("size", Value::Number(30.0))];
    let plain = sum(&made("title", &large, At::default()));
    let colour = || Value::Vector(vec![0.0, 0.0, 0.0, 1.0]);
    for (what, given) in [
        ("outline", vec![("outline", Value::Number(10.0))]),
        ("shadow", vec![("shadow_colour", colour())]),
        ("box", vec![("box_colour", colour())]),
    ] {
        let large = ("size", Value::Number(30.0));
        let given = [vec![("text", text("Tone")), large], given].concat();
        let image = made("title", &given, At::default());
        assert!(sum(&image) > 1.1 * plain, "{what}");
        let (alpha, red) = (plane(&image, 3), plane(&image, 2));
        let white = alpha.iter().zip(&red).filter(|(alpha, red)| **alpha > 0.999 && **red > 0.999);
        assert!(white.count() > 100, "{what}: the letters are on top");
        assert!(alpha.iter().chain(&red).all(|value| (0.0..=1.0001).contains(value)), "{what}");
    }
}

#[test]
fn a_megabyte_of_text_is_cut_and_drawn() {
    for fill in ["word ", "x", "e\u{301}", "א", "<b>", "\n", "🙂"] {
        let long = fill.repeat(1_000_000 / fill.len());
        for kind in ["title", "credits", "crawl", "caption", "lower_third"] {
            let all = values(kind, &[("text", text(&long))]);
            assert!(all.text("text").unwrap().chars().count() <= 20_000);
        }
        let image = made("title", &[("text", text(&long))], At::default());
        assert_eq!((image.width, image.height), (480, 270));
    }
}

#[test]
fn what_no_font_has_is_told_and_emoji_are_drawn() {
    assert!(missing("Plain — text, שלום, مرحبا, Ω, ж").is_empty());
    let laid = lay("Hi 😀!", &[], &Wanted { size: 60.0, ..Wanted::default() });
    assert!(laid.is_whole(), "{laid:?}");
    assert!(sum(&made("title", &[("text", text("😀"))], At::default())) > 20.0);
}

#[test]
fn a_title_has_its_size_in_every_raster() {
    let given = [("text", text("Room tone"))];
    let title = generators::named("title").unwrap();
    let part = |raster: Raster| {
        let image = (title.make)(&values("title", &given), raster, At::default());
        sum(&image) / (f64::from(raster.height) * f64::from(raster.height))
    };
    let (small, large) = (part(RASTER), part(Raster { width: 1920, height: 1080 }));
    assert!((small / large - 1.0).abs() < 0.02, "{small} {large}");
}
