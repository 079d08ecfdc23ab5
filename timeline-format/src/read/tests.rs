//! Reading what was written, and what others wrote, damaged and strange.

use super::*;
use crate::sequence::Raster;
use crate::track::{Anchor, Content, Place, TrackKind};
use crate::transition::{Handles, Sampling};
use crate::{
    Clip, Cut, Frames, Id, Item, Layered, Ratio, Reel, Sequence, Source, Track, Transition, write,
};
use imbl::OrdMap;
use std::sync::Arc;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn film() -> Timeline {
    let rate = "24000/1001".parse().unwrap();
    let mut film = Timeline::new(Raster { width: 1920, height: 1080 }, rate, 48_000, id("main"));
    let clip =
        |name: &str| Clip { source_in: Frames::whole(7), ..Clip::new(Source::Media(id(name))) };
    let mut v1 = Track::sequential(id("v1"), TrackKind::Picture);
    v1.content = Content::Sequential(Reel::from_iter([
        Item::clip(id("c1"), 48, clip("m1")),
        Item::gap(id("g1"), 12),
        Item::clip(id("c2"), 30, clip("m2")),
    ]));
    let transition = Transition {
        id: id("t1"),
        kind: "dissolve".into(),
        before: 6,
        after: 6,
        sampling: Sampling::Centre,
        shape: None,
        handles: Handles::Real,
        values: [].into(),
        extra: [].into_iter().collect(),
    };
    v1.transitions = OrdMap::unit(Cut { from: None, to: Some(id("c2")) }, Arc::new(transition));
    let mut a1 = Track::free(id("a1"), TrackKind::Sound);
    let layer = |at, length| Arc::new(Layered { at, length, clip: clip("m3") });
    let anchor = Place::Anchored(Anchor { clip: id("c2"), offset: Ratio::new(-1, 2).unwrap() });
    a1.content = Content::Free(OrdMap::from_iter([
        (id("f1"), layer(anchor, Frames::whole(20))),
        (id("f2"), layer(Place::Absolute(Frames::whole(4)), Ratio::new(41, 2).unwrap())),
    ]));
    let mut sequence = Sequence::new(rate);
    sequence.tracks = [Arc::new(v1), Arc::new(a1)].into_iter().collect();
    film.sequences = OrdMap::unit(id("main"), Arc::new(sequence));
    film
}

#[track_caller]
fn reads(text: &str) -> (Timeline, Vec<String>) {
    let (film, problems) = read(text.as_bytes()).unwrap();
    (film, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn a_film_reads_back_as_it_was_written() {
    let text = write(&film());
    let (back, problems) = reads(&text);
    assert_eq!(problems, Vec::<String>::new(), "{text}");
    assert_eq!(back, film(), "{text}");
    assert_eq!(write(&back), text);
}
