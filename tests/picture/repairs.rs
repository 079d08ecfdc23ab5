//! Repairs, held against truths that were planted and against programs that we did not write.

use super::support::noise as chance;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::canvas::Canvas;
use roomtone::picture::filter::{Scene, named};
use roomtone::picture::flow::flow;
use roomtone::picture::grade::Space;
use roomtone::picture::masks::Matte;
use roomtone::picture::measures::Luma;
use roomtone::picture::values::{Moment, Values};
use std::f64::consts::TAU;
use timeline_format::{Param, Value};

fn normal(series: usize, x: usize, y: usize) -> f64 {
    let (a, b) =
        (chance(2 * series, x as u32, y as u32), chance(2 * series + 1, x as u32, y as u32));
    (-2.0 * (1.0 - a).ln()).sqrt() * (TAU * b).cos()
}

pub(super) fn list(numbers: Vec<f64>) -> Param {
    Param::Constant(Value::Vector(numbers))
}

pub(super) fn word(word: &str) -> Param {
    Param::Constant(Value::Text(word.into()))
}

/// A grey picture, display-coded, from codes of 255.
pub(super) fn picture(
    (width, height): (usize, usize),
    code: impl Fn(usize, usize) -> f64,
) -> Canvas {
    let mut canvas = Canvas::clear(width, height, Space::Display);
    for place in 0..width * height {
        let value = (code(place % width, place / width) / 255.0) as f32;
        (0..3).for_each(|channel| canvas.channels[channel][place] = value);
        canvas.channels[3][place] = 1.0;
    }
    canvas
}

/// What a repair makes of a picture, with others around it and a matte.
pub(super) fn repaired(
    kind: &str,
    values: &[(&str, Param)],
    picture: &Canvas,
    around: &[(i64, Canvas)],
    matte: Option<&Matte>,
) -> Canvas {
    let filter = named(kind).unwrap();
    let given = |id: &str| values.iter().find(|(name, _)| *name == id).map(|(_, value)| value);
    let values = Values::resolve(filter.parameters, Moment::default(), given);
    let mut canvas = picture.clone();
    canvas.turn(filter.space);
    let around: Vec<(i64, Canvas)> = around.to_vec();
    let mut made = (filter.prepare)(&values)
        .unwrap()
        .treat(canvas, &Scene { frame: 7, around: &around, matte });
    made.turn(Space::Display);
    made
}

/// The green codes of a part of a picture.
pub(super) fn codes(canvas: &Canvas) -> Vec<f64> {
    canvas.channels[1].iter().map(|value| 255.0 * f64::from(*value)).collect()
}

pub(super) fn rms(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) =
        numbers.into_iter().fold((0.0, 0.0), |(sum, count), it| (sum + it * it, count + 1.0));
    (sum / count).sqrt()
}

fn apart(one: &Canvas, other: &Canvas) -> f64 {
    rms(codes(one).iter().zip(codes(other)).map(|(a, b)| a - b))
}

/// Hills, walls and texture.
pub(super) fn scene(x: f64, y: f64) -> f64 {
    let hills = 30.0 * (x / 47.0).sin() * (y / 31.0).cos() + 20.0 * (x / 19.0 + y / 90.0).sin();
    let texture = 9.0 * (x / 3.1 + 0.4 * (y / 5.0).sin()).sin() * (y / 4.3).cos();
    110.0 + hills + texture + if (x / 60.0).floor() as i64 % 2 == 0 { 25.0 } else { -20.0 }
}

const SIZE: (usize, usize) = (320, 180);

#[test]
fn a_lattice_that_is_known_goes_and_little_else_does() {
    let pattern: Vec<f64> = (0..64).map(|place| 1.5 * normal(3, place, 0)).collect();
    let clean = picture(SIZE, |x, y| scene(x as f64, y as f64));
    let marred = picture(SIZE, |x, y| scene(x as f64, y as f64) + pattern[y % 8 * 8 + x % 8]);
    let before = apart(&marred, &clean);
    let made = repaired(
        "unlattice",
        &[("pattern", list(pattern)), ("calm", Param::number(60.0))],
        &marred,
        &[],
        None,
    );
    assert!(apart(&made, &clean) < 0.3 * before, "{} of {before}", apart(&made, &clean));
}

#[test]
fn gains_are_their_formula() {
    let before = picture(SIZE, |x, y| scene(x as f64, y as f64));
    let values = [("stops", Param::number(-0.5)), ("shift", list(vec![0.1, -0.02, 0.0]))];
    let made = repaired("gains", &values, &before, &[], None);
    for (channel, shift) in [0.1_f64, -0.02, 0.0].into_iter().enumerate() {
        for (made, before) in made.channels[channel].iter().zip(&before.channels[channel]) {
            assert!(
                (f64::from(*made) - (f64::from(*before) * 0.5_f64.sqrt() + shift)).abs() < 1e-6
            );
        }
    }
}

#[test]
fn places_that_tremble_come_to_rest_and_a_pan_stays() {
    let gain =
        |n: i64, x: usize, y: usize| 1.0 + 0.03 * normal(20 + (n + 9) as usize, x / 64, y / 60);
    let frame = |n: i64, trembles: bool| {
        let moved = 2.0 * n as f64;
        picture(SIZE, |x, y| {
            scene(x as f64 + moved, y as f64) * if trembles { gain(n, x, y) } else { 1.0 }
        })
    };
    let around = |trembles: bool| -> Vec<(i64, Canvas)> {
        (-4..=4).filter(|n| *n != 0).map(|n| (n, frame(n, trembles))).collect()
    };
    let truth = frame(0, false);
    let made = repaired("deflicker", &[], &frame(0, true), &around(true), None);
    let before = apart(&frame(0, true), &truth);
    assert!(apart(&made, &truth) < 0.75 * before, "{} of {before}", apart(&made, &truth));
    let still = repaired("deflicker", &[], &truth, &around(false), None);
    assert!(apart(&still, &truth) < 1.0, "{}", apart(&still, &truth));
}

#[test]
fn a_frame_is_made_of_its_neighbours_where_everything_moves() {
    let frame = |n: f64| picture(SIZE, |x, y| scene(x as f64 + 3.0 * n, y as f64 + n));
    let around = [(-1, frame(-1.0)), (1, frame(1.0))];
    let lost = picture(SIZE, |_, _| 128.0);
    let made = repaired("between", &[], &lost, &around, None);
    let mean = picture(SIZE, |x, y| {
        let at = |n: f64| scene(x as f64 + 3.0 * n, y as f64 + n);
        0.5 * (at(-1.0) + at(1.0))
    });
    let (ours, blend) = (apart(&made, &frame(0.0)), apart(&mean, &frame(0.0)));
    assert!(ours < 0.35 * blend, "{ours}, and a blend {blend}");
}

#[test]
fn noise_goes_over_time_and_edges_stay() {
    let frame = |n: i64, noise: f64| {
        picture(SIZE, |x, y| {
            scene(x as f64 + 2.0 * n as f64, y as f64) + noise * normal(60 + (n + 3) as usize, x, y)
        })
    };
    let around = [(-1, frame(-1, 4.0)), (1, frame(1, 4.0))];
    let made =
        repaired("denoise_time", &[("noise", Param::number(4.0))], &frame(0, 4.0), &around, None);
    let left = apart(&made, &frame(0, 0.0));
    assert!(left < 0.72 * 4.0, "{left} of 4");
    let edge = |canvas: &Canvas| {
        let codes = codes(canvas);
        (20..160).map(|y| (codes[y * SIZE.0 + 119] - codes[y * SIZE.0 + 121]).abs()).sum::<f64>()
    };
    assert!(edge(&made) > 0.95 * edge(&frame(0, 0.0)));
}

#[test]
fn noise_goes_as_far_as_with_the_means_of_scikit_image() {
    let name = "noise_goes_as_far_as_with_the_means_of_scikit_image";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let size = (96, 72);
    let clean = picture(size, |x, y| scene(x as f64, y as f64));
    let noisy = picture(size, |x, y| scene(x as f64, y as f64) + 8.0 * normal(90, x, y));
    let values = [("noise", Param::number(8.0)), ("strength", Param::number(0.6))];
    let ours = apart(&repaired("denoise", &values, &noisy, &[], None), &clean);
    let folder = Folder::new();
    let path = folder.file("noisy");
    let bytes: Vec<u8> = noisy.channels[1].iter().flat_map(|value| value.to_ne_bytes()).collect();
    std::fs::write(&path, bytes).unwrap();
    let script = "import sys, numpy as np\nfrom skimage.restoration import denoise_nl_means\na = np.fromfile(sys.argv[1], np.float32).reshape(72, 96)\nsys.stdout.buffer.write(denoise_nl_means(a, patch_size=5, patch_distance=6, h=.6 * 8 / 255, sigma=8 / 255, fast_mode=True).astype(np.float32).tobytes())";
    let told = oracle::python(script, &[path.to_str().unwrap()]);
    let told =
        told.as_chunks::<4>().0.iter().map(|bytes| 255.0 * f64::from(f32::from_ne_bytes(*bytes)));
    let theirs = rms(told.zip(codes(&clean)).map(|(a, b)| a - b));
    assert!(ours < 6.5 && ours < 1.06 * theirs, "{ours}, and scikit-image {theirs}, of 8");
}

#[test]
fn bands_become_a_slope() {
    let ramp = |x: usize| 16.0 + 8.0 * x as f64 / 960.0;
    let banded = picture((960, 540), |x, _| ramp(x).round());
    let truth = picture((960, 540), |x, _| ramp(x));
    let values = [("radius", Param::number(200.0)), ("grain", Param::number(0.0))];
    let made = repaired("deband", &values, &banded, &[], None);
    let means = |canvas: &Canvas| -> Vec<f64> {
        let codes = codes(canvas);
        (100..860).map(|x| (0..40).map(|y| codes[y * 960 + x]).sum::<f64>() / 40.0).collect()
    };
    let off = |canvas: &Canvas| rms(means(canvas).iter().zip(means(&truth)).map(|(a, b)| a - b));
    assert!(off(&made) < 0.5 * off(&banded), "{} of {}", off(&made), off(&banded));
    let grained = repaired("deband", &[], &banded, &[], None);
    assert_ne!(codes(&grained)[5000].fract(), 0.0);
}

#[test]
fn an_edge_that_overshoots_is_cut_and_an_edge_stays() {
    let step = |x: usize| if x < 150 { 60.0 } else { 190.0 };
    let ring = |x: usize| match x {
        147..150 => -13.0,
        150..153 => 13.0,
        _ => 0.0,
    };
    let size = (320, 360);
    let marred = picture(size, |x, _| step(x) + ring(x));
    let truth = picture(size, |x, _| step(x));
    let made = repaired("dering", &[("radius", Param::number(16.0))], &marred, &[], None);
    assert!(apart(&marred, &truth) > 1.0);
    let over = codes(&made).iter().map(|code| (code - 190.0).max(60.0 - code)).fold(0.0, f64::max);
    assert!(over < 0.03 * 130.0 || apart(&made, &truth) < apart(&marred, &truth), "{over}");
    let same = repaired("dering", &[], &truth, &[], None);
    assert_eq!(same, truth);
}

#[test]
fn a_black_line_is_covered_and_a_copy_is_a_copy() {
    let before = picture(SIZE, |x, y| if y < 2 { 0.0 } else { scene(x as f64, y as f64) });
    let made = repaired("edge", &[("top", Param::number(2.0))], &before, &[], None);
    assert_eq!(made.line(1), before.line(2));
    assert_eq!(made.line(0), before.line(3));
    assert_eq!(made.line(9), before.line(9));
    let offset = Param::point(32.0 / 320.0, -18.0 / 180.0);
    let made = repaired("clone", &[("offset", offset)], &before, &[], None);
    assert!((made.pixel(100, 90)[0] - before.pixel(132, 72)[0]).abs() < 1e-4);
}

#[test]
fn grain_has_the_strength_that_was_asked_for_and_no_memory() {
    let size = (256, 144);
    let flat = picture(size, |_, _| 127.5);
    let values = [
        ("levels", list(vec![2.0; 8])),
        ("colour", Param::number(0.0)),
        ("shape", list(vec![1.0])),
    ];
    let made = repaired("grain_match", &values, &flat, &[], None);
    let grain: Vec<f64> = codes(&made).iter().map(|code| code - 127.5).collect();
    assert!((rms(grain.iter().copied()) / 2.0 - 1.0).abs() < 0.05);
    let beside =
        grain.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / grain.len() as f64 / 4.0;
    assert!(beside.abs() < 0.02, "{beside}");
    assert_eq!(made, repaired("grain_match", &values, &flat, &[], None));
    assert_eq!(made.channels[0], made.channels[2]);
}

#[test]
fn flow_is_near_the_truth_and_no_farther_from_it_than_that_of_opencv() {
    let name = "flow_is_near_the_truth_and_no_farther_from_it_than_that_of_opencv";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let size = (320, 200);
    let (turn, grow, shift) = (0.02_f64, 1.015_f64, [2.7, -1.6]);
    let there = |x: f64, y: f64| {
        let (x, y) = (x - 160.0, y - 100.0);
        let (sine, cosine) = turn.sin_cos();
        [
            160.0 + grow * (cosine * x - sine * y) + shift[0],
            100.0 + grow * (sine * x + cosine * y) + shift[1],
        ]
    };
    let back = |x: f64, y: f64| {
        let (x, y) = ((x - shift[0] - 160.0) / grow, (y - shift[1] - 100.0) / grow);
        let (sine, cosine) = turn.sin_cos();
        [160.0 + cosine * x + sine * y, 100.0 - sine * x + cosine * y]
    };
    let world = |x: f64, y: f64| scene(x, y) + 14.0 * (x / 7.3).sin() * (y / 6.1 + x / 23.0).cos();
    let luma = |code: &dyn Fn(f64, f64) -> f64| {
        let codes = (0..size.0 * size.1).map(|at| {
            code((at % size.0) as f64, (at / size.0) as f64).round().clamp(0.0, 255.0) as f32
        });
        Luma::new(size, codes.collect()).unwrap()
    };
    let one = luma(&world);
    let other = luma(&|x, y| {
        let [x, y] = back(x, y);
        world(x, y)
    });
    let found = flow(&one, &other);
    let off = |across: &[f32], down: &[f32]| {
        let inner = (24..size.1 - 24).flat_map(|y| (24..size.0 - 24).map(move |x| (x, y)));
        let each: Vec<f64> = inner
            .map(|(x, y)| {
                let [tx, ty] = there(x as f64, y as f64);
                let place = y * size.0 + x;
                (f64::from(across[place]) - (tx - x as f64))
                    .hypot(f64::from(down[place]) - (ty - y as f64))
            })
            .collect();
        each.iter().sum::<f64>() / each.len() as f64
    };
    let ours = off(&found.across, &found.down);
    assert!(ours < 0.2, "{ours}");
    let folder = Folder::new();
    let paths = [("one", &one), ("other", &other)].map(|(name, luma)| {
        let path = folder.file(name);
        std::fs::write(&path, luma.codes().iter().map(|code| *code as u8).collect::<Vec<_>>())
            .unwrap();
        path
    });
    let script = "import sys, numpy as np, cv2\na, b = [np.fromfile(p, np.uint8).reshape(200, 320) for p in sys.argv[1:]]\nsys.stdout.buffer.write(cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(a, b, None).transpose(2, 0, 1).astype(np.float32).tobytes())";
    let told = oracle::python(script, &[paths[0].to_str().unwrap(), paths[1].to_str().unwrap()]);
    let told: Vec<f32> =
        told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes)).collect();
    let theirs = off(&told[..size.0 * size.1], &told[size.0 * size.1..]);
    assert!(ours < 1.2 * theirs, "{ours}, and OpenCV {theirs}");
}
