//! What goes with what is seen: the mask in hand, or that of the repair in hand, is followed on another thread and has a
//! key in each frame. Keys that a hand has set stay.

mod pinning;
mod steadying;

use super::{Desk, MaskOf};
use crate::edit::{self, Automated};
use crate::picture::masks;
use crate::play::Grip;
use crate::play::tracking::{Goal, NotTracked, Set, Track, Tracked};
use crate::signal::PATH_POINT;
use crate::workers::{self, Stop, Worker};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use timeline_format::parameter::{Ease, Key};
use timeline_format::{Frames, Param, Timeline, Value};

/// How often what is under way is looked at.
const OFTEN: Duration = Duration::from_millis(100);
/// How much larger than a repair what it goes with is: it is the surface around it that is followed.
const AROUND: f64 = 1.6;
/// The smallest region that is followed as a plane, in parts of the picture's height.
const SMALLEST: f64 = 0.12;

/// Which way something is followed from the playhead on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Towards {
    /// To the end of the clip.
    End,
    /// To its first frame.
    Start,
    /// To both.
    Both,
}

/// What is followed, and what is known of it.
#[derive(Debug, Default)]
pub(super) struct Trackings {
    work: Option<Work>,
    /// How sure the tracks of masks are, by frames of the film.
    sure: Vec<(MaskOf, BTreeMap<i64, f64>)>,
    /// The keys that tracks have set last.
    set: Vec<(Automated, BTreeMap<Frames, Value>)>,
}

/// What goes with what is followed.
#[derive(Debug, Clone, Copy)]
enum Of {
    /// A mask.
    Mask(MaskOf),
    /// Placements: what that is called.
    Placement(&'static str),
}

#[derive(Debug)]
struct Work {
    of: Of,
    count: usize,
    seen: Arc<AtomicUsize>,
    worker: Worker<Result<Done, NotTracked>>,
}

/// What came of it.
#[derive(Debug)]
struct Done {
    sets: Vec<Set>,
    sure: Vec<(i64, f64)>,
    /// What is told of it.
    words: String,
}

impl Desk {
    /// The mask that would go with a track: the one in hand, or that of the repair in hand.
    fn mask_to_track(&self) -> Option<MaskOf> {
        let of = self.mask_in_hand().or_else(|| self.repair_in_hand()?.mask)?;
        let shape = masks::named(&self.mask(of)?.kind)?;
        crate::picture::track::moves(shape).then_some(of)
    }

    /// Whether there is something to follow, and nothing is followed yet.
    pub(in crate::ui) fn can_track(&self) -> bool {
        self.trackings.work.is_none() && self.mask_to_track().is_some()
    }

    /// Follows what lies under the mask in hand from the playhead on.
    pub(in crate::ui) fn follow(&mut self, towards: Towards) {
        let Some(of) = self.mask_to_track().filter(|_| self.trackings.work.is_none()) else {
            return;
        };
        let Some(grip) = self.grip_of(of) else { return };
        let at = self.position();
        let part = match towards {
            Towards::End => [Some(at), None],
            Towards::Start => [None, Some(at + 1)],
            Towards::Both => [None, None],
        };
        let goal = Some(Goal::Mask(of.effect, of.mask));
        let track = Track { clip: of.clip, grip, taken: at, part, goal };
        self.begin_tracking(Of::Mask(of), &track, move |film, folder, told| {
            followed(&track, (film, folder), told)
        });
    }

    /// Starts what follows a track through the film as it is now.
    fn begin_tracking(
        &mut self,
        of: Of,
        track: &Track,
        work: impl FnOnce(&Timeline, &Path, (&Stop, &AtomicUsize)) -> Result<Done, NotTracked>
        + Send
        + 'static,
    ) {
        let Some(film) = self.film().filter(|_| self.trackings.work.is_none()) else { return };
        let (now, folder) = (Arc::clone(film.now()), film.folder());
        let count = match track.passage(&now) {
            Ok(passage) => passage.frames.len(),
            Err(why) => return self.notices.trouble(format_args!("{}: {why}", of.name())),
        };
        let (seen, wake) = (Arc::new(AtomicUsize::new(0)), self.wake.clone());
        let told = Arc::clone(&seen);
        let work = move |stop: &Stop| {
            let done = work(&now, &folder, (stop, &told));
            wake.wake();
            done
        };
        match workers::start("track", work) {
            Ok(worker) => self.trackings.work = Some(Work { of, count, seen, worker }),
            Err(error) => self.notices.trouble(error),
        }
    }

    /// Stops following; nothing is changed then.
    pub(in crate::ui) fn stop_tracking(&self) {
        if let Some(work) = &self.trackings.work {
            work.worker.stop().raise();
        }
    }

    /// How far following is: from 0 to 1.
    pub(in crate::ui) fn tracking_progress(&self) -> Option<f32> {
        let work = self.trackings.work.as_ref()?;
        let seen = work.seen.load(Ordering::Relaxed) as f32;
        Some((seen / work.count.max(1) as f32).min(1.0))
    }

    /// How sure the track of the mask in hand is in each frame of the film, if it has one.
    pub(in crate::ui) fn track_in_hand(&self) -> Option<&BTreeMap<i64, f64>> {
        let of = self.mask_to_track()?;
        self.trackings.sure.iter().find(|(known, _)| *known == of).map(|(_, sure)| sure)
    }

    /// Takes in what was followed; how long until that is to be looked at again.
    pub(in crate::ui) fn mind_tracking(&mut self) -> Option<Duration> {
        let is_over = |work: &mut Work| work.worker.is_finished();
        if let Some(work) = self.trackings.work.take_if(is_over) {
            let is_stopped = work.worker.stop().is_raised();
            match work.worker.join() {
                Ok(_) if is_stopped => self.notices.note("it is followed no more"),
                Ok(Ok(done)) => match work.of {
                    Of::Mask(of) => self.keep_track(of, done),
                    Of::Placement(label) => self.keep_placed(label, done),
                },
                Ok(Err(why)) => {
                    self.notices.trouble(format_args!("{}: {why}", work.of.name()));
                }
                Err(panicked) => self.notices.trouble(panicked),
            }
        }
        self.trackings.work.is_some().then_some(OFTEN)
    }

    /// Sets placements, as one edit of a name.
    fn keep_placed(&mut self, label: &str, done: Done) {
        let set = |(clip, target, value)| (Automated::Clip(clip, target), Some(value));
        let changes: Vec<_> = done.sets.into_iter().map(set).collect();
        if self.edit(label, |film, scope, ids| edit::set_values(film, scope, &changes, ids)) {
            self.notices.note(done.words);
        }
    }

    fn keep_track(&mut self, of: MaskOf, done: Done) {
        let changes: Vec<(Automated, Option<Param>)> = done
            .sets
            .iter()
            .map(|(clip, target, new)| {
                let value = Automated::Clip(*clip, target.clone());
                let had = self.stated(&value);
                let kept = edit::with_kept(had, new.clone(), |key| self.is_by_hand(&value, key));
                (value, Some(kept))
            })
            .collect();
        let is_set =
            self.edit("Track", |film, scope, ids| edit::set_values(film, scope, &changes, ids));
        if !is_set {
            return;
        }
        for (clip, target, new) in done.sets {
            self.trackings.remember(Automated::Clip(clip, target), &new);
        }
        self.trackings.learn(of, done.sure);
        self.notices.note(done.words);
    }

    /// Whether a hand has set a key: it is not as a track has left it, or, where no track is known, it does not lead on
    /// straight as those of tracks do.
    fn is_by_hand(&self, value: &Automated, key: &Key) -> bool {
        match self.trackings.set.iter().find(|(known, _)| known == value) {
            Some((_, set)) => set.get(&key.at) != Some(&key.value),
            None => key.ease != Ease::Linear,
        }
    }

    /// What is followed for a mask: what it covers, of a repair what lies around it.
    fn grip_of(&self, of: MaskOf) -> Option<Grip> {
        let around = if of.effect.is_some() { AROUND } else { 1.0 };
        Some(region(self.bounds_of(of)?, self.aspect_of(of.clip), around))
    }

    /// The least rectangle around a mask, in parts of the picture.
    fn bounds_of(&self, of: MaskOf) -> Option<[f64; 4]> {
        let shape = masks::named(&self.mask(of)?.kind)?;
        let numbers = |id: &str| {
            let parameter = shape.parameters.iter().find(|it| it.id == id)?;
            match self.mask_value(of, parameter)? {
                Value::Vector(numbers) => Some(numbers),
                Value::Number(number) => Some(vec![number]),
                _ => None,
            }
        };
        if let Some(strokes) = numbers("strokes") {
            let pair = |id: &str| <[f64; 2]>::try_from(numbers(id)?).ok();
            let (centre, size) = (pair("centre")?, pair("size")?);
            let half = 0.5 * numbers("width")?.first()? / 1080.0;
            let place = |point: &[f64]| [0, 1].map(|axis| centre[axis] + point[axis] * size[axis]);
            let points = strokes.chunks_exact(3).map(place);
            return around(points, [half / self.aspect_of(of.clip), half]);
        }
        if let (Some(centre), Some(size)) = (numbers("centre"), numbers("size")) {
            let half = [0.5 * size.first()?, 0.5 * size.get(1)?];
            return around([[*centre.first()?, *centre.get(1)?]].into_iter(), half);
        }
        if let Some(points) = numbers("points") {
            let places = points.chunks_exact(PATH_POINT).map(|point| [point[0], point[1]]);
            return around(places, [0.0; 2]);
        }
        let from = numbers("from")?;
        around([[*from.first()?, *from.get(1)?]].into_iter(), [0.0; 2])
    }
}

impl Of {
    const fn name(self) -> &'static str {
        match self {
            Self::Mask(_) => "Track",
            Self::Placement(label) => label,
        }
    }
}

impl Trackings {
    fn remember(&mut self, value: Automated, new: &Param) {
        let keys = edit::keys_of(Some(new)).iter().map(|key| (key.at, key.value.clone()));
        match self.set.iter_mut().find(|(known, _)| *known == value) {
            Some((_, set)) => set.extend(keys),
            None => self.set.push((value, keys.collect())),
        }
    }

    fn learn(&mut self, of: MaskOf, sure: Vec<(i64, f64)>) {
        match self.sure.iter_mut().find(|(known, _)| *known == of) {
            Some((_, known)) => known.extend(sure),
            None => self.sure.push((of, sure.into_iter().collect())),
        }
    }
}

/// Follows it as a plane; where that has too little to hold on to, as a point.
fn followed(
    track: &Track,
    (film, folder): (&Timeline, &Path),
    (stop, seen): (&Stop, &AtomicUsize),
) -> Result<Done, NotTracked> {
    let tell = tell_of(seen);
    let as_point = Track { grip: Grip::Point(track.grip.middle()), ..*track };
    let tracked = match track.run(film, folder, (stop, &tell)) {
        Err(NotTracked::Media(_)) if !stop.is_raised() => {
            as_point.run(film, folder, (stop, &tell))?
        }
        other => other?,
    };
    Ok(done(tracked))
}

/// What came of a track.
fn done(tracked: Tracked<'_>) -> Done {
    let frames = tracked.passage.frames.iter().zip(&tracked.followed.held);
    let sure: Vec<(i64, f64)> = frames.map(|(frame, held)| (frame.film, held.confidence)).collect();
    let words = words_of(&sure);
    Done { sets: tracked.sets, sure, words }
}

/// Counts a frame that was looked at.
fn tell_of(seen: &AtomicUsize) -> impl Fn() + '_ {
    || {
        seen.fetch_add(1, Ordering::Relaxed);
    }
}

fn words_of(sure: &[(i64, f64)]) -> String {
    let (all, lost) = (sure.len(), sure.iter().filter(|(_, sure)| *sure == 0.0).count());
    match lost {
        0 => format!("followed through {all} frames, sure to {:.2} or more", least(sure)),
        _ => {
            format!("followed through {} of {all} frames; it was lost in the others", all - lost)
        }
    }
}

fn least(sure: &[(i64, f64)]) -> f64 {
    sure.iter().map(|(_, sure)| *sure).fold(1.0, f64::min)
}

/// What is followed of a rectangle in a picture of an aspect: so many times as large, and large enough.
fn region([left, top, right, bottom]: [f64; 4], aspect: f64, around: f64) -> Grip {
    let half = |from: f64, to: f64, least: f64| 0.5 * (around * (to - from)).max(least);
    let (x, y) = (0.5 * (left + right), 0.5 * (top + bottom));
    let (across, down) = (half(left, right, SMALLEST / aspect), half(top, bottom, SMALLEST));
    let region = [x - across, y - down, x + across, y + down];
    Grip::Region(region.map(|it| it.clamp(0.0, 1.0)))
}

/// The least rectangle around places, so much wider to each side; `None` where there are none.
fn around(places: impl Iterator<Item = [f64; 2]>, half: [f64; 2]) -> Option<[f64; 4]> {
    let whole = places.fold(None, |all: Option<[f64; 4]>, [x, y]| {
        let [left, top, right, bottom] = all.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    });
    let [left, top, right, bottom] = whole?;
    Some([left - half[0], top - half[1], right + half[0], bottom + half[1]])
}
