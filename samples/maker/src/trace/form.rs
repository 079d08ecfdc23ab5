//! Solids and where a ray meets them.

use crate::vector::{Vector, vector};

/// A ray; its direction is a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) origin: Vector,
    pub(crate) direction: Vector,
}

impl Ray {
    pub(crate) fn at(&self, distance: f32) -> Vector {
        self.origin + self.direction * distance
    }
}

/// Where a ray meets a solid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) distance: f32,
    pub(crate) normal: Vector,
}

/// A solid.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// A box about a centre, turned about the vertical (cosine, sine).
    Block {
        centre: Vector,
        half: Vector,
        turn: (f32, f32),
    },
    Ball {
        centre: Vector,
        radius: f32,
    },
    /// A rod with round ends.
    Rod {
        from: Vector,
        along: Vector,
        radius: f32,
    },
    /// The side of an upright cone or cylinder without ends: radius below and above.
    Shade {
        foot: Vector,
        height: f32,
        low: f32,
        high: f32,
    },
    /// A flat round plate.
    Plate {
        centre: Vector,
        radius: f32,
    },
}

const NEAR: f32 = 1e-4;

impl Form {
    /// A box from `low` to `high`, turned by `angle` about its upright axis.
    pub(crate) fn block(low: Vector, high: Vector, angle: f32) -> Self {
        let half = (high - low) * 0.5;
        Self::Block { centre: low + half, half, turn: (angle.cos(), angle.sin()) }
    }

    /// A rod between two points.
    pub(crate) fn rod(from: Vector, to: Vector, radius: f32) -> Self {
        Self::Rod { from, along: to - from, radius }
    }

    /// The nearest meeting before `limit`.
    pub(crate) fn meet(&self, ray: &Ray, limit: f32) -> Option<Hit> {
        let hit = match *self {
            Self::Block { centre, half, turn } => block(ray, centre, half, turn),
            Self::Ball { centre, radius } => ball(ray, centre, radius),
            Self::Rod { from, along, radius } => rod(ray, from, along, radius),
            Self::Shade { foot, height, low, high } => shade(ray, foot, height, low, high),
            Self::Plate { centre, radius } => plate(ray, centre, radius),
        };
        hit.filter(|hit| hit.distance < limit)
    }
}

fn block(ray: &Ray, centre: Vector, half: Vector, (cos, sin): (f32, f32)) -> Option<Hit> {
    let turned = |v: Vector| vector(cos * v.x - sin * v.z, v.y, sin * v.x + cos * v.z);
    let back = |v: Vector| vector(cos * v.x + sin * v.z, v.y, cos * v.z - sin * v.x);
    let (origin, way) = (turned(ray.origin - centre), turned(ray.direction));
    let (mut near, mut far) = (f32::NEG_INFINITY, f32::INFINITY);
    let (mut normal, mut exit) = (Vector::ZERO, Vector::ZERO);
    let sides = [
        (origin.x, way.x, half.x, vector(1.0, 0.0, 0.0)),
        (origin.y, way.y, half.y, vector(0.0, 1.0, 0.0)),
        (origin.z, way.z, half.z, vector(0.0, 0.0, 1.0)),
    ];
    for (start, speed, half, axis) in sides {
        let inverse = 1.0 / if speed.abs() < 1e-9 { 1e-9 } else { speed };
        let (first, last) = (
            (-half * inverse.signum() - start) * inverse,
            (half * inverse.signum() - start) * inverse,
        );
        if first > near {
            (near, normal) = (first, axis * -inverse.signum());
        }
        if last < far {
            (far, exit) = (last, axis * inverse.signum());
        }
    }
    if near > far || far < NEAR {
        return None;
    }
    if near > NEAR {
        Some(Hit { distance: near, normal: back(normal) })
    } else {
        Some(Hit { distance: far, normal: back(exit) })
    }
}

fn ball(ray: &Ray, centre: Vector, radius: f32) -> Option<Hit> {
    let to = ray.origin - centre;
    let b = to.dot(ray.direction);
    let inside = b * b - (to.dot(to) - radius * radius);
    if inside < 0.0 {
        return None;
    }
    let root = inside.sqrt();
    let distance = if -b - root > NEAR { -b - root } else { -b + root };
    let normal = (ray.at(distance) - centre) * (1.0 / radius);
    (distance > NEAR).then_some(Hit { distance, normal })
}

fn rod(ray: &Ray, from: Vector, along: Vector, radius: f32) -> Option<Hit> {
    let to = ray.origin - from;
    let (aa, ad, ao) = (along.dot(along), along.dot(ray.direction), along.dot(to));
    let (od, oo) = (to.dot(ray.direction), to.dot(to));
    let a = aa - ad * ad;
    let b = aa * od - ao * ad;
    let c = aa * oo - ao * ao - radius * radius * aa;
    let inside = b * b - a * c;
    if inside >= 0.0 && a > 1e-9 {
        let distance = (-b - inside.sqrt()) / a;
        let share = ao + distance * ad;
        if share > 0.0 && share < aa && distance > NEAR {
            let normal = (ray.at(distance) - from - along * (share / aa)) * (1.0 / radius);
            return Some(Hit { distance, normal });
        }
    }
    let ends = [ball(ray, from, radius), ball(ray, from + along, radius)];
    ends.into_iter().flatten().min_by(|a, b| a.distance.total_cmp(&b.distance))
}

fn shade(ray: &Ray, foot: Vector, height: f32, low: f32, high: f32) -> Option<Hit> {
    let to = ray.origin - foot;
    let slope = (high - low) / height;
    let (start, growth) = (low + slope * to.y, slope * ray.direction.y);
    let way = ray.direction;
    let a = way.x * way.x + way.z * way.z - growth * growth;
    let b = to.x * way.x + to.z * way.z - start * growth;
    let c = to.x * to.x + to.z * to.z - start * start;
    let inside = b * b - a * c;
    if inside < 0.0 || a.abs() < 1e-9 {
        return None;
    }
    let roots = [(-b - inside.sqrt()) / a, (-b + inside.sqrt()) / a];
    let fits = |distance: &f32| {
        let rise = to.y + distance * way.y;
        *distance > NEAR && rise > 0.0 && rise < height && low + slope * rise > 0.0
    };
    let distance = roots.into_iter().filter(fits).min_by(f32::total_cmp)?;
    let at = ray.at(distance) - foot;
    let normal = vector(at.x, -slope * (low + slope * at.y), at.z).unit();
    Some(Hit { distance, normal })
}

fn plate(ray: &Ray, centre: Vector, radius: f32) -> Option<Hit> {
    let distance = (centre.y - ray.origin.y) / ray.direction.y;
    let away = ray.at(distance) - centre;
    let hit = distance > NEAR && away.x * away.x + away.z * away.z < radius * radius;
    hit.then_some(Hit { distance, normal: vector(0.0, 1.0, 0.0) })
}
