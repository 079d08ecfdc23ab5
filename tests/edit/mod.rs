//! The verbs of editing, by random edits: what must hold whatever is done.

mod film;
mod tournament;
mod undo;
mod verbs;

use film::film;
use proptest::prelude::*;
use roomtone::edit::{self, Edited, History};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use timeline_format::{
    Cut, Frames, Id, IdSource, Item, Rate, Ratio, Severity, Source, Timeline, Transition,
};
use verbs::{Done, STILL, VERBS, apply};

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
                let is_back = step < Ratio::ZERO;
                let into = if is_back { frame - item.length } else { frame };
                let into = step.times(Frames::whole(into)).unwrap();
                let at = clip.source_in.plus(into).unwrap();
                all.insert((track.id, start + frame), (clip.source.clone(), at));
            }
        }
    }
    all
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

/// Linked sounds lie with their pictures, what was linked is linked unless a note says that it is
/// not, and edits that leave everything in its place unlink nothing.
fn hold_links(before: &Timeline, edited: &Edited, verb: u8) -> Result<(), TestCaseError> {
    let problems = timeline_format::check(&edited.timeline);
    let late: Vec<_> = problems.iter().filter(|found| found.code == "link-out-of-sync").collect();
    prop_assert!(late.is_empty(), "{late:?}");
    let noted = edited.notes.iter().filter_map(|note| match note {
        edit::Note::Unlinked { clip, from, .. } => Some([*clip, *from]),
        _ => None,
    });
    let noted: BTreeSet<Id> = noted.flatten().collect();
    prop_assert!(noted.is_empty() || !STILL.contains(&(verb % VERBS)), "{:?}", edited.notes);
    let now = edited.timeline.main().unwrap();
    let link_now = |id: &Id| now.clip(*id).map(|clip| clip.link);
    for clips in links(before).into_values() {
        let here = clips.iter().filter(|id| !noted.contains(id)).filter_map(link_now);
        prop_assert!(
            here.clone().count() < 2 || here.clone().all(|link| link.is_some()),
            "{clips:?}"
        );
    }
    Ok(())
}

/// The clips of every link.
fn links(film: &Timeline) -> BTreeMap<Id, Vec<Id>> {
    let mut links: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for item in film
        .main()
        .unwrap()
        .tracks
        .iter()
        .filter_map(|track| track.reel())
        .flat_map(timeline_format::Reel::iter)
    {
        if let Some(link) = item.clip.as_ref().and_then(|clip| clip.link) {
            links.entry(link).or_default().push(item.id);
        }
    }
    links
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

// 256 films; PROPTEST_CASES=6000 in the environment asks for more.
proptest! {
    #![proptest_config(ProptestConfig {
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
            if let Err(why) = hold_links(&before, edited, edit.0) {
                return Err(TestCaseError::fail(format!("{edit:?}: {why}")));
            }
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
