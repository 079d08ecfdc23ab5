//! The ends of the tonal scale: blacks and whites, and the curve that lies flat at both.

use super::bend::Bend;
use signal::wide;

/// What blacks or whites become (OpenColorIO, GradingToneTransform: blacks, whites).
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// Flatter towards the end.
    Flat(Bend<2>),
    /// Steeper towards white, and steeper still beyond.
    White(Steep),
    /// Steeper towards black.
    Black(Steep),
}

/// A flat curve taken backwards, as much wider as keeps its places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steep {
    bend: Bend<2>,
    gain: f32,
    /// The place that stays.
    pin: f32,
    /// The other one, its height, and how it goes on: slope and bend.
    end: [f32; 4],
}

/// The least slope.
const LEAST: f32 = 0.01;

impl End {
    /// Whites from `start` on, `width` wide: above 1 brighter.
    pub(super) fn white(value: f32, start: f32, width: f32) -> Self {
        let (from, to) = (start, start + width);
        if value < 1.0 {
            return Self::Flat(Bend::new([from, to], [1.0, value.max(LEAST)]));
        }
        let last = (2.0 - value).max(LEAST);
        let gain = f32::midpoint(1.0, last);
        let near = 1.0 / (1.0 + 0.99 * (last - 1.0));
        let bend = 0.5 * (1.0 / last - near) / (0.01 * width);
        let end = [to, from + width / gain, 1.0 / last, bend];
        Self::White(Steep { bend: Bend::new([from, to], [1.0, last]), gain, pin: from, end })
    }

    /// Blacks from `start` down, `width` wide: above 1 brighter.
    pub(super) fn black(value: f32, start: f32, width: f32) -> Self {
        let at = [start - width, start];
        if value > 1.0 {
            return Self::Flat(Bend::upon(at, [(2.0 - value).max(LEAST), 1.0], 1));
        }
        let first = value.max(LEAST);
        let (bend, gain) = (Bend::upon(at, [first, 1.0], 1), f32::midpoint(first, 1.0));
        Self::Black(Steep { bend, gain, pin: start, end: [0.0; 4] })
    }

    /// Takes a line of values along it.
    pub(super) fn bend(self, channel: &mut [f32]) {
        match self {
            Self::Flat(bend) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = bend.forth(*value)),
            ),
            Self::White(steep) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = steep.beyond(*value)),
            ),
            Self::Black(steep) => wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value = steep.at(*value)),
            ),
        }
    }
}

impl Steep {
    #[inline(always)]
    fn at(&self, x: f32) -> f32 {
        let Self { bend, gain, pin, .. } = self;
        (bend.back((x - pin) * gain + pin) - pin) / gain + pin
    }

    /// The same, and steeper still beyond its end.
    #[inline(always)]
    fn beyond(&self, x: f32) -> f32 {
        let [to, height, slope, bend] = self.end;
        let beyond = height + (x - to) * (slope + (x - to) * bend);
        let within = self.at(x);
        if x > to { beyond } else { within }
    }
}

/// The tone that stays, whatever the contrast.
const PIVOT: f32 = 0.4;

/// A straight middle about 0.4 that bends towards black and white, which stay (OpenColorIO, s-contrast).
pub(super) fn s_contrast(value: f32) -> Bend<5> {
    let contrast = if value > 1.0 {
        1.0 / (1.8125 - 0.8125 * value.min(1.99))
    } else {
        0.28125 + 0.71875 * value.max(0.01)
    };
    let (bright, dark) = (half(contrast, 1.0), half(contrast, 0.0));
    let at = [dark.1, dark.0, PIVOT, bright.0, bright.1];
    Bend::upon(at, [dark.2, contrast, contrast, contrast, bright.2], 2)
}

/// Where the middle ends towards an end of the scale, where the bend does, and the slope there.
fn half(contrast: f32, end: f32) -> (f32, f32, f32) {
    let height = PIVOT + (end - PIVOT) * 0.25;
    let from = PIVOT + (height - PIVOT) / contrast;
    let narrowest = (end - from) * 0.3;
    let slope = 1.0 / contrast;
    let centre = (end - height - slope * end + contrast * from) / (contrast - slope);
    let to = 2.0 * centre - from;
    let toward = (end - PIVOT).signum();
    if (to - from) * toward < narrowest.abs() {
        let centre = from + 0.5 * narrowest;
        let slope = (end - height + contrast * (from - centre)) / (end - centre);
        return (from, from + narrowest, slope);
    }
    (from, to, slope)
}
