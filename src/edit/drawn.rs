//! Timelines as people draw them: one character a frame, for the tests of the verbs.
//!
//! A line is a track: capitals are pictures, small letters sounds; the nth `a` is linked to the nth
//! `A`. `.` is a gap, `/` a frame of a transition. In front, `L` is a locked track and `S` one that
//! is free of sync. A line that begins with a space gives, in base 36, the source frames of the
//! track above it; where it says nothing, a clip begins at source frame 3 of 30.

use crate::edit::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use timeline_format::media::{MediaKind, PictureStream, SoundStream};
use timeline_format::sequence::Raster;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Frames, Id, IdSource, Item, Media, Rate, Ratio, Sequence, Source, Timeline, Track,
    Transition,
};

pub(super) type Outcome = Result<Edited, Refused>;
pub(super) type Verb = Box<dyn Fn(&Timeline, Scope, &mut IdSource) -> Outcome>;

pub(super) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// The id of a clip by its letter: `A` is `v-a`, `a2` (the second) is `s-a2`.
pub(super) fn clip_id(name: &str) -> Id {
    let kind = if name.starts_with(|letter: char| letter.is_uppercase()) { "v" } else { "s" };
    id(&format!("{kind}-{}", name.to_lowercase()))
}

pub(super) fn track_id(name: &str) -> Id {
    id(&name.to_lowercase())
}

/// The media of a letter: 30 frames of picture and sound at 24.
pub(super) fn media_id(letter: char) -> Id {
    id(&format!("m-{}", letter.to_lowercase()))
}

fn media() -> Media {
    Media {
        rate: Some(Rate::FILM),
        length: Some(Frames::whole(30)),
        picture: Some(PictureStream { width: 16, height: 9, ..PictureStream::default() }),
        sound: Some(SoundStream { rate: 48_000, channels: 2, ..SoundStream::default() }),
        origin: BTreeMap::from([("prompt".to_owned(), "a hand".to_owned())]),
        ..Media::new(MediaKind::Video, "m.mov")
    }
}

/// A clip of a letter's media, from source frame 3, with the letter as its name.
pub(super) fn clip(letter: char) -> Clip {
    let mut clip = Clip::new(Source::Media(media_id(letter)));
    clip.source_in = Frames::whole(3);
    clip.name = letter.to_string();
    clip
}

/// The timeline of a drawing.
pub(super) fn film(drawing: &str) -> Timeline {
    let raster = Raster { width: 16, height: 9 };
    let mut film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
    for letter in 'a'..='z' {
        film.media.insert(media_id(letter), Arc::new(media()));
    }
    let mut sequence = Sequence::new(Rate::FILM);
    let mut seen = BTreeMap::new();
    let lines: Vec<&str> = drawing.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.starts_with(' ')) {
        let frames = lines.get(at + 1).filter(|next| next.starts_with(' ')).copied();
        let track = track(line, frames.unwrap_or(""), &sequence, &mut seen);
        sequence.tracks.push_back(Arc::new(track));
    }
    film.with_sequence(id("main"), sequence)
}

fn track(line: &str, frames: &str, sequence: &Sequence, seen: &mut BTreeMap<char, usize>) -> Track {
    let body = &line[line.find('|').unwrap()..];
    let column = line.len() - body.len();
    let is_sound = body.contains(|letter: char| letter.is_lowercase());
    let kind = if is_sound { TrackKind::Sound } else { TrackKind::Picture };
    let nth = sequence.tracks.iter().filter(|track| track.header.kind == kind).count() + 1;
    let name = format!("{}{nth}", if is_sound { 'A' } else { 'V' });
    let mut track = Track::sequential(track_id(&name), kind);
    track.header.name = name;
    track.header.locked = line.starts_with('L');
    track.header.sync_free = line.starts_with('S');
    let mut items = Vec::new();
    let mut at = column;
    for text in body.split('|') {
        if !text.is_empty() {
            items.push(item(text, frames.get(at..).unwrap_or(""), items.len(), &track, seen));
        }
        at += text.len() + 1;
    }
    let texts: Vec<&str> = body.split('|').filter(|text| !text.is_empty()).collect();
    track.content = Content::Sequential(items.into_iter().collect());
    for index in 0..=texts.len() {
        let left = index.checked_sub(1).map_or("", |before| texts[before]);
        let right = texts.get(index).copied().unwrap_or("");
        let before = left.len() - left.trim_end_matches('/').len();
        let after = right.len() - right.trim_start_matches('/').len();
        if before + after > 0 {
            let cut = track.cut_at(index).unwrap();
            track.transitions.insert(cut, Arc::new(dissolve(before as i64, after as i64)));
        }
    }
    track
}

/// A dissolve of so many frames ahead of and behind its cut.
pub(super) fn dissolve(before: i64, after: i64) -> Transition {
    Transition {
        id: id("t"),
        kind: "dissolve".to_owned(),
        before,
        after,
        sampling: timeline_format::transition::Sampling::Centre,
        shape: None,
        handles: timeline_format::transition::Handles::Real,
        values: BTreeMap::new(),
        extra: timeline_format::Extra::new(),
    }
}

fn item(
    text: &str,
    frames: &str,
    index: usize,
    track: &Track,
    seen: &mut BTreeMap<char, usize>,
) -> Item {
    let letter = text.chars().find(|letter| *letter != '/').unwrap();
    let length = text.len() as i64;
    if letter == '.' {
        return Item::gap(id(&format!("g-{}-{index}", track.id)), length);
    }
    let nth = seen.entry(letter).and_modify(|nth| *nth += 1).or_insert(1);
    let suffix = if *nth > 1 { nth.to_string() } else { String::new() };
    let mut clip = clip(letter);
    clip.link = Some(id(&format!("l-{}{suffix}", letter.to_lowercase())));
    if let Some(first) = frames.chars().next().and_then(|digit| digit.to_digit(36)) {
        clip.source_in = Frames::whole(first.into());
    }
    Item::clip(clip_id(&format!("{letter}{suffix}")), length, clip)
}

/// The drawing of a timeline, with source frames under the tracks that `like` has them for.
pub(super) fn drawing(film: &Timeline, like: &str) -> String {
    let sequence = film.main().unwrap();
    let mut wanted = like.lines().peekable();
    let mut lines = Vec::new();
    for track in &sequence.tracks {
        let Some(reel) = track.reel() else { continue };
        let (mut line, mut frames) = (String::new(), String::new());
        if track.header.locked || track.header.sync_free {
            line.push(if track.header.locked { 'L' } else { 'S' });
            frames.push(' ');
        }
        for (index, item) in reel.iter().enumerate() {
            line.push('|');
            frames.push(' ');
            for frame in 0..item.length {
                line.push(letter(track, index, item, frame));
                frames.push(
                    item.clip
                        .as_ref()
                        .map_or(' ', |clip| shown(clip, item, frame, sequence.header.rate)),
                );
            }
        }
        line.push('|');
        lines.push(line);
        wanted.next();
        if let Some(like) = wanted.next_if(|line| line.starts_with(' ')) {
            let mask = like.chars().chain(std::iter::repeat(' '));
            let kept = frames.chars().zip(mask).map(|(f, m)| if m == ' ' { ' ' } else { f });
            let kept: String = kept.collect();
            lines.push(kept.trim_end().to_owned());
        }
    }
    lines.join("\n")
}

fn letter(track: &Track, index: usize, item: &Item, frame: i64) -> char {
    let head = track.transition_at(index).map_or(0, |transition| transition.after);
    let tail = track.transition_at(index + 1).map_or(0, |transition| transition.before);
    let Some(clip) = &item.clip else {
        return if frame < head || frame >= item.length - tail { '/' } else { '.' };
    };
    let letter = match &clip.source {
        Source::Media(id) => id.as_str().chars().last().unwrap(),
        Source::Sequence(_) => 'n',
        _ => clip.name.chars().next().unwrap_or('?'),
    };
    match track.header.kind {
        _ if frame < head || frame >= item.length - tail => '/',
        TrackKind::Picture => letter.to_ascii_uppercase(),
        TrackKind::Sound => letter.to_ascii_lowercase(),
    }
}

/// The source frame at the centre of a frame, in base 36.
fn shown(clip: &Clip, item: &Item, frame: i64, rate: Rate) -> char {
    let size = Rate::FILM.ratio().over(rate.ratio()).unwrap();
    let size = size.times(clip.speed.abs().unwrap()).unwrap();
    let centre = Ratio::new(2 * i128::from(frame) + 1, 2).unwrap();
    let into = if clip.speed < Ratio::ZERO {
        Ratio::whole(item.length).minus(centre).unwrap()
    } else {
        centre
    };
    let at = clip.source_in.plus(into.times(size).unwrap()).unwrap().floor();
    char::from_digit(at.try_into().unwrap(), 36).unwrap()
}

fn ids() -> IdSource {
    IdSource::seeded(7)
}

pub(super) fn scope() -> Scope {
    Scope::of(id("main"))
}

/// Holds the drawing `before`, edited, against the drawing `after`.
#[track_caller]
pub(super) fn check(before: &str, verb: Verb, after: &str) -> Edited {
    check_in(scope(), before, verb, after)
}

#[track_caller]
pub(super) fn check_in(scope: Scope, before: &str, verb: Verb, after: &str) -> Edited {
    let start = film(before);
    let edited = match verb(&start, scope, &mut ids()) {
        Ok(edited) => edited,
        Err(why) => panic!("refused: {why}\n{before}"),
    };
    let drawn = drawing(&edited.timeline, after);
    assert!(drawn == after, "\nbefore\n{before}\nwanted\n{after}\ngot\n{drawn}");
    sound(&edited.timeline);
    edited
}

/// Refused, with `why` in what it says.
#[track_caller]
pub(super) fn refused(before: &str, verb: Verb, why: &str) {
    refused_in(scope(), before, verb, why);
}

#[track_caller]
pub(super) fn refused_in(scope: Scope, before: &str, verb: Verb, why: &str) {
    let start = film(before);
    match verb(&start, scope, &mut ids()) {
        Ok(edited) => panic!("not refused:\n{}", drawing(&edited.timeline, "")),
        Err(refused) => assert!(refused.to_string().contains(why), "{refused}"),
    }
}

/// What every timeline keeps: lengths above 0, no gaps beside each other or at the end, unique ids,
/// every transition at a cut.
#[track_caller]
pub(super) fn sound(film: &Timeline) {
    let mut seen = std::collections::BTreeSet::new();
    for track in film.sequences.values().flat_map(|sequence| &sequence.tracks) {
        for layer in track.layers().into_iter().flatten() {
            assert!(seen.insert(*layer.0) && layer.1.length > Ratio::ZERO);
        }
        let Some(reel) = track.reel() else { continue };
        let items: Vec<_> = reel.iter().collect();
        assert!(items.iter().all(|item| item.length > 0 && seen.insert(item.id)));
        assert!(items.windows(2).all(|pair| !(pair[0].is_gap() && pair[1].is_gap())));
        assert!(items.last().is_none_or(|item| !item.is_gap()));
        let cuts: Vec<_> = (0..=items.len()).filter_map(|index| track.cut_at(index)).collect();
        assert!(track.transitions.keys().all(|cut| cuts.contains(cut)));
    }
}

fn material(letters: &str) -> Material {
    let clip = clip(letters.chars().next().unwrap());
    Material { track: id("v1"), clip, length: letters.len() as i64 }
}

pub(super) fn inserted(letters: &str, at: i64) -> Verb {
    let edit = Insert { at, parts: vec![material(letters)] };
    Box::new(move |film, scope, ids| insert(film, scope, &edit, ids))
}

pub(super) fn overwritten(letters: &str, at: i64) -> Verb {
    let edit = Insert { at, parts: vec![material(letters)] };
    Box::new(move |film, scope, ids| overwrite(film, scope, &edit, ids))
}

pub(super) fn appended(letters: &str) -> Verb {
    let parts = vec![material(letters)];
    Box::new(move |film, scope, ids| append(film, scope, &parts, ids))
}

pub(super) fn lifted(span: Range<i64>) -> Verb {
    let edit = Lift { span, tracks: vec![id("v1")] };
    Box::new(move |film, scope, ids| lift(film, scope, &edit, ids))
}

pub(super) fn extracted(span: Range<i64>) -> Verb {
    let edit = Lift { span, tracks: vec![id("v1")] };
    Box::new(move |film, scope, ids| extract(film, scope, &edit, ids))
}

pub(super) fn removed(name: &str, ripple: Ripple) -> Verb {
    let clips = [clip_id(name)];
    Box::new(move |film, scope, ids| remove_clips(film, scope, &clips, ripple, ids))
}

pub(super) fn razored(at: i64) -> Verb {
    Box::new(move |film, scope, ids| razor(film, scope, &Razor { at, tracks: None }, ids))
}

pub(super) fn razored_track(at: i64, track: &str) -> Verb {
    let edit = Razor { at, tracks: Some(vec![track_id(track)]) };
    Box::new(move |film, scope, ids| razor(film, scope, &edit, ids))
}

pub(super) fn joined(name: &str) -> Verb {
    let edit = Join { clip: clip_id(name) };
    Box::new(move |film, scope, ids| join(film, scope, &edit, ids))
}

pub(super) fn trimmed(name: &str, edge: Edge, by: i64) -> Verb {
    let edit = Trim { clip: clip_id(name), edge, by };
    Box::new(move |film, scope, ids| trim(film, scope, &edit, ids))
}

pub(super) fn rippled(name: &str, edge: Edge, by: i64) -> Verb {
    let edit = Trim { clip: clip_id(name), edge, by };
    Box::new(move |film, scope, ids| ripple_trim(film, scope, &edit, ids))
}

pub(super) fn rolled(name: &str, edge: Edge, by: i64) -> Verb {
    let edit = Roll { clip: clip_id(name), edge, by };
    Box::new(move |film, scope, ids| roll(film, scope, &edit, ids))
}

pub(super) fn slipped(name: &str, by: i64) -> Verb {
    let edit = Slip { clip: clip_id(name), by };
    Box::new(move |film, scope, ids| slip(film, scope, &edit, ids))
}

pub(super) fn slid(name: &str, by: i64) -> Verb {
    let edit = Slide { clip: clip_id(name), by };
    Box::new(move |film, scope, ids| slide(film, scope, &edit, ids))
}
