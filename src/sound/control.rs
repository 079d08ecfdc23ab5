//! Playing while the film changes: the half that decides, prepares and reads.
//!
//! There are two mixes of the film, both built: one plays, the other waits. A seek goes to the one that
//! waits, which is run up over a moment and handed over; then the first one waits. An edit is
//! [grafted](super::graft) onto the one that plays, and made in the one that waits.
//!
//! What plays is the bounce, as far as this:
//! - What an edit does not reach goes on as it was: bit for bit, through the edit.
//! - What it does reach is faded within some hundredths of a second. Behind the fade it is the bounce of the
//!   new film, bit for bit, if nothing that remembers is reached. So is a seek, if the graph remembers no
//!   more than the moment over which it is run up.
//! - Otherwise what plays lacks some of its past: tails from before a seek, or filters and gains that have
//!   heard the film as it was before the edit. Then the mix that waits is run up from as far back as
//!   anything is remembered, beside the playing, and takes over unheard. From there on it is the bounce, as
//!   if it had been begun there: bit for bit where nodes forget, and to -120 dB where sound goes round in
//!   them. [`Control::is_exact`] says when.
//! - An edit that makes something later or earlier that goes on (a limiter put in or taken out) is not
//!   grafted: it is heard when the mix that waits has been run up, which then is all of the bounce.

use super::build::Built;
use super::feed::Shared;
use super::gauges::Gauges;
use super::graft::Graft;
use super::live::{Arrival, Live, Rings};
use super::mix::{Half, Mix, Score, revised};
use super::player::WINDOW;
use super::readers::Readers;
use super::reins::Reins;
use super::settle::NEAR;
use std::collections::VecDeque;
use std::sync::Arc;
use timeline_format::Problem;

/// The most samples of what lies before a seek that one waits for where it must be heard at once.
const AT_ONCE: i64 = 2048;
/// A pointer that is further away is gone to, and not followed.
const LEAP: i64 = 96_000;

/// The half that hands mixes over, feeds those that play, and frees those that have played.
#[derive(Debug)]
pub struct Control {
    /// What plays or is to play; the last is the newest.
    pub(super) decks: Vec<Deck>,
    pub(super) twin: Option<Twin>,
    pub(super) rings: Arc<Rings>,
    pub(super) readers: Readers,
    /// What was handed over and has not come back, in order.
    pub(super) flights: VecDeque<Flight>,
    pub(super) next: u64,
    /// Counts films.
    pub(super) edition: u64,
    /// An edit waits for what is on its way.
    pub(super) is_behind: bool,
    pub(super) wish: Option<Wish>,
    pub(super) reins: Option<Reins>,
    pub(super) state: State,
    pub(super) missed: u64,
}

/// All of a mix that plays but what plays.
#[derive(Debug)]
pub(super) struct Deck {
    pub(super) number: u64,
    pub(super) edition: u64,
    pub(super) half: Half,
    /// Where it starts.
    pub(super) start: i64,
}

/// The mix that waits.
#[derive(Debug)]
pub(super) struct Twin {
    pub(super) mix: Mix,
    pub(super) edition: u64,
}

/// What is on its way.
#[derive(Debug)]
pub(super) enum Flight {
    /// Another mix; a seek has a sample.
    Mix(Option<i64>),
    /// Something that grows onto a mix that plays.
    Graft(Box<Growing>),
}

/// A graft, and what holds when it has grown on.
#[derive(Debug)]
pub(super) struct Growing {
    /// The number of the mix that it grows onto.
    pub(super) number: u64,
    pub(super) edition: u64,
    pub(super) built: Built,
    pub(super) length: i64,
    /// The lanes that are new.
    pub(super) fresh: Vec<Shared>,
}

/// Where to go.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    Go(i64),
    Glide(i64, Reins),
}

/// How near what plays is to the bounce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is the bounce.
    Exact,
    /// It lacks some of its past.
    Inexact,
    /// What has all of it is being run up; it began here.
    Settling(i64),
}

/// Starts to play `mix` at `sample`. It should have been made [to be played](Mix::playing).
pub fn start(mut mix: Mix, sample: i64) -> (Control, Live) {
    mix.run_up(sample);
    let Mix { half, render } = mix;
    let rings = Arc::new(Rings::new(sample));
    let live = Live::new(render, &rings);
    let readers = Readers::new(&rings);
    let control = Control {
        decks: vec![Deck { number: 0, edition: 0, half, start: sample }],
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

    /// What can be read of what plays, or is to play next.
    pub fn gauges(&self) -> &Arc<Gauges> {
        let last = self.decks.len() - 1;
        self.decks[last].half.gauges()
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
        let (number, edition) = (deck.number, self.edition);
        let growing = Growing { number, edition, built, length, fresh };
        self.flights.push_back(Flight::Graft(Box::new(growing)));
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
            Wish::Go(sample) => self.seek_to(mix, sample),
            Wish::Glide(sample, reins) => {
                mix.glide_at(sample, &reins);
                self.state = State::Exact;
                self.hand_over(mix, Some(sample));
            }
        }
        true
    }

    fn seek_to(&mut self, mut mix: Mix, sample: i64) {
        mix.run_up_within(sample, AT_ONCE);
        mix.half.feed.fill_to(mix.render.needed() + NEAR);
        self.state = if mix.render.lead() > AT_ONCE { State::Inexact } else { State::Exact };
        self.hand_over(mix, Some(sample));
    }
}
