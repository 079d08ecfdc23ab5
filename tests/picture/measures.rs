//! Measures of takes, held against oracles that we did not write and against truths that were planted.

use super::support::noise as chance;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::measures::{self, Glimpse, Likeness, Luma, Of, View};
use std::f64::consts::TAU;

/// Pixels across and down.
const SIZE: (usize, usize) = (640, 360);

/// Numbers of the normal distribution (Box and Muller, 1958).
fn normal(series: usize, x: u32, y: u32) -> f64 {
    let (a, b) = (chance(2 * series, x, y), chance(2 * series + 1, x, y));
    (-2.0 * (1.0 - a).ln()).sqrt() * (TAU * b).cos()
}

/// A picture of whole codes, as a file has them.
fn picture((width, height): (usize, usize), code: impl Fn(usize, usize) -> f64) -> Luma {
    let places = (0..width * height).map(|at| (at % width, at / width));
    let codes = places.map(|(x, y)| code(x, y).round().clamp(0.0, 255.0) as f32);
    Luma::new((width, height), codes.collect()).unwrap()
}

/// Something with edges, slopes and flat parts, moved `by` pixels.
fn scene(x: f64, y: f64) -> f64 {
    let hills = 30.0 * (x / 47.0).sin() * (y / 31.0).cos() + 20.0 * (x / 19.0 + y / 90.0).sin();
    let wall = if (x / 130.0).floor() as i64 % 2 == 0 { 25.0 } else { -20.0 };
    110.0 + hills + wall + 0.05 * y
}

fn of_picture(id: &str, luma: &Luma) -> f64 {
    let Of::Picture(measure) = measures::named(id).unwrap().of else { panic!("{id}") };
    measure(&View::of(luma))
}

fn of_time(id: &str, film: &[Luma]) -> f64 {
    let Of::Time(measure) = measures::named(id).unwrap().of else { panic!("{id}") };
    let glimpses: Vec<Glimpse> = film.iter().map(Glimpse::of_luma).collect();
    measure(&glimpses).unwrap()
}

/// What Python says of a picture, as a number or a word.
fn python(luma: &Luma, script: &str) -> String {
    let folder = Folder::new();
    let file = folder.file("luma");
    std::fs::write(&file, luma.codes().iter().map(|code| *code as u8).collect::<Vec<_>>()).unwrap();
    let (width, height) = luma.size();
    let head = format!(
        "import sys, numpy\na = numpy.fromfile(sys.argv[1], numpy.uint8).reshape({height}, {width}).astype(float)\n"
    );
    let said = oracle::python(&(head + script), &[file.to_str().unwrap()]);
    String::from_utf8(said).unwrap().trim().to_owned()
}

#[test]
fn the_likeness_is_that_of_the_cosine_transform_of_scipy() {
    let name = "the_likeness_is_that_of_the_cosine_transform_of_scipy";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let script = r"
import scipy.fft
def means(a, axis):
    size = a.shape[axis]
    return numpy.stack([a.take(range(-(-b * size // 32), -(-(b + 1) * size // 32)), axis).mean(axis) for b in range(32)], axis)
low = scipy.fft.dct(scipy.fft.dct(means(means(a, 0), 1), axis=0), axis=1)[:8, :8]
print('%016x' % int(''.join('1' if bit else '0' for bit in (low > numpy.median(low)).flatten()), 2))
";
    for series in 0..4 {
        let shift = 91.0 * series as f64;
        let luma = picture((643, 361), |x, y| {
            scene(x as f64 + shift, y as f64) + 6.0 * normal(series, x as u32, y as u32)
        });
        assert_eq!(Likeness::of(&luma).to_string(), python(&luma, script), "{series}");
    }
}

#[test]
fn sharpness_is_the_variance_that_scipy_finds_and_falls_with_blur() {
    if !oracle::have(&oracle::python_program(), "sharpness_is_the_variance_that_scipy_finds") {
        return;
    }
    let script = "import scipy.ndimage\nprint(scipy.ndimage.laplace(a)[1:-1, 1:-1].var())";
    let mut last = f64::MAX;
    for blur in [1, 3, 9] {
        let luma = picture(SIZE, |x, y| {
            let across = (0..blur).map(|step| scene((x + step) as f64, y as f64));
            across.sum::<f64>() / f64::from(blur as u32)
        });
        let (ours, theirs) = (of_picture("sharpness", &luma), python(&luma, script));
        let theirs: f64 = theirs.parse().unwrap();
        assert!((ours / theirs - 1.0).abs() < 1e-3, "{ours} and {theirs}");
        assert!(ours < last, "blurred by {blur}: {ours} after {last}");
        last = ours;
    }
}

/// The oracle is the deviation of the finest diagonal wavelet, in which upright walls and slopes vanish
/// (D. L. Donoho and I. M. Johnstone, Ideal Spatial Adaptation by Wavelet Shrinkage, 1994).
#[test]
fn noise_is_found_within_15_percent_whatever_lies_under_it() {
    let name = "noise_is_found_within_15_percent_whatever_lies_under_it";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let script = "print(((a[::2, ::2] - a[::2, 1::2] - a[1::2, ::2] + a[1::2, 1::2]) / 2).std())";
    for (series, sigma) in [(1, 1.0), (2, 2.0), (3, 5.0), (4, 12.0)] {
        let luma = picture(SIZE, |x, y| {
            scene(x as f64, y as f64) + sigma * normal(series, x as u32, y as u32)
        });
        let found = of_picture("noise", &luma);
        assert!((found / sigma - 1.0).abs() < 0.15, "{sigma}: {found}");
        let theirs: f64 = python(&luma, script).parse().unwrap();
        assert!((found / theirs - 1.0).abs() < 0.15, "{theirs}: {found}");
    }
    let clean = picture(SIZE, |x, y| scene(x as f64, y as f64));
    assert!(of_picture("noise", &clean) < 0.4, "{}", of_picture("noise", &clean));
}

#[test]
fn texture_in_two_thirds_of_a_picture_is_not_taken_for_noise() {
    let luma = picture(SIZE, |x, y| {
        let grass = if y > 120 { 40.0 * chance(9, x as u32, y as u32) } else { 0.0 };
        90.0 + grass + 2.0 * normal(5, x as u32, y as u32)
    });
    let found = of_picture("noise", &luma);
    assert!((found / 2.0 - 1.0).abs() < 0.15, "{found}");
}

#[test]
fn a_pattern_of_a_decoder_is_seen_below_two_codes_and_texture_is_not_taken_for_one() {
    let grass =
        |x: usize, y: usize| scene(x as f64, y as f64) + 3.0 * normal(6, x as u32, y as u32);
    let clean = of_picture("lattice", &picture(SIZE, grass));
    assert!(clean < 5.0, "{clean}");
    for period in [8, 16, 32] {
        let of = |series: usize, at: usize| normal(series, (at % period) as u32, 0);
        let tile = |x: usize, y: usize| 0.9 * (of(8, x) + of(9, y));
        let found = of_picture("lattice", &picture(SIZE, |x, y| grass(x, y) + tile(x, y)));
        assert!(found > 2.0 * clean, "{period}: {found}, and {clean} without it");
    }
}

#[test]
fn black_and_white_are_counted() {
    let luma = picture((100, 50), |x, y| match (x, y) {
        (..10, _) => 0.0,
        (_, ..5) => 255.0,
        _ => 100.0,
    });
    assert!((of_picture("crushed", &luma) - 10.0).abs() < 1e-9);
    assert!((of_picture("blown", &luma) - 9.0).abs() < 1e-9);
}

/// A film of the scene: `moved` pixels a frame, its light times `gain` of the frame.
fn film(frames: usize, moved: f64, gain: impl Fn(usize) -> f64) -> Vec<Luma> {
    let frame = |n: usize| {
        picture(SIZE, |x, y| {
            let grain = 1.5 * normal(50 + n, x as u32, y as u32);
            scene(x as f64 + moved * n as f64, y as f64) * gain(n) + grain
        })
    };
    (0..frames).map(frame).collect()
}

/// The deviation of a frame's light, as it was planted: second differences over √6.
fn planted(frames: usize, gain: impl Fn(usize) -> f64) -> f64 {
    let level: Vec<f64> = (0..frames).map(|n| gain(n).log2()).collect();
    let seconds: Vec<f64> =
        level.windows(3).map(|three| (three[0] - 2.0 * three[1] + three[2]).powi(2)).collect();
    (seconds.iter().sum::<f64>() / seconds.len() as f64 / 6.0).sqrt()
}

#[test]
fn a_planted_flicker_is_found_and_a_pan_is_not_accused() {
    let unsteady = |n: usize| 1.0 + 0.02 * normal(7, n as u32, 0);
    let truth = planted(24, unsteady);
    for moved in [0.0, 3.0] {
        let found = of_time("flicker", &film(24, moved, unsteady));
        assert!(
            (found / truth - 1.0).abs() < 0.1,
            "moved by {moved}: {found}, and {truth} is there"
        );
    }
    let differences = |film: &[Luma]| {
        let pair = |pair: &[Luma]| {
            let codes = pair[0].codes().iter().zip(pair[1].codes());
            codes.map(|(a, b)| f64::from((a - b).abs())).sum::<f64>()
        };
        film.windows(2).map(pair).sum::<f64>()
    };
    let flickers = differences(&film(24, 0.0, unsteady));
    for moved in [3.0, 9.0] {
        let pan = film(24, moved, |_| 1.0);
        let found = of_time("flicker", &pan);
        assert!(found < 0.007, "moved by {moved}: {found}");
        assert!(differences(&pan) > flickers, "the mean difference would accuse this pan");
    }
}

#[test]
fn a_fade_drifts_and_does_not_flicker_and_a_cut_does_neither() {
    let fade = film(24, 1.0, |n| 1.0 - 0.012 * n as f64);
    assert!(of_time("flicker", &fade) < 0.002, "{}", of_time("flicker", &fade));
    let truth = (1.0_f64 - 0.012 * 23.0).log2();
    let found = of_time("drift", &fade);
    assert!((found / truth - 1.0).abs() < 0.1, "{found}, and {truth} is there");
    let mut cut = film(8, 0.0, |_| 1.0);
    cut.extend(
        (0..8).map(|_| picture(SIZE, |x, y| if (x / 90 + y / 70) % 2 == 0 { 20.0 } else { 230.0 })),
    );
    assert!(of_time("flicker", &cut) < 0.002, "{}", of_time("flicker", &cut));
}

#[test]
fn doubled_and_frozen_frames_are_counted_and_a_still_camera_is_not_frozen() {
    let alive = film(21, 0.0, |_| 1.0);
    assert!(of_time("held", &alive) < 1e-9, "{}", of_time("held", &alive));
    let twos: Vec<Luma> = (0..21).map(|n| alive[n / 2].clone()).collect();
    assert!((of_time("held", &twos) - 50.0).abs() < 1e-9);
    let frozen: Vec<Luma> = (0..21).map(|n| alive[n.min(15)].clone()).collect();
    assert!((of_time("held", &frozen) - 25.0).abs() < 1e-9);
}

#[test]
fn every_measure_bears_the_smallest_picture_and_the_shortest_take() {
    for size in [(1, 1), (2, 2), (1, 40), (40, 1), (3, 3)] {
        let luma = picture(size, |_, _| 90.0);
        Likeness::of(&luma);
        for measure in measures::ALL {
            let value = match measure.of {
                Of::Picture(of) => Some(of(&View::of(&luma))),
                Of::Time(of) => of(&[Glimpse::of_luma(&luma)]),
            };
            assert!(value.is_none_or(f64::is_finite), "{} of {size:?}: {value:?}", measure.id);
            if let Of::Time(of) = measure.of {
                assert!(of(&[]).is_none(), "{}", measure.id);
            }
        }
    }
}
