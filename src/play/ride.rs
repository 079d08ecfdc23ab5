//! What a node does to the level over the whole of a film's sequence, for people to see and to edit.

use super::listen::Listener;
use super::programme::Failed;
use super::shelf::Unread;
use crate::edit::{self, Scope};
use crate::sound::{self, Ride, Score, Unridden};
use crate::workers::Stop;
use std::path::Path;
use std::sync::Arc;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::{Id, IdSource, Timeline};

/// What a node of a strip does to the level over a sequence of `timeline`, whose document lies in
/// `folder`, to so many dB: as if the node were not bypassed. `None` where `stop` was raised.
/// Media that cannot be read are silent, and told to `unread`.
///
/// # Errors
/// Where there is no such node, or it does not turn the level.
pub fn ride(
    timeline: &Timeline,
    folder: &Path,
    (sequence, strip, node): (Id, Id, Id),
    tolerance: f64,
    (unread, stop): (&Unread, &Stop),
) -> Result<Option<Ride>, Failed> {
    let failed = |why: &dyn std::fmt::Display| Failed(format!("the node {node} of {strip}: {why}"));
    let wake = |node: &mut NodeInstance| node.bypass = false;
    let (scope, ids) = (Scope::of(sequence), &mut IdSource::seeded(0));
    let woken = edit::set_node(timeline, scope, (strip, node), wake, ids);
    let timeline = Arc::new(woken.map_err(|refused| failed(&refused))?.timeline);
    let sources = Listener::new(Arc::clone(&timeline), folder, unread.clone());
    let length = timeline.sequences.get(&sequence).map_or(0, |sequence| {
        sequence.header.rate.sample_of(sequence.length(), timeline.settings.sound)
    });
    let (layout, ahead) = (Layout::Stereo, 0);
    let score = Score { timeline: &timeline, sequence, sources: &sources, layout, ahead };
    match sound::ride(&score, (strip, node), 0..length, tolerance, stop) {
        Ok(ride) => Ok(Some(ride)),
        Err(Unridden::Stopped) => Ok(None),
        Err(why) => Err(failed(&why)),
    }
}
