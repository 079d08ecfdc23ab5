//! Finders of faults, held against faults that were planted in films of photographs.

use super::support::noise as chance;
use crate::support::oracle;
use crate::support::planted::{self, Tally};
use roomtone::picture::faults::{self, Find, Limits, Watcher};
use roomtone::signal::{AlphaMode, Colour, Image, PixelFormat, Plane};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::sync::OnceLock;

/// A photograph: red, green and blue, line after line.
struct Photo {
    width: usize,
    height: usize,
    codes: Vec<[f64; 3]>,
}

const PHOTOS: [&str; 6] = ["astronaut", "coffee", "chelsea", "rocket", "camera", "gravel"];
pub(super) const SIZE: (usize, usize) = (400, 256);
const FRAMES: usize = 30;

fn photos() -> &'static BTreeMap<&'static str, Photo> {
    static PHOTOS_READ: OnceLock<BTreeMap<&'static str, Photo>> = OnceLock::new();
    PHOTOS_READ.get_or_init(|| {
        let script = r"
import sys, numpy, skimage.data as data
for name in sys.argv[1:]:
    a = getattr(data, name)()
    a = numpy.stack([a] * 3, -1) if a.ndim == 2 else a[..., :3]
    sys.stdout.buffer.write(numpy.array(a.shape[:2], numpy.uint32).tobytes() + numpy.ascontiguousarray(a, numpy.uint8).tobytes())
";
        let all = oracle::python(script, &PHOTOS);
        let mut rest = &all[..];
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at(count);
            rest = tail;
            head
        };
        PHOTOS
            .iter()
            .map(|name| {
                let number = |bytes: &[u8]| u32::from_ne_bytes(bytes.try_into().unwrap()) as usize;
                let (height, width) = (number(take(4)), number(take(4)));
                let bytes = take(3 * width * height);
                let codes = bytes.as_chunks::<3>().0.iter().map(|it| it.map(f64::from)).collect();
                (*name, Photo { width, height, codes })
            })
            .collect()
    })
}

impl Photo {
    fn at(&self, x: f64, y: f64) -> [f64; 3] {
        let (x, y) =
            (x.clamp(0.0, self.width as f64 - 1.001), y.clamp(0.0, self.height as f64 - 1.001));
        let (left, top, part, down) = (x as usize, y as usize, x.fract(), y.fract());
        let at = |x: usize, y: usize| self.codes[y * self.width + x];
        std::array::from_fn(|c| {
            let above = at(left, top)[c] * (1.0 - part) + at(left + 1, top)[c] * part;
            let below = at(left, top + 1)[c] * (1.0 - part) + at(left + 1, top + 1)[c] * part;
            above * (1.0 - down) + below * down
        })
    }
}

/// Numbers of the normal distribution (Box and Muller, 1958).
pub(super) fn normal(series: usize, x: usize, y: usize) -> f64 {
    let (a, b) =
        (chance(2 * series, x as u32, y as u32), chance(2 * series + 1, x as u32, y as u32));
    (-2.0 * (1.0 - a).ln()).sqrt() * (TAU * b).cos()
}

/// What a fault does to a pixel: given the frame, column, line, and the pixel.
pub(super) type Plant<'a> = &'a (dyn Fn(usize, usize, usize, [f64; 3]) -> [f64; 3] + Sync);

/// How a film is made.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) photo: &'a str,
    /// Pixels that the camera moves a frame.
    pub(super) moved: f64,
    pub(super) noise: f64,
    pub(super) frames: usize,
    pub(super) plant: Plant<'a>,
    /// Which frame of the scene each frame shows.
    pub(super) shows: &'a (dyn Fn(usize) -> usize + Sync),
}

pub(super) const CLEAN: Making<'static> = Making {
    photo: "coffee",
    moved: 1.5,
    noise: 1.0,
    frames: FRAMES,
    plant: &|_, _, _, pixel| pixel,
    shows: &|n| n,
};

pub(super) fn frame(making: &Making<'_>, n: usize) -> Image {
    let photo = &photos()[making.photo];
    let shown = (making.shows)(n);
    let (dx, dy) = (making.moved * shown as f64, making.moved * 0.33 * shown as f64);
    let mut planes = [0, 1, 2].map(|_| Vec::with_capacity(SIZE.0 * SIZE.1));
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            let pixel = photo.at(x as f64 + dx, y as f64 + dy);
            let grain = making.noise * normal(40 + shown, x, y);
            let pixel = (making.plant)(n, x, y, pixel.map(|code| code + grain));
            for (plane, channel) in [1, 2, 0].into_iter().enumerate() {
                planes[plane].push(pixel[channel].round().clamp(0.0, 255.0) as u8);
            }
        }
    }
    let planes = planes.map(|bytes| Plane::packed(bytes, SIZE.0)).into();
    let (width, height) = (SIZE.0 as u32, SIZE.1 as u32);
    Image {
        width,
        height,
        format: PixelFormat::RGB8,
        colour: Colour::SRGB,
        alpha: AlphaMode::Straight,
        planes,
    }
}

fn finds(making: &Making<'_>, kinds: &[&str]) -> Vec<Find> {
    let limits = Limits::own();
    let finders = faults::ALL.iter().filter(|it| kinds.is_empty() || kinds.contains(&it.id));
    let mut searches: Vec<_> = finders.map(|it| (it.search)(&limits)).collect();
    let mut watcher = Watcher::new(making.frames);
    for n in 0..making.frames {
        let image = frame(making, n);
        let sight = watcher.sight(n as i64, &image);
        searches.iter_mut().for_each(|search| search.see(&sight));
    }
    searches.into_iter().flat_map(|search| search.found(24.0)).collect()
}

/// The one find of a kind in a film.
#[track_caller]
fn only(making: &Making<'_>, kind: &str) -> Find {
    let mut found = finds(making, &[kind]);
    assert_eq!(found.len(), 1, "{kind} in {}: {found:?}", making.photo);
    found.remove(0)
}

pub(super) fn have(test: &str) -> bool {
    oracle::have(&oracle::python_program(), test)
}

#[test]
fn a_photograph_that_is_panned_over_or_stands_still_is_accused_of_nothing() {
    if !have("a_photograph_that_is_panned_over_or_stands_still_is_accused_of_nothing") {
        return;
    }
    let kinds = ["lattice", "joins", "pop", "ends", "boil", "local", "halo", "banding", "range"];
    let found = finds(&Making { photo: "astronaut", moved: 2.0, ..CLEAN }, &kinds);
    assert!(found.is_empty(), "{found:?}");
    let found = finds(&Making { photo: "chelsea", moved: 0.0, ..CLEAN }, &[]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_lattice_of_half_a_code_is_found_under_a_pan_and_its_period_named() {
    if !have("a_lattice_of_half_a_code_is_found_under_a_pan_and_its_period_named") {
        return;
    }
    let plant = |_: usize, x: usize, y: usize, pixel: [f64; 3]| {
        let add = 0.5 * normal(900, x % 16, y % 16);
        pixel.map(|code| code + add)
    };
    for photo in ["astronaut", "coffee", "rocket"] {
        let found = only(&Making { photo, moved: 2.0, plant: &plant, ..CLEAN }, "lattice");
        assert_eq!(found.figures[0], ("period", 16.0), "{photo}");
        assert!(found.score > 60.0, "{photo}: {}", found.score);
        assert!(found.remedy.is_some());
    }
}

#[test]
fn flicker_has_the_strength_that_was_planted() {
    if !have("flicker_has_the_strength_that_was_planted") {
        return;
    }
    let gain = |n: usize| 1.0 + 0.02 * normal(7, n, 0);
    let levels: Vec<f64> = (0..FRAMES).map(|n| gain(n).log2()).collect();
    let seconds = levels.windows(3).map(|it| (it[0] - 2.0 * it[1] + it[2]).powi(2));
    let truth = (seconds.sum::<f64>() / (FRAMES - 2) as f64 / 6.0).sqrt();
    let plant = |n: usize, _: usize, _: usize, pixel: [f64; 3]| pixel.map(|code| code * gain(n));
    for moved in [0.0, 1.5] {
        let found = only(&Making { moved, plant: &plant, ..CLEAN }, "flicker");
        assert!((found.score / truth - 1.0).abs() < 0.1, "{} and {truth}", found.score);
    }
}

#[test]
fn drift_and_steps_have_the_size_that_was_planted() {
    if !have("drift_and_steps_have_the_size_that_was_planted") {
        return;
    }
    let falls = |n: usize, _: usize, _: usize, pixel: [f64; 3]| {
        pixel.map(|code| code * (1.0 - 0.004 * n as f64))
    };
    let found = only(&Making { moved: 0.0, plant: &falls, ..CLEAN }, "drift");
    assert!((found.score / -0.147 - 1.0).abs() < 0.05, "{}", found.score);
    let leaps = |n: usize, _: usize, _: usize, pixel: [f64; 3]| {
        pixel.map(|code| if n >= 15 { code * 1.06 } else { code })
    };
    for moved in [0.0, 1.5] {
        let found = only(&Making { moved, plant: &leaps, ..CLEAN }, "step");
        assert_eq!(found.frames.start, 15);
        assert!((found.score / 1.06_f64.log2() - 1.0).abs() < 0.1, "{}", found.score);
    }
}

#[test]
fn first_frames_that_are_off_are_found() {
    if !have("first_frames_that_are_off_are_found") {
        return;
    }
    let plant = |n: usize, _: usize, _: usize, pixel: [f64; 3]| {
        pixel.map(|code| if n < 4 { code * (1.08 - 0.02 * n as f64) } else { code })
    };
    let found = only(&Making { photo: "camera", moved: 0.0, plant: &plant, ..CLEAN }, "ends");
    assert_eq!(found.frames.start, 0);
    assert!((3..=4).contains(&found.frames.end), "{:?}", found.frames);
    assert!((found.score / 1.08_f64.log2() - 1.0).abs() < 0.1, "{}", found.score);
}

#[test]
fn a_pop_is_found_in_its_frame_and_place() {
    if !have("a_pop_is_found_in_its_frame_and_place") {
        return;
    }
    let plant = |n: usize, x: usize, y: usize, [red, green, blue]: [f64; 3]| {
        let is_there = n == 11 && (101..180).contains(&x) && (101..160).contains(&y);
        if is_there { [blue, red, 255.0 - green] } else { [red, green, blue] }
    };
    for moved in [0.0, 2.0] {
        let found = only(&Making { moved, plant: &plant, ..CLEAN }, "pop");
        assert_eq!(found.frames, 11..12);
        let [left, top, right, bottom] = found.region.unwrap();
        assert!(left > 0.15 && top > 0.25 && right < 0.55 && bottom < 0.75);
    }
}

#[test]
fn a_join_of_two_codes_and_a_black_line_are_found_where_they_are() {
    if !have("a_join_of_two_codes_and_a_black_line_are_found_where_they_are") {
        return;
    }
    let join = |_: usize, x: usize, _: usize, pixel: [f64; 3]| {
        pixel.map(|code| if x >= 200 { code + 2.0 } else { code })
    };
    let found = only(&Making { moved: 2.0, plant: &join, ..CLEAN }, "joins");
    assert_eq!(found.figures[0], ("column", 200.0));
    let line =
        |_: usize, _: usize, y: usize, pixel: [f64; 3]| if y == 0 { [4.0; 3] } else { pixel };
    let found = only(&Making { plant: &line, ..CLEAN }, "edges");
    assert_eq!(found.figures[0], ("lines", 1.0));
}

#[test]
fn texture_that_boils_and_light_that_trembles_in_places_are_found() {
    if !have("texture_that_boils_and_light_that_trembles_in_places_are_found") {
        return;
    }
    let boils = |n: usize, x: usize, y: usize, pixel: [f64; 3]| {
        let add = 5.0 * normal(170 + n, x / 3, y / 3);
        let is_there = (151..300).contains(&x) && (61..200).contains(&y);
        if is_there { pixel.map(|code| code + add) } else { pixel }
    };
    assert!(only(&Making { moved: 0.0, plant: &boils, ..CLEAN }, "boil").score > 0.01);
    let trembles = |n: usize, x: usize, y: usize, pixel: [f64; 3]| {
        let gain = 1.0 + 0.03 * normal(70 + n, x / 80, y / 80);
        pixel.map(|code| code * gain)
    };
    assert!(only(&Making { plant: &trembles, ..CLEAN }, "local").score > 0.01);
}

#[test]
fn a_rhythm_a_frozen_frame_and_a_doubled_one_are_told_apart() {
    if !have("a_rhythm_a_frozen_frame_and_a_doubled_one_are_told_apart") {
        return;
    }
    let kinds = ["cadence", "frozen", "doubled"];
    let of = |shows: &(dyn Fn(usize) -> usize + Sync)| {
        let found = finds(&Making { shows, ..CLEAN }, &kinds);
        let told = found.into_iter().map(|it| (it.kind, it.frames));
        told.collect::<Vec<_>>()
    };
    assert_eq!(of(&|n| 2 * n / 3), [("cadence", 0..30)]);
    assert_eq!(of(&|n| n.min(20)), [("frozen", 20..30)]);
    assert_eq!(of(&|n| if n == 9 { 8 } else { n }), [("doubled", 9..10)]);
}

/// Faults that are asked about at a strength, and in how many films.
const FOUND: &[(&str, f64, usize)] = &[
    ("lattice", 0.25, 1),
    ("joins", 2.0, 1),
    ("texture", 96.0, 1),
    ("flicker", 1.5, 1),
    ("local", 2.0, 1),
    ("boil", 3.0, 1),
    ("drift", 7.0, 1),
    ("step", 3.0, 1),
    ("ends", 4.0, 1),
    ("pop", 100.0, 1),
    ("frozen", 4.0, 1),
    ("doubled", 1.0, 1),
    ("cadence", 12.0, 1),
    ("banding", 2.0, 1),
    ("halo", 3.0, 1),
    ("clean", 0.0, 1),
    ("range", 3.0, 1),
    ("matrix", 4.0, 2),
    ("edges", 100.0, 1),
];

#[test]
fn every_finder_finds_what_is_planted_and_accuses_no_clean_film() {
    if !have("every_finder_finds_what_is_planted_and_accuses_no_clean_film") {
        return;
    }
    let mut tally = Tally::default();
    let films: Vec<_> = planted::clean().into_iter().step_by(29).collect();
    tally.ask_clean(&[], &films);
    let mut missed = Vec::new();
    for finder in faults::ALL {
        let (_, strength, films) = FOUND.iter().find(|it| it.0 == finder.id).unwrap();
        let fault = planted::faults().find(|fault| fault.kind == finder.id).unwrap();
        let row = tally.ask_planted(&[finder.id], fault, *strength, *films);
        if row.hits() < *films {
            missed.push(format!("{} ({}): {:?}", row.fault.kind, row.strength, row.found));
        }
        let (right, all) = tally.precision(finder.id);
        assert_eq!(right, all, "{} of {} clean films: {:?}", finder.id, tally.clean, tally.wrong);
        assert!(fault.strengths.contains(strength), "{}: {strength} is not asked", fault.told);
    }
    assert!(missed.len() <= 1, "{missed:?}");
}
