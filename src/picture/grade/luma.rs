//! Luma, and how far colours are from it.

use signal::wide;

/// BT.709's weights of red, green and blue in luma (ITU-R BT.709-6, 3.2; ASC CDL v1.2 names the same).
const WEIGHTS: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// The luma of a pixel.
#[inline(always)]
pub(super) fn luma([red, green, blue]: [f32; 3]) -> f32 {
    WEIGHTS[0] * red + WEIGHTS[1] * green + WEIGHTS[2] * blue
}

/// Brings every pixel's colours `by` as far from its luma (ASC CDL v1.2, saturation); 1 changes nothing.
pub(crate) fn saturate([red, green, blue]: [&mut [f32]; 3], by: f32) {
    if by == 1.0 {
        return;
    }
    wide(
        #[inline(always)]
        move || {
            for ((red, green), blue) in red.iter_mut().zip(green.iter_mut()).zip(blue.iter_mut()) {
                let luma = luma([*red, *green, *blue]);
                for value in [red, green, blue] {
                    *value = luma + by * (*value - luma);
                }
            }
        },
    );
}
