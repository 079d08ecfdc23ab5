//! Foley: one-shots on the frames that they are spotted to, each with its own variation.
//!
//! What varies is decided when an event is spotted and kept in the film, from the event's own id: an event
//! that is moved, added or taken away leaves all others as they are.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::footage::handles_of;
use crate::edit::surgery::Work;
use timeline_format::track::{Anchor, Place, TrackKind};
use timeline_format::{Clip, Frames, Id, IdSource, Layered, Param, Ratio, Source, Timeline, Value};

/// Events on a foley track.
#[derive(Debug, Clone)]
pub struct Spotting {
    /// The free track that they go onto.
    pub track: Id,
    /// When, in frames, and how hard, in dB against the others.
    pub events: Vec<(i64, f64)>,
    /// What they sound like: one of these each. A generator has a seed of its own for every event, so that one
    /// is enough.
    pub sounds: Vec<Clip>,
    /// How long each lasts, in frames; `None` is all of a recording, and two seconds of a generator.
    pub length: Option<i64>,
    /// How far they differ.
    pub vary: Vary,
    /// The track of pictures that they go with; `None` leaves them where they are put.
    pub with: Option<Id>,
    /// Suggested: kept, and not heard until they are switched on.
    pub suggested: bool,
}

/// How far events differ from each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vary {
    /// Up to so many dB louder or quieter.
    pub gain: f64,
    /// Up to so many cents higher or lower: of recordings.
    pub pitch: f64,
    /// Up to so far left or right, 0 to 1.
    pub pan: f64,
    /// A sound comes again only behind so many others.
    pub apart: usize,
}

impl Default for Vary {
    fn default() -> Self {
        Self { gain: 1.5, pitch: 35.0, pan: 0.0, apart: 3 }
    }
}

/// Spots one-shots to frames.
pub fn spot(
    film: &Timeline,
    scope: Scope,
    spotting: &Spotting,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    if spotting.sounds.is_empty() {
        return Err(Refused::Value("there is no sound to be spotted".to_owned()));
    }
    let mut work = Work::begin(film, scope, ids)?;
    let track = work.track_index(spotting.track)?;
    let mut events = spotting.events.clone();
    events.sort_by_key(|(at, _)| *at);
    for (at, force) in events {
        let id = work.ids.next_id();
        let taken = work.neighbours(track, at, spotting.vary.apart);
        let clip = choose(spotting, id, &taken);
        let item = work.one_shot(spotting, (id, clip), (at, force))?;
        work.check_layer(&item)?;
        work.put_layer(track, id, item)?;
        work.made.push(id);
    }
    work.finish()
}

/// A number from -1 to 1 that belongs to an event and a property of it.
fn draw(id: Id, property: u64) -> f64 {
    let mut bits = id.as_str().bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ property, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    bits = (bits ^ (bits >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    bits ^= bits >> 32;
    (bits >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// The sound of an event: by its own draw, but for those that its neighbours have, as far as there are others.
fn choose<'a>(spotting: &'a Spotting, id: Id, taken: &[Source]) -> &'a Clip {
    let all = &spotting.sounds;
    let first = ((draw(id, 1).midpoint(1.0) * all.len() as f64) as usize).min(all.len() - 1);
    let from = |far: usize| &all[(first + far) % all.len()];
    let is_far = |clip: &&Clip, apart: usize| !taken.iter().take(apart).any(|s| *s == clip.source);
    let with = |apart: usize| (0..all.len()).map(from).find(|clip| is_far(clip, apart));
    (0..=taken.len()).rev().find_map(with).unwrap_or(&all[first])
}

impl Work<'_> {
    /// The sources of the free items that start nearest to a frame, the nearest first.
    fn neighbours(&self, track: usize, at: i64, apart: usize) -> Vec<Source> {
        let layers = self.sequence.tracks.get(track).and_then(|track| track.layers());
        let layers = layers.into_iter().flatten();
        let starts = self.sequence.starts(layers.clone().map(|(_, layer)| layer.as_ref()));
        let place = |layer: &Layered| starts.of(layer).map(|start| start.to_f64() - at as f64);
        let mut all: Vec<(f64, Source)> = layers
            .filter_map(|(_, layer)| Some((place(layer)?, layer.clip.source.clone())))
            .collect();
        all.sort_by(|one, other| one.0.abs().total_cmp(&other.0.abs()));
        let is_before = |far: &f64| *far <= 0.0;
        let side =
            |before: bool| all.iter().filter(move |(far, _)| is_before(far) == before).take(apart);
        let mut near: Vec<&(f64, Source)> = side(true).chain(side(false)).collect();
        near.sort_by(|one, other| one.0.abs().total_cmp(&other.0.abs()));
        near.into_iter().map(|(_, source)| source.clone()).collect()
    }

    fn one_shot(
        &self,
        spotting: &Spotting,
        (id, sound): (Id, &Clip),
        (at, force): (i64, f64),
    ) -> Result<Layered, Refused> {
        let mut clip = sound.clone();
        let usual = match clip.sound.gain {
            Some(Param::Constant(Value::Number(gain))) => gain,
            _ => 0.0,
        };
        let gain = usual + force + spotting.vary.gain * draw(id, 2);
        clip.sound.gain = (gain != 0.0).then(|| Param::number(round(gain)));
        let aside = spotting.vary.pan * draw(id, 3);
        clip.sound.pan = (aside != 0.0).then(|| Param::number(round(aside))).or(clip.sound.pan);
        clip.disabled = spotting.suggested;
        match &mut clip.source {
            Source::Generator(made) => {
                let seed = ((draw(id, 4) + 1.0) * f64::from(1_u32 << 30)).floor();
                made.values.insert("seed".to_owned(), Param::number(seed));
            }
            _ => {
                clip.speed = clip
                    .speed
                    .times(pitched(spotting.vary.pitch * draw(id, 5)))
                    .unwrap_or(clip.speed);
            }
        }
        let length = self.length_of(spotting, &clip);
        Ok(Layered { at: self.beside(spotting.with, at)?, length: Frames::whole(length), clip })
    }

    fn length_of(&self, spotting: &Spotting, clip: &Clip) -> i64 {
        let usual = || match clip.source {
            Source::Generator(_) => (2.0 * self.rate().ratio().to_f64()).ceil() as i64,
            _ => handles_of(self.film, self.rate(), clip, 1).map_or(1, |beside| beside.tail + 1),
        };
        spotting.length.unwrap_or_else(usual).max(1)
    }

    /// A frame beside the clip that is seen there, or by itself.
    fn beside(&self, with: Option<Id>, at: i64) -> Result<Place, Refused> {
        let absolute = Place::Absolute(Frames::whole(at));
        let Some(track) = with else { return Ok(absolute) };
        let reel = self.reel(self.track_index(track)?)?;
        let found = reel.at(at).and_then(|(index, start)| Some((reel.get(index)?, start)));
        Ok(found.filter(|(item, _)| !item.is_gap()).map_or(absolute, |(item, start)| {
            Place::Anchored(Anchor { clip: item.id, offset: Frames::whole(at - start) })
        }))
    }
}

/// To a hundredth: a film is read by people.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The speed at which a recording is so many cents higher, to a thousandth.
fn pitched(cents: f64) -> Ratio {
    let thousandths = (1000.0 * (cents / 1200.0).exp2()).round();
    Ratio::new(thousandths as i128, 1000).unwrap_or(Ratio::ONE)
}

/// Gives the `motion` of a clip's generator a curve; a cloth then follows it and nothing else.
pub fn draw_motion(
    film: &Timeline,
    scope: Scope,
    (clip, curve): (Id, Param),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    work.change_clip(clip, |clip| {
        let Source::Generator(made) = &mut clip.source else {
            let why = "only a generator has a motion: place generator:fabric there".to_owned();
            return Err(Refused::Value(why));
        };
        made.values.insert("motion".to_owned(), curve);
        made.values.insert("restless".to_owned(), Param::number(0.0));
        Ok(())
    })?;
    work.finish()
}

/// The free sound track of foley, if there is one.
pub fn foley_track(film: &Timeline, scope: Scope) -> Option<Id> {
    let sequence = film.sequences.get(&scope.sequence)?;
    let is_foley = |track: &&std::sync::Arc<timeline_format::Track>| {
        let header = &track.header;
        header.kind == TrackKind::Sound
            && header.role == Some(timeline_format::Role::Foley)
            && track.layers().is_some()
    };
    sequence.tracks.iter().find(is_foley).map(|track| track.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip, clip_id, film, scope, track_id};
    use crate::edit::{AddTrack, Ripple, add_track, remove_clips};
    use std::collections::BTreeMap;

    fn with_track() -> (Timeline, Id) {
        let role = Some(timeline_format::Role::Foley);
        let (kind, name) = (TrackKind::Sound, String::new());
        let add = AddTrack { index: 9, kind, is_free: true, name, role };
        let edited =
            add_track(&film("|AAAAAAAA|BBBBBBBB|"), scope(), &add, &mut IdSource::seeded(5))
                .unwrap();
        (edited.timeline, edited.made[0])
    }

    fn sounds(letters: &str) -> Vec<Clip> {
        letters.chars().map(clip).collect()
    }

    fn spotting(track: Id, events: &[i64], letters: &str) -> Spotting {
        let events = events.iter().map(|at| (*at, 0.0)).collect();
        let (length, vary, with) = (Some(1), Vary::default(), Some(track_id("V1")));
        Spotting { track, events, sounds: sounds(letters), length, vary, with, suggested: false }
    }

    /// The items of the track by where they start.
    fn items(film: &Timeline, track: Id) -> BTreeMap<i64, Layered> {
        let sequence = film.main().unwrap();
        let layers = sequence.track(track).unwrap().1.layers().unwrap();
        let item = |layer: &std::sync::Arc<Layered>| {
            (sequence.start_of(layer).unwrap().floor(), Layered::clone(layer))
        };
        layers.values().map(item).collect()
    }

    #[test]
    fn no_sound_comes_again_before_the_others() {
        let (film, track) = with_track();
        let all: Vec<i64> = (0..16).collect();
        for seed in 0..20 {
            let mut ids = IdSource::seeded(seed);
            let spotted = spot(&film, scope(), &spotting(track, &all, "wxyzs"), &mut ids).unwrap();
            let heard: Vec<Source> = items(&spotted.timeline, track)
                .into_values()
                .map(|item| item.clip.source)
                .collect();
            assert_eq!(heard.len(), 16);
            for run in heard.windows(4) {
                assert!(!run[..3].contains(&run[3]), "{heard:?}");
            }
        }
    }

    #[test]
    fn an_event_leaves_its_neighbours_as_they_are() {
        let (film, track) = with_track();
        let mut ids = IdSource::seeded(1);
        let few = spot(&film, scope(), &spotting(track, &[1, 5, 12], "wxyz"), &mut ids).unwrap();
        let before = items(&few.timeline, track);
        let more = spot(&few.timeline, scope(), &spotting(track, &[3], "wxyz"), &mut ids).unwrap();
        let mut after = items(&more.timeline, track);
        assert!(after.remove(&3).is_some());
        assert_eq!(before, after);
        let gone = remove_clips(
            &more.timeline,
            scope(),
            &[more.made[0]],
            Ripple::Stay,
            &mut IdSource::seeded(2),
        );
        assert_eq!(items(&gone.unwrap().timeline, track), before);
    }

    #[test]
    fn an_event_goes_with_the_picture_that_it_belongs_to() {
        let (film, track) = with_track();
        let what = spotting(track, &[10], "w");
        let spotted = spot(&film, scope(), &what, &mut IdSource::seeded(1)).unwrap();
        let item = items(&spotted.timeline, track)[&10].clone();
        let offset = Frames::whole(2);
        assert_eq!(item.at, Place::Anchored(Anchor { clip: clip_id("B"), offset }));
        assert!((0.97..1.03).contains(&item.clip.speed.to_f64()), "{}", item.clip.speed);
    }
}
