//! A film before anything is in it: the tracks that most films need, and a bus where they meet.

use std::sync::Arc;
use timeline_format::mix::{Bus, Layout, Strip};
use timeline_format::sequence::Raster;
use timeline_format::track::{Role, TrackKind};
use timeline_format::{Extra, Id, IdSource, Rate, Sequence, Timeline, Track};

/// The sound tracks of a new film: name, role, whether its items are free.
const TRACKS: &[(&str, Role, bool)] = &[
    ("dialogue", Role::Dialogue, false),
    ("foley", Role::Foley, true),
    ("ambience", Role::Ambience, true),
    ("room-tone", Role::RoomTone, true),
    ("effects", Role::Effects, true),
    ("music", Role::Music, true),
];

/// An empty film of this size, rate and sample rate: a track of pictures, one of dialogue, and free
/// tracks of sound by role.
pub fn beginning(raster: Raster, rate: Rate, sound: u32, title: &str) -> Timeline {
    let main = id("main");
    let mut film = Timeline::new(raster, rate, sound, main);
    title.clone_into(&mut Arc::make_mut(&mut film.settings).title);
    let mut sequence = Sequence::new(rate);
    sequence.tracks.push_back(Track::sequential(id("v1"), TrackKind::Picture).into());
    for (name, role, is_free) in TRACKS {
        let empty = if *is_free { Track::free } else { Track::sequential };
        let mut track = empty(id(name), TrackKind::Sound);
        track.header.role = Some(*role);
        sequence.tracks.push_back(track.into());
    }
    sequence.buses.insert(id("mix"), main_bus().into());
    film.with_sequence(main, sequence)
}

fn main_bus() -> Bus {
    let (strip, extra) = (Strip::default(), Extra::new());
    Bus { name: "Mix".into(), role: None, layout: Layout::Stereo, strip, extra }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap_or_else(|| IdSource::seeded(0).next_id())
}
