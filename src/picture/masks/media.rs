//! A picture of the film's media as a mask: a still, or frames that were made for the shot.

use super::seen::{coded, luma};
use super::{Matte, Shape};
use crate::kept;
use signal::{Kind, Parameter};

pub(super) const MASK: Shape = Shape {
    id: "media",
    label: "Media",
    help: "The alpha or the luma of another media, stretched over the picture: frame by frame with the source.",
    parameters: &[
        Parameter {
            id: "media",
            label: "Media",
            help: "The media, by its id; none: nothing is covered.",
            kind: Kind::Media,
        },
        Parameter::choice("use", "Use", "What of it counts.", &["luma", "alpha"]),
        Parameter::number(
            "offset",
            "Offset",
            "Its frame that belongs to the source's frame 0.",
            [-1e6, 1e6, 0.0],
            "",
        ),
    ],
    draw: |values, picture| {
        if values.word("media").is_empty() {
            return Matte::even(picture.width, picture.height, 0.0);
        }
        if values.word("use") == "alpha" {
            return Matte { width: picture.width, height: picture.height, values: kept::copy(&picture.channels[3]) };
        }
        coded(picture, |colour, alpha| luma(colour) * alpha)
    },
};
