//! Grades: what is left alone, what comes in which order, and that everybody sees the same.

use super::support::{Shelf, codes, graded, graded_line, id, image, noise, with};
use roomtone::picture::grade::{self, Grade};
use roomtone::picture::placement::Placement;
use roomtone::picture::values::Moment;
use roomtone::picture::{Key, Layer, Picture, Plan, Renderer, WORKING, convert, plan};
use roomtone::signal::{AlphaMode, Colour, Depth, Image, PixelFormat, Transfer};
use std::sync::Arc;
use timeline_format::media::Media;
use timeline_format::parameter::{self, Curve, Ease, Follow};
use timeline_format::sequence::Raster;
use timeline_format::shot::{Shot, Take};
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Effect, Frames, Id, Item, Param, Rate, Ratio, Sequence, Source, Timeline, Track, Value,
};

const SIZE: Raster = Raster { width: 26, height: 300 };

/// A clip of 10 frames from frame 20.
pub fn clip(source: Source, effects: Vec<Effect>) -> Clip {
    let mut clip = Clip { source_in: 20.into(), ..Clip::new(source) };
    clip.look.effects = effects;
    clip
}

/// A film of a clip alone, in its sequence `main`.
pub fn film_of(clip: Clip) -> Timeline {
    let mut film = Timeline::new(SIZE, Rate::FILM, 48_000, id("main"));
    let media = r#"{"path":"a.mov","kind":"video","rate":"24","length":100}"#;
    let media: Media = serde_json::from_str(media).unwrap();
    film.media.insert(id("a"), Arc::new(media));
    film.with_sequence(id("main"), sequence(clip))
}

fn film(source: Source, effects: Vec<Effect>) -> Timeline {
    film_of(clip(source, effects))
}

fn sequence(clip: Clip) -> Sequence {
    let items = std::iter::once(Item::clip(id("one"), 10, clip));
    let content = Content::Sequential(items.collect());
    let track = Track { content, ..Track::sequential(id("v1"), TrackKind::Picture) };
    let mut sequence = Sequence::new(Rate::FILM);
    sequence.tracks = std::iter::once(Arc::new(track)).collect();
    sequence
}

/// A hundred frames of one picture.
fn shelf(picture: Image) -> Shelf {
    Shelf::default().with("a", vec![picture; 100])
}

fn video() -> Image {
    let size = (SIZE.width, SIZE.height);
    image(size, PixelFormat::YUV420P8, Colour::REC709, |plane, x, y| {
        (16.0 + noise(plane, x, y) * 200.0).round()
    })
}

fn at(film: &Timeline, shelf: &Shelf, frame: i64) -> Plan {
    plan(film, id("main"), frame, shelf)
}

fn media() -> Source {
    Source::Media(id("a"))
}

fn stops(stops: f64) -> Effect {
    with("exposure", &[("stops", Param::number(stops))])
}

/// The steps of the first layer: `exposure 1`.
fn steps(plan: &Plan) -> Vec<String> {
    let steps = plan.layers[0].grade.steps();
    steps
        .map(|(operation, values)| format!("{} {}", operation.id, values.number("stops")))
        .collect()
}

#[test]
fn what_changes_nothing_leaves_planes_packets_and_keys() {
    let shelf = shelf(video());
    let plain = at(&film(media(), vec![]), &shelf, 3);
    let bypassed = Effect { bypass: true, ..stops(2.0) };
    let still = with("contrast", &[("pivot", Param::number(2.0))]);
    let foreign = with("x:studio.glow", &[("amount", Param::number(1.0))]);
    let unknown = with("exposur", &[("stops", Param::number(1.0))]);
    let neutral = grade::ALL.iter().map(|operation| with(operation.id, &[]));
    let effects: Vec<_> = neutral.chain([bypassed, still, foreign, unknown]).collect();
    assert_eq!(effects.len(), grade::ALL.len() + 4);
    let plan = at(&film(media(), effects), &shelf, 3);
    assert!(plan.layers[0].grade.is_empty());
    assert_eq!(plan.key(), plain.key());
    assert_eq!(plan.as_it_is(), Some((id("a"), 23)));
    assert!(Arc::ptr_eq(&Renderer::new(0).render(&plan, &shelf), &shelf.0[&id("a")][23]));
    let works = at(&film(media(), vec![stops(1.0)]), &shelf, 3);
    assert_eq!(works.as_it_is(), None);
    assert_ne!(works.key(), plain.key());
}

#[test]
fn effects_run_shot_then_take_then_clip() {
    let take = |id: Id| -> Take {
        let text = format!(r#"{{"id":"{id}","media":"a"}}"#);
        let mut take: Take = serde_json::from_str(&text).unwrap();
        take.look.effects = vec![stops(2.0)];
        take
    };
    let text = r#"{"name":"Door","take":"t","takes":[]}"#;
    let mut shot: Shot = serde_json::from_str(text).unwrap();
    shot.takes = vec![take(id("t"))];
    shot.look.effects = vec![stops(1.0)];
    let mut film = film(Source::Shot(id("door")), vec![stops(3.0), stops(4.0)]);
    film.shots.insert(id("door"), Arc::new(shot));
    let plan = at(&film, &shelf(video()), 0);
    assert_eq!(steps(&plan), ["exposure 1", "exposure 2", "exposure 3", "exposure 4"]);
}

#[test]
fn the_order_of_operations_is_that_of_the_sums() {
    let lift = with("cdl", &[("offset", Param::number(0.1))]);
    let twice = with("cdl", &[("slope", Param::number(2.0))]);
    let of = |effects: &[Effect]| graded(effects, [0.3, 0.2, 0.1]);
    for (found, expected) in of(&[lift.clone(), twice.clone()]).iter().zip([0.8, 0.6, 0.4]) {
        assert!((found - expected).abs() < 1e-5, "{found}");
    }
    for (found, expected) in of(&[twice, lift]).iter().zip([0.7, 0.5, 0.3]) {
        assert!((found - expected).abs() < 1e-5, "{found}");
    }
}

#[test]
fn a_stop_is_twice_the_light_whatever_the_source_is_coded_in() {
    let size = (SIZE.width, SIZE.height);
    for (format, colour, code) in [
        (PixelFormat::RGB8, Colour::SRGB, 90.0),
        (PixelFormat::YUV422P10, Colour::REC709, 400.0),
        (PixelFormat::RGBA_F32, Colour { transfer: Transfer::Gamma22, ..WORKING }, 0.4),
        (PixelFormat::RGBA_F32, Colour { transfer: Transfer::Linear, ..WORKING }, 0.2),
    ] {
        let flat = image(size, format, colour, |plane, _, _| match (format.depth, plane) {
            (Depth::U10, 1 | 2) => 512.0,
            (_, 3) => 1.0,
            _ => code,
        });
        let shelf = shelf(flat);
        let light = |effects: Vec<Effect>| {
            let film = film(media(), effects);
            let made = Renderer::new(0).render(&at(&film, &shelf, 0), &shelf);
            let linear = Colour { transfer: Transfer::Linear, ..WORKING };
            codes(&convert::to(&made, PixelFormat::RGBA_F32, linear), 0)[77]
        };
        let (before, after) = (light(vec![]), light(vec![stops(1.0)]));
        assert!((after / before - 2.0).abs() < 2e-5, "{format:?} {before} {after}");
    }
}

#[test]
fn a_key_says_what_is_seen() {
    let shelf = shelf(video());
    let held = |effects| film_of(Clip { speed: Ratio::ZERO, ..clip(media(), effects) });
    let constant = held(vec![stops(1.0)]);
    let key = |film: &Timeline, frame| at(film, &shelf, frame).key();
    assert_eq!(key(&constant, 0), key(&constant, 9));
    assert_eq!(key(&constant, 0), key(&held(vec![stops(1.0)]), 4));
    assert_ne!(key(&constant, 0), key(&held(vec![stops(1.5)]), 0));
    assert_ne!(key(&constant, 0), key(&held(vec![stops(1.0), stops(1.0)]), 0));
    let renderer = Renderer::new(1 << 24);
    let first = renderer.render(&at(&constant, &shelf, 0), &shelf);
    assert!(Arc::ptr_eq(&first, &renderer.render(&at(&constant, &shelf, 9), &shelf)));
}

#[test]
fn keyframes_are_those_of_the_frame_on_the_clip_or_on_its_content() {
    let key = |at, value| parameter::Key { at: Frames::whole(at), value, ease: Ease::Linear };
    let moving = |follow, from: i64| {
        let keys = vec![key(from, Value::Number(0.0)), key(from + 8, Value::Number(4.0))];
        with("exposure", &[("stops", Param::Animated(Curve { keys, follow }))])
    };
    for (follow, from) in [(Follow::Clip, 0), (Follow::Content, 20)] {
        let film = film(media(), vec![moving(follow, from)]);
        let shelf = shelf(video());
        assert!(at(&film, &shelf, 0).layers[0].grade.is_empty());
        assert_eq!(steps(&at(&film, &shelf, 2)), ["exposure 1"]);
        assert_eq!(steps(&at(&film, &shelf, 9)), ["exposure 4"]);
    }
}

#[test]
fn a_nested_sequence_is_graded_as_one_picture() {
    let shelf = shelf(video());
    let outer = clip(Source::Sequence(id("inner")), vec![stops(1.0)]);
    let nesting = film_of(Clip { source_in: 0.into(), ..outer });
    let inner = sequence(clip(media(), vec![stops(-0.5)]));
    let nesting = nesting.with_sequence(id("inner"), inner);
    let render = |film: &Timeline| Renderer::new(0).render(&at(film, &shelf, 0), &shelf);
    let once = render(&film(media(), vec![stops(0.5)]));
    let twice = render(&nesting);
    for plane in 0..3 {
        for (once, twice) in codes(&once, plane).iter().zip(codes(&twice, plane)) {
            assert!((once - twice).abs() < 2e-5, "{once} {twice}");
        }
    }
}

fn points(numbers: &[f64]) -> Param {
    Param::Constant(Value::Vector(numbers.to_vec()))
}

/// Every operation, so that it does something; but for those that lean on what lies elsewhere.
fn all() -> Vec<Effect> {
    let wheel = |numbers: [f64; 4]| Param::Constant(Value::Vector(numbers.to_vec()));
    let cool = wheel([0.92, 0.99, 1.1, 1.0]);
    vec![
        stops(0.3),
        with("balance", &[("temperature", Param::number(20.0)), ("tint", Param::number(3.0))]),
        with("contrast", &[("contrast", Param::number(1.2))]),
        with("saturation", &[("midtones", Param::number(0.6))]),
        with("vibrance", &[("vibrance", Param::number(0.4))]),
        with("zones", &[("shadows", cool.clone()), ("midtones", wheel([1.0, 1.1, 1.0, 0.9]))]),
        with("lift_gamma_gain", &[("gamma", cool.clone()), ("lift", Param::number(0.02))]),
        with("log_wheels", &[("gamma", cool.clone())]),
        with("cdl", &[("power", cool), ("saturation", Param::number(1.2))]),
        with("curves", &[("red", points(&[0.0, 0.0, 0.5, 0.6, 1.0, 1.0]))]),
        with("hue_curves", &[("hue_sat", points(&[0.1, 1.2, 0.6, 0.5]))]),
        with("qualify", &[("turn", Param::number(20.0)), ("hue_width", Param::number(1.0))]),
    ]
}

#[test]
fn every_operation_is_tried_here() {
    let tried: Vec<_> = all().iter().map(|effect| effect.kind.clone()).collect();
    let known = grade::ALL.iter().map(|operation| operation.id);
    let known: Vec<_> = known.filter(|id| !["lut", "look"].contains(id)).collect();
    assert_eq!(tried, known);
    assert_eq!(Grade::of(&all(), Moment::default()).steps().count(), known.len());
}

#[test]
fn threads_make_the_same_picture_as_one() {
    let shelf = shelf(video());
    for (rotation, scale) in [(0.0, 1.0), (0.0, 0.8), (9.0, 1.0)] {
        let grade = Grade::of(&all(), Moment::default());
        let picture = at(&film(media(), vec![]), &shelf, 0).layers[0].picture.clone();
        let placement = Placement { rotation, scale: [scale; 2], ..Placement::default() };
        let plan =
            Plan { raster: SIZE, layers: vec![Layer { grade, ..Layer::new(picture, placement) }] };
        let alone = Renderer::new(0).render(&plan, &shelf);
        let together = Renderer::new(0).shared().render(&plan, &shelf);
        assert!(alone.same_as(&together), "{rotation} {scale}");
    }
}

#[test]
fn a_form_at_once_is_the_picture_converted() {
    let shelf = shelf(video());
    let plan = at(&film(media(), all()), &shelf, 0);
    let whole = Renderer::new(0).render(&plan, &shelf);
    let form = (PixelFormat::YUV420P8, Colour::REC709);
    let at_once = Renderer::new(0).shared().render_as(&plan, &shelf, Some(form));
    assert!(at_once.same_as(&convert::to(&whole, form.0, form.1)));
}

/// One pixel of every kind of alpha, as a layer of its own that is drawn alone.
fn drawn(alpha: AlphaMode, effects: &[Effect]) -> Vec<[f64; 4]> {
    let pixels: [[f64; 4]; 5] = [
        [0.4, 0.3, 0.2, 1.0],
        [0.4, 0.3, 0.2, 0.5],
        [0.4, 0.3, 0.2, 0.0],
        [0.0, 0.0, 0.0, 0.0],
        [0.4, 0.3, 0.2, 0.001],
    ];
    let mut made = image((5, 1), PixelFormat::RGBA_F32, WORKING, |plane, x, _| {
        let pixel = pixels[x as usize];
        let part = if alpha == AlphaMode::Premultiplied && pixel[3] > 0.0 { pixel[3] } else { 1.0 };
        [pixel[1] * part, pixel[2] * part, pixel[0] * part, pixel[3]][plane]
    });
    made.alpha = alpha;
    let shelf = Shelf::default().with("a", vec![made]);
    let picture =
        Picture::Media { media: id("a"), frame: 0, turn: 0, aspect: Ratio::ONE, said: Key(0) };
    let grade = Grade::of(effects, Moment::default());
    let layer = Layer { grade, ..Layer::new(picture, Placement::default()) };
    let raster = Raster { width: 5, height: 1 };
    let form = Some((PixelFormat::RGBA_F32, WORKING));
    let below =
        Layer::new(layer.picture.clone(), Placement { opacity: 0.0, ..Placement::default() });
    let plan = Plan { raster, layers: vec![below, layer] };
    let made = Renderer::new(0).render_as(&plan, &shelf, form);
    let planes = [2, 0, 1, 3].map(|plane| codes(&made, plane));
    (0..5).map(|x| planes.each_ref().map(|plane| plane[x])).collect()
}

#[test]
fn colour_is_graded_as_if_opaque_and_what_is_clear_is_left_alone() {
    for alpha in [AlphaMode::Straight, AlphaMode::Premultiplied] {
        let (before, after) = (drawn(alpha, &[]), drawn(alpha, &all()));
        for channel in 0..3 {
            let opaque = after[0][channel];
            assert!((opaque - before[0][channel]).abs() > 1e-3, "it does something");
            for seen in [1, 4] {
                assert!((after[seen][channel] - opaque).abs() < 1e-4, "{:?} {opaque}", after[seen]);
            }
        }
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before[3], after[3]);
        }
        assert_eq!(before[2..4], after[2..4]);
    }
    assert!(drawn(AlphaMode::Premultiplied, &[])[2][0] > 0.39, "light without alpha is there");
}

#[test]
fn what_is_no_number_spreads_to_no_other_pixel() {
    let strange = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e30, -1e30, -0.0, 1e-40];
    for effect in all() {
        let known = graded(std::slice::from_ref(&effect), [0.4, 0.3, 0.2]);
        for odd in strange {
            let pixels = [[odd, 0.3, 0.2], [0.4, 0.3, 0.2], [0.4, 0.3, odd]];
            let made = graded_line(std::slice::from_ref(&effect), &pixels);
            assert!(made.iter().flatten().all(|value| value.is_finite()), "{} {odd}", effect.kind);
            assert_eq!(made[1], known, "{} {odd}", effect.kind);
        }
    }
}

#[test]
fn what_no_catalogue_has_is_told_with_its_place() {
    let effects = vec![
        with("exposur", &[]),
        with("exposure", &[("stop", Param::number(1.0))]),
        with("exposure", &[("stops", Param::number(100.0))]),
        with("cdl", &[("slope", Param::Constant(Value::Vector(vec![1.0, 1.0])))]),
        with("cdl", &[("slope", Param::Constant(Value::Vector(vec![1.1, 1.0, 0.9])))]),
        with("x:studio.glow", &[("amount", Param::number(1.0))]),
        with("exposure", &[("stops", Param::number(1.0))]),
    ];
    let found = roomtone::picture::problems(&film(media(), effects));
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    let codes: Vec<_> = found.iter().map(|problem| problem.code).collect();
    let kinds = ["unknown-effect", "unknown-effect-value", "effect-value", "effect-value"];
    assert_eq!(codes, kinds, "{told:#?}");
    assert!(
        told[0].contains("track v1, clip one, 00:00:00:00") && told[0].contains("lift_gamma_gain")
    );
    assert!(told[1].contains("it has stops") && told[2].contains("a number from -10 to 10 stops"));
    assert!(roomtone::picture::problems(&film(media(), all())).is_empty());
}
