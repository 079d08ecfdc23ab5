//! The half of a film that is seen, as a transport drives it.

use crate::play::screen::{Intent, Screen};
use std::sync::Arc;
use timeline_format::Timeline;

/// What shows the picture.
pub trait Seen: Send {
    /// Asks for a frame; never waits.
    fn show(&mut self, frame: i64, intent: Intent);

    /// Goes on with an edited film.
    fn edit(&mut self, timeline: &Arc<Timeline>);

    /// Whether what is on screen is exactly `frame`.
    fn is_shown(&self, frame: i64) -> bool;
}

impl Seen for Arc<Screen> {
    fn show(&mut self, frame: i64, intent: Intent) {
        Screen::show(self, frame, intent);
    }

    fn edit(&mut self, timeline: &Arc<Timeline>) {
        self.film(Arc::clone(timeline));
    }

    fn is_shown(&self, frame: i64) -> bool {
        self.latest().is_some_and(|shown| shown.is_exact && shown.wanted == frame)
    }
}
