//! The picture that an encoder takes.

use crate::play::Failed;
use crate::signal::{Colour, Image, PixelFormat};
use std::sync::Arc;

/// `image` in this format and colour; itself where it has them.
pub(super) fn to(
    image: Arc<Image>,
    format: PixelFormat,
    colour: Colour,
) -> Result<Arc<Image>, Failed> {
    if (image.format, image.colour) == (format, colour) {
        return Ok(image);
    }
    let from = image.format;
    Err(Failed(format!("the picture is {from:?}, and the encoder takes {format:?}")))
}
