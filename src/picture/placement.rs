//! Where a picture lies in the frame, and how it is laid over what is below.

use super::blend::{self, Blend};
use super::values::{Moment, Values};
use crate::signal::{Kind, Parameter};
use timeline_format::Param;
use timeline_format::shot::Look;

/// What places a picture: the `placement` of clips, takes and shots.
pub const PARAMETERS: &[Parameter] = &[
    Parameter {
        id: "fit",
        label: "Fit",
        help: "How the source meets the frame before anything else: whole within it, filling it, \
               stretched to it, or pixel for pixel.",
        kind: Kind::Choice { options: &["fit", "fill", "stretch", "none"] },
    },
    Parameter {
        id: "position",
        label: "Position",
        help: "How far the picture is moved from the centre of the frame, right and down.",
        kind: Kind::Point { default: [0.0, 0.0], unit: "px" },
    },
    Parameter {
        id: "scale",
        label: "Scale",
        help: "Its size against the fitted size; two numbers are across and down, negative ones \
               mirror.",
        kind: Kind::Number { least: -1000.0, most: 1000.0, default: 1.0, unit: "" },
    },
    Parameter {
        id: "rotation",
        label: "Rotation",
        help: "How far it is turned, clockwise.",
        kind: Kind::Number { least: -36000.0, most: 36000.0, default: 0.0, unit: "°" },
    },
    Parameter {
        id: "anchor",
        label: "Anchor",
        help: "The point that scale and rotation turn about, right and down of the centre of the \
               fitted picture.",
        kind: Kind::Point { default: [0.0, 0.0], unit: "px" },
    },
    Parameter {
        id: "crop",
        label: "Crop",
        help: "The part of the source cut from its left, top, right and bottom, 0 to 1.",
        kind: Kind::Four { default: [0.0; 4], unit: "" },
    },
    Parameter {
        id: "opacity",
        label: "Opacity",
        help: "1 hides what is below, 0 is not seen.",
        kind: Kind::Number { least: 0.0, most: 1.0, default: 1.0, unit: "" },
    },
    Parameter {
        id: "blend",
        label: "Blend",
        help: "How its light meets the light below.",
        kind: Kind::Choice { options: blend::NAMES },
    },
];

/// A placement at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// How the source meets the frame.
    pub fit: Fit,
    /// Pixels right and down of the centre.
    pub position: [f64; 2],
    /// Factors across and down.
    pub scale: [f64; 2],
    /// Degrees clockwise.
    pub rotation: f64,
    /// The fixed point of scale and rotation, in pixels from the centre of the fitted picture.
    pub anchor: [f64; 2],
    /// Parts of the source cut from left, top, right and bottom, 0 to 1.
    pub crop: [f64; 4],
    /// 0 to 1.
    pub opacity: f64,
    /// How it meets what is below.
    pub blend: Blend,
}

/// How a source meets the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// Whole within the frame.
    #[default]
    Fit,
    /// Covering the frame.
    Fill,
    /// To the frame's own sides.
    Stretch,
    /// Pixel for pixel.
    None,
}

impl Default for Placement {
    fn default() -> Self {
        Self::of(&[], Moment::default())
    }
}

impl Placement {
    /// The placement that `looks` give at `moment`; the earlier ones win.
    pub fn of(looks: &[&Look], moment: Moment) -> Self {
        let given =
            |id: &str| -> Option<&Param> { looks.iter().find_map(|look| look.placement.get(id)) };
        let values = Values::resolve(PARAMETERS, moment, given);
        Self {
            fit: fit_of(values.word("fit")),
            position: values.point("position"),
            scale: values.point("scale"),
            rotation: values.number("rotation"),
            anchor: values.point("anchor"),
            crop: values.four("crop").map(|part| part.clamp(0.0, 1.0)),
            opacity: values.number("opacity"),
            blend: Blend::named(values.word("blend")),
        }
    }

    /// Whether it leaves a picture of the frame's own size as it is.
    pub fn is_plain(&self) -> bool {
        let still = self.position == [0.0; 2] && self.scale == [1.0; 2];
        let whole = self.crop == [0.0; 4] && self.rotation.rem_euclid(360.0) == 0.0;
        still && whole && self.opacity == 1.0
    }
}

fn fit_of(word: &str) -> Fit {
    match word {
        "fill" => Fit::Fill,
        "stretch" => Fit::Stretch,
        "none" => Fit::None,
        _ => Fit::Fit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(id: &str, param: Param) -> Look {
        let mut look = Look::default();
        look.placement.insert(id.into(), param);
        look
    }

    #[test]
    fn a_clips_word_wins_over_its_takes_and_its_shots() {
        let (clip, take) = (look("scale", Param::number(2.0)), look("scale", Param::number(3.0)));
        let shot = look("opacity", Param::number(0.5));
        let placed = Placement::of(&[&clip, &take, &shot], Moment::default());
        assert_eq!((placed.scale, placed.opacity), ([2.0, 2.0], 0.5));
        assert!(!placed.is_plain());
        assert!(Placement::default().is_plain());
    }
}
