//! Filters of composites held against scipy, scikit-image, OpenCV and formulas in doubles.

use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::canvas::Canvas;
use roomtone::picture::filter::{self, Scene};
use roomtone::picture::grade::Space;
use roomtone::picture::masks;
use roomtone::picture::values::{Moment, Values};
use timeline_format::{Param, Value};

const WIDTH: usize = 160;
const HEIGHT: usize = 90;

/// What every filter ought to make of the picture: one expression each, over `p`, red, green, blue and alpha.
const ORACLE: &str = r"
import sys, numpy as np, cv2
from scipy import ndimage as nd
H, W = 90, 160
p = np.fromfile(sys.argv[1], '<f4').reshape(4, H, W).astype(float)
U = H / 1080
Y, X = np.mgrid[0:H, 0:W] + .5
def each(f): return np.stack([f(c) for c in p])
def colour(f):
    out = p.copy(); out[:3] = f(p[:3]); return out
def alpha(f):
    k = np.clip(f(p[:3]), 0, 1); out = p * (k > 0); out[3] = p[3] * k; return out
def gauss(c, s): return nd.gaussian_filter(c, s, mode='nearest', truncate=4)
def read(c, x, y): return nd.map_coordinates(c, [y - .5, x - .5], order=1, mode='nearest')
def along(n, place):
    out = np.zeros_like(p)
    for k in range(n):
        x, y = place((k + .5) / n - .5); out += np.stack([read(c, x, y) for c in p]) / n
    return out
def luma(c): return np.tensordot([.2126, .7152, .0722], c, 1)
def cbcr(c):
    y = luma(c); return (c[2] - y) / 1.8556, (c[0] - y) / 1.5748
def disc(c, r):
    # every line of the disc is as wide as its chord and one pixel more, its end pixels in part
    n = int(r); k = np.zeros((2 * n + 1, 2 * n + 5))
    for j in range(-n, n + 1):
        h = np.sqrt(r * r - j * j); w = int(h); m = n + 2
        k[j + n, m - w:m + w + 1] = 1; k[j + n, m - w - 1] = k[j + n, m + w + 1] = h - w
    return nd.correlate(c, k / k.sum(), mode='nearest')
def bright(t):
    most = p[:3].max(0); return p[:3] * np.where(most > t, (most - t) / most, 0)
def added(light):
    out = p.copy(); out[:3] += light; return out
def chroma_key(key, reach, soft):
    a, b = cbcr(p[:3]); k = cbcr(np.array(key)); return alpha(lambda c: (np.hypot(a - k[0], b - k[1]) - reach) / soft)
def bilateral(s, l):
    r = int(np.ceil(2 * s)); q = np.pad(p[:3], ((0, 0), (r, r), (r, r)), 'edge'); t = np.zeros((H, W)); o = np.zeros((3, H, W))
    for j in range(-r, r + 1):
        for i in range(-r, r + 1):
            if i * i + j * j > r * r: continue
            c = q[:, r + j:r + j + H, r + i:r + i + W]; d = ((c - p[:3]) ** 2).sum(0)
            w = np.exp(-.5 * (i * i + j * j) / s ** 2 - .5 * d / l ** 2); t += w; o += w * c
    return colour(lambda c: o / t)
def lens(k1, k2, k3):
    h = np.hypot(W, H) / 2; x, y = (X - W / 2) / h, (Y - H / 2) / h; r = x * x + y * y
    b = h * (1 + r * (k1 + r * (k2 + r * k3))); u, v = W / 2 + x * b, H / 2 + y * b
    m = np.clip(u + .5, 0, 1) * np.clip(W - u + .5, 0, 1) * np.clip(v + .5, 0, 1) * np.clip(H - v + .5, 0, 1)
    return each(lambda c: m * read(c, u, v))
def vignette(angle):
    h = np.hypot(W, H) / 2; t = np.tan(np.radians(angle) / 2)
    cos = np.cos(np.arctan(np.hypot(X - W / 2, Y - H / 2) / h * t)); return colour(lambda c: c * cos ** 4)
def fringes(r, b):
    z = lambda c, k: read(c, W / 2 + (X - W / 2) / k, H / 2 + (Y - H / 2) / k)
    return np.stack([z(p[0], r), p[1], z(p[2], b), p[3]])
def despill():
    r, g, b = p[:3]; s = np.maximum(g - (r + b) / 2, 0); c = np.stack([r, g - s, b]); return colour(lambda d: c + luma(p[:3]) - luma(c))
def screen():
    r, g, b = p[:3] / p[3]; k = 1 - np.clip((g - np.maximum(r, b)) * 2, 0, 1); return p * k
def fog(density, ground):
    t = np.exp(-(density + ground * Y / H)); light = ((.5 + .099296826809442) / 1.099296826809442) ** (1 / .45)
    return colour(lambda c: c * t + (1 - t) * p[3] * light)
def median(r): return each(lambda c: nd.median_filter(c, 2 * r + 1, mode='nearest'))
def spin(deg):
    def place(t):
        a = np.radians(deg) * t; return W / 2 + np.cos(a) * (X - W / 2) - np.sin(a) * (Y - H / 2), H / 2 + np.sin(a) * (X - W / 2) + np.cos(a) * (Y - H / 2)
    return along(512, place)
made = eval(sys.argv[2])
sys.stdout.buffer.write(np.concatenate([np.ascontiguousarray(m, '<f4').ravel() for m in made]).tobytes())
";

/// A picture of smooth shapes, edges and some noise, whose alpha goes from a fifth to 1.
fn canvas(space: Space) -> Canvas {
    let mut canvas = Canvas::clear(WIDTH, HEIGHT, space);
    for (channel, values) in canvas.channels.iter_mut().enumerate() {
        for (index, value) in values.iter_mut().enumerate() {
            let (x, y) = ((index % WIDTH) as f64, (index / WIDTH) as f64);
            let wave = 0.5 + 0.4 * (x / (7.0 + channel as f64 * 3.0)).sin() * (y / 9.0).cos();
            let block = if (x as usize / 20 + y as usize / 15 + channel).is_multiple_of(3) {
                0.3
            } else {
                0.0
            };
            let noise = 0.1 * super::support::noise(channel, x as u32, y as u32);
            *value = if channel == 3 {
                0.2 + 0.8 * (x / WIDTH as f64)
            } else {
                wave * 0.6 + block + noise
            } as f32;
        }
    }
    canvas
}

fn values_of(parameters: &[roomtone::signal::Parameter], given: &[(&str, Value)]) -> Values {
    let given: Vec<_> =
        given.iter().map(|(name, value)| (*name, Param::Constant(value.clone()))).collect();
    Values::resolve(parameters, Moment::default(), |id| {
        given.iter().find(|(name, _)| *name == id).map(|(_, param)| param)
    })
}

fn filtered(kind: &str, given: &[(&str, Value)], frame: i64) -> Canvas {
    let filter = filter::named(kind).unwrap();
    let treatment = (filter.prepare)(&values_of(filter.parameters, given)).unwrap();
    treatment.treat(canvas(filter.space), &Scene { frame, around: &[], matte: None })
}

/// Lengths are stated for pictures of 1080 lines.
fn px(pixels: f64) -> Value {
    Value::Number(pixels * 1080.0 / HEIGHT as f64)
}

fn number(number: f64) -> Value {
    Value::Number(number)
}

fn numbers(numbers: &[f64]) -> Value {
    Value::Vector(numbers.to_vec())
}

fn told(oracle: &str, folder: &Folder) -> Vec<f32> {
    let path = folder.file("picture");
    let all = canvas(Space::Light).channels.clone();
    let bytes: Vec<u8> = all.iter().flatten().flat_map(|value| value.to_ne_bytes()).collect();
    std::fs::write(&path, bytes).unwrap();
    let told = oracle::python(ORACLE, &[path.to_str().unwrap(), oracle]);
    told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes)).collect()
}

type Case = (&'static str, Vec<(&'static str, Value)>, &'static str, f64);

fn cases() -> Vec<Case> {
    let grey = numbers(&[0.5, 0.5, 0.5, 1.0]);
    let key = numbers(&[0.2, 0.7, 0.3, 1.0]);
    vec![
        ("blur", vec![("size", px(2.5))], "each(lambda c: gauss(c, 2.5))", 2e-5),
        ("blur", vec![("size", px(0.6))], "each(lambda c: gauss(c, .6))", 2e-5),
        ("blur", vec![("size", px(14.0))], "each(lambda c: gauss(c, 14))", 0.012),
        (
            "directional_blur",
            vec![("length", px(9.0)), ("angle", number(30.0))],
            "along(10, lambda t: (X + t * 9 * np.cos(np.pi / 6), Y + t * 9 * .5))",
            2e-5,
        ),
        ("spin_blur", vec![("angle", number(6.0))], "spin(6)", 0.06),
        (
            "zoom_blur",
            vec![("amount", number(0.1))],
            "along(512, lambda t: (W / 2 + (X - W / 2) * (1 + .1 * t), H / 2 + (Y - H / 2) * (1 + .1 * t)))",
            0.06,
        ),
        ("defocus", vec![("radius", px(5.3))], "each(lambda c: disc(c, 5.3))", 2e-5),
        (
            "glow",
            vec![("size", px(1.1)), ("threshold", number(0.6)), ("amount", number(0.5))],
            "added(.5 * np.stack([.5 * gauss(c, 1.1) + .3 * gauss(c, 3.3) + .2 * gauss(c, 9.9) for c in bright(.6)]))",
            5e-5,
        ),
        (
            "halation",
            vec![("size", px(3.0)), ("threshold", number(0.6)), ("amount", number(0.4))],
            "added(np.stack([.4 * k * gauss(c, 3 * w) for c, w, k in zip(bright(.6), (1, .6, .4), (1, .3, .05))]))",
            5e-5,
        ),
        (
            "lens_distortion",
            vec![("k1", number(0.1)), ("k2", number(-0.05)), ("k3", number(0.02))],
            "lens(.1, -.05, .02)",
            5e-5,
        ),
        ("vignette", vec![("angle", number(80.0))], "vignette(80)", 2e-6),
        (
            "chromatic_aberration",
            vec![("red", number(2.0)), ("blue", number(-1.0))],
            "fringes(1.02, .99)",
            5e-5,
        ),
        (
            "fog",
            vec![("colour", grey), ("density", number(0.5)), ("ground", number(1.0))],
            "fog(.5, 1)",
            5e-6,
        ),
        ("median", vec![("radius", px(0.8))], "median(1)", 0.0),
        ("bilateral", vec![("size", px(2.0)), ("likeness", number(0.2))], "bilateral(2, .2)", 5e-5),
        (
            "chroma_key",
            vec![("colour", key), ("reach", number(0.1)), ("soft", number(0.2))],
            "chroma_key((.2, .7, .3), .1, .2)",
            5e-6,
        ),
        (
            "luma_key",
            vec![("low", number(0.3)), ("high", number(0.6))],
            "alpha(lambda c: (luma(c) - .3) / .3)",
            5e-6,
        ),
        ("screen_key", vec![("gain", number(2.0))], "screen()", 5e-6),
        ("despill", vec![], "despill()", 5e-6),
    ]
}

#[test]
fn filters_are_what_others_and_formulas_say() {
    let python = oracle::python_program();
    if !oracle::have(&python, "filters_are_what_others_and_formulas_say") {
        return;
    }
    let folder = Folder::new();
    let cases = cases();
    let words: Vec<_> = cases.iter().map(|(_, _, words, _)| *words).collect();
    let told = told(&format!("[{}]", words.join(", ")), &folder);
    let size = 4 * WIDTH * HEIGHT;
    assert_eq!(told.len(), size * cases.len());
    let mut wrong = Vec::new();
    for ((kind, given, _, most), told) in cases.iter().zip(told.chunks_exact(size)) {
        let made = filtered(kind, given, 0);
        let values = made.channels.iter().flatten();
        let off = values.zip(told).map(|(made, told)| f64::from((made - told).abs()));
        let worst = off
            .enumerate()
            .fold((0, 0.0), |far: (usize, f64), it| if it.1 > far.1 { it } else { far });
        if worst.1 > *most {
            let (x, y) = (worst.0 % WIDTH, worst.0 / WIDTH % HEIGHT);
            wrong.push(format!(
                "{kind} is off by {:e} at {x},{y} of {}",
                worst.1,
                worst.0 / WIDTH / HEIGHT
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What every mask and finesse ought to be.
const MATTES: &str = r"
import sys, numpy as np
from scipy import ndimage as nd
from skimage import color, draw
H, W = 90, 160
p = np.fromfile(sys.argv[1], '<f4').reshape(4, H, W).astype(float)
Y, X = np.mgrid[0:H, 0:W] + .5
c = p[:3]; l = np.tensordot([.2126, .7152, .0722], c, 1)
def soft(v, low, high, s): return np.clip(1 - np.maximum(np.maximum(low - v, v - high), 0) / s, 0, 1)
hsv = color.rgb2hsv(np.moveaxis(c, 0, 2))
def hue():
    d = (hsv[..., 0] * 360 - 100 + 540) % 360 - 180; return soft(d, -40, 40, 20) * soft(hsv[..., 1], .2, 1, .1)
def cover(inside, n=16):
    o = (np.arange(n) + .5) / n; return np.mean([inside(X - .5 + a, Y - .5 + b) for a in o for b in o], 0)
def polygon(points):
    q = np.array(points) * [W, H]
    def inside(x, y):
        r = np.zeros_like(x, bool)
        for (x0, y0), (x1, y1) in zip(q, np.roll(q, -1, 0)):
            r ^= ((y0 > y) != (y1 > y)) & (x < (x1 - x0) * (y - y0) / (y1 - y0 + 1e-30) + x0)
        return r
    return cover(inside)
def disc(r): j = np.arange(-r, r + 1); return j[:, None] ** 2 + j ** 2 <= r * r
def hard(): return (soft(l, .5, 1, 1e-6) > .5).astype(float)
def luma_grown(r): return nd.grey_dilation(soft(l, .5, 1, .1), footprint=disc(r), mode='nearest')
made = [soft(l, .4, .6, .2), hue(), 1 - np.clip((Y - 18) / 54, 0, 1), polygon([(.2, .2), (.8, .3), (.7, .9), (.3, .6)]),
    cover(lambda x, y: ((x - 80) / 48) ** 2 + ((y - 45) / 27) ** 2 <= 1),
    luma_grown(3), nd.grey_erosion(soft(l, .5, 1, .1), footprint=disc(2), mode='nearest'),
    nd.gaussian_filter(soft(l, .5, 1, .1), 2, mode='nearest', truncate=4)]
sys.stdout.buffer.write(np.concatenate([np.ascontiguousarray(m, '<f4').ravel() for m in made]).tobytes())
";

#[test]
fn masks_are_what_others_and_formulas_say() {
    let python = oracle::python_program();
    if !oracle::have(&python, "masks_are_what_others_and_formulas_say") {
        return;
    }
    let point = |x: f64, y: f64| vec![x, y, 0.0, 0.0, 0.0, 0.0, 0.0];
    let corners = [(0.2, 0.2), (0.8, 0.3), (0.7, 0.9), (0.3, 0.6)];
    let polygon: Vec<f64> = corners.iter().flat_map(|(x, y)| point(*x, *y)).collect();
    // The circle by four cubics, whose handles are 0.5522847 of its radius long.
    let (a, b, k) = (0.3, 0.3, 0.552_284_749_8);
    let round: Vec<f64> = [
        [0.5 + a, 0.5, 0.0, -k * b, 0.0, k * b],
        [0.5, 0.5 + b, k * a, 0.0, -k * a, 0.0],
        [0.5 - a, 0.5, 0.0, k * b, 0.0, -k * b],
        [0.5, 0.5 - b, -k * a, 0.0, k * a, 0.0],
    ]
    .into_iter()
    .flat_map(|point| point.into_iter().chain([0.0]))
    .collect();
    let bright = [("low", number(0.5)), ("soft", number(0.1))];
    let with = |name: &'static str, value: Value| [&bright[..], &[(name, value)]].concat();
    let cases: Vec<(&str, Vec<(&str, Value)>, f64)> = vec![
        ("luma", vec![("low", number(0.4)), ("high", number(0.6)), ("soft", number(0.2))], 1e-5),
        (
            "qualifier",
            vec![
                ("hue", number(100.0)),
                ("hue_width", number(80.0)),
                ("hue_soft", number(20.0)),
                ("saturation_low", number(0.2)),
            ],
            2e-4,
        ),
        ("gradient", vec![("from", numbers(&[0.5, 0.2])), ("to", numbers(&[0.5, 0.8]))], 1e-5),
        ("path", vec![("points", numbers(&polygon))], 0.3),
        ("path", vec![("points", numbers(&round))], 0.12),
        ("luma", with("grow", px(3.0)), 1e-5),
        ("luma", with("grow", px(-2.0)), 1e-5),
        ("luma", with("blur", px(2.0)), 2e-5),
    ];
    let folder = Folder::new();
    let path = folder.file("picture");
    let canvas = canvas(Space::Display);
    let bytes: Vec<u8> =
        canvas.channels.iter().flatten().flat_map(|value| value.to_ne_bytes()).collect();
    std::fs::write(&path, bytes).unwrap();
    let told = oracle::python(MATTES, &[path.to_str().unwrap()]);
    let told: Vec<f32> =
        told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes)).collect();
    let mut wrong = Vec::new();
    for ((kind, given, most), told) in cases.iter().zip(told.chunks_exact(WIDTH * HEIGHT)) {
        let mut mask = timeline_format::Mask::new(super::support::id("m"), *kind);
        for (name, value) in given {
            mask.values.insert((*name).into(), Param::Constant(value.clone()));
        }
        let matte = masks::Masks::of([&mask], Moment::default()).draw(&canvas);
        let off = matte.values.iter().zip(told).map(|(made, told)| f64::from((made - told).abs()));
        let worst = off.clone().fold(0.0, f64::max);
        let mean = off.sum::<f64>() / told.len() as f64;
        if worst > *most || mean > *most / 10.0 {
            wrong.push(format!("{kind} {given:?} is off by {worst:e}, {mean:e} on average"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn grain_is_of_its_size_and_another_in_every_frame() {
    let given = [
        ("amount", number(10.0)),
        ("size", px(0.0)),
        ("shadows", number(1.0)),
        ("highlights", number(1.0)),
        ("colour", number(0.0)),
    ];
    let before = canvas(Space::Display);
    let noise = |frame: i64| -> Vec<f64> {
        let made = filtered("grain", &given, frame);
        made.channels[1].iter().zip(&before.channels[1]).map(|(a, b)| f64::from(a - b)).collect()
    };
    let (one, again, other) = (noise(3), noise(3), noise(4));
    assert_eq!(one, again);
    let deviation = (one.iter().map(|it| it * it).sum::<f64>() / one.len() as f64).sqrt();
    assert!((deviation * 255.0 - 10.0).abs() < 0.25, "{}", deviation * 255.0);
    let both: f64 = one.iter().zip(&other).map(|(a, b)| a * b).sum::<f64>() / one.len() as f64;
    assert!((both / deviation / deviation).abs() < 0.03, "{both}");
}

#[test]
fn every_filter_is_the_same_on_any_number_of_threads_and_finite() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    for filter in roomtone::picture::composite::ALL {
        let Some(treatment) = (filter.prepare)(&values_of(filter.parameters, &[])) else {
            continue;
        };
        let work =
            || treatment.treat(canvas(filter.space), &Scene { frame: 9, around: &[], matte: None });
        let made = one.install(work);
        assert!(made == many.install(work), "{}", filter.id);
        assert!(made.channels.iter().flatten().all(|value| value.is_finite()), "{}", filter.id);
    }
}
