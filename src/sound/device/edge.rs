//! The film at its device: buffers of any length filled from a mix that plays, in real time.

use super::bridge::Bridge;
use super::clock::{Clock, Tick, Winder};
use super::shared::Gate;
use super::{Form, News};
use crate::layout::{Matrix, layout_for};
use crate::live::Live;
use crate::quantum::QUANTUM;
use crossbeam::atomic::AtomicCell;
use crossbeam::channel::Sender;
use signal::Samples;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::mix::Layout;

/// How long the gate takes to open and to shut, in seconds.
const GATE: f32 = 0.005;

/// What a device's buffers are filled from.
#[derive(Debug)]
pub struct Edge {
    live: Live,
    layout: Layout,
    rate: u32,
    gate: Gate,
    winder: Winder,
    form: Form,
    bridge: Option<Bridge>,
    fold: Matrix,
    /// The next samples of the film.
    film: Samples,
    /// The same in the device's channels.
    folded: Vec<Vec<f32>>,
    /// The same at the device's rate, and how many of them were given.
    ready: Vec<Vec<f32>>,
    given: usize,
    /// The sample of the film that `ready` starts with.
    at: f64,
    /// How far the gate is open, 0 to 1.
    gain: f32,
}

impl Edge {
    /// The edge of `live`, which plays a film of this rate and layout; the clock of what is heard.
    pub fn new(live: Live, rate: u32, layout: Layout, gate: &Gate) -> (Self, Clock) {
        let (clock, winder) = Clock::new(rate);
        let form = Form { rate, channels: layout.channels() };
        let mut edge = Self {
            live,
            layout,
            rate,
            gate: gate.clone(),
            winder,
            form,
            bridge: None,
            fold: Matrix::of_layouts(layout, layout),
            film: Samples::silence(0, 0),
            folded: Vec::new(),
            ready: Vec::new(),
            given: 0,
            at: 0.0,
            gain: 0.0,
        };
        edge.suit(form);
        (edge, clock)
    }

    /// Makes ready for a device that takes its samples so, and begins there without a click. Not in real
    /// time.
    pub fn suit(&mut self, form: Form) {
        self.gain = 0.0;
        self.form = form;
        self.fold = Matrix::of_layouts(self.layout, layout_for(form.channels));
        let channels = self.fold.outputs();
        self.bridge = Bridge::new(self.rate, form.rate, channels);
        let lengths = |bridge: &Bridge| (bridge.input_length(), bridge.output_length());
        let (taken, given) = self.bridge.as_ref().map_or((QUANTUM, QUANTUM), lengths);
        self.film = Samples::silence(self.layout.channels(), taken);
        self.folded = vec![vec![0.0; taken]; channels];
        self.ready = vec![vec![0.0; given]; channels];
        self.given = given;
    }

    /// How it gives its samples.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// Fills `out`, whole frames of the form's channels, whose first is heard after `latency`.
    /// In real time: it neither allocates nor waits.
    pub fn fill(&mut self, out: &mut [f32], latency: Duration) {
        let now = Instant::now();
        self.fill_at(out, now.checked_add(latency).unwrap_or(now));
    }

    /// Fills `out`, whose first frame is heard at `when`: see [`Self::fill`].
    pub fn fill_at(&mut self, out: &mut [f32], when: Instant) {
        self.gate.count_call();
        let frames = out.chunks_exact_mut(self.form.channels.max(1));
        let is_open = self.gate.is_open() && !self.gate.has_ended();
        self.tell_the_clock(when, is_open);
        let step = 1.0 / (GATE * self.form.rate as f32);
        for frame in frames {
            let target = if is_open { 1.0 } else { 0.0 };
            self.gain += (target - self.gain).clamp(-step, step);
            if self.gain <= 0.0 {
                frame.fill(0.0);
                continue;
            }
            if self.given == self.ready.first().map_or(0, Vec::len) {
                self.make_ready();
            }
            for (index, out) in frame.iter_mut().enumerate() {
                let sample = self.ready.get(index).map_or(0.0, |channel| channel[self.given]);
                *out = sample * self.gain;
            }
            self.given += 1;
        }
    }

    /// The sample of the film that is given next.
    fn position(&self) -> f64 {
        if self.given == self.ready.first().map_or(0, Vec::len) {
            return self.live.position() as f64 - self.delay();
        }
        let given = self.given as f64 * f64::from(self.rate) / f64::from(self.form.rate);
        self.at + given * self.live.speed()
    }

    fn delay(&self) -> f64 {
        self.bridge.as_ref().map_or(0.0, Bridge::delay)
    }

    fn tell_the_clock(&self, at: Instant, is_open: bool) {
        let rolls = is_open && self.live.speed() == 1.0;
        self.winder.wind(Tick { at, sample: self.position(), rolls });
    }

    fn make_ready(&mut self) {
        let start = self.live.position();
        self.at = start as f64 - self.delay();
        self.live.render(&mut self.film);
        let left = (self.gate.end() - start).clamp(0, self.film.length() as i64) as usize;
        self.gate.say_ended(self.at >= self.gate.end() as f64);
        for channel in self.film.channels_mut() {
            channel[left..].fill(0.0);
        }
        fold(&self.fold, &self.film, &mut self.folded);
        match &mut self.bridge {
            Some(bridge) => bridge.convert(&self.folded, &mut self.ready),
            None => std::mem::swap(&mut self.folded, &mut self.ready),
        }
        self.given = 0;
    }
}

/// The film's channels as the device's.
fn fold(matrix: &Matrix, film: &Samples, out: &mut [Vec<f32>]) {
    for (output, out) in out.iter_mut().enumerate() {
        out.fill(0.0);
        for (input, channel) in film.channels().iter().enumerate() {
            let gain = matrix.gain(output, input);
            if gain == 0.0 {
                continue;
            }
            for (out, sample) in out.iter_mut().zip(channel) {
                *out += sample * gain;
            }
        }
    }
}

/// An edge that a device has for a while: when the device lets go of it, it goes home.
#[derive(Debug)]
pub struct Lent {
    berth: Berth,
    gate: Gate,
    home: Sender<Box<Edge>>,
}

/// Where a lent edge lies between two calls of its device: from there it can be taken back also when the
/// device never calls again, and lets nobody near.
#[derive(Clone)]
pub(super) struct Berth(Arc<AtomicCell<Option<Box<Edge>>>>);

impl std::fmt::Debug for Berth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Berth").finish_non_exhaustive()
    }
}

impl Berth {
    /// The edge, unless it is being played at this moment or is gone.
    pub(super) fn take(&self) -> Option<Box<Edge>> {
        self.0.take()
    }
}

impl Lent {
    /// Lends `edge`; `home` has room for it.
    pub(super) fn new(edge: Box<Edge>, home: Sender<Box<Edge>>) -> Self {
        let gate = edge.gate.clone();
        Self { berth: Berth(Arc::new(AtomicCell::new(Some(edge)))), gate, home }
    }

    /// Where the edge lies.
    pub(super) fn berth(&self) -> Berth {
        self.berth.clone()
    }

    /// Takes note that the device has played something else for a moment, as samples came late. In real time.
    pub(super) fn count_underrun(&self) {
        self.gate.count_underrun();
    }

    /// Fills a device's buffer: see [`Edge::fill`].
    pub fn fill(&mut self, out: &mut [f32], latency: Duration) {
        self.with_edge(out, |edge, out| edge.fill(out, latency));
    }

    /// Fills a device's buffer: see [`Edge::fill_at`].
    pub fn fill_at(&mut self, out: &mut [f32], when: Instant) {
        self.with_edge(out, |edge, out| edge.fill_at(out, when));
    }

    fn with_edge(&self, out: &mut [f32], fill: impl FnOnce(&mut Edge, &mut [f32])) {
        let Some(mut edge) = self.berth.take() else { return out.fill(0.0) };
        fill(&mut edge, out);
        self.berth.0.store(Some(edge));
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(edge) = self.berth.take() {
            drop(self.home.try_send(edge));
        }
    }
}

/// Counts what can be counted of a piece of news.
pub(super) fn count(gate: &Gate, news: &News) {
    if *news == News::Underrun {
        gate.count_underrun();
    }
}
