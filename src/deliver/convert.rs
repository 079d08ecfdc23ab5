//! The picture that an encoder takes.

use super::presets::PictureTarget;
use crate::play::Failed;
use crate::signal::Image;
use std::sync::Arc;

/// `image` in the target's format and colour; itself where it has them.
pub(super) fn to(image: Arc<Image>, target: &PictureTarget) -> Result<Arc<Image>, Failed> {
    if (image.format, image.colour) == (target.format, target.colour) {
        return Ok(image);
    }
    let (from, to) = (image.format, target.format);
    Err(Failed(format!("the picture is {from:?}, and the encoder takes {to:?}")))
}
