//! Tracks held against where a texture was put, and against OpenCV's tracker.

use super::support::noise;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::measures::Luma;
use roomtone::picture::track::{Plane, PointTracker, RegionTracker};

const SIZE: (usize, usize) = (128, 96);

/// A texture that is known everywhere: waves of 7 to 33 pixels in all directions.
fn texture([x, y]: [f64; 2]) -> f64 {
    let wave = |nth: u32| {
        let (nth, turn) = (f64::from(nth), f64::from(nth) * 2.399_963);
        let along = (x * turn.cos() + y * turn.sin()) / (7.0 + 2.0 * nth);
        (std::f64::consts::TAU * along + nth * nth * 0.7).cos()
    };
    120.0 + 12.0 * (0..14).map(wave).sum::<f64>()
}

/// A picture: what `from` says lies in the middle of each pixel, in light of so many times, with noise of a code.
fn picture(number: usize, gain: f64, from: impl Fn([f64; 2]) -> [f64; 2]) -> Vec<u8> {
    let pixel = |at: usize| {
        let (x, y) = (at % SIZE.0, at / SIZE.0);
        let grain = 3.4 * (noise(number, x as u32, y as u32) - 0.5);
        let code = gain * texture(from([x as f64 + 0.5, y as f64 + 0.5])) + grain;
        code.round().clamp(0.0, 255.0) as u8
    };
    (0..SIZE.0 * SIZE.1).map(pixel).collect()
}

fn luma(codes: &[u8]) -> Luma {
    Luma::new(SIZE, codes.iter().map(|code| f32::from(*code)).collect()).unwrap()
}

/// Where everything has gone in a frame: back and forth, up to two pixels a frame.
fn gone(n: usize) -> [f64; 2] {
    let t = n as f64;
    [14.0 * (t / 8.0).sin(), 9.0 * (t / 11.0).sin() + 0.03 * t]
}

fn shifted(n: usize) -> Vec<u8> {
    let [right, down] = gone(n);
    let gain = 1.0 + 0.08 * (n as f64 / 5.0).sin();
    picture(n, gain, |[x, y]| [x - right, y - down])
}

const FROM: [f64; 2] = [63.2, 47.9];

fn far(n: usize, place: [f64; 2]) -> f64 {
    let by = gone(n);
    (place[0] - FROM[0] - by[0]).hypot(place[1] - FROM[1] - by[1])
}

#[test]
fn a_point_is_within_a_fifth_of_a_pixel_over_a_hundred_frames() {
    let mut tracker = PointTracker::new(&luma(&shifted(0)), FROM).unwrap();
    for n in 1..100 {
        let spot = tracker.see(&luma(&shifted(n)));
        assert!(far(n, spot.place) < 0.2, "frame {n}: {spot:?}, {} off", far(n, spot.place));
        assert!(spot.confidence > 0.6, "frame {n}: {spot:?}");
    }
}

#[test]
fn a_point_is_followed_as_well_as_opencv_follows_it() {
    let python = oracle::python_program();
    if !oracle::have(&python, "a_point_is_followed_as_well_as_opencv_follows_it") {
        return;
    }
    let script = r"
import sys, cv2, numpy as np
n, h, w, x, y = int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]), float(sys.argv[6])
film = np.fromfile(sys.argv[1], np.uint8).reshape(n, h, w)
at = np.array([[[x - .5, y - .5]]], np.float32)
out = []
for a, b in zip(film, film[1:]):
    at, _, _ = cv2.calcOpticalFlowPyrLK(a, b, at, None, winSize=(21, 21), maxLevel=2)
    out.append(at.reshape(2) + .5)
sys.stdout.buffer.write(np.array(out, '<f8').tobytes())
";
    let count = 40;
    let frames: Vec<Vec<u8>> = (0..count).map(shifted).collect();
    let folder = Folder::new();
    let path = folder.path().join("film.raw");
    std::fs::write(&path, frames.concat()).unwrap();
    let numbers = [count, SIZE.1, SIZE.0].map(|it| it.to_string());
    let places = FROM.map(|it| it.to_string());
    let arguments =
        [path.to_str().unwrap(), &numbers[0], &numbers[1], &numbers[2], &places[0], &places[1]];
    let said = oracle::python(script, &arguments);
    let said: Vec<f64> =
        said.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    let mut tracker = PointTracker::new(&luma(&frames[0]), FROM).unwrap();
    let (mut own, mut theirs) = (0.0, 0.0);
    for n in 1..count {
        own += far(n, tracker.see(&luma(&frames[n])).place);
        theirs += far(n, [said[2 * n - 2], said[2 * n - 1]]);
    }
    assert!(own <= 1.2 * theirs + 0.02 * count as f64, "{own} of ours and {theirs} of OpenCV's");
}

#[test]
fn a_point_that_is_hidden_is_lost_and_found_again() {
    let hidden = |n: usize| {
        let mut codes = shifted(0);
        for (at, code) in codes.iter_mut().enumerate() {
            let (x, y) = (at % SIZE.0, at / SIZE.0);
            if n > 0 && (34..94).contains(&x) && (18..78).contains(&y) {
                *code = 128;
            }
        }
        luma(&codes)
    };
    let mut tracker = PointTracker::new(&hidden(0), FROM).unwrap();
    let lost: Vec<f64> = (1..4).map(|n| tracker.see(&hidden(n)).confidence).collect();
    assert!(lost.iter().all(|confidence| *confidence < 0.6), "{lost:?}");
    let spot = tracker.see(&hidden(0));
    assert!(spot.confidence > 0.8 && far(0, spot.place) < 0.2, "{spot:?}");
    let even = Luma::new(SIZE, vec![90.0; SIZE.0 * SIZE.1]).unwrap();
    assert!(PointTracker::new(&even, FROM).is_none());
}

/// Turned, larger and leaning about the middle of the picture.
fn leaning(n: usize) -> Plane {
    let t = 2.0 * n as f64;
    let (sine, cosine) = (0.008 * t).sin_cos();
    let larger = 1.0 + 0.003 * t;
    let middle = [64.0, 48.0];
    let turned = Plane([
        [larger * cosine, -larger * sine, 0.0],
        [larger * sine, larger * cosine, 0.0],
        [2e-5 * t, -1e-5 * t, 1.0],
    ]);
    let there = Plane::moved([middle[0] + 0.4 * t, middle[1] - 0.2 * t]);
    there.after(&turned.after(&Plane::moved(middle.map(|it| -it))))
}

/// The plane that leads back, of one that is a plane's.
fn back(plane: &Plane) -> Plane {
    let [[a, b, c], [d, e, f], [g, h, i]] = plane.0;
    Plane([
        [e * i - f * h, c * h - b * i, b * f - c * e],
        [f * g - d * i, a * i - c * g, c * d - a * f],
        [d * h - e * g, b * g - a * h, a * e - b * d],
    ])
}

fn leant(n: usize) -> Luma {
    let back = back(&leaning(n));
    luma(&picture(n, 1.0, |place| back.at(place)))
}

#[test]
fn a_plane_that_turns_grows_and_leans_is_within_a_fifth_of_a_pixel() {
    let region = [32.0, 24.0, 96.0, 72.0];
    let mut tracker = RegionTracker::new(&leant(0), region, 1).unwrap();
    for n in 1..15 {
        let lain = tracker.see(&leant(n));
        assert!(lain.confidence > 0.5, "frame {n}: {lain:?}");
        for place in [[36.0, 28.0], [92.0, 28.0], [92.0, 68.0], [36.0, 68.0], [64.0, 48.0]] {
            let (own, truth) = (lain.plane.at(place), leaning(n).at(place));
            let far = (own[0] - truth[0]).hypot(own[1] - truth[1]);
            assert!(far < 0.2, "frame {n}: {place:?} is {far} off");
        }
    }
}

#[test]
fn a_plane_is_the_same_on_any_number_of_threads() {
    let followed = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut tracker = RegionTracker::new(&leant(0), [32.0, 24.0, 96.0, 72.0], 1).unwrap();
            (1..4).map(|n| tracker.see(&leant(n))).collect::<Vec<_>>()
        })
    };
    assert_eq!(followed(1), followed(4));
}
