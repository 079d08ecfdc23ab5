//! A sheer curtain before an open window at daybreak, moved by the air: one picture a frame.

use crate::canvas::{Canvas, Size};
use crate::noise::{layers, noise, warped};
use crate::vector::{Vector, mix, step, vector};
use std::f32::consts::TAU;

/// The curtain `seconds` after its first frame.
pub(super) fn frame(size: Size, samples: u32, seconds: f32) -> Canvas {
    Canvas::paint(size, samples, |x, y, _| look(x, y, seconds))
}

const WINDOW: (f32, f32, f32, f32) = (-0.86, -0.62, 0.92, 1.35);

fn look(x: f32, y: f32, seconds: f32) -> Vector {
    let behind = view(x, y, 0.004);
    let left = Cloth { edge: -0.26, hang: -1.32, side: 1.0, seed: 3 };
    let right = Cloth { edge: 0.62, hang: 1.45, side: -1.0, seed: 8 };
    let seen = left.over(x, y, seconds, behind);
    right.over(x, y, seconds, seen)
}

/// The wall with the window in it; `soft` is how blurred its edges are.
fn view(x: f32, y: f32, soft: f32) -> Vector {
    let (left, low, right, high) = WINDOW;
    let edge = |distance: f32| step(-soft, soft, distance);
    let open = edge(x - left) * edge(right - x) * edge(y - low) * edge(high - y);
    let bars = edge(0.022 - (x - 0.03).abs()).max(edge(0.020 - (y - 0.52).abs()));
    let rim = 1.0 - edge(x - left - 0.035) * edge(right - x - 0.035) * edge(y - low - 0.035);
    let stain = layers(x * 3.0, y * 3.0, 4, 0.5, 5);
    let near = (x - 0.03).hypot((y - 0.2) * 0.8);
    let wall =
        vector(0.060, 0.050, 0.052) * (1.0 + 0.12 * stain) * (0.6 + 1.2 * (-near * 0.8).exp());
    let wood = vector(0.11, 0.085, 0.08);
    let inner = outside(x, y, soft).mix(wood, bars.max(rim));
    let sill =
        edge(y - low + 0.06) * edge(low - y) * edge(x - left + 0.07) * edge(right + 0.07 - x);
    wall.mix(vector(0.62, 0.42, 0.30), sill * 0.8).mix(inner, open)
}

fn outside(x: f32, y: f32, soft: f32) -> Vector {
    let away = (x - 0.36).hypot(y + 0.12);
    let low = vector(2.3, 1.30, 0.74).mix(vector(1.10, 0.93, 0.92), step(-0.3, 0.55, y));
    let base = low.mix(vector(0.52, 0.66, 0.88), step(0.3, 1.3, y));
    let thick = warped(x * 1.1, y * 3.2, 4, 0.8, 44);
    let sky = base.mix(vector(2.0, 1.12, 0.82), 0.45 * step(0.0, 0.5, thick));
    let sun = vector(7.0, 3.6, 1.5) * (-away * 5.5).exp();
    let wide = 0.014 + soft;
    let sea = vector(0.72, 0.55, 0.46) + vector(2.2, 1.2, 0.5) * (-(x - 0.36).abs() * 6.0).exp();
    let sea = sea * (0.85 + 0.22 * noise(x * 9.0, y * 60.0, 9));
    let hill = -0.13 + 0.12 * step(0.15, -0.9, x) + 0.012 * layers(x * 8.0, 0.0, 4, 0.5, 7);
    let far = sea.mix(sky + sun, step(-wide, wide, y + 0.15));
    far.mix(vector(0.33, 0.24, 0.25), step(-wide, wide, hill - y) * step(-wide, wide, y + 0.17))
}

/// One half of the curtain.
struct Cloth {
    /// Where its free edge hangs, at rest.
    edge: f32,
    /// Where its fixed edge is.
    hang: f32,
    side: f32,
    seed: u32,
}

impl Cloth {
    fn over(&self, x: f32, y: f32, seconds: f32, behind: Vector) -> Vector {
        let drop = ((1.35 - y) / 2.35).clamp(0.0, 1.0);
        let breath = 0.5 + 0.5 * (TAU * seconds / 3.4 + self.seed as f32).sin();
        let sway = noise(y * 0.9 + 0.45 * seconds, seconds * 0.55, self.seed);
        let free = self.edge + self.side * drop * drop * (0.20 * breath + 0.16 * sway);
        let part = (x - self.hang) / (free - self.hang);
        if part < 0.0 || part > 1.004 {
            return behind;
        }
        let bend = 0.35
            * noise(part * 2.2 + 0.35 * seconds, y * 1.1 - 0.6 * seconds, self.seed + 1)
            * drop;
        let phase = TAU * (part * 8.0 + bend) + 0.8 * noise(part * 5.0, y * 0.6, self.seed + 2);
        let depth = 0.55 + 0.45 * noise(part * 6.0, y * 0.35 + 0.2 * seconds, self.seed + 3);
        let slope = depth * (phase.cos() + 0.45 * (phase * 2.0 + 1.3 + 2.0 * bend).cos());
        let height = phase.sin() + 0.4 * (phase * 2.0 + 1.3).sin();
        let layers_through = 1.0 + 1.15 * slope.abs() + 0.55 * (1.0 - height).max(0.0);
        let pass = (-0.46 * layers_through).exp();
        let scattered = view(x + 0.012 * slope, y, 0.075);
        let glow = 0.5 * (-(x - 0.1).hypot(y - 0.1) * 1.1).exp();
        let tint = vector(1.0, 0.93, 0.85);
        let front = vector(0.15, 0.118, 0.105) * (1.0 + 0.5 * slope * self.side) * (0.5 + glow);
        let body = scattered.times(tint) * (pass * 1.05)
            + vector(0.95, 0.62, 0.42) * (glow * pass * 0.55)
            + front;
        let weave = 1.0 + 0.02 * noise(part * 900.0, y * 300.0, 2);
        let hem = 1.0 - 0.35 * step(0.975, 0.99, part);
        let cover = step(1.003, 0.997, part) * mix(0.90, 0.97, pass);
        behind.mix(body * (weave * hem), cover)
    }
}
