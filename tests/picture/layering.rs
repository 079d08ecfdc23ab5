//! Layers: adjustments, cameras, perspective, motion, mattes and alpha, held against planted truth and OpenCV.

use super::support::{Shelf, codes, id, image, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::placement::Placement;
use roomtone::picture::{Key, Layer, Picture, Plan, Renderer, WORKING, convert, plan};
use roomtone::signal::{AlphaMode, Colour, Image, PixelFormat, Transfer};
use std::sync::Arc;
use timeline_format::parameter::{Curve, Ease, Follow, Key as KeyFrame};
use timeline_format::sequence::Raster;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Frames, Item, Mask, Param, Rate, Ratio, Sequence, Timeline, Track, Value,
};

pub(super) const LIGHT: Colour = Colour { transfer: Transfer::Linear, ..WORKING };
pub(super) const OPAQUE: PixelFormat = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
const SIZE: Raster = Raster { width: 64, height: 36 };

fn layer(media: &str, placement: Placement) -> Layer {
    let (media, aspect) = (id(media), Ratio::ONE);
    Layer::new(Picture::Media { media, frame: 0, turn: 0, aspect, said: Key(0) }, placement)
}

fn rendered(layers: Vec<Layer>, shelf: &Shelf, raster: Raster) -> Arc<Image> {
    Renderer::new(0).render(&Plan { raster, layers }, shelf)
}

pub(super) fn lit(image: &Image, plane: usize) -> Vec<f64> {
    codes(&convert::to(image, PixelFormat::RGBA_F32, LIGHT), plane)
}

pub(super) fn textured(size: (u32, u32)) -> Image {
    image(size, OPAQUE, LIGHT, |plane, x, y| {
        let wave = ((f64::from(x) / 5.0).sin() * (f64::from(y) / 4.0).cos() + 1.0) * 0.4;
        wave + 0.02 * noise(plane, x, y)
    })
}

/// A film of clips on a track each, the first at the bottom.
pub(super) fn film(clips: &[&str]) -> Timeline {
    let mut film = Timeline::new(SIZE, Rate::FILM, 48_000, id("main"));
    for media in ["a", "b", "m"] {
        let text = r#"{"path":"a.mov","kind":"video","rate":"24","length":100}"#;
        film.media.insert(id(media), Arc::new(serde_json::from_str(text).unwrap()));
    }
    let mut main = Sequence::new(Rate::FILM);
    let track = |(index, text): (usize, &&str)| {
        let clip: Clip = serde_json::from_str(text).unwrap();
        let items = vec![Item::clip(id(&format!("c{index}")), 20, clip)];
        let track = Track::sequential(id(&format!("v{index}")), TrackKind::Picture);
        Arc::new(Track { content: Content::Sequential(items.into_iter().collect()), ..track })
    };
    main.tracks = clips.iter().enumerate().map(track).collect();
    film.with_sequence(id("main"), main)
}

#[test]
fn an_adjustment_works_on_all_that_lies_below_and_on_nothing_above() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]);
    let grey = r#"{"generator": {"kind": "colour", "values": {"colour": [0.5, 0.5, 0.5, 1]}}, "placement": {"scale": 0.5}}"#;
    let dark = r#"{"generator": {"kind": "adjustment"}, "effects": [{"id": "e", "kind": "exposure", "values": {"stops": -1.0}}]}"#;
    let media = r#"{"media": "a"}"#;
    let seen = |clips: &[&str]| {
        let film = film(clips);
        lit(&Renderer::new(0).render(&plan(&film, film.settings.main, 0, &shelf), &shelf), 0)
    };
    let (plain, adjusted) = (seen(&[media]), seen(&[media, dark]));
    let off = plain.iter().zip(&adjusted).map(|(a, b)| (a / 2.0 - b).abs()).fold(0.0, f64::max);
    assert!(off < 1e-4, "{off}");
    let (above, below) = (seen(&[media, dark, grey]), seen(&[media, grey, dark]));
    let middle = 18 * 64 + 32;
    assert!((above[middle] / below[middle] - 2.0).abs() < 1e-3);
    let half = dark.replace(r#""effects""#, r#""placement": {"opacity": 0.5}, "effects""#);
    let half = seen(&[media, &half]);
    let off = plain.iter().zip(&half).map(|(a, b)| (a * 0.75 - b).abs()).fold(0.0, f64::max);
    assert!(off < 1e-4, "{off}");
    let masked = dark.replace(
        r#""effects""#,
        r#""masks": [{"id": "m", "kind": "rectangle", "values": {"centre": [0.25, 0.5], "size": [0.5, 1.0]}}], "effects""#,
    );
    let masked = seen(&[media, &masked]);
    for (index, (a, b)) in plain.iter().zip(&masked).enumerate() {
        let part = if index % 64 < 32 { 0.5 } else { 1.0 };
        assert!((a * part - b).abs() < 1e-4, "{index}: {a} {b}");
    }
}

#[test]
fn corners_go_where_they_are_pinned_as_opencv_says() {
    let python = oracle::python_program();
    if !oracle::have(&python, "corners_go_where_they_are_pinned_as_opencv_says") {
        return;
    }
    let source = image((96, 54), OPAQUE, LIGHT, |_, x, y| {
        ((f64::from(x) / 9.0).sin() * (f64::from(y) / 8.0).cos() + 1.0) * 0.4
    });
    let folder = Folder::new();
    let path = folder.file("source");
    std::fs::write(&path, source.planes[0].bytes()).unwrap();
    let pin = [[6.0, 4.0], [-10.0, 8.0], [-3.0, -9.0], [8.0, -2.0]];
    let placement = Placement { pin, ..Placement::default() };
    let raster = Raster { width: 96, height: 54 };
    let shelf = Shelf::default().with("a", vec![source]);
    let made = lit(&rendered(vec![layer("a", placement)], &shelf, raster), 0);
    let script = r"
import sys, numpy as np, cv2
p = np.fromfile(sys.argv[1], '<f4').reshape(54, 96)
own = np.float32([[0, 0], [96, 0], [96, 54], [0, 54]]) - .5
to = own + np.float32([[6, 4], [-10, 8], [-3, -9], [8, -2]])
m = cv2.getPerspectiveTransform(own, to)
sys.stdout.buffer.write(cv2.warpPerspective(p, m, (96, 54), flags=cv2.INTER_LANCZOS4).astype('<f4').tobytes())
";
    let told = oracle::python(script, &[path.to_str().unwrap()]);
    let told: Vec<f64> =
        told.as_chunks::<4>().0.iter().map(|bytes| f64::from(f32::from_ne_bytes(*bytes))).collect();
    let inner =
        |index: &usize| (14..82).contains(&(index % 96)) && (14..40).contains(&(index / 96));
    let squares = (0..made.len()).filter(inner).map(|index| (made[index] - told[index]).powi(2));
    let count = (0..made.len()).filter(inner).count() as f64;
    let psnr = -10.0 * (squares.sum::<f64>() / count).log10();
    assert!(psnr > 50.0, "{psnr} dB");
}

#[test]
fn a_moving_picture_is_the_mean_of_where_it_was() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]);
    let at = |x: f64| Placement { position: [x, 0.0], ..Placement::default() };
    let way = [-3.0, -1.0, 1.0, 3.0];
    let moving = Layer { motion: way.map(at).to_vec(), ..layer("a", at(0.0)) };
    let made = lit(&rendered(vec![moving], &shelf, SIZE), 0);
    let each = way.map(|x| lit(&rendered(vec![layer("a", at(x))], &shelf, SIZE), 0));
    for index in (0..made.len()).filter(|index| (8..56).contains(&(index % 64))) {
        let mean = each.iter().map(|one| one[index]).sum::<f64>() / 4.0;
        assert!((made[index] - mean).abs() < 2e-5, "{index} {} {mean}", made[index]);
    }
}

#[test]
fn a_shutter_blurs_what_keys_move_and_nothing_that_is_still() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]);
    let key = |at: i64, x: f64| KeyFrame {
        at: Frames::whole(at),
        value: Value::Vector(vec![x, 0.0]),
        ease: Ease::Linear,
    };
    let keys = vec![key(0, 0.0), key(10, 200.0)];
    let moves =
        serde_json::to_string(&Param::Animated(Curve { keys, follow: Follow::Clip })).unwrap();
    let clip = format!(r#"{{"media": "a", "placement": {{"shutter": 180, "position": {moves}}}}}"#);
    let film = film(&[&clip]);
    let plan = plan(&film, film.settings.main, 5, &shelf);
    let motion = &plan.layers[0].motion;
    assert!(motion.len() >= 4, "{}", motion.len());
    let (first, last) = (motion[0].position[0], motion[motion.len() - 1].position[0]);
    let per_frame = 20.0;
    let expected = per_frame * 0.5 * (motion.len() - 1) as f64 / motion.len() as f64;
    assert!((last - first - expected).abs() < 1e-9, "{first} {last}");
    assert!((0.5 * (first + last) - 100.0).abs() < 1e-9);
    let still = r#"{"media": "a", "placement": {"shutter": 180, "position": [4, 0]}}"#;
    let film = super::layering::film(&[still]);
    assert!(
        roomtone::picture::plan(&film, film.settings.main, 5, &shelf).layers[0].motion.is_empty()
    );
}

#[test]
fn a_mask_takes_its_matte_from_a_media() {
    let white = image((64, 36), OPAQUE, WORKING, |_, _, _| 1.0);
    let matte = image((32, 18), OPAQUE, WORKING, |_, x, _| if x < 16 { 1.0 } else { 0.0 });
    let shelf = Shelf::default().with("a", vec![white]).with("m", vec![matte]);
    let clip =
        r#"{"media": "a", "masks": [{"id": "m", "kind": "media", "values": {"media": "m"}}]}"#;
    let film = film(&[clip]);
    let plan = plan(&film, film.settings.main, 0, &shelf);
    assert!(plan.needs().contains(&(id("m"), 0)), "{:?}", plan.needs());
    let made = Renderer::new(0).render(&plan, &shelf);
    let alpha = codes(&made, 3);
    assert_eq!((alpha[18 * 64 + 4], alpha[18 * 64 + 60]), (1.0, 0.0));
}

#[test]
fn outside_its_masks_an_effect_leaves_every_bit() {
    let source = image((64, 36), PixelFormat::RGB8, Colour::SRGB, |plane, x, y| {
        (noise(plane, x, y) * 255.0).floor()
    });
    let planes = source.planes.clone();
    let shelf = Shelf::default().with("a", vec![source]);
    let clip = r#"{"media": "a", "effects": [{"id": "e", "kind": "blur", "values": {"size": 60.0},
        "masks": [{"id": "m", "kind": "ellipse", "values": {"size": [0.5, 0.5], "feather": 60.0}}]}]}"#;
    let film = film(&[clip]);
    let made = Renderer::new(0).render(&plan(&film, film.settings.main, 0, &shelf), &shelf);
    assert_eq!(made.format, PixelFormat::RGB8);
    let matte = roomtone::picture::masks::Masks::of(
        [&{
            let mut mask = Mask::new(id("m"), "ellipse");
            mask.values.insert("size".into(), Param::point(0.5, 0.5));
            mask.values.insert("feather".into(), Param::number(60.0));
            mask
        }],
        roomtone::picture::values::Moment::default(),
    )
    .draw(&roomtone::picture::canvas::Canvas::clear(
        64,
        36,
        roomtone::picture::grade::Space::Light,
    ));
    let (mut changed, mut kept) = (0, 0);
    for (made, own) in made.planes.iter().zip(&planes) {
        for (index, (made, own)) in made.bytes().iter().zip(own.bytes()).enumerate() {
            if matte.values[index] == 0.0 {
                assert_eq!(made, own);
                kept += 1;
            } else {
                changed += usize::from(made != own);
            }
        }
    }
    assert!(changed > 500 && kept > 2000, "{changed} {kept}");
}

#[test]
fn red_over_red_is_red_whatever_says_what_alpha_means() {
    let red = image((64, 36), OPAQUE, LIGHT, |plane, _, _| if plane == 2 { 0.6 } else { 0.1 });
    let edge = |x: u32| (f64::from(x) / 63.0).clamp(0.0, 1.0);
    let colour = |plane: usize| if plane == 2 { 0.6 } else { 0.1 };
    let straight = image((64, 36), PixelFormat::RGBA_F32, LIGHT, |plane, x, _| {
        if plane == 3 { edge(x) } else { colour(plane) }
    });
    let multiplied = image((64, 36), PixelFormat::RGBA_F32, LIGHT, |plane, x, _| {
        if plane == 3 { edge(x) } else { colour(plane) * edge(x) }
    });
    let multiplied = Image { alpha: AlphaMode::Premultiplied, ..multiplied };
    for element in [straight, multiplied] {
        let shelf = Shelf::default().with("a", vec![red.clone()]).with("b", vec![element]);
        for placement in [
            Placement::default(),
            Placement { rotation: 7.0, scale: [0.8; 2], ..Placement::default() },
            Placement {
                pin: [[5.0, 3.0], [-4.0, 2.0], [0.0, -6.0], [3.0, 0.0]],
                ..Placement::default()
            },
        ] {
            let layers = vec![layer("a", Placement::default()), layer("b", placement)];
            let made = rendered(layers, &shelf, SIZE);
            for plane in 0..3 {
                let far = lit(&made, plane)
                    .iter()
                    .map(|it| (it - colour(plane)).abs())
                    .fold(0.0, f64::max);
                assert!(far < 2e-5, "plane {plane} is off by {far}");
            }
        }
    }
}

#[test]
fn light_wraps_round_an_edge_only() {
    let white = image((64, 36), OPAQUE, LIGHT, |_, _, _| 1.0);
    let black = image((64, 36), OPAQUE, LIGHT, |_, _, _| 0.0);
    let shelf = Shelf::default().with("a", vec![white]).with("b", vec![black]);
    let clip = r#"{"media": "b", "placement": {"scale": 0.75}, "effects": [{"id": "e", "kind": "light_wrap", "values": {"size": 60.0}}]}"#;
    let film = film(&[r#"{"media": "a"}"#, clip]);
    let made =
        lit(&Renderer::new(0).render(&plan(&film, film.settings.main, 0, &shelf), &shelf), 0);
    let at = |x: usize| made[18 * 64 + x];
    assert!(
        (at(2) - 1.0).abs() < 1e-4 && at(9) > 0.12 && at(9) < 0.5 && at(32) < 1e-3,
        "{} {}",
        at(9),
        at(32)
    );
}

#[test]
fn many_layers_are_the_same_where_few_of_them_are_held_at_once() {
    let shelf = Shelf::default().with("a", vec![textured((64, 36))]);
    let layers: Vec<Layer> = (0..12)
        .map(|index| {
            let position = [f64::from(index) * 3.0 - 15.0, f64::from(index % 5)];
            let blend = roomtone::picture::blend::ALL[index as usize % 4 * 3];
            let placement = Placement {
                position,
                scale: [0.7; 2],
                opacity: 0.6,
                blend,
                ..Placement::default()
            };
            layer("a", placement)
        })
        .collect();
    let plan = Plan { raster: SIZE, layers };
    let whole = lit(&Renderer::new(0).render(&plan, &shelf), 0);
    let few = lit(&Renderer::new(0).holding(4 * 64 * 36 * 16).render(&plan, &shelf), 0);
    for (one, other) in whole.iter().zip(&few) {
        assert!((one - other).abs() < 2e-6 * one.abs().max(1.0), "{one} {other}");
    }
}

#[test]
fn a_picture_that_is_smaller_than_the_frame_lies_alone_where_it_lies_among_others() {
    let frame = Raster { width: 40, height: 20 };
    let cropped = Placement { crop: [0.0, 0.0, 0.0, 0.5], ..Placement::default() };
    let moved = Placement { position: [3.0, 0.0], ..Placement::default() };
    for (size, placement) in [
        ((20, 20), Placement::default()),
        ((40, 10), Placement::default()),
        ((40, 20), cropped),
        ((40, 20), moved),
    ] {
        let picture =
            image(size, PixelFormat::RGB8, Colour::SRGB, |plane, x, y| 255.0 * noise(plane, x, y));
        let shelf = Shelf::default().with("a", vec![picture]);
        let unseen = Placement { opacity: 0.0, ..placement };
        let alone = rendered(vec![layer("a", placement)], &shelf, frame);
        let among = rendered(vec![layer("a", placement), layer("a", unseen)], &shelf, frame);
        for plane in 0..4 {
            let both = lit(&alone, plane).into_iter().zip(lit(&among, plane));
            let worst = both.map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
            assert!(worst < 1e-5, "{size:?} {placement:?}: plane {plane} is {worst} off");
        }
        assert!(alone.format.alpha, "{size:?}: what it leaves free is clear");
    }
}
