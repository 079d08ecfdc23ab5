//! Roofs before sunrise, hill behind hill of them in the mist; another town for every seed.

use crate::canvas::{Canvas, Size};
use crate::noise::{Random, cell, layers, unit, warped};
use crate::vector::{Vector, mix, step, vector};

pub(super) fn roofs(size: Size, samples: u32, seed: u32) -> Canvas {
    Canvas::paint(size, samples, |x, y, _| look(x, y, seed))
}

const GLOW: (f32, f32) = (0.35, -0.12);

fn look(x: f32, y: f32, seed: u32) -> Vector {
    let mut light = sky(x, y, seed);
    for layer in 0..6_u32 {
        let near = layer as f32 / 5.0;
        let town = Town { near, seed: seed.wrapping_mul(31).wrapping_add(layer * 131) };
        light = town.over(x, y, light);
    }
    birds(x, y, light, seed)
}

fn sky(x: f32, y: f32, seed: u32) -> Vector {
    let away = (x - GLOW.0).hypot((y - GLOW.1) * 1.5);
    let low = vector(1.25, 0.62, 0.36).mix(vector(0.46, 0.34, 0.40), step(-0.1, 0.55, y));
    let base = low.mix(vector(0.085, 0.125, 0.23), step(0.2, 1.1, y));
    let depth = 1.0 / (y + 0.62).max(0.12);
    let thick = warped(x * depth * 0.8, depth * 2.4, 6, 0.9, seed);
    let cloud = step(-0.02, 0.38, thick) * step(-0.3, 0.1, y);
    let lit = vector(0.95, 0.40, 0.26) * (1.3 * (-away * 1.6).exp() + 0.10);
    let body = vector(0.10, 0.085, 0.13) + lit * (1.0 - 0.7 * step(0.1, 0.5, thick));
    base.mix(body, cloud * 0.8) + vector(1.5, 0.68, 0.26) * (0.9 * (-away * 2.8).exp())
}

/// One row of houses: `near` from 0, far off, to 1.
struct Town {
    near: f32,
    seed: u32,
}

impl Town {
    fn over(&self, x: f32, y: f32, behind: Vector) -> Vector {
        let size = mix(0.035, 0.26, self.near * self.near);
        let (top, inside_house) = self.top(x, y, size);
        let cover = step(-0.0014, 0.0014, top - y);
        if cover == 0.0 {
            return behind;
        }
        let air = vector(0.85, 0.47, 0.36)
            .mix(vector(0.30, 0.26, 0.33), step(0.0, 1.5, (x - GLOW.0).abs()));
        let dark =
            vector(0.011, 0.014, 0.022) * (0.8 + 0.5 * layers(x * 40.0, y * 60.0, 2, 0.5, 3));
        let far = (1.0 - self.near).powf(1.25) * 0.93;
        let mist = step(0.34, 0.0, top - y - 0.02) * 0.0
            + step(0.03, 0.34, top - y) * 0.35 * (1.0 - self.near);
        let haze =
            (far + mist).min(0.96) * (0.92 + 0.16 * layers(x * 2.0, y * 6.0, 3, 0.5, self.seed));
        let mut body = dark.mix(air, haze.clamp(0.0, 0.97));
        let rim = step(0.014, 0.0, top - y) * (-(x - GLOW.0).abs() * 0.9).exp() * self.near;
        body += vector(0.60, 0.25, 0.11) * (0.22 * rim)
            + vector(0.05, 0.033, 0.032) * (self.near * step(0.10, 0.0, top - y) * 0.35);
        body += self.window(x, y, size, inside_house) * (1.0 - haze);
        behind.mix(body, cover)
    }

    /// The edge of roofs over `x`, and the height of its house's eaves.
    fn top(&self, x: f32, y: f32, size: f32) -> (f32, f32) {
        let base = mix(-0.10, -0.74, self.near)
            + 0.20 * layers(x * 0.8, 1.0, 3, 0.5, self.seed) * (1.0 - 0.4 * self.near);
        let (mut top, mut eaves) = (base, base);
        let column = (x / size).floor() as i32;
        for near in -1..=1 {
            let mut random = Random::new(cell(column + near, 3, self.seed));
            let centre = ((column + near) as f32 + random.between(0.3, 0.7)) * size;
            let (half, wall) =
                (size * random.between(0.38, 0.62), size * random.between(0.35, 1.0));
            let pitch = random.between(0.0, 1.1);
            let u = (x - centre) / half;
            let ground = base + size * random.between(-0.1, 0.25);
            if u.abs() < 1.0 {
                let roof = ground + wall + half * pitch * (1.0 - u.abs());
                if roof > top {
                    (top, eaves) = (roof, ground + wall);
                }
                let at = random.between(-0.6, 0.6);
                let pot = (u - at).abs() < 0.11 && random.unit() < 0.7;
                top = if pot { top.max(roof + half * 0.32) } else { top };
            }
            if random.unit() < 0.07 && self.near < 0.9 {
                let aside = (x - centre).abs() / (size * 0.26);
                let tower = if aside < 1.0 { size * (0.75 + 1.05 * (1.0 - aside)) } else { -9.0 };
                top = top.max(ground + wall + tower);
            }
            let mast = centre + half * 0.3;
            let thin = (x - mast).abs() < size * 0.008 + 0.0004;
            let bars =
                (y - (ground + wall * 1.7)).abs() < size * 0.01 && (x - mast).abs() < size * 0.10;
            if self.near > 0.45 && random.unit() < 0.5 && (thin || bars) {
                top = top.max(ground + wall * 1.75);
            }
        }
        (top, eaves)
    }

    fn window(&self, x: f32, y: f32, size: f32, eaves: f32) -> Vector {
        let pitch = size * 0.16;
        let (column, line) = ((x / pitch).floor(), ((eaves - y) / (pitch * 1.35)).floor());
        let word = cell(column as i32, line as i32, self.seed ^ 0x77);
        let (u, v) = (x / pitch - column, (eaves - y) / (pitch * 1.35) - line);
        let pane =
            step(0.30, 0.34, u) * step(0.70, 0.66, u) * step(0.28, 0.32, v) * step(0.78, 0.74, v);
        let bar = 1.0 - 0.7 * step(0.03, 0.01, (u - 0.5).abs());
        let lit = if line >= 0.0 && unit(word) < 0.045 { pane * bar } else { 0.0 };
        vector(1.6, 0.72, 0.22) * (lit * (0.5 + unit(word.wrapping_mul(3))))
    }
}

fn birds(x: f32, y: f32, light: Vector, seed: u32) -> Vector {
    let mut cover = 0.0_f32;
    for index in 0..11 {
        let mut random = Random::new(seed.wrapping_add(7000 + index));
        let (bx, by) = (-0.55 + 0.34 * random.normal(), 0.46 + 0.11 * random.normal());
        let span = 0.010 + 0.010 * random.unit();
        let u = (x - bx) / span;
        let wing = by
            + span * (0.55 * u.abs().sqrt() - 0.35 * u * u + 0.2 * u * random.between(-1.0, 1.0));
        let thick = 0.0022 * (1.0 - u.abs()).max(0.0);
        cover = cover
            .max(step(thick + 0.0007, thick - 0.0007, (y - wing).abs()) * f32::from(u.abs() < 1.0));
    }
    light.mix(vector(0.03, 0.03, 0.045), cover * 0.9)
}
