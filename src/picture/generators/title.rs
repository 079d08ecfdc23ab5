//! A title: a text in its place.

use super::{Generator, raster_size};
use crate::titles::{
    Block, LOOK, MOTION, Style, TEXT, joined, kept, moved, steady,
};
use signal::{Kind, Parameter};

const PLACE: [Parameter; 4] = [
    Parameter::point(
        "position",
        "Position",
        "Where its anchor is, as parts of the frame from its left and its top.",
        [0.5, 0.5],
        "",
    ),
    Parameter {
        id: "align",
        label: "Align",
        help: "How its lines stand to each other, and to its position.",
        kind: Kind::Choice { options: &["centre", "left", "right", "justify"] },
    },
    Parameter {
        id: "anchor",
        label: "Anchor",
        help: "What of it is at the height of its position.",
        kind: Kind::Choice { options: &["middle", "top", "bottom"] },
    },
    Parameter::number(
        "width",
        "Width",
        "The room that its lines have, as a part of the frame's width.",
        [0.01, 1.0, 0.9],
        "",
    ),
];

const PARAMETERS: [Parameter; 1 + PLACE.len() + LOOK.len() + MOTION.len()] =
    joined(&[&[TEXT], &PLACE, &LOOK, &MOTION]);

pub(super) const GENERATOR: Generator = Generator {
    id: "title",
    label: "Title",
    help: "A text in its place, with outline, shadow and box, that comes in and goes out.",
    parameters: &PARAMETERS,
    at: steady,
    make: |values, raster, at| {
        let mut style = Style::of(values, raster);
        let [width, height] = raster_size(raster);
        let room = values.number("width") * width;
        style.wanted.width = Some(room as f32);
        style.wanted.align = match values.word("align") {
            "left" => "left",
            "right" => "right",
            "justify" => "justify",
            _ => "centre",
        };
        let laid = kept::laid(values.word("text"), &style.wanted);
        let [x, y] = values.point("position");
        let left = match values.word("align") {
            "left" => 0.0,
            "right" => room,
            _ => 0.5 * room,
        };
        let above = match values.word("anchor") {
            "top" => 0.0,
            "bottom" => f64::from(laid.height),
            _ => 0.5 * f64::from(laid.height),
        };
        let origin = [x * width - left, y * height - above];
        moved(&[(&[Block { laid, origin }], &style)], values, at, raster)
    },
};
