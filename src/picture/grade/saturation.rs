//! Saturation: how far colours are from grey, in all and by how bright they are.

use super::luma::{luma, saturate};
use super::{Operation, Space, Work};
use signal::Parameter;
use signal::wide;
use std::sync::Arc;

/// Colour `L + s (x - L)` of luma `L` (ASC CDL v1.2). `s` is the saturation times the mean of those of the
/// zones, weighted by smooth steps `3u^2 - 2u^3`: shadows are whole at black and gone at the middle,
/// highlights begin at the middle and are whole at white, midtones are the rest.
pub(super) const OPERATION: Operation = Operation {
    id: "saturation",
    label: "Saturation",
    help: "How far colours are from grey, in all, and in shadows, midtones and highlights by themselves.",
    space: Space::Display,
    parameters: &[
        part("saturation", "Saturation", "All colours: 0 is grey, 1 leaves them."),
        part("shadows", "Shadows", "The dark ones besides."),
        part("midtones", "Midtones", "Those between besides: below 1 they are quiet."),
        part("highlights", "Highlights", "The bright ones besides."),
        Parameter::number(
            "middle",
            "Middle",
            "The coded luma where shadows end and highlights begin.",
            [0.05, 0.95, 0.5],
            "",
        ),
    ],
    prepare: |values| {
        let of = |id: &str| values.number(id) as f32;
        let zones = ["shadows", "midtones", "highlights"].map(of);
        let by = of("saturation");
        let is_even = zones[0] == zones[1] && zones[1] == zones[2];
        let work: Arc<dyn Work> = match by * zones[0] {
            1.0 if is_even => return None,
            even if is_even => Arc::new(Even(even)),
            _ => Arc::new(Zoned { zones: zones.map(|zone| zone * by), middle: of("middle") }),
        };
        Some(work)
    },
};

const fn part(id: &'static str, label: &'static str, help: &'static str) -> Parameter {
    Parameter::number(id, label, help, [0.0, 4.0, 1.0], "")
}

/// The same for all.
#[derive(Debug)]
struct Even(f32);

impl Work for Even {
    fn line(&self, channels: [&mut [f32]; 3]) {
        saturate(channels, self.0);
    }
}

/// By luma: of shadows, midtones and highlights.
#[derive(Debug, Clone, Copy)]
struct Zoned {
    zones: [f32; 3],
    middle: f32,
}

impl Work for Zoned {
    fn line(&self, [red, green, blue]: [&mut [f32]; 3]) {
        let zoned = *self;
        wide(
            #[inline(always)]
            move || {
                let pixels = red.iter_mut().zip(green.iter_mut()).zip(blue.iter_mut());
                for ((red, green), blue) in pixels {
                    let luma = luma([*red, *green, *blue]);
                    let by = zoned.at(luma);
                    for value in [red, green, blue] {
                        *value = luma + by * (*value - luma);
                    }
                }
            },
        );
    }
}

impl Zoned {
    /// The saturation at a luma.
    #[inline(always)]
    fn at(&self, luma: f32) -> f32 {
        let [shadows, midtones, highlights] = self.zones;
        let dark = 1.0 - smooth(luma / self.middle);
        let bright = smooth((luma - self.middle) / (1.0 - self.middle));
        midtones + dark * (shadows - midtones) + bright * (highlights - midtones)
    }
}

#[inline(always)]
fn smooth(part: f32) -> f32 {
    let part = part.clamp(0.0, 1.0);
    part * part * (3.0 - 2.0 * part)
}
