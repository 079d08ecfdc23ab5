//! Exposure: more or less light, in stops.

use super::{Operation, Space, Work};
use signal::Parameter;
use signal::wide;
use std::sync::Arc;

pub(super) const OPERATION: Operation = Operation {
    id: "exposure",
    label: "Exposure",
    help: "More or less light, as if the lens had been opened or closed: light times 2 to the power of stops.",
    space: Space::Light,
    parameters: &[Parameter::number(
        "stops",
        "Stops",
        "How many times the light is doubled; below 0 halved.",
        [-10.0, 10.0, 0.0],
        "stops",
    )],
    prepare: |values| {
        let stops = values.number("stops");
        (stops != 0.0).then(|| Arc::new(Gain(stops.exp2() as f32)) as Arc<dyn Work>)
    },
};

/// A factor of light.
#[derive(Debug)]
struct Gain(f32);

impl Work for Gain {
    fn line(&self, channels: [&mut [f32]; 3]) {
        let gain = self.0;
        for channel in channels {
            wide(
                #[inline(always)]
                move || channel.iter_mut().for_each(|value| *value *= gain),
            );
        }
    }
}
