//! Credits that roll: from below the frame to above it, or to a last stand, in the clip's length.

use super::{At, Generator, raster_size};
use crate::titles::{
    Block, Columns, LOOK, Laid, Style, columns, joined, kept, picture, STILL,
};
use crate::values::Values;
use signal::{Kind, Parameter};
use std::sync::Arc;

const OWN: [Parameter; 6] = [
    Parameter::text(
        "text",
        "Text",
        "Lines in the middle; a tab parts what is done from who did it, on both sides of the middle.",
        "Directed by\tName\n\nWith\tName\n\tName",
    ),
    Parameter {
        id: "motion",
        label: "Motion",
        help: "roll moves by parts of a pixel and is at its end on the clip's last frame; whole moves by \
               whole pixels, and is there then too; none stands.",
        kind: Kind::Choice { options: &["roll", "whole", "none"] },
    },
    Parameter {
        id: "end",
        label: "End",
        help: "Where the roll ends: gone above the frame, or with its last lines in the middle.",
        kind: Kind::Choice { options: &["gone", "middle"] },
    },
    Parameter::number("hold", "Hold", "Frames for which the end stands.", [0.0, 1e5, 0.0], "frames"),
    Parameter::number("gutter", "Gutter", "Between the sides, of the size.", [0.0, 1e3, 80.0], "%"),
    Parameter::number("centre", "Centre", "The middle, as a part of the width.", [0.0, 1.0, 0.5], ""),
];

const PARAMETERS: [Parameter; OWN.len() + LOOK.len()] = joined(&[&OWN, &LOOK]);

pub(super) const GENERATOR: Generator = Generator {
    id: "credits",
    label: "Credits",
    help: "Credits that roll through the frame in exactly the length of their clip.",
    parameters: &PARAMETERS,
    at: |values, at| match values.word("motion") {
        "none" => At::default(),
        _ => At { frame: 0, ..at },
    },
    make: |values, raster, at| {
        let mut style = Style::of(values, raster);
        style.wanted.width = None;
        let [width, height] = raster_size(raster);
        let gutter = 0.5 * values.number("gutter") / 100.0 * f64::from(style.wanted.size);
        let middle = values.number("centre") * width;
        let (mut blocks, mut down) = (Vec::new(), 0.0);
        for line in columns(values.word("text")) {
            down += row(line, &style, [middle, gutter, down], &mut blocks);
        }
        let top = top(values, at, [height, down, last(&blocks)]);
        let seen = |block: &Block| {
            let (high, size) = (block.origin[1] + top, f64::from(style.wanted.size));
            high < height + 2.0 * size && high + f64::from(block.laid.height) > -2.0 * size
        };
        blocks.retain(seen);
        blocks.iter_mut().for_each(|block| block.origin[1] += top);
        picture(&blocks, &style, &STILL, raster)
    },
};

/// A line in its place, and how tall it is.
fn row(
    line: Columns<'_>,
    style: &Style,
    [middle, gutter, down]: [f64; 3],
    blocks: &mut Vec<Block>,
) -> f64 {
    let mut lay = |text: &str, left: &dyn Fn(&Laid) -> f64| {
        let laid: Arc<Laid> = kept::laid(text, &style.wanted);
        let origin = [left(&laid), down];
        let height = f64::from(laid.height);
        blocks.push(Block { laid, origin });
        height
    };
    match line {
        Columns::One(text) => lay(text, &|laid| middle - 0.5 * f64::from(laid.width)),
        Columns::Two(left, right) => {
            let one = lay(left, &|laid| middle - gutter - f64::from(laid.width));
            one.max(lay(right, &|_| middle + gutter))
        }
    }
}

/// The middle of the last line that says something.
fn last(blocks: &[Block]) -> f64 {
    let block = blocks.iter().rev().find(|block| !block.laid.glyphs.is_empty());
    block.map_or(0.0, |block| block.origin[1] + 0.5 * f64::from(block.laid.height))
}

/// The top of the whole at a moment: below the frame on the first, at its end on the last. As a fraction
/// of whole numbers, so that the last frame is exact.
fn top(values: &Values, at: At, [height, tall, last]: [f64; 3]) -> f64 {
    let motion = values.word("motion");
    if motion == "none" {
        return 0.5 * (height - tall);
    }
    let end = if values.word("end") == "middle" { 0.5 * height - last } else { -tall };
    let frames = (at.length - 1 - values.number("hold") as i64).max(1);
    let passed = at.elapsed.clamp(0, frames);
    let top = (height * (frames - passed) as f64 + end * passed as f64) / frames as f64;
    if motion == "whole" { top.round() } else { top }
}
