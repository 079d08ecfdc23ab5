//! The whole picture.

use super::{Matte, Shape};

pub(super) const MASK: Shape = Shape {
    id: "whole",
    label: "Whole",
    help: "All of the picture: what others are taken away from.",
    parameters: &[],
    draw: |_, picture| Matte::even(picture.width, picture.height, 1.0),
};
