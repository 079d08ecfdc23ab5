//! Chroma: the two differences of a pixel, and the colours that they are.

use super::signal::luma;

/// BT.709's Cb and Cr of a pixel, -0.5 to 0.5 (ITU-R BT.709-6, 3.3).
#[inline(always)]
pub(super) fn chroma(pixel: [f32; 3]) -> [f32; 2] {
    let luma = luma(pixel);
    [(pixel[2] - luma) / 1.8556, (pixel[0] - luma) / 1.5748]
}

/// Red, green and blue of a luma and two differences.
pub(super) fn colour(luma: f32, [cb, cr]: [f32; 2]) -> [f32; 3] {
    let (red, blue) = (luma + 1.5748 * cr, luma + 1.8556 * cb);
    let green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152;
    [red, green, blue]
}
