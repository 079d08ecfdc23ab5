//! Grain that was planted, measured, laid on again, and held against what was planted, by scipy.

use super::repairs::{list, picture};
use super::support::image;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::canvas::Canvas;
use roomtone::picture::filter::{Scene, named};
use roomtone::picture::grain::{Grain, Sampler};
use roomtone::picture::values::{Moment, Values};
use roomtone::signal::{Colour, Image, PixelFormat};
use timeline_format::Param;

const SIZE: (usize, usize) = (480, 272);
const FRAMES: usize = 5;
/// Lights at which grain is laid on, and pixels of a picture of it each way.
const LIGHTS: [f64; 6] = [40.0, 75.0, 110.0, 145.0, 180.0, 215.0];
const SIDE: usize = 256;

/// What is planted: soft grain, of another strength for each channel and light, six tenths of it common to all three.
const PLANTED: &str = r"
import sys, numpy as np
from scipy import ndimage as nd
LIGHTS = [40, 75, 110, 145, 180, 215]
def sigma(light):
    t = np.asarray(light, float) / 255
    curve = .8 + 2.4 * np.sin(np.pi * np.clip(t, 0, 1)) - .6 * t
    return np.stack([1.1 * curve, curve, 1.35 * curve])
def field(rng, shape):
    f = nd.gaussian_filter(rng.standard_normal(shape), .85, mode='wrap')
    return f / f.std()
def grain(rng, shape):
    common = field(rng, shape)
    return np.stack([.6 ** .5 * common + .4 ** .5 * field(rng, shape) for _ in range(3)])
";

/// A film of slopes, hills that move by a pixel and a half, and a part that is all texture.
const FILM: &str = r"
H, W, N = 272, 480, 5
Y, X = np.mgrid[0:H, 0:W].astype(float)
for n in range(N):
    rng = np.random.default_rng(n)
    x = X + 1.5 * n
    light = 24 + 205 * x / W + 6 * np.sin(x / 70) * np.cos(Y / 50)
    there = (Y > 200) & (Y < 264) & (x % 160 > 60)
    light = np.where(there, 120 + 70 * np.sin(x * 1.1) * np.cos(Y * .9), light)
    frame = light + sigma(light) * grain(rng, (H, W))
    sys.stdout.buffer.write(np.clip(np.round(frame), 0, 255).astype(np.uint8).tobytes())
";

/// Of grain that was laid on twice: strengths to those planted, octaves of power to those planted in decibels, and how
/// alike the two are.
const HELD: &str = r"
laid = np.fromfile(sys.argv[1], '<f4').reshape(len(LIGHTS), 2, 3, 256, 256).astype(float)
def octaves(f):
    power = np.abs(np.fft.fft2(f)) ** 2
    w = np.hypot(*np.meshgrid(np.fft.fftfreq(256), np.fft.fftfreq(256)))
    return np.array([power[(w > a) & (w <= 2 * a)].mean() for a in (1 / 32, 1 / 16, 1 / 8, 1 / 4)])
out = []
for i, light in enumerate(LIGHTS):
    for c in range(3):
        out.append(laid[i, 0, c].std() / sigma(light)[c])
truth = np.mean([octaves(field(np.random.default_rng(100 + n), (256, 256))) for n in range(24)], 0)
own = np.mean([octaves(laid[i, t, c] / laid[i, t, c].std()) for i in range(len(LIGHTS)) for t in range(2) for c in range(3)], 0)
out += list(10 * np.log10(own / truth))
out += [max(abs(np.corrcoef(laid[i, 0, c].ravel(), laid[i, 1, c].ravel())[0, 1]) for i in range(len(LIGHTS)) for c in range(3))]
out += [np.mean([np.corrcoef(laid[i, 0, 0].ravel(), laid[i, 0, 2].ravel())[0, 1] for i in range(len(LIGHTS))])]
sys.stdout.buffer.write(np.array(out, '<f8').tobytes())
";

fn film() -> Vec<Image> {
    let told = oracle::python(&format!("{PLANTED}{FILM}"), &[]);
    let plane = SIZE.0 * SIZE.1;
    let frame = |n: usize| {
        let codes = &told[3 * plane * n..];
        image((SIZE.0 as u32, SIZE.1 as u32), PixelFormat::RGB8, Colour::SRGB, |index, x, y| {
            let channel = [1, 2, 0][index];
            f64::from(codes[channel * plane + y as usize * SIZE.0 + x as usize])
        })
    };
    (0..FRAMES).map(frame).collect()
}

/// Grain laid on an even picture, alone, in codes.
fn laid(grain: &Grain, light: f64, frame: i64) -> Vec<Vec<f32>> {
    let even = picture((SIDE, SIDE), |_, _| light);
    let filter = named("grain_match").unwrap();
    let given: Vec<(&str, Param)> =
        grain.values().into_iter().map(|(name, value)| (name, Param::Constant(value))).collect();
    let of = |id: &str| given.iter().find(|(name, _)| *name == id).map(|(_, param)| param);
    let values = Values::resolve(filter.parameters, Moment::default(), of);
    let scene = Scene { frame, around: &[], matte: None };
    let made: Canvas = (filter.prepare)(&values).unwrap().treat(even.clone(), &scene);
    let apart = |channel: usize| {
        let pairs = made.channels[channel].iter().zip(&even.channels[channel]);
        pairs.map(|(made, even)| 255.0 * (made - even)).collect()
    };
    (0..3).map(apart).collect()
}

#[test]
fn grain_that_is_measured_and_laid_on_is_as_what_was_planted() {
    let name = "grain_that_is_measured_and_laid_on_is_as_what_was_planted";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let mut sampler = Sampler::default();
    film().iter().for_each(|frame| sampler.see(frame));
    let grain = sampler.grain().unwrap();
    assert!(!grain.is_of_still && grain.blocks > 100, "{}", grain.blocks);
    let folder = Folder::new();
    let path = folder.file("laid");
    let all = LIGHTS.iter().flat_map(|light| [3, 4].map(|frame| laid(&grain, *light, frame)));
    let bytes: Vec<u8> = all.flatten().flatten().flat_map(f32::to_le_bytes).collect();
    std::fs::write(&path, bytes).unwrap();
    let told = oracle::python(&format!("{PLANTED}{HELD}"), &[path.to_str().unwrap()]);
    let told: Vec<f64> =
        told.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let (strengths, rest) = told.split_at(3 * LIGHTS.len());
    assert!(strengths.iter().all(|it| (it - 1.0).abs() < 0.05), "strengths {strengths:?}");
    let (octaves, rest) = rest.split_at(4);
    assert!(octaves.iter().all(|it| it.abs() < 1.0), "octaves, dB: {octaves:?}");
    assert!(rest[0] < 0.02, "one frame's grain is {} like the next", rest[0]);
    assert!((rest[1] - 0.6).abs() < 0.06, "{} of the grain is common", rest[1]);
}

#[test]
fn the_grain_of_a_still_is_measured_in_it_alone() {
    if !oracle::have(&oracle::python_program(), "the_grain_of_a_still_is_measured_in_it_alone") {
        return;
    }
    let film = film();
    let (mut still, mut moving) = (Sampler::default(), Sampler::default());
    still.see_still(&film[0]);
    film.iter().for_each(|frame| moving.see(frame));
    let (still, moving) = (still.grain().unwrap(), moving.grain().unwrap());
    assert!(still.is_of_still);
    let apart = still.strength() / moving.strength();
    assert!((apart - 1.0).abs() < 0.12, "{apart} of what frames in a row tell");
    let mut held = Sampler::default();
    (0..3).for_each(|_| held.see(&film[0]));
    assert!(held.grain().is_none(), "a frame that is shown again has no grain of its own");
}

#[test]
fn eight_levels_are_for_every_channel_and_eight_each_for_its_own() {
    let of = |levels: Vec<f64>| {
        let values = [("levels", list(levels)), ("shape", list(vec![1.0]))];
        let filter = named("grain_match").unwrap();
        let of = |id: &str| values.iter().find(|it| it.0 == id).map(|it| &it.1);
        let values = Values::resolve(filter.parameters, Moment::default(), of);
        let scene = Scene { frame: 0, around: &[], matte: None };
        let even = picture((64, 64), |_, _| 128.0);
        (filter.prepare)(&values).unwrap().treat(even, &scene)
    };
    assert_eq!(of(vec![2.0; 8]), of(vec![2.0; 24]));
    let red = of([vec![2.0; 8], vec![0.0; 16]].concat());
    assert!(red.channels[1].iter().all(|it| *it == (128.0_f64 / 255.0) as f32));
    assert_ne!(red.channels[0], red.channels[1]);
}
