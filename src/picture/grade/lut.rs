//! A look-up table: what colours become, as a file says it.

use super::{Operation, Space, Work, cct};
use crate::lut::{ENDINGS, Lut};
use crate::{WORKING, light};
use signal::{Parameter, wide};
use std::sync::Arc;

/// Curves straight between their entries, cubes by tetrahedra, the edge beyond (OpenColorIO, INTERP_LINEAR and
/// INTERP_TETRAHEDRAL; ffmpeg, lut3d). Where its file cannot be had the picture stays as it is, and is told of.
pub(super) const OPERATION: Operation = Operation {
    id: "lut",
    label: "LUT",
    help: "What a look-up table says: a file .cube, .3dl, .spi1d, .spi3d, .csp or .clf beside the film.",
    space: Space::Display,
    parameters: &[
        Parameter::file("file", "File", "The table, by its path from the film.", ENDINGS),
        Parameter::choice("input", "Takes", "What its input is: display codes, light, or ACEScct.", CODES),
        Parameter::choice("output", "Gives", "What its output is.", CODES),
    ],
    prepare: |values| {
        let code = |id: &str| CODES.iter().position(|code| *code == values.word(id)).unwrap_or(0);
        let lut = Arc::clone(values.table("file")?);
        let (input, output) = (code("input"), code("output"));
        Some(Arc::new(LookUp { lut, input, output }) as Arc<dyn Work>)
    },
};

/// What numbers may be.
const CODES: &[&str] = &["display", "light", "acescct"];

#[derive(Debug)]
struct LookUp {
    lut: Arc<Lut>,
    /// Its input and output, by their places in [`CODES`].
    input: usize,
    output: usize,
}

impl Work for LookUp {
    fn line(&self, mut channels: [&mut [f32]; 3]) {
        for channel in channels.iter_mut().filter(|_| self.input > 0) {
            light::decode(WORKING.transfer, channel);
            if self.input == 2 {
                wide(
                    #[inline(always)]
                    move || channel.iter_mut().for_each(|value| *value = cct::code(*value)),
                );
            }
        }
        self.lut.line(channels.each_mut().map(|channel| &mut **channel));
        for channel in channels.into_iter().filter(|_| self.output > 0) {
            if self.output == 2 {
                let channel = &mut *channel;
                wide(
                    #[inline(always)]
                    move || channel.iter_mut().for_each(|value| *value = cct::light(*value)),
                );
            }
            light::encode(WORKING.transfer, channel);
        }
    }
}
