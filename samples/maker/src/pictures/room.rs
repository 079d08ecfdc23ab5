//! The room: a desk under a window at night, and its wall when the sun comes in.

use crate::canvas::{Canvas, Size};
use crate::noise::{Random, layers, noise, warped};
use crate::trace::{Camera, Form, Lamp, Paint, Portal, Scene, Sun, render};
use crate::vector::{Vector, mix, step, vector};

fn wood(place: Vector) -> Vector {
    let grain = layers(place.x * 1.6, (place.z + place.y) * 34.0, 4, 0.6, 3);
    let rings = noise(place.x * 0.7, (place.z + place.y) * 9.0, 4);
    let plank = noise((place.z * 5.0).floor() * 7.3, 0.5, 8);
    Vector::grey(0.85 + 0.28 * grain + 0.2 * rings + 0.2 * plank)
}

fn plaster(place: Vector) -> Vector {
    let stain = warped(place.x * 0.9, place.y * 0.9 + place.z, 5, 0.8, 21);
    let fine = layers(place.x * 22.0 + place.z * 22.0, place.y * 22.0, 3, 0.6, 22);
    Vector::grey(0.96 + 0.07 * stain + 0.035 * fine)
}

fn writing(place: Vector) -> Vector {
    let line = (place.z * 95.0 + place.x * 9.0).fract().abs();
    let words = noise(place.x * 70.0, (place.z * 95.0 + place.x * 9.0).floor() * 3.7, 31);
    let ink = step(0.32, 0.40, line) * step(0.78, 0.70, line) * step(-0.25, -0.05, words);
    Vector::grey(1.0 - 0.62 * ink)
}

/// A painting of a sea under a pale sky.
fn painting(place: Vector) -> Vector {
    let y = (place.y - 1.62) * 6.0;
    let brush = layers(place.x * 40.0, place.y * 90.0, 3, 0.6, 61) * 0.12;
    let sky =
        vector(0.62, 0.52, 0.40).mix(vector(0.22, 0.33, 0.44), step(0.0, 1.4, y + brush * 3.0));
    let sea =
        vector(0.05, 0.13, 0.18).mix(vector(0.24, 0.30, 0.30), step(-1.2, 0.0, y + brush * 4.0));
    let over = step(-0.03, 0.03, y + brush * 0.3);
    sea.mix(sky, over) + Vector::grey(brush * 0.5)
}

fn evening(direction: Vector) -> Vector {
    let rise = direction.y;
    let base = vector(0.030, 0.062, 0.125).mix(vector(0.010, 0.026, 0.070), step(-0.05, 0.5, rise));
    let thick = warped(direction.x * 3.0, rise * 9.0 + 2.0, 5, 1.0, 71);
    let cloud = base.mix(vector(0.050, 0.075, 0.115), step(-0.1, 0.5, thick) * 0.7);
    let hill = 0.015 + 0.05 * layers(direction.x * 4.0, 0.3, 5, 0.5, 72);
    let dark = vector(0.004, 0.008, 0.014);
    let lamp = lights(direction, hill);
    cloud.mix(dark, step(0.004, -0.004, rise - hill)) + lamp
}

/// A few far windows on the hill.
fn lights(direction: Vector, hill: f32) -> Vector {
    let mut sum = Vector::ZERO;
    for index in 0..9 {
        let mut random = Random::new(900 + index);
        let (x, down) = (random.between(-0.4, 0.5), random.between(0.006, 0.05));
        let away = (direction.x - x).hypot(direction.y - hill + down);
        let warm = vector(1.6, 0.85, 0.30).mix(vector(1.0, 0.95, 0.8), random.unit() * 0.6);
        sum += warm * (1.8 * step(0.0042, 0.0012, away) + 0.05 * (-away * 90.0).exp());
    }
    sum
}

/// Walls about an opening in a wall at depth `z`: `(left, low, right, high)` of the opening.
fn wall(scene: &mut Scene, z: f32, hole: (f32, f32, f32, f32), paint: Paint) {
    let (left, low, right, high) = hole;
    let back = z + 0.22;
    scene.block(vector(-4.0, -0.5, z), vector(left, 3.2, back), paint);
    scene.block(vector(right, -0.5, z), vector(4.0, 3.2, back), paint);
    scene.block(vector(left, -0.5, z), vector(right, low, back), paint);
    scene.block(vector(left, high, z), vector(right, 3.2, back), paint);
}

fn frame(scene: &mut Scene, z: f32, hole: (f32, f32, f32, f32), paint: Paint) {
    let (left, low, right, high) = hole;
    let (front, back) = (z + 0.06, z + 0.12);
    let middle = 0.5 * (left + right);
    let across = mix(low, high, 0.68);
    for x in [left + 0.03, middle, right - 0.03] {
        scene.block(vector(x - 0.03, low, front), vector(x + 0.03, high, back), paint);
    }
    for y in [low + 0.03, across, high - 0.03] {
        scene.block(vector(left, y - 0.028, front), vector(right, y + 0.028, back), paint);
    }
    scene.block(
        vector(left - 0.06, low - 0.05, z - 0.10),
        vector(right + 0.06, low, z + 0.1),
        paint,
    );
    scene.block(vector(left, low, z + 0.09), vector(right, high, z + 0.094), Paint::GLASS);
}

/// A drawn curtain: upright pleats.
fn curtain(scene: &mut Scene, from: f32, to: f32, z: f32, seed: u32) {
    let linen = Paint::matt(0.62, 0.54, 0.44).cloth(0.32);
    let mut random = Random::new(seed);
    let mut x = from;
    while x < to {
        let radius = random.between(0.024, 0.046);
        let deep = z - random.between(0.0, 0.05);
        let sway = random.between(-0.02, 0.02);
        let rod = Form::rod(vector(x, 2.52, deep), vector(x + sway, 0.2, deep), radius);
        scene.add(rod, linen);
        x += radius * 1.45;
    }
}

pub(super) fn desk(size: Size, samples: u32) -> Canvas {
    let mut scene = Scene::new(evening);
    let plastered = Paint::matt(0.50, 0.47, 0.43).with(plaster);
    let white = Paint::matt(0.62, 0.60, 0.56).polished(0.03, 0.25);
    let hole = (-0.25, 1.02, 1.35, 2.42);
    wall(&mut scene, 3.0, hole, plastered);
    frame(&mut scene, 3.0, hole, white);
    curtain(&mut scene, -0.62, -0.22, 2.93, 5);
    curtain(&mut scene, 1.36, 1.86, 2.93, 6);
    let iron = Paint::matt(0.03, 0.028, 0.026).polished(0.2, 0.2);
    scene.add(Form::rod(vector(-0.75, 2.53, 2.9), vector(1.98, 2.53, 2.9), 0.014), iron);
    room(&mut scene, plastered);
    desk_and_lamp(&mut scene);
    on_the_desk(&mut scene);
    scene.portal = Some(Portal {
        corner: vector(hole.0, hole.1, 3.1),
        across: vector(hole.2 - hole.0, 0.0, 0.0),
        up: vector(0.0, hole.3 - hole.1, 0.0),
    });
    scene.ambient = vector(0.008, 0.011, 0.018);
    let camera = Camera {
        place: vector(0.28, 1.52, -0.25),
        target: vector(0.26, 1.24, 3.0),
        field: 0.38,
        lens: 0.012,
        focus: 2.75,
    };
    render(&scene, &camera, size, samples)
}

fn room(scene: &mut Scene, walls: Paint) {
    let floor = Paint::matt(0.20, 0.12, 0.07).with(wood).polished(0.04, 0.15);
    scene.block(vector(-4.0, -0.1, -3.0), vector(4.0, 0.0, 3.1), floor);
    scene.block(vector(-4.0, 2.9, -3.0), vector(4.0, 3.0, 3.1), Paint::matt(0.6, 0.58, 0.55));
    scene.block(vector(-2.3, 0.0, -3.0), vector(-2.2, 3.0, 3.1), walls);
    scene.block(vector(2.9, 0.0, -3.0), vector(3.0, 3.0, 3.1), walls);
    scene.block(vector(-4.0, 0.0, -3.1), vector(4.0, 3.0, -3.0), walls);
}

fn desk_and_lamp(scene: &mut Scene) {
    let oak = Paint::matt(0.30, 0.17, 0.085).with(wood).polished(0.045, 0.10);
    scene.block(vector(-1.15, 0.70, 2.18), vector(1.75, 0.75, 2.92), oak);
    for x in [-1.08, 1.62] {
        scene.block(vector(x, 0.0, 2.24), vector(x + 0.07, 0.70, 2.31), oak);
    }
    let brass = Paint::matt(0.35, 0.22, 0.08).polished(0.45, 0.12);
    let (x, z) = (-0.62, 2.58);
    scene.add(
        Form::Shade { foot: vector(x, 0.75, z), height: 0.02, low: 0.095, high: 0.085 },
        brass,
    );
    scene.add(Form::Plate { centre: vector(x, 0.77, z), radius: 0.085 }, brass);
    scene.add(Form::rod(vector(x, 0.76, z), vector(x, 1.12, z), 0.011), brass);
    let linen = Paint { veil: true, pattern: Some(lit_linen), ..Paint::glowing(5.2, 2.75, 0.95) };
    let foot = vector(x, 1.06, z);
    scene.add(Form::Shade { foot, height: 0.22, low: 0.17, high: 0.11 }, linen);
    let bulb = vector(x, 1.15, z);
    let strong = vector(2.3, 1.30, 0.54);
    scene.lamps.push(Lamp { place: bulb, radius: 0.03, power: strong, within: true });
    let soft = strong.times(vector(0.55, 0.47, 0.34));
    scene.lamps.push(Lamp { place: bulb, radius: 0.11, power: soft, within: false });
}

/// The glow of a shade: strongest beside the bulb, with the weave of its cloth.
fn lit_linen(place: Vector) -> Vector {
    let away = (place.y - 1.15) / 0.10;
    let weave = 0.05 * noise(place.x * 260.0, place.y * 60.0, 17);
    Vector::grey(0.42 + 0.58 * (-away * away).exp() + weave)
}

fn on_the_desk(scene: &mut Scene) {
    let paper = Paint::matt(0.74, 0.70, 0.62).with(writing);
    let page = |x: f32| (vector(x, 0.752, 2.30), vector(x + 0.20, 0.762, 2.58));
    for (x, turn) in [(-0.16, 0.06), (0.045, 0.06)] {
        let (low, high) = page(x);
        scene.add(Form::block(low, high, turn), paper);
    }
    let pen = Paint::matt(0.02, 0.03, 0.05).polished(0.08, 0.05);
    scene.add(Form::rod(vector(0.10, 0.768, 2.36), vector(0.19, 0.768, 2.47), 0.005), pen);
    let books = [(0.10, 0.24, 0.16), (0.34, 0.10, 0.07), (0.42, 0.34, 0.20), (0.07, 0.10, 0.14)];
    let mut base = 0.75;
    for (index, (red, green, blue)) in books.into_iter().enumerate() {
        let mut random = Random::new(40 + index as u32);
        let (wide, deep) = (random.between(0.11, 0.14), random.between(0.085, 0.10));
        let (thick, turn) = (random.between(0.022, 0.042), random.between(-0.25, 0.25));
        let centre = vector(0.78, base, 2.60);
        let low = centre - vector(wide, 0.0, deep);
        let high = centre + vector(wide, thick, deep);
        scene.add(Form::block(low, high, turn), Paint::matt(red, green, blue).polished(0.03, 0.3));
        let leaves = vector(0.006, -0.004, 0.004);
        scene.add(
            Form::block(low + leaves, high + vector(0.004, -0.004, -0.004), turn),
            Paint::matt(0.7, 0.64, 0.52),
        );
        base += thick;
    }
    let clay = Paint::matt(0.30, 0.33, 0.34).polished(0.05, 0.08);
    let cup = vector(0.44, 0.75, 2.52);
    scene.add(Form::Shade { foot: cup, height: 0.095, low: 0.036, high: 0.043 }, clay);
    scene.add(
        Form::Plate { centre: cup + vector(0.0, 0.08, 0.0), radius: 0.042 },
        Paint::matt(0.03, 0.015, 0.008).polished(0.04, 0.01),
    );
    let handle = cup + vector(0.062, 0.05, 0.0);
    for part in 0..8 {
        let angle = |part: i32| (part as f32 / 8.0 - 0.5) * 3.6;
        let at = |part: i32| {
            handle + vector(0.024 * angle(part).cos() - 0.012, 0.028 * angle(part).sin(), 0.0)
        };
        scene.add(Form::rod(at(part), at(part + 1), 0.006), clay);
    }
    let dark = Paint::matt(0.05, 0.03, 0.02).polished(0.05, 0.2);
    scene.block(vector(-1.62, 1.36, 2.965), vector(-0.98, 1.86, 2.995), dark);
    scene.block(
        vector(-1.585, 1.395, 2.955),
        vector(-1.015, 1.825, 2.97),
        Paint::matt(1.0, 1.0, 1.0).with(painting),
    );
}

fn dawn(direction: Vector) -> Vector {
    vector(1.5, 1.15, 0.95).mix(vector(0.55, 0.75, 1.1), step(0.0, 0.6, direction.y)) * 1.1
}

/// What the leaves of a tree before the window leave of the sun, along its rays.
fn leaves(place: Vector) -> f32 {
    let along = (place.x + 4.0) / 0.82;
    let (y, z) = (place.y + 0.30 * along, place.z - 0.47 * along);
    let branch = layers(z * 2.6 + 4.0, y * 2.6, 4, 0.62, 210);
    mix(1.0, 0.16, step(-0.02, 0.16, branch))
}

pub(super) fn sunlit_wall(size: Size, samples: u32) -> Canvas {
    let mut scene = Scene::new(dawn);
    let plastered = Paint::matt(0.66, 0.61, 0.54).with(plaster);
    scene.block(vector(-4.0, -0.5, 3.0), vector(4.0, 3.2, 3.1), plastered);
    let floor = Paint::matt(0.20, 0.12, 0.07).with(wood).polished(0.04, 0.15);
    scene.block(vector(-4.0, -0.1, -3.0), vector(4.0, 0.0, 3.1), floor);
    scene.block(vector(-4.0, 2.9, -3.0), vector(4.0, 3.0, 3.1), Paint::matt(0.6, 0.58, 0.55));
    scene.block(vector(2.4, 0.0, -3.0), vector(2.5, 3.0, 3.1), plastered);
    scene.block(vector(-4.0, 0.0, -3.1), vector(4.0, 3.0, -3.0), plastered);
    side_window(&mut scene, plastered);
    still_life(&mut scene);
    let toward = vector(-0.82, 0.30, -0.47).unit();
    scene.sun = Some(Sun { toward, spread: 0.010, power: vector(15.0, 9.2, 4.6), leaves });
    scene.ambient = vector(0.10, 0.085, 0.075);
    let camera = Camera {
        place: vector(0.30, 1.36, -0.10),
        target: vector(0.30, 1.20, 3.0),
        field: 0.32,
        lens: 0.014,
        focus: 2.75,
    };
    render(&scene, &camera, size, samples)
}

/// A window in the wall to the left, with its cross.
fn side_window(scene: &mut Scene, paint: Paint) {
    let (near, far, low, high) = (0.75, 2.15, 1.42, 2.85);
    let (left, right) = (-1.7, -1.5);
    scene.block(vector(left, 0.0, -3.0), vector(right, 3.0, near), paint);
    scene.block(vector(left, 0.0, far), vector(right, 3.0, 3.1), paint);
    scene.block(vector(left, 0.0, near), vector(right, low, far), paint);
    scene.block(vector(left, high, near), vector(right, 3.0, far), paint);
    let white = Paint::matt(0.7, 0.68, 0.64);
    let middle = 0.5 * (near + far);
    scene.block(vector(-1.64, low, middle - 0.03), vector(-1.58, high, middle + 0.03), white);
    for y in [1.90, 2.38] {
        scene.block(vector(-1.64, y - 0.022, near), vector(-1.58, y + 0.022, far), white);
    }
    scene.portal = Some(Portal {
        corner: vector(-1.62, low, near),
        across: vector(0.0, 0.0, far - near),
        up: vector(0.0, high - low, 0.0),
    });
}

fn still_life(scene: &mut Scene) {
    let oak = Paint::matt(0.26, 0.15, 0.08).with(wood).polished(0.045, 0.12);
    scene.block(vector(-0.75, 0.80, 2.45), vector(1.55, 0.85, 2.98), oak);
    scene.block(vector(-0.70, 0.0, 2.50), vector(1.50, 0.80, 2.98), oak);
    let glaze = Paint::matt(0.16, 0.24, 0.26).polished(0.05, 0.06);
    let foot = vector(0.86, 0.85, 2.72);
    let rings = [
        (0.055, 0.0),
        (0.085, 0.05),
        (0.095, 0.11),
        (0.075, 0.18),
        (0.04, 0.23),
        (0.034, 0.27),
        (0.045, 0.30),
    ];
    for pair in rings.windows(2) {
        let ((low, from), (high, to)) = (pair[0], pair[1]);
        scene.add(
            Form::Shade { foot: foot + vector(0.0, from, 0.0), height: to - from, low, high },
            glaze,
        );
    }
    branches(scene, foot + vector(0.0, 0.28, 0.0));
    let bowl = vector(0.22, 0.85, 2.70);
    let clay = Paint::matt(0.50, 0.44, 0.36).polished(0.03, 0.2);
    scene.add(Form::Shade { foot: bowl, height: 0.075, low: 0.06, high: 0.15 }, clay);
    let fruit = Paint::matt(0.55, 0.20, 0.03).polished(0.04, 0.15);
    for (x, y, z) in
        [(-0.055, 0.075, 0.0), (0.05, 0.072, -0.03), (0.0, 0.078, 0.06), (0.0, 0.135, 0.0)]
    {
        scene.add(Form::Ball { centre: bowl + vector(x, y, z), radius: 0.05 }, fruit);
    }
    let book = Paint::matt(0.30, 0.09, 0.07).polished(0.03, 0.3);
    scene.add(Form::block(vector(-0.42, 0.85, 2.60), vector(-0.16, 0.88, 2.80), 0.2), book);
    scene.add(
        Form::block(vector(-0.40, 0.88, 2.62), vector(-0.18, 0.905, 2.79), -0.12),
        Paint::matt(0.12, 0.18, 0.20),
    );
}

/// Dry branches with seed heads.
fn branches(scene: &mut Scene, root: Vector) {
    let bark = Paint::matt(0.16, 0.10, 0.06);
    let seed = Paint::matt(0.42, 0.30, 0.18);
    for stem in 0..7 {
        let mut random = Random::new(300 + stem);
        let mut at = root;
        let mut way = vector(random.between(-0.35, 0.35), 1.0, random.between(-0.25, 0.12)).unit();
        for part in 0..6 {
            let next = at + way * random.between(0.06, 0.10);
            scene.add(Form::rod(at, next, 0.0042 - 0.0005 * part as f32), bark);
            if part > 2 {
                let side = next
                    + vector(
                        random.between(-0.05, 0.05),
                        random.between(0.01, 0.05),
                        random.between(-0.03, 0.03),
                    );
                scene.add(Form::rod(next, side, 0.0016), bark);
                scene.add(Form::Ball { centre: side, radius: random.between(0.007, 0.013) }, seed);
            }
            at = next;
            way =
                (way + vector(random.between(-0.25, 0.25), 0.0, random.between(-0.15, 0.1))).unit();
        }
    }
}
