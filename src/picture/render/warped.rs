//! Placement in perspective: every pixel from the 36 source pixels about its place, or from more places where the
//! picture gets smaller there.

use super::composite::Placed;
use super::geometry::Geometry;
use super::homography::{Homography, Spot};
use super::line::Line;
use super::lit::{Lit, Lits, Pixel};
use super::turned::sample;
use std::sync::Arc;

/// The most places of a pixel along an axis.
const PLACES: f64 = 8.0;

/// A picture that is ready to be seen in perspective.
#[derive(Debug)]
pub(super) struct Warped {
    lit: Arc<Lit>,
    way: Homography,
    window: [f64; 4],
    /// Pixels of the light in one of the source.
    factors: [f64; 2],
    has_alpha: bool,
}

impl Warped {
    pub(super) fn new(
        (geometry, way): (&Geometry, Homography),
        placed: &Placed,
        lits: &Lits,
        shared: bool,
    ) -> Self {
        let Placed { image, grade, .. } = placed;
        let size = [image.width, image.height];
        let side = |from: usize| {
            let (one, other) = (way.corners[from], way.corners[(from + 1) % 4]);
            (one[0] - other[0]).hypot(one[1] - other[1])
        };
        let longest = [side(0).max(side(2)), side(1).max(side(3))];
        let target = [0, 1].map(|axis| size[axis].min(longest[axis].ceil().max(1.0) as u32));
        let factors = [0, 1].map(|axis| f64::from(target[axis]) / f64::from(size[axis]));
        let lit = lits.of((image, grade), target, shared);
        Self { lit, way, window: geometry.window, factors, has_alpha: image.format.alpha }
    }

    /// Line `y` of the frame.
    pub(super) fn line(&self, y: usize, width: usize, out: &mut Line) {
        out.set_length(width);
        let mut parts = vec![0.0; width];
        let [red, green, blue, alpha] = out.shown_mut();
        for (x, part) in parts.iter_mut().enumerate() {
            let spot = self.way.at(x as f64 + 0.5, y as f64 + 0.5);
            *part = spot.map_or(0.0, |spot| {
                spot.within(self.window)
                    .iter()
                    .map(|it| (it + 0.5).clamp(0.0, 1.0))
                    .product::<f64>()
            }) as f32;
            let seen = spot.filter(|_| *part > 0.0);
            [red[x], green[x], blue[x], alpha[x]] =
                seen.map_or([0.0; 4], |spot| self.pixel([x, y], &spot));
        }
        if self.has_alpha {
            out.hold_alpha();
        }
        for channel in out.shown_mut() {
            channel.iter_mut().zip(&parts).for_each(|(value, part)| *value *= part);
        }
    }

    fn pixel(&self, [x, y]: [usize; 2], spot: &Spot) -> Pixel {
        let count = (spot.stretch() * self.factors[0].max(self.factors[1])).ceil();
        let count = count.clamp(1.0, PLACES) as usize;
        let mut sum = [0.0; 4];
        for place in 0..count * count {
            let at = |index: usize| (index as f64 + 0.5) / count as f64;
            let place = [x as f64 + at(place % count), y as f64 + at(place / count)];
            let Some(spot) = self.way.at(place[0], place[1]) else { continue };
            let [u, v] = [0, 1].map(|axis| spot.place[axis] * self.factors[axis]);
            let pixel = sample(&self.lit, self.bounds(), u, v);
            sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += value);
        }
        sum.map(|value| value / (count * count) as f32)
    }

    /// What is left of the source, in pixels of the light.
    fn bounds(&self) -> [f64; 4] {
        std::array::from_fn(|side| self.window[side] * self.factors[side % 2])
    }
}
