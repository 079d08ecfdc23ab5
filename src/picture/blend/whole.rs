//! Modes that treat a colour as a whole: hue, saturation and light are taken from one layer or the other.
//!
//! W3C Compositing and Blending Level 1, section 10.2, but that light is weighed as BT.709 weighs it (0.2126,
//! 0.7152, 0.0722), for values here are linear, and that colours are clipped at the brightest value below,
//! where that is above 1.

#![expect(clippy::inline_always, reason = "kernels take the features of the function around them")]

/// Red, green and blue.
type Rgb = [f32; 3];

#[inline(always)]
fn light([red, green, blue]: Rgb) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[inline(always)]
fn most([red, green, blue]: Rgb) -> f32 {
    red.max(green).max(blue)
}

#[inline(always)]
fn least([red, green, blue]: Rgb) -> f32 {
    red.min(green).min(blue)
}

/// How far a colour's greatest value is from its least.
#[inline(always)]
fn chroma(colour: Rgb) -> f32 {
    most(colour) - least(colour)
}

/// A colour with another light, brought between 0 and `ceiling` without a change of that.
#[inline(always)]
fn with_light(colour: Rgb, wanted: f32, ceiling: f32) -> Rgb {
    let by = wanted - light(colour);
    let moved = colour.map(|value| value + by);
    let (low, high) = (least(moved), most(moved));
    let below = if low < 0.0 { wanted / (wanted - low) } else { 1.0 };
    let above = if high > ceiling { (ceiling - wanted) / (high - wanted) } else { 1.0 };
    let part = below.min(above).max(0.0);
    moved.map(|value| wanted + (value - wanted) * part)
}

/// A colour with another chroma, its least value 0.
#[inline(always)]
fn with_chroma(colour: Rgb, wanted: f32) -> Rgb {
    let (low, range) = (least(colour), chroma(colour));
    let scale = if range > 0.0 { wanted / range } else { 0.0 };
    colour.map(|value| (value - low) * scale)
}

/// The brightest that a colour over `d` may be.
#[inline(always)]
fn ceiling(d: Rgb) -> f32 {
    most(d).max(1.0)
}

#[inline(always)]
pub(super) fn darker_colour(d: Rgb, s: Rgb) -> Rgb {
    if light(s) < light(d) { s } else { d }
}

#[inline(always)]
pub(super) fn lighter_colour(d: Rgb, s: Rgb) -> Rgb {
    if light(s) > light(d) { s } else { d }
}

#[inline(always)]
pub(super) fn hue(d: Rgb, s: Rgb) -> Rgb {
    with_light(with_chroma(s, chroma(d)), light(d), ceiling(d))
}

#[inline(always)]
pub(super) fn saturation(d: Rgb, s: Rgb) -> Rgb {
    with_light(with_chroma(d, chroma(s)), light(d), ceiling(d))
}

#[inline(always)]
pub(super) fn colour(d: Rgb, s: Rgb) -> Rgb {
    with_light(s, light(d), ceiling(d))
}

#[inline(always)]
pub(super) fn luminosity(d: Rgb, s: Rgb) -> Rgb {
    with_light(d, light(s), ceiling(d).max(light(s)))
}
