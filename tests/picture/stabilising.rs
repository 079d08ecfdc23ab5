//! Cameras whose shake is known made steady, and held against where everything was put.

use super::support::noise;
use roomtone::picture::measures::Luma;
use roomtone::picture::track::{Edges, Freedom, Plane, RegionTracker, Steadying, steady};

const SIZE: (usize, usize) = (224, 144);
const FRAMES: usize = 48;
const ALL: [[f64; 2]; 4] = [[0.0, 0.0], [224.0, 0.0], [224.0, 144.0], [0.0, 144.0]];
const PLACES: [[f64; 2]; 5] =
    [[112.0, 72.0], [20.0, 20.0], [204.0, 20.0], [204.0, 124.0], [20.0, 124.0]];

/// A texture that is known everywhere: waves of 7 to 40 pixels in all directions.
fn texture([x, y]: [f64; 2]) -> f64 {
    let wave = |nth: u32| {
        let (nth, turn) = (f64::from(nth), f64::from(nth) * 2.399_963);
        let along = (x * turn.cos() + y * turn.sin()) / (7.0 + 2.3 * nth);
        (std::f64::consts::TAU * along + nth * nth * 0.7).cos()
    };
    120.0 + 12.0 * (0..14).map(wave).sum::<f64>()
}

/// Chance from -1 to 1.
fn chance(series: usize, n: usize) -> f64 {
    2.0 * noise(series, n as u32, 7) - 1.0
}

/// What a hand does besides: up to five pixels, a degree, and a hundredth.
fn shake(n: usize) -> Plane {
    let t = n as f64;
    let by =
        [3.0 * chance(1, n) + 2.0 * (1.9 * t).sin(), 3.0 * chance(2, n) + 2.0 * (2.3 * t).cos()];
    let (sine, cosine) = (0.017 * chance(3, n)).sin_cos();
    let larger = 1.0 + 0.01 * chance(4, n);
    let turned = Plane([
        [larger * cosine, -larger * sine, by[0]],
        [larger * sine, larger * cosine, by[1]],
        [0.0, 0.0, 1.0],
    ]);
    let middle = [112.0, 72.0];
    Plane::moved(middle).after(&turned.after(&Plane::moved(middle.map(|it| -it))))
}

/// Where the camera means to look: a slow pan.
fn pan(n: usize) -> Plane {
    Plane::moved([-1.1 * n as f64, 0.4 * n as f64])
}

/// A frame: the texture as the camera sees it, noise, and something that goes its own way.
fn frame(n: usize, gone: &Plane) -> Luma {
    let back = gone.back();
    let other = [40.0 + 2.6 * n as f64, 90.0 - 0.7 * n as f64];
    let code = |at: usize| {
        let place = [(at % SIZE.0) as f64 + 0.5, (at / SIZE.0) as f64 + 0.5];
        let from = [place[0] - other[0], place[1] - other[1]];
        let is_other = from[0].hypot(from[1]) < 24.0;
        let seen = if is_other {
            texture([3.0 * from[1], 400.0 - 2.0 * from[0]])
        } else {
            texture(back.at(place))
        };
        let grain = 3.4 * (noise(50 + n, (at % SIZE.0) as u32, (at / SIZE.0) as u32) - 0.5);
        (seen + grain).round().clamp(0.0, 255.0) as f32
    };
    Luma::new(SIZE, (0..SIZE.0 * SIZE.1).map(code).collect()).unwrap()
}

/// The path of the background as it is followed.
fn path(freedom: Freedom, gone: &dyn Fn(usize) -> Plane) -> Vec<Option<Plane>> {
    let mut tracker = RegionTracker::background(&frame(0, &gone(0)), freedom, 1).unwrap();
    let mut see = |n: usize| {
        let lain = tracker.see(&frame(n, &gone(n)));
        assert!(lain.confidence > 0.3, "frame {n}: {}", lain.confidence);
        Some(lain.plane)
    };
    std::iter::once(Some(Plane::STILL)).chain((1..FRAMES).map(&mut see)).collect()
}

/// From the first frame to another, in truth.
fn truth(n: usize, gone: &dyn Fn(usize) -> Plane) -> Plane {
    gone(n).after(&gone(0).back())
}

/// How much places shake: the second difference of where they are, root mean square, over root six.
fn shaking(at: &dyn Fn(usize, [f64; 2]) -> [f64; 2]) -> f64 {
    let mut sum = 0.0;
    for place in PLACES {
        for n in 1..FRAMES - 1 {
            let [before, here, after] = [n - 1, n, n + 1].map(|n| at(n, place));
            sum += (0..2)
                .map(|axis| (before[axis] - 2.0 * here[axis] + after[axis]).powi(2))
                .sum::<f64>();
        }
    }
    (sum / (6 * PLACES.len() * (FRAMES - 2)) as f64).sqrt()
}

#[test]
fn nine_tenths_of_a_shake_go_and_the_pan_stays() {
    let gone = |n: usize| shake(n).after(&pan(n));
    let path = path(Freedom::Similar, &gone);
    let how = (Freedom::Similar, Steadying::Smooth(8.0));
    let size = [SIZE.0 as f64, SIZE.1 as f64];
    let made = steady(&path, how, (size, &ALL), Edges::Filled(2.0)).unwrap();
    let before = shaking(&|n, place| truth(n, &gone).at(place));
    let after = shaking(&|n, place| made.planes[n].at(truth(n, &gone).at(place)));
    assert!(before > 2.0 && after < 0.1 * before, "{after} pixels of {before}");
    let middle = [112.0, 72.0];
    let seen = |n: usize| made.planes[n].at(truth(n, &gone).at(middle));
    let panned = (seen(FRAMES - 9)[0] - seen(8)[0]) / (FRAMES - 17) as f64 / made.zoom;
    assert!((panned + 1.1).abs() < 0.25, "{panned} pixels a frame");
    for plane in &made.planes {
        for corner in ALL {
            let [x, y] = plane.back().at(corner);
            assert!((-0.01..224.01).contains(&x) && (-0.01..144.01).contains(&y), "{x},{y}");
        }
    }
    assert!(made.part == 1.0 && made.zoom < 1.35, "{}", made.zoom);
}

#[test]
fn a_camera_that_is_held_still_is_still_to_a_third_of_a_pixel() {
    for freedom in [Freedom::Similar, Freedom::Perspective] {
        let path = path(freedom, &shake);
        let size = [SIZE.0 as f64, SIZE.1 as f64];
        let made = steady(&path, (freedom, Steadying::Still), (size, &ALL), Edges::Shown).unwrap();
        let off = |n: usize, place: [f64; 2]| {
            let at = made.planes[n].at(truth(n, &shake).at(place));
            (at[0] - place[0]).hypot(at[1] - place[1])
        };
        let all: Vec<f64> = (0..FRAMES).flat_map(|n| PLACES.map(|place| off(n, place))).collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let most = all.iter().copied().fold(0.0, f64::max);
        assert!(mean < 0.12 && most < 0.34, "{freedom:?}: {mean} in the mean, {most} at most");
    }
}
