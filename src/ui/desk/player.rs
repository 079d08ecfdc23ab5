//! What plays the film on the desk: the transport, the screen that it shows on, the room that it sounds in.

use super::Wake;
use super::device::Watched;
use crate::play::screen::Screen;
use crate::play::transport::{Heard, Transport};
use crate::play::{Failed, Room};
use crate::sound::device::Device;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::Timeline;

/// Samples that are played without an end: films are longer than any range that is asked for.
const ENDLESS: i64 = i64::MAX / 4;

/// Plays a film in picture and sound.
#[derive(Debug)]
pub(super) struct Player {
    transport: Transport,
    screen: Arc<Screen>,
    room: Option<Arc<Room>>,
    /// Why there is no sound, if there is none.
    pub(super) mute: Option<Failed>,
    dropped: u64,
    /// What has been heard of the device.
    pub(super) watched: Watched,
}

impl Deref for Player {
    type Target = Transport;

    fn deref(&self) -> &Transport {
        &self.transport
    }
}

impl DerefMut for Player {
    fn deref_mut(&mut self) -> &mut Transport {
        &mut self.transport
    }
}

impl Player {
    /// What plays `film`, whose document lies in `folder`, at `device`, with pictures kept in
    /// `budget` bytes; without sound where the device cannot be opened.
    pub(super) fn open(
        film: &Arc<Timeline>,
        folder: &Path,
        (device, budget): (Box<dyn Device>, usize),
        wake: Wake,
    ) -> Result<Self, Failed> {
        let screen = Arc::new(Screen::open(film, folder, budget)?);
        let waker = wake.clone();
        screen.on_news(move || waker.wake());
        let (room, mute) = match Room::open(film, folder, 0..ENDLESS, device) {
            Ok(room) => (Some(Arc::new(room)), None),
            Err(failed) => (None, Some(failed)),
        };
        room.iter().for_each(|room| room.gate().shut());
        room.iter().for_each(|room| wake_on_news(room, wake.clone()));
        let heard = room.clone().map(|room| Box::new(room) as Box<dyn Heard>);
        let transport = Transport::new(film, Box::new(Arc::clone(&screen)), heard)?;
        Ok(Self { transport, screen, room, mute, dropped: 0, watched: Watched::default() })
    }

    /// The screen that the film is shown on.
    pub(super) const fn screen(&self) -> &Arc<Screen> {
        &self.screen
    }

    /// The room that it sounds in.
    pub(super) const fn room(&self) -> Option<&Arc<Room>> {
        self.room.as_ref()
    }

    /// What the device said since it was asked last.
    pub(super) fn hear_device(&mut self) -> Vec<String> {
        self.room.as_ref().map(|room| self.watched.listen(room)).unwrap_or_default()
    }

    /// What cannot be read, one line a media.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = self.screen.problems();
        problems.extend(self.room.iter().flat_map(|room| room.unread()));
        problems.sort();
        problems.dedup();
        problems
    }

    /// Lets time pass; how long until there is something new to show, while the film moves.
    pub(super) fn pass(&mut self) -> Option<Duration> {
        self.transport.tick(Instant::now());
        let rate = self.transport.rate().ratio().to_f64();
        self.transport.is_rolling().then(|| Duration::from_secs_f64(0.5 / rate))
    }

    /// Frames that were due since the film began to play and not shown.
    pub(super) const fn missed(&self) -> u64 {
        self.transport.dropped() - self.dropped
    }

    /// Forgets what was missed: the film begins to play.
    pub(super) const fn begin(&mut self) {
        self.dropped = self.transport.dropped();
    }
}

/// Has the window drawn when the device has something to say.
fn wake_on_news(room: &Room, wake: Wake) {
    room.told().on_news(move || wake.wake());
}
