//! Blend modes against formulas of a standard in numpy, and against ImageMagick where it has the mode.

use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::blend::{self, Blend, lay};
use std::path::Path;

/// Colours from black to white, and alphas of both layers.
const STEPS: [f32; 6] = [0.0, 0.1, 0.25, 0.5, 0.7, 1.0];
const ALPHAS: [f32; 4] = [0.0, 0.3, 0.8, 1.0];

/// Straight colours and alpha of a layer, a value each.
type Rows = [Vec<f32>; 4];

/// Every pair of some colours, under every pair of alphas.
fn grid() -> (Rows, Rows) {
    let (mut above, mut below) = (Rows::default(), Rows::default());
    let colours: Vec<[f32; 3]> = (0..STEPS.len().pow(2))
        .map(|n| [STEPS[n % 6], STEPS[n / 6], STEPS[(n * 5 + n / 6) % 6]])
        .collect();
    for (number, s) in colours.iter().enumerate() {
        for d in &colours {
            let alphas = [ALPHAS[number % 4], ALPHAS[number / 4 % 4]];
            for ((rows, colour), alpha) in
                [(&mut above, s), (&mut below, d)].into_iter().zip(alphas)
            {
                for (row, value) in rows.iter_mut().zip(colour.iter().chain([&alpha])) {
                    row.push(*value);
                }
            }
        }
    }
    (above, below)
}

fn premultiplied(rows: &Rows) -> Rows {
    let [red, green, blue, alpha] = rows;
    let times = |row: &[f32]| row.iter().zip(alpha).map(|(value, alpha)| value * alpha).collect();
    [times(red), times(green), times(blue), alpha.clone()]
}

/// What comes of a mode, premultiplied.
fn blended(above: &Rows, below: &Rows, blend: Blend) -> Rows {
    let (above, mut below) = (premultiplied(above), premultiplied(below));
    let out = below.each_mut().map(|row| &mut row[..]);
    lay(above.each_ref().map(|row| &row[..]), out, 1.0, blend);
    below
}

fn write(path: &Path, rows: &Rows) {
    let bytes: Vec<u8> = rows.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
    std::fs::write(path, bytes).unwrap();
}

/// The formulas, in doubles, from W3C Compositing and Blending Level 1 (10.1 and 10.2, light weighed as BT.709
/// does) and the definitions of compositors; prints how far each result is off.
const FORMULAS: &str = r#"
import sys, numpy as np
folder, names = sys.argv[1], sys.argv[2:]
load = lambda name: np.fromfile(f"{folder}/{name}", "<f4").astype(float).reshape(4, -1)
above, below = load("above"), load("below")
S, a, D, b = above[:3], above[3], below[:3], below[3]
S, D = S * (a > 0), D * (b > 0)
lum = lambda c: np.tensordot([.2126, .7152, .0722], c, 1)
sat = lambda c: c.max(0) - c.min(0)
def safe(x, y):
    return np.divide(x, y, out=np.zeros(np.broadcast(x, y).shape), where=np.broadcast_to(y, np.broadcast(x, y).shape) != 0)
def clip(c):
    l, n, x = lum(c), c.min(0), c.max(0)
    c = np.where(n < 0, l + safe((c - l) * l, l - n), c)
    return np.where(x > 1, l + safe((c - l) * (1 - l), x - l), c)
set_lum = lambda c, l: clip(c + (l - lum(c)))
def set_sat(c, s):
    out = np.zeros_like(c)
    order = np.argsort(c, axis=0, kind="stable")
    low, mid, high = (np.take_along_axis(c, order[k:k+1], 0)[0] for k in range(3))
    np.put_along_axis(out, order[1:2], (safe((mid - low) * s, high - low))[None], 0)
    np.put_along_axis(out, order[2:3], np.where(high > low, s, 0)[None], 0)
    return out
dodge = lambda d, s: np.where(d == 0, 0, np.where(s >= 1, 1, np.minimum(1, safe(d, 1 - s))))
burn = lambda d, s: np.where(d >= 1, 1, np.where(s <= 0, 0, 1 - np.minimum(1, safe(1 - d, s))))
screen = lambda d, s: d + s - d * s
hard = lambda d, s: np.where(s <= .5, 2 * s * d, screen(d, 2 * s - 1))
def soft(d, s):
    curve = np.where(d <= .25, ((16 * d - 12) * d + 4) * d, np.sqrt(d))
    return np.where(s <= .5, d - (1 - 2 * s) * d * (1 - d), d + (2 * s - 1) * (curve - d))
modes = {
    "normal": lambda d, s: s, "darken": np.minimum, "multiply": lambda d, s: d * s, "colour_burn": burn,
    "linear_burn": lambda d, s: d + s - 1, "darker_colour": lambda d, s: np.where(lum(s) < lum(d), s, d),
    "lighten": np.maximum, "screen": screen, "colour_dodge": dodge, "add": lambda d, s: d + s,
    "lighter_colour": lambda d, s: np.where(lum(s) > lum(d), s, d), "overlay": lambda d, s: hard(s, d),
    "soft_light": soft, "hard_light": hard,
    "vivid_light": lambda d, s: np.where(s <= .5, burn(d, 2 * s), dodge(d, 2 * s - 1)),
    "linear_light": lambda d, s: d + 2 * s - 1,
    "pin_light": lambda d, s: np.where(s < .5, np.minimum(d, 2 * s), np.maximum(d, 2 * s - 1)),
    "hard_mix": lambda d, s: (d + s >= 1).astype(float), "difference": lambda d, s: abs(d - s),
    "exclusion": lambda d, s: d + s - 2 * d * s, "negation": lambda d, s: 1 - abs(1 - s - d),
    "subtract": lambda d, s: d - s, "divide": safe, "average": lambda d, s: (d + s) / 2,
    "geometric": lambda d, s: safe(2 * d * s, d + s), "hypot": np.hypot,
    "reflect": lambda d, s: np.where(d >= 1, 1, np.minimum(1, safe(s * s, 1 - d))),
    "freeze": lambda d, s: np.where(d <= 0, 0, np.maximum(0, 1 - safe(np.sqrt(1 - s), d))),
    "grain_extract": lambda d, s: d - s + .5, "grain_merge": lambda d, s: d + s - .5,
    "hue": lambda d, s: set_lum(set_sat(s, sat(d)), lum(d)),
    "saturation": lambda d, s: set_lum(set_sat(d, sat(s)), lum(d)),
    "colour": lambda d, s: set_lum(s, lum(d)), "luminosity": lambda d, s: set_lum(d, lum(s)),
}
for name in names:
    mixed = np.broadcast_to(modes[name.replace("-", "_")](D, S), D.shape)
    out = S * a * (1 - b) + D * b * (1 - a) + a * b * mixed
    got = load(name)
    print(name, max(abs(got[:3] - out).max(), abs(got[3] - (a + b - a * b)).max()))
"#;

#[test]
fn every_mode_is_its_formula_at_every_alpha() {
    if !oracle::have(&oracle::python_program(), "every_mode_is_its_formula_at_every_alpha") {
        return;
    }
    let folder = Folder::new();
    let (above, below) = grid();
    write(&folder.file("above"), &above);
    write(&folder.file("below"), &below);
    for (name, blend) in blend::NAMES.iter().zip(blend::ALL) {
        write(&folder.file(name), &blended(&above, &below, *blend));
    }
    let place = folder.path().display().to_string();
    let told = oracle::python(FORMULAS, &[&[place.as_str()], blend::NAMES].concat());
    let told = String::from_utf8(told).unwrap();
    assert_eq!(told.lines().count(), blend::NAMES.len());
    for line in told.lines() {
        let (name, off) = line.split_once(' ').unwrap();
        let off: f64 = off.parse().unwrap();
        assert!(off < 2e-6, "{name} is off by {off}");
    }
}

/// What ImageMagick makes of a mode, straight, from 0 to 1: red, green, blue and alpha of every pixel.
fn magick(folder: &Folder, mode: &str, above: &Rows, below: &Rows) -> Vec<[f32; 4]> {
    let size = format!("{}x1", above[0].len());
    for (name, rows) in [("above.rgba", above), ("below.rgba", below)] {
        let pixels = (0..rows[0].len()).flat_map(|pixel| rows.each_ref().map(|row| row[pixel]));
        let codes = pixels.flat_map(|value| ((value * 65535.0).round() as u16).to_le_bytes());
        std::fs::write(folder.file(name), codes.collect::<Vec<u8>>()).unwrap();
    }
    let file = |name: &str| format!("rgba:{}", folder.file(name).display());
    let (below, above) = (file("below.rgba"), file("above.rgba"));
    let form = ["-size", &size, "-depth", "16", "-endian", "LSB"];
    let words = [&form[..], &[&below, &above, "-compose", mode, "-composite"]].concat();
    let out = oracle::output("convert", &[&words[..], &["-depth", "16", "rgba:-"]].concat());
    let codes = out.as_chunks::<2>().0.iter();
    let values: Vec<f32> = codes.map(|two| f32::from(u16::from_le_bytes(*two)) / 65535.0).collect();
    values.as_chunks::<4>().0.to_vec()
}

/// White that dodges black, and black that burns white: the standard leaves what is below, ImageMagick does not.
fn is_corner(blend: Blend, (s, d): (f32, f32)) -> bool {
    (blend == Blend::ColourDodge && (s, d) == (1.0, 0.0))
        || (blend == Blend::ColourBurn && (s, d) == (0.0, 1.0))
}

#[test]
fn modes_are_those_of_imagemagick_at_every_alpha_where_it_has_them() {
    if !oracle::have("convert", "modes_are_those_of_imagemagick_at_every_alpha_where_it_has_them") {
        return;
    }
    let folder = Folder::new();
    let (above, below) = grid();
    for (blend, mode) in [
        (Blend::Normal, "Over"),
        (Blend::Multiply, "Multiply"),
        (Blend::Screen, "Screen"),
        (Blend::Overlay, "Overlay"),
        (Blend::HardLight, "HardLight"),
        (Blend::SoftLight, "SoftLight"),
        (Blend::Darken, "Darken"),
        (Blend::Lighten, "Lighten"),
        (Blend::ColourDodge, "ColorDodge"),
        (Blend::ColourBurn, "ColorBurn"),
        (Blend::Difference, "Difference"),
        (Blend::Exclusion, "Exclusion"),
        (Blend::LinearLight, "LinearLight"),
        (Blend::PinLight, "PinLight"),
        (Blend::LinearBurn, "LinearBurn"),
    ] {
        let theirs = magick(&folder, mode, &above, &below);
        let ours = blended(&above, &below, blend);
        for (pixel, theirs) in theirs.iter().enumerate() {
            let alpha = ours[3][pixel];
            assert!((alpha - theirs[3]).abs() < 1e-4, "{mode}: {alpha}, {}", theirs[3]);
            for row in 0..3 {
                let ours = ours[row][pixel].clamp(0.0, alpha);
                let theirs = theirs[row] * theirs[3];
                let pair = (above[row][pixel], below[row][pixel]);
                if is_corner(blend, pair) {
                    continue;
                }
                let alphas = (above[3][pixel], below[3][pixel]);
                assert!(
                    (ours - theirs).abs() < 1e-4,
                    "{mode} of {pair:?} at {alphas:?}: {ours}, {theirs}"
                );
            }
        }
    }
}
