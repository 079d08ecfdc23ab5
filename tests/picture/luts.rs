//! Look-up tables: every format beside OpenColorIO and ffmpeg, what is refused, and grades as tables.

use super::grade_oracle::{compare, have, numbers, pixels};
use super::support::{Shelf, graded_line, noise, with};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::lut::{self, Lut};
use roomtone::picture::values::Moment;
use roomtone::picture::{Grade, Sources};
use roomtone::signal::Image;
use std::fmt::Write as _;
use std::sync::Arc;
use timeline_format::{Effect, Frames, Id, Param, Value};

fn chance(index: usize, seed: u32) -> f64 {
    noise(0, index as u32, seed)
}

/// Colours of a table: a bend, and chance on it, a little beyond black and white too.
fn colour(index: usize, at: [f64; 3]) -> [f64; 3] {
    [0, 1, 2].map(|axis| {
        let mixed = 0.9 * at[axis].powf(0.8) + 0.1 * at[(axis + 1) % 3];
        mixed * 1.1 - 0.05 + 0.06 * (chance(index, axis as u32) - 0.5)
    })
}

/// The rows of a cube, red fastest or blue fastest.
fn cube_rows(
    side: usize,
    is_blue_fastest: bool,
    row: impl Fn([usize; 3], [f64; 3]) -> String,
) -> String {
    let mut text = String::new();
    for index in 0..side * side * side {
        let places = [index % side, index / side % side, index / side / side];
        let places = if is_blue_fastest { [places[2], places[1], places[0]] } else { places };
        let at = places.map(|place| place as f64 / (side - 1) as f64);
        writeln!(
            text,
            "{}",
            row(places, colour(places[0] + side * (places[1] + side * places[2]), at))
        )
        .unwrap();
    }
    text
}

fn plain([red, green, blue]: [f64; 3]) -> String {
    format!("{red:.6} {green:.6} {blue:.6}")
}

fn curve_rows(count: usize) -> String {
    let at = |index: usize| index as f64 / (count - 1) as f64;
    (0..count).map(|index| plain(colour(index, [at(index); 3])) + "\n").collect()
}

/// Files of every format by their names, and how they are to be taken.
fn files() -> Vec<(&'static str, String, &'static str)> {
    let cube = |side: usize| cube_rows(side, false, |_, colour| plain(colour));
    let codes = |colour: [f64; 3]| {
        colour.map(|value| ((value * 4095.0).clamp(0.0, 4095.0) as u32).to_string()).join(" ")
    };
    let points: Vec<_> = (0..17).map(|point| (point * 1023 / 16).to_string()).collect();
    let bent: Vec<_> = (0..9).map(|point| (point * point * 1023 / 64).to_string()).collect();
    let spi = |[r, g, b]: [usize; 3], colour: [f64; 3]| format!("{r} {g} {b} {}", plain(colour));
    let shaper = "2\n0 1\n0.1 0.9\n2\n-0.1 1.1\n0 1\n2\n0 2\n0 1\n";
    vec![
        ("a.cube", format!("# made\nTITLE \"a\"\nLUT_3D_SIZE 17\n{}", cube(17)), "TETRAHEDRAL"),
        (
            "domain.cube",
            format!("LUT_3D_SIZE 9\nDOMAIN_MIN -0.1 0 0.1\nDOMAIN_MAX 1.2 0.9 1\n{}", cube(9)),
            "TETRAHEDRAL",
        ),
        ("line.cube", format!("LUT_1D_SIZE 100\n{}", curve_rows(100)), "LINEAR"),
        (
            "both.cube",
            format!(
                "LUT_1D_SIZE 64\nLUT_1D_INPUT_RANGE -0.1 1.1\nLUT_3D_SIZE 8\nLUT_3D_INPUT_RANGE 0.0 1.0\n{}{}",
                curve_rows(64),
                cube(8)
            ),
            "TETRAHEDRAL",
        ),
        (
            "b.3dl",
            format!("{}\n{}", points.join(" "), cube_rows(17, true, |_, colour| codes(colour))),
            "TETRAHEDRAL",
        ),
        (
            "bent.3dl",
            format!("{}\n{}", bent.join(" "), cube_rows(9, true, |_, colour| codes(colour))),
            "TETRAHEDRAL",
        ),
        (
            "c.spi1d",
            format!(
                "Version 1\nFrom -0.2 1.3\nLength 50\nComponents 3\n{{\n{}}}\n",
                curve_rows(50)
            ),
            "LINEAR",
        ),
        (
            "d.spi3d",
            format!("SPILUT 1.0\n3 3\n12 12 12\n{}", cube_rows(12, true, spi)),
            "TETRAHEDRAL",
        ),
        (
            "e.csp",
            format!(
                "CSPLUTV100\n3D\n\nBEGIN METADATA\nx\nEND METADATA\n\n{shaper}\n11 11 11\n{}",
                cube(11)
            ),
            "TETRAHEDRAL",
        ),
    ]
}

fn looked_up(lut: &Lut, pixels: &[[f32; 3]]) -> Vec<[f32; 3]> {
    let mut planes =
        [0, 1, 2].map(|channel| pixels.iter().map(|it| it[channel]).collect::<Vec<_>>());
    lut.line(planes.each_mut().map(|plane| &mut plane[..]));
    (0..pixels.len()).map(|x| planes.each_ref().map(|plane| plane[x])).collect()
}

#[test]
fn every_format_is_what_opencolorio_makes_of_it() {
    if !have("every_format_is_what_opencolorio_makes_of_it") {
        return;
    }
    let (folder, pixels) = (Folder::new(), pixels());
    for (name, text, how) in files() {
        let path = folder.file(name);
        std::fs::write(&path, &text).unwrap();
        let lut = Lut::read(name, text.as_bytes()).unwrap_or_else(|why| panic!("{name}: {why}"));
        let oracle = format!("lut({:?}, {how:?})", path.to_str().unwrap());
        compare(name, (&looked_up(&lut, &pixels), &pixels), &oracle, 2e-6);
    }
}

#[test]
fn a_cube_is_what_ffmpeg_makes_of_it_bit_for_bit_or_nearly() {
    if !oracle::have("ffmpeg", "a_cube_is_what_ffmpeg_makes_of_it_bit_for_bit_or_nearly") {
        return;
    }
    let folder = Folder::new();
    let (_, text, _) = files().swap_remove(0);
    let (table, from, to) = (folder.file("a.cube"), folder.file("in"), folder.file("out"));
    std::fs::write(&table, &text).unwrap();
    let pixels = &pixels()[..100_000];
    let plane = |channel: usize| pixels.iter().flat_map(move |it| it[channel].to_le_bytes());
    let bytes: Vec<u8> = [1, 2, 0].into_iter().flat_map(plane).collect();
    std::fs::write(&from, bytes).unwrap();
    let filter = format!("lut3d=file={}:interp=tetrahedral", table.to_str().unwrap());
    let raw = ["-f", "rawvideo", "-pix_fmt", "gbrpf32le"];
    let input = ["-s", "1000x100", "-i", from.to_str().unwrap(), "-vf", &filter];
    oracle::ffmpeg(&[&raw[..], &input, &raw, &[to.to_str().unwrap()]].concat());
    let told = std::fs::read(&to).unwrap();
    let told: Vec<f32> =
        told.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let found = looked_up(&Lut::read("a.cube", text.as_bytes()).unwrap(), pixels);
    for (x, found) in found.iter().enumerate() {
        for (channel, place) in [2, 0, 1].into_iter().enumerate() {
            let told = told[place * pixels.len() + x];
            assert!((found[channel] - told).abs() < 1e-6, "{:?}: {told}", pixels[x]);
        }
    }
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let read = |name: &str, text: &str| Lut::read(name, text.as_bytes()).unwrap_err();
    let cases = [
        ("a.cube", "", "LUT_3D_SIZE"),
        ("a.cube", "LUT_3D_SIZE 2\n0 0 0\n", "ends where colour 2 of 8"),
        ("a.cube", "LUT_3D_SIZE 100000\n", "2 to 129"),
        ("a.cube", "LUT_1D_SIZE 1e300\n", "2 to 65536"),
        ("a.cube", "LUT_3D_SIZE -2\n", "2 to 129"),
        ("a.cube", "LUT_3D_SIZE 2\n0 0 nan\n", "row 2 should be colour 1 of 8"),
        ("a.cube", "LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\nDOMAIN_MAX 0 0 0\n0 0 0\n1 1 1\n", "domain"),
        ("a.cube", "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n2 2 2\n", "row 4 should be the end"),
        ("a.3dl", "0 1023\n0 0 99999999\n", "ends where colour 2 of 8"),
        ("a.3dl", "0\n", "2 to 129"),
        ("a.spi1d", "Length 3\n{\n0\n1\n}\n", "row 5 should be entry 3 of 3"),
        ("a.spi1d", "From 1 1\nLength 2\n{\n0\n1\n}\n", "range from 1 to 1"),
        ("a.spi3d", "SPILUT 1.0\n3 3\n2 2 2\n9 0 0 1 1 1\n", "a place within the cube"),
        ("a.csp", "CSPLUTV100\n3D\n2\n1 0\n0 1\n", "do not rise"),
        ("a.txt", "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n", "no ending of a look-up table"),
        ("a", "", "no ending"),
    ];
    for (name, text, words) in cases {
        let why = read(name, text);
        assert!(why.contains(words), "{name}: {why}");
    }
    assert!(Lut::read("a.cube", &[0xff, 0xfe, 0]).unwrap_err().contains("no text"));
    let large = vec![b' '; lut::MOST_BYTES + 1];
    assert!(Lut::read("a.cube", &large).unwrap_err().contains("larger than 64 MiB"));
}

/// Bytes of tables changed, cut and doubled by chance: an answer each time, and no more memory than a table has.
#[test]
fn broken_tables_are_read_or_refused() {
    let small = [
        ("a.cube", "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n"),
        ("b.cube", "LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"),
        ("c.3dl", "0 1023\n0 0 0\n0 0 9\n0 9 0\n0 9 9\n9 0 0\n9 0 9\n9 9 0\n9 9 4095\n"),
        ("d.spi1d", "Version 1\nFrom 0 1\nLength 2\nComponents 1\n{\n0\n1\n}\n"),
        ("e.csp", "CSPLUTV100\n1D\n2\n0 1\n0 1\n2\n0 1\n0 1\n2\n0 1\n0 1\n2\n0 0 0\n1 1 1\n"),
    ];
    let mut read = 0;
    for (name, text) in small {
        assert!(Lut::read(name, text.as_bytes()).is_ok(), "{name}");
        for round in 0..2000 {
            let mut bytes = text.as_bytes().to_vec();
            for change in 0..=(round % 3) {
                let at = (chance(round, change as u32) * bytes.len() as f64) as usize;
                match round % 4 {
                    0 => bytes[at] = (chance(round, 9) * 256.0) as u8,
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"0123456789-.e \n"[round / 4 % 15]),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            if let Ok(lut) = Lut::read(name, &bytes) {
                read += 1;
                let found = looked_up(&lut, &[[0.3, f32::NAN, 2.0], [f32::INFINITY, -1.0, 0.5]]);
                assert!(found.iter().flatten().all(|value| !value.is_nan()), "{name} {round}");
            }
        }
    }
    assert!(read > 500, "{read}");
}

/// A folder with one table.
struct One(Arc<Lut>);

impl Sources for One {
    fn resolve(&self, _: Id, _: Frames) -> i64 {
        0
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        Shelf::default().frame(media, frame)
    }

    fn table(&self, path: &str) -> Option<Arc<Lut>> {
        (path == "looks/a.cube").then(|| Arc::clone(&self.0))
    }
}

fn text_of(value: &str) -> Param {
    Param::Constant(Value::Text(value.into()))
}

fn lut_effect(path: &str) -> Effect {
    with("lut", &[("file", text_of(path))])
}

#[test]
fn a_table_that_is_missing_changes_nothing_and_another_content_is_another_key() {
    let of = |gain: f64| {
        let text = format!("LUT_1D_SIZE 2\n0 0 0\n{gain} {gain} {gain}\n");
        One(Arc::new(Lut::read("a.cube", text.as_bytes()).unwrap()))
    };
    let graded =
        |path: &str, one: &One| Grade::with_files([&lut_effect(path)], Moment::default(), one);
    assert!(graded("looks/b.cube", &of(2.0)).is_empty());
    assert!(graded("", &of(2.0)).is_empty());
    assert!(Grade::of([&lut_effect("looks/a.cube")], Moment::default()).is_empty());
    let key = |gain: f64| graded("looks/a.cube", &of(gain)).key();
    assert_eq!(key(0.5), key(0.5));
    assert_ne!(key(0.5), key(0.7));
}

/// The essay's grade in a table of 33: no colour of a fine ramp and of chance is off by more than 1 of CIE 1976.
#[test]
fn a_baked_grade_looks_like_the_grade() {
    let essay = [
        with(
            "zones",
            &[("shadows", numbers(&[0.92, 0.99, 1.1])), ("highlights", numbers(&[1.07, 1.0, 0.9]))],
        ),
        with("saturation", &[("midtones", Param::number(0.8))]),
    ];
    let grade = Grade::of(&essay, Moment::default());
    let text = lut::to_cube(&grade, 33, "essay \"quoted\"\n").unwrap();
    let read = Lut::read("essay.cube", text.as_bytes()).unwrap();
    assert_eq!(read.words(), "33 x 33 x 33");
    let colours: Vec<[f64; 3]> = (0..4000)
        .map(|index| match index {
            0..1000 => [index as f64 / 999.0; 3],
            _ => [0, 1, 2].map(|axis| chance(index, axis)),
        })
        .collect();
    let exact = graded_line(&essay, &colours);
    let pixels: Vec<_> = colours.iter().map(|colour| colour.map(|value| value as f32)).collect();
    let (mut worst, mut sum) = (0.0_f64, 0.0);
    for (exact, found) in exact.iter().zip(looked_up(&read, &pixels)) {
        let (one, other) = (lab(*exact), lab(found.map(f64::from)));
        let far = (0..3).map(|axis| (one[axis] - other[axis]).powi(2)).sum::<f64>().sqrt();
        (worst, sum) = (worst.max(far), sum + far);
    }
    assert!(worst < 1.0 && sum / 4000.0 < 0.2, "{worst} {}", sum / 4000.0);
    for side in [0, 1, 130] {
        assert!(lut::bake(&grade, side).is_none());
    }
}

/// CIE L*, a*, b* of a display-coded colour.
fn lab(colour: [f64; 3]) -> [f64; 3] {
    let light = colour.map(|code| {
        if code < 0.081_242_858 {
            code / 4.5
        } else {
            ((code + 0.099_296_827) / 1.099_296_827).powf(1.0 / 0.45)
        }
    });
    let rows = [
        [0.412_390_8, 0.357_584_3, 0.180_480_8],
        [0.212_639_0, 0.715_168_7, 0.072_192_3],
        [0.019_330_8, 0.119_194_8, 0.950_532_2],
    ];
    let f =
        |t: f64| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
    let [x, y, z] = rows.map(|row| {
        let sum: f64 = row.iter().zip(light).map(|(part, light)| part * light).sum();
        f(sum / row.iter().sum::<f64>())
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}
