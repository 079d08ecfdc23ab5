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

/// Frames that are ready before anything else is.
const SOON: i64 = 8;
/// Frames ahead of a playhead that moves, at most.
const AHEAD: i64 = 48;
/// How many frames before a cut what comes after it is opened and decoded up to there.
const CUTS: i64 = 100;
/// Refreshes ahead of a drag.
const REFRESHES: i64 = 16;
/// A media of so many frames is decoded whole while it is on screen.
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
    Whole(Arc<Slot>),
}

/// The order of work for one wish.
#[derive(Debug)]
pub(super) struct Agenda {
    asked: Asked,
    plan: Arc<Plan>,
    visits: VecDeque<Visit>,
    jobs: VecDeque<Job>,
    /// What is on screen: each media once, with its frame and its way.
    current: Vec<(Key, i64, i64)>,
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
            ahead: 0,
            way,
            stride,
            asked,
        };
        agenda.current = agenda.on_screen();
        let room = agenda.asked.film.stock().store().room();
        agenda.ahead = (room / 2 / agenda.current.len().max(1) as i64).clamp(2, 400);
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
                Visit::Whole(slot) => self.visit_whole(slot),
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

    fn on_screen(&self) -> Vec<(Key, i64, i64)> {
        let mut current: Vec<(Key, i64, i64)> = Vec::new();
        let beside = self.film().plan(self.asked.frame + self.way).needs();
        for (id, n) in self.plan.needs() {
            if let Some(slot) = self.film().slot(id)
                && !current.iter().any(|(key, at, _)| (*key, *at) == (slot.key(), n))
            {
                current.push((slot.key(), n, motion(&beside, id, n, self.way)));
            }
        }
        current
    }

    /// Tells the store what is being looked at.
    fn aim(&self) {
        let direction = self.asked.intent.direction();
        let around = self.ahead / 2;
        let mut aims = Vec::new();
        for (key, at, motion) in &self.current {
            let keep = match direction * motion {
                0 => at - around..at + around,
                1 => at - 4..at + self.ahead,
                _ => at - self.ahead..at + 4,
            };
            aims.push((*key, Aim { at: *at, way: direction * motion, keep, is_shown: true }));
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
        if matches!(self.asked.intent, Intent::Play { .. }) && self.way > 0 {
            let soon = (soon as usize + 1).min(self.visits.len());
            self.visits.insert(soon, Visit::Cuts(frame + SOON + 1..frame + CUTS));
        }
        if self.asked.intent == Intent::Rest {
            self.visit_short_media();
        }
    }

    /// The places where a media comes in, or goes on elsewhere.
    fn cuts(&self, range: Range<i64>) -> Vec<i64> {
        let end = range.end.min(self.film().length());
        let mut before = self.film().plan(range.start - 1).needs();
        let mut cuts = Vec::new();
        for place in range.start..end {
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

    fn visit_short_media(&mut self) {
        for (id, _) in self.plan.needs() {
            let Some(slot) = self.film().slot(id) else { continue };
            let count = slot.timing().map_or(0, crate::media::Timing::count);
            if (2..=SHORT).contains(&count) && count <= self.ahead {
                self.visits.push_back(Visit::Whole(slot));
            }
        }
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
            if !self.current.iter().any(|(key, ..)| *key == slot.key()) {
                let way = if is_backward { -1 } else { 1 };
                self.film().stock().store().expect(slot.key(), n, way);
            }
            let pursuit = if is_backward { self.backward(&slot, n) } else { self.forward(n) };
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

    const fn forward(&self, n: i64) -> Pursuit {
        let kept = if self.stride > 1 { AHEAD } else { ON_THE_WAY };
        Pursuit { to: n, whole_from: n, keep_from: n - kept }
    }

    /// Backwards a group of pictures is decoded once, as far back as there is room for.
    fn backward(&self, slot: &Slot, n: i64) -> Pursuit {
        let start = slot.timing().map_or(n, |timing| timing.group(n).start);
        let shown = self.current.iter().filter(|(key, at, _)| *key == slot.key() && *at >= n);
        let shown = shown.map(|(_, at, _)| *at).min();
        let reach = if self.asked.intent == Intent::Rest { self.ahead / 2 } else { self.ahead };
        let floor = shown.map_or(n - SOON, |shown| settled(shown - reach, reach));
        let from = start.max(floor.min(n));
        if self.stride >= SPARSE {
            return Pursuit { to: n, whole_from: n, keep_from: from };
        }
        let store = self.film().stock().store();
        let missing = store.first_missing(slot.key(), from..n + 1).unwrap_or(n);
        Pursuit { to: n, whole_from: missing, keep_from: missing }
    }

    fn visit_whole(&mut self, slot: Arc<Slot>) {
        let count = slot.timing().map_or(0, crate::media::Timing::count);
        let missing = self.film().stock().store().first_missing(slot.key(), 0..count);
        if let Some(missing) = missing.filter(|_| !slot.fails(count - 1)) {
            let pursuit = Pursuit { to: count - 1, whole_from: missing, keep_from: missing };
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
