//! The viewed source alone, as a film of its own: it plays, sounds, shuttles and steps as the film does.

use super::player::Player;
use super::source::Grid;
use super::{Desk, Viewed};
use crate::play::screen::usual_budget;
use crate::play::transport::Marks;
use crate::project;
use crate::signal::Image;
use std::sync::Arc;
use std::time::Instant;
use timeline_format::sequence::Raster;
use timeline_format::shot::Look;
use timeline_format::track::{Content, Role, TrackKind};
use timeline_format::{Clip, Id, IdSource, Item, Reel, Source, Timeline};

/// The part of the memory for pictures that a source alone may take.
const SHARE: usize = 4;

/// A source that is played alone.
#[derive(Debug)]
pub(super) struct Audition {
    source: Source,
    grid: Grid,
    player: Player,
    /// The film that the source was taken from.
    film: Arc<Timeline>,
    /// The last picture of what was played before.
    stale: u64,
}

impl Desk {
    /// Does something with what plays the viewed source.
    pub(super) fn with_source(&mut self, act: impl FnOnce(&mut Player)) {
        let grid = self.source.as_ref().and_then(|viewed| self.grid_of(&viewed.source));
        if grid.is_some_and(|grid| grid.length <= 1) {
            return self.notices.note("a still has one frame: there is nothing to play");
        }
        if self.audition.is_none() {
            self.audition = self.begin_audition();
        }
        let Some(marks) = self.source_marks() else { return };
        let Some(audition) = &mut self.audition else { return };
        *audition.player.marks_mut() = marks;
        act(&mut audition.player);
        self.take_in_source();
    }

    /// What plays the viewed source, while it plays.
    pub(super) fn source_player(&self) -> Option<&Player> {
        Some(&self.audition.as_ref()?.player).filter(|player| player.is_rolling())
    }

    /// Whether the viewed source plays.
    pub(in crate::ui) fn is_source_playing(&self) -> bool {
        self.source_player().is_some()
    }

    /// Goes to a frame of the viewed source.
    pub(in crate::ui) fn go_in_source(&mut self, frame: i64) {
        if let Some(audition) = &mut self.audition {
            audition.player.go(audition.grid.step_of(frame));
            return self.take_in_source();
        }
        if let Some(viewed) = &mut self.source {
            viewed.frame = frame.max(0);
        }
    }

    /// Holds the source.
    pub(super) fn pause_source(&mut self) {
        if let Some(audition) = self.audition.as_mut().filter(|it| it.player.is_rolling()) {
            audition.player.pause();
        }
    }

    /// Steps along the source by frames.
    pub(in crate::ui) fn step_in_source(&mut self, frames: i64) {
        let Some(viewed) = &self.source else { return };
        let Some(grid) = self.grid_of(&viewed.source) else { return };
        let step = (grid.step_of(viewed.frame) + frames).clamp(0, (grid.length - 1).max(0));
        self.pause_source();
        self.go_in_source(grid.frame_at(step));
    }

    /// To the last frame of the source.
    pub(super) fn go_to_end_of_source(&mut self) {
        let grid = self.source.as_ref().and_then(|viewed| self.grid_of(&viewed.source));
        let last = grid.map_or(0, |grid| grid.frame_at((grid.length - 1).max(0)));
        self.go_in_source(last);
    }

    /// Follows the pointer along the viewed source, with sound.
    pub(in crate::ui) fn scrub_source(&mut self, frame: i64) {
        let Some(grid) = self.source.as_ref().and_then(|viewed| self.grid_of(&viewed.source))
        else {
            return;
        };
        self.pause_film();
        self.with_source(|player| player.scrub_to(grid.step_of(frame), Instant::now()));
    }

    /// The pointer lets go of the source's playhead.
    pub(in crate::ui) fn end_source_scrub(&mut self) {
        if let Some(audition) = &mut self.audition {
            audition.player.end_scrub();
        }
    }

    /// The picture of the viewed source at about `size`, when it is at hand, and whether it is that of the
    /// frame that is to be seen.
    pub(in crate::ui) fn source_picture(&self, size: (u32, u32)) -> Option<(Arc<Image>, bool)> {
        let viewed = self.source.as_ref()?;
        if let Some(audition) = &self.audition {
            let shown = audition.player.screen().latest();
            let shown = shown.filter(|shown| shown.serial > audition.stale)?;
            let is_it = shown.frame == audition.player.position() || audition.player.is_rolling();
            return Some((shown.image, is_it));
        }
        Some((self.picture_of(&viewed.source, viewed.frame, size)?, true))
    }

    /// Plays what is viewed now in place of what was, where a source is played at all.
    pub(super) fn follow_source(&mut self) {
        let Some(mut audition) = self.audition.take() else { return };
        audition.player.pause();
        let made = self.source.as_ref().and_then(|viewed| self.alone(&viewed.source));
        let Some((film, grid)) = made else { return };
        let (Some(viewed), Some(from)) = (&self.source, self.film.as_ref()) else { return };
        audition.stale = audition.player.screen().latest().map_or(0, |shown| shown.serial);
        audition.player.edit(&Arc::new(film));
        audition.player.go(grid.step_of(viewed.frame));
        (audition.source, audition.grid) = (viewed.source.clone(), grid);
        audition.film = Arc::clone(from.now());
        self.audition = Some(audition);
    }

    /// Takes in that the film has changed, where that changes the source.
    pub(super) fn mind_source(&mut self) {
        let is_there = |viewed: &Viewed| self.has_source(&viewed.source);
        if self.source.as_ref().is_some_and(|viewed| !is_there(viewed)) {
            (self.source, self.audition) = (None, None);
        }
        let (Some(audition), Some(film)) = (&self.audition, &self.film) else { return };
        let (known, now) = (&audition.film, film.now());
        let nests = matches!(audition.source, Source::Sequence(_));
        let is_same = known.media.ptr_eq(&now.media)
            && known.shots.ptr_eq(&now.shots)
            && (!nests || known.sequences.ptr_eq(&now.sequences));
        if !is_same {
            self.follow_source();
        }
    }

    fn has_source(&self, source: &Source) -> bool {
        let Some(film) = self.film().map(super::Film::now) else { return false };
        match source {
            Source::Media(media) => film.media.contains_key(media),
            Source::Shot(shot) => film.shots.contains_key(shot),
            Source::Sequence(sequence) => film.sequences.contains_key(sequence),
            Source::Generator(_) => true,
        }
    }

    /// Lets time pass for the source that plays.
    pub(super) fn pass_source(&mut self) -> Option<std::time::Duration> {
        let wait = self.audition.as_mut()?.player.pass();
        self.take_in_source();
        wait
    }

    fn take_in_source(&mut self) {
        if let (Some(audition), Some(viewed)) = (&self.audition, &mut self.source) {
            let last = (audition.grid.length - 1).max(0);
            viewed.frame = audition.grid.frame_at(audition.player.position().min(last));
        }
    }

    fn begin_audition(&mut self) -> Option<Audition> {
        let viewed = self.source.clone()?;
        let (alone, grid) = self.alone(&viewed.source)?;
        let from = self.film()?;
        let (film, folder) = (Arc::clone(from.now()), from.folder());
        let (device, wake, budget) = ((self.device)(), self.wake.clone(), usual_budget() / SHARE);
        match Player::open(&Arc::new(alone), &folder, (device, budget), wake) {
            Ok(mut player) => {
                player.go(grid.step_of(viewed.frame));
                Some(Audition { source: viewed.source, grid, player, film, stale: 0 })
            }
            Err(failed) => {
                self.notices.trouble(failed);
                None
            }
        }
    }

    /// The marks of the source, in steps.
    fn source_marks(&self) -> Option<Marks> {
        let viewed = self.source.as_ref()?;
        let grid = self.grid_of(&viewed.source)?;
        Some(Marks {
            first: viewed.mark_in.map(|frame| grid.step_of(frame)),
            last: viewed.mark_out.map(|frame| (grid.step_of(frame) - 1).max(0)),
        })
    }

    /// A film of nothing but a source, as it is: what a shot or a take does to it is left off.
    fn alone(&self, source: &Source) -> Option<(Timeline, Grid)> {
        let (film, grid) = (self.film()?.now(), self.grid_of(source)?);
        let raster = self.raster_of_source(source)?;
        let beginning = project::beginning(raster, grid.rate, film.settings.sound, "");
        let mut sequence = (**beginning.main()?).clone();
        sequence.header.start = grid.start;
        let (has_picture, has_sound) = super::laying::streams_of(film, source);
        let mut ids = IdSource::seeded(1);
        for track in sequence.tracks.iter_mut().map(Arc::make_mut) {
            let has = match (track.header.kind, track.header.role) {
                (TrackKind::Picture, _) => has_picture,
                (TrackKind::Sound, Some(Role::Dialogue)) => has_sound,
                (TrackKind::Sound, _) => false,
            };
            if has {
                let clip = Clip::new(source.clone());
                let item = Item::clip(ids.next_id(), grid.length, clip);
                track.content = Content::Sequential(std::iter::once(item).collect::<Reel>());
            }
        }
        let main = Id::parse("audition")?;
        let mut alone = Timeline::new(raster, grid.rate, film.settings.sound, main);
        (alone.media, alone.sequences) = (film.media.clone(), film.sequences.clone());
        if let Source::Shot(id) = source {
            let mut shot = (**film.shots.get(id)?).clone();
            shot.look = Look::default();
            shot.takes.iter_mut().for_each(|take| take.look = Look::default());
            alone.shots.insert(*id, Arc::new(shot));
        } else {
            alone.shots = film.shots.clone();
        }
        Some((alone.with_sequence(main, sequence), grid))
    }

    /// The size of a source's picture as it is seen: the film's, where it has none of its own.
    pub(in crate::ui) fn raster_of_source(&self, source: &Source) -> Option<Raster> {
        let of_film = self.raster()?;
        let Some((_, media)) = self.media_behind(source) else { return Some(of_film) };
        Some(media.picture.as_ref().map_or(of_film, crate::play::upright))
    }
}
