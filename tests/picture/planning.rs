//! What is visible, at which frame of which media.

use super::support::{Shelf, id};
use roomtone::picture::{Picture, Plan, Sources, plan};
use roomtone::signal::Image;
use std::sync::Arc;
use timeline_format::media::{Alpha, Media, MediaKind, PictureStream};
use timeline_format::sequence::Raster;
use timeline_format::shot::{Shot, Take};
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::transition::{Handles, Sampling};
use timeline_format::{
    Clip, Cut, Frames, Id, Item, Layered, Param, Rate, Ratio, Sequence, Source, Timeline, Track,
    Transition,
};

/// Media of 100 frames each; the frame asked for is the floor.
struct Endless;

impl Sources for Endless {
    fn resolve(&self, _: Id, at: Frames) -> i64 {
        at.floor().clamp(0, 99)
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        Shelf::default().frame(media, frame)
    }
}

fn media(rate: i64) -> Media {
    let text = format!(r#"{{"path":"a.mov","kind":"video","rate":"{rate}","length":100}}"#);
    let mut media: Media = serde_json::from_str(&text).unwrap();
    media.kind = MediaKind::Video;
    media
}

fn film(tracks: Vec<Track>) -> Timeline {
    let raster = Raster { width: 16, height: 8 };
    let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
    for name in ["a", "b", "c"] {
        film.media.insert(id(name), Arc::new(media(24)));
    }
    let mut main = Sequence::new(Rate::FILM);
    main.tracks = tracks.into_iter().map(Arc::new).collect();
    film.with_sequence(id("main"), main)
}

fn clip(media: &str, source_in: i64) -> Clip {
    Clip { source_in: source_in.into(), ..Clip::new(Source::Media(id(media))) }
}

fn track(items: Vec<Item>) -> Track {
    let track = Track::sequential(id("v1"), TrackKind::Picture);
    Track { content: Content::Sequential(items.into_iter().collect()), ..track }
}

fn ab() -> Track {
    track(vec![Item::clip(id("one"), 10, clip("a", 20)), Item::clip(id("two"), 10, clip("b", 40))])
}

fn transition(kind: &str, before: i64, after: i64) -> Arc<Transition> {
    Arc::new(Transition {
        id: id("t"),
        kind: kind.into(),
        before,
        after,
        sampling: Sampling::Centre,
        shape: None,
        handles: Handles::Real,
        values: std::collections::BTreeMap::new(),
        extra: timeline_format::Extra::new(),
    })
}

fn at(film: &Timeline, frame: i64) -> Plan {
    plan(film, id("main"), frame, &Endless)
}

/// `a27` is frame 27 of media a; `+` is over, `>` becomes.
fn drawn(plan: &Plan) -> String {
    let layers: Vec<String> = plan.layers.iter().map(|layer| picture(&layer.picture)).collect();
    layers.join("+")
}

fn picture(picture: &Picture) -> String {
    let side = |layer: &Option<roomtone::picture::Layer>| {
        layer.as_ref().map_or_else(|| "-".into(), |layer| self::picture(&layer.picture))
    };
    match picture {
        Picture::Media { media, frame, .. } => format!("{media}{frame}"),
        Picture::Made { generator, at, .. } => format!("{}{}", generator.id, at.frame),
        Picture::Nested(plan) => format!("({})", drawn(plan)),
        Picture::Between(between) => format!("{}>{}", side(&between.from), side(&between.to)),
    }
}

#[track_caller]
fn check(film: &Timeline, frame: i64, expected: &str) {
    assert_eq!(drawn(&at(film, frame)), expected, "frame {frame}");
}

#[test]
fn cuts_show_every_frame_where_it_belongs() {
    let film = film(vec![ab()]);
    for frame in 0..10 {
        check(&film, frame, &format!("a{}", 20 + frame));
        check(&film, frame + 10, &format!("b{}", 40 + frame));
    }
    check(&film, -1, "");
    check(&film, 20, "");
}

#[test]
fn a_dissolve_runs_on_into_the_handles() {
    let mut track = ab();
    let cut = Cut { from: Some(id("one")), to: Some(id("two")) };
    track.transitions.insert(cut, transition("dissolve", 2, 3));
    let film = film(vec![track]);
    check(&film, 7, "a27");
    check(&film, 8, "a28>b38");
    check(&film, 10, "a30>b40");
    check(&film, 12, "a32>b42");
    check(&film, 13, "b43");
    let Picture::Between(between) = &at(&film, 10).layers[0].picture else { panic!() };
    assert_eq!(between.progress, 0.5);
    assert_eq!(at(&film, 10).needs(), [(id("a"), 30), (id("b"), 40)]);
}

#[test]
fn fades_come_from_nothing_and_go_to_nothing() {
    let mut track = ab();
    track.transitions.insert(Cut { from: None, to: Some(id("one")) }, transition("dissolve", 0, 2));
    track.transitions.insert(Cut { from: Some(id("two")), to: None }, transition("dip", 2, 0));
    let film = film(vec![track]);
    check(&film, 1, "->a21");
    check(&film, 2, "a22");
    check(&film, 18, "b48>-");
    check(&film, 20, "");
}

#[test]
fn tracks_lie_over_each_other_unless_hidden_or_switched_off() {
    let mut over = track(vec![Item::gap(id("g"), 5), Item::clip(id("x"), 5, clip("c", 0))]);
    over.id = id("v2");
    let mut free = Track::free(id("v3"), TrackKind::Picture);
    let layer = |at: i64| {
        let at = Place::Absolute(at.into());
        Arc::new(Layered { at, length: 4.into(), clip: clip("c", 50) })
    };
    let items = [(id("late"), layer(6)), (id("z"), layer(4))];
    free.content = Content::Free(items.into_iter().collect());
    let mut all = film(vec![ab(), over.clone(), free.clone()]);
    check(&all, 4, "a24+c50");
    check(&all, 7, "a27+c2+c53+c51");
    check(&all, 9, "a29+c4+c53");
    over.header.hidden = true;
    let mut off = clip("c", 50);
    off.disabled = true;
    free.content = Content::Free(
        [(
            id("z"),
            Arc::new(Layered { at: Place::Absolute(4.into()), length: 4.into(), clip: off }),
        )]
        .into_iter()
        .collect(),
    );
    all = film(vec![ab(), over, free]);
    check(&all, 7, "a27");
}

#[test]
fn shots_show_their_chosen_take() {
    let mut film = film(vec![track(vec![Item::clip(
        id("one"),
        8,
        Clip { source_in: 2.into(), ..Clip::new(Source::Shot(id("shot"))) },
    )])]);
    let text = r#"{"name":"shot","take":"t2","placement":{"scale":2},"takes":[
        {"id":"t1","media":"a"},
        {"id":"t2","media":"b","offset":3},
        {"id":"t3","media":"c","rate":"12","frames":"0-3x2 9"}]}"#;
    let mut shot: Shot = serde_json::from_str(text).unwrap();
    let mut choose = |take: &str| {
        shot.take = id(take);
        film.shots.insert(id("shot"), Arc::new(shot.clone()));
        let shown: Vec<String> = (0..8).map(|frame| drawn(&at(&film, frame))).collect();
        (shown.join(" "), at(&film, 0).layers[0].placement.scale)
    };
    assert_eq!(choose("t1").0, "a2 a3 a4 a5 a6 a7 a8 a9");
    assert_eq!(choose("t2"), ("b5 b6 b7 b8 b9 b10 b11 b12".into(), [2.0, 2.0]));
    assert_eq!(choose("t3").0, "c1 c1 c1 c1 c2 c2 c2 c2");
    assert_eq!(choose("gone").0, ["slate0"; 8].join(" "));
    let _: &Take = &shot.takes[0];
}

#[test]
fn sequences_nest_by_their_own_rate_and_never_without_end() {
    let nested = Clip::new(Source::Sequence(id("inner")));
    let mut film = film(vec![track(vec![Item::clip(id("one"), 24, nested)])]);
    let mut inner = Sequence::new(Rate::new(30, 1).unwrap());
    inner.tracks.push_back(Arc::new(track(vec![Item::clip(id("in"), 30, clip("a", 0))])));
    film = film.with_sequence(id("inner"), inner);
    check(&film, 0, "(a0)");
    check(&film, 2, "(a2)");
    check(&film, 23, "(a23)");
    let mut own = Sequence::new(Rate::FILM);
    let itself = Clip::new(Source::Sequence(id("inner")));
    own.tracks.push_back(Arc::new(track(vec![Item::clip(id("in"), 30, itself)])));
    film = film.with_sequence(id("inner"), own);
    assert!(drawn(&at(&film, 0)).contains("slate"));
}

#[test]
fn a_held_frame_has_one_key_and_a_moved_one_another() {
    let mut still = clip("a", 5);
    still.speed = Ratio::ZERO;
    let held = film(vec![track(vec![Item::clip(id("one"), 58, still.clone())])]);
    let keys: Vec<_> = (0..58).map(|frame| at(&held, frame).key()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    let curve = r#"{"keys":[{"at":0,"value":1},{"at":57,"value":1.2}]}"#;
    let scale: Param = serde_json::from_str(curve).unwrap();
    still.look.placement.insert("scale".into(), scale);
    let moved = film(vec![track(vec![Item::clip(id("one"), 58, still)])]);
    let mut keys: Vec<_> = (0..58).map(|frame| at(&moved, frame).key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 58);
    assert_eq!(at(&moved, 57).layers[0].placement.scale, [1.2, 1.2]);
}

/// What the document says of a media decides what its frames look like, and so their keys; a name or a
/// prompt does not.
#[test]
fn a_word_on_the_colours_of_a_media_is_another_key() {
    let key = |change: &dyn Fn(&mut Media)| {
        let mut film = film(vec![ab()]);
        let mut media = media(24);
        media.picture = Some(PictureStream::default());
        change(&mut media);
        film.media.insert(id("a"), Arc::new(media));
        at(&film, 3).key()
    };
    let plain = key(&|_| {});
    let with =
        |change: &dyn Fn(&mut PictureStream)| key(&|media| change(media.picture.as_mut().unwrap()));
    let changed = [
        with(&|picture| picture.colour.primaries = "bt2020".into()),
        with(&|picture| picture.colour.transfer = "pq".into()),
        with(&|picture| picture.colour.transfer = "hlg".into()),
        with(&|picture| picture.colour.matrix = "bt601".into()),
        with(&|picture| picture.colour.range = "full".into()),
        with(&|picture| picture.alpha = Some(Alpha::Premultiplied)),
        with(&|picture| picture.alpha = Some(Alpha::Straight)),
        with(&|picture| picture.rotation = 90),
        key(&|media| media.path = "b.mov".into()),
        key(&|media| media.first_number = Some(7)),
        key(&|media| media.length = Some(99.into())),
    ];
    for (index, one) in changed.iter().enumerate() {
        assert!(*one != plain && !changed[..index].contains(one), "{index}");
    }
    assert_eq!(key(&|media| media.name = "harbour".into()), plain);
    assert_eq!(with(&|picture| picture.colour.guessed = true), plain);
}
