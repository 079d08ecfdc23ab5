//! Placement: the resampler against direct evaluation in numpy, and what must never be seen.

use super::support::{Shelf, codes, id, image, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::placement::{Fit, Placement};
use roomtone::picture::{Key, Layer, Picture, Plan, Renderer, WORKING, convert};
use roomtone::signal::{AlphaMode, Colour, Image, PixelFormat, Transfer};
use std::sync::Arc;
use timeline_format::Ratio;
use timeline_format::sequence::Raster;

const LIGHT: Colour = Colour { transfer: Transfer::Linear, ..WORKING };
const OPAQUE: PixelFormat = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };

/// The picture placed in a frame, in linear light.
fn place(source: Image, size: (u32, u32), placement: Placement) -> Image {
    let shelf = Shelf::default().with("a", vec![source]);
    let picture =
        Picture::Media { media: id("a"), frame: 0, turn: 0, aspect: Ratio::ONE, said: Key(0) };
    let raster = Raster { width: size.0, height: size.1 };
    let plan = Plan { raster, layers: vec![Layer::new(picture, placement)] };
    let placed: Arc<Image> = Renderer::new(0).render(&plan, &shelf);
    convert::to(&placed, PixelFormat::RGBA_F32, LIGHT)
}

/// Lanczos3 over the whole source, in double precision: prints premultiplied red of every pixel.
const DIRECT: &str = r"
import sys, numpy as np
path, w, h, W, H, s, deg, px, py = sys.argv[1], *map(int, sys.argv[2:6]), *map(float, sys.argv[6:])
src = np.fromfile(path, '<f4').astype(float).reshape(h, w)
def kernel(x): return np.where(abs(x) < 3, np.sinc(x) * np.sinc(x / 3), 0)
def weights(place, n, width):
    reach = int(3 * width) + 4; j = np.arange(-reach, n + reach)
    k = kernel((j + .5 - place) / width); k /= k.sum(); lean = (k * (j + .5 - place)).sum()
    i = int(np.floor(place - .5)) + reach; k[i] += lean; k[i + 1] -= lean; out = np.zeros(n)
    np.add.at(out, np.clip(j, 0, n - 1), k); return out
t = np.radians(deg); c, n = np.cos(t), np.sin(t)
out = np.zeros((H, W)); width = max(1, 1 / s)
for y in range(H):
    for x in range(W):
        dx, dy = x + .5 - W / 2 - px, y + .5 - H / 2 - py
        u, v = (c * dx + n * dy) / s + w / 2, (-n * dx + c * dy) / s + h / 2
        if deg == 0:
            a, b = np.array([W / 2 + px - s * w / 2, W / 2 + px + s * w / 2]), np.array([H / 2 + py - s * h / 2, H / 2 + py + s * h / 2])
            cover = max(0, min(x + 1, a[1]) - max(x, a[0])) * max(0, min(y + 1, b[1]) - max(y, b[0]))
        else: cover = np.prod([np.clip(d * s + .5, 0, 1) for d in (u, w - u, v, h - v)])
        if cover > 0: out[y, x] = cover * (weights(v, h, width) @ src @ weights(u, w, width))
sys.stdout.buffer.write(out.astype('<f8').tobytes())
";

#[test]
fn the_resampler_is_its_definition() {
    let (wide, high) = (20, 14);
    let source = image((wide, high), OPAQUE, LIGHT, |_, x, y| 0.25 + 0.5 * noise(0, x, y));
    let folder = Folder::new();
    let path = folder.file("source");
    std::fs::write(&path, source.planes[0].bytes()).unwrap();
    for (scale, rotation, position) in [
        (1.0, 0.0, [0.1, -0.3]),
        (2.3, 0.0, [3.7, 1.2]),
        (0.37, 0.0, [0.25, 0.0]),
        (1.0, 17.0, [0.4, 0.9]),
        (1.6, -75.0, [0.0, 0.0]),
    ] {
        let scales = [scale; 2];
        let base = Placement { fit: Fit::None, ..Placement::default() };
        let placement = Placement { scale: scales, rotation, position, ..base };
        let ours = place(source.clone(), (24, 18), placement);
        let numbers = [f64::from(wide), f64::from(high), 24.0, 18.0, scale, rotation];
        let mut arguments = vec![path.display().to_string()];
        arguments.extend(numbers.iter().chain(&position).map(ToString::to_string));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let exact = oracle::python(DIRECT, &arguments);
        let exact = exact.as_chunks::<8>().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
        let ours = codes(&ours, 0).into_iter().zip(codes(&ours, 3));
        for (index, ((light, alpha), exact)) in ours.zip(exact).enumerate() {
            let apart = (light * alpha - exact).abs();
            assert!(apart < 2e-5, "{scale} {rotation}: pixel {index}: {} {exact}", light * alpha);
        }
    }
}

#[test]
fn a_flat_colour_stays_itself_whatever_is_done_to_it() {
    for (scale, rotation) in [(1.013, 0.0), (0.21, 0.0), (7.7, 0.0), (1.3, 33.0), (0.4, 45.0)] {
        for level in [0.0, 16.0, 128.0, 255.0] {
            let flat = image((40, 30), PixelFormat::RGB8, Colour::SRGB, |_, _, _| level);
            let placement = Placement {
                scale: [scale; 2],
                rotation,
                position: [0.3, 0.7],
                ..Placement::default()
            };
            let placed = place(flat, (40, 30), placement);
            let format = PixelFormat { alpha: true, ..PixelFormat::RGB8 };
            let placed = convert::to(&placed, format, Colour::SRGB);
            let pixels = codes(&placed, 0).into_iter().zip(codes(&placed, 3));
            for (code, _) in pixels.filter(|(_, alpha)| *alpha > 0.0) {
                assert!((code - level).abs() < 0.5, "{scale} {rotation}: {code} for {level}");
            }
        }
    }
}

#[test]
fn a_slow_move_keeps_its_energy_and_moves_evenly() {
    let turn = std::f64::consts::TAU / 16.0;
    let wave = |x: u32| 0.5 + 0.25 * ((f64::from(x) + 0.5) * turn).cos();
    let source = image((128, 4), OPAQUE, LIGHT, |_, x, _| wave(x));
    for frame in 0..20 {
        let moved = f64::from(frame) * 0.1;
        let placement = Placement { position: [moved, 0.0], ..Placement::default() };
        let line = &codes(&place(source.clone(), (128, 4), placement), 0)[..128];
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (x, value) in line.iter().enumerate().skip(32).take(64) {
            real += (value - 0.5) * ((x as f64 + 0.5) * turn).cos();
            imaginary += (value - 0.5) * ((x as f64 + 0.5) * turn).sin();
        }
        let (size, phase) = (real.hypot(imaginary) / 32.0, imaginary.atan2(real) / turn);
        assert!((size / 0.25 - 1.0).abs() < 0.006, "frame {frame}: energy {size}");
        assert!((phase - moved).abs() < 0.008, "frame {frame}: at {phase}, not {moved}");
    }
}

#[test]
fn soft_edges_have_no_fringe() {
    let format = PixelFormat { alpha: true, ..PixelFormat::RGB8 };
    let disc = |x: u32, y: u32| {
        let far = (f64::from(x) - 15.5).hypot(f64::from(y) - 15.5);
        ((12.0 - far) * 40.0).clamp(0.0, 255.0).round()
    };
    let white = image((32, 32), format, Colour::SRGB, |plane, x, y| match plane {
        3 => disc(x, y),
        _ if disc(x, y) > 0.0 => 255.0,
        _ => 0.0,
    });
    for (scale, rotation) in [(0.7, 0.0), (1.3, 0.0), (1.1, 20.0)] {
        let placement = Placement { scale: [scale; 2], rotation, ..Placement::default() };
        let placed = place(white.clone(), (32, 32), placement);
        for (colour, alpha) in codes(&placed, 0).into_iter().zip(codes(&placed, 3)) {
            assert!(alpha.abs() < 0.01 || (colour - 1.0).abs() < 1e-4, "{colour} at {alpha}");
        }
    }
}

#[test]
fn red_over_red_is_red() {
    let red = |alpha: bool| {
        let format = PixelFormat { alpha, ..PixelFormat::RGB8 };
        image((24, 24), format, Colour::SRGB, |plane, x, _| match plane {
            2 => 200.0,
            3 => f64::from(x) * 10.0,
            _ => 0.0,
        })
    };
    let shelf = Shelf::default().with("a", vec![red(false)]).with("b", vec![red(true)]);
    let layer = |media: &str, rotation: f64| {
        let picture = Picture::Media {
            media: id(media),
            frame: 0,
            turn: 0,
            aspect: Ratio::ONE,
            said: Key(0),
        };
        Layer::new(picture, Placement { rotation, ..Placement::default() })
    };
    let raster = Raster { width: 24, height: 24 };
    for rotation in [0.0, 30.0] {
        let plan = Plan { raster, layers: vec![layer("a", 0.0), layer("b", rotation)] };
        let placed = Renderer::new(0).render(&plan, &shelf);
        let placed = convert::to(&placed, PixelFormat::RGB8, Colour::SRGB);
        assert_eq!(codes(&placed, 2), vec![200.0; 24 * 24]);
        assert_eq!(codes(&placed, 0), vec![0.0; 24 * 24]);
    }
}

#[test]
fn hostile_placements_end_and_stay_finite() {
    for scale in [0.0, 1e-7, -1e-3, 1000.0] {
        for rotation in [0.0, 45.0] {
            for position in [[0.0, 0.0], [1e300, -1e300], [-1e6, 3.0]] {
                for crop in [[0.0; 4], [1.0, 0.0, 1.0, 0.0], [0.4, 0.4, 0.59, 0.59]] {
                    let source =
                        image((9, 7), PixelFormat::RGB8, Colour::SRGB, |_, x, _| f64::from(x));
                    let scale = [scale; 2];
                    let base = Placement::default();
                    let placement = Placement { scale, rotation, position, crop, ..base };
                    let placed = place(source, (8, 8), placement);
                    assert_eq!(placed.alpha, AlphaMode::Straight);
                    assert!((0..4).all(|p| codes(&placed, p).iter().all(|code| code.is_finite())));
                }
            }
        }
    }
}

#[test]
fn what_is_made_in_a_form_at_once_is_what_would_be_converted() {
    let still = image((97, 61), PixelFormat::RGB8, Colour::SRGB, noise);
    let clear = image((40, 30), PixelFormat::RGBA_F32, WORKING, noise);
    let shelf = Shelf::default().with("a", vec![still]).with("b", vec![clear]);
    let raster = Raster { width: 130, height: 270 };
    let layer = |media: &str, placement: Placement| {
        let picture = Picture::Media {
            media: id(media),
            frame: 0,
            turn: 0,
            aspect: Ratio::ONE,
            said: Key(0),
        };
        Layer::new(picture, placement)
    };
    let fill = Placement { fit: Fit::Fill, ..Placement::default() };
    let turned = Placement { rotation: 7.0, ..Placement::default() };
    let stacks = [
        vec![layer("a", fill)],
        vec![layer("a", turned)],
        vec![layer("a", fill), layer("b", turned)],
        vec![layer("b", Placement::default())],
    ];
    for layers in stacks {
        let plan = Plan { raster, layers };
        let whole = Renderer::new(0).render(&plan, &shelf);
        for format in [PixelFormat::YUV420P8, PixelFormat::YUV422P10, PixelFormat::RGBA_F32] {
            let colour = if format == PixelFormat::RGBA_F32 { WORKING } else { Colour::REC709 };
            let renderer = Renderer::new(0).shared();
            let at_once = renderer.render_as(&plan, &shelf, Some((format, colour)));
            assert!(at_once.same_as(&convert::to(&whole, format, colour)), "{plan:?} {format:?}");
        }
    }
}
