//! A mask by hue, saturation and luma.

use super::Shape;
use super::seen::{coded, luma, within};
use signal::Parameter;

pub(super) const MASK: Shape = Shape {
    id: "qualifier",
    label: "Qualifier",
    help: "What is of a hue, so colourful and so bright: three ranges with soft ends, all of which must hold.",
    parameters: &[
        Parameter::number("hue", "Hue", "Degrees: 0 red, 120 green, 240 blue.", [0.0, 360.0, 30.0], "°"),
        Parameter::number("hue_width", "Hue width", "How wide its range is.", [0.0, 360.0, 360.0], "°"),
        Parameter::number("hue_soft", "Hue softness", "Degrees beyond each end.", [0.0, 180.0, 10.0], "°"),
        Parameter::number("saturation_low", "Saturation low", "From which all counts.", [0.0, 1.0, 0.0], ""),
        Parameter::number("saturation_high", "Saturation high", "To which all counts.", [0.0, 1.0, 1.0], ""),
        Parameter::number("saturation_soft", "Saturation softness", "Beyond each end.", [0.0, 1.0, 0.1], ""),
        super::luma::LOW,
        super::luma::HIGH,
        super::luma::SOFT,
    ],
    draw: |values, picture| {
        let number = |name: &str| values.number(name) as f32;
        let [hue, half, hue_soft] =
            [number("hue"), 0.5 * number("hue_width"), number("hue_soft")];
        let saturations = [number("saturation_low"), number("saturation_high")];
        let (soft, lumas) = (number("saturation_soft"), [number("low"), number("high")]);
        let luma_soft = number("soft");
        coded(picture, |colour, _| {
            let (own, saturation) = hue_and_saturation(colour);
            let away = (own - hue + 540.0).rem_euclid(360.0) - 180.0;
            let by_hue = if half >= 180.0 { 1.0 } else { within(away, [-half, half], hue_soft) };
            by_hue * within(saturation, saturations, soft) * within(luma(colour), lumas, luma_soft)
        })
    },
};

/// Hue in degrees and saturation of HSV.
fn hue_and_saturation([red, green, blue]: [f32; 3]) -> (f32, f32) {
    let most = red.max(green).max(blue);
    let range = most - red.min(green).min(blue);
    if range <= 0.0 || most <= 0.0 {
        return (0.0, 0.0);
    }
    let sixth = if most == red {
        ((green - blue) / range).rem_euclid(6.0)
    } else if most == green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    (60.0 * sixth, range / most)
}
