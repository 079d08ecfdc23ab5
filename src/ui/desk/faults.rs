//! Faults of the pictures of the clip in hand: looked for on another thread, gone to, accepted, mended.

use super::Desk;
use crate::edit::{self, Faulty};
use crate::picture::faults::{self, Find, Finder, Known, Limits, Remedy, mending};
use crate::picture::{correct, showing};
use crate::play::{self, Wanted};
use crate::workers::{self, Stop, Worker};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use timeline_format::{
    Clip, Effect, Fault, FaultState, Frames, Id, Media, Ratio, Source, Timeline,
};

/// How often what is under way is looked at.
const OFTEN: Duration = Duration::from_millis(200);

/// What is looked for, and what was found.
#[derive(Debug, Default)]
pub(super) struct Inspections {
    work: Option<Work>,
    /// What was found last, with what would mend it.
    known: Vec<Known>,
    /// The fault that was gone to last.
    in_hand: Option<Id>,
}

#[derive(Debug)]
struct Work {
    of: Faulty,
    kinds: Vec<&'static str>,
    seen: Arc<AtomicUsize>,
    count: usize,
    worker: Worker<Result<Vec<Find>, String>>,
    /// The fault that is mended when it is found again.
    then: Option<Id>,
}

/// A fault of the clip in hand, and the frames of the film in which it is seen.
#[derive(Debug, Clone)]
pub(in crate::ui) struct FaultSeen {
    /// The fault.
    pub(in crate::ui) fault: Fault,
    /// Where it is seen.
    pub(in crate::ui) frames: Vec<Range<i64>>,
}

/// Whose pictures a source shows.
fn faulty_of(film: &Timeline, source: &Source) -> Option<Faulty> {
    match source {
        Source::Shot(shot) => Some(Faulty::Take(*shot, film.shots.get(shot)?.take)),
        Source::Media(media) => Some(Faulty::Media(*media)),
        Source::Sequence(_) | Source::Generator(_) => None,
    }
}

/// The media of what has faults, and the rate that it is shown at.
fn media_of(film: &Timeline, of: Faulty) -> Option<(Arc<Media>, Option<f64>)> {
    let (media, rate) = match of {
        Faulty::Media(media) => (media, None),
        Faulty::Take(shot, take) => {
            let take = film.shots.get(&shot)?.takes.iter().find(|known| known.id == take)?;
            (take.media, take.rate.map(|rate| rate.ratio().to_f64()))
        }
    };
    let media = film.media.get(&media).filter(|media| media.picture.is_some())?;
    Some((Arc::clone(media), rate))
}

/// Whether an effect mends.
pub(super) fn is_repair(effect: &Effect) -> bool {
    correct::ALL.iter().any(|known| known.id == effect.kind)
}

impl Desk {
    /// Every fault of the film, and whose it is.
    pub(in crate::ui) fn faults(&self) -> Vec<(Faulty, Fault)> {
        self.film().map_or_else(Vec::new, |film| edit::faults_of(film.now()))
    }

    /// Whose pictures the clip in hand shows.
    fn faulty_here(&self) -> Option<Faulty> {
        self.faulty_of_clip(self.graded_clip()?)
    }

    /// Whose pictures a clip shows.
    pub(super) fn faulty_of_clip(&self, clip: Id) -> Option<Faulty> {
        faulty_of(self.film()?.now(), &self.clip(clip)?.source)
    }

    /// Whether there are pictures in hand that faults may be looked for in.
    pub(in crate::ui) fn can_find_faults(&self) -> bool {
        self.inspections.work.is_none() && self.faulty_here().is_some()
    }

    /// The faults of the clip in hand with the frames of the film in which they are seen, and the frames of the clip.
    pub(in crate::ui) fn faults_here(&self) -> Option<(Range<i64>, Vec<FaultSeen>)> {
        let id = self.graded_clip()?;
        let (clip, span, of) = (self.clip(id)?, self.span_of(id)?, self.faulty_here()?);
        let shown = self.media_frames(clip, &span);
        let own = self.faults().into_iter().filter(|(whose, _)| *whose == of);
        let seen = own.map(|(_, fault)| {
            let frames = runs(&shown, &fault, span.start);
            FaultSeen { fault, frames }
        });
        let seen = seen.collect();
        Some((span, seen))
    }

    /// The frames of its media that a clip shows, one for each of its own.
    fn media_frames(&self, clip: &Clip, span: &Range<i64>) -> Vec<i64> {
        let Some((film, sequence)) = self.film().zip(self.sequence()) else { return Vec::new() };
        let (rate, length) = (sequence.header.rate, Frames::whole(span.end - span.start));
        let at = |k: i64| showing(film.now(), rate, (clip, length), k).map(|it| it.at.floor());
        (0..span.end - span.start).map(|k| at(k).unwrap_or(-1)).collect()
    }

    /// Goes to a fault: its clip is taken in hand, the film stands at its first frame that is seen.
    pub(in crate::ui) fn go_to_fault(&mut self, of: Faulty, fault: &Fault) {
        self.inspections.in_hand = Some(fault.id);
        let Some((film, sequence)) = self.film().zip(self.sequence()) else { return };
        let reels = sequence.tracks.iter().filter_map(|track| track.reel());
        let mut places = reels.flat_map(|reel| {
            let clips = reel.placed().filter_map(|(start, item)| {
                let clip = item.clip.as_deref()?;
                let is_its = faulty_of(film.now(), &clip.source) == Some(of);
                is_its.then_some((item.id, clip, start..start + item.length))
            });
            clips.collect::<Vec<_>>()
        });
        let found = places.find_map(|(id, clip, span)| {
            let shown = self.media_frames(clip, &span);
            Some((id, runs(&shown, fault, span.start).first()?.start))
        });
        match found {
            Some((clip, frame)) => {
                self.selection.choose([clip]);
                self.go(frame);
                self.take_tool(fault, clip);
            }
            None => self.notices.note("no clip shows those frames"),
        }
    }

    /// The fault that was gone to last.
    pub(in crate::ui) const fn fault_in_hand(&self) -> Option<Id> {
        self.inspections.in_hand
    }

    /// Goes to the next fault of the film that is open, or to the one before.
    pub(in crate::ui) fn go_along_faults(&mut self, by: isize) {
        let mut all = self.faults();
        all.retain(|(_, fault)| fault.state == FaultState::Open);
        let held = all.iter().position(|(_, fault)| Some(fault.id) == self.inspections.in_hand);
        let next = match held {
            Some(place) => place.saturating_add_signed(by).min(all.len().saturating_sub(1)),
            None => 0,
        };
        if let Some((of, fault)) = all.get(next) {
            self.go_to_fault(*of, fault);
        }
    }

    /// Looks for faults in the pictures of the clip in hand, on another thread.
    pub(in crate::ui) fn find_faults(&mut self) {
        if let Some(of) = self.faulty_here() {
            self.look_for(of, faults::ALL.to_vec(), None);
        }
    }

    /// Stops looking.
    pub(in crate::ui) fn stop_finding_faults(&mut self) {
        if let Some(work) = &self.inspections.work {
            work.worker.stop().raise();
        }
    }

    /// How far looking is: from 0 to 1.
    pub(in crate::ui) fn faults_progress(&self) -> Option<f32> {
        let work = self.inspections.work.as_ref()?;
        let seen = work.seen.load(Ordering::Relaxed) as f32;
        Some((seen / work.count.max(1) as f32).min(1.0))
    }

    fn look_for(&mut self, of: Faulty, finders: Vec<&'static Finder>, then: Option<Id>) {
        let Some(film) = self.film().filter(|_| self.inspections.work.is_none()) else { return };
        let Some((media, rate)) = media_of(film.now(), of) else { return };
        let Some(path) = play::path_of(&media, &film.folder()) else { return };
        let count = media.length.map_or(1, Ratio::floor).max(1) as usize;
        let kinds = finders.iter().map(|finder| finder.id).collect();
        let (seen, wake) = (Arc::new(AtomicUsize::new(0)), self.wake.clone());
        let told = Arc::clone(&seen);
        let work = move |stop: &Stop| {
            let limits = Limits::own();
            let wanted = Wanted { finders: &finders, limits: &limits, rate };
            let tell = || {
                told.fetch_add(1, Ordering::Relaxed);
            };
            let found = play::inspect((&path, &media), &wanted, (stop, &tell));
            wake.wake();
            found.map(|(finds, _)| finds).map_err(|error| error.to_string())
        };
        match workers::start("faults", work) {
            Ok(worker) => {
                self.inspections.work = Some(Work { of, kinds, seen, count, worker, then });
            }
            Err(error) => self.notices.trouble(error),
        }
    }

    /// Takes in what was found; how long until that is to be looked at again.
    pub(in crate::ui) fn mind_faults(&mut self) -> Option<Duration> {
        if let Some(work) = self.inspections.work.take_if(|work| work.worker.is_finished()) {
            let stopped = work.worker.stop().is_raised();
            match work.worker.join() {
                Ok(Ok(finds)) => self.keep_finds((work.of, &work.kinds, work.then), finds),
                Ok(Err(_)) if stopped => self.notices.note("faults are looked for no more"),
                Ok(Err(why)) => self.notices.trouble(why),
                Err(panicked) => self.notices.trouble(panicked),
            }
        }
        self.inspections.work.is_some().then_some(OFTEN)
    }

    fn keep_finds(
        &mut self,
        (of, kinds, then): (Faulty, &[&'static str], Option<Id>),
        finds: Vec<Find>,
    ) {
        let before = self.faults().into_iter().filter(|(whose, _)| *whose == of);
        let before: Vec<Fault> = before.map(|(_, fault)| fault).collect();
        let mut known = Vec::new();
        self.edit("Find faults", |film, _, ids| {
            known = faults::merged(&before, finds, kinds, ids);
            let kept = known.iter().map(|it| it.fault.clone()).collect();
            edit::keep_faults(film, of, kept)
        });
        let open = known.iter().filter(|it| it.fault.state == FaultState::Open).count();
        self.inspections.known = known;
        match then {
            Some(fault) => self.mend_known(fault),
            None => self.notices.note(format_args!("faults that are open: {open}")),
        }
    }

    /// Mends a fault by what its finder offers; where that is not known any more, it is looked for again.
    pub(in crate::ui) fn mend_fault(&mut self, fault: Id) {
        if self.inspections.known.iter().any(|it| it.fault.id == fault && it.find.is_some()) {
            return self.mend_known(fault);
        }
        let found = self.faults().into_iter().find(|(_, known)| known.id == fault);
        if let Some((of, known)) = found
            && let Some(finder) = faults::named(&known.kind)
        {
            self.look_for(of, vec![finder], Some(fault));
        }
    }

    fn mend_known(&mut self, fault: Id) {
        let known = self.inspections.known.iter().find(|it| it.fault.id == fault);
        let find = known.and_then(|known| known.find.clone());
        match find.as_ref().and_then(|find| Some((find, find.remedy.as_ref()?))) {
            Some((_, Remedy::Without(frames))) => {
                self.edit("Leave frames out", |film, _, _| edit::leave_out(film, fault, frames));
            }
            Some((find, Remedy::Effect { .. })) => {
                self.edit("Mend fault", |film, _, ids| {
                    let id = ids.next_id();
                    let effect = mending(find, id, ids);
                    let none = || edit::Refused::Value("nothing mends it by itself".to_owned());
                    edit::mend_fault(film, fault, &effect.ok_or_else(none)?)
                });
            }
            None => self
                .notices
                .trouble("nothing mends this fault by itself: mend it by hand, or accept it"),
        }
    }

    /// Takes a fault as it is; whether that was done.
    pub(in crate::ui) fn accept_fault(&mut self, fault: Id, by: &str, because: &str) -> bool {
        self.edit("Accept fault", |film, _, _| edit::accept_fault(film, fault, (by, because)))
    }

    /// Takes back what was decided of a fault.
    pub(in crate::ui) fn reopen_fault(&mut self, fault: Id) {
        self.edit("Reopen fault", |film, _, _| edit::reopen_fault(film, fault));
    }

    /// The chosen take of the clip in hand with the effects that are on it.
    pub(in crate::ui) fn take_effects(&self) -> Option<((Id, Id), Vec<Effect>)> {
        self.take_effects_of(self.graded_clip()?)
    }

    /// The chosen take of a clip with the effects that are on it.
    pub(super) fn take_effects_of(&self, clip: Id) -> Option<((Id, Id), Vec<Effect>)> {
        let Faulty::Take(shot, take) = self.faulty_of_clip(clip)? else { return None };
        let takes = &self.film()?.now().shots.get(&shot)?.takes;
        let found = takes.iter().find(|known| known.id == take)?;
        Some(((shot, take), found.look.effects.clone()))
    }

    /// Changes the effects of a take.
    pub(in crate::ui) fn change_take_effects(
        &mut self,
        name: &str,
        of: (Id, Id),
        change: impl FnOnce(&mut Vec<Effect>),
    ) {
        self.edit(name, |film, _, _| {
            edit::change_take(film, of, |take| change(&mut take.look.effects))
        });
    }

    /// The repairs of the clip in hand and of its take that work, and all.
    pub(in crate::ui) fn repairs(&self) -> (usize, usize) {
        let own = self.graded_clip().and_then(|clip| self.clip(clip));
        let own = own.map_or_else(Vec::new, |clip| clip.look.effects.clone());
        let of_take = self.take_effects().map_or_else(Vec::new, |(_, effects)| effects);
        let all: Vec<Effect> = own.into_iter().chain(of_take).filter(is_repair).collect();
        (all.iter().filter(|it| !it.bypass).count(), all.len())
    }
}

/// Runs of the frames of a clip that show frames of a fault, in frames of the film.
fn runs(shown: &[i64], fault: &Fault, start: i64) -> Vec<Range<i64>> {
    let [from, to] = fault.frames.map(Ratio::floor);
    let mut runs: Vec<Range<i64>> = Vec::new();
    for (k, frame) in (start..).zip(shown) {
        if !(from..to).contains(frame) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == k => run.end = k + 1,
            _ => runs.push(k..k + 1),
        }
    }
    runs
}
