//! Light along a path: what a ray sees (path tracing with lamps sampled directly; Kajiya, 1986).

use super::{Ray, Scene, Tree};
use crate::noise::Random;
use crate::vector::{Vector, vector};
use std::f32::consts::{PI, TAU};

/// What a ray sees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) light: Vector,
    /// The first matt surface's own colour.
    pub(crate) colour: Vector,
    pub(crate) normal: Vector,
    pub(crate) distance: f32,
}

/// The strongest light of one path: what is above would be a lone bright dot.
const MOST: f32 = 12.0;

/// What `ray` sees in `scene`.
pub(crate) fn seen(scene: &Scene, tree: &Tree, ray: Ray, random: &mut Random) -> Seen {
    let mut first: Option<Seen> = None;
    let (mut ray, mut through, mut light) = (ray, Vector::grey(1.0), Vector::ZERO);
    let (mut direct, mut diffuse) = (true, 0);
    for _ in 0..12 {
        let Some((hit, thing)) = tree.nearest(&ray, f32::INFINITY, false, |_| true) else {
            if direct {
                light += through.times((scene.sky)(ray.direction)).map(|v| v.min(MOST * 3.0));
            }
            break;
        };
        let (place, paint) = (ray.at(hit.distance), &thing.paint);
        let facing = hit.normal.dot(ray.direction);
        let mut normal = if facing < 0.0 { hit.normal } else { -hit.normal };
        let pattern = paint.pattern.map_or(Vector::grey(1.0), |pattern| pattern(place));
        let colour = paint.colour.times(pattern);
        if direct && paint.glow != Vector::ZERO {
            light += through.times(paint.glow.times(pattern));
            break;
        }
        let mirrored = paint.gloss + (1.0 - paint.gloss) * (1.0 - facing.abs()).powi(5);
        if paint.clear {
            if direct {
                let back =
                    Ray { origin: place + normal * 2e-3, direction: ray.direction.reflect(normal) };
                light += through.times(glimpse(scene, tree, back, random)) * mirrored;
            }
            through = through * (1.0 - mirrored);
            ray.origin = place - normal * 2e-3;
            continue;
        }
        if paint.gloss > 0.0 && direct {
            let spread = ball_point(random) * paint.rough;
            let direction = (ray.direction.reflect(normal) + spread).unit();
            let back = Ray { origin: place + normal * 1e-3, direction };
            let seen = glimpse(scene, tree, back, random).map(|value| value.min(MOST));
            light += through.times(seen) * mirrored;
            through = through * (1.0 - mirrored);
        }
        if diffuse == 0 && first.is_none() {
            first = Some(Seen { light: Vector::ZERO, colour, normal, distance: hit.distance });
        }
        through = through.times(colour);
        if paint.thin > 0.0 && random.unit() < paint.thin {
            normal = -normal;
        }
        let origin = place + normal * 1e-3;
        let gain = through.times(lamps(scene, tree, origin, normal, random));
        light += gain.map(|value| value.min(MOST));
        diffuse += 1;
        if diffuse > scene.bounces {
            break;
        }
        ray = Ray { origin, direction: (normal + ball_point(random).unit() * 0.999).unit() };
        direct = false;
    }
    match first {
        Some(surface) => Seen { light, ..surface },
        None => Seen {
            light,
            colour: Vector::grey(1.0),
            normal: vector(0.0, 0.0, -1.0),
            distance: 1000.0,
        },
    }
}

/// What a pane of glass mirrors: one surface, its direct light.
fn glimpse(scene: &Scene, tree: &Tree, ray: Ray, random: &mut Random) -> Vector {
    let Some((hit, thing)) = tree.nearest(&ray, f32::INFINITY, false, |thing| !thing.paint.clear)
    else {
        return (scene.sky)(ray.direction);
    };
    let place = ray.at(hit.distance);
    let normal = if hit.normal.dot(ray.direction) < 0.0 { hit.normal } else { -hit.normal };
    let pattern = thing.paint.pattern.map_or(Vector::grey(1.0), |pattern| pattern(place));
    let lit = lamps(scene, tree, place + normal * 1e-3, normal, random);
    (thing.paint.colour.times(lit) + thing.paint.glow).times(pattern)
}

/// Whether nothing lies between: glass does not count, nor do shades unless the light is within.
fn open(tree: &Tree, origin: Vector, direction: Vector, limit: f32, within: bool) -> bool {
    let ray = Ray { origin, direction };
    tree.nearest(&ray, limit, true, |thing| !thing.paint.clear && (within || !thing.paint.veil))
        .is_none()
}

/// Light of the lamps, the sun and the window on a surface, over pi.
fn lamps(
    scene: &Scene,
    tree: &Tree,
    origin: Vector,
    normal: Vector,
    random: &mut Random,
) -> Vector {
    let mut sum = scene.ambient;
    for lamp in &scene.lamps {
        let to = lamp.place + ball_point(random) * lamp.radius - origin;
        let far = to.length();
        let direction = to * (1.0 / far);
        let cosine = normal.dot(direction);
        if cosine > 0.0 && open(tree, origin, direction, far - 2e-3, lamp.within) {
            sum += lamp.power * (cosine / (far * far).max(0.002));
        }
    }
    if let Some(sun) = scene.sun {
        let direction = (sun.toward + ball_point(random) * sun.spread).unit();
        let cosine = normal.dot(direction);
        if cosine > 0.0 && open(tree, origin, direction, f32::INFINITY, true) {
            sum += sun.power * (cosine * (sun.leaves)(origin));
        }
    }
    if let Some(portal) = scene.portal {
        let point = portal.corner + portal.across * random.unit() + portal.up * random.unit();
        let to = point - origin;
        let far = to.length();
        let direction = to * (1.0 / far);
        let side = portal.across.cross(portal.up);
        let facing = (side.dot(direction)).abs();
        let cosine = normal.dot(direction);
        if cosine > 0.0 && open(tree, origin, direction, f32::INFINITY, true) {
            sum += (scene.sky)(direction) * (cosine * facing / (far * far).max(0.02));
        }
    }
    sum * (1.0 / PI)
}

/// An even spread over a ball's surface.
fn ball_point(random: &mut Random) -> Vector {
    let (rise, turn) = (random.between(-1.0, 1.0), TAU * random.unit());
    let out = (1.0 - rise * rise).max(0.0).sqrt();
    vector(out * turn.cos(), rise, out * turn.sin())
}
