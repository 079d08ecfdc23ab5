//! The sound device as an editor sees it: how often it was not given its samples in time, and what became
//! of it.

use super::Desk;
use super::player::Player;
use crate::play::Room;
use crate::sound::device::Form;

/// What has been heard of the device, and from where on it is counted.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// Lines that were taken in.
    said: usize,
    history: Vec<String>,
    late: u64,
    unread: u64,
}

/// How the device is served, since somebody looked at it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Service {
    /// How it took its samples when it was opened.
    pub(in crate::ui) form: Form,
    /// How often it ran out of samples.
    pub(in crate::ui) late: u64,
    /// Steps of the graph for which media had not been read.
    pub(in crate::ui) unread: u64,
    /// What became of it, the newest last.
    pub(in crate::ui) history: Vec<String>,
}

impl Service {
    /// Whether everything was there in time, and the device too.
    pub(in crate::ui) const fn is_well(&self) -> bool {
        self.late == 0 && self.unread == 0 && self.history.is_empty()
    }
}

impl Watched {
    /// What the device said since it was asked last.
    pub(super) fn listen(&mut self, room: &Room) -> Vec<String> {
        let (lines, count) = room.told().since(self.said);
        self.said = count;
        self.history.extend(lines.iter().cloned());
        lines
    }

    fn service(&self, room: &Room) -> Service {
        Service {
            form: room.form(),
            late: room.gate().underruns() - self.late,
            unread: room.missed().saturating_sub(self.unread),
            history: self.history.clone(),
        }
    }

    fn forget(&mut self, room: &Room) {
        (self.late, self.unread) = (room.gate().underruns(), room.missed());
        self.history.clear();
    }
}

impl Desk {
    /// How the sound device is served; the error is why there is no sound.
    pub(in crate::ui) fn service(&self) -> Option<Result<Service, String>> {
        let player = self.player.as_ref()?;
        match (player.room(), &player.mute) {
            (Some(room), _) => Some(Ok(player.watched.service(room))),
            (None, Some(failed)) => Some(Err(failed.to_string())),
            (None, None) => None,
        }
    }

    /// Counts from nothing again.
    pub(in crate::ui) fn forget_lateness(&mut self) {
        if let Some(player) = &mut self.player
            && let Some(room) = player.room().cloned()
        {
            player.watched.forget(&room);
        }
    }

    /// Says what the device has said meanwhile.
    pub(super) fn heed_device(&mut self) {
        let lines = self.player.as_mut().map(Player::hear_device).unwrap_or_default();
        lines.into_iter().for_each(|line| self.notices.trouble(line));
    }
}
