//! What a picture costs: milliseconds of a processor for a 1080p frame, one thread, the best of several.
//!
//! `cargo bench --bench picture`, or with a part of a line's name: `cargo bench --bench picture -- dissolve`
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "this is a bench program")]

#[path = "whole.rs"]
mod whole;
#[path = "worked.rs"]
mod worked;

use roomtone::picture::canvas::Canvas;
use roomtone::picture::composite;
use roomtone::picture::filter::{self, Filter, Scene};
use roomtone::picture::grade::{self, Operation};
use roomtone::picture::lut::Lut;
use roomtone::picture::placement::Placement;
use roomtone::picture::scopes::{self, Signal, Size};
use roomtone::picture::transitions;
use roomtone::picture::values::{Moment, Values, usual};
use roomtone::picture::{
    Between, Grade, Key, Layer, Picture, Plan, Renderer, Sources, WORKING, convert,
};
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::{AlphaMode, Colour, Depth, Image, Kind, Parameter, PixelFormat, Plane};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::{Effect, Frames, Id, Param, Ratio, Value};

const FULL: Raster = Raster { width: 1920, height: 1080 };

struct Shelf(BTreeMap<Id, Arc<Image>>);

impl Sources for Shelf {
    fn resolve(&self, _: Id, _: Frames) -> i64 {
        0
    }

    fn frame(&self, media: Id, _: i64) -> Arc<Image> {
        Arc::clone(&self.0[&media])
    }
}

fn image(raster: Raster, format: PixelFormat, colour: Colour, seed: u32) -> Arc<Image> {
    let plane = |index: usize| {
        let (width, height) = format.plane_size(index, raster.width, raster.height);
        let mut bits = seed + index as u32;
        let mut next = || {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            bits >> 24
        };
        let count = width * height;
        let bytes: Vec<u8> = match format.depth {
            Depth::U8 => (0..count).map(|at| shade(at, width, index, next()) as u8).collect(),
            Depth::F32 => (0..count)
                .flat_map(|at| (shade(at, width, index, next()) as f32 / 255.0).to_ne_bytes())
                .collect(),
            _ => (0..count)
                .flat_map(|at| (shade(at, width, index, next()) as u16 * 4).to_ne_bytes())
                .collect(),
        };
        Plane::packed(bytes, width as usize * format.depth.bytes())
    };
    let planes = (0..format.planes()).map(plane).collect();
    let (width, height) = (raster.width, raster.height);
    Arc::new(Image { width, height, format, colour, alpha: AlphaMode::Straight, planes })
}

/// A slope with noise on it, as pictures are: 40 to 200, and chroma near its middle.
fn shade(at: u32, width: u32, plane: usize, noise: u32) -> u32 {
    let slope = (at % width) * 96 / width;
    if plane == 0 { 60 + slope + noise / 16 } else { 100 + slope / 4 + noise / 16 }
}

fn measure<T>(name: &str, mut work: impl FnMut(u32) -> T) {
    let wanted = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    if wanted.is_some_and(|word| !name.contains(&word)) {
        return;
    }
    let best = (0..12)
        .map(|round| {
            let start = worked::worked();
            std::hint::black_box(work(round));
            worked::worked().saturating_sub(start)
        })
        .min();
    println!("{name:<44} {:8.2} ms", best.unwrap().as_secs_f64() * 1e3);
}

fn layer(media: &str, placement: Placement) -> Layer {
    let media = Id::parse(media).unwrap();
    let picture = Picture::Media { media, frame: 0, turn: 0, aspect: Ratio::ONE, said: Key(0) };
    Layer::new(picture, placement)
}

fn dissolve(from: &str, to: &str, progress: f64) -> Plan {
    let transition = transitions::named("dissolve");
    let values = Values::resolve(transition.parameters, Moment::default(), |_| None);
    let [from, to] = [from, to].map(|media| Some(layer(media, Placement::default())));
    let between = Between { transition, values, progress, from, to };
    let picture = Picture::Between(Box::new(between));
    Plan { raster: FULL, layers: vec![Layer::new(picture, Placement::default())] }
}

fn moved(media: &str, round: u32, rotation: f64) -> Plan {
    let placement = Placement {
        scale: [1.0 + f64::from(round) * 0.002; 2],
        position: [f64::from(round) * 0.3, 0.2],
        fit: roomtone::picture::placement::Fit::Fill,
        rotation,
        ..Placement::default()
    };
    let placement = Placement { scale: placement.scale.map(|scale| scale * 1.05), ..placement };
    Plan { raster: FULL, layers: vec![layer(media, placement)] }
}

/// Every value of an operation a little off what it is without: what it costs when all of it works.
fn used(operation: &Operation) -> Vec<(&'static str, Param)> {
    let value = |place: usize, parameter: &Parameter| match parameter.kind {
        Kind::Number { default, .. } => Param::number(default + 0.02 * (place + 1) as f64),
        Kind::Wheel { default, .. } => {
            let by = [1.1, 0.9, 1.05, 1.0].map(|by| default * by + 0.01);
            Param::Constant(Value::Vector(by.to_vec()))
        }
        Kind::Curve { rest, .. } => {
            let Value::Vector(mut points) = usual(Kind::Curve { rest, least: 0.0, most: 1.0 })
            else {
                return Param::number(0.0);
            };
            points.iter_mut().skip(1).step_by(2).for_each(|up| *up = *up * 0.9 + 0.05);
            Param::Constant(Value::Vector(points))
        }
        _ => Param::Constant(Value::Flag(true)),
    };
    let all = operation.parameters.iter().enumerate();
    all.map(|(place, parameter)| (parameter.id, value(place, parameter))).collect()
}

fn graded(operation: &Operation, values: &[(&'static str, Param)]) -> Grade {
    let values = values.iter().map(|(name, param)| ((*name).into(), param.clone())).collect();
    let (id, kind) = (Id::parse("e").unwrap(), operation.id);
    let effect = Effect { values, ..Effect::new(id, kind) };
    Grade::of([&effect], Moment::default())
}

/// An operation itself, in nanoseconds a pixel.
fn alone(operation: &Operation) {
    let used = used(operation);
    let given = |id: &str| used.iter().find(|(name, _)| *name == id).map(|(_, param)| param);
    let values = Values::resolve(operation.parameters, Moment::default(), given);
    let Some(work) = (operation.prepare)(&values) else { return };
    let line: Vec<f32> = (0..1920).map(|x| 0.2 + x as f32 / 4000.0).collect();
    let mut best = f64::MAX;
    let wanted = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    let name = format!("grade: {}, alone", operation.id);
    if wanted.is_some_and(|word| !name.contains(&word)) {
        return;
    }
    for _ in 0..12 {
        let mut lines = [line.clone(), line.clone(), line.clone()];
        let start = worked::worked();
        for _ in 0..1080 {
            lines.iter_mut().for_each(|line_of| line_of.copy_from_slice(&line));
            work.line(lines.each_mut().map(|line| &mut line[..]));
            std::hint::black_box(&lines);
        }
        best = best.min(worked::worked().saturating_sub(start).as_secs_f64());
    }
    println!("{name:<44} {:8.2} ns a pixel", best * 1e9 / (1920.0 * 1080.0));
}

/// A cube of a table, in nanoseconds a pixel: on slopes, as pictures are, and on chance.
fn table(side: usize, is_smooth: bool) {
    let name = format!("cube of {side}, {}", if is_smooth { "smooth" } else { "chance" });
    let wanted = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    if wanted.is_some_and(|word| !name.contains(&word)) {
        return;
    }
    let per = 1.0 / (side - 1) as f64;
    let mut rows = format!("LUT_3D_SIZE {side}\n");
    for at in 0..side * side * side {
        let at = [at % side, at / side % side, at / side / side];
        let [red, green, blue] = at.map(|at| (at as f64 * per).powf(0.9));
        writeln!(rows, "{red:.6} {green:.6} {blue:.6}").unwrap();
    }
    let lut = Lut::read("a.cube", rows.as_bytes()).unwrap();
    let mut bits = 7_u32;
    let mut value = |x: usize, channel: usize| {
        bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let chance = (bits >> 8) as f32 / (1 << 24) as f32;
        let slope = 0.2 + x as f32 * [3e-4, 2e-4, 2.5e-4][channel] + 0.01 * chance;
        if is_smooth { slope } else { chance }
    };
    let from = [0, 1, 2].map(|channel| (0..1920).map(|x| value(x, channel)).collect::<Vec<f32>>());
    let mut best = f64::MAX;
    for _ in 0..12 {
        let start = worked::worked();
        for _ in 0..1080 {
            let mut lines = from.clone();
            lut.line(lines.each_mut().map(|line| &mut line[..]));
            std::hint::black_box(&lines);
        }
        best = best.min(worked::worked().saturating_sub(start).as_secs_f64());
    }
    println!("{name:<44} {:8.2} ns a pixel", best * 1e9 / (1920.0 * 1080.0));
}

/// A scope of a frame of 1080p as the window draws it.
fn scope(scope: &scopes::Scope, image: &Image) {
    measure(&format!("scope: {}", scope.id), |_| {
        (scope.draw)(&Signal::of(image, [480, 135]), Size { width: 420, height: 220 })
    });
}

/// A filter with its usual values on a picture of 1080 lines, in nanoseconds a pixel.
fn filter_alone(filter: &Filter, given: &[(&str, f64)]) {
    let said: Vec<String> = given.iter().map(|(name, value)| format!(" {name} {value}")).collect();
    let name = format!("filter: {}{}", filter.id, said.concat());
    let wanted = std::env::args().nth(1).filter(|word| !word.starts_with("--"));
    if wanted.is_some_and(|word| !name.contains(&word)) {
        return;
    }
    let given: Vec<_> = given.iter().map(|(id, value)| (*id, Param::number(*value))).collect();
    let find = |id: &str| given.iter().find(|(known, _)| *known == id).map(|(_, param)| param);
    let values = Values::resolve(filter.parameters, Moment::default(), find);
    let Some(treatment) = (filter.prepare)(&values) else { return };
    let mut picture = Canvas::clear(1920, 1080, filter.space);
    for (channel, values) in picture.channels[..3].iter_mut().enumerate() {
        let mut bits = 7 + channel as u32;
        for (at, value) in (0..).zip(values) {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *value = shade(at, 1920, channel, bits >> 24) as f32 / 255.0;
        }
    }
    picture.channels[3].fill(1.0);
    let mut best = f64::MAX;
    for _ in 0..3 {
        let own = picture.clone();
        let start = worked::worked();
        let scene = Scene { frame: 7, around: &[], matte: None };
        std::hint::black_box(treatment.treat(own, &scene));
        best = best.min(worked::worked().saturating_sub(start).as_secs_f64());
    }
    println!("{name:<44} {:8.2} ns a pixel", best * 1e9 / (1920.0 * 1080.0));
}

/// Filters of composites as they come, and some of them large.
fn filters() {
    composite::ALL.iter().for_each(|filter| filter_alone(filter, &[]));
    for (id, name, value) in [
        ("spin_blur", "angle", 45.0),
        ("zoom_blur", "amount", 1.0),
        ("directional_blur", "length", 300.0),
        ("bilateral", "size", 20.0),
        ("median", "radius", 8.0),
        ("defocus", "radius", 40.0),
        ("blur", "size", 60.0),
    ] {
        filter::named(id).into_iter().for_each(|it| filter_alone(it, &[(name, value)]));
    }
}

/// Every frame of a film, as a delivery takes them: H.264's planes.
fn show(path: &str) {
    let path = std::path::Path::new(path);
    let text = std::fs::read(path).unwrap();
    let (film, problems) = timeline_format::read(&text).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let film = Arc::new(film);
    let length = film.main().unwrap().length();
    let mut offline = Offline::open(&film, path.parent().unwrap(), 0..length).unwrap();
    offline.prefer(PixelFormat::YUV420P8, Colour::REC709);
    for frame in 0..length {
        let image = offline.picture(frame).unwrap();
        std::hint::black_box(convert::to(&image, PixelFormat::YUV420P8, Colour::REC709));
    }
    assert!(offline.unread().is_empty(), "{:?}", offline.unread());
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let [_, word, path] = &words[..]
        && word == "film"
    {
        return show(path);
    }
    let four = Raster { width: 3840, height: 2160 };
    let ten = PixelFormat::YUV422P10;
    let float = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
    let shelf = [
        ("a", image(FULL, PixelFormat::YUV420P8, Colour::REC709, 1)),
        ("b", image(FULL, PixelFormat::YUV420P8, Colour::REC709, 2)),
        ("c", image(FULL, ten, Colour::REC709, 3)),
        ("d", image(FULL, ten, Colour::REC709, 4)),
        ("still", image(FULL, PixelFormat::RGB8, Colour::SRGB, 5)),
        ("large", image(four, PixelFormat::RGB8, Colour::SRGB, 6)),
        ("float", image(FULL, float, WORKING, 7)),
    ];
    let shelf = Shelf(shelf.map(|(name, image)| (Id::parse(name).unwrap(), image)).into());
    let renderer = Renderer::new(0);
    let get = |name: &str| shelf.frame(Id::parse(name).unwrap(), 0);
    let part = |round: u32| (f64::from(round) + 0.5) / 24.0;
    let to_eight = |image: &Image| convert::to(image, PixelFormat::YUV420P8, Colour::REC709);
    let form = Some((PixelFormat::YUV420P8, Colour::REC709));
    let eight = |plan: Plan| renderer.render_as(&plan, &shelf, form);
    measure("dissolve, 8-bit 4:2:0", |n| renderer.render(&dissolve("a", "b", part(n)), &shelf));
    measure("dissolve, 10-bit 4:2:2", |n| renderer.render(&dissolve("c", "d", part(n)), &shelf));
    measure("RGB 8 to 4:2:0 8", |_| to_eight(&get("still")));
    measure("RGB 8 to 4:2:2 10", |_| convert::to(&get("still"), ten, Colour::REC709));
    measure("RGB float to 4:2:0 8, dithered", |_| to_eight(&get("float")));
    measure("RGB float to 4:2:2 10", |_| convert::to(&get("float"), ten, Colour::REC709));
    measure("4:2:0 8 to 4:2:2 10", |_| convert::to(&get("a"), ten, Colour::REC709));
    measure("1080p still, camera move", |n| renderer.render(&moved("still", n, 0.0), &shelf));
    measure("1080p still, camera move, to 4:2:0 8", |n| eight(moved("still", n, 0.0)));
    measure("2160p still, camera move, to 4:2:0 8", |n| eight(moved("large", n, 0.0)));
    measure("1080p video, camera move, to 4:2:0 8", |n| eight(moved("a", n, 0.0)));
    for operation in grade::ALL {
        let grade = graded(operation, &used(operation));
        measure(&format!("grade: {}, 4:2:0 8 to the same", operation.id), |_| {
            let layer = Layer { grade: grade.clone(), ..layer("a", Placement::default()) };
            eight(Plan { raster: FULL, layers: vec![layer] })
        });
    }
    grade::ALL.iter().for_each(|operation| alone(operation));
    filters();
    for (side, is_smooth) in [(17, true), (33, true), (33, false), (65, true)] {
        table(side, is_smooth);
    }
    scopes::ALL.iter().for_each(|it| scope(it, &get("a")));
    measure("1080p still, turned 3 degrees, to 4:2:0 8", |n| eight(moved("still", n, 3.0)));
    whole::measure_all(
        words.get(1).filter(|word| !word.starts_with("--")).map_or("", String::as_str),
    );
}
