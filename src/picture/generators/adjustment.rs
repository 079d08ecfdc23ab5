//! An adjustment: nothing by itself, its effects are done to all that lies below it.

use super::{Generator, flat, still};

pub(super) const GENERATOR: Generator = Generator {
    id: "adjustment",
    label: "Adjustment",
    help: "Nothing by itself: its effects are done to all that lies below it, as far as its opacity, its blend and its masks let them.",
    parameters: &[],
    at: still,
    make: |_, raster, _| flat(raster, [0.0; 4]),
};
