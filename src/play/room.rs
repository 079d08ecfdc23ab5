//! A film that plays: heard at a device, edited and sought meanwhile.

use super::listen::Listener;
use super::programme::Failed;
use super::shelf::{Unread, lock};
use super::vault::Vault;
use crate::sound::device::{Clock, Device, Edge, Form, Gate, Output, Told};
use crate::sound::live::{self, Control, Readers};
use crate::sound::{Gauges, Level, Mix, Reading, Score};
use crate::workers::{self, Stop, Worker};
use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use timeline_format::mix::Layout;
use timeline_format::{Id, Problem, Timeline};

/// How far ahead of what is heard media are read, in samples.
const AHEAD: usize = 32_768;
/// How long who reads and who decides rest when there was nothing to do.
const REST: Duration = Duration::from_millis(2);
/// Threads that read: a file that is slow holds up one of them.
const READERS: usize = 2;

/// A film that plays.
#[derive(Debug)]
pub struct Room {
    clock: Clock,
    gate: Gate,
    output: Output,
    shown: Shown,
    unread: Unread,
    missed: Arc<AtomicU64>,
    wishes: Sender<Wish>,
    /// Whether a pointer or a speed leads, and whether the film was held before.
    led: AtomicBool,
    was_held: AtomicBool,
    _workers: Vec<Worker<()>>,
}

/// What can be read of the mix that plays or is to play next.
type Shown = Arc<Mutex<Arc<Gauges>>>;

/// What the desk is asked for.
enum Wish {
    /// Play this film from here on.
    Film(Arc<Timeline>),
    Move(Move),
}

/// Where to be and how to get there.
#[derive(Clone, Copy)]
enum Move {
    /// Go on at this sample.
    Go(i64),
    /// Follow a pointer, which is at this sample.
    Scrub(i64),
    /// Go by at this speed.
    Shuttle(f64),
    /// Go on where the film is.
    Stay,
}

impl Room {
    /// Plays samples `range` of the main sequence of `timeline`, whose document lies in `folder`, to
    /// `device`.
    ///
    /// # Errors
    /// Where the film has no main sequence, or the device cannot be opened.
    pub fn open(
        timeline: &Arc<Timeline>,
        folder: &Path,
        range: Range<i64>,
        device: Box<dyn Device>,
    ) -> Result<Self, Failed> {
        let unread = Unread::default();
        let desk = Desk::new(timeline, folder, unread.clone())?;
        let mix = desk.mix();
        let (layout, rate) = (mix.layout(), mix.sample_rate());
        let shown = Arc::clone(&desk.shown);
        let (control, live) = live::start(mix, range.start);
        let gate = Gate::until(range.end);
        let (edge, clock) = Edge::new(live, rate, layout, &gate);
        let (wishes, asked) = bounded(16);
        let missed = Arc::new(AtomicU64::new(0));
        let (counted, watched) = (Arc::clone(&missed), gate.clone());
        let no_thread = |error: std::io::Error| Failed(format!("start a thread: {error}"));
        let mut workers = Vec::new();
        for _ in 0..READERS {
            let readers = control.readers();
            let read = move |stop: &Stop| read(&readers, stop);
            workers.push(workers::start("sound reader", read).map_err(no_thread)?);
        }
        let work = move |stop: &Stop| desk.serve(control, &asked, &counted, &watched, stop);
        workers.push(workers::start("sound desk", work).map_err(no_thread)?);
        let output = Output::open(device, edge, &gate).map_err(|failed| Failed(failed.0))?;
        let (led, was_held) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Self {
            clock,
            gate,
            output,
            shown,
            unread,
            missed,
            wishes,
            led,
            was_held,
            _workers: workers,
        })
    }

    /// Plays an edited film from the moment that is heard now.
    pub fn edit(&self, timeline: Arc<Timeline>) {
        drop(self.wishes.send(Wish::Film(timeline)));
    }

    /// Goes on at sample `sample` of the film: heard at once, and with whatever still sounds there of
    /// what lies long before it as soon as that has been computed.
    pub fn go(&self, sample: i64) {
        self.led.store(false, Ordering::Relaxed);
        self.gate.begin_again();
        self.wish(Move::Go(sample));
    }

    /// Follows a pointer that is at sample `sample` of the film, and is heard as a tape is that is moved by
    /// hand: at the speed at which it goes by, up to four times its own, forwards and backwards. A film
    /// that was held sounds meanwhile.
    pub fn scrub_to(&self, sample: i64) {
        self.lead();
        self.wish(Move::Scrub(sample.clamp(0, self.gate.end().saturating_sub(1).max(0))));
    }

    /// Lets the film go by at `speed`, from -32 to 32 times its own: heard as a tape up to eight times, and
    /// silent beyond.
    pub fn shuttle(&self, speed: f64) {
        self.lead();
        self.wish(Move::Shuttle(speed));
    }

    /// Lets go of the film: it plays on where it is, or is held there if it was before.
    pub fn end_scrub(&self) {
        if self.led.swap(false, Ordering::Relaxed) {
            if self.was_held.load(Ordering::Relaxed) {
                self.gate.shut();
            }
            self.wish(Move::Stay);
        }
    }

    fn lead(&self) {
        if !self.led.swap(true, Ordering::Relaxed) {
            self.was_held.store(!self.gate.is_open(), Ordering::Relaxed);
        }
        self.gate.begin_again();
        self.gate.open();
    }

    fn wish(&self, wished: Move) {
        drop(self.wishes.send(Wish::Move(wished)));
    }

    /// Holds the film, or lets it play on.
    pub const fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Which sample is heard when.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What the meter at the end of the mix shows: that of the film as it was edited last.
    pub fn reading(&self) -> Reading {
        lock(&self.shown).end.clone()
    }

    /// How loud a track or a bus is, if it sounds: of the film as it was edited last.
    pub fn level(&self, strip: Id) -> Option<Level> {
        lock(&self.shown).levels.get(&strip).cloned()
    }

    /// What a meter node of a strip shows, if it hears anything: of the film as it was edited last.
    pub fn meter(&self, strip: Id, node: Id) -> Option<Reading> {
        lock(&self.shown).meters.get(&(strip, node)).cloned()
    }

    /// How the device took its samples when it was opened.
    pub const fn form(&self) -> Form {
        self.output.form()
    }

    /// What happened at the device, for people.
    pub const fn told(&self) -> &Told {
        self.output.told()
    }

    /// What could not be read, one line a media.
    pub fn unread(&self) -> Vec<String> {
        self.unread.lines()
    }

    /// Steps of the graph for which media had not been read in time.
    pub fn missed(&self) -> u64 {
        self.missed.load(Ordering::Relaxed)
    }
}

/// Reads ahead for what plays, as one of several.
fn read(readers: &Readers, stop: &Stop) {
    while !stop.is_raised() {
        if !readers.round() {
            let waited = crossbeam::channel::after(REST).recv();
            debug_assert!(waited.is_ok(), "a timer always fires");
        }
    }
}

/// What makes the mixes of a film as it is edited.
struct Desk {
    timeline: Arc<Timeline>,
    folder: PathBuf,
    unread: Unread,
    shown: Shown,
    vault: Arc<Vault>,
}

impl Desk {
    fn new(timeline: &Arc<Timeline>, folder: &Path, unread: Unread) -> Result<Self, Failed> {
        if timeline.main().is_none() {
            return Err(Failed("the film has no main sequence".into()));
        }
        Ok(Self {
            timeline: Arc::clone(timeline),
            folder: folder.to_owned(),
            unread,
            shown: Arc::default(),
            vault: Arc::new(Vault::new()),
        })
    }

    /// What `work` makes of the film as it stands.
    fn with_score<T>(&self, work: impl FnOnce(&Score<'_>) -> T) -> T {
        let timeline = &self.timeline;
        let unread = self.unread.clone();
        let sources = Listener::new(Arc::clone(timeline), &self.folder, unread);
        let sources = sources.keeping(&self.vault);
        let buses = timeline.main().map(|sequence| sequence.buses.values());
        let last = buses.into_iter().flatten().find(|bus| bus.strip.output.is_none());
        let layout = last.map_or(Layout::Stereo, |bus| bus.layout);
        let sequence = timeline.settings.main;
        work(&Score { timeline, sequence, sources: &sources, layout, ahead: AHEAD })
    }

    fn mix(&self) -> Mix {
        let (mix, problems) = self.with_score(Mix::playing);
        self.tell(&problems);
        self.show(mix.gauges());
        mix
    }

    fn tell(&self, problems: &[Problem]) {
        for (number, problem) in problems.iter().enumerate() {
            let id = Id::parse(&format!("mix-{number}")).unwrap_or(self.timeline.settings.main);
            self.unread.tell(id, || problem.to_string());
        }
    }

    fn show(&self, gauges: &Arc<Gauges>) {
        *lock(&self.shown) = Arc::clone(gauges);
    }

    fn serve(
        mut self,
        mut control: Control,
        wishes: &Receiver<Wish>,
        missed: &AtomicU64,
        gate: &Gate,
        stop: &Stop,
    ) {
        while !stop.is_raised() {
            let worked = control.manage() || self.with_score(|score| control.tend(score));
            missed.store(control.missed(), Ordering::Relaxed);
            if worked {
                self.show(control.gauges());
            }
            let patience = if worked { Duration::ZERO } else { REST };
            let first = match wishes.recv_timeout(patience) {
                Ok(wish) => wish,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let (mut film, mut wished) = (None, None);
            for wish in std::iter::once(first).chain(wishes.try_iter()) {
                match wish {
                    Wish::Film(timeline) => film = Some(timeline),
                    Wish::Move(last) => wished = Some(last),
                }
            }
            if let Some(timeline) = film {
                self.timeline = timeline;
                let problems = self.with_score(|score| control.edit(score));
                self.tell(&problems);
            }
            if let Some(wished) = wished {
                follow(&mut control, gate, wished);
            }
            self.show(control.gauges());
        }
    }
}

fn follow(control: &mut Control, gate: &Gate, wished: Move) {
    match wished {
        Move::Go(sample) => control.go(sample),
        Move::Scrub(sample) => control.scrub(sample),
        Move::Shuttle(speed) => control.shuttle(speed),
        Move::Stay => control.go(control.position()),
    }
    gate.begin_again();
    control.readers().read();
}
