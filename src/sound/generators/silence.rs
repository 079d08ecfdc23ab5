//! Nothing, for as long as it takes.

use super::{Generate, Generator};
use signal::Samples;

pub(super) const GENERATOR: Generator = Generator {
    id: "silence",
    label: "Silence",
    help: "Nothing sounds.",
    parameters: &[],
    channels: 1,
    build: |_| Box::new(Silence),
};

#[derive(Debug)]
struct Silence;

impl Generate for Silence {
    fn fill(&mut self, _at: i64, out: &mut Samples) {
        for channel in out.channels_mut() {
            channel.fill(0.0);
        }
    }
}
