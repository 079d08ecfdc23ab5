//! The picture that an encoder takes.

use crate::picture::convert;
use crate::play::Failed;
use crate::signal::{Colour, Image, PixelFormat};
use std::sync::Arc;

/// `image` in this format and colour; itself, planes and all, where it has them.
pub(super) fn to(
    image: Arc<Image>,
    format: PixelFormat,
    colour: Colour,
) -> Result<Arc<Image>, Failed> {
    if convert::is_already(&image, format, colour) {
        return Ok(image);
    }
    Ok(Arc::new(convert::to(&image, format, colour)))
}
