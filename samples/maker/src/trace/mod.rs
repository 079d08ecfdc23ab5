//! Rooms and streets as solids and lamps, seen along paths of light.

mod form;
mod path;
mod smooth;
mod tree;

pub(crate) use form::{Form, Hit, Ray};
pub(crate) use path::seen;
pub(crate) use smooth::render;
pub(crate) use tree::Tree;

use crate::noise::Random;
use crate::vector::{Vector, vector};

/// What a surface does with light.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    pub(crate) colour: Vector,
    /// A factor on the colour by place.
    pub(crate) pattern: Option<fn(Vector) -> Vector>,
    /// Part mirrored when seen straight on; grazing sees more (Schlick, 1994). 0 is matt.
    pub(crate) gloss: f32,
    /// Spread of what is mirrored.
    pub(crate) rough: f32,
    /// Part of the rest that goes through, spread: cloth, paper.
    pub(crate) thin: f32,
    /// Light of its own, by place through `pattern` too.
    pub(crate) glow: Vector,
    /// What is not mirrored goes straight on: window glass.
    pub(crate) clear: bool,
    /// A lamp shade: stops only the light of lamps within it.
    pub(crate) veil: bool,
}

impl Paint {
    pub(crate) const fn matt(red: f32, green: f32, blue: f32) -> Self {
        Self {
            colour: vector(red, green, blue),
            pattern: None,
            gloss: 0.0,
            rough: 0.3,
            thin: 0.0,
            glow: Vector::ZERO,
            clear: false,
            veil: false,
        }
    }

    pub(crate) const fn polished(self, gloss: f32, rough: f32) -> Self {
        Self { gloss, rough, ..self }
    }

    pub(crate) const fn with(self, pattern: fn(Vector) -> Vector) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    pub(crate) const fn cloth(self, thin: f32) -> Self {
        Self { thin, ..self }
    }

    pub(crate) const fn glowing(red: f32, green: f32, blue: f32) -> Self {
        Self { glow: vector(red, green, blue), ..Self::matt(0.0, 0.0, 0.0) }
    }

    pub(crate) const GLASS: Self =
        Self { gloss: 0.045, rough: 0.0, clear: true, ..Self::matt(1.0, 1.0, 1.0) };
}

/// A solid with its paint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thing {
    pub(crate) form: Form,
    pub(crate) paint: Paint,
}

/// A small ball that shines evenly; not itself seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lamp {
    pub(crate) place: Vector,
    pub(crate) radius: f32,
    /// Radiant intensity.
    pub(crate) power: Vector,
    /// Stopped by shades.
    pub(crate) within: bool,
}

/// The sun: from where, how wide, how much on a surface that faces it; what leaves take of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sun {
    pub(crate) toward: Vector,
    pub(crate) spread: f32,
    pub(crate) power: Vector,
    pub(crate) leaves: fn(Vector) -> f32,
}

/// An opening to the sky: a corner and two sides. Diffuse light from outside comes through it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portal {
    pub(crate) corner: Vector,
    pub(crate) across: Vector,
    pub(crate) up: Vector,
}

/// A place with its light.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) things: Vec<Thing>,
    pub(crate) lamps: Vec<Lamp>,
    pub(crate) sun: Option<Sun>,
    pub(crate) portal: Option<Portal>,
    pub(crate) sky: fn(Vector) -> Vector,
    /// Light from everywhere, for what bounces do not reach.
    pub(crate) ambient: Vector,
    /// Diffuse bounces at most.
    pub(crate) bounces: u32,
}

impl Scene {
    pub(crate) fn new(sky: fn(Vector) -> Vector) -> Self {
        Self {
            things: Vec::new(),
            lamps: Vec::new(),
            sun: None,
            portal: None,
            sky,
            ambient: Vector::ZERO,
            bounces: 2,
        }
    }

    pub(crate) fn add(&mut self, form: Form, paint: Paint) {
        self.things.push(Thing { form, paint });
    }

    /// A box from one corner to the other.
    pub(crate) fn block(&mut self, low: Vector, high: Vector, paint: Paint) {
        self.add(Form::block(low, high, 0.0), paint);
    }
}

/// A camera with a lens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Camera {
    pub(crate) place: Vector,
    pub(crate) target: Vector,
    /// Half the picture's height at distance 1.
    pub(crate) field: f32,
    /// Radius of the lens.
    pub(crate) lens: f32,
    /// Distance that is sharp.
    pub(crate) focus: f32,
}

impl Camera {
    /// The ray through a place of the picture.
    pub(crate) fn ray(&self, x: f32, y: f32, random: &mut Random) -> Ray {
        let forward = (self.target - self.place).unit();
        let right = vector(0.0, 1.0, 0.0).cross(forward).unit();
        let up = forward.cross(right);
        let sharp =
            self.place + (forward + right * (x * self.field) + up * (y * self.field)) * self.focus;
        let (turn, out) = (std::f32::consts::TAU * random.unit(), random.unit().sqrt() * self.lens);
        let origin = self.place + right * (out * turn.cos()) + up * (out * turn.sin());
        Ray { origin, direction: (sharp - origin).unit() }
    }
}
