//! The sound: four layers that change with the place and cross its cuts, and the rain's own.

use super::id;
use super::mix;
use super::picture::{clip_of, length_of, start_of};
use crate::sounds::RATE;
use std::sync::Arc;
use timeline_format::clip::{Fade, FadeShape};
use timeline_format::mix::Strip;
use timeline_format::track::{Anchor, Content, Place, TrackKind};
use timeline_format::{Clip, Frames, Item, Layered, Param, Reel, Role, Source, Track};

/// A stretch of a bed, hung on a shot.
struct Bed {
    name: &'static str,
    media: &'static str,
    /// Seconds into the media.
    from: i64,
    shot: &'static str,
    /// Frames ahead of the shot.
    ahead: i64,
    length: i64,
    fades: (i64, i64),
    /// In dB.
    gain: f64,
}

pub(super) fn tracks() -> Vec<Track> {
    let room_night = length_of("desk") + length_of("rain");
    let street = length_of("street") + length_of("one-window") + length_of("roofs");
    let room_morning = length_of("curtain") + length_of("sunlit-wall");
    let bed = |name, media, from, shot, ahead, length, fades, gain| Bed {
        name,
        media,
        from,
        shot,
        ahead,
        length,
        fades,
        gain,
    };
    let wind = [
        bed("s-wind-night", "wind", 0, "moon", 0, length_of("moon") + 24, (36, 44), -2.0),
        bed("s-wind-day", "wind", 15, "morning", 20, length_of("morning") + 20, (44, 56), -3.0),
    ];
    let traffic = [bed("s-traffic", "traffic", 0, "street", 20, street + 34, (34, 40), -4.0)];
    let tone = [
        bed("s-tone-night", "room-tone", 0, "desk", 15, room_night + 27, (24, 26), -15.0),
        bed("s-tone-day", "room-tone", 12, "curtain", 15, room_morning + 31, (24, 32), -15.0),
    ];
    let fabric = [
        bed("s-cloth-sit", "fabric", 1, "desk", -28, 23, (4, 8), -17.0),
        bed("s-cloth-air", "fabric", 0, "curtain", 9, 98, (3, 10), -7.0),
    ];
    let outside = [
        bed("s-outside-night", "wind", 5, "desk", 12, room_night + 18, (44, 22), -3.0),
        bed("s-outside-day", "wind", 10, "curtain", 4, room_morning + 24, (40, 44), -5.0),
    ];
    vec![
        rain(),
        free("a-wind", "Wind", Role::Ambience, mix::wind(), &wind),
        free("a-outside", "Wind, outside", Role::Ambience, mix::outside(), &outside),
        free("a-traffic", "Distant traffic", Role::Ambience, mix::traffic(), &traffic),
        free("a-tone", "Room tone", Role::RoomTone, Strip::default(), &tone),
        free("a-fabric", "Fabric", Role::Foley, mix::into_the_room(-10.0), &fabric),
    ]
}

/// The sound of the rain's own clip, in step with its picture.
fn rain() -> Track {
    let mut track = Track::sequential(id("a-rain"), TrackKind::Sound);
    track.header.name = String::from("Rain");
    track.header.role = Some(Role::Ambience);
    track.header.strip = mix::into_the_room(-20.0);
    let mut clip = Clip::new(Source::Shot(id("rain")));
    clip.link = Some(id("rain"));
    clip.sound.gain = Some(Param::number(-6.0));
    clip.sound.fade_in = Some(fade(3));
    clip.sound.fade_out = Some(fade(14));
    let items = [
        Item::gap(id("g-rain"), start_of("rain")),
        Item::clip(id("s-rain"), length_of("rain"), clip),
    ];
    track.content = Content::Sequential(items.into_iter().collect::<Reel>());
    track
}

fn free(name: &str, label: &str, role: Role, strip: Strip, beds: &[Bed]) -> Track {
    let mut track = Track::free(id(name), TrackKind::Sound);
    track.header.name = String::from(label);
    track.header.role = Some(role);
    track.header.strip = strip;
    let layers = beds.iter().map(|bed| (id(bed.name), Arc::new(layer(bed))));
    track.content = Content::Free(layers.collect());
    track
}

fn layer(bed: &Bed) -> Layered {
    let mut clip = Clip::new(Source::Media(id(bed.media)));
    clip.source_in = Frames::whole(bed.from * i64::from(RATE));
    clip.sound.gain = Some(Param::number(bed.gain));
    clip.sound.fade_in = Some(fade(bed.fades.0));
    clip.sound.fade_out = Some(fade(bed.fades.1));
    let anchor = Anchor { clip: clip_of(bed.shot), offset: Frames::whole(-bed.ahead) };
    Layered { at: Place::Anchored(anchor), length: Frames::whole(bed.length), clip }
}

fn fade(frames: i64) -> Fade {
    Fade { length: Frames::whole(frames), shape: FadeShape::EqualPower }
}
