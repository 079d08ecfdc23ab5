//! The verbs of editing, by random edits: what must hold whatever is done.

use proptest::prelude::*;
use roomtone::edit::{self, Edge, Edited, History, Insert, Lift, Manner, Material, Refused, Scope};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::media::{MediaKind, PictureStream, SoundStream};
use timeline_format::sequence::Raster;
use timeline_format::track::{Anchor, Content, Place, TrackKind};
use timeline_format::{
    Clip, Cut, Frames, Id, IdSource, Item, Layered, Marker, Media, Rate, Ratio, Sequence, Severity,
    Source, Timeline, Track, Transition,
};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn media(rate: &str) -> Media {
    Media {
        path: "clip.mov".to_owned(),
        kind: MediaKind::Video,
        name: String::new(),
        rate: Some(rate.parse().unwrap()),
        length: Some(Frames::whole(60)),
        start: 0,
        first_number: None,
        holes: String::new(),
        picture: Some(PictureStream { width: 16, height: 9, ..PictureStream::default() }),
        sound: Some(SoundStream { rate: 48_000, channels: 2, ..SoundStream::default() }),
        hash: String::new(),
        origin: BTreeMap::new(),
        extra: timeline_format::Extra::new(),
    }
}

fn clip(number: usize, link: bool) -> Clip {
    let mut clip = Clip::new(Source::Media(id(["m-24", "m-25", "m-30"][number % 3])));
    clip.source_in = Frames::whole(12);
    clip.link = link.then(|| id(&format!("l-{number}")));
    clip
}

/// Two tracks of linked pictures and sounds, one of sound that goes with nothing, free items.
fn film(lengths: &[i64]) -> Timeline {
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

/// What is shown: by track and frame, the source and its exact position there.
type Shown = BTreeMap<(Id, i64), (Source, Ratio)>;

fn shown(film: &Timeline) -> Shown {
    let mut all = Shown::new();
    let sequence = film.main().unwrap();
    for track in &sequence.tracks {
        for (start, item) in track.reel().into_iter().flat_map(timeline_format::Reel::placed) {
            let Some(clip) = &item.clip else { continue };
            let footage = timeline_format::footage::Footage::of(film, Rate::FILM, &clip.source);
            let step = footage.step(clip.speed, Rate::FILM).unwrap();
            for frame in 0..item.length {
                let into = step.times(Frames::whole(frame)).unwrap();
                let at = clip.source_in.plus(into).unwrap();
                all.insert((track.id, start + frame), (clip.source.clone(), at));
            }
        }
    }
    all
}

/// An edit, and how to hold the frames after it against those before.
struct Done {
    edited: Result<Edited, Refused>,
    /// Frames that may differ, by track; `None` is not looked at.
    touched: Option<Box<dyn Fn(Id, i64) -> bool>>,
    /// What starts at or behind the frame moved by so much.
    moved: (i64, i64),
}

fn clips(film: &Timeline) -> Vec<(Id, i64, i64)> {
    let mut all = Vec::new();
    for track in film.main().unwrap().tracks.iter().filter_map(|track| track.reel()) {
        let clips = track.placed().filter(|(_, item)| !item.is_gap());
        all.extend(clips.map(|(start, item)| (item.id, start, start + item.length)));
    }
    all
}

#[expect(clippy::too_many_lines, reason = "one line a verb")]
fn apply(film: &Timeline, (verb, a, b, by): (u8, usize, usize, i64), ids: &mut IdSource) -> Done {
    let scope = Scope::of(id("main"));
    let all = clips(film);
    let at = (b % 90) as i64;
    let length = 1 + (a % 7) as i64;
    let span = at..at + length;
    let still = (i64::MAX, 0);
    let (chosen, start, end) = all.get(a % all.len().max(1)).copied().unwrap_or((id("x"), 0, 1));
    let other = all.get(b % all.len().max(1)).map_or(id("x"), |found| found.0);
    let edge = if b % 2 == 0 { Edge::Head } else { Edge::Tail };
    let link = ids.next_id();
    let part = |track: &str| {
        let mut clip = clip(b, false);
        clip.link = Some(link);
        Material { track: id(track), clip, length }
    };
    let parts = Insert { at, parts: vec![part("v1"), part("a1")] };
    let tracks = vec![id("v1"), id("a1")];
    let lift = Lift { span: span.clone(), tracks };
    let reach = by.abs().max(1) + 40;
    let near = move |_: Id, frame: i64| frame >= start - reach && frame < end + reach;
    let done = |edited, touched: Option<Box<dyn Fn(Id, i64) -> bool>>| Done {
        edited,
        touched,
        moved: still,
    };
    let within = span.clone();
    match verb % 15 {
        0 => Done {
            edited: edit::insert(film, scope, &parts, ids),
            touched: Some(Box::new(|_, _| false)),
            moved: (at, length),
        },
        1 => done(
            edit::overwrite(film, scope, &parts, ids),
            Some(Box::new(move |track, frame| track != id("a2") && within.contains(&frame))),
        ),
        2 => done(
            edit::lift(film, scope, &lift, ids),
            Some(Box::new(move |track, frame| track != id("a2") && within.contains(&frame))),
        ),
        3 => Done {
            edited: edit::extract(film, scope, &lift, ids),
            touched: Some(Box::new(move |track, frame| {
                track == id("a2") || within.contains(&frame)
            })),
            moved: (span.end, -length),
        },
        4 => done(
            edit::razor(film, scope, &edit::Razor { at, tracks: None }, ids),
            Some(Box::new(|_, _| false)),
        ),
        5 => done(
            edit::trim(film, scope, &edit::Trim { clip: chosen, edge, by }, ids),
            Some(Box::new(near)),
        ),
        6 => {
            done(edit::ripple_trim(film, scope, &edit::Trim { clip: chosen, edge, by }, ids), None)
        }
        7 => done(
            edit::roll(film, scope, &edit::Roll { clip: chosen, edge, by }, ids),
            Some(Box::new(near)),
        ),
        8 => done(
            edit::slip(film, scope, &edit::Slip { clip: chosen, by }, ids),
            Some(Box::new(near)),
        ),
        9 => done(
            edit::slide(film, scope, &edit::Slide { clip: chosen, by }, ids),
            Some(Box::new(near)),
        ),
        10 => done(edit::swap(film, scope, &edit::Swap { one: chosen, other }, ids), None),
        11 => {
            let manner = if b % 2 == 0 { Manner::Insert } else { Manner::Overwrite };
            let edit = edit::Move { clips: vec![chosen], by, track: None, manner };
            done(edit::move_clips(film, scope, &edit, ids), None)
        }
        12 => {
            let ripple = if b % 2 == 0 { edit::Ripple::Follow } else { edit::Ripple::Stay };
            done(edit::remove_clips(film, scope, &[chosen], ripple, ids), None)
        }
        13 => {
            let edit = edit::AddTransition {
                clip: chosen,
                edge,
                kind: "dissolve".to_owned(),
                length,
                align: edit::Align::Centre,
                short: [edit::Short::Shorten, edit::Short::Freeze, edit::Short::Shift][b % 3],
                shape: None,
                values: BTreeMap::new(),
            };
            done(edit::add_transition(film, scope, &edit, ids), Some(Box::new(|_, _| false)))
        }
        _ => done(
            edit::join(film, scope, &edit::Join { clip: chosen }, ids),
            Some(Box::new(|_, _| false)),
        ),
    }
}

/// Holds a film to the rules of reels, cuts and anchors, and of the document's own check.
fn hold(film: &Timeline) -> Result<(), TestCaseError> {
    let sequence = film.main().unwrap();
    for track in &sequence.tracks {
        for layer in track.layers().into_iter().flat_map(|layers| layers.values()) {
            prop_assert!(sequence.start_of(layer).is_some(), "an anchor is gone");
        }
        let Some(reel) = track.reel() else { continue };
        let items: Vec<&Item> = reel.iter().collect();
        prop_assert!(items.iter().all(|item| item.length > 0));
        prop_assert_eq!(reel.length(), items.iter().map(|item| item.length).sum::<i64>());
        prop_assert!(items.windows(2).all(|pair| !(pair[0].is_gap() && pair[1].is_gap())));
        prop_assert!(items.last().is_none_or(|item| !item.is_gap()));
        let cuts: Vec<Cut> = (0..=items.len()).filter_map(|index| track.cut_at(index)).collect();
        let transitions: Vec<(&Cut, &Arc<Transition>)> = track.transitions.iter().collect();
        prop_assert!(transitions.iter().all(|(cut, _)| cuts.contains(cut)));
    }
    let problems = timeline_format::check(film);
    let bad = problems.iter().filter(|problem| problem.severity >= Severity::Error);
    let bad: Vec<_> = bad.collect();
    prop_assert!(bad.is_empty(), "{bad:?}");
    Ok(())
}

/// Linked sounds that lie off their pictures. A swap may put a clip and its sound on tracks that do
/// not ripple together, so films that had one are not asked.
fn out_of_sync(film: &Timeline) -> usize {
    let problems = timeline_format::check(film);
    problems.iter().filter(|problem| problem.code == "link-out-of-sync").count()
}

fn hold_frames(before: &Timeline, after: &Timeline, done: &Done) -> Result<(), TestCaseError> {
    let Some(touched) = &done.touched else { return Ok(()) };
    let (edge, by) = done.moved;
    let now = shown(after);
    for ((track, frame), what) in shown(before) {
        if touched(track, frame) {
            continue;
        }
        let to = if frame >= edge { frame + by } else { frame };
        prop_assert_eq!(now.get(&(track, to)), Some(&what), "frame {} of {}", frame, track);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn random_edits_keep_the_rules_and_undo_gives_back_every_film(
        lengths in proptest::collection::vec(1_i64..14, 3..10),
        edits in proptest::collection::vec((any::<u8>(), 0_usize..1000, 0_usize..1000, -9_i64..10), 1..24),
    ) {
        let mut ids = IdSource::seeded(11);
        let start = Arc::new(film(&lengths));
        hold(&start)?;
        let mut history = History::new(Arc::clone(&start));
        let mut texts = vec![timeline_format::write(&start)];
        let mut has_swapped = false;
        for edit in edits {
            let before = Arc::clone(history.now());
            let done = apply(&before, edit, &mut ids);
            let Ok(edited) = &done.edited else { continue };
            if let Err(why) = hold(&edited.timeline) {
                return Err(TestCaseError::fail(format!("{edit:?}: {why}")));
            }
            if let Err(why) = hold_frames(&before, &edited.timeline, &done) {
                return Err(TestCaseError::fail(format!("{edit:?}: {why}")));
            }
            has_swapped |= edit.0 % 15 == 10;
            prop_assert!(
                has_swapped || out_of_sync(&edited.timeline) == 0,
                "{edit:?} puts linked sound out of sync: {:?}",
                timeline_format::check(&edited.timeline)
            );
            texts.push(timeline_format::write(&edited.timeline));
            history.push("edit", edited.timeline.clone());
        }
        for text in texts.iter().rev() {
            prop_assert!(timeline_format::write(history.now()) == *text);
            let _ = history.undo();
        }
        prop_assert!(Arc::ptr_eq(history.now(), &start));
        while history.redo().is_some() {}
        prop_assert!(texts.last() == Some(&timeline_format::write(history.now())));
    }
}
