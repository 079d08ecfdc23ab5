//! Playing, stepping, shuttling, going somewhere.

use super::player::Player;
use super::{Desk, Film};
use crate::play::screen::{Counts, Name, Of, Shown};
use crate::play::transport::Way;
use crate::signal::Image;
use crate::sound::Level;
use crate::sound::nodes::Reading;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::{Id, Source};

/// Frames of a long step.
pub(in crate::ui) const MANY: i64 = 10;

impl Desk {
    /// What plays `film`; without sound where the device cannot be opened.
    pub(super) fn player_for(&mut self, film: &Film) -> Option<Player> {
        let (device, wake) = ((self.device)(), self.wake.clone());
        match Player::open(film.now(), &film.folder(), (device, self.budget), wake) {
            Ok(player) => {
                if let Some(failed) = &player.mute {
                    self.notices.trouble(format_args!("the film plays without sound: {failed}"));
                }
                Some(player)
            }
            Err(failed) => {
                self.notices.trouble(failed);
                None
            }
        }
    }

    /// Bytes that the pictures of the film may take, and what they do take.
    pub(in crate::ui) fn pictures(&self) -> (usize, Counts) {
        let counts = self.player.as_ref().map(|player| player.screen().counts());
        (self.budget, counts.unwrap_or_default())
    }

    /// What cannot be read, one line a media.
    pub(in crate::ui) fn unreadable(&self) -> Vec<String> {
        self.player.as_ref().map(Player::problems).unwrap_or_default()
    }

    /// Frames that were due since the film began to play, and not shown.
    pub(in crate::ui) fn dropped(&self) -> u64 {
        self.player.as_ref().map_or(0, Player::missed)
    }

    /// The frame at the playhead.
    pub(in crate::ui) fn position(&self) -> i64 {
        self.player.as_ref().map_or(0, |player| player.position())
    }

    /// Whether the film plays, at any speed.
    pub(in crate::ui) fn is_playing(&self) -> bool {
        self.player.as_ref().is_some_and(|player| player.is_rolling())
    }

    /// The picture to show.
    pub(in crate::ui) fn shown(&self) -> Option<Shown> {
        self.player.as_ref()?.screen().latest()
    }

    /// A frame of a source at about `size`, when it is at hand: it is fetched meanwhile, and the window
    /// is told.
    pub(in crate::ui) fn picture_of(
        &self,
        source: &Source,
        frame: i64,
        size: (u32, u32),
    ) -> Option<Arc<Image>> {
        self.picture(self.picture_name(source)?, frame, size)
    }

    /// What the pictures of a source are of: of a shot, its chosen take.
    pub(in crate::ui) fn picture_name(&self, source: &Source) -> Option<Of> {
        let film = self.film()?.now();
        match source {
            Source::Media(media) => Some(Of::Media(*media)),
            Source::Shot(shot) => Some(Of::Take { shot: *shot, take: film.shots.get(shot)?.take }),
            Source::Sequence(_) | Source::Generator(_) => None,
        }
    }

    /// The name that a frame of a media or a take is kept by.
    pub(in crate::ui) fn name_of_picture(
        &self,
        of: Of,
        frame: i64,
        size: (u32, u32),
    ) -> Option<Name> {
        self.player.as_ref()?.screen().name_of(of, frame, size)
    }

    /// A frame of a media or a take at about `size`, when it is at hand.
    pub(in crate::ui) fn picture(
        &self,
        of: Of,
        frame: i64,
        size: (u32, u32),
    ) -> Option<Arc<Image>> {
        self.player.as_ref()?.screen().picture_of(of, frame, size)
    }

    /// Whether pictures that were asked for are still to be made.
    pub(super) fn awaits_pictures(&self) -> bool {
        self.player.as_ref().is_some_and(|player| player.screen().awaits_pictures())
    }

    /// What the meter at the end of the mix shows: of the source, while that plays.
    pub(in crate::ui) fn reading(&self) -> Option<Reading> {
        let player = self.source_player().or(self.player.as_ref())?;
        player.room().map(|room| room.reading())
    }

    /// How loud a track or a bus is, if it sounds.
    pub(in crate::ui) fn level(&self, strip: Id) -> Option<Level> {
        self.player.as_ref()?.room()?.level(strip)
    }

    /// What a meter node of a strip shows, if it hears anything.
    pub(in crate::ui) fn meter(&self, strip: Id, node: Id) -> Option<Reading> {
        self.player.as_ref()?.room()?.meter(strip, node)
    }

    /// Lets time pass; how long until there is something new to show.
    pub(in crate::ui) fn tick(&mut self) -> Option<Duration> {
        self.heed_device();
        self.mind_matte();
        self.mind_bypass();
        let of_film = self.player.as_mut().and_then(Player::pass);
        of_film.into_iter().chain(self.pass_source()).min()
    }

    /// Has what plays go on with the film as it is now.
    pub(super) fn play_edited(&mut self) {
        let film = self.film_seen();
        if let (Some(film), Some(player)) = (film, &mut self.player) {
            player.edit(&film);
        }
    }

    /// Does something with what plays in the viewer that has the keys.
    fn with(&mut self, act: impl FnOnce(&mut Player)) {
        if self.acts_on_source() {
            self.with_source(act);
        } else {
            self.with_film(act);
        }
    }

    fn with_film(&mut self, act: impl FnOnce(&mut Player)) {
        if let Some(player) = &mut self.player {
            act(player);
        }
    }

    /// The same, where it begins to play: the other viewer is held.
    fn begin(&mut self, act: impl FnOnce(&mut Player)) {
        if self.acts_on_source() {
            self.pause_film();
        } else {
            self.pause_source();
        }
        self.with(|player| {
            if !player.is_rolling() {
                player.begin();
            }
            act(player);
        });
    }

    /// Holds the film.
    pub(super) fn pause_film(&mut self) {
        if self.is_playing() {
            self.with_film(|player| player.pause());
        }
    }

    /// Plays, or pauses.
    pub(in crate::ui) fn play_toggle(&mut self) {
        self.begin(|player| player.toggle());
    }

    /// Pauses.
    pub(in crate::ui) fn pause(&mut self) {
        if self.acts_on_source() {
            return self.pause_source();
        }
        self.with_film(|player| player.pause());
    }

    /// Faster backwards (-1) or forwards (1).
    pub(in crate::ui) fn shuttle(&mut self, direction: i32) {
        self.begin(|player| player.shuttle(way_of(direction)));
    }

    /// Faster backwards (-1) or forwards (1), below the film's own speed.
    pub(in crate::ui) fn shuttle_slowly(&mut self, direction: i32) {
        self.begin(|player| player.shuttle_slowly(way_of(direction)));
    }

    /// A frame backwards (-1) or forwards (1), and on in slow motion until it is paused.
    pub(in crate::ui) fn creep(&mut self, direction: i32) {
        self.begin(|player| player.creep(way_of(direction)));
    }

    /// Pauses, and goes back to where it began to play.
    pub(in crate::ui) fn stop(&mut self) {
        self.with(|player| player.stop());
    }

    /// Goes to a frame of the film.
    pub(in crate::ui) fn go(&mut self, frame: i64) {
        self.with_film(|player| player.go(frame));
    }

    /// Follows the pointer along the film, with sound.
    pub(in crate::ui) fn scrub(&mut self, frame: i64) {
        self.pause_source();
        self.with_film(|player| player.scrub_to(frame, Instant::now()));
    }

    /// The pointer lets go of the playhead.
    pub(in crate::ui) fn end_scrub(&mut self) {
        self.with_film(|player| player.end_scrub());
    }

    /// Steps by frames.
    pub(in crate::ui) fn step(&mut self, frames: i64) {
        if self.acts_on_source() {
            return self.step_in_source(frames);
        }
        self.with_film(|player| player.step(frames));
    }

    /// Steps by seconds.
    pub(in crate::ui) fn step_seconds(&mut self, seconds: i64) {
        self.with(|player| player.step_seconds(seconds));
    }

    /// To the next edit (1), or the one before (-1).
    pub(in crate::ui) fn go_to_edit(&mut self, direction: i32) {
        self.with(|player| match way_of(direction) {
            Way::Forward => player.next_edit(),
            Way::Backward => player.previous_edit(),
        });
    }

    /// To the next marker (1), or the one before (-1).
    pub(in crate::ui) fn go_to_marker(&mut self, direction: i32) {
        self.with(|player| match way_of(direction) {
            Way::Forward => player.next_marker(),
            Way::Backward => player.previous_marker(),
        });
    }

    /// To the first frame.
    pub(in crate::ui) fn go_to_start(&mut self) {
        if self.acts_on_source() { self.go_in_source(0) } else { self.go(0) }
    }

    /// To the place behind the last frame of the film; to the last frame of the source.
    pub(in crate::ui) fn go_to_end(&mut self) {
        if self.acts_on_source() {
            return self.go_to_end_of_source();
        }
        let length = self.sequence().map_or(0, |sequence| sequence.length());
        self.go(length);
    }

    /// To the frame that a timecode, or a number, names.
    pub(in crate::ui) fn go_to_timecode(&mut self, text: &str) {
        let mut went = Ok(());
        self.with(|player| went = player.go_to(text));
        if let Err(error) = went {
            self.notices.trouble(error);
        }
    }

    /// Plays what lies about the playhead, and comes back to it.
    pub(in crate::ui) fn play_around(&mut self) {
        self.begin(|player| {
            let at = player.position();
            player.play_around(at);
        });
    }

    /// Plays the marked span once.
    pub(in crate::ui) fn play_in_to_out(&mut self) {
        self.begin(|player| player.play_in_to_out());
    }

    /// Whether the marked span is played over and over.
    pub(in crate::ui) fn is_looping(&self) -> bool {
        self.player.as_ref().is_some_and(|player| player.is_looping())
    }

    /// Plays the marked span over and over, or no longer.
    pub(in crate::ui) fn toggle_loop(&mut self) {
        self.with(|player| {
            let is_looping = player.is_looping();
            player.set_looping(!is_looping);
        });
    }

    /// The label of a frame of the sequence.
    pub(in crate::ui) fn label_of(&self, frame: i64) -> String {
        let Some(sequence) = self.sequence() else { return String::new() };
        let header = &sequence.header;
        timeline_format::timecode::label(header.start + frame, header.rate, header.timecode)
            .unwrap_or_else(|_| frame.to_string())
    }
}

const fn way_of(direction: i32) -> Way {
    if direction < 0 { Way::Backward } else { Way::Forward }
}
