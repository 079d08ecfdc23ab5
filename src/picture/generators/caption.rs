//! A caption: what is said, at the foot of the frame or at its head.

use super::{Generator, raster_size, still};
use crate::titles::{Block, LOOK, STILL, Style, TEXT, joined, kept, picture};
use signal::{Kind, Parameter};

const OWN: [Parameter; 5] = [
    TEXT,
    Parameter {
        id: "align",
        label: "Align",
        help: "How its lines stand; captions say it by cue.",
        kind: Kind::Choice { options: &["centre", "left", "right"] },
    },
    Parameter {
        id: "place",
        label: "Place",
        help: "How high it is; captions say it by cue.",
        kind: Kind::Choice { options: &["bottom", "middle", "top"] },
    },
    Parameter::number("margin", "Margin", "From the frame's edge, of its height.", [
        0.0, 50.0, 7.0,
    ], "%"),
    Parameter::number("width", "Width", "The room that its lines have, as a part of the frame's width.", [
        0.01, 1.0, 0.84,
    ], ""),
];

const PARAMETERS: [Parameter; OWN.len() + LOOK.len()] = usual(joined(&[&OWN, &LOOK]));

/// Smaller than a title, and with an outline, to be read over anything.
const fn usual<const N: usize>(mut all: [Parameter; N]) -> [Parameter; N] {
    all[OWN.len() + 1].kind = Kind::Number { least: 0.1, most: 100.0, default: 5.0, unit: "%" };
    all[OWN.len() + 6].kind = Kind::Number { least: 0.5, most: 4.0, default: 1.15, unit: "" };
    all[OWN.len() + 7].kind = Kind::Number { least: 0.0, most: 50.0, default: 7.0, unit: "%" };
    all
}

pub(super) const GENERATOR: Generator = Generator {
    id: "caption",
    label: "Caption",
    help: "What is said, at the foot of the frame: how captions look that are drawn into the picture.",
    parameters: &PARAMETERS,
    at: still,
    make: |values, raster, _| {
        let [width, height] = raster_size(raster);
        let mut style = Style::of(values, raster);
        let room = values.number("width") * width;
        style.wanted.width = Some(room as f32);
        style.wanted.align = match values.word("align") {
            "left" => "left",
            "right" => "right",
            _ => "centre",
        };
        let laid = kept::laid(values.word("text"), &style.wanted);
        let (margin, tall) = (values.number("margin") / 100.0 * height, f64::from(laid.height));
        let top = match values.word("place") {
            "top" => margin,
            "middle" => 0.5 * (height - tall),
            _ => height - margin - tall,
        };
        let origin = [0.5 * (width - room), top];
        picture(&[Block { laid, origin }], &style, &STILL, raster)
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_captions_have_otherwise_are_the_values_that_are_meant() {
        let names = [1, 6, 7].map(|index| PARAMETERS[OWN.len() + index].id);
        assert_eq!(names, ["size", "leading", "outline"]);
    }
}
