//! A track's source as a tape: heard at any speed, forwards and backwards, in real time.
//!
//! A track's sound is a function of the film's samples, so that it is computed as for playing and then
//! read between its samples, by a windowed sinc that lets through what the speed leaves room for. On a
//! sample, at the film's own speed, it is that sample.

use super::glide::{AUDIBLE, Glide};
use super::kernel::kaiser_sinc;
use super::landing::Landing;
use super::node::{Block, Outcome};
use super::player::{Batch, Link};
use super::quantum::{QUANTUM, Run, SILENCE};

/// Windows of the film that are held, each at its own place.
pub(super) const SLOTS: usize = 16;
/// Steps of the film that one step at the fastest speed needs, and those around them.
const STEPS: usize = 16;
/// Zero crossings on either side of the kernel's middle.
const HALF: usize = 8;
/// Table entries between two of them.
const FINE: usize = 512;
/// The most samples of the film that one sample is made of.
const TAPS: usize = 2 * HALF * AUDIBLE as usize + 2;
/// Samples over which what was not read in time falls silent.
pub(super) const SOFT: usize = 240;

/// What a player needs to be heard as a tape.
#[derive(Debug)]
pub(super) struct Tape {
    windows: Vec<Option<Box<Batch>>>,
    steps: Vec<Piece>,
    /// The piece of the film that a step is made of, channel by channel.
    span: Vec<Vec<f32>>,
    table: Vec<f32>,
    gain: f32,
    landing: Landing,
}

/// One step of the track, as it is played.
#[derive(Debug)]
struct Piece {
    at: i64,
    channels: Vec<Run>,
}

/// Computes the step of the film at a sample from its batch.
pub(super) trait Play {
    /// Into `out`, which is silent.
    fn play(&mut self, batch: &Batch, sample: i64, out: &mut [Run]);
}

impl Tape {
    pub(super) fn new(channels: usize) -> Self {
        let piece = || Piece { at: i64::MIN, channels: vec![SILENCE; channels] };
        let entry = |index| kaiser_sinc(index as f64 / FINE as f64, HALF as f64, 1.0, 7.0) as f32;
        Self {
            windows: (0..SLOTS).map(|_| None).collect(),
            steps: (0..STEPS).map(|_| piece()).collect(),
            span: vec![vec![0.0; STEPS * QUANTUM]; channels],
            table: (0..=HALF * FINE + 1).map(entry).collect(),
            gain: 1.0,
            landing: Landing::new(channels),
        }
    }

    /// Gives back every window.
    pub(super) fn clear(&mut self, link: &Link) {
        for batch in self.windows.iter_mut().filter_map(Option::take) {
            drop(link.used.push(batch));
        }
        self.steps.iter_mut().for_each(|step| step.at = i64::MIN);
        self.gain = 1.0;
        self.landing.clear();
    }

    /// Takes what has been read.
    pub(super) fn load(&mut self, link: &Link, epoch: u64) {
        while let Some(batch) = link.full.pop() {
            if batch.epoch != epoch {
                drop(link.used.push(batch));
                continue;
            }
            let slot = slot_of(link.number_of(batch.from));
            if let Some(old) = self.windows[slot].replace(batch) {
                drop(link.used.push(old));
            }
        }
    }

    /// Fills `block` along `glide`; whether all of it had been read.
    pub(super) fn play(
        &mut self,
        player: &mut impl Play,
        link: &Link,
        block: &mut Block<'_>,
        glide: &Glide,
    ) -> (Outcome, bool) {
        if glide.is_silent() {
            return (self.land(block, false), true);
        }
        let width = glide.speed().max(1.0);
        let reach = (HALF as f64 * width).ceil() as i64 + 1;
        let ends = [glide.position(0).0, glide.position(QUANTUM - 1).0];
        let first = (ends[0].min(ends[1]) - reach).div_euclid(QUANTUM as i64);
        let last = (ends[0].max(ends[1]) + reach).div_euclid(QUANTUM as i64);
        let is_read = last - first < STEPS as i64 && self.gather(player, link, first, last);
        let goes_on = is_read && self.goes_on(link, glide, reach);
        if !is_read {
            return (self.land(block, self.gain > 0.0), false);
        }
        for index in 0..QUANTUM {
            let target = if goes_on { 1.0 } else { 0.0 };
            let step = 1.0 / SOFT as f32;
            self.gain += (target - self.gain).clamp(-step, step);
            self.sample(block, glide, index, first * QUANTUM as i64, width);
        }
        self.landing.pass(block.channels);
        (Outcome::Written, true)
    }

    /// A step in which nothing is heard but what comes to rest.
    fn land(&mut self, block: &mut Block<'_>, breaks_off: bool) -> Outcome {
        if breaks_off {
            self.gain = 0.0;
            self.landing.begin();
        }
        if !self.landing.is_on() {
            return Outcome::Silent;
        }
        self.landing.pass(block.channels);
        Outcome::Written
    }

    /// Lays the steps from `first` to `last` out in a row; whether all of them are there.
    fn gather(&mut self, player: &mut impl Play, link: &Link, first: i64, last: i64) -> bool {
        let mut is_whole = true;
        for (place, step) in (first..=last).enumerate() {
            let piece = &mut self.steps[step.rem_euclid(STEPS as i64) as usize];
            if piece.at != step {
                let sample = step * QUANTUM as i64;
                piece.channels.fill(SILENCE);
                let batch = held(&self.windows, link, sample);
                piece.at = if batch.is_some() { step } else { i64::MIN };
                is_whole &= batch.is_some();
                if let Some(batch) = batch {
                    player.play(batch, sample, &mut piece.channels);
                }
            }
            for (span, run) in self.span.iter_mut().zip(&piece.channels) {
                span[place * QUANTUM..(place + 1) * QUANTUM].copy_from_slice(run);
            }
        }
        is_whole
    }

    /// Whether what follows within the time of a fade is there too.
    fn goes_on(&self, link: &Link, glide: &Glide, reach: i64) -> bool {
        let moved = glide.speeds[1] * (2 * QUANTUM) as f64;
        let furthest = glide.position(QUANTUM).0 + moved as i64;
        let ends = [furthest - reach, furthest + reach];
        ends.iter().all(|sample| held(&self.windows, link, *sample).is_some())
    }

    fn sample(&self, block: &mut Block<'_>, glide: &Glide, index: usize, origin: i64, width: f64) {
        let (whole, part) = glide.position(index);
        let gain = glide.gain(index) * self.gain;
        let place = (whole - origin).clamp(0, (STEPS * QUANTUM) as i64 - 1) as usize;
        if part == 0.0 && width == 1.0 {
            for (to, span) in block.channels.iter_mut().zip(&self.span) {
                to[index] = span[place] * gain;
            }
            return;
        }
        let reach = (HALF as f64 * width) as usize;
        let from = place.saturating_sub(reach);
        let end = (place + reach + 2).min(STEPS * QUANTUM).min(from + TAPS);
        let mut weights = [0.0; TAPS];
        let mut total = 0.0;
        for (weight, tap) in weights.iter_mut().zip(from..end) {
            *weight = self.kernel((tap as f64 - place as f64 - part).abs() / width);
            total += *weight;
        }
        for (to, span) in block.channels.iter_mut().zip(&self.span) {
            let taps = span[from..end].iter().zip(&weights);
            let sum: f32 = taps.map(|(sample, weight)| sample * weight).sum();
            to[index] = sum / total * gain;
        }
    }

    fn kernel(&self, distance: f64) -> f32 {
        let place = distance * FINE as f64;
        let index = place as usize;
        match (self.table.get(index), self.table.get(index + 1)) {
            (Some(here), Some(next)) => here + (next - here) * (place - index as f64) as f32,
            _ => 0.0,
        }
    }
}

/// Where the window with this number is held.
pub(super) const fn slot_of(window: i64) -> usize {
    window.rem_euclid(SLOTS as i64) as usize
}

/// The window that holds `sample`, if it is there.
fn held<'w>(windows: &'w [Option<Box<Batch>>], link: &Link, sample: i64) -> Option<&'w Batch> {
    let window = link.number_of(sample);
    let batch = windows[slot_of(window)].as_deref();
    batch.filter(|batch| batch.from == link.first_of(window))
}
