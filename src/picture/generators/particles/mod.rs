//! Particles: dust, snow, rain, embers, smoke; every one a function of its number and of the time, so that any frame
//! is made alone.

mod drawn;
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
        Parameter::number("opacity", "Opacity", "How much of them is seen.", [0.0, 10.0, 1.0], ""),
        Parameter {
            id: "tint",
            label: "Tint",
            help: "What their red, green and blue are multiplied by.",
            kind: Kind::Four { default: [1.0, 1.0, 1.0, 1.0], unit: "" },
        },
        Parameter::setting("depth", "Depth", "How far they lie apart: the far ones are small and slow.", [0.0, 20.0, 3.0], ""),
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
    use timeline_format::sequence::Raster;
    use timeline_format::{Param, Value};

    fn made(kind: &str, frame: i64) -> Vec<Vec<u8>> {
        let word = Param::Constant(Value::Text(kind.to_owned()));
        let given = |id: &str| (id == "kind").then_some(&word);
        let values = Values::resolve(GENERATOR.parameters, Moment::default(), given);
        let image = (GENERATOR.make)(&values, Raster { width: 240, height: 136 }, At { frame, ..At::default() });
        image.planes.iter().map(|plane| plane.bytes().to_vec()).collect()
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
