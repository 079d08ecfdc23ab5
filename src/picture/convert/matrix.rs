//! Between RGB and luma with chroma, a line at a time (H.273 equations 38 to 40 and their inverse).

/// `Y = Kr R + Kg G + Kb B`, `Cb = (B - Y) / (2 - 2 Kb)`, `Cr = (R - Y) / (2 - 2 Kr)`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Luma {
    red: f32,
    green: f32,
    blue: f32,
    /// `2 - 2 Kb` and `2 - 2 Kr`.
    spread: [f32; 2],
}

impl Luma {
    pub(super) fn of((red, blue): (f64, f64)) -> Self {
        Self {
            red: red as f32,
            green: (1.0 - red - blue) as f32,
            blue: blue as f32,
            spread: [(2.0 - 2.0 * blue) as f32, (2.0 - 2.0 * red) as f32],
        }
    }

    /// Turns R, G, B into Y, Cb, Cr, in place.
    pub(super) fn forward(&self, [first, second, third]: [&mut [f32]; 3]) {
        let [blue_part, red_part] = self.spread.map(|spread| 1.0 / spread);
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for ((first, second), third) in first.iter_mut().zip(second).zip(third) {
                    let (red, green, blue) = (*first, *second, *third);
                    let luma = self.red * red + self.green * green + self.blue * blue;
                    *first = luma;
                    *second = (blue - luma) * blue_part;
                    *third = (red - luma) * red_part;
                }
            },
        );
    }

    /// Turns Y, Cb, Cr into R, G, B, in place.
    pub(super) fn back(&self, [first, second, third]: [&mut [f32]; 3]) {
        let [blue_spread, red_spread] = self.spread;
        let of_blue = self.blue * blue_spread / self.green;
        let of_red = self.red * red_spread / self.green;
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || {
                for ((first, second), third) in first.iter_mut().zip(second).zip(third) {
                    let (luma, cb, cr) = (*first, *second, *third);
                    *first = luma + red_spread * cr;
                    *second = luma - of_blue * cb - of_red * cr;
                    *third = luma + blue_spread * cb;
                }
            },
        );
    }
}
