//! How the mix of a film runs, for people to see.

use super::listen::Listener;
use super::shelf::Unread;
use crate::sound::{self, Score, Survey};
use crate::workers::Stop;
use std::path::Path;
use std::sync::Arc;
use timeline_format::mix::Layout;
use timeline_format::{Id, Timeline};

/// Looks at the whole mix of a sequence of `timeline`, whose document lies in `folder`; `None` where `stop`
/// was raised. Media that cannot be read are silent, and told to `unread`.
pub fn survey(
    timeline: &Arc<Timeline>,
    folder: &Path,
    sequence: Id,
    (unread, stop): (&Unread, &Stop),
) -> Option<Survey> {
    let sources = Listener::new(Arc::clone(timeline), folder, unread.clone());
    let (layout, ahead) = (Layout::Stereo, 0);
    sound::survey(&Score { timeline, sequence, sources: &sources, layout, ahead }, stop)
}
