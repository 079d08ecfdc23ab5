//! Rain on a window at night, street lights out of focus behind it: one picture a frame.

use crate::canvas::{Canvas, Size};
use crate::noise::{Random, layers, noise};
use crate::vector::{Vector, mix, step, vector};

/// Everything that stays the same from frame to frame.
pub(super) struct Rain {
    size: Size,
    sharp: Canvas,
    soft: Canvas,
    still: Vec<Drop>,
    falling: Vec<Falling>,
}

/// A drop: where, how large, from where on it is there (seconds).
#[derive(Clone, Copy)]
struct Drop {
    x: f32,
    y: f32,
    radius: f32,
    born: f32,
}

/// A drop that runs down.
struct Falling {
    x: f32,
    start: f32,
    radius: f32,
    seed: u32,
}

impl Falling {
    /// How far down it is: it hangs, runs, hangs.
    fn y(&self, seconds: f32) -> f32 {
        let t = seconds + 2.0;
        let run = 0.16 * t
            + 0.22 * noise(t * 0.9, 0.5, self.seed)
            + 0.08 * noise(t * 2.3, 0.1, self.seed + 1);
        self.start - run * (0.6 + self.radius * 22.0)
    }

    fn x(&self, y: f32) -> f32 {
        self.x
            + 0.016 * noise(y * 5.0, 0.2, self.seed + 2)
            + 0.03 * noise(y * 1.1, 0.7, self.seed + 3)
    }
}

impl Rain {
    pub(super) fn new(size: Size) -> Self {
        let half = Size { width: size.width / 2, height: size.height / 2 };
        let sharp = Canvas::paint(half, 6, |x, y, _| lights(x, y, 0.35));
        let soft = Canvas::paint(half, 4, |x, y, _| lights(x, y, 1.0)).blurred(2);
        let mut random = Random::new(77);
        let still = (0..2600)
            .map(|_| Drop {
                x: random.between(-1.8, 1.8),
                y: random.between(-1.0, 1.0),
                radius: 0.0022 + 0.030 * random.unit().powi(9) + 0.003 * random.unit(),
                born: random.between(-9.0, 4.0),
            })
            .collect();
        let falling = (0..22)
            .map(|index| Falling {
                x: random.between(-1.75, 1.75),
                start: random.between(-0.5, 2.4),
                radius: random.between(0.014, 0.030),
                seed: 500 + 10 * index,
            })
            .collect();
        Self { size, sharp, soft, still, falling }
    }

    /// The window `seconds` after the first frame.
    pub(super) fn frame(&self, seconds: f32) -> Canvas {
        let Size { width, height } = self.size;
        let mut lens = vec![(0.0_f32, 0.0_f32, 0.0_f32); width * height];
        let mut dry = vec![0.0_f32; width * height];
        for fall in &self.falling {
            self.trail(fall, seconds, &mut dry, &mut lens);
        }
        for drop in self.still.iter().filter(|drop| drop.born < seconds) {
            let swept = self.falling.iter().any(|fall| {
                (fall.x(drop.y) - drop.x).abs() < fall.radius * 1.1
                    && fall.y(seconds) < drop.y
                    && drop.born < 3.0
            });
            if !swept {
                self.splat(*drop, 1.0, &mut lens);
            }
        }
        for fall in &self.falling {
            let y = fall.y(seconds);
            let drop = Drop { x: fall.x(y), y, radius: fall.radius, born: 0.0 };
            self.splat(drop, 1.3, &mut lens);
        }
        let mut out = Canvas { width, height, pixels: vec![Vector::ZERO; width * height] };
        out.change(|x, y, _| {
            let column = ((x * height as f32 + width as f32) * 0.5) as usize;
            let line = ((1.0 - y) * 0.5 * height as f32) as usize;
            let index = line.min(height - 1) * width + column.min(width - 1);
            self.through(x, y, lens[index], dry[index])
        });
        out
    }

    /// The light through the glass at a place: mist, a wiped track, or a drop that turns the view
    /// upside down.
    fn through(&self, x: f32, y: f32, (nx, ny, cover): (f32, f32, f32), dry: f32) -> Vector {
        let (half_x, half_y) = (self.soft.width as f32 * 0.5, self.soft.height as f32 * 0.5);
        let at =
            |canvas: &Canvas, x: f32, y: f32| canvas.at(half_x + x * half_y, half_y - y * half_y);
        let mist = at(&self.soft, x, y) * 0.92 + vector(0.006, 0.010, 0.017);
        let wiped = at(&self.sharp, x + 0.006 * nx, y).mix(mist, 0.35);
        let behind = mist.mix(wiped, dry * 0.75);
        if cover <= 0.0 {
            return behind;
        }
        let turned = at(&self.soft, 0.8 * x - nx * 0.5, -0.12 - ny * 0.75);
        let rim = (nx * nx + ny * ny).min(1.0);
        let shade = 1.0 - 0.5 * rim * rim * rim;
        let top = vector(0.10, 0.15, 0.22) * (step(0.35, 0.9, ny) * 0.5);
        let spark = Vector::grey(0.9) * step(0.16, 0.0, (nx + 0.35).hypot(ny - 0.45));
        let body = (turned * 1.25 + mist * 0.55) * shade + top + spark * 0.25;
        behind.mix(body, cover)
    }

    fn splat(&self, drop: Drop, tall: f32, lens: &mut [(f32, f32, f32)]) {
        let Size { width, height } = self.size;
        let unit = height as f32 * 0.5;
        let (cx, cy) = (width as f32 * 0.5 + drop.x * unit, unit - drop.y * unit);
        let (wide, high) = (drop.radius * unit, drop.radius * unit * tall);
        let range = |centre: f32, reach: f32, end: usize| {
            (centre - reach - 1.0).max(0.0) as usize
                ..((centre + reach + 2.0).max(0.0) as usize).min(end)
        };
        let wobble = drop.x * 91.0 + drop.radius * 1700.0;
        for line in range(cy, high, height) {
            for column in range(cx, wide, width) {
                let (u, v) = ((column as f32 + 0.5 - cx) / wide, (cy - line as f32 - 0.5) / high);
                let squeeze = 1.0 + 0.16 * v * (tall - 0.6) + 0.16 * (v * 2.3 + wobble).sin();
                let (u, reach) = (u * squeeze, (u * squeeze).hypot(v));
                let cover = step(1.0, 1.0 - 1.6 / wide.max(2.0), reach);
                if cover > 0.0 {
                    lens[line * width + column] = (u, v, cover);
                }
            }
        }
    }

    /// The wiped track above a falling drop and the beads that it leaves.
    fn trail(&self, fall: &Falling, seconds: f32, dry: &mut [f32], lens: &mut [(f32, f32, f32)]) {
        let Size { width, height } = self.size;
        let unit = height as f32 * 0.5;
        let low = fall.y(seconds);
        for line in 0..height {
            let y = 1.0 - line as f32 / unit;
            let above = y - low;
            if above < 0.0 || y > fall.y(-2.0) {
                continue;
            }
            let fade = step(1.6, 0.0, above);
            let half = fall.radius * (0.55 + 0.3 * step(0.2, 0.0, above)) * (0.5 + 0.5 * fade);
            let centre = fall.x(y);
            let from = (width as f32 * 0.5 + (centre - half) * unit).max(0.0) as usize;
            let to = ((width as f32 * 0.5 + (centre + half) * unit).max(0.0) as usize).min(width);
            for column in from..to {
                let x = (column as f32 + 0.5 - width as f32 * 0.5) / unit;
                let inside = step(half, half * 0.6, (x - centre).abs());
                let cell = &mut dry[line * width + column];
                *cell = cell.max(inside * fade);
            }
        }
        let mut random = Random::new(fall.seed + 5);
        for bead in 0..60 {
            let y = 1.1 - bead as f32 * 0.045 - 0.03 * random.unit();
            let radius = fall.radius * random.between(0.10, 0.36);
            let lean = fall.radius * random.between(-0.35, 0.35);
            if y > low + 0.05 && y < fall.y(-2.0) && random.unit() < 0.7 {
                self.splat(Drop { x: fall.x(y) + lean, y, radius, born: 0.0 }, 1.15, lens);
            }
        }
    }
}

/// The street out of focus: discs of light of `blur` size over a dark town.
fn lights(x: f32, y: f32, blur: f32) -> Vector {
    let haze = vector(0.010, 0.018, 0.034).mix(vector(0.046, 0.040, 0.048), step(0.9, -0.5, y));
    let cloud = 1.0 + 0.35 * layers(x * 1.3, y * 1.6, 4, 0.5, 14);
    let mut sum = haze * cloud;
    for index in 0..46 {
        let mut random = Random::new(3000 + index);
        let (cx, cy) = (random.between(-1.9, 1.9), -0.16 + 0.26 * random.normal());
        let kind = random.unit();
        let colour = if kind < 0.58 {
            vector(1.5, 0.70, 0.20)
        } else if kind < 0.74 {
            vector(1.2, 1.05, 0.85)
        } else if kind < 0.88 {
            vector(1.25, 0.13, 0.07)
        } else {
            vector(0.16, 0.62, 0.66)
        };
        let size = mix(0.022, mix(0.055, 0.12, random.unit()), blur);
        let away = (x - cx).hypot(y - cy) / size;
        let disc = step(1.04, 0.94, away) * (0.72 + 0.30 * away * away);
        let strong = 0.16 + 0.75 * random.unit().powi(3);
        sum += colour * (disc * strong * mix(2.0, 0.55, blur) + 0.03 * (-away * 0.55).exp());
    }
    sum
}
