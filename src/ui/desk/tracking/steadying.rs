//! The clip that is seen made steady: its background is followed on another thread, and its placement has a key in each
//! frame.

use super::{Desk, Done, Of, tell_of};
use crate::picture::track::{Edges, Freedom, Steadying};
use crate::play::tracking::{NotTracked, Stabilise};
use crate::workers::Stop;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use timeline_format::{Id, Source, Timeline};

/// How slow a movement must be to stay, in frames: the deviation of a Gaussian.
const SMOOTH: f64 = 12.0;
/// How many times larger the picture may get so that its edges stay out of sight.
const LARGER: f64 = 1.25;

impl Desk {
    /// The clip that would be made steady: the one that is seen, if it shows something that was shot or made.
    fn clip_to_steady(&self) -> Option<Id> {
        let clip = self.repaired_clip()?;
        let source = &self.clip(clip)?.source;
        matches!(source, Source::Media(_) | Source::Shot(_)).then_some(clip)
    }

    /// Whether a clip can be made steady now.
    pub(in crate::ui) fn can_stabilise(&self) -> bool {
        self.trackings.work.is_none() && self.clip_to_steady().is_some()
    }

    /// Makes the clip that is seen steady: smooth, or as still as it lies at the playhead.
    pub(in crate::ui) fn stabilise(&mut self, is_locked: bool) {
        let Some(clip) = self.clip_to_steady() else { return };
        let how = if is_locked { Steadying::Still } else { Steadying::Smooth(SMOOTH) };
        let (freedom, edges) = (Freedom::Similar, Edges::Filled(LARGER));
        let taken = self.position();
        let asked = Stabilise { clip, taken, part: [None; 2], freedom, how, edges };
        self.begin_tracking(
            Of::Placement("Stabilise"),
            &asked.track(),
            move |film, folder, told| steadied(&asked, (film, folder), told),
        );
    }
}

/// Follows the background, and works out what makes the clip steady.
fn steadied(
    asked: &Stabilise,
    (film, folder): (&Timeline, &Path),
    (stop, seen): (&Stop, &AtomicUsize),
) -> Result<Done, NotTracked> {
    let tracked = asked.track().run(film, folder, (stop, &tell_of(seen)))?;
    let stabilised = asked.made(film, &tracked)?;
    let words = stabilised.to_string();
    Ok(Done { sets: stabilised.sets, sure: Vec::new(), words })
}
