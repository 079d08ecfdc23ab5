//! How a title comes in and goes out.

use crate::generators::At;
use crate::values::Values;
use signal::{Kind, Parameter};
use timeline_format::sequence::Raster;

const WAYS: &[&str] =
    &["none", "fade", "rise", "drop", "from_left", "from_right", "grow", "blur", "type"];

/// The parameters of coming and going.
pub(crate) const MOTION: [Parameter; 4] = [
    Parameter {
        id: "in",
        label: "In",
        help: "How it comes in: type writes letter by letter.",
        kind: Kind::Choice { options: WAYS },
    },
    Parameter::number("in_length", "In length", "How long that takes.", LENGTH, "frames"),
    Parameter {
        id: "out",
        label: "Out",
        help: "How it goes out, as it would come in.",
        kind: Kind::Choice { options: WAYS },
    },
    Parameter::number("out_length", "Out length", "How long that takes.", LENGTH, "frames"),
];

const LENGTH: [f64; 3] = [1.0, 10_000.0, 12.0];

/// What a moment does to a title.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Motion {
    /// 0 to 1.
    pub(crate) opacity: f64,
    /// Pixels right and down.
    pub(crate) shift: [f64; 2],
    /// Against its size.
    pub(crate) scale: f64,
    /// The deviation of a blur, in pixels.
    pub(crate) blur: f64,
    /// How much of the text is written, 0 to 1.
    pub(crate) written: f64,
}

/// Nothing moves.
pub(crate) const STILL: Motion =
    Motion { opacity: 1.0, shift: [0.0; 2], scale: 1.0, blur: 0.0, written: 1.0 };

/// How far a title has come in or gone out: 1 where it stands. The middle of a frame counts, as in
/// transitions.
fn progress(values: &Values, at: At) -> [f64; 2] {
    let part = |way: &str, length: &str, frames: i64| match values.word(way) {
        "none" | "" => 1.0,
        _ => ((frames as f64 + 0.5) / values.number(length).max(1.0)).clamp(0.0, 1.0),
    };
    let left = at.length - 1 - at.elapsed;
    [part("in", "in_length", at.elapsed), part("out", "out_length", left)]
}

/// The moment, where the title moves then; else one that stands for all at which it does not.
pub(crate) fn steady(values: &Values, at: At) -> At {
    let moves = progress(values, at).iter().any(|part| *part < 1.0);
    if moves { At { frame: 0, ..at } } else { At::default() }
}

impl Motion {
    /// What a moment does to a title whose letters are of this size.
    pub(crate) fn of(values: &Values, at: At, size: f64, raster: Raster) -> Self {
        if at == At::default() {
            return STILL;
        }
        let mut motion = STILL;
        for (way, part) in ["in", "out"].into_iter().zip(progress(values, at)) {
            motion.add(values.word(way), part, size, raster);
        }
        motion
    }

    fn add(&mut self, way: &str, part: f64, size: f64, raster: Raster) {
        let away = (1.0 - part).powi(3);
        let width = f64::from(raster.width);
        match way {
            "rise" => self.shift[1] += away * size,
            "drop" => self.shift[1] -= away * size,
            "from_left" => self.shift[0] -= away * width,
            "from_right" => self.shift[0] += away * width,
            "grow" => self.scale *= 1.0 - 0.5 * away,
            "blur" => self.blur = self.blur.max(away * 0.4 * size),
            "type" => self.written = self.written.min(part),
            _ => {}
        }
        if !matches!(way, "type" | "from_left" | "from_right" | "none" | "") {
            self.opacity *= part;
        }
    }
}
