//! Transitions and layers: what they do to numbers.

use super::support::{Shelf, codes, id, image, noise};
use roomtone::picture::placement::Placement;
use roomtone::picture::transitions::{self, Transition};
use roomtone::picture::values::{Moment, Values};
use roomtone::picture::{Between, Key, Layer, Picture, Plan, Renderer, WORKING, convert};
use roomtone::signal::{Colour, Depth, Image, PixelFormat};
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::{Param, Ratio, Value};

const SIZE: Raster = Raster { width: 26, height: 14 };

fn layer(media: &str) -> Layer {
    let picture =
        Picture::Media { media: id(media), frame: 0, turn: 0, aspect: Ratio::ONE, said: Key(0) };
    Layer::new(picture, Placement::default())
}

fn between(transition: &'static Transition, progress: f64, law: &str, to: Option<Layer>) -> Plan {
    let law = Param::Constant(Value::Text(law.into()));
    let given = |name: &str| (name == "law").then_some(&law);
    let values = Values::resolve(transition.parameters, Moment::default(), given);
    let between = Between { transition, values, progress, from: Some(layer("a")), to };
    let picture = Picture::Between(Box::new(between));
    Plan { raster: SIZE, layers: vec![Layer::new(picture, Placement::default())] }
}

fn shelf(format: PixelFormat, colour: Colour) -> Shelf {
    let most =
        if format.depth == Depth::F32 { 1.0 } else { ((1_u64 << format.depth.bits()) - 1) as f64 };
    let make = |seed: usize| {
        let size = (SIZE.width, SIZE.height);
        image(size, format, colour, |plane, x, y| {
            let value = noise(plane + seed, x, y) * most;
            if format.depth == Depth::F32 { value } else { value.round() }
        })
    };
    Shelf::default().with("a", vec![make(0)]).with("b", vec![make(9)])
}

fn render(plan: &Plan, shelf: &Shelf) -> Arc<Image> {
    Renderer::new(1 << 24).render(plan, shelf)
}

#[test]
fn every_transition_starts_as_one_picture_and_ends_as_the_other() {
    for (format, colour) in [
        (PixelFormat::YUV420P8, Colour::REC709),
        (PixelFormat::yuv(1, 0, Depth::U10), Colour::REC709),
        (PixelFormat::RGB8, Colour::SRGB),
        (PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 }, WORKING),
    ] {
        let shelf = shelf(format, colour);
        for transition in transitions::ALL {
            let at = |progress| {
                render(&between(transition, progress, "video", Some(layer("b"))), &shelf)
            };
            let name = transition.id;
            let keep = |image: &Image| convert::to(image, format, colour);
            assert!(keep(&at(0.0)).same_as(&shelf.0[&id("a")][0]), "{name} at 0");
            assert!(keep(&at(1.0)).same_as(&shelf.0[&id("b")][0]), "{name} at 1");
            let middle = at(0.5);
            assert!(!middle.same_as(&at(0.0)) && !middle.same_as(&at(1.0)), "{name}");
            let whole =
                (0..middle.planes.len()).all(|p| codes(&middle, p).iter().all(|c| c.is_finite()));
            assert!(whole, "{name}");
        }
    }
}

#[test]
fn a_dissolve_of_planes_is_the_nearest_code() {
    let dissolve = transitions::named("dissolve");
    for depth in [Depth::U8, Depth::U10, Depth::U12, Depth::U16] {
        let format = PixelFormat::yuv(1, 1, depth);
        let shelf = shelf(format, Colour::REC709);
        for progress in [0.5 / 24.0, 1.0 / 3.0, 0.5, 23.5 / 24.0] {
            let mixed = render(&between(dissolve, progress, "video", Some(layer("b"))), &shelf);
            assert_eq!(mixed.format, format);
            for plane in 0..3 {
                let (a, b) = (&shelf.0[&id("a")][0], &shelf.0[&id("b")][0]);
                let sides = codes(a, plane).into_iter().zip(codes(b, plane));
                for ((a, b), mixed) in sides.zip(codes(&mixed, plane)) {
                    let exact = a * (1.0 - progress) + b * progress;
                    assert!((mixed - exact).abs() <= 0.51, "{depth:?} {exact} {mixed}");
                }
            }
        }
    }
}

#[test]
fn laws_differ_as_they_should_between_black_and_white() {
    let size = (SIZE.width, SIZE.height);
    let flat = |level: f64| image(size, PixelFormat::RGB8, Colour::SRGB, |_, _, _| level);
    let shelf = Shelf::default().with("a", vec![flat(0.0)]).with("b", vec![flat(255.0)]);
    let middle = |law: &str| {
        let mixed =
            render(&between(transitions::named("dissolve"), 0.5, law, Some(layer("b"))), &shelf);
        codes(&convert::to(&mixed, PixelFormat::RGBA_F32, WORKING), 0)[0]
    };
    assert!((middle("video") - 0.5).abs() < 0.003);
    assert!((middle("film") - 0.7055).abs() < 0.0005);
}

#[test]
fn a_fade_is_straight_in_codes_and_keeps_its_alpha() {
    let shelf = shelf(PixelFormat::YUV420P8, Colour::REC709);
    let faded = render(&between(transitions::named("dissolve"), 0.25, "video", None), &shelf);
    assert!(faded.format.alpha);
    assert!(codes(&faded, 3).iter().all(|alpha| (alpha - 0.75).abs() < 1e-6));
    let rgb = convert::to(&shelf.0[&id("a")][0], PixelFormat::RGBA_F32, WORKING);
    let opaque = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
    let black = convert::to(&faded, opaque, WORKING);
    for (whole, faded) in codes(&rgb, 1).iter().zip(codes(&black, 1)) {
        assert!((whole * 0.75 - faded).abs() < 1e-6);
    }
}

#[test]
fn what_is_untouched_is_the_decoders_own() {
    let shelf = shelf(PixelFormat::YUV420P8, Colour::REC709);
    let over = Plan { raster: SIZE, layers: vec![layer("b"), layer("a")] };
    assert!(Arc::ptr_eq(&render(&over, &shelf), &shelf.0[&id("a")][0]));
}

#[test]
fn equal_keys_give_the_same_picture() {
    let shelf = shelf(PixelFormat::RGB8, Colour::SRGB);
    let renderer = Renderer::new(1 << 20);
    let mut half = layer("a");
    half.placement.scale = [0.5, 0.5];
    let plan = Plan { raster: SIZE, layers: vec![half] };
    let first = renderer.render(&plan, &shelf);
    assert!(Arc::ptr_eq(&first, &renderer.render(&plan.clone(), &shelf)));
    let many = Renderer::new(0).shared().render(&plan, &shelf);
    assert!(first.same_as(&many) && !Arc::ptr_eq(&first, &many));
}
