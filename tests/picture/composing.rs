//! Composites as a whole: keys over what lies below, edges, plates of any alpha, composites within composites.

use super::layering::{LIGHT, OPAQUE, film, lit, textured};
use super::support::{Shelf, codes, id, image};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::canvas::Canvas;
use roomtone::picture::filter::{self, Scene};
use roomtone::picture::grade::Space;
use roomtone::picture::masks::Matte;
use roomtone::picture::values::{Moment, Values};
use roomtone::picture::{Renderer, WORKING, plan};
use roomtone::signal::{AlphaMode, Image, PixelFormat};
use std::sync::Arc;
use timeline_format::{Param, Rate, Sequence, Timeline};

/// Red, green and blue of a frame, in light.
fn seen(film: &Timeline, frame: i64, shelf: &Shelf) -> [Vec<f64>; 3] {
    let made = Renderer::new(0).render(&plan(film, film.settings.main, frame, shelf), shelf);
    [2, 0, 1].map(|plane| lit(&made, plane))
}

/// The left half is as a screen, the right half grey.
fn screened() -> Image {
    let codes = [0.7, 0.2, 0.1];
    image((64, 36), OPAQUE, WORKING, |plane, x, _| if x < 32 { codes[plane] } else { 0.5 })
}

const KEYS: [&str; 4] = [
    r#""kind": "chroma_key", "values": {"colour": [0.1, 0.7, 0.2]}"#,
    r#""kind": "screen_key", "values": {"gain": 5}"#,
    r#""kind": "luma_key", "values": {"low": 0.6, "high": 0.65, "invert": true}"#,
    r#""kind": "difference_key", "values": {"plate": "m", "low": 0.02, "high": 0.1}"#,
];

#[test]
fn a_key_leaves_nothing_of_its_screen_over_what_lies_below() {
    let bright =
        image(
            (64, 36),
            OPAQUE,
            WORKING,
            |plane, x, _| {
                if x < 32 { [0.9, 0.9, 0.9][plane] } else { 0.5 }
            },
        );
    let clean = image((64, 36), OPAQUE, WORKING, |plane, _, _| [0.7, 0.2, 0.1][plane]);
    for (index, key) in KEYS.iter().enumerate() {
        let above = if index == 2 { bright.clone() } else { screened() };
        let shelf = Shelf::default()
            .with("a", vec![textured((64, 36))])
            .with("b", vec![above])
            .with("m", vec![clean.clone()]);
        let below = seen(&film(&[r#"{"media": "a"}"#]), 0, &shelf);
        let keyed = format!(r#"{{"media": "b", "effects": [{{"id": "k", {key}}}]}}"#);
        let over = seen(&film(&[r#"{"media": "a"}"#, &keyed]), 0, &shelf);
        for (over, below) in over.iter().zip(&below) {
            for (place, (over, below)) in over.iter().zip(below).enumerate() {
                let grey =
                    ((0.5 + 0.099_296_826_809_442) / 1.099_296_826_809_442_f64).powf(1.0 / 0.45);
                let expected = if place % 64 < 32 { *below } else { grey };
                assert!((over - expected).abs() < 1e-4, "{key} at {place}: {over} {expected}");
            }
        }
    }
}

#[test]
fn half_of_a_key_is_half_as_opaque_and_as_bright_as_it_was() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]).with("b", vec![screened()]);
    let below = seen(&film(&[r#"{"media": "a"}"#]), 0, &shelf);
    let own = seen(&film(&[r#"{"media": "b"}"#]), 0, &shelf);
    for half in
        [r#""mix": 0.5"#, r#""masks": [{"id": "m", "kind": "whole", "values": {"opacity": 0.5}}]"#]
    {
        let keyed = format!(r#"{{"media": "b", "effects": [{{"id": "k", {}, {half}}}]}}"#, KEYS[0]);
        let over = seen(&film(&[r#"{"media": "a"}"#, &keyed]), 0, &shelf);
        for channel in 0..3 {
            for place in (0..64 * 36).filter(|place| place % 64 < 32) {
                let expected = 0.5 * (own[channel][place] + below[channel][place]);
                let found = over[channel][place];
                assert!((found - expected).abs() < 1e-4, "{half} at {place}: {found} {expected}");
            }
        }
    }
}

/// What a filter makes of a picture in its own numbers.
fn filtered(kind: &str, given: &[(&str, f64)], picture: Canvas, below: Option<&Canvas>) -> Canvas {
    let filter = filter::named(kind).unwrap();
    let given: Vec<_> = given.iter().map(|(name, it)| (*name, Param::number(*it))).collect();
    let find = |id: &str| given.iter().find(|(name, _)| *name == id).map(|(_, param)| param);
    let values = Values::resolve(filter.parameters, Moment::default(), find);
    let treatment = (filter.prepare)(&values).unwrap();
    let scene = Scene { frame: 0, around: &[], matte: None };
    match below {
        Some(below) => treatment.beside(picture, below, &scene),
        None => treatment.treat(picture, &scene),
    }
}

/// A disc whose edge is softly cut out of a screen: its colours are mixed with the screen's where it is partly clear.
fn spilled() -> Canvas {
    let mut picture = Canvas::clear(96, 72, Space::Light);
    for place in 0..96 * 72 {
        let (x, y) = ((place % 96) as f32 - 48.0, (place / 96) as f32 - 36.0);
        let alpha = ((24.0 - x.hypot(y)) / 8.0 + 0.5).clamp(0.0, 1.0);
        let own = [0.6 + 0.2 * (x / 9.0).sin(), 0.3, 0.2 + 0.1 * (y / 7.0).cos()];
        for (channel, own) in own.into_iter().enumerate() {
            let screen = [0.05, 0.8, 0.1][channel];
            picture.channels[channel][place] = (own * alpha + screen * (1.0 - alpha)) * alpha;
        }
        picture.channels[3][place] = alpha;
    }
    picture
}

fn written(folder: &Folder, name: &str, canvas: &Canvas) -> String {
    let bytes: Vec<u8> = canvas.channels.iter().flatten().flat_map(|it| it.to_le_bytes()).collect();
    std::fs::write(folder.file(name), bytes).unwrap();
    folder.file(name).display().to_string()
}

/// Edge tools in doubles: `p`, the picture, and `q`, what lies below.
const EDGES: &str = r"
import sys, numpy as np
from scipy import ndimage as nd
H, W = 72, 96
read = lambda path: np.fromfile(path, '<f4').reshape(4, H, W).astype(float)
p, q = read(sys.argv[1]), read(sys.argv[2])
gauss = lambda c, s: nd.gaussian_filter(c, s, mode='nearest', truncate=4)
a = p[3]; own = np.where(a > 0, p[:3] / np.maximum(a, 1e-30), p[:3]); solid = np.clip((a - .9) * 10, 0, 1)
def inner(reach):
    out, done = own.copy(), np.zeros((H, W), bool)
    for level in range(7):
        w = gauss(solid, reach * 2 ** level)
        new = (w > 1e-3) & ~done
        for k in range(3): out[k] = np.where(new, gauss(own[k] * solid, reach * 2 ** level) / np.maximum(w, 1e-30), out[k])
        done |= w > 1e-3
        if done.all(): break
    return out
def edges(matte, reach):
    near = inner(reach)
    return np.concatenate([matte * (own * solid + near * (1 - solid)), matte[None]])
def wrap(size, amount):
    out = p.copy(); light = gauss(1 - a, size)
    for k in range(3): out[k] += amount * gauss(q[k], size) * light * a
    return out
def grown(r):
    j = np.arange(-r, r + 1); return nd.grey_dilation(a, footprint=j[:, None] ** 2 + j ** 2 <= r * r, mode='nearest')
made = [edges(a, 3), edges(grown(6), 6), wrap(4, .6)]
sys.stdout.buffer.write(np.concatenate(made).astype('<f4').tobytes())
";

#[test]
fn edges_are_decontaminated_extended_and_wrapped_as_formulas_say() {
    let python = oracle::python_program();
    if !oracle::have(&python, "edges_are_decontaminated_extended_and_wrapped_as_formulas_say") {
        return;
    }
    let folder = Folder::new();
    let (own, mut below) = (spilled(), Canvas::clear(96, 72, Space::Light));
    for place in 0..96 * 72 {
        below.channels[0][place] = if place % 96 > 60 { 2.0 } else { 0.1 };
        below.channels[1][place] = 0.3;
        below.channels[3][place] = 1.0;
    }
    let px = 1080.0 / 72.0;
    let made = [
        filtered("edges", &[("decontaminate", 3.0 * px)], own.clone(), None),
        filtered("edges", &[("grow", 6.0 * px)], own.clone(), None),
        filtered("light_wrap", &[("size", 4.0 * px), ("amount", 0.6)], own.clone(), Some(&below)),
    ];
    let paths = [written(&folder, "own", &own), written(&folder, "below", &below)];
    let told = oracle::python(EDGES, &[&paths[0], &paths[1]]);
    let told: Vec<f32> = told.as_chunks::<4>().0.iter().map(|it| f32::from_le_bytes(*it)).collect();
    for (which, (made, told)) in made.iter().zip(told.chunks_exact(4 * 96 * 72)).enumerate() {
        for (place, (made, told)) in made.channels.iter().flatten().zip(told).enumerate() {
            assert!((made - told).abs() < 2e-4, "{which} at {place}: {made} {told}");
        }
    }
    let clean = &made[0];
    let spill = |picture: &Canvas| {
        let partly = (0..96 * 72).filter(|it| (0.05..0.9).contains(&picture.channels[3][*it]));
        let green = partly.map(|it| picture.channels[1][it] / picture.channels[3][it] - 0.3);
        green.fold(0.0, |most: f32, it| most.max(it.abs()))
    };
    assert!(spill(&own) > 0.3 && spill(clean) < 0.02, "{} {}", spill(&own), spill(clean));
}

#[test]
fn a_matte_is_drawn_to_edges_as_the_guided_filter_says() {
    let python = oracle::python_program();
    if !oracle::have(&python, "a_matte_is_drawn_to_edges_as_the_guided_filter_says") {
        return;
    }
    let guide = Matte::paint(96, 72, |x, y| {
        let (x, y) = (x as f32, y as f32);
        0.3 + 0.4 * f32::from(u8::from(x + 0.3 * y > 55.0))
            + 0.05 * (x / 5.0).sin() * (y / 6.0).cos()
    });
    let mut matte = Matte::paint(96, 72, |x, y| f32::from(u8::from(x > 48 - y / 5)));
    let folder = Folder::new();
    for (name, matte) in [("guide", &guide), ("matte", &matte)] {
        let bytes: Vec<u8> = matte.values.iter().flat_map(|it| it.to_le_bytes()).collect();
        std::fs::write(folder.file(name), bytes).unwrap();
    }
    let script = r"
import sys, numpy as np
from scipy import ndimage as nd
read = lambda name: np.fromfile(f'{sys.argv[1]}/{name}', '<f4').reshape(72, 96).astype(float)
g, m = read('guide'), read('matte')
box = lambda c: nd.uniform_filter(c, 13, mode='nearest')
a = (box(g * m) - box(g) * box(m)) / (box(g * g) - box(g) ** 2 + .05 ** 2)
b = box(m) - a * box(g)
sys.stdout.buffer.write(np.clip(box(a) * g + box(b), 0, 1).astype('<f4').tobytes())
";
    let told = oracle::python(script, &[&folder.path().display().to_string()]);
    matte.guide(&guide, 6.0, 0.05);
    for (made, told) in matte.values.iter().zip(told.as_chunks::<4>().0) {
        assert!((made - f32::from_le_bytes(*told)).abs() < 5e-5, "{made}");
    }
}

#[test]
fn light_that_adds_without_covering_survives_a_grade_effects_and_a_transform() {
    let flare = image((64, 36), PixelFormat::RGBA_F32, LIGHT, |plane, x, _| match plane {
        3 => 0.0,
        plane => 0.2 + 0.1 * plane as f64 + f64::from(x) / 640.0,
    });
    let flare = Image { alpha: AlphaMode::Premultiplied, ..flare };
    let black = r#"{"generator": {"kind": "colour", "values": {"colour": [0, 0, 0, 1]}}}"#;
    let shelf = Shelf::default().with("b", vec![flare.clone()]);
    let exposure = r#"{"id": "e", "kind": "exposure", "values": {"stops": -2}}"#;
    let saturation = r#"{"id": "s", "kind": "saturation", "values": {"saturation": 0}}"#;
    for (look, by) in [
        (format!(r#""effects": [{exposure}, {saturation}]"#), 1.0),
        (
            format!(
                r#""effects": [{exposure}, {{"id": "v", "kind": "vignette", "values": {{"angle": 0.001}}}}]"#
            ),
            1.0,
        ),
        (r#""placement": {"opacity": 0.5}"#.to_owned(), 0.5),
        (r#""placement": {"position": [0.0, 2.0]}"#.to_owned(), 1.0),
    ] {
        let clip = format!(r#"{{"media": "b", {look}}}"#);
        let over = seen(&film(&[black, &clip]), 0, &shelf);
        for (over, plane) in over.iter().zip([2, 0, 1]) {
            let own = codes(&flare, plane);
            for place in 64 * 8..64 * 28 {
                let expected = own[place] * by;
                assert!(
                    (over[place] - expected).abs() < 1e-4,
                    "{look}: {} {expected}",
                    over[place]
                );
            }
        }
    }
}

#[test]
fn what_a_clip_says_of_alpha_goes_before_what_its_source_says() {
    let alpha = |x: u32| f64::from(x) / 63.0;
    let colour = |plane: usize| [0.3, 0.1, 0.6][plane];
    let multiplied = image((64, 36), PixelFormat::RGBA_F32, LIGHT, |plane, x, _| {
        if plane == 3 { alpha(x) } else { colour(plane) * alpha(x) }
    });
    let shelf = Shelf::default().with("b", vec![multiplied]);
    let red = r#"{"generator": {"kind": "colour", "values": {"colour": [0, 0, 0, 1]}}}"#;
    for effects in
        ["", r#", "effects": [{"id": "v", "kind": "vignette", "values": {"angle": 0.001}}]"#]
    {
        let at = |word: &str| {
            let placement = format!(r#""placement": {{"alpha": "{word}"}}"#);
            let clip = format!(r#"{{"media": "b", {placement}{effects}}}"#);
            seen(&film(&[red, &clip]), 0, &shelf)
        };
        for (word, power) in [("source", 2), ("straight", 2), ("premultiplied", 1), ("opaque", 1)] {
            for (found, plane) in at(word).iter().zip([2, 0, 1]) {
                for (place, found) in found.iter().enumerate() {
                    let expected = colour(plane) * alpha(place as u32 % 64).powi(power);
                    assert!(
                        (found - expected).abs() < 1e-5,
                        "{word}{effects} at {place}: {found} {expected}"
                    );
                }
            }
        }
    }
}

/// A film whose main sequence has these clips on a track each, and another called `inner` those.
fn nested(inner: &[&str], outer: &[&str]) -> Timeline {
    let whole = film(outer);
    let within = film(inner);
    let mut sequence = Sequence::new(Rate::FILM);
    sequence.tracks = within.main().unwrap().tracks.clone();
    whole.with_sequence(id("inner"), sequence)
}

const ADJUSTED: &str = r#"{"generator": {"kind": "adjustment"}, "effects": [{"id": "e", "kind": "exposure", "values": {"stops": -1.0}}]}"#;
const CAMERA: &str =
    r#"{"generator": {"kind": "camera", "values": {"position": [6, 0], "zoom": 1.25}}}"#;

#[test]
fn a_composite_within_a_composite_is_what_it_is_by_itself() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]).with("b", vec![screened()]);
    let low = r#"{"media": "a"}"#;
    let high = r#"{"media": "b", "placement": {"scale": 0.4, "depth": 2, "blend": "screen"}}"#;
    let inner = [low, high, ADJUSTED, CAMERA];
    let alone = seen(&film(&inner), 3, &shelf);
    let within = seen(&nested(&inner, &[r#"{"sequence": "inner"}"#]), 3, &shelf);
    assert_eq!(alone, within);
    let top = r#"{"media": "b", "placement": {"scale": 0.2, "position": [20, 8]}}"#;
    let over = seen(&nested(&inner, &[r#"{"sequence": "inner"}"#, top]), 3, &shelf);
    let flat = seen(&film(&[low, high, ADJUSTED, CAMERA, top]), 3, &shelf);
    for (over, flat) in over.iter().flatten().zip(flat.iter().flatten()) {
        assert!((over - flat).abs() < 5e-5 * flat.abs().max(1.0), "{over} {flat}");
    }
}

#[test]
fn an_adjustment_within_touches_nothing_without_and_one_without_all_within() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]).with("b", vec![screened()]);
    let (low, half) = (r#"{"media": "a"}"#, r#"{"media": "b", "placement": {"scale": 0.5}}"#);
    let plain = seen(&film(&[low, half]), 0, &shelf);
    let nest = r#"{"sequence": "inner"}"#;
    let inner = seen(&nested(&[half, ADJUSTED], &[low, nest]), 0, &shelf);
    let outer = seen(&nested(&[half], &[low, nest, ADJUSTED]), 0, &shelf);
    for channel in 0..3 {
        for place in 0..64 * 36 {
            let (x, y) = (place % 64, place / 64);
            let is_within = (17..47).contains(&x) && (10..26).contains(&y);
            let is_edge = !is_within && (15..49).contains(&x) && (8..28).contains(&y);
            if is_edge {
                continue;
            }
            let plain = plain[channel][place];
            let by = if is_within { 0.5 } else { 1.0 };
            let (inner, outer) = (inner[channel][place], outer[channel][place]);
            assert!((inner - plain * by).abs() < 1e-4, "{x},{y}: {inner} {plain}");
            assert!((outer - plain * 0.5).abs() < 1e-4, "{x},{y}: {outer} {plain}");
        }
    }
}

#[test]
fn a_composite_that_lies_twice_and_is_still_is_rendered_once() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]);
    let still = r#"{"media": "a", "in": 0, "speed": 0, "effects": [{"id": "b", "kind": "blur", "values": {"size": 40}}]}"#;
    let nest = r#"{"sequence": "inner", "speed": 0}"#;
    let film = nested(&[still, ADJUSTED], &[nest]);
    let main = film.settings.main;
    let keys: Vec<_> = (0..20).map(|frame| plan(&film, main, frame, &shelf).key()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    let renderer = Renderer::new(64 << 20);
    let first = renderer.render(&plan(&film, main, 0, &shelf), &shelf);
    let second = renderer.render(&plan(&film, main, 19, &shelf), &shelf);
    assert!(Arc::ptr_eq(&first, &second), "the same key has the same picture, kept");
    let twice = nested(
        &[still, ADJUSTED],
        &[nest, r#"{"sequence": "inner", "speed": 0, "placement": {"scale": 0.5}}"#],
    );
    let plan = plan(&twice, twice.settings.main, 0, &shelf);
    let nests: Vec<_> = plan
        .layers
        .iter()
        .map(|layer| match &layer.picture {
            roomtone::picture::Picture::Nested(plan) => plan.key(),
            other => panic!("{other:?} is no composite"),
        })
        .collect();
    assert_eq!(nests[0], nests[1]);
}

#[test]
fn a_composite_that_holds_itself_ends() {
    let shelf = Shelf::default();
    let film = nested(
        &[r#"{"sequence": "inner", "placement": {"scale": 0.8}}"#],
        &[r#"{"sequence": "inner"}"#],
    );
    let made = seen(&film, 0, &shelf);
    assert!(made.iter().flatten().all(|value| value.is_finite()));
}
