//! What operations on whole pictures cost: nanoseconds of the processors a pixel, and how often that is what the memory
//! of the machine needs to copy the picture.
#![expect(clippy::print_stdout, reason = "this is a bench program")]

use roomtone::picture::blend::{self, Blend};
use roomtone::picture::canvas::Canvas;
use roomtone::picture::filter::{self, Filter, Scene, Wants};
use roomtone::picture::grade::Space;
use roomtone::picture::masks::{self, Shape};
use roomtone::picture::values::{Moment, Values};
use roomtone::signal::{Kind, Parameter};
use std::time::Duration;
use timeline_format::{Param, Value};

const SIZE: [usize; 2] = [1920, 1080];
const PIXELS: f64 = (SIZE[0] * SIZE[1]) as f64;

/// Measures every filter, mask and blend mode whose line's name holds `wanted`.
pub(super) fn measure_all(wanted: &str) {
    let canvas = canvas(Space::Light);
    let copy = best(3, || canvas.clone());
    let told = |name: &str, work: &mut dyn FnMut()| {
        if name.contains(wanted) {
            let took = best(3, work);
            let times = took.as_secs_f64() / copy.as_secs_f64();
            let each = took.as_secs_f64() * 1e9 / PIXELS;
            println!("{name:<44} {each:8.2} ns a pixel, {times:6.1} copies");
        }
    };
    let each = copy.as_secs_f64() * 1e9 / PIXELS;
    println!("{:<44} {each:8.2} ns a pixel", "copy of a picture in floats: the memory");
    blend::NAMES.iter().zip(blend::ALL).for_each(|(name, mode)| {
        told(&format!("blend: {name}"), &mut || laid(*mode, &canvas));
    });
    for shape in masks::ALL {
        told(&format!("mask: {}", shape.id), &mut || drop(drawn(shape, &canvas)));
    }
    filter::all().for_each(|filter| treated(filter, &told));
}

/// The least that the processors worked in some rounds.
fn best<T>(rounds: usize, mut work: impl FnMut() -> T) -> Duration {
    let round = |_| {
        let start = by_all();
        std::hint::black_box(work());
        by_all().saturating_sub(start)
    };
    (0..rounds).map(round).min().unwrap_or_default()
}

/// Slopes with chance on them; half of it half clear.
fn canvas(space: Space) -> Canvas {
    let [width, height] = SIZE;
    let mut canvas = Canvas::clear(width, height, space);
    let mut bits = 7_u32;
    for (index, channel) in canvas.channels.iter_mut().enumerate() {
        for (at, value) in channel.iter_mut().enumerate() {
            bits = bits.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let slope = (at % width) as f32 / width as f32 * 0.5 + 0.1 * index as f32;
            *value = if index == 3 { 1.0 } else { slope + (bits >> 24) as f32 / 4096.0 };
        }
    }
    canvas
}

fn laid(mode: Blend, below: &Canvas) {
    let mut out = below.line(0).map(<[f32]>::to_vec);
    for y in 0..below.height {
        blend::lay(below.line(y), out.each_mut().map(|line| &mut line[..]), 0.5, mode);
        std::hint::black_box(&out);
    }
}

/// Values a little off what they are without: what it costs when all of it works.
fn used(parameters: &[Parameter]) -> Values {
    let given: Vec<(&str, Param)> =
        parameters.iter().filter_map(|it| Some((it.id, off(it)?))).collect();
    let find = |id: &str| given.iter().find(|(name, _)| *name == id).map(|(_, param)| param);
    Values::resolve(parameters, Moment::default(), find)
}

fn off(parameter: &Parameter) -> Option<Param> {
    match parameter.kind {
        Kind::Number { default, most, .. } => {
            Some(Param::number((default * 0.8 + 0.2 * most.min(10.0)).min(most)))
        }
        Kind::Flag { .. } => Some(Param::Constant(Value::Flag(true))),
        _ => None,
    }
}

fn drawn(shape: &Shape, canvas: &Canvas) -> impl Sized {
    (shape.draw)(&used(shape.parameters), canvas)
}

/// A filter at work on a picture of its own numbers, with the frames around that it asks for.
fn treated(filter: &Filter, told: &dyn Fn(&str, &mut dyn FnMut())) {
    let values = used(filter.parameters);
    let name = format!("filter: {}", filter.id);
    let Some(treatment) = (filter.prepare)(&values) else {
        return println!("{name:<44} changes nothing with these values");
    };
    let picture = canvas(filter.space);
    let [before, after] = (filter.reach)(&values);
    let near = (-before..=after).filter(|away| *away != 0);
    let around: Vec<_> = near.map(|away| (away, picture.clone())).collect();
    let scene = Scene { frame: 3, around: &around, matte: None };
    let wants = treatment.wants();
    told(&name, &mut || {
        let made = match wants {
            Wants::Nothing => treatment.treat(picture.clone(), &scene),
            _ => treatment.beside(picture.clone(), &picture, &scene),
        };
        std::hint::black_box(made);
    });
}

/// The time that processors have worked for all threads of the program.
#[cfg(target_os = "linux")]
fn by_all() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// The time since the program began to measure.
#[cfg(not(target_os = "linux"))]
fn by_all() -> Duration {
    super::worked::worked()
}
