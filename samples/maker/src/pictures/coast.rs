//! The coast: a sea under a moon, and the same sea when the sun comes up.

use crate::canvas::{Canvas, Size};
use crate::noise::{Random, cell, layers, noise, ridge, unit, warped};
use crate::vector::{Vector, mix, step, vector};

/// What the weather and the hour do to the coast.
struct Mood {
    zenith: Vector,
    middle: Vector,
    horizon: Vector,
    /// Where the moon or the sun is: across, and above the horizon.
    light: (f32, f32),
    radius: f32,
    disc: Vector,
    halo: Vector,
    cloud: Vector,
    lining: Vector,
    cover: f32,
    deep: Vector,
    rock: Vector,
    /// How far the haze has eaten a hill at distance 1.
    haze: f32,
    stars: f32,
    window: f32,
    seed: u32,
}

const HORIZON: f32 = -0.18;

const NIGHT: Mood = Mood {
    zenith: vector(0.004, 0.009, 0.022),
    middle: vector(0.012, 0.028, 0.055),
    horizon: vector(0.045, 0.085, 0.125),
    light: (0.62, 0.62),
    radius: 0.05,
    disc: vector(9.0, 9.4, 9.6),
    halo: vector(0.22, 0.31, 0.42),
    cloud: vector(0.010, 0.017, 0.030),
    lining: vector(0.55, 0.68, 0.82),
    cover: 0.10,
    deep: vector(0.002, 0.006, 0.012),
    rock: vector(0.0016, 0.0024, 0.0040),
    haze: 0.5,
    stars: 1.0,
    window: 1.0,
    seed: 11,
};

const DAWN: Mood = Mood {
    zenith: vector(0.10, 0.19, 0.34),
    middle: vector(0.36, 0.36, 0.44),
    horizon: vector(1.15, 0.60, 0.34),
    light: (0.46, 0.06),
    radius: 0.055,
    disc: vector(26.0, 15.0, 6.5),
    halo: vector(2.1, 0.95, 0.36),
    cloud: vector(0.13, 0.12, 0.18),
    lining: vector(2.2, 0.95, 0.50),
    cover: 0.13,
    deep: vector(0.012, 0.030, 0.044),
    rock: vector(0.010, 0.010, 0.012),
    haze: 0.55,
    stars: 0.0,
    window: 0.0,
    seed: 47,
};

pub(super) fn moon(size: Size, samples: u32) -> Canvas {
    Canvas::paint(size, samples, |x, y, random| NIGHT.look(x, y, random))
}

pub(super) fn morning(size: Size, samples: u32) -> Canvas {
    Canvas::paint(size, samples, |x, y, random| DAWN.look(x, y, random))
}

impl Mood {
    fn look(&self, x: f32, y: f32, random: &mut Random) -> Vector {
        let above = y - HORIZON;
        let far = if above > 0.0 { self.sky(x, above, 5) } else { self.sea(x, -above, random) };
        let seen = self.hills(x, y, far);
        self.house(x, y, seen)
    }

    fn sky(&self, x: f32, above: f32, octaves: u32) -> Vector {
        let low = self.horizon.mix(self.middle, step(-0.05, 0.5, above));
        let base = low.mix(self.zenith, step(0.15, 1.25, above));
        let away = (x - self.light.0).hypot(above - self.light.1);
        let glow = 0.9 * (-away * 7.0).exp() + 0.30 * (-away * 2.6).exp();
        let depth = 1.0 / (above + 0.11);
        let (across, along) = (x * depth * 0.62, depth * 1.15);
        let thick = warped(across, along, octaves, 1.1, self.seed) + self.cover;
        let cloud = step(0.02, 0.42, thick) * step(0.0, 0.12, above);
        let lit = 1.25 * (-away * 1.9).exp() + 0.10;
        let thin = 1.0 - 0.75 * step(0.10, 0.55, thick);
        let cloud_light = self.cloud + self.lining * (lit * thin * 0.42);
        let edge = step(self.radius + 0.004, self.radius - 0.004, away);
        let stain = 0.78 + 0.3 * layers(x * 30.0, above * 30.0, 3, 0.5, 5);
        let open = base + self.halo * glow + self.disc * (edge * stain) + self.star(x, above);
        open.mix(cloud_light + self.halo * (glow * 0.35), cloud * 0.93)
    }

    fn star(&self, x: f32, above: f32) -> Vector {
        if self.stars == 0.0 {
            return Vector::ZERO;
        }
        let (column, line) = ((x * 42.0).floor(), (above * 42.0).floor());
        let word = cell(column as i32, line as i32, 77);
        let (dx, dy) = (unit(word), unit(word.wrapping_mul(31)));
        let away = (x * 42.0 - column - dx).hypot(above * 42.0 - line - dy);
        let bright = unit(word.wrapping_mul(97)).powi(9) * 1.3;
        vector(0.8, 0.9, 1.0)
            * (bright * step(0.05, 0.0, away) * self.stars * step(0.1, 0.5, above))
    }

    /// The sea `below` the horizon: waves mirror the sky, glitter towards the light.
    fn sea(&self, x: f32, below: f32, random: &mut Random) -> Vector {
        let below = below.max(0.0012);
        let distance = 0.34 / below;
        let (across, along) = (x * distance, distance);
        let near = 1.0 / (1.0 + distance * 0.16);
        let wave = |u: f32, v: f32| {
            let swell = noise(u * 0.55 + 0.2 * v, v * 1.5, self.seed);
            let chop = layers(u * 2.1, v * 5.2, 3, 0.55, self.seed ^ 9);
            0.55 * swell + 0.55 * chop * near.sqrt()
        };
        let here = wave(across, along);
        let slope_x = (wave(across + 0.03, along) - here) * 0.34;
        let slope_z = (wave(across, along + 0.03) - here) * 0.80;
        let rough = 0.020 + 0.055 * (1.0 - near);
        let tilt_x = slope_x + rough * 0.6 * random.normal();
        let tilt_z = slope_z + rough * random.normal();
        let up = (below + 2.0 * (tilt_z.abs() * 0.8 + 0.02)).min(1.4);
        let side = x + 2.2 * tilt_x;
        let fresnel = 0.03 + 0.97 * (1.0 - (below * 0.9 + tilt_z * 0.8).clamp(0.0, 1.0)).powi(5);
        let mirrored = self.sky_simple(side, up);
        let toward = (side - self.light.0 * (1.0 - 0.15 * below)) / 0.075;
        let lift = (below * 0.65 + 0.10 + 2.4 * tilt_z - self.light.1 * 0.32) / 0.11;
        let glint = (-toward * toward - lift * lift).exp();
        let light = self.deep + mirrored * (fresnel * 0.85);
        let haze = step(0.05, 0.0, below) * 0.55;
        let lit = light + self.halo * (glint * 3.4) + self.disc * (glint * 0.05);
        lit.mix(self.horizon * 0.9, haze)
    }

    fn sky_simple(&self, x: f32, above: f32) -> Vector {
        let low = self.horizon.mix(self.middle, step(-0.05, 0.5, above));
        let base = low.mix(self.zenith, step(0.15, 1.25, above));
        let away = (x - self.light.0).hypot(above - self.light.1);
        base * 0.8 + self.halo * (0.22 * (-away * 2.6).exp())
    }

    /// Two headlands from the left and the grass at one's feet, each nearer and darker.
    fn hills(&self, x: f32, y: f32, far: Vector) -> Vector {
        let mut seen = far;
        for (layer, distance) in [(0_u32, 1.0_f32), (1, 0.62)] {
            let top = headland(layer, x);
            let inside = step(-0.0015, 0.0015, top - y) * step(-0.002, 0.002, y - foot(layer, x));
            if inside > 0.0 {
                let air = self.haze * distance;
                let stone = self.stone(x, y, top - y, layer);
                let mist = step(0.13, 0.0, y - HORIZON) * 0.30 * distance;
                let body = stone.mix(self.horizon * 0.55, (air * air + mist).min(0.9));
                seen = seen.mix(body, inside);
            }
        }
        let (top, blades) = meadow(x, y);
        let dark = self.rock
            * (0.5
                + 2.2 * step(0.30, 0.0, top - y) * (0.5 + layers(x * 9.0, y * 22.0, 4, 0.6, 88)));
        seen.mix(dark, step(-0.0015, 0.0015, top - y).max(blades))
    }

    fn stone(&self, x: f32, y: f32, under: f32, layer: u32) -> Vector {
        let seed = 300 + layer;
        let cut = |x: f32, y: f32| {
            let folds = 1.0 - layers(x * 9.0 + 2.0 * y, y * 6.0, 5, 0.55, seed).abs() * 2.6;
            folds + 0.5 * layers(x * 40.0, y * 30.0, 3, 0.6, seed)
        };
        let slope = (cut(x, y) - cut(x + 0.006, y + 0.004)) * 3.0;
        let grass = step(0.16, 0.02, under);
        let lit = (0.75 + 1.3 * slope).clamp(0.12, 2.6) * (0.7 + 0.9 * grass);
        self.rock * (2.3 * lit)
    }

    /// A house with one window, on the second headland.
    fn house(&self, x: f32, y: f32, seen: Vector) -> Vector {
        let (at, ground) = (-0.83, headland(1, -0.83) - 0.012);
        let (u, v) = ((x - at) / 0.105, (y - ground) / 0.105);
        let mut light = seen;
        let roof = 0.62 - 0.62 * (u.abs() - 0.08).max(0.0);
        let body = step(0.52, 0.50, u.abs()) * step(0.0, 0.03, roof - v) * step(-0.2, -0.1, v);
        let chimney = step(0.07, 0.05, (u - 0.27).abs()) * step(0.80, 0.77, v) * step(0.2, 0.3, v);
        light = light.mix(self.rock * 1.4, body.max(chimney));
        let pane = |left: f32, low: f32| {
            let inside = step(0.085, 0.07, (u - left).abs()) * step(0.115, 0.10, (v - low).abs());
            let bar = step(0.006, 0.014, (u - left).abs()) * step(0.006, 0.014, (v - low).abs());
            inside * mix(0.25, 1.0, bar)
        };
        let warm = vector(3.4, 1.55, 0.42);
        light = light.mix(warm, pane(-0.16, 0.17) * self.window);
        let away = (u + 0.16).hypot(v - 0.17);
        light + warm * (self.window * (0.045 * (-away * 1.5).exp() + 0.012 * (-away * 0.5).exp()))
    }
}

/// The upper edge of a headland.
fn headland(layer: u32, x: f32) -> f32 {
    let (shore, height, grain) = if layer == 0 { (0.30, 0.16, 2.2) } else { (-0.28, 0.40, 1.6) };
    let inland = step(shore, shore - 0.95, x);
    let cliff = step(shore, shore - 0.10, x);
    let rough = 0.13 * ridge(x * grain + 3.0, 7, 0.52, 500 + layer) * cliff;
    let top = height * (0.30 * cliff + 0.70 * inland + rough);
    HORIZON - 0.002 - 0.03 * layer as f32 + top - step(shore - 0.02, shore, x) * 0.4
}

/// The lower edge of a headland, at the water.
fn foot(layer: u32, x: f32) -> f32 {
    HORIZON - [0.004, 0.055][layer as usize] + 0.006 * ridge(x * 14.0, 3, 0.6, 700 + layer)
}

/// The meadow before the sea: its upper edge at `x`, and how much of a blade of grass is here.
fn meadow(x: f32, y: f32) -> (f32, f32) {
    let top = |x: f32| {
        let slope = -0.78 - 0.20 * x + 0.16 * (x * 1.1 - 0.6).sin();
        slope + 0.05 * ridge(x * 1.7, 4, 0.5, 41)
    };
    let mut covered = 0.0_f32;
    let width = 0.0065;
    if y < top(x) + 0.16 {
        let column = (x / width).floor() as i32;
        for near in -12..=12 {
            let mut random = Random::new(cell(column + near, 7, 5));
            let root = ((column + near) as f32 + random.unit()) * width;
            let tall = 0.03 + 0.10 * random.unit().powi(3) + 0.02 * noise(root * 3.0, 0.0, 3);
            let (lean, thick) = (0.028 + 0.03 * random.unit(), 0.0022 + 0.0014 * random.unit());
            let rise = (y - top(root)) / tall;
            if rise > -0.5 && rise < 1.0 {
                let centre = root + lean * rise * rise.abs() * tall * 16.0;
                let half = thick * (1.0 - rise.max(0.0));
                covered = covered.max(step(half + 0.0008, half - 0.0008, (x - centre).abs()));
            }
        }
    }
    (top(x), covered)
}
