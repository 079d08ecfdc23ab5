//! Modes that treat each colour by itself: `B(below, above)` on straight linear values.
//!
//! W3C Compositing and Blending Level 1, section 10.1, where that has a mode; the others as they stand in
//! compositors. Light may be brighter than 1: where a formula means to stop at 1, it stops at what is
//! below, if that is brighter, so that nothing is lost where a layer does nothing.

#![expect(clippy::inline_always, reason = "kernels take the features of the function around them")]

#[inline(always)]
pub(super) const fn normal(_: f32, s: f32) -> f32 {
    s
}

#[inline(always)]
pub(super) fn darken(d: f32, s: f32) -> f32 {
    d.min(s)
}

/// The product; of two values below 0, which light is not, the layer's.
#[inline(always)]
pub(super) fn multiply(d: f32, s: f32) -> f32 {
    if d < 0.0 && s < 0.0 { s } else { d * s }
}

#[inline(always)]
pub(super) fn colour_burn(d: f32, s: f32) -> f32 {
    if d >= 1.0 {
        d
    } else if s <= 0.0 {
        0.0
    } else {
        1.0 - ((1.0 - d) / s).min(1.0)
    }
}

#[inline(always)]
pub(super) fn linear_burn(d: f32, s: f32) -> f32 {
    d + s - 1.0
}

#[inline(always)]
pub(super) fn lighten(d: f32, s: f32) -> f32 {
    d.max(s)
}

#[inline(always)]
pub(super) fn screen(d: f32, s: f32) -> f32 {
    if d > 1.0 || s > 1.0 { d.max(s) } else { d + s - d * s }
}

#[inline(always)]
pub(super) fn colour_dodge(d: f32, s: f32) -> f32 {
    let most = d.max(1.0);
    if d <= 0.0 {
        0.0
    } else if s >= 1.0 {
        most
    } else {
        (d / (1.0 - s)).min(most)
    }
}

#[inline(always)]
pub(super) fn add(d: f32, s: f32) -> f32 {
    d + s
}

#[inline(always)]
pub(super) fn overlay(d: f32, s: f32) -> f32 {
    hard_light(s, d)
}

#[inline(always)]
pub(super) fn soft_light(d: f32, s: f32) -> f32 {
    if s <= 0.5 {
        return d - (1.0 - 2.0 * s) * d * (1.0 - d);
    }
    let root = d.max(0.0).sqrt();
    let lifted = if d <= 0.25 { ((16.0 * d - 12.0) * d + 4.0) * d } else { root };
    d + (2.0 * s - 1.0) * (lifted - d)
}

#[inline(always)]
pub(super) fn hard_light(d: f32, s: f32) -> f32 {
    if s <= 0.5 { 2.0 * d * s } else { screen(d, 2.0 * s - 1.0) }
}

#[inline(always)]
pub(super) fn vivid_light(d: f32, s: f32) -> f32 {
    if s <= 0.5 { colour_burn(d, 2.0 * s) } else { colour_dodge(d, 2.0 * s - 1.0) }
}

#[inline(always)]
pub(super) fn linear_light(d: f32, s: f32) -> f32 {
    d + 2.0 * s - 1.0
}

#[inline(always)]
pub(super) fn pin_light(d: f32, s: f32) -> f32 {
    if s < 0.5 { d.min(2.0 * s) } else { d.max(2.0 * s - 1.0) }
}

#[inline(always)]
pub(super) fn hard_mix(d: f32, s: f32) -> f32 {
    if d + s >= 1.0 { 1.0 } else { 0.0 }
}

#[inline(always)]
pub(super) fn difference(d: f32, s: f32) -> f32 {
    (d - s).abs()
}

#[inline(always)]
pub(super) fn exclusion(d: f32, s: f32) -> f32 {
    d + s - 2.0 * d * s
}

#[inline(always)]
pub(super) fn negation(d: f32, s: f32) -> f32 {
    1.0 - (1.0 - s - d).abs()
}

#[inline(always)]
pub(super) fn subtract(d: f32, s: f32) -> f32 {
    d - s
}

#[inline(always)]
pub(super) fn divide(d: f32, s: f32) -> f32 {
    if s == 0.0 { 0.0 } else { d / s }
}

#[inline(always)]
pub(super) fn average(d: f32, s: f32) -> f32 {
    (d + s) * 0.5
}

/// The harmonic mean, as compositors call it geometric.
#[inline(always)]
pub(super) fn geometric(d: f32, s: f32) -> f32 {
    if d + s == 0.0 { 0.0 } else { 2.0 * d * s / (d + s) }
}

#[inline(always)]
pub(super) fn hypot(d: f32, s: f32) -> f32 {
    let square = d * d + s * s;
    square.sqrt()
}

#[inline(always)]
pub(super) fn reflect(d: f32, s: f32) -> f32 {
    if d >= 1.0 { d } else { (s * s / (1.0 - d)).min(1.0) }
}

#[inline(always)]
pub(super) fn freeze(d: f32, s: f32) -> f32 {
    if d <= 0.0 { 0.0 } else { (1.0 - (1.0 - s).max(0.0).sqrt() / d).max(0.0) }
}

#[inline(always)]
pub(super) fn grain_extract(d: f32, s: f32) -> f32 {
    d - s + 0.5
}

#[inline(always)]
pub(super) fn grain_merge(d: f32, s: f32) -> f32 {
    d + s - 0.5
}
