//! Particles drawn: discs, sparks and puffs, as long as their way while the shutter is open.

use super::flight::Flight;
use super::kind::{Nature, Sprite};
use crate::canvas::{BAND, Canvas};
use crate::composite::cloud;
use crate::grade::Space;
use crate::values::Values;
use timeline_format::sequence::Raster;

/// What a particle is on the picture.
struct Mark {
    from: [f64; 2],
    along: [f64; 2],
    /// The square of the way.
    length: f64,
    radius: f64,
    reach: f64,
    colour: [f32; 3],
    cover: f32,
    seed: u64,
    age: f64,
}

/// The smallest radius that is drawn: what is smaller is as much dimmer.
const LEAST: f64 = 0.7;

/// The picture of particles, each over those behind it.
pub(super) fn drawn(
    flights: &[Flight],
    nature: &Nature,
    values: &Values,
    raster: Raster,
) -> Canvas {
    let (width, height) = (raster.width as usize, raster.height as usize);
    let mut canvas = Canvas::clear(width, height, Space::Light);
    let marks: Vec<Mark> = flights.iter().filter_map(|it| mark(it, nature, values)).collect();
    canvas.bands(|first, mut channels| {
        let lines = first as f64..(first + BAND) as f64;
        for mark in &marks {
            let top = mark.from[1].min(mark.from[1] + mark.along[1]) - mark.reach;
            let bottom = mark.from[1].max(mark.from[1] + mark.along[1]) + mark.reach;
            if bottom >= lines.start && top < lines.end {
                mark.draw(first, width, nature.sprite, &mut channels);
            }
        }
    });
    canvas
}

/// The way, in radii, over which a sprite that moves has as much light again as one that rests: the integral of its disc
/// over that of its diameter. It is as much dimmer, so that a shutter that is open longer lets in no more.
const fn breadth(sprite: Sprite) -> f64 {
    match sprite {
        Sprite::Disc => 1.309,
        Sprite::Spark => 1.382,
        Sprite::Puff => 0.982,
    }
}

fn mark(flight: &Flight, nature: &Nature, values: &Values) -> Option<Mark> {
    let [from, to] = flight.way;
    let along = [to[0] - from[0], to[1] - from[1]];
    let radius = flight.radius.max(LEAST);
    let small = (flight.radius / radius).powi(2);
    let way = along[0].hypot(along[1]);
    let spread = 1.0 / (1.0 + way / (breadth(nature.sprite) * radius));
    let part = f64::from(flight.part) * small * spread * values.number("opacity");
    let cover = (part * f64::from(nature.cover)) as f32;
    let tint = values.four("tint").map(|it| it as f32);
    let colour = [0, 1, 2].map(|channel: usize| nature.colour[channel] * tint[channel]);
    let reach = radius * if nature.sprite == Sprite::Spark { 4.0 } else { 1.0 };
    let length = way * way;
    let (seed, age) = (flight.seed, flight.age);
    (cover > 1e-5).then_some(Mark { from, along, length, radius, reach, colour, cover, seed, age })
}

impl Mark {
    fn draw(&self, first: usize, width: usize, sprite: Sprite, channels: &mut [&mut [f32]; 4]) {
        let lines = channels[0].len() / width.max(1);
        let ends = |axis: usize, most: f64| {
            let (one, other) = (self.from[axis], self.from[axis] + self.along[axis]);
            let from = (one.min(other) - self.reach).floor().clamp(0.0, most);
            let to = (one.max(other) + self.reach).ceil().clamp(0.0, most);
            from as usize..to as usize
        };
        let rows = ends(1, (first + lines) as f64);
        for y in rows.start.max(first)..rows.end {
            for x in ends(0, width as f64) {
                let part = self.cover * self.part([x as f64 + 0.5, y as f64 + 0.5], sprite);
                if part <= 0.0 {
                    continue;
                }
                let index = (y - first) * width + x;
                let left = if sprite == Sprite::Spark { 1.0 } else { 1.0 - part.min(1.0) };
                for (channel, colour) in channels[..3].iter_mut().zip(self.colour) {
                    channel[index] = channel[index] * left + part.min(1.0) * colour;
                }
                if sprite != Sprite::Spark {
                    channels[3][index] = channels[3][index] * left + part.min(1.0);
                }
            }
        }
    }

    /// How much of the particle is at a place: by how far it is from its way.
    fn part(&self, place: [f64; 2], sprite: Sprite) -> f32 {
        let away = [0, 1].map(|axis| place[axis] - self.from[axis]);
        let on = (away[0] * self.along[0] + away[1] * self.along[1]) / self.length.max(1e-12);
        let on = on.clamp(0.0, 1.0);
        let off = [0, 1].map(|axis| away[axis] - on * self.along[axis]);
        let far = off[0].hypot(off[1]) / self.radius;
        let disc = (1.0 - far * far).max(0.0);
        let part = match sprite {
            Sprite::Disc => disc * (2.0 - disc),
            Sprite::Spark => disc + 0.12 * (1.0 - far / 4.0).max(0.0).powi(3),
            Sprite::Puff if disc <= 0.0 => 0.0,
            Sprite::Puff => {
                let turn = (self.seed % 628) as f64 / 100.0 + self.age;
                let (sine, cosine) = turn.sin_cos();
                let [x, y] = off.map(|by| 1.6 * by / self.radius);
                let torn = cloud(self.seed, [cosine * x - sine * y, sine * x + cosine * y + self.age]);
                disc * disc * ((torn - 0.3) * 2.2).clamp(0.0, 1.4)
            }
        };
        part as f32
    }
}
