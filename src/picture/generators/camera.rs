//! A camera: nothing by itself, it moves all that lies below it, near layers more than far ones.

use super::{Generator, flat, still};
use signal::{Kind, Parameter};

pub(super) const GENERATOR: Generator = Generator {
    id: "camera",
    label: "Camera",
    help: "Nothing by itself: it moves all layers below it, each as its depth says, and shakes as a hand does.",
    parameters: &[
        Parameter {
            id: "position",
            label: "Position",
            help: "What it looks at, right and down of the middle of the frame, at depth 1.",
            kind: Kind::Point { default: [0.0, 0.0], unit: "px" },
        },
        Parameter::number(
            "dolly",
            "Dolly",
            "How far it has gone towards the layers: at 0.5 what is at depth 1 looks twice as large.",
            [-100.0, 100.0, 0.0],
            "",
        ),
        Parameter::number("zoom", "Zoom", "How much larger its lens shows everything.", [0.01, 100.0, 1.0], ""),
        Parameter::number("roll", "Roll", "How far it is turned, clockwise.", [-3600.0, 3600.0, 0.0], "°"),
        Parameter::number(
            "shake",
            "Shake",
            "How far a hand lets it stray, in pixels: slow sway, unrest and tremor together.",
            [0.0, 500.0, 0.0],
            "px",
        ),
        Parameter::number(
            "shake_roll",
            "Shake of roll",
            "How far a hand lets it turn, in degrees.",
            [0.0, 45.0, 0.0],
            "°",
        ),
        Parameter::setting("seed", "Seed", "Another number shakes otherwise.", [0.0, 1e9, 1.0], ""),
        Parameter::number(
            "shutter",
            "Shutter",
            "How long its shutter is open while it moves: 180 is half a frame, 0 no motion blur.",
            [0.0, 720.0, 0.0],
            "°",
        ),
    ],
    at: still,
    make: |_, raster, _| flat(raster, [0.0; 4]),
};
