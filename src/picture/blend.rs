//! Blend modes, on scene-linear light.
//!
//! With premultiplied `s` over `d` of alphas `a` and `b`, and straight colours `S`, `D`:
//! `out = s (1 - b) + d (1 - a) + a b B(D, S)` (W3C Compositing and Blending Level 1, section 5).

#![expect(clippy::inline_always, reason = "kernels take the features of the function around them")]

/// How a layer's light meets the light below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Blend {
    /// The layer hides what is below.
    #[default]
    Normal,
    /// The sum, without a limit.
    Add,
    /// The product.
    Multiply,
    /// The inverse of the product of the inverses; the greater where one is above 1.
    Screen,
    /// Hard light with the layers changed over.
    Overlay,
    /// The lesser of each colour.
    Darken,
    /// The greater of each colour.
    Lighten,
    /// How far they are apart.
    Difference,
    /// What is below, less the layer.
    Subtract,
}

/// The names of the modes, in menu order.
pub const NAMES: &[&str] = &[
    "normal",
    "add",
    "multiply",
    "screen",
    "overlay",
    "darken",
    "lighten",
    "difference",
    "subtract",
];

/// The modes, as [`NAMES`].
pub const ALL: [Blend; 9] = [
    Blend::Normal,
    Blend::Add,
    Blend::Multiply,
    Blend::Screen,
    Blend::Overlay,
    Blend::Darken,
    Blend::Lighten,
    Blend::Difference,
    Blend::Subtract,
];

impl Blend {
    /// The mode called `name`; normal where there is none.
    pub fn named(name: &str) -> Self {
        NAMES.iter().position(|known| *known == name).map_or(Self::Normal, |index| ALL[index])
    }

    /// `B(below, above)` on one straight linear value of each.
    #[inline(always)]
    fn mix(self, d: f32, s: f32) -> f32 {
        match self {
            Self::Normal => s,
            Self::Add => d + s,
            Self::Multiply => d * s,
            Self::Screen => screen(d, s),
            Self::Overlay if d <= 0.5 => 2.0 * d * s,
            Self::Overlay => screen(2.0 * d - 1.0, s),
            Self::Darken => d.min(s),
            Self::Lighten => d.max(s),
            Self::Difference => (d - s).abs(),
            Self::Subtract => d - s,
        }
    }
}

#[inline(always)]
fn screen(d: f32, s: f32) -> f32 {
    if d > 1.0 || s > 1.0 { d.max(s) } else { d + s - d * s }
}

/// Lays a line of premultiplied linear red, green, blue and alpha, `opacity` of it, over `below`.
pub fn lay(above: [&[f32]; 4], below: [&mut [f32]; 4], opacity: f32, blend: Blend) {
    let ([red, green, blue, alpha], [below_red, below_green, below_blue, below_alpha]) =
        (above, below);
    pulp::Arch::new().dispatch(|| {
        for (above, below) in [(red, below_red), (green, below_green), (blue, below_blue)] {
            let values = below.iter_mut().zip(above).zip(alpha).zip(&*below_alpha);
            if blend == Blend::Normal {
                for (((d, s), a), _) in values {
                    *d = s * opacity + *d * (1.0 - a * opacity);
                }
            } else {
                for (((d, s), a), b) in values {
                    *d = blended((*d, *b), (s * opacity, a * opacity), blend);
                }
            }
        }
        for (b, a) in below_alpha.iter_mut().zip(alpha) {
            *b = a * opacity + *b * (1.0 - a * opacity);
        }
    });
}

/// One premultiplied value with its alpha over another.
#[inline(always)]
fn blended((d, b): (f32, f32), (s, a): (f32, f32), blend: Blend) -> f32 {
    let straight = |value: f32, alpha: f32| if alpha > 0.0 { value / alpha } else { 0.0 };
    s * (1.0 - b) + d * (1.0 - a) + a * b * blend.mix(straight(d, b), straight(s, a))
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
            assert_eq!(Blend::named(name), blend);
            assert_eq!(over([0.3, 0.2, 0.1, 1.0], [0.0; 4], blend), [0.3, 0.2, 0.1, 1.0]);
            assert_eq!(over([0.0; 4], [0.3, 0.2, 0.1, 0.5], blend), [0.3, 0.2, 0.1, 0.5]);
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
}
