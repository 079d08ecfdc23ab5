//! Who leads through a film that does not run by itself: a pointer that is followed, or a speed.
//!
//! A pointer is followed as a reel of tape under a hand is: by a critically damped spring. The film is
//! heard at the speed at which it goes by, up to eight times its own, and falls silent where it nearly
//! stands; the tails of nodes sound on in real time.

use super::glide::{AUDIBLE, Glide};
use super::quantum::QUANTUM;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// How soon the pointer is reached, in seconds.
const SPRING: f64 = 0.04;
/// The fastest that a pointer is followed.
const FASTEST: f64 = 4.0;
/// The fastest that a film is shuttled.
const SHUTTLE: f64 = 32.0;
/// Slower than this, nothing is heard.
const SLOWEST: f64 = 0.03;
/// Over how many seconds it falls silent.
const SILENCING: f32 = 0.02;

/// What leads, from any thread. Clones are one.
#[derive(Debug, Clone)]
pub(super) struct Reins(Arc<State>);

#[derive(Debug)]
struct State {
    /// Where the pointer is.
    target: AtomicI64,
    /// The speed, as the bits of a float; no number where the pointer leads.
    speed: AtomicU64,
}

impl Reins {
    /// A pointer at `sample`.
    pub(super) fn at(sample: i64) -> Self {
        let speed = AtomicU64::new(f64::NAN.to_bits());
        Self(Arc::new(State { target: AtomicI64::new(sample), speed }))
    }

    /// A speed; 1 is the film's own.
    pub(super) fn of_speed(speed: f64) -> Self {
        let reins = Self::at(0);
        reins.shuttle(speed);
        reins
    }

    /// Moves the pointer.
    pub(super) fn point(&self, sample: i64) {
        self.0.target.store(sample, Ordering::Relaxed);
        self.0.speed.store(f64::NAN.to_bits(), Ordering::Release);
    }

    /// Changes the speed.
    pub(super) fn shuttle(&self, speed: f64) {
        let speed = if speed.is_finite() { speed.clamp(-SHUTTLE, SHUTTLE) } else { 0.0 };
        self.0.speed.store(speed.to_bits(), Ordering::Release);
    }

    /// The speed that is asked for; 0 where a pointer leads.
    pub(super) fn speed(&self) -> f64 {
        self.shuttled().unwrap_or(0.0)
    }

    fn shuttled(&self) -> Option<f64> {
        let speed = f64::from_bits(self.0.speed.load(Ordering::Acquire));
        (!speed.is_nan()).then_some(speed)
    }

    fn target(&self) -> i64 {
        self.0.target.load(Ordering::Relaxed)
    }
}

/// Goes through the film as the reins say, in real time.
#[derive(Debug)]
pub(super) struct Follower {
    reins: Reins,
    whole: i64,
    part: f64,
    speed: f64,
    gain: f32,
    /// Samples a second.
    rate: u32,
}

impl Follower {
    /// At `sample` of a film of `rate` samples a second; at a speed that is asked for at once.
    pub(super) fn new(sample: i64, reins: &Reins, rate: u32) -> Self {
        let speed = reins.speed();
        let speed = if speed.abs() > AUDIBLE { AUDIBLE.copysign(speed) } else { speed };
        let gain = if speed.abs() < SLOWEST { 0.0 } else { 1.0 };
        Self { reins: reins.clone(), whole: sample, part: 0.0, speed, gain, rate }
    }

    /// The sample of the film that is nearest to where it is, `left` samples before the end of the step.
    pub(super) fn position(&self, left: i64) -> i64 {
        self.whole + (self.part - left as f64 * self.speed).round() as i64
    }

    /// Samples of the film a sample.
    pub(super) const fn speed(&self) -> f64 {
        self.speed
    }

    /// The next step.
    pub(super) fn advance(&mut self) -> Glide {
        let (from, gain) = (self.speed, self.gain);
        let wanted = match self.reins.shuttled() {
            Some(speed) => self.approach(speed),
            None => self.follow(),
        };
        let is_heard = wanted.abs() >= SLOWEST && wanted.abs() <= AUDIBLE;
        let fall = QUANTUM as f32 / (SILENCING * self.rate as f32);
        let target = if is_heard { 1.0 } else { 0.0 };
        self.gain += (target - self.gain).clamp(-fall, fall);
        let is_silent = gain == 0.0 && self.gain == 0.0;
        self.speed = if is_silent { wanted } else { wanted.clamp(-AUDIBLE, AUDIBLE) };
        let from = if is_silent { from } else { from.clamp(-AUDIBLE, AUDIBLE) };
        let (whole, part, gains) = (self.whole, self.part, [gain, self.gain]);
        let glide = Glide { whole, part, speeds: [from, self.speed], gains };
        (self.whole, self.part) = glide.position(QUANTUM);
        glide
    }

    /// A speed that comes nearer to `speed` within a step.
    fn approach(&self, speed: f64) -> f64 {
        let share = QUANTUM as f64 / (SPRING * f64::from(self.rate));
        let near = self.speed + (speed - self.speed) * share.min(1.0);
        if (near - speed).abs() < 1e-3 { speed } else { near }
    }

    /// The speed at which a critically damped spring goes on towards the pointer: exact over a step.
    fn follow(&self) -> f64 {
        let away = (self.whole - self.reins.target()) as f64 + self.part;
        let rate = 1.0 / (SPRING * f64::from(self.rate));
        let time = QUANTUM as f64;
        let pull = self.speed + rate * away;
        let speed = (self.speed - rate * pull * time) * (-rate * time).exp();
        let is_there = away.abs() < 1.0 && speed.abs() < 1e-3;
        if is_there { 0.0 } else { speed.clamp(-FASTEST, FASTEST) }
    }
}
