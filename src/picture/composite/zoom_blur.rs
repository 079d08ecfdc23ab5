//! Zoom blur: a way out from a middle.

use super::along::{Way, mean_along};
use super::spin_blur::CENTRE;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use std::sync::Arc;

pub(super) const FILTER: Filter = Filter {
    id: "zoom_blur",
    label: "Zoom blur",
    help: "As if the lens zoomed while the shutter was open, in light.",
    space: Space::Light,
    parameters: &[
        CENTRE,
        Parameter::number(
            "amount",
            "Amount",
            "How much larger the picture gets on the way.",
            [0.0, 2.0, 0.1],
            "",
        ),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (centre, amount) = (values.point("centre"), values.number("amount"));
        (amount > 0.0).then(|| Arc::new(Zoom { centre, amount }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Zoom {
    centre: [f64; 2],
    amount: f64,
}

impl Treatment for Zoom {
    fn treat(&self, picture: Canvas, _: &Scene<'_>) -> Canvas {
        let size = [picture.width as f64, picture.height as f64];
        let middle = [0, 1].map(|axis| self.centre[axis] * size[axis]);
        mean_along(&picture, middle, Way::Out(self.amount))
    }
}
