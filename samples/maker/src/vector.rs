//! Three numbers: a point, a direction, or light in linear red, green and blue.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// Three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Vector {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) z: f32,
}

/// The vector of three numbers.
pub(crate) const fn vector(x: f32, y: f32, z: f32) -> Vector {
    Vector { x, y, z }
}

impl Vector {
    pub(crate) const ZERO: Self = vector(0.0, 0.0, 0.0);

    /// The same number three times.
    pub(crate) const fn grey(value: f32) -> Self {
        vector(value, value, value)
    }

    pub(crate) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub(crate) fn cross(self, other: Self) -> Self {
        vector(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    pub(crate) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub(crate) fn unit(self) -> Self {
        self * (1.0 / self.length().max(1e-20))
    }

    /// Component by component.
    pub(crate) fn times(self, other: Self) -> Self {
        vector(self.x * other.x, self.y * other.y, self.z * other.z)
    }

    /// From this to `other` as `amount` goes from 0 to 1.
    pub(crate) fn mix(self, other: Self, amount: f32) -> Self {
        self + (other - self) * amount
    }

    /// Each component through `change`.
    pub(crate) fn map(self, change: impl Fn(f32) -> f32) -> Self {
        vector(change(self.x), change(self.y), change(self.z))
    }

    /// BT.709 luminance.
    pub(crate) fn luminance(self) -> f32 {
        self.dot(vector(0.2126, 0.7152, 0.0722))
    }

    pub(crate) fn greatest(self) -> f32 {
        self.x.max(self.y).max(self.z)
    }

    /// Mirrored at a surface with this normal.
    pub(crate) fn reflect(self, normal: Self) -> Self {
        self - normal * (2.0 * self.dot(normal))
    }
}

impl Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        vector(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl AddAssign for Vector {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Vector {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        vector(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Mul<f32> for Vector {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        vector(self.x * factor, self.y * factor, self.z * factor)
    }
}

impl Neg for Vector {
    type Output = Self;
    fn neg(self) -> Self {
        self * -1.0
    }
}

/// 0 below `from`, 1 above `to`, smooth between.
pub(crate) fn step(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// From `a` to `b` as `amount` goes from 0 to 1.
pub(crate) fn mix(a: f32, b: f32, amount: f32) -> f32 {
    a + (b - a) * amount
}
