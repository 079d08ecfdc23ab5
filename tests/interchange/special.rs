//! Films of one thing each.

use super::films::{Dice, id, pool, sequence, transition};
use std::sync::Arc;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{Clip, Frames, Item, Layered, Ratio, Sequence, Source, Timeline, Track};

/// Films of one thing each: a freeze, a shot of takes, a fade at both ends, a nest in a nest.
pub fn special() -> Vec<Timeline> {
    let mut dice = Dice { state: 1, ids: 0 };
    let on_one = |film: &mut Timeline, items: Vec<Item>| {
        let mut track = Track::sequential(id("v1"), TrackKind::Picture);
        track.content = Content::Sequential(items.into_iter().collect());
        let mut main = Sequence::new(film.settings.rate);
        main.tracks.push_back(Arc::new(track));
        film.sequences.insert(id("main"), Arc::new(main));
    };
    let mut freeze = pool(&mut dice);
    let mut frozen = Clip::new(Source::Media(id("m-video")));
    (frozen.speed, frozen.source_in) = (Ratio::ZERO, Frames::whole(9));
    on_one(&mut freeze, vec![Item::clip(id("c1"), 58, frozen)]);
    let mut takes = pool(&mut dice);
    on_one(&mut takes, vec![Item::clip(id("c1"), 24, Clip::new(Source::Shot(id("s1"))))]);
    let mut fades = pool(&mut dice);
    on_one(&mut fades, vec![Item::clip(id("c1"), 50, Clip::new(Source::Media(id("m-still"))))]);
    let mut main = (*fades.sequences[&id("main")]).clone();
    let mut track = (*main.tracks[0]).clone();
    for (index, offsets) in [(0, (0, 12)), (1, (10, 0))] {
        let cut = track.cut_at(index).unwrap();
        let fade = transition(&mut dice, offsets.0, offsets.1);
        track.transitions.insert(cut, Arc::new(fade));
    }
    main.tracks.set(0, Arc::new(track));
    fades.sequences.insert(id("main"), Arc::new(main));
    vec![freeze, takes, fades]
}

/// A film with a free track of sounds that overlap and start between frames.
pub fn layered() -> Timeline {
    let mut dice = Dice { state: 4, ids: 0 };
    let mut film = pool(&mut dice);
    let mut main = sequence(&mut dice, film.settings.rate, &[], false);
    main.tracks.retain(|track| track.header.kind == TrackKind::Picture);
    let mut track = Track::free(id("air"), TrackKind::Sound);
    let mut layers = imbl::OrdMap::new();
    for (index, (at, length)) in
        [((0, 1), (200, 1)), ((1, 3), (50, 1)), ((100, 1), (12_345, 2000)), ((301, 2), (7, 1))]
            .into_iter()
            .enumerate()
    {
        let mut clip = Clip::new(Source::Media(id("m-sound")));
        clip.name = format!("layer {index}");
        let at = Place::Absolute(Ratio::new(at.0, at.1).unwrap());
        let length = Ratio::new(length.0, length.1).unwrap();
        layers.insert(id(&format!("w{index}")), Arc::new(Layered { at, length, clip }));
    }
    track.content = Content::Free(layers);
    main.tracks.push_back(Arc::new(track));
    film.sequences.insert(id("main"), Arc::new(main));
    film
}
