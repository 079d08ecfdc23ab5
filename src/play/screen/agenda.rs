//! What is to be decoded for a wish, in order: the frame itself, then what the intent makes likely.

use super::board::Asked;
use super::film::Film;
use super::intent::Intent;
use super::slot::{Slot, Turn};
use super::store::Aim;
use crate::media::Pursuit;
use crate::picture::{Key, Plan};
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use timeline_format::Id;

/// Pixels of a picture of 1080 lines: what a media has that does not say.
const USUAL: usize = 1920 * 1080;
/// Frames that are ready before anything else is.
const SOON: i64 = 8;
/// Frames ahead of a playhead that moves, at most.
const AHEAD: i64 = 48;
/// How many frames before a cut what lies beyond it is opened and decoded up to there, whichever way one
/// comes to it.
const CUTS: i64 = 100;
/// Refreshes ahead of a drag.
const REFRESHES: i64 = 16;
/// A media of so many frames is decoded whole while it is on screen, where there is room for it.
const SHORT: i64 = 300;
/// Frames that are kept on the way to one, as they are decoded anyway.
const ON_THE_WAY: i64 = 12;
/// From so many frames a refresh on, only those are decoded that others lean on.
const SPARSE: i64 = 3;

/// A run of frames to be decoded.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) slot: Arc<Slot>,
    pub(super) pursuit: Pursuit,
}

/// A place of the film whose frames are made ready, or a media that is.
#[derive(Debug)]
enum Visit {
    At(i64),
    /// The cuts of a range of the film.
    Cuts(Range<i64>),
    /// What a media lacks from a frame on.
    Whole(Arc<Slot>, i64),
}

/// A media on screen, with its frame and its way.
#[derive(Debug)]
struct Seen {
    slot: Arc<Slot>,
    at: i64,
    motion: i64,
}

/// The order of work for one wish.
#[derive(Debug)]
pub(super) struct Agenda {
    asked: Asked,
    plan: Arc<Plan>,
    visits: VecDeque<Visit>,
    jobs: VecDeque<Job>,
    /// What is on screen: each frame of a media once.
    current: Vec<Seen>,
    /// Frames that there is room for.
    room: i64,
    /// Frames of each media that there is room for ahead.
    ahead: i64,
    way: i64,
    stride: i64,
}

impl Agenda {
    /// What `asked` makes necessary.
    pub(super) fn new(asked: Asked) -> Self {
        let plan = asked.film.plan(asked.frame);
        let stride = asked.intent.stride(asked.film.rate());
        let way = if asked.intent.direction() < 0 { -1 } else { 1 };
        let mut agenda = Self {
            plan,
            visits: VecDeque::new(),
            jobs: VecDeque::new(),
            current: Vec::new(),
            room: 0,
            ahead: 0,
            way,
            stride,
            asked,
        };
        agenda.current = agenda.on_screen();
        agenda.room = agenda.asked.film.stock().store().room(agenda.usual_bytes());
        agenda.ahead = (agenda.room / 2 / agenda.on_screen_count()).clamp(2, 400);
        agenda.aim();
        agenda.plan_visits();
        agenda
    }

    pub(super) const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether the frame that was asked for can be shown.
    pub(super) fn is_ready(&self) -> bool {
        self.asked.film.has_all(&self.plan)
    }

    /// Who steps, for whoever chooses a reading head: playing, what was opened for a cut stays there.
    pub(super) const fn turn(&self) -> Turn {
        let patience = if matches!(self.asked.intent, Intent::Play { .. }) { u64::MAX } else { 1 };
        Turn { epoch: self.asked.epoch, patience }
    }

    /// The job at hand; it stays the same until it is done.
    pub(super) fn job(&mut self) -> Option<Job> {
        loop {
            if let Some(job) = self.jobs.front() {
                return Some(job.clone());
            }
            match self.visits.pop_front()? {
                Visit::At(frame) => self.visit(frame),
                Visit::Cuts(range) => {
                    self.cuts(range).into_iter().rev().for_each(|cut| {
                        self.visits.push_front(Visit::At(cut));
                    });
                }
                Visit::Whole(slot, from) => self.visit_whole(slot, from),
            }
        }
    }

    /// The job at hand is done, or cannot be.
    pub(super) fn done(&mut self) {
        self.jobs.pop_front();
    }

    fn film(&self) -> &Film {
        &self.asked.film
    }

    fn on_screen(&self) -> Vec<Seen> {
        let mut current: Vec<Seen> = Vec::new();
        let beside = self.film().plan(self.asked.frame + self.way).needs();
        for (id, n) in self.plan.needs() {
            if let Some(slot) = self.film().slot(id)
                && !current.iter().any(|seen| (seen.slot.key(), seen.at) == (slot.key(), n))
            {
                let motion = motion(&beside, id, n, self.way);
                current.push(Seen { slot, at: n, motion });
            }
        }
        current
    }

    /// Bytes of a frame on screen in 8 bits of 4:2:0: what one is taken for before any is decoded.
    fn usual_bytes(&self) -> usize {
        let pixels = self.current.iter().filter_map(|seen| {
            let picture = seen.slot.media().picture.as_ref()?;
            Some(picture.width as usize * picture.height as usize)
        });
        pixels.max().unwrap_or(USUAL) / 2 * 3
    }

    const fn on_screen_count(&self) -> i64 {
        let count = self.current.len() as i64;
        if count == 0 { 1 } else { count }
    }

    fn is_on_screen(&self, key: Key) -> bool {
        self.current.iter().any(|seen| seen.slot.key() == key)
    }

    /// How many frames a short media has that is decoded whole and kept: what it takes leaves room for
    /// what comes next. `None` of any other.
    fn whole(&self, slot: &Slot) -> Option<i64> {
        let count = slot.timing().map_or(0, crate::media::Timing::count);
        let fits = count * self.on_screen_count() <= self.room / 4 * 3;
        ((2..=SHORT).contains(&count) && fits).then_some(count)
    }

    /// Tells the store what is being looked at.
    fn aim(&self) {
        let direction = self.asked.intent.direction();
        let around = self.ahead / 2;
        let mut aims = Vec::new();
        for Seen { slot, at, motion } in &self.current {
            let keep = match (self.whole(slot), direction * motion) {
                (Some(count), _) => 0..count,
                (None, 0) => at - around..at + around,
                (None, 1) => at - 4..at + self.ahead,
                (None, _) => at - self.ahead..at + 4,
            };
            let aim = Aim { at: *at, way: direction * motion, keep, is_shown: true };
            aims.push((slot.key(), aim));
        }
        self.film().stock().store().aim(aims);
    }

    fn plan_visits(&mut self) {
        let (frame, stride) = (self.asked.frame, self.stride);
        let (soon, most) = (SOON.min(self.ahead), AHEAD.min(self.ahead * 3 / 4));
        let mut places = vec![frame];
        match self.asked.intent {
            Intent::Rest => {
                let around = (self.ahead / 2 - 1).min(AHEAD);
                places.extend(frame + 1..=frame + soon.min(around));
                places.extend((1..=around).map(|step| frame - step));
                places.extend(frame + soon + 1..=frame + around);
            }
            Intent::Drag { .. } | Intent::Play { .. } if self.way < 0 => {
                let most = if stride > 1 { most } else { self.ahead / 2 };
                places.extend((1..=most / stride).map(|step| frame - step * stride));
            }
            Intent::Drag { .. } => {
                let steps = (most / stride).clamp(1, REFRESHES);
                places.extend((1..=steps).map(|step| frame + step * stride));
            }
            Intent::Play { .. } => {
                places.extend((1..=soon).step_by(stride as usize).map(|step| frame + step));
                let rest = (soon + 1..=most).step_by(stride as usize);
                places.extend(rest.map(|step| frame + step));
            }
        }
        let length = self.film().length();
        let within =
            places.into_iter().filter(|place| *place == frame || (0..length).contains(place));
        self.visits = within.map(Visit::At).collect();
        let next = (soon as usize + 1).min(self.visits.len());
        if matches!(self.asked.intent, Intent::Play { .. }) {
            let is_forward = self.way > 0;
            let ahead = if is_forward {
                frame + SOON + 1..frame + CUTS
            } else {
                frame - CUTS + 1..frame - SOON
            };
            self.visits.insert(next, Visit::Cuts(ahead));
        } else {
            self.visit_short_media(next);
        }
    }

    /// The places of a range where a media comes in, or goes on elsewhere, as one comes to them.
    fn cuts(&self, range: Range<i64>) -> Vec<i64> {
        let range = range.start.max(0)..range.end.min(self.film().length());
        let places = range
            .clone()
            .map(|place| if self.way > 0 { place } else { range.start + range.end - 1 - place });
        let first = if self.way > 0 { range.start } else { range.end - 1 };
        let mut before = self.film().plan(first - self.way).needs();
        let mut cuts = Vec::new();
        for place in places {
            let needs = self.film().plan(place).needs();
            let follows = |(id, n): &(Id, i64)| {
                before.iter().any(|(known, last)| known == id && (n - last).abs() <= 4)
            };
            if !needs.iter().all(follows) {
                cuts.push(place);
            }
            before = needs;
        }
        cuts
    }

    /// Has the short media on screen decoded whole, behind the visits before `next`.
    fn visit_short_media(&mut self, next: usize) {
        let slots = self.current.iter().filter(|seen| self.whole(&seen.slot).is_some());
        let slots = slots.map(|seen| Arc::clone(&seen.slot)).collect::<Vec<_>>();
        slots.into_iter().for_each(|slot| self.visits.insert(next, Visit::Whole(slot, 0)));
    }

    fn visit(&mut self, frame: i64) {
        let plan = self.film().plan(frame);
        let beside = self.film().plan(frame + self.way_at(frame)).needs();
        for (id, n) in plan.needs() {
            let Some(slot) = self.film().slot(id) else { continue };
            if self.film().stock().store().has(slot.key(), n) || slot.fails(n) {
                continue;
            }
            let is_backward = motion(&beside, id, n, self.way_at(frame)) * self.way_at(frame) < 0;
            if !self.is_on_screen(slot.key()) {
                let way = if is_backward { -1 } else { 1 };
                self.film().stock().store().expect(slot.key(), n, way);
            }
            let pursuit =
                if is_backward { self.backward(&slot, n) } else { self.forward(&slot, n) };
            self.jobs.push_back(Job { slot, pursuit });
        }
    }

    /// Which way one comes to a place.
    const fn way_at(&self, frame: i64) -> i64 {
        if matches!(self.asked.intent, Intent::Rest) && frame < self.asked.frame {
            -1
        } else {
            self.way
        }
    }

    /// Forwards, what is decoded on the way to a frame is kept: of a short media all, as it will be
    /// wanted.
    fn forward(&self, slot: &Slot, n: i64) -> Pursuit {
        let kept = match self.whole(slot) {
            Some(count) => count,
            None if self.stride > 1 => AHEAD,
            None => ON_THE_WAY,
        };
        Pursuit { to: n, whole_from: n, keep_from: n - kept }
    }

    /// Backwards a group of pictures is decoded once, as far back as there is room for.
    fn backward(&self, slot: &Slot, n: i64) -> Pursuit {
        let start = slot.timing().map_or(n, |timing| timing.group(n).start);
        let from = start.max(self.floor(slot, n).min(n));
        if self.stride >= SPARSE {
            return Pursuit { to: n, whole_from: n, keep_from: from };
        }
        let store = self.film().stock().store();
        let missing = store.first_missing(slot.key(), from..n + 1).unwrap_or(n);
        Pursuit { to: n, whole_from: missing, keep_from: missing }
    }

    /// How far back from frame `n` there is room: of what is on screen, and of what comes in at a cut.
    fn floor(&self, slot: &Slot, n: i64) -> i64 {
        let shown =
            self.current.iter().filter(|seen| seen.slot.key() == slot.key() && seen.at >= n);
        let reach = if self.asked.intent == Intent::Rest { self.ahead / 2 } else { self.ahead };
        match shown.map(|seen| seen.at).min() {
            _ if self.whole(slot).is_some() => 0,
            Some(shown) => settled(shown - reach, reach),
            None => n - SOON.max(self.ahead / 2),
        }
    }

    /// Has a run of frames decoded that a short media lacks, and then the next.
    fn visit_whole(&mut self, slot: Arc<Slot>, from: i64) {
        let Some(count) = self.whole(&slot) else { return };
        let Some(gap) = self.film().stock().store().first_gap(slot.key(), from..count) else {
            return;
        };
        self.visits.push_front(Visit::Whole(Arc::clone(&slot), gap.end));
        if !slot.fails(gap.end - 1) {
            let pursuit = Pursuit { to: gap.end - 1, whole_from: gap.start, keep_from: gap.start };
            self.jobs.push_back(Job { slot, pursuit });
        }
    }
}

/// How far back is decoded, in steps of a quarter of the reach: were it to move with every frame, each
/// would have the group decoded from its start again.
fn settled(floor: i64, reach: i64) -> i64 {
    let step = (reach / 4).max(1);
    floor.div_euclid(step) * step + step
}

/// Which way a media goes as the film goes forward: 1, -1, or 0; `beside` is `way` from here.
fn motion(beside: &[(Id, i64)], id: Id, n: i64, way: i64) -> i64 {
    let next = beside.iter().filter(|(known, _)| *known == id).map(|(_, at)| at - n);
    next.min_by_key(|step| step.abs()).map_or(1, |step| step.signum() * way)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_that_goes_back_moves_the_floor_once_in_a_quarter_of_the_reach() {
        for reach in [2, 7, 30, 240] {
            let floors = (-100..400).map(|shown| settled(shown - reach, reach)).collect::<Vec<_>>();
            let moves = floors.windows(2).filter(|pair| pair[0] != pair[1]).count() as i64;
            assert!(moves <= 500 / (reach / 4).max(1) + 1, "{moves} moves with a reach of {reach}");
            let is_deep = (-100..400)
                .zip(&floors)
                .all(|(shown, floor)| (reach / 2..reach).contains(&(shown - floor)));
            assert!(is_deep, "{reach}");
        }
    }
}
