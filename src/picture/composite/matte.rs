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
        let colours = red.iter().zip(green.iter()).zip(blue.iter());
        for (alpha, ((red, green), blue)) in alpha.iter_mut().zip(colours) {
            *alpha *= key.alpha([*red, *green, *blue]);
        }
    });
    picture
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
