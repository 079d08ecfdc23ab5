//! Blend modes, on scene-linear light.
//!
//! With premultiplied `s` over `d` of alphas `a` and `b`, and straight colours `S`, `D`:
//! `out = s (1 - b) + d (1 - a) + a b B(D, S)` (W3C Compositing and Blending Level 1, section 5).
//! A mode is a line in the table below and a function, of one value or of a whole colour.

#![expect(clippy::inline_always, reason = "kernels take the features of the function around them")]

mod separable;
mod whole;

/// Declares the modes, their names and what they do, in menu order.
macro_rules! modes {
    ($($(#[$attribute:meta])* $mode:ident $name:literal: $with:ident $module:ident::$mix:ident)+) => {
        /// How a layer's light meets the light below.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum Blend {
            $($(#[$attribute])* $mode),+
        }

        /// The names of the modes, in menu order.
        pub const NAMES: &[&str] = &[$($name),+];

        /// The modes, as [`NAMES`].
        pub const ALL: &[Blend] = &[$(Blend::$mode),+];

        impl Blend {
            #[inline(always)]
            fn mix(self, rows: Rows<'_>) {
                match self {
                    $(Self::$mode => $with(rows, $module::$mix),)+
                }
            }
        }
    };
}

modes! {
    /// The layer hides what is below.
    #[default]
    Normal "normal": each separable::normal
    /// The lesser of each value.
    Darken "darken": each separable::darken
    /// The product.
    Multiply "multiply": each separable::multiply
    /// What is below gets darker and more colourful: `1 - (1 - D) / S`.
    ColourBurn "colour-burn": each separable::colour_burn
    /// The sum less 1.
    LinearBurn "linear-burn": each separable::linear_burn
    /// The colour with less light.
    DarkerColour "darker-colour": all whole::darker_colour
    /// The greater of each value.
    Lighten "lighten": each separable::lighten
    /// The inverse of the product of the inverses; the greater where one is above 1.
    Screen "screen": each separable::screen
    /// What is below gets brighter and more colourful: `D / (1 - S)`.
    ColourDodge "colour-dodge": each separable::colour_dodge
    /// The sum, without a limit.
    Add "add": each separable::add
    /// The colour with more light.
    LighterColour "lighter-colour": all whole::lighter_colour
    /// Hard light with the layers changed over.
    Overlay "overlay": each separable::overlay
    /// A lamp of a soft light: darkens or lightens without black or white.
    SoftLight "soft-light": each separable::soft_light
    /// Product below a half, screen above.
    HardLight "hard-light": each separable::hard_light
    /// Burn below a half, dodge above.
    VividLight "vivid-light": each separable::vivid_light
    /// `D + 2 S - 1`.
    LinearLight "linear-light": each separable::linear_light
    /// Darken below a half, lighten above.
    PinLight "pin-light": each separable::pin_light
    /// 1 where the sum reaches it, else 0.
    HardMix "hard-mix": each separable::hard_mix
    /// How far they are apart.
    Difference "difference": each separable::difference
    /// `D + S - 2 D S`.
    Exclusion "exclusion": each separable::exclusion
    /// `1 - |1 - S - D|`.
    Negation "negation": each separable::negation
    /// What is below, less the layer.
    Subtract "subtract": each separable::subtract
    /// What is below, over the layer.
    Divide "divide": each separable::divide
    /// The hue of the layer, with the saturation and the light of what is below.
    Hue "hue": all whole::hue
    /// The saturation of the layer, with the hue and the light of what is below.
    Saturation "saturation": all whole::saturation
    /// The hue and the saturation of the layer, with the light of what is below.
    Colour "colour": all whole::colour
    /// The light of the layer, with the hue and the saturation of what is below.
    Luminosity "luminosity": all whole::luminosity
    /// The mean.
    Average "average": each separable::average
    /// Twice the product over the sum.
    Geometric "geometric": each separable::geometric
    /// The root of the sum of the squares.
    Hypot "hypot": each separable::hypot
    /// `S S / (1 - D)`.
    Reflect "reflect": each separable::reflect
    /// `1 - sqrt(1 - S) / D`.
    Freeze "freeze": each separable::freeze
    /// The difference about a half: what lies in one picture and not in the other.
    GrainExtract "grain-extract": each separable::grain_extract
    /// Lays on what was extracted.
    GrainMerge "grain-merge": each separable::grain_merge
}

impl Blend {
    /// Its name.
    pub const fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The mode called `name`; normal where there is none.
    pub fn named(name: &str) -> Self {
        NAMES.iter().position(|known| *known == name).map_or(Self::Normal, |index| ALL[index])
    }
}

/// A line of the layer and of what is below it: premultiplied linear red, green, blue and alpha.
struct Rows<'a> {
    above: [&'a [f32]; 4],
    below: [&'a mut [f32]; 4],
    opacity: f32,
}

/// Lays a line of premultiplied linear red, green, blue and alpha, `opacity` of it, over `below`.
pub fn lay(above: [&[f32]; 4], below: [&mut [f32]; 4], opacity: f32, blend: Blend) {
    let rows = Rows { above, below, opacity };
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || match blend {
            Blend::Normal => over(rows),
            blend => blend.mix(rows),
        },
    );
}

/// The same where nothing of what is below is clear: its alpha is left as it is.
pub(crate) fn lay_on_opaque(
    above: [&[f32]; 4],
    below: [&mut [f32]; 4],
    opacity: f32,
    blend: Blend,
) {
    if blend != Blend::Normal {
        return lay(above, below, opacity, blend);
    }
    let ([red, green, blue, _], alpha) = (below, above[3]);
    for (below, above) in [red, green, blue].into_iter().zip(above) {
        signal::wide(
            #[inline(always)]
            || lay_over(below, above, alpha, opacity),
        );
    }
}

/// The layer over what is below: the alpha of which does not count.
#[inline(always)]
fn over(mut rows: Rows<'_>) {
    let (alpha, opacity) = (rows.above[3], rows.opacity);
    for (below, above) in rows.below.iter_mut().zip(rows.above) {
        lay_over(below, above, alpha, opacity);
    }
}

#[inline(always)]
fn lay_over(below: &mut [f32], above: &[f32], alpha: &[f32], opacity: f32) {
    for ((d, s), a) in below.iter_mut().zip(above).zip(alpha) {
        *d = s * opacity + *d * (1.0 - a * opacity);
    }
}

/// A mode that treats each value by itself.
#[inline(always)]
fn each(rows: Rows<'_>, mix: impl Fn(f32, f32) -> f32) {
    let Rows { above: [red, green, blue, alpha], below, opacity } = rows;
    let [below_red, below_green, below_blue, below_alpha] = below;
    for (above, below) in [(red, below_red), (green, below_green), (blue, below_blue)] {
        for (((d, s), a), b) in below.iter_mut().zip(above).zip(alpha).zip(&*below_alpha) {
            let (s, a) = (s * opacity, a * opacity);
            let mixed = mix(straight(*d, *b), straight(s, a));
            *d = met((*d, *b), (s, a), mixed);
        }
    }
    cover(below_alpha, alpha, opacity);
}

/// A mode that treats a colour as a whole.
#[inline(always)]
fn all(rows: Rows<'_>, mix: impl Fn([f32; 3], [f32; 3]) -> [f32; 3]) {
    let Rows { above: [red, green, blue, alpha], below, opacity } = rows;
    let [below_red, below_green, below_blue, below_alpha] = below;
    let colours = red.iter().zip(green).zip(blue).zip(alpha);
    let belows = below_red.iter_mut().zip(below_green).zip(below_blue).zip(&*below_alpha);
    for ((((s_red, s_green), s_blue), a), (((d_red, d_green), d_blue), b)) in colours.zip(belows) {
        let (s, a) = ([s_red, s_green, s_blue].map(|value| value * opacity), a * opacity);
        let d = [*d_red, *d_green, *d_blue];
        let mixed = mix(d.map(|d| straight(d, *b)), s.map(|s| straight(s, a)));
        for (index, out) in [d_red, d_green, d_blue].into_iter().enumerate() {
            *out = met((d[index], *b), (s[index], a), mixed[index]);
        }
    }
    cover(below_alpha, alpha, opacity);
}

/// A value as if it were opaque.
#[inline(always)]
fn straight(value: f32, alpha: f32) -> f32 {
    if alpha > 0.0 { value / alpha } else { 0.0 }
}

/// One premultiplied value with its alpha over another, where they mix to `mixed`.
#[inline(always)]
fn met((d, b): (f32, f32), (s, a): (f32, f32), mixed: f32) -> f32 {
    s * (1.0 - b) + d * (1.0 - a) + a * b * mixed
}

#[inline(always)]
fn cover(below: &mut [f32], above: &[f32], opacity: f32) {
    for (b, a) in below.iter_mut().zip(above) {
        *b = a * opacity + *b * (1.0 - a * opacity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(d: [f32; 4], s: [f32; 4], blend: Blend) -> [f32; 4] {
        let (above, mut below) = (s.map(|value| [value]), d.map(|value| [value]));
        let slices = below.each_mut().map(|value| &mut value[..]);
        lay(above.each_ref().map(|value| &value[..]), slices, 1.0, blend);
        below.map(|value| value[0])
    }

    #[test]
    fn every_mode_has_a_name_and_leaves_what_a_clear_layer_covers() {
        assert_eq!(NAMES.len(), ALL.len());
        for (name, blend) in NAMES.iter().zip(ALL) {
            assert_eq!(Blend::named(name), *blend);
            assert_eq!(over([0.3, 0.2, 0.1, 1.0], [0.0; 4], *blend), [0.3, 0.2, 0.1, 1.0]);
            assert_eq!(over([0.0; 4], [0.3, 0.2, 0.1, 0.5], *blend), [0.3, 0.2, 0.1, 0.5]);
        }
    }

    #[test]
    fn modes_are_their_formulas_on_opaque_colours() {
        let at = |blend| over([0.25, 0.75, 2.0, 1.0], [0.5, 0.5, 0.5, 1.0], blend);
        assert_eq!(at(Blend::Add), [0.75, 1.25, 2.5, 1.0]);
        assert_eq!(at(Blend::Multiply), [0.125, 0.375, 1.0, 1.0]);
        assert_eq!(at(Blend::Screen), [0.625, 0.875, 2.0, 1.0]);
        assert_eq!(at(Blend::Overlay), [0.25, 0.75, 3.0, 1.0]);
        assert_eq!(at(Blend::Difference), [0.25, 0.25, 1.5, 1.0]);
    }

    #[test]
    fn light_without_alpha_is_added() {
        let flare = over([0.25, 0.25, 0.25, 1.0], [0.5, 0.0, 0.0, 0.0], Blend::Normal);
        assert_eq!(flare, [0.75, 0.25, 0.25, 1.0]);
    }

    #[test]
    fn what_does_nothing_leaves_light_that_is_brighter_than_white() {
        let bright = [4.0, 2.0, 0.5, 1.0];
        for (blend, layer) in [
            (Blend::ColourDodge, 0.0),
            (Blend::ColourBurn, 1.0),
            (Blend::Multiply, 1.0),
            (Blend::Screen, 0.0),
            (Blend::Divide, 1.0),
            (Blend::Exclusion, 0.0),
        ] {
            assert_eq!(over(bright, [layer, layer, layer, 1.0], blend), bright, "{blend:?}");
        }
        for blend in [Blend::Hue, Blend::Saturation, Blend::Colour, Blend::Luminosity] {
            let same = over(bright, bright, blend);
            let apart = same.iter().zip(bright).map(|(a, b)| (a - b).abs());
            assert!(apart.fold(0.0, f32::max) < 1e-5, "{blend:?}: {same:?}");
        }
    }
}
