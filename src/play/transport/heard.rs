//! The half of a film that is heard, as a transport drives it.

use crate::play::room::Room;
use std::sync::Arc;
use std::time::Instant;
use timeline_format::{Ratio, Timeline};

/// What plays the sound.
pub trait Heard: Send {
    /// Plays on from `sample` at the film's own speed.
    fn play(&mut self, sample: i64);

    /// Falls silent where it is.
    fn hold(&mut self);

    /// Goes on with an edited film.
    fn edit(&mut self, timeline: &Arc<Timeline>);

    /// The sample that is heard at `when`; `None` where nothing says so.
    fn sample_at(&self, when: Instant) -> Option<f64>;

    /// Plays from `sample` at another speed, if it can; else it is silent, and the answer false.
    fn shuttle(&mut self, _sample: i64, _speed: Ratio) -> bool {
        false
    }

    /// Lets a moment at `sample` be heard while a hand drags.
    fn scrub_to(&mut self, _sample: i64) {}

    /// The hand has let go.
    fn end_scrub(&mut self) {}
}

impl Heard for Arc<Room> {
    fn play(&mut self, sample: i64) {
        self.go(sample);
        self.gate().open();
    }

    fn hold(&mut self) {
        self.end_scrub();
        self.gate().shut();
    }

    fn edit(&mut self, timeline: &Arc<Timeline>) {
        Room::edit(self, Arc::clone(timeline));
    }

    fn sample_at(&self, when: Instant) -> Option<f64> {
        self.clock().sample_at(when)
    }

    fn shuttle(&mut self, sample: i64, speed: Ratio) -> bool {
        self.go(sample);
        Room::shuttle(self, speed.to_f64());
        self.gate().open();
        true
    }

    fn scrub_to(&mut self, sample: i64) {
        Room::scrub_to(self, sample);
    }

    fn end_scrub(&mut self) {
        Room::end_scrub(self);
    }
}
