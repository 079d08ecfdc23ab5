//! How much memory the layers of a frame take: many large ones are not held at once.

use super::composite::Placed;
use crate::plan::{Layer, Picture, Plan};

/// Bytes of whole pictures in floats that a frame may hold at once.
pub(super) const MOST: usize = 512 << 20;

/// The bytes that the layers of a plan take where each is made whole: in floats, as large as the frame.
pub(super) fn weight(plan: &Plan) -> usize {
    let whole = plan.raster.width as usize * plan.raster.height as usize * 16;
    let is_made = |layer: &&Layer| {
        let is_source = matches!(layer.picture, Picture::Media { .. });
        !is_source || !layer.effects.is_empty() || !layer.placement.is_plain()
    };
    plan.layers.iter().filter(is_made).count() * whole
}

/// The bytes that placed pictures hold.
pub(super) fn weight_of(placed: &[Placed]) -> usize {
    let of = |placed: &Placed| {
        let planes = placed.image.planes.iter().map(|plane| plane.bytes().len());
        planes.sum::<usize>()
    };
    placed.iter().map(of).sum()
}
