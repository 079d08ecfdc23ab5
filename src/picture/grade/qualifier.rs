//! What is of one hue, so colourful and so bright: a matte from 0 to 1 with soft edges.

use super::hsy::hsy;
use signal::wide;

/// Which colours are meant: soft trapezoids on hue, saturation and luma of display-coded values (see [`super::hsy`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Qualifier {
    /// The hue in the middle, 0 to 1.
    pub hue: f32,
    /// How wide the hues are that are wholly meant, and how far their edge goes on beyond.
    pub hue_width: [f32; 2],
    /// The least and the most saturation that are wholly meant, and how far their edges go on.
    pub saturation: [f32; 3],
    /// The same of luma.
    pub luma: [f32; 3],
}

impl Qualifier {
    /// How much each pixel is meant.
    pub fn matte(&self, [red, green, blue]: [&[f32]; 3], matte: &mut [f32]) {
        let own = *self;
        wide(
            #[inline(always)]
            move || {
                let pixels = red.iter().zip(green).zip(blue);
                for (matte, ((red, green), blue)) in matte.iter_mut().zip(pixels) {
                    *matte = own.at([*red, *green, *blue]);
                }
            },
        );
    }

    /// How much a pixel is meant.
    #[inline(always)]
    pub(super) fn at(&self, pixel: [f32; 3]) -> f32 {
        let [hue, saturation, luma] = hsy(pixel);
        let turn = hue - self.hue;
        let far = (turn - (turn + 0.5).floor()).abs();
        let [width, soft] = self.hue_width;
        let by_hue = fall(far - 0.5 * width, soft);
        by_hue * within(saturation, self.saturation) * within(luma, self.luma)
    }
}

/// 1 between the least and the most, 0 as far beyond as the edge is soft.
#[inline(always)]
fn within(value: f32, [least, most, soft]: [f32; 3]) -> f32 {
    fall(least - value, soft) * fall(value - most, soft)
}

/// From 1 at 0 and below to 0 at `soft`, by a smooth step.
#[inline(always)]
fn fall(beyond: f32, soft: f32) -> f32 {
    let part = (beyond / soft.max(1e-4)).clamp(0.0, 1.0);
    1.0 - part * part * (3.0 - 2.0 * part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matte_is_whole_within_gone_beyond_and_round_over_hues() {
        let red = Qualifier {
            hue: 1.0 / 6.0,
            hue_width: [0.1, 0.05],
            saturation: [0.2, 9.0, 0.1],
            luma: [0.0, 0.5, 0.2],
        };
        assert_eq!(red.at([0.8, 0.1, 0.1]), 1.0);
        assert_eq!(red.at([0.1, 0.8, 0.1]), 0.0);
        assert_eq!(red.at([0.3, 0.3, 0.3]), 0.0);
        assert_eq!(red.at([1.0, 0.9, 0.9]), 0.0);
        let magenta = Qualifier { hue: 0.0, ..red };
        assert_eq!(magenta.at([0.8, 0.1, 0.79]), magenta.at([0.79, 0.1, 0.8]).min(1.0));
        assert!(magenta.at([0.8, 0.1, 0.8]) == 1.0);
        let mut matte = [9.0; 2];
        red.matte([&[0.8, 0.1], &[0.1, 0.8], &[0.1, 0.1]], &mut matte);
        assert_eq!(matte, [1.0, 0.0]);
        let edge = Qualifier {
            luma: [0.5, 1.0, 0.2],
            saturation: [0.0, 9.0, 0.1],
            hue_width: [1.0, 0.0],
            hue: 0.0,
        };
        let steps: Vec<_> = (0..=20).map(|step| edge.at([0.3 + step as f32 * 0.01; 3])).collect();
        assert!(
            steps.windows(2).all(|pair| pair[0] <= pair[1]) && steps[0] == 0.0 && steps[20] > 0.999
        );
    }
}
