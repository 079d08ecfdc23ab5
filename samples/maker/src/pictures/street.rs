//! The street: wet asphalt under lamps in the mist, a car far down it; and a house across it with
//! one window lit.

use crate::canvas::{Canvas, Size};
use crate::noise::{Random, cell, layers, noise, unit, warped};
use crate::trace::{Camera, Form, Lamp, Paint, Ray, Scene, Thing, Tree, render};
use crate::vector::{Vector, mix, step, vector};

const AMBER: Vector = vector(3.0, 1.42, 0.42);

fn dusk(direction: Vector) -> Vector {
    let base =
        vector(0.050, 0.072, 0.115).mix(vector(0.010, 0.020, 0.048), step(0.0, 0.55, direction.y));
    let depth = 1.0 / (direction.y.abs() + 0.2);
    let thick = warped(direction.x * depth * 1.2, depth * 1.3, 5, 0.9, 5);
    base.mix(vector(0.050, 0.056, 0.078), step(-0.05, 0.5, thick) * 0.6)
}

/// The street with its solids, its lamps and what shines in it.
struct Street {
    tree: Tree,
    lamps: Vec<(Vector, Vector)>,
}

pub(super) fn street(size: Size, samples: u32) -> Canvas {
    let street = Street::new();
    let camera = Camera {
        place: vector(-0.9, 1.25, -2.0),
        target: vector(0.35, 2.05, 20.0),
        field: 0.44,
        lens: 0.0,
        focus: 10.0,
    };
    Canvas::paint(size, samples, |x, y, random| {
        let ray = camera.ray(x, y, random);
        street.seen(ray, true, random)
    })
}

impl Street {
    fn new() -> Self {
        let mut things: Vec<Thing> = Vec::new();
        let mut add = |form, paint| things.push(Thing { form, paint });
        let (stone, road) = (Paint::matt(0.20, 0.18, 0.17), Paint::matt(0.055, 0.056, 0.060));
        add(Form::block(vector(-3.4, -0.2, -9.0), vector(3.4, 0.0, 140.0), 0.0), road);
        for side in [-1.0_f32, 1.0] {
            let (from, to) = (3.4_f32, 9.0_f32);
            let low = vector((side * from).min(side * to), -0.2, -9.0);
            let high = vector((side * from).max(side * to), 0.13, 140.0);
            add(Form::block(low, high, 0.0), Paint::matt(0.11, 0.11, 0.115));
            let mut z = -6.0;
            let mut index = 0;
            while z < 130.0 {
                let mut random = Random::new(70 + index + if side > 0.0 { 500 } else { 0 });
                let (long, tall) = (random.between(6.5, 10.5), random.between(6.2, 12.5));
                let front = side * (5.4 + random.between(0.0, 0.5));
                let back = side * 12.0;
                let low = vector(front.min(back), 0.0, z);
                let high = vector(front.max(back), tall, z + long - 0.05);
                add(Form::block(low, high, 0.0), stone);
                let eave = vector(0.22, 0.0, 0.0);
                let cornice = vector(0.0, tall, 0.0);
                let (low_rim, high_rim) = (vector(low.x, 0.0, low.z), vector(high.x, 0.25, high.z));
                add(Form::block(low_rim + cornice - eave, high_rim + cornice + eave, 0.0), stone);
                let pot = vector(front + side * 1.5, tall, z + long * random.between(0.2, 0.8));
                add(Form::block(pot, pot + vector(0.7, random.between(0.9, 1.7), 1.1), 0.0), stone);
                (z, index) = (z + long, index + 1);
            }
        }
        let iron = Paint::matt(0.02, 0.022, 0.025);
        let mut lamps = Vec::new();
        for index in 0..11 {
            let side = if index % 2 == 0 { 1.0 } else { -1.0 };
            let z = 7.0 + 9.5 * index as f32;
            let head = vector(side * 2.75, 4.55, z);
            add(Form::rod(vector(side * 3.75, 0.0, z), vector(side * 3.75, 4.5, z), 0.055), iron);
            add(Form::rod(vector(side * 3.75, 4.5, z), head + vector(0.0, 0.12, 0.0), 0.032), iron);
            add(
                Form::rod(head + vector(-0.16, 0.07, 0.0), head + vector(0.16, 0.07, 0.0), 0.07),
                iron,
            );
            add(Form::Ball { centre: head, radius: 0.085 }, Paint::glowing(34.0, 17.0, 5.4));
            lamps.push((head + vector(0.0, -0.1, 0.0), AMBER * 2.3));
        }
        for (z, height) in [(15.0_f32, 7.2_f32), (34.0, 7.9), (55.0, 7.0)] {
            let mut from = vector(-6.0, height, z);
            for part in 1..=10 {
                let x = -6.0 + 1.2 * part as f32;
                let sag = 0.9 * (1.0 - (x / 6.0) * (x / 6.0));
                let to = vector(x, height - sag, z + 0.15 * part as f32);
                add(Form::rod(from, to, 0.014), iron);
                from = to;
            }
        }
        for (x, white) in [(-1.95, true), (-0.75, true)] {
            let place = vector(x, 0.72, 64.0);
            let glow = if white {
                Paint::glowing(60.0, 54.0, 42.0)
            } else {
                Paint::glowing(20.0, 1.0, 0.5)
            };
            add(Form::Ball { centre: place, radius: 0.11 }, glow);
            lamps.push((place + vector(0.0, 0.0, -0.3), vector(3.4, 3.1, 2.5)));
        }
        for x in [1.0, 2.15] {
            let place = vector(x, 0.8, 33.0);
            add(Form::Ball { centre: place, radius: 0.075 }, Paint::glowing(16.0, 1.0, 0.45));
            lamps.push((place + vector(0.0, 0.0, -0.25), vector(0.8, 0.05, 0.02)));
        }
        add(Form::block(vector(0.85, 0.25, 33.1), vector(2.3, 1.45, 37.0), 0.0), iron);
        Self { tree: Tree::new(&things), lamps }
    }

    fn seen(&self, ray: Ray, mirror: bool, random: &mut Random) -> Vector {
        let Some((hit, thing)) = self.tree.nearest(&ray, f32::INFINITY, false, |_| true) else {
            return self.misted(dusk(ray.direction), &ray, 150.0);
        };
        if thing.paint.glow != Vector::ZERO {
            return self.misted(thing.paint.glow, &ray, hit.distance);
        }
        let place = ray.at(hit.distance);
        let mut light = self.surface(place, hit.normal, thing.paint.colour);
        if mirror && hit.normal.y > 0.9 {
            light = self.wet(&ray, place, light, random);
        } else if hit.normal.x.abs() > 0.9 && place.x.abs() > 5.0 {
            light = front(place, light);
        }
        self.misted(light, &ray, hit.distance)
    }

    fn surface(&self, place: Vector, normal: Vector, colour: Vector) -> Vector {
        let mut sum = vector(0.011, 0.017, 0.029) * (0.6 + 0.4 * normal.y);
        for (lamp, power) in &self.lamps {
            let to = *lamp - place;
            let far = to.length();
            let cosine = normal.dot(to) / far;
            if cosine <= 0.0 || far > 34.0 {
                continue;
            }
            let ray = Ray { origin: place + normal * 2e-3, direction: to * (1.0 / far) };
            if self
                .tree
                .nearest(&ray, far - 0.25, true, |thing| thing.paint.glow == Vector::ZERO)
                .is_none()
            {
                sum += *power * (cosine / (far * far) / std::f32::consts::PI * 1.6);
            }
        }
        let stain = 0.8
            + 0.45
                * layers(place.x * 1.3 + place.z * 0.9, place.y * 1.1 + place.z * 0.4, 5, 0.55, 31);
        sum.times(colour) * stain
    }

    /// Asphalt: rough where damp, a mirror where water stands.
    fn wet(&self, ray: &Ray, place: Vector, dry: Vector, random: &mut Random) -> Vector {
        let standing = step(-0.02, 0.16, layers(place.x * 0.55, place.z * 0.30, 5, 0.5, 9));
        let grit = 0.05 * mix(1.0, 0.05, standing);
        let ripple = 0.006 * noise(place.x * 9.0, place.z * 9.0, 12);
        let normal = vector(
            grit * random.normal() * 0.35 + ripple,
            1.0,
            grit * random.normal() + 0.006 * noise(place.x * 9.0, place.z * 9.0, 13),
        )
        .unit();
        let facing = -ray.direction.dot(normal);
        let mirrored = 0.03 + 0.97 * (1.0 - facing.clamp(0.0, 1.0)).powi(5);
        let direction = ray.direction.reflect(normal);
        let direction = vector(direction.x, direction.y.abs().max(0.002), direction.z).unit();
        let above = Ray { origin: place + vector(0.0, 3e-3, 0.0), direction };
        let light = self.seen(above, false, random).map(|value| value.min(14.0));
        dry * (1.0 - mirrored) + light * (mirrored * mix(0.75, 1.0, standing))
    }

    /// Mist before it: what it takes, and what it scatters of each lamp (the light of a point in thin
    /// mist along a ray, `(atan b - atan a) / d`; Sun and others, 2005).
    fn misted(&self, light: Vector, ray: &Ray, distance: f32) -> Vector {
        let clear = (-0.013 * distance).exp();
        let mut sum = light * clear + vector(0.042, 0.050, 0.066) * (1.0 - clear);
        for (lamp, power) in &self.lamps {
            let to = *lamp - ray.origin;
            let along = to.dot(ray.direction);
            let aside = (to.dot(to) - along * along).max(1e-4).sqrt() + 0.03;
            let part = ((distance - along) / aside).atan() + (along / aside).atan();
            sum += *power * (0.0034 * part / aside * (-0.010 * along.max(0.0)).exp());
        }
        sum
    }
}

/// A house's front: rows of windows, few of them lit, a string course over the shops.
fn front(place: Vector, wall: Vector) -> Vector {
    let (wide, tall) = (1.75, 2.75);
    let (column, line) = ((place.z / wide).floor(), ((place.y - 0.4) / tall).floor());
    let (u, v) = (place.z / wide - column, (place.y - 0.4) / tall - line);
    let inside =
        step(0.26, 0.29, u) * step(0.74, 0.71, u) * step(0.24, 0.26, v) * step(0.83, 0.81, v);
    let rim = step(0.21, 0.23, u) * step(0.79, 0.77, u) * step(0.20, 0.21, v) * step(0.88, 0.87, v);
    let bar = step(0.012, 0.022, (u - 0.5).abs()) * step(0.010, 0.016, (v - 0.62).abs());
    let word = cell(column as i32, line as i32, if place.x > 0.0 { 5 } else { 6 });
    let brick = 1.0 + 0.10 * noise(place.z * 6.0, (place.y * 13.0).floor(), 3)
        - 0.12 * step(0.9, 0.97, (place.y * 13.0).fract());
    let course = 1.0 + 0.5 * step(0.03, 0.01, (v - 0.985).abs());
    let stone = wall * (brick * course);
    let framed = stone.mix(wall * 1.5, rim);
    let lit = unit(word) < 0.17 && line >= 0.0;
    let blind = step(0.0, 0.02, v - 0.81 + 0.5 * unit(word.wrapping_mul(7)));
    let warm =
        vector(1.25, 0.62, 0.21).mix(vector(0.9, 0.75, 0.55), unit(word.wrapping_mul(5)) * 0.7);
    let glow = warm * (0.55 + 0.5 * unit(word.wrapping_mul(11))) * mix(1.0, 0.45, blind);
    let pane = if lit { glow * (0.75 + 0.5 * v) } else { vector(0.012, 0.017, 0.026) * (0.5 + v) };
    framed.mix(wall * 0.8, inside).mix(pane, inside * bar)
}

fn bricks(place: Vector) -> Vector {
    let line = (place.y / 0.075).floor();
    let shift = if line.rem_euclid(2.0) < 0.5 { 0.0 } else { 0.5 };
    let across = place.x / 0.23 + shift;
    let word = cell(across.floor() as i32, line as i32, 19);
    let (u, v) = (across - across.floor(), place.y / 0.075 - line);
    let body = step(0.0, 0.05, u) * step(1.0, 0.96, u) * step(0.0, 0.16, v) * step(1.0, 0.86, v);
    let tone = 0.74 + 0.42 * unit(word) + 0.22 * layers(place.x * 2.0, place.y * 2.0, 4, 0.55, 23);
    let hue = vector(1.0, 0.92, 0.86).mix(vector(1.05, 0.80, 0.70), unit(word.wrapping_mul(9)));
    hue * (tone * mix(0.62, 1.0, body))
}

fn papered(place: Vector) -> Vector {
    let stripe = 0.9
        + 0.1 * step(0.3, 0.4, (place.x * 7.0).fract()) * step(0.9, 0.8, (place.x * 7.0).fract());
    Vector::grey(stripe)
}

/// The house across the street, seen straight on: one window lit.
pub(super) fn one_window(size: Size, samples: u32) -> Canvas {
    let mut scene = Scene::new(|way| dusk(way) * 1.6);
    let brick = Paint::matt(0.38, 0.275, 0.225).with(bricks);
    let stone = Paint::matt(0.40, 0.37, 0.33);
    let white = Paint::matt(0.55, 0.54, 0.52);
    let (wide, tall) = (1.9_f32, 2.35_f32);
    for column in -4..=4 {
        let x = column as f32 * wide;
        scene.block(vector(x - 0.45, -6.0, 0.0), vector(x + 0.45, 12.0, 0.35), brick);
    }
    for line in -2..=4 {
        let y = line as f32 * tall;
        scene.block(vector(-9.0, y - 0.42, 0.001), vector(9.0, y + 0.42, 0.35), brick);
        for column in -4..4 {
            let x = (column as f32 + 0.5) * wide;
            scene.block(vector(x - 0.62, y + 0.38, -0.09), vector(x + 0.62, y + 0.45, 0.2), stone);
            scene.block(
                vector(x - 0.58, y + tall - 0.43, -0.03),
                vector(x + 0.58, y + tall - 0.27, 0.1),
                stone,
            );
            pane(&mut scene, x, y + 0.42, tall - 0.84, white, (column, line));
        }
    }
    lit_room(&mut scene, 0.5 * wide, 0.42, tall - 0.84);
    let street = Lamp {
        place: vector(-5.4, -1.5, -3.2),
        radius: 0.12,
        power: vector(17.0, 8.8, 3.2),
        within: false,
    };
    scene.lamps.push(street);
    scene.ambient = vector(0.042, 0.060, 0.092);
    scene.bounces = 1;
    let camera = Camera {
        place: vector(0.25, 0.1, -9.0),
        target: vector(0.1, 1.45, 0.0),
        field: 0.335,
        lens: 0.02,
        focus: 9.0,
    };
    render(&scene, &camera, size, samples)
}

fn pane(scene: &mut Scene, x: f32, low: f32, tall: f32, white: Paint, at: (i32, i32)) {
    let high = low + tall;
    for (from, to) in [(-0.5, -0.44), (-0.025, 0.025), (0.44, 0.5)] {
        scene.block(vector(x + from, low, 0.14), vector(x + to, high, 0.20), white);
    }
    for (from, to) in
        [(low, low + 0.06), (low + tall * 0.5 - 0.03, low + tall * 0.5 + 0.03), (high - 0.06, high)]
    {
        scene.block(vector(x - 0.5, from, 0.13), vector(x + 0.5, to, 0.21), white);
    }
    let mut random = Random::new(cell(at.0, at.1, 4));
    let tilt = random.between(-0.03, 0.03);
    scene.add(
        Form::block(vector(x - 0.5, low, 0.17), vector(x + 0.5, high, 0.174), tilt),
        Paint::GLASS.polished(0.08, 0.0),
    );
    if at == (0, 0) {
        return;
    }
    let black = Paint::matt(0.014, 0.015, 0.018);
    scene.block(vector(x - 0.6, low - 0.1, 0.6), vector(x + 0.6, high + 0.1, 0.62), black);
    let cloth = Paint::matt(0.16, 0.15, 0.14);
    let drawn = random.unit();
    if drawn < 0.45 {
        let edge = high - tall * random.between(0.15, 0.75);
        scene.block(vector(x - 0.5, edge, 0.26), vector(x + 0.5, high, 0.27), cloth);
    } else if drawn < 0.7 {
        scene.block(
            vector(x - 0.5, low, 0.26),
            vector(x - random.between(0.1, 0.3), high, 0.28),
            cloth,
        );
        scene.block(
            vector(x + random.between(0.1, 0.3), low, 0.26),
            vector(x + 0.5, high, 0.28),
            cloth,
        );
    }
}

/// The one room behind its window: papered, with a lamp, a plant and a picture.
fn lit_room(scene: &mut Scene, x: f32, low: f32, tall: f32) {
    let wall = Paint::matt(0.62, 0.50, 0.34).with(papered);
    let high = low + tall;
    scene.block(vector(x - 0.9, low - 0.6, 1.9), vector(x + 0.9, high + 0.4, 1.95), wall);
    scene.block(vector(x - 0.95, low - 0.6, 0.3), vector(x - 0.9, high + 0.4, 1.95), wall);
    scene.block(vector(x + 0.9, low - 0.6, 0.3), vector(x + 0.95, high + 0.4, 1.95), wall);
    scene.block(vector(x - 0.95, high + 0.35, 0.3), vector(x + 0.95, high + 0.4, 1.95), wall);
    scene.block(vector(x - 0.95, low - 0.65, 0.3), vector(x + 0.95, low - 0.6, 1.95), wall);
    let place = vector(x - 0.12, high - 0.38, 1.1);
    let paper = Paint { veil: true, ..Paint::glowing(6.0, 3.3, 1.25) };
    scene.add(Form::Ball { centre: place, radius: 0.17 }, paper);
    scene
        .add(Form::rod(place, place + vector(0.0, 0.8, 0.0), 0.006), Paint::matt(0.02, 0.02, 0.02));
    scene.lamps.push(Lamp { place, radius: 0.15, power: vector(1.9, 1.10, 0.46), within: false });
    let dark = Paint::matt(0.05, 0.035, 0.025);
    scene.block(vector(x + 0.18, low + 0.55, 1.86), vector(x + 0.55, low + 1.0, 1.90), dark);
    scene.block(
        vector(x + 0.22, low + 0.59, 1.85),
        vector(x + 0.51, low + 0.96, 1.89),
        Paint::matt(0.30, 0.36, 0.36),
    );
    plant(scene, vector(x + 0.24, low + 0.02, 0.42));
    let linen = Paint::matt(0.62, 0.52, 0.40).cloth(0.4);
    for index in 0..5 {
        let at = x - 0.50 + 0.042 * index as f32;
        scene.add(Form::rod(vector(at, low, 0.32), vector(at - 0.01, high, 0.32), 0.03), linen);
        let at = x + 0.50 - 0.036 * index as f32;
        scene.add(Form::rod(vector(at, low, 0.32), vector(at + 0.01, high, 0.32), 0.028), linen);
    }
}

fn plant(scene: &mut Scene, foot: Vector) {
    let clay = Paint::matt(0.30, 0.13, 0.07);
    scene.add(Form::Shade { foot, height: 0.15, low: 0.06, high: 0.085 }, clay);
    let green = Paint::matt(0.03, 0.07, 0.03);
    for leaf in 0..11 {
        let mut random = Random::new(800 + leaf);
        let turn = random.between(-1.0, 1.0);
        let mut at = foot + vector(0.0, 0.14, 0.0);
        let mut way = vector(turn * 0.8, 1.0, random.between(-0.3, 0.3)).unit();
        for part in 0..6 {
            let next = at + way * (0.055 + 0.02 * random.unit());
            let thick = [0.004, 0.008, 0.014, 0.015, 0.010, 0.004][part];
            scene.add(Form::rod(at, next, thick), green);
            way = (way + vector(turn * 0.16, -0.14, 0.0)).unit();
            at = next;
        }
    }
}
