//! A film to edit at random: linked pictures and sounds, sound that goes with nothing, free items.

use std::sync::Arc;
use timeline_format::media::{MediaKind, PictureStream, SoundStream};
use timeline_format::sequence::Raster;
use timeline_format::track::{Anchor, Content, Place, TrackKind};
use timeline_format::{
    Clip, Frames, Id, Item, Layered, Marker, Media, Rate, Ratio, Sequence, Source, Timeline, Track,
};

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn media(rate: &str) -> Media {
    Media {
        rate: Some(rate.parse().unwrap()),
        length: Some(Frames::whole(60)),
        picture: Some(PictureStream { width: 16, height: 9, ..PictureStream::default() }),
        sound: Some(SoundStream { rate: 48_000, channels: 2, ..SoundStream::default() }),
        ..Media::new(MediaKind::Video, "clip.mov")
    }
}

pub fn clip(number: usize, link: bool) -> Clip {
    let mut clip = Clip::new(Source::Media(id(["m-24", "m-25", "m-30"][number % 3])));
    clip.source_in = Frames::whole(12);
    clip.link = link.then(|| id(&format!("l-{number}")));
    clip
}

/// Two tracks of linked pictures and sounds, one of sound that goes with nothing, free items.
pub fn film(lengths: &[i64]) -> Timeline {
    let rate = Rate::FILM;
    let mut film = Timeline::new(Raster { width: 16, height: 9 }, rate, 48_000, id("main"));
    for (name, rate) in [("m-24", "24"), ("m-25", "25"), ("m-30", "30000/1001")] {
        film.media.insert(id(name), Arc::new(media(rate)));
    }
    let reel = |name: &str, link: bool| -> Content {
        let items = lengths.iter().enumerate().map(|(number, length)| {
            let id = id(&format!("{name}-{number}"));
            let is_gap = if link { number % 5 == 4 } else { number % 2 == 1 };
            if is_gap {
                Item::gap(id, *length)
            } else {
                Item::clip(id, *length, clip(number, link))
            }
        });
        let mut items: Vec<Item> = items.collect();
        items.pop_if(|last| last.is_gap());
        Content::Sequential(items.into_iter().collect())
    };
    let mut sequence = Sequence::new(rate);
    for (name, kind, link) in [
        ("v1", TrackKind::Picture, true),
        ("a1", TrackKind::Sound, true),
        ("a2", TrackKind::Sound, false),
    ] {
        let content = reel(name, link);
        let track = Track { content, ..Track::sequential(id(name), kind) };
        sequence.tracks.push_back(Arc::new(track));
    }
    let mut free = Track::free(id("f1"), TrackKind::Sound);
    let anchored = Place::Anchored(Anchor { clip: id("v1-1"), offset: Ratio::new(5, 2).unwrap() });
    if let Content::Free(layers) = &mut free.content {
        for (name, at) in [("f-1", anchored), ("f-2", Place::Absolute(Frames::whole(7)))] {
            let layer = Layered { at, length: Frames::whole(4), clip: clip(0, false) };
            layers.insert(id(name), Arc::new(layer));
        }
    }
    sequence.tracks.push_back(Arc::new(free));
    let marker = Marker { at: Frames::whole(9), ..Marker::default() };
    sequence.markers.insert(id("mark"), Arc::new(marker));
    film.with_sequence(id("main"), sequence)
}
