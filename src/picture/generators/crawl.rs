//! A crawl: one line that runs through the frame in the clip's length.

use super::{At, Generator, raster_size};
use crate::titles::{Block, LOOK, Style, joined, kept, picture, STILL};
use signal::{Kind, Parameter};

const OWN: [Parameter; 4] = [
    Parameter::text("text", "Text", "What runs by; lines follow each other.", "News"),
    Parameter::number("height", "Height", "Where its line is, as a part of the height.", [
        0.0, 1.0, 0.92,
    ], ""),
    Parameter {
        id: "from",
        label: "From",
        help: "The side on which it comes in; auto is the right, of text from right to left the left.",
        kind: Kind::Choice { options: &["auto", "right", "left"] },
    },
    Parameter {
        id: "motion",
        label: "Motion",
        help: "smooth moves by parts of a pixel, whole by whole ones; both are gone on the last frame.",
        kind: Kind::Choice { options: &["smooth", "whole"] },
    },
];

const PARAMETERS: [Parameter; OWN.len() + LOOK.len()] = joined(&[&OWN, &LOOK]);

pub(super) const GENERATOR: Generator = Generator {
    id: "crawl",
    label: "Crawl",
    help: "One line that runs through the frame in exactly the length of its clip.",
    parameters: &PARAMETERS,
    at: |_, at| At { frame: 0, ..at },
    make: |values, raster, at| {
        let mut style = Style::of(values, raster);
        style.wanted.width = None;
        let [width, height] = raster_size(raster);
        let lines: Vec<&str> = values.word("text").lines().map(str::trim).collect();
        let laid = kept::laid(&lines.join("   "), &style.wanted);
        let from_left = match values.word("from") {
            "left" => true,
            "right" => false,
            _ => laid.from_right,
        };
        let long = f64::from(laid.width);
        let (start, end) = if from_left { (-long, width) } else { (width, -long) };
        let frames = (at.length - 1).max(1);
        let passed = at.elapsed.clamp(0, frames);
        let left = (start * (frames - passed) as f64 + end * passed as f64) / frames as f64;
        let left = if values.word("motion") == "whole" { left.round() } else { left };
        let top = values.number("height") * height - 0.5 * f64::from(laid.height);
        picture(&[Block { laid, origin: [left, top] }], &style, &STILL, raster)
    },
};
