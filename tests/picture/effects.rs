//! Effects of whole pictures: in their order, where their masks let them, and nowhere else.

use super::grading::{clip, film_of};
use super::support::{Shelf, codes, id, image, with};
use roomtone::picture::{Plan, Renderer, WORKING, convert, plan};
use roomtone::signal::{Colour, Image, PixelFormat, Transfer};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::shot::Look;
use timeline_format::{Clip, Effect, Mask, Param, Source, Value};

const SIZE: (u32, u32) = (64, 36);
const RASTER: Raster = Raster { width: SIZE.0, height: SIZE.1 };

/// A picture of 4:2:0 video in which every sample differs from its neighbours.
fn video(number: usize) -> Image {
    image(SIZE, PixelFormat::YUV420P8, Colour::REC709, |plane, x, y| {
        let mixed = (x * 7 + y * 13 + plane as u32 * 29 + number as u32 * 3) % 97;
        f64::from(60 + mixed)
    })
}

fn shelf() -> Shelf {
    Shelf::default().with("a", (0..40).map(video).collect())
}

fn ellipse() -> Mask {
    let point = |x, y| Param::Constant(Value::Vector(vec![x, y]));
    let values = [("centre", point(0.5, 0.5)), ("size", point(0.4, 0.4))];
    let values: BTreeMap<_, _> =
        values.into_iter().map(|(name, param)| (name.to_owned(), param)).collect();
    Mask { values, ..Mask::new(id("m"), "ellipse") }
}

fn at(look: Look) -> Plan {
    let clip = clip(Source::Media(id("a")), Vec::new());
    let mut film = film_of(Clip { look, ..clip });
    Arc::make_mut(&mut film.settings).raster = RASTER;
    plan(&film, id("main"), 3, &shelf())
}

fn effects(effects: Vec<Effect>) -> Plan {
    at(Look { effects, ..Look::default() })
}

fn shown(plan: &Plan) -> Arc<Image> {
    Renderer::new(1 << 24).render(plan, &shelf())
}

#[test]
fn outside_a_mask_every_sample_is_the_decoders_own() {
    let blur = Effect { masks: vec![ellipse()], ..with("blur", &[("size", Param::number(60.0))]) };
    let (own, made) = (video(23), shown(&effects(vec![blur])));
    assert_eq!((made.format, made.colour), (own.format, own.colour));
    let count = |plane: usize, differ: bool| {
        let lines = own.lines(plane).zip(made.lines(plane));
        let both = lines.flat_map(|(one, other)| one.iter().zip(other));
        both.filter(|(one, other)| (one != other) == differ).count()
    };
    let inside = (0.2_f64 * 64.0) * (0.2 * 36.0) * std::f64::consts::PI;
    let changed = count(0, true) as f64;
    assert!(changed > 0.8 * inside && changed < 1.3 * inside, "{changed} of {inside}");
    for plane in 0..3 {
        let corner = |image: &Image| image.lines(plane).next().map(<[u8]>::to_vec);
        assert_eq!(corner(&own), corner(&made));
    }
}

#[test]
fn an_effect_that_is_not_seen_leaves_the_decoders_planes() {
    let none = Effect { mix: Some(Param::number(0.0)), ..with("blur", &[]) };
    assert!(shown(&effects(vec![none])).same_as(&video(23)));
    assert!(effects(vec![with("blur", &[])]).as_it_is().is_none());
}

#[test]
fn half_of_an_effect_lies_between() {
    let values = [("stops", Param::number(2.0))];
    let stops = with("exposure", &values);
    let half = Effect { mix: Some(Param::number(0.5)), ..stops.clone() };
    let light = |list: Vec<Effect>| -> Vec<f64> {
        let linear = Colour { transfer: Transfer::Linear, ..WORKING };
        codes(&convert::to(&shown(&effects(list)), PixelFormat::RGBA_F32, linear), 0)
    };
    let (none, all, half) = (light(vec![]), light(vec![stops]), light(vec![half]));
    for ((none, all), half) in none.iter().zip(&all).zip(&half) {
        assert!((0.5 * (none + all) - half).abs() < 2e-4, "{none} {all} {half}");
    }
}

#[test]
fn a_mask_of_a_clip_cuts_it_out() {
    let made = shown(&at(Look { masks: vec![ellipse()], ..Look::default() }));
    assert!(made.format.alpha);
    let alpha = codes(&made, 3);
    assert_eq!((alpha[0], alpha[18 * 64 + 32]), (0.0, 1.0));
}
