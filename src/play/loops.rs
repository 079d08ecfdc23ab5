//! Where a recording of a film may start over.

use super::listen::Listener;
use super::programme::Failed;
use super::shelf::Unread;
use crate::sound::{self, LoopPoints, Sources as _};
use std::path::Path;
use std::sync::Arc;
use timeline_format::{Id, Timeline};

/// The best places of a media of `timeline`, whose document lies in `folder`, to start over with a crossfade
/// of so many seconds, in samples of the media.
///
/// # Errors
/// Where the media has no sound that can be read, or is too short.
pub fn loop_points(
    timeline: &Arc<Timeline>,
    folder: &Path,
    media: Id,
    fade: f64,
) -> Result<LoopPoints, Failed> {
    let unread = Unread::default();
    let sources = Listener::new(Arc::clone(timeline), folder, unread.clone());
    let Some(mut file) = sources.open(media) else {
        let why = unread.lines().into_iter().next();
        let why = why.unwrap_or_else(|| format!("media {media}: it has no sound"));
        return Err(Failed(why));
    };
    let samples = (fade * f64::from(file.rate())).round() as i64;
    sound::loop_points(file.as_mut(), samples).ok_or_else(|| {
        Failed(format!("media {media} is too short to start over with a crossfade of {fade} s"))
    })
}
