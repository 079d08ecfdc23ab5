//! Films to send to other programs and back, made from a seed.

use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::media::{MediaKind, SoundStream};
use timeline_format::parameter::Value;
use timeline_format::sequence::Raster;
use timeline_format::shot::{Look, TakeState};
use timeline_format::track::{Anchor, Content, Place, TrackKind};
use timeline_format::transition::{Handles, Sampling};
use timeline_format::{
    Clip, ClipSound, Cut, Effect, Extra, Fade, FadeShape, Frames, Id, Item, Layered, Marker, Media,
    Param, Rate, Ratio, Reel, Role, Sequence, Shot, Source, Take, Timeline, Track, Transition,
};

const RATES: &[&str] = &["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "48"];

/// A stream of numbers and ids that depends on its seed alone.
pub struct Dice {
    pub state: u64,
    pub ids: u64,
}

impl Dice {
    /// A number from 0 to `most - 1`.
    pub fn below(&mut self, most: i64) -> i64 {
        self.state = self.state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.state >> 33) as i64) % most
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as i64) as usize]
    }

    fn word<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as i64) as usize]
    }

    fn id(&mut self, word: &str) -> Id {
        self.ids += 1;
        id(&format!("{word}{}", self.ids))
    }
}

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn rate(text: &str) -> Rate {
    text.parse().unwrap()
}

/// A media with everything that OTIO can say of it.
pub fn media(
    path: &str,
    kind: MediaKind,
    rate: Option<Rate>,
    length: Option<i64>,
    start: i64,
) -> Media {
    Media {
        faults: Vec::new(),
        path: path.to_owned(),
        kind,
        name: String::new(),
        rate,
        length: length.map(Frames::whole),
        start,
        first_number: (kind == MediaKind::Sequence).then_some(1001),
        holes: String::new(),
        picture: None,
        sound: (kind == MediaKind::Sound).then(|| SoundStream {
            rate: 48_000,
            channels: 2,
            ..SoundStream::default()
        }),
        hash: String::new(),
        origin: BTreeMap::from([("prompt".to_owned(), "a \"room\"\nat night".to_owned())]),
        extra: Extra::new(),
    }
}

fn take(id: Id, media: Id, offset: i64) -> Take {
    Take {
        faults: Vec::new(),
        id,
        media,
        state: TakeState::Keep,
        rank: Some(1),
        note: "better".to_owned(),
        reasons: vec!["hands".to_owned()],
        rate: None,
        offset: Frames::whole(offset),
        windows: vec![[Frames::whole(2), Frames::whole(40)]],
        frames: None,
        look: Look::default(),
        sound: None,
        extra: Extra::new(),
    }
}

fn shot(name: &str, takes: Vec<Take>) -> Shot {
    Shot {
        name: name.to_owned(),
        take: takes[0].id,
        takes,
        mark_in: None,
        mark_out: Some(Frames::whole(30)),
        look: grade(),
        sound: ClipSound::default(),
        place: Id::parse("kitchen"),
        perspective: Some(timeline_format::Perspective::Wide),
        note: String::new(),
        compared: Vec::new(),
        extra: Extra::new(),
    }
}

fn grade() -> Look {
    let values = BTreeMap::from([("saturation".to_owned(), Param::number(0.1 + 0.2))]);
    let effect = Effect { values, ..Effect::new(id("e1"), "cdl") };
    let placement = BTreeMap::from([("scale".to_owned(), Param::number(1.0 / 3.0))]);
    Look { placement, effects: vec![effect], ..Look::default() }
}

/// An empty film with one media of each kind and a shot of three takes.
pub fn pool(dice: &mut Dice) -> Timeline {
    let own = rate(dice.word(RATES));
    let mut film = Timeline::new(Raster { width: 1280, height: 720 }, own, 48_000, id("main"));
    let other = rate(dice.word(RATES));
    let start = dice.below(100_000);
    for (name, media) in [
        ("m-video", media("shots/a b.mov", MediaKind::Video, Some(own), Some(500), start)),
        ("m-other", media("shots/other%20.mp4", MediaKind::Video, Some(other), Some(900), 0)),
        ("m-open", media("/abs/unknown.mov", MediaKind::Video, Some(own), None, 7)),
        ("m-still", media("still.png", MediaKind::Still, None, None, 0)),
        ("m-frames", media("seq/f.####.exr", MediaKind::Sequence, Some(own), Some(240), 86_400)),
        ("m-sound", media("wind.wav", MediaKind::Sound, None, Some(4_800_000), 0)),
        ("m-unused", media("unused.mov", MediaKind::Video, Some(own), Some(10), 0)),
    ] {
        film.media.insert(id(name), Arc::new(media));
    }
    let takes = vec![take(id("t1"), id("m-video"), 3), take(id("t2"), id("m-frames"), 0)];
    film.shots.insert(id("s1"), Arc::new(shot("Kitchen", takes)));
    film.shots.insert(id("s2"), Arc::new(shot("Alone", vec![take(id("t1"), id("m-other"), 0)])));
    film
}

fn clip(dice: &mut Dice, sound: bool, nested: &[Id]) -> Clip {
    let pictures = ["m-video", "m-other", "m-open", "m-still", "m-frames"];
    let source = match dice.below(8) {
        0 | 1 if !nested.is_empty() => Source::Sequence(*dice.pick(nested)),
        2 => Source::Shot(id(dice.word(&["s1", "s2"]))),
        3 => Source::Generator(Generator {
            kind: "bars".to_owned(),
            values: BTreeMap::from([("level".to_owned(), Param::number(0.75))]),
            extra: Extra::new(),
        }),
        _ if sound => Source::Media(id(dice.word(&["m-sound", "m-video"]))),
        _ => Source::Media(id(dice.word(&pictures))),
    };
    let mut clip = Clip::new(source);
    clip.source_in = Frames::whole(dice.below(100));
    if dice.chance(20) {
        clip.source_in =
            Ratio::new((dice.below(9000) + 1).into(), (1 + dice.below(7)).into()).unwrap();
    }
    if dice.chance(30) {
        let (top, bottom) = (dice.below(9) - 4, dice.below(5) + 1);
        clip.speed = Ratio::new(top.into(), bottom.into()).unwrap();
    }
    if dice.chance(50) {
        clip.name = format!("Clip \"{}\" ä", dice.below(1000));
    }
    clip.disabled = dice.chance(10);
    if dice.chance(20) {
        clip.look = grade();
    }
    if dice.chance(20) {
        clip.sound.gain = Some(Param::number(-6.5));
        clip.sound.fade_in = Some(Fade { length: Frames::whole(3), shape: FadeShape::Smooth });
    }
    if dice.chance(10) {
        clip.markers = vec![marker(dice)];
    }
    if dice.chance(10) {
        clip.link = Some(id(dice.word(&["l1", "l2"])));
        clip.group = Some(id("g1"));
    }
    if dice.chance(10) {
        clip.extra.insert("later".to_owned(), json!({ "field": [1, 2.5, null] }));
    }
    clip
}

fn marker(dice: &mut Dice) -> Marker {
    Marker {
        at: Frames::whole(dice.below(50)),
        length: Frames::whole(dice.below(5)),
        name: "look".to_owned(),
        colour: "green".to_owned(),
        note: "too bright".to_owned(),
        extra: Extra::new(),
    }
}

fn reel_track(dice: &mut Dice, kind: TrackKind, nested: &[Id]) -> Track {
    let mut track = Track::sequential(dice.id("tr"), kind);
    let count = dice.below(8);
    let mut items: Vec<Item> = Vec::new();
    for _ in 0..count {
        let length = 1 + dice.below(60);
        let item = if dice.chance(25) {
            Item::gap(dice.id("g"), length)
        } else {
            Item::clip(dice.id("c"), length, clip(dice, kind == TrackKind::Sound, nested))
        };
        items.push(item);
    }
    let mut room: Vec<i64> = items.iter().map(|item| item.length).collect();
    track.content = Content::Sequential(items.into_iter().collect::<Reel>());
    for index in 0..=room.len() {
        let cut = track.cut_at(index).unwrap();
        let before = if index > 0 { dice.below(room[index - 1] + 1) } else { 0 };
        let after = if index < room.len() { dice.below(room[index] + 1) } else { 0 };
        let has_clip = cut != Cut { from: None, to: None };
        if has_clip
            && before + after > 0
            && dice.chance(40)
            && !track.transitions.contains_key(&cut)
        {
            if index > 0 {
                room[index - 1] -= before;
            }
            if index < room.len() {
                room[index] -= after;
            }
            let transition = transition(dice, before, after);
            track.transitions.insert(cut, Arc::new(transition));
        }
    }
    finish(dice, &mut track);
    track
}

fn finish(dice: &mut Dice, track: &mut Track) {
    let header = &mut track.header;
    if dice.chance(50) {
        "Dialogue".clone_into(&mut header.name);
    }
    match header.kind {
        TrackKind::Picture => header.hidden = dice.chance(10),
        TrackKind::Sound => {
            header.strip.mute = dice.chance(10);
            header.role = Some(Role::Ambience);
            header.strip.gain = dice.chance(50).then(|| Param::Constant(Value::Number(-3.0)));
        }
    }
    header.locked = dice.chance(10);
}

pub fn transition(dice: &mut Dice, before: i64, after: i64) -> Transition {
    let kind = (*dice.pick(&["dissolve", "dissolve", "wipe"])).to_owned();
    Transition {
        id: dice.id("x"),
        kind,
        before,
        after,
        sampling: *dice.pick(&[Sampling::Centre, Sampling::Start]),
        shape: None,
        handles: *dice.pick(&[Handles::Real, Handles::Freeze]),
        values: BTreeMap::from([("softness".to_owned(), Param::number(0.25))]),
        extra: Extra::new(),
    }
}

fn free_track(dice: &mut Dice, anchors: &[Id]) -> Track {
    let mut track = Track::free(dice.id("tr"), TrackKind::Sound);
    let mut layers = imbl::OrdMap::new();
    for _ in 0..=dice.below(6) {
        let at = match anchors {
            [_, ..] if dice.chance(30) => {
                let offset = Frames::whole(dice.below(10));
                Place::Anchored(Anchor { clip: *dice.pick(anchors), offset })
            }
            _ => Place::Absolute(Ratio::new(dice.below(200_000).into(), 2000).unwrap()),
        };
        let length = Ratio::new((1 + dice.below(100_000)).into(), 2000).unwrap();
        let clip = clip(dice, true, &[]);
        layers.insert(dice.id("w"), Arc::new(Layered { at, length, clip }));
    }
    track.content = Content::Free(layers);
    finish(dice, &mut track);
    track
}

pub fn sequence(dice: &mut Dice, own: Rate, nested: &[Id], free: bool) -> Sequence {
    let mut sequence = Sequence::new(own);
    sequence.header.name = format!("Reel {}", dice.below(9));
    for _ in 0..=dice.below(3) {
        let kind = *dice.pick(&[TrackKind::Picture, TrackKind::Sound]);
        sequence.tracks.push_back(Arc::new(reel_track(dice, kind, nested)));
    }
    if dice.chance(50) {
        let marker = marker(dice);
        sequence.markers.insert(dice.id("k"), Arc::new(marker));
    }
    if free {
        let reels = sequence.tracks.iter().filter_map(|track| track.reel());
        let clips: Vec<Id> = reels
            .flat_map(|reel| reel.iter().filter(|item| !item.is_gap()).map(|item| item.id))
            .collect();
        let track = free_track(dice, &clips);
        sequence.tracks.push_back(Arc::new(track));
    }
    sequence
}

/// The film of a seed. Every other one has a free track, above its sequential ones.
pub fn film(seed: u64) -> Timeline {
    let mut dice = Dice { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), ids: 0 };
    let mut film = pool(&mut dice);
    let own = film.settings.rate;
    let mut nested = Vec::new();
    for name in ["n1", "n2"] {
        let other = if dice.chance(30) { rate(dice.word(RATES)) } else { own };
        let inner = sequence(&mut dice, other, &nested, false);
        let is_used = inner.length() > 0;
        film.sequences.insert(id(name), Arc::new(inner));
        nested.extend(is_used.then(|| id(name)));
    }
    let mut main = sequence(&mut dice, own, &nested, seed % 2 == 1);
    main.header.start = dice.below(2) * own.nominal() * 3600;
    film.sequences.insert(id("main"), Arc::new(main));
    keep_used(&mut film);
    film
}

/// OTIO holds no sequence that the cut does not use.
fn keep_used(film: &mut Timeline) {
    let mut used = vec![film.settings.main];
    let mut next = 0;
    while let Some(id) = used.get(next).copied() {
        next += 1;
        for track in &film.sequences[&id].tracks {
            for item in track.reel().into_iter().flat_map(Reel::iter) {
                if let Some(Source::Sequence(inner)) = item.clip.as_ref().map(|clip| &clip.source) {
                    used.push(*inner);
                }
            }
        }
    }
    film.sequences =
        film.sequences.clone().into_iter().filter(|(id, _)| used.contains(id)).collect();
}
