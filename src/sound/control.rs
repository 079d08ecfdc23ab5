//! Playing while the film changes: the half that decides, prepares and reads.
//!
//! There are two mixes of the film, both built: one plays, the other waits. A seek goes to the one that
//! waits, which is run up over a moment and handed over; then the first one waits. An edit is
//! [grafted](super::graft) onto the one that plays, and made in the one that waits. Whatever has been
//! played without all of its past (tails from before a seek, filters that heard another film before an
//! edit) is made exact behind it: the mix that waits is run up from as far back as anything is
//! remembered, beside the playing, and takes over unheard. From then on what is heard is the bounce, bit
//! for bit.

use super::build::Built;
use super::feed::Shared;
use super::graft::Graft;
use super::live::{Arrival, Live, Part, Rings};
use super::mix::{Half, Mix, Score, revised};
use super::nodes::Reading;
use super::player::WINDOW;
use super::reins::Reins;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::Problem;

/// The most samples of what lies before a seek that one waits for where it must be heard at once.
const AT_ONCE: i64 = 2048;
/// How far ahead, in samples, a handover is first tried: ten times the run-up's usual time.
const MARGIN: i64 = 2048;
/// How far ahead of what is heard a mix must be that takes over: a block of a device, and more.
const NEAR: i64 = 1024;
/// Steps of a run-up between two looks at what else there is to do.
const SLICE: usize = 16;
/// Samples after which a run-up that never catches up is given up.
const PATIENCE: i64 = 64 * 48_000;
/// A pointer that is further away is gone to, and not followed.
const LEAP: i64 = 96_000;
/// Windows that are read ahead of a film that is led.
const REACH: i64 = 10;

/// The half that hands mixes over, feeds those that play, and frees those that have played.
#[derive(Debug)]
pub struct Control {
    /// What plays or is to play; the last is the newest.
    decks: Vec<Deck>,
    twin: Option<Twin>,
    rings: Arc<Rings>,
    readers: Readers,
    /// What was handed over and has not come back, in order.
    flights: VecDeque<Flight>,
    next: u64,
    /// Counts films.
    edition: u64,
    /// An edit waits for what is on its way.
    is_behind: bool,
    wish: Option<Wish>,
    reins: Option<Reins>,
    state: State,
    missed: u64,
}

/// All of a mix that plays but what plays.
#[derive(Debug)]
struct Deck {
    number: u64,
    edition: u64,
    half: Half,
    glides: bool,
}

/// The mix that waits.
#[derive(Debug)]
struct Twin {
    mix: Mix,
    edition: u64,
}

/// What is on its way.
#[derive(Debug)]
enum Flight {
    /// Another mix; a seek has a sample.
    Mix(Option<i64>),
    /// A graft, and what holds when it has grown on.
    Graft(Box<(Built, i64, Vec<Shared>)>),
}

/// Where to go.
#[derive(Debug, Clone)]
enum Wish {
    Go(i64),
    Glide(i64, Reins),
}

/// How near what plays is to the bounce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It is the bounce.
    Exact,
    /// It lacks some of its past.
    Inexact,
    /// What has all of it is being run up; it began here.
    Settling(i64),
}

/// Starts to play `mix` at `sample`. It should have been made to read [ahead](Mix::ahead).
pub fn start(mut mix: Mix, sample: i64) -> (Control, Live) {
    mix.run_up(sample);
    let Mix { half, render } = mix;
    let rings = Arc::new(Rings::new(sample));
    let live = Live::new(render, &rings);
    let readers = Readers { lanes: Arc::default(), rings: Arc::clone(&rings) };
    let control = Control {
        decks: vec![Deck { number: 0, edition: 0, half, glides: false }],
        twin: None,
        rings,
        readers,
        flights: VecDeque::new(),
        next: 1,
        edition: 0,
        is_behind: false,
        wish: None,
        reins: None,
        state: State::Exact,
        missed: 0,
    };
    control.publish();
    control.readers.read();
    (control, live)
}

impl Control {
    /// The next sample of the film that is heard.
    pub fn position(&self) -> i64 {
        self.rings.position()
    }

    /// Whether what plays is the bounce, with all that sounds on of what lies before.
    pub fn is_exact(&self) -> bool {
        self.state == State::Exact && self.flights.is_empty() && !self.is_behind
    }

    /// What the meter at the end of the mix shows: of what plays, or is to play next.
    pub fn reading(&self) -> &Reading {
        let last = self.decks.len() - 1;
        self.decks[last].half.reading()
    }

    /// Who reads ahead, for other threads to help with.
    pub fn readers(&self) -> Readers {
        self.readers.clone()
    }

    /// Does what there is to do: reads ahead for every mix that plays or is to play, takes back what has
    /// played, grants a seek that waited, and makes exact what is not; whether there was anything. To be
    /// called often: a mix that is not fed is silent.
    pub fn advance(&mut self) -> bool {
        let worked = self.collect() | self.grant() | self.readers.read();
        worked || self.settle()
    }

    /// The same without reading ahead, where other threads do that.
    pub fn manage(&mut self) -> bool {
        self.collect() | self.grant() || self.settle()
    }

    /// Steps of what plays for which nothing had been read, summed over tracks.
    pub fn missed(&self) -> u64 {
        self.missed + self.decks.iter().map(|deck| deck.half.feed.missed()).sum::<u64>()
    }

    /// Has `mix` take the place of what plays, a moment from now. A mix that still waited for its turn
    /// is dropped: the last one counts.
    pub fn replace(&mut self, mut mix: Mix) {
        self.edition += 1;
        if let Some(sample) = self.take_back() {
            return self.seek_to(mix, sample, i64::MAX);
        }
        let mut margin = MARGIN;
        loop {
            let at = self.position() + margin;
            mix.run_up(at);
            if self.position() <= at || margin > 64 * MARGIN {
                break;
            }
            margin *= 2;
        }
        self.state = State::Exact;
        self.hand_over(mix, None, false);
    }

    /// Has `mix` take the place of what plays, at `sample`: a seek, as soon as it is ready.
    pub fn jump(&mut self, mix: Mix, sample: i64) {
        self.edition += 1;
        self.seek_to(mix, sample, i64::MAX);
    }

    /// The same seek, heard at once: without what nodes still hold of sound more than a moment before
    /// `sample`.
    pub fn jump_at_once(&mut self, mix: Mix, sample: i64) {
        self.edition += 1;
        self.seek_to(mix, sample, AT_ONCE);
    }

    /// Plays the film of `score` from the moment that is heard now; what cannot be heard as meant.
    ///
    /// What did not change goes on undisturbed. It may have to wait for what is on its way: [`Self::tend`]
    /// sees to it.
    pub fn edit(&mut self, score: &Score<'_>) -> Vec<Problem> {
        self.edition += 1;
        self.is_behind = true;
        self.collect();
        let mut problems = Vec::new();
        self.follow(score, &mut problems);
        problems
    }

    /// Goes on at `sample`: heard at once, and with all that sounds on there of what lies before as soon
    /// as that has been computed.
    pub fn go(&mut self, sample: i64) {
        self.reins = None;
        self.wish = Some(Wish::Go(sample));
        self.grant();
    }

    /// Has the film be led by a pointer, which is at `sample` now: heard as a tape is that is moved by hand.
    pub fn scrub(&mut self, sample: i64) {
        match &self.reins {
            Some(reins) if self.wish.is_some() || (self.position() - sample).abs() <= LEAP => {
                reins.point(sample);
            }
            _ => self.glide(sample, Reins::at(sample)),
        }
    }

    /// Has the film go by at `speed`, -32 to 32: heard as a tape up to 8 times its own speed.
    pub fn shuttle(&mut self, speed: f64) {
        match &self.reins {
            Some(reins) => reins.shuttle(speed),
            None => self.glide(self.position(), Reins::of_speed(speed)),
        }
    }

    /// Whether the film is led by a pointer or a speed.
    pub fn is_led(&self) -> bool {
        self.reins.is_some()
    }

    fn glide(&mut self, sample: i64, reins: Reins) {
        self.reins = Some(reins.clone());
        self.wish = Some(Wish::Glide(sample, reins));
        self.grant();
    }

    /// Makes what edits and seeks need of the film of `score`, which was [edited](Self::edit) last;
    /// whether there was anything to make. To be called when there is time.
    pub fn tend(&mut self, score: &Score<'_>) -> bool {
        self.collect();
        let mut problems = Vec::new();
        if self.is_behind && self.follow(score, &mut problems) {
            return true;
        }
        let is_fresh = self.twin.as_ref().is_some_and(|twin| twin.edition == self.edition);
        if is_fresh || (self.twin.is_none() && self.wish.is_none() && !self.flights.is_empty()) {
            return false;
        }
        self.make_twin(score, &mut problems);
        true
    }

    /// Goes over to the film of `score`, unless what is on its way must come first.
    fn follow(&mut self, score: &Score<'_>, problems: &mut Vec<Problem>) -> bool {
        let seek = self.take_back();
        if let Some(sample) = seek
            && self.wish.is_none()
        {
            self.wish = Some(match &self.reins {
                Some(reins) => Wish::Glide(sample, reins.clone()),
                None => Wish::Go(sample),
            });
        }
        if !self.flights.is_empty() {
            return false;
        }
        self.is_behind = false;
        if let (Some(reins), None) = (&self.reins, &self.wish) {
            self.wish = Some(Wish::Glide(self.position(), reins.clone()));
        }
        let is_grafted = self.wish.is_none() && self.graft(score, problems);
        let mut again = Vec::new();
        self.make_twin(score, if is_grafted { &mut again } else { problems });
        if !is_grafted && !self.grant() {
            self.state = State::Inexact;
        }
        true
    }

    /// Has the film of `score` grow onto what plays; whether it can.
    fn graft(&mut self, score: &Score<'_>, problems: &mut Vec<Problem>) -> bool {
        let position = self.position();
        let Some(deck) = self.decks.last_mut() else { return false };
        let (mut built, (_, length)) = revised(score, Some(&deck.half.ledger), problems);
        let Some(graft) = Graft::new(&deck.half.ledger, &mut built) else { return false };
        let fresh = deck.half.stocked(std::mem::take(&mut built.lanes), position);
        let latency = deck.half.ledger.latency as i64;
        for lane in &fresh {
            let mut lane = lane.hold();
            while lane.next() < position + latency + 2 * WINDOW as i64 && lane.step() {}
        }
        deck.half.feed.lanes.extend(fresh.iter().cloned());
        if graft.forgets() || self.state != State::Exact {
            self.state = State::Inexact;
        }
        drop(self.rings.coming.push(Arrival::Graft(Box::new(graft))));
        self.flights.push_back(Flight::Graft(Box::new((built, length, fresh))));
        self.publish();
        true
    }

    /// Makes the mix that waits one of the film of `score`.
    fn make_twin(&mut self, score: &Score<'_>, problems: &mut Vec<Problem>) {
        self.stop_settling();
        let edition = self.edition;
        if let Some(Twin { mut mix, .. }) = self.twin.take()
            && mix.is_for(score)
            && mix.revise(score, problems)
        {
            self.twin = Some(Twin { mix, edition });
            return;
        }
        let (mix, mut found) = Mix::playing(score);
        problems.append(&mut found);
        self.twin = Some(Twin { mix, edition });
    }

    /// Goes where it is wished, if a mix is ready to; whether it does.
    fn grant(&mut self) -> bool {
        let Some(wish) = self.wish.clone() else { return false };
        self.take_back();
        let Some(twin) = self.twin.take_if(|twin| twin.edition == self.edition) else {
            return false;
        };
        self.wish = None;
        let mut mix = twin.mix;
        match wish {
            Wish::Go(sample) => self.seek_to(mix, sample, AT_ONCE),
            Wish::Glide(sample, reins) => {
                mix.glide_at(sample, &reins);
                self.state = State::Exact;
                self.hand_over(mix, Some(sample), true);
            }
        }
        true
    }

    fn seek_to(&mut self, mut mix: Mix, sample: i64, most: i64) {
        self.take_back();
        mix.run_up_within(sample, most);
        mix.half.feed.fill_to(mix.render.needed() + NEAR);
        self.state = if mix.render.lead() > most { State::Inexact } else { State::Exact };
        self.hand_over(mix, Some(sample), false);
    }

    /// Makes what plays exact, a slice at a time; whether there was anything to do.
    fn settle(&mut self) -> bool {
        let is_free = self.flights.is_empty() && self.wish.is_none() && !self.is_behind;
        if self.state == State::Exact || self.reins.is_some() || !is_free {
            return false;
        }
        let (here, edition) = (self.position(), self.edition);
        let Some(twin) = self.twin.as_mut().filter(|twin| twin.edition == edition) else {
            return false;
        };
        let mix = &mut twin.mix;
        if self.state == State::Inexact {
            mix.start_at(here + MARGIN, i64::MAX);
            self.state = State::Settling(here);
        }
        for _ in 0..SLICE {
            if !mix.run_up_step() {
                continue;
            }
            let ahead = mix.position() - self.rings.position();
            if ahead >= NEAR {
                return self.hand_over_settled();
            }
            mix.render.aim(self.rings.position() + NEAR + MARGIN);
        }
        let State::Settling(began) = self.state else { return true };
        if here - began > PATIENCE {
            self.state = State::Exact;
        }
        true
    }

    fn hand_over_settled(&mut self) -> bool {
        let Some(twin) = self.twin.take() else { return false };
        twin.mix.half.feed.fill_to(twin.mix.render.needed() + 2 * WINDOW as i64);
        self.state = State::Exact;
        self.hand_over(twin.mix, None, false);
        true
    }

    fn stop_settling(&mut self) {
        if let State::Settling(_) = self.state {
            self.state = State::Inexact;
        }
    }

    fn hand_over(&mut self, mix: Mix, seek: Option<i64>, glides: bool) {
        self.take_back();
        let Mix { half, render } = mix;
        let (number, is_jump) = (self.next, seek.is_some());
        self.next += 1;
        self.decks.push(Deck { number, edition: self.edition, half, glides });
        self.flights.push_back(Flight::Mix(seek));
        let part = Part { number, render, is_jump };
        drop(self.rings.coming.push(Arrival::Mix(Box::new(part))));
        self.publish();
    }

    /// Takes back what has not begun to play; where it went, if it was a seek.
    fn take_back(&mut self) -> Option<i64> {
        let arrival = self.rings.coming.pop()?;
        let flight = self.flights.pop_back();
        self.keep(arrival);
        self.publish();
        match flight? {
            Flight::Mix(seek) => seek,
            Flight::Graft(graft) => {
                let (_, _, fresh) = &*graft;
                if let Some(deck) = self.decks.last_mut() {
                    let lanes = &mut deck.half.feed.lanes;
                    lanes.retain(|lane| !fresh.iter().any(|other| lane.is(other)));
                }
                self.publish();
                None
            }
        }
    }

    /// Takes what has played; whether there was anything.
    fn collect(&mut self) -> bool {
        let mut worked = false;
        while let Some(arrival) = self.rings.retired.pop() {
            worked = true;
            let flight = self.flights.pop_front();
            self.keep(arrival);
            if let Some(Flight::Graft(graft)) = flight {
                let (built, length, fresh) = *graft;
                let edition = self.edition;
                let deck = self.decks.last_mut();
                if let Some(deck) = deck {
                    deck.half.land(built, length, &fresh);
                    deck.edition = edition;
                }
            }
            self.publish();
        }
        worked
    }

    /// Keeps a mix that has played, as the one that waits.
    fn keep(&mut self, arrival: Arrival) {
        let Arrival::Mix(part) = arrival else { return };
        let place = self.decks.iter().position(|deck| deck.number == part.number);
        if let Some(place) = place {
            let deck = self.decks.remove(place);
            self.missed += deck.half.feed.take_missed();
            let mix = Mix { half: deck.half, render: part.render };
            self.stop_settling();
            self.twin = Some(Twin { mix, edition: deck.edition });
        }
    }

    /// Tells those who read what there is to read.
    fn publish(&self) {
        let lanes = self
            .decks
            .iter()
            .flat_map(|deck| deck.half.feed.lanes.iter().map(|lane| (lane.clone(), deck.glides)));
        *self.readers.lanes.lock().unwrap_or_else(PoisonError::into_inner) = lanes.collect();
    }
}

/// Reads ahead for what plays. Clones are one, and may work side by side: each track is read by one of them
/// at a time, and one that waits for a slow file holds up that track alone.
#[derive(Debug, Clone)]
pub struct Readers {
    lanes: Arc<Mutex<Vec<(Shared, bool)>>>,
    rings: Arc<Rings>,
}

impl Readers {
    /// Reads ahead as far as there is room; whether there was room for anything.
    pub fn read(&self) -> bool {
        let mut worked = false;
        while self.round() {
            worked = true;
        }
        worked
    }

    /// Reads one window for every track that has room and is not being read for; whether one had.
    pub fn round(&self) -> bool {
        let lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut worked = false;
        for (lane, glides) in lanes {
            let Some(mut lane) = lane.hold_if_free() else { continue };
            worked |= if glides {
                lane.step_around(self.rings.position(), self.rings.speed(), REACH)
            } else {
                lane.step()
            };
        }
        worked
    }
}
