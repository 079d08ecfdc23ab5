//! Where a picture lies in the frame, and how it is laid over what is below.

use super::blend::{self, Blend};
use super::values::{Moment, Values};
use signal::{AlphaMode, Image, Kind, Parameter, PixelFormat};
use std::sync::Arc;
use timeline_format::Param;
use timeline_format::shot::Look;

/// A corner that is moved by hand.
const fn pin(id: &'static str, label: &'static str) -> Parameter {
    let help = "How far this corner is moved from where it would lie, right and down: the picture follows in perspective.";
    Parameter { id, label, help, kind: Kind::Point { default: [0.0, 0.0], unit: "px" } }
}

/// How many of [`PARAMETERS`], the last ones, are of perspective and motion.
pub const FINE: usize = 7;

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
    Parameter {
        id: "alpha",
        label: "Alpha",
        help: "How the source's colours go with its alpha: as its file or the film says, as if opaque (straight), already \
               multiplied by it, or without it.",
        kind: Kind::Choice { options: &["source", "straight", "premultiplied", "opaque"] },
    },
    Parameter {
        id: "crop_soft",
        label: "Crop softness",
        help: "How wide the soft edge within what is cut is, in pixels of the frame.",
        kind: Kind::Number { least: 0.0, most: 4000.0, default: 0.0, unit: "px" },
    },
    pin("pin_top_left", "Pin top left"),
    pin("pin_top_right", "Pin top right"),
    pin("pin_bottom_right", "Pin bottom right"),
    pin("pin_bottom_left", "Pin bottom left"),
    Parameter {
        id: "depth",
        label: "Depth",
        help: "How far away it is for a camera above it: at 1 it moves as the camera does, at 2 half as much.",
        kind: Kind::Number { least: 0.01, most: 1000.0, default: 1.0, unit: "" },
    },
    Parameter {
        id: "shutter",
        label: "Shutter",
        help: "How long the shutter is open while it moves: 180 is half a frame, 0 no motion blur.",
        kind: Kind::Number { least: 0.0, most: 720.0, default: 0.0, unit: "°" },
    },
];

/// The corners, from the top left on clockwise.
const PINS: [&str; 4] = ["pin_top_left", "pin_top_right", "pin_bottom_right", "pin_bottom_left"];

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
    /// How wide the soft edge within what is cut is, in pixels of the frame.
    pub crop_soft: f64,
    /// How far the corners are moved, from the top left on clockwise.
    pub pin: [[f64; 2]; 4],
    /// How far away it is for a camera.
    pub depth: f64,
    /// 0 to 1.
    pub opacity: f64,
    /// How it meets what is below.
    pub blend: Blend,
    /// How its source's colours go with alpha.
    pub alpha: Convention,
}

/// How the colours of a source go with its alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Convention {
    /// As its file says, or the film of it.
    #[default]
    Source,
    /// As if opaque.
    Straight,
    /// Already multiplied by alpha.
    Premultiplied,
    /// There is none.
    Opaque,
}

impl Convention {
    fn named(word: &str) -> Self {
        match word {
            "straight" => Self::Straight,
            "premultiplied" => Self::Premultiplied,
            "opaque" => Self::Opaque,
            _ => Self::Source,
        }
    }

    /// A picture whose alpha is meant so; its samples are shared, not copied.
    pub(super) fn of(self, image: Arc<Image>) -> Arc<Image> {
        let alpha = match self {
            _ if !image.format.alpha => return image,
            Self::Source => return image,
            Self::Straight => AlphaMode::Straight,
            Self::Premultiplied => AlphaMode::Premultiplied,
            Self::Opaque => {
                let format = PixelFormat { alpha: false, ..image.format };
                let planes = image.planes[..format.planes()].to_vec();
                return Arc::new(Image { format, planes, ..Image::clone(&image) });
            }
        };
        if alpha == image.alpha { image } else { Arc::new(Image { alpha, ..Image::clone(&image) }) }
    }
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
            crop_soft: values.number("crop_soft"),
            pin: PINS.map(|name| values.point(name)),
            depth: values.number("depth"),
            opacity: values.number("opacity"),
            blend: Blend::named(values.word("blend")),
            alpha: Convention::named(values.word("alpha")),
        }
    }

    /// Whether it leaves a picture of the frame's own size as it is.
    pub fn is_plain(&self) -> bool {
        let still = self.position == [0.0; 2] && self.scale == [1.0; 2];
        let whole = self.crop == [0.0; 4] && self.rotation.rem_euclid(360.0) == 0.0;
        let as_said = self.alpha == Convention::Source;
        still && whole && as_said && !self.is_pinned() && self.opacity == 1.0
    }

    /// Whether a corner is moved by itself.
    pub fn is_pinned(&self) -> bool {
        self.pin != [[0.0; 2]; 4]
    }

    /// The placements of looks while the shutter is open about `moment`, a frame of the clip being `step` frames of
    /// its content; none where nothing moves.
    pub(super) fn motion(looks: &[&Look], moment: Moment, step: f64) -> Vec<Self> {
        let given =
            |id: &str| -> Option<&Param> { looks.iter().find_map(|look| look.placement.get(id)) };
        let shutter = given("shutter").map_or(0.0, |param| moment.number_of(param, 0.0));
        if shutter.is_nan() || shutter <= 0.0 {
            return Vec::new();
        }
        during(shutter.min(720.0), |away| {
            let moment = Moment { clip: moment.clip + away, content: moment.content + away * step };
            Self::of(looks, moment)
        })
    }
}

/// What `place` says of moments while a shutter of so many degrees is open, in frames from its middle: as many as the
/// way is long, so that no step is more than two pixels; none where it does not move.
pub(super) fn during(shutter: f64, place: impl Fn(f64) -> Placement) -> Vec<Placement> {
    let open = shutter / 360.0;
    let [start, middle, end] = [-0.5, 0.0, 0.5].map(|part| place(part * open));
    if start == middle && end == middle {
        return Vec::new();
    }
    let way = start.far_from(&middle) + middle.far_from(&end);
    let count = ((way / 2.0).ceil()).clamp(4.0, MOST_MOMENTS) as usize;
    let at = |index: usize| ((index as f64 + 0.5) / count as f64 - 0.5) * open;
    (0..count).map(|index| place(at(index))).collect()
}

/// The most moments that a picture in motion is looked at.
const MOST_MOMENTS: f64 = 48.0;

impl Placement {
    /// About how many pixels of a large frame lie between two placements.
    fn far_from(&self, other: &Self) -> f64 {
        let points = |one: [f64; 2], other: [f64; 2]| (one[0] - other[0]).hypot(one[1] - other[1]);
        let size = 960.0 * points(self.scale, other.scale);
        let turned = 960.0 * (self.rotation - other.rotation).to_radians().abs();
        let pinned = self.pin.iter().zip(other.pin).map(|(one, other)| points(*one, other));
        let moved = points(self.position, other.position) + points(self.anchor, other.anchor);
        moved + size + turned + pinned.fold(0.0, f64::max)
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
