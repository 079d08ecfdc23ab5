//! `Exponent`: a power for each colour, or a monitor's curve: a power with an offset and a straight toe.

use super::{Element, Formula, Node, Stage, by_colour, depth, formula};
use crate::grade::power::power;
use signal::wide;

pub(super) const NODE: Node = Node { id: "Exponent", read };

/// The powers, one for each colour.
#[derive(Debug)]
struct Powers {
    colours: [Law; 3],
    below: Below,
    is_back: bool,
}

/// `x^gamma`, or a monitor's curve.
#[derive(Debug, Clone, Copy)]
struct Law {
    gamma: f32,
    curve: Option<Curve>,
}

/// `((x + offset) / (1 + offset))^gamma` above `toe`, and a line through nothing below.
#[derive(Debug, Clone, Copy)]
struct Curve {
    offset: f32,
    /// Where the line ends, as it is before the power, and behind it.
    toe: [f32; 2],
    slope: f32,
}

/// What becomes of numbers below 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    /// They are 0.
    Nothing,
    /// They are as those above, with their sign.
    Mirrored,
    /// They stay.
    Same,
    /// They lie on the toe.
    Straight,
}

/// The styles, with what becomes of numbers below 0, whether they are a monitor's curve, and whether they go back.
const STYLES: &[(&str, Below, bool, bool)] = &[
    ("basicFwd", Below::Nothing, false, false),
    ("basicRev", Below::Nothing, false, true),
    ("basicMirrorFwd", Below::Mirrored, false, false),
    ("basicMirrorRev", Below::Mirrored, false, true),
    ("basicPassThruFwd", Below::Same, false, false),
    ("basicPassThruRev", Below::Same, false, true),
    ("monCurveFwd", Below::Straight, true, false),
    ("monCurveRev", Below::Straight, true, true),
    ("monCurveMirrorFwd", Below::Mirrored, true, false),
    ("monCurveMirrorRev", Below::Mirrored, true, true),
];

fn read(element: &Element) -> Result<Vec<Stage>, String> {
    depth::whites(element)?;
    let said = element.attribute("style").ok_or("it states no style")?;
    let style = STYLES.iter().find(|(id, ..)| *id == said).ok_or_else(|| {
        let ids: Vec<_> = STYLES.iter().map(|(id, ..)| *id).collect();
        format!("its style is {said:?}, and there are {}", ids.join(", "))
    })?;
    let (_, below, is_curve, is_back) = *style;
    let neutral = Law { gamma: 1.0, curve: None };
    let law = |params: &Element| if is_curve { curved(params) } else { basic(params) };
    let colours = by_colour(element, "ExponentParams", neutral, law)?;
    Ok(formula(Powers { colours, below, is_back }))
}

fn basic(params: &Element) -> Result<Law, String> {
    let gamma = params.number("exponent")?.ok_or("its ExponentParams state no exponent")?;
    let is_allowed = (0.01..=100.0).contains(&gamma);
    is_allowed
        .then_some(Law { gamma: gamma as f32, curve: None })
        .ok_or_else(|| format!("its exponent of {gamma} is not between 0.01 and 100"))
}

fn curved(params: &Element) -> Result<Law, String> {
    let gamma = params.number("exponent")?.ok_or("its ExponentParams state no exponent")?;
    let offset = params.number("offset")?.ok_or("its ExponentParams state no offset")?;
    if !(1.0..=10.0).contains(&gamma) || !(0.0..=0.9).contains(&offset) {
        let words = format!("its exponent of {gamma} is not between 1 and 10");
        return Err(format!("{words}, or its offset of {offset} not between 0 and 0.9"));
    }
    let (gamma, offset) = (gamma.max(1.000_001), offset.max(1e-6));
    let end = (offset * gamma / ((gamma - 1.0) * (1.0 + offset))).powf(gamma);
    let slope = (gamma - 1.0) / offset * end;
    let toe = [(offset / (gamma - 1.0)) as f32, end as f32];
    let curve = Curve { offset: offset as f32, toe, slope: slope as f32 };
    Ok(Law { gamma: gamma as f32, curve: Some(curve) })
}

impl Law {
    #[inline(always)]
    fn forward(&self, x: f32) -> f32 {
        match self.curve {
            None if self.gamma == 1.0 => x,
            None => power(x, self.gamma),
            Some(curve) if x < curve.toe[0] => x * curve.slope,
            Some(curve) => power((x + curve.offset) / (1.0 + curve.offset), self.gamma),
        }
    }

    #[inline(always)]
    fn back(&self, y: f32) -> f32 {
        match self.curve {
            None if self.gamma == 1.0 => y,
            None => power(y, 1.0 / self.gamma),
            Some(curve) if y < curve.toe[1] => y / curve.slope,
            Some(curve) => power(y, 1.0 / self.gamma) * (1.0 + curve.offset) - curve.offset,
        }
    }
}

impl Below {
    #[inline(always)]
    fn over(self, x: f32, law: impl Fn(f32) -> f32) -> f32 {
        match self {
            Self::Nothing => law(x.max(0.0)),
            Self::Mirrored => law(x.abs()).copysign(x),
            Self::Same if x <= 0.0 => x,
            Self::Same | Self::Straight => law(x),
        }
    }
}

impl Formula for Powers {
    fn line(&self, channels: [&mut [f32]; 3]) {
        let below = self.below;
        for (law, channel) in self.colours.iter().zip(channels) {
            if self.is_back {
                wide(
                    #[inline(always)]
                    move || {
                        for value in channel.iter_mut() {
                            *value = below.over(*value, |x| law.back(x));
                        }
                    },
                );
            } else {
                wide(
                    #[inline(always)]
                    move || {
                        for value in channel.iter_mut() {
                            *value = below.over(*value, |x| law.forward(x));
                        }
                    },
                );
            }
        }
    }

    fn words(&self) -> String {
        "power".to_owned()
    }
}
