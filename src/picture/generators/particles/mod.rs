//! Particles: dust, snow, rain, embers, smoke; every one a function of its number and of the time, so that any frame
//! is made alone.

mod drawn;
mod eddies;
mod flight;
mod kind;

use super::{At, Generator};
use signal::{Kind, Parameter};

/// The presets, the usual one first.
const KINDS: &[&str] = &["dust", "snow", "rain", "embers", "smoke"];

pub(super) const GENERATOR: Generator = Generator {
    id: "particles",
    label: "Particles",
    help: "Dust, snow, rain, embers or smoke, the same at every rendering: lay it over with normal, embers with add.",
    parameters: &[
        Parameter::choice("kind", "Kind", "What they are.", KINDS),
        Parameter::number("amount", "Amount", "How many, against the usual number.", [0.0, 20.0, 1.0], ""),
        Parameter::number("size", "Size", "How large, against the usual size.", [0.05, 20.0, 1.0], ""),
        Parameter::setting("speed", "Speed", "How fast, against the usual speed.", [0.0, 20.0, 1.0], ""),
        Parameter {
            id: "wind",
            label: "Wind",
            help: "How far all of them are carried in a second, in pixels of a picture of 1080 lines; it holds from frame 0.",
            kind: Kind::Point { default: [0.0, 0.0], unit: "px" },
        },
        Parameter::setting(
            "turbulence",
            "Turbulence",
            "How far eddies in the air carry them, in pixels of a picture of 1080 lines.",
            [0.0, 2000.0, 0.0],
            "px",
        ),
        Parameter::setting(
            "eddies",
            "Size of eddies",
            "In pixels of a picture of 1080 lines: the smaller, the faster they change.",
            [20.0, 4000.0, 300.0],
            "px",
        ),
        Parameter::number("opacity", "Opacity", "How much of them is seen.", [0.0, 10.0, 1.0], ""),
        Parameter {
            id: "tint",
            label: "Tint",
            help: "What their red, green and blue are multiplied by.",
            kind: Kind::Four { default: [1.0, 1.0, 1.0, 1.0], unit: "" },
        },
        Parameter::setting("depth", "Depth", "How far they lie apart: the far ones are small and slow.", [0.0, 20.0, 3.0], ""),
        Parameter::setting(
            "nearest",
            "Nearest",
            "What is nearer than this depth is left out: two layers of the same seed can have what is before and what is behind a third.",
            [1.0, 30.0, 1.0],
            "",
        ),
        Parameter::setting("farthest", "Farthest", "What is not nearer than this depth is left out.", [1.0, 30.0, 30.0], ""),
        Parameter::number("shutter", "Shutter", "How long the shutter is open: 180 is half a frame.", [0.0, 360.0, 180.0], "°"),
        Parameter::setting("rate", "Rate", "Frames in a second.", [1.0, 240.0, 24.0], ""),
        Parameter::setting("seed", "Seed", "Another number, other particles.", [0.0, 1e9, 1.0], ""),
    ],
    at: |_, at| At { frame: at.frame, ..At::default() },
    make: |values, raster, at| {
        let kind = kind::named(values.word("kind"));
        let flights = flight::all(values, kind, raster, at.frame);
        drawn::drawn(&flights, kind, values, raster).into_image()
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Moment, Values};
    use signal::Image;
    use timeline_format::sequence::Raster;
    use timeline_format::{Param, Value};

    fn image(kind: &str, frame: i64, given: &[(&str, f64)]) -> Image {
        let word = Param::Constant(Value::Text(kind.to_owned()));
        let given: Vec<_> = given.iter().map(|(id, number)| (*id, Param::number(*number))).collect();
        let find = |id: &str| {
            let given = given.iter().find(|(known, _)| *known == id).map(|(_, param)| param);
            if id == "kind" { Some(&word) } else { given }
        };
        let values = Values::resolve(GENERATOR.parameters, Moment::default(), find);
        (GENERATOR.make)(&values, Raster { width: 240, height: 136 }, At { frame, ..At::default() })
    }

    fn made(kind: &str, frame: i64) -> Vec<Vec<u8>> {
        let image = image(kind, frame, &[("turbulence", 60.0)]);
        image.planes.iter().map(|plane| plane.bytes().to_vec()).collect()
    }

    /// Red, green, blue and alpha.
    fn lit(image: &Image) -> Vec<[f64; 4]> {
        let plane = |index: usize| -> Vec<f64> {
            let fours = image.planes[index].bytes().as_chunks::<4>().0.iter();
            fours.map(|it| f64::from(f32::from_ne_bytes(*it))).collect()
        };
        let [red, green, blue, alpha] = [2, 0, 1, 3].map(plane);
        (0..red.len()).map(|at| [red[at], green[at], blue[at], alpha[at]]).collect()
    }

    #[test]
    fn what_is_behind_and_what_is_before_make_all_of_them() {
        for kind in KINDS {
            let all = lit(&image(kind, 40, &[]));
            let [before, behind] = [("farthest", 1.5), ("nearest", 1.5)].map(|given| lit(&image(kind, 40, &[given])));
            let mut seen = 0;
            for ((all, before), behind) in all.iter().zip(&before).zip(&behind) {
                for channel in 0..4 {
                    let both = before[channel] + behind[channel] * (1.0 - before[3]);
                    assert!((all[channel] - both).abs() < 1e-5, "{kind}: {all:?} {before:?} {behind:?}");
                }
                seen += usize::from(before[0] > 1e-3) + usize::from(behind[0] > 1e-3);
            }
            assert!(seen > 20, "{kind}: {seen}");
        }
    }

    #[test]
    fn eddies_carry_every_kind_and_are_nothing_at_rest() {
        for kind in KINDS {
            let still = image(kind, 40, &[]);
            assert!(lit(&still) == lit(&image(kind, 40, &[("turbulence", 0.0), ("eddies", 90.0)])), "{kind}");
            assert!(lit(&still) != lit(&image(kind, 40, &[("turbulence", 80.0)])), "{kind}");
        }
    }

    #[test]
    fn a_longer_shutter_spreads_as_much_light_over_more() {
        let sum = |shutter: f64| {
            let lit = lit(&image("snow", 40, &[("shutter", shutter), ("depth", 0.0)]));
            let all: f64 = lit.iter().map(|it| it[3]).sum();
            (all, lit.iter().filter(|it| it[3] > 1e-3).count())
        };
        let ((still, few), (moved, many)) = (sum(0.0), sum(360.0));
        assert!((moved / still - 1.0).abs() < 0.05, "{still} {moved}");
        assert!(many > few, "{few} {many}");
    }

    #[test]
    fn a_frame_made_alone_is_the_one_made_in_its_turn_on_any_number_of_threads() {
        for kind in KINDS {
            let alone = made(kind, 500);
            let turn = (495..=500).map(|frame| made(kind, frame)).next_back().unwrap();
            assert!(alone == turn, "{kind}");
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            assert!(pool.install(|| made(kind, 500)) == alone, "{kind}");
            assert!(made(kind, 501) != alone, "{kind}");
            let lit = alone[0].as_chunks::<4>().0.iter().map(|it| f32::from_ne_bytes(*it));
            let lit = lit.filter(|value| *value > 0.001).count();
            assert!(lit > 20, "{kind} lights {lit}");
        }
    }
}
