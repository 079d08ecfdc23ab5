//! What happens between two pictures: each entry says what is mixed, one place mixes it.

use super::values::Values;
use signal::Parameter;
use timeline_format::sequence::Raster;

signal::catalogue! {
    /// Every transition, in menu order.
    pub ALL: TRANSITION: Transition = dissolve additive dip wipe iris push
}

/// The description of a transition.
#[derive(Debug)]
pub struct Transition {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it looks like, in one sentence.
    pub help: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// What is mixed at a progress of 0 to 1: at 0 all `from`, at 1 all `to`.
    pub recipe: fn(&Values, f64, Raster) -> Recipe,
}

/// What is mixed.
pub enum Recipe {
    /// The same everywhere.
    Even(Weights),
    /// From place to place.
    Mask(Mask),
    /// Both pictures moved, by parts of the frame's width and height; nothing shows through.
    Shift {
        /// How far the outgoing picture is moved right and down.
        from: [f64; 2],
        /// How far the incoming one is.
        to: [f64; 2],
    },
}

/// `from A + to B + (colour's part) colour`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weights {
    /// Of the outgoing picture.
    pub from: f64,
    /// Of the incoming picture.
    pub to: f64,
    /// Of a third colour, display-coded red, green, blue and its weight.
    pub colour: [f64; 4],
    /// Whether light is mixed instead of display-coded values.
    pub in_light: bool,
}

/// How much of the incoming picture shows at each place of the frame.
pub struct Mask(pub Box<dyn Fn(f64, Steps, &mut [f32]) + Send + Sync>);

/// Places on a line of the frame: `first`, `first + step`, ... in pixels; the first pixel's centre
/// is at 0.5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    /// The first place.
    pub first: f64,
    /// From a place to the next.
    pub step: f64,
}

impl std::fmt::Debug for Mask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mask")
    }
}

impl std::fmt::Debug for Recipe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Even(weights) => weights.fmt(f),
            Self::Mask(mask) => mask.fmt(f),
            Self::Shift { from, to } => write!(f, "Shift {from:?} {to:?}"),
        }
    }
}

/// The transition called `id`; a dissolve where there is none.
pub fn named(id: &str) -> &'static Transition {
    ALL.iter().find(|transition| transition.id == id).unwrap_or(&ALL[0])
}

/// How far an edge at `distance` pixels ahead of a place has gone over it, `width` pixels soft.
fn soft(distance: f64, width: f64) -> f32 {
    (distance / width.max(1.0) + 0.5).clamp(0.0, 1.0) as f32
}
