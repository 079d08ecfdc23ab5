//! Keys: alpha from every pixel's colour, on top of the alpha that is there.

use crate::canvas::Canvas;

/// How much of a colour stays.
pub(super) trait Alpha: Sync {
    /// From 0, clear, to 1.
    fn alpha(&self, colour: [f32; 3]) -> f32;
}

/// A display-coded picture with what a key leaves of it.
pub(super) fn keyed(mut picture: Canvas, key: &dyn Alpha) -> Canvas {
    picture.bands(|_, [red, green, blue, alpha]| {
        let pixels = red.iter_mut().zip(green).zip(blue).zip(alpha);
        for (((red, green), blue), alpha) in pixels {
            let part = key.alpha([*red, *green, *blue]);
            leave(part, [red, green, blue], alpha);
        }
    });
    picture
}

/// Leaves a part of a display-coded pixel. One that becomes clear has no light any more: colour without alpha would be
/// light that adds.
pub(super) fn leave(part: f32, colour: [&mut f32; 3], alpha: &mut f32) {
    let was_seen = *alpha > 0.0;
    *alpha *= part;
    if part <= 0.0 || (was_seen && *alpha <= 0.0) {
        colour.into_iter().for_each(|value| *value = 0.0);
    }
}

/// A picture with every pixel's colour as `change` makes it.
pub(super) fn recoloured(
    mut picture: Canvas,
    change: impl Fn([f32; 3]) -> [f32; 3] + Sync,
) -> Canvas {
    picture.bands(|_, [red, green, blue, _]| {
        for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
            [*red, *green, *blue] = change([*red, *green, *blue]);
        }
    });
    picture
}
