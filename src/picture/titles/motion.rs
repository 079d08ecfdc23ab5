//! How a title comes in and goes out.

use crate::generators::At;
use crate::values::Values;
use signal::{Kind, Parameter};
use timeline_format::sequence::Raster;

const WAYS: &[&str] = &[
    "none",
    "fade",
    "rise",
    "drop",
    "from_left",
    "from_right",
    "from_top",
    "from_bottom",
    "grow",
    "blur",
    "type",
];

/// The parameters of coming and going.
pub(crate) const MOTION: [Parameter; 5] = [
    Parameter {
        id: "in",
        label: "In",
        help: "How it comes in: type shows letter by letter at once, the others move and fade.",
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
    Parameter {
        id: "by",
        label: "By",
        help: "What comes and goes: the whole at once, or its lines, words or letters one after another.",
        kind: Kind::Choice { options: &["whole", "line", "word", "letter"] },
    },
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

    /// What a moment does to one of so many parts of a title that come one after another; the first to come
    /// is the first to go.
    pub(crate) fn of_part(
        values: &Values,
        at: At,
        (index, count): (usize, usize),
        (size, raster): (f64, Raster),
    ) -> Self {
        let mut motion = STILL;
        if at == At::default() {
            return motion;
        }
        for (way, part) in ["in", "out"].into_iter().zip(progress(values, at)) {
            let place = if way == "in" { index } else { count - 1 - index };
            let way = values.word(way);
            let own = share(part, place, count, way == "type");
            if way == "type" {
                motion.opacity *= own;
            } else {
                motion.add(way, own, size, raster);
            }
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
            "from_top" => self.shift[1] -= away * f64::from(raster.height),
            "from_bottom" => self.shift[1] += away * f64::from(raster.height),
            "grow" => self.scale *= 1.0 - 0.5 * away,
            "blur" => self.blur = self.blur.max(away * 0.4 * size),
            "type" => self.written = self.written.min(part),
            _ => {}
        }
        if !matches!(way, "type" | "none" | "") && !way.starts_with("from_") {
            self.opacity *= part;
        }
    }
}

/// How much of the time of all one of them has, but that they start one after another.
const LEAST: f64 = 0.4;

/// How far one of so many parts has come where all have come so far: each begins a little after the one ahead
/// of it, and the last ends with the whole. What is there `at_once` is there or not.
fn share(part: f64, index: usize, count: usize, at_once: bool) -> f64 {
    if at_once {
        return f64::from(u8::from(part * count as f64 > index as f64));
    }
    let own = LEAST.max(1.0 / count.max(1) as f64);
    let start = (1.0 - own) * index as f64 / (count.max(2) - 1) as f64;
    ((part - start) / own).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_one_after_another_and_all_are_there_at_the_end() {
        for count in [1, 2, 3, 7, 100] {
            for at_once in [false, true] {
                let shares = |part: f64| (0..count).map(move |at| share(part, at, count, at_once));
                assert!(shares(1.0).all(|own| own == 1.0), "{count}");
                assert!(shares(0.0).all(|own| own == 0.0), "{count}");
                let middle: Vec<f64> = shares(0.5).collect();
                assert!(middle.is_sorted_by(|one, other| one >= other), "{middle:?}");
            }
        }
        assert_eq!(share(0.5, 1, 4, true), 1.0);
        assert_eq!(share(0.5, 2, 4, true), 0.0);
    }
}
