//! The nodes that a strip can hold, one a file.

use super::node::Node;

signal::catalogue! {
    /// Every node, in menu order.
    pub ALL: NODE: Node = gain pan eq tilt compressor gate de_esser delay reverb room convolution through denoise saturation width phase surround duck limiter meter
}

pub(crate) use meter::{Meter, squares, weighting, weights_of};
pub use meter::{Reading, THIRDS, middle};

/// The node called `id`.
pub fn find(id: &str) -> Option<&'static Node> {
    ALL.iter().find(|node| node.id == id).copied()
}
