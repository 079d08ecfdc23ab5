//! Layers as they are laid on each other: an adjustment takes what lies below it into itself, and a filter that works
//! with what lies below is given it.

use super::blend::Blend;
use super::effects::Effects;
use super::generators::ADJUSTMENT;
use super::placement::Placement;
use super::plan::{Layer, Picture, Plan};
use std::cell::Cell;
use std::sync::Arc;
use timeline_format::sequence::Raster;

/// How often what lies below may be looked at besides where it lies, in a frame: each time may double the work.
const MOST: u32 = 8;

/// How often what lies below has been looked at.
#[derive(Debug, Default)]
pub(super) struct Looks(Cell<u32>);

impl Looks {
    /// Whether it may be once more.
    fn take(&self) -> bool {
        self.0.set(self.0.get() + 1);
        self.0.get() <= MOST
    }
}

/// Lays a layer on those that are there. What would look below too often in a frame does not.
pub(super) fn lay(layers: &mut Vec<Layer>, mut layer: Layer, raster: Raster, looks: &Looks) {
    if let Picture::Between(between) = &mut layer.picture {
        for side in [&mut between.from, &mut between.to].into_iter().flatten() {
            if is_adjustment(side) && looks.take() {
                *side = adjusted(below(layers, raster), side.clone(), side.placement.opacity);
            }
        }
        return layers.push(layer);
    }
    if !is_adjustment(&layer) {
        return layers.push(over_below(layers, layer, raster, looks));
    }
    if layer.placement.opacity <= 0.0 || layers.is_empty() {
        return;
    }
    if layer.placement.blend == Blend::Normal {
        let all = Arc::new(Plan { raster, layers: std::mem::take(layers) });
        let mix = layer.placement.opacity;
        return layers.push(adjusted(all, layer, mix));
    }
    if !looks.take() {
        return;
    }
    let Placement { opacity, blend, .. } = layer.placement;
    let picture = Picture::Nested(below(layers, raster));
    layers.push(Layer {
        picture,
        placement: Placement { opacity, blend, ..Placement::default() },
        ..layer
    });
}

fn is_adjustment(layer: &Layer) -> bool {
    matches!(&layer.picture, Picture::Made { generator, .. } if generator.id == ADJUSTMENT)
}

fn below(layers: &[Layer], raster: Raster) -> Arc<Plan> {
    Arc::new(Plan { raster, layers: layers.to_vec() })
}

/// What lies below with the effects of an adjustment, seen so much over what it was.
fn adjusted(all: Arc<Plan>, layer: Layer, mix: f64) -> Layer {
    let Layer { effects, grade, .. } = layer;
    let plain = Layer::new(Picture::Nested(all), Placement::default());
    if mix >= 1.0 && effects.left_is_all() {
        return Layer { effects, grade, ..plain };
    }
    Layer { effects: effects.adjusting(grade, mix), ..plain }
}

/// A layer whose filters work with what lies below: it is placed first, and they are done to the whole frame then.
fn over_below(layers: &[Layer], mut layer: Layer, raster: Raster, looks: &Looks) -> Layer {
    let over = layer.effects.split_below();
    if over.is_empty() || !looks.take() {
        return layer;
    }
    let Placement { opacity, blend, .. } = layer.placement;
    layer.placement = Placement { opacity: 1.0, blend: Blend::Normal, ..layer.placement };
    for placement in &mut layer.motion {
        *placement = Placement { opacity: 1.0, blend: Blend::Normal, ..*placement };
    }
    let frame = layer.effects.frame;
    let grade = std::mem::take(&mut layer.grade);
    let placed = Arc::new(Plan { raster, layers: vec![layer] });
    let effects =
        Effects { stages: over, frame, below: Some(below(layers, raster)), ..Effects::default() };
    let placement = Placement { opacity, blend, ..Placement::default() };
    Layer { effects, grade, ..Layer::new(Picture::Nested(placed), placement) }
}
