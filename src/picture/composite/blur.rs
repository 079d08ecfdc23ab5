//! Blur: a Gaussian, in light.

use super::gauss;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "blur",
    label: "Blur",
    help: "A soft picture: a Gaussian, in light; what lies beyond the edge is as the edge.",
    space: Space::Light,
    parameters: &[Parameter::number(
        "size",
        "Size",
        "Standard deviation, in pixels of a picture of 1080 lines.",
        [0.0, 500.0, 10.0],
        "px",
    )],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let size = values.number("size");
        (size > 0.0).then(|| Arc::new(Blur(size)) as Arc<dyn Treatment>)
    },
};

/// A standard deviation in pixels of a picture of 1080 lines.
#[derive(Debug)]
struct Blur(f64);

impl Treatment for Blur {
    fn treat(&self, mut picture: Canvas, _: &Scene<'_>) -> Canvas {
        let (sigma, size) = (self.0 * picture.unit(), (picture.width, picture.height));
        picture.channels.iter_mut().for_each(|channel| gauss(channel, size, sigma));
        picture
    }
}
