//! A film that plays: heard at a device, edited and sought meanwhile.

use super::listen::Listener;
use super::programme::Failed;
use super::shelf::Unread;
use crate::sound::device::{Clock, Device, Edge, Form, Gate, Output, Told};
use crate::sound::live::{self, Control};
use crate::sound::{Mix, Reading};
use crate::workers::{self, Stop, Worker};
use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use timeline_format::mix::Layout;
use timeline_format::{Id, Timeline};

/// How far ahead of what is heard media are read, in samples.
const AHEAD: usize = 32_768;
/// How long the reader rests when there was nothing to do.
const REST: Duration = Duration::from_millis(3);

/// A film that plays.
#[derive(Debug)]
pub struct Room {
    clock: Clock,
    gate: Gate,
    output: Output,
    reading: Arc<Mutex<Reading>>,
    unread: Unread,
    missed: Arc<AtomicU64>,
    wishes: Sender<Wish>,
    _reader: Worker<()>,
}

/// What the reader is asked for.
enum Wish {
    /// Play this film from here on.
    Film(Arc<Timeline>),
    /// Go on at this sample.
    Go(i64),
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
        let mut desk = Desk::new(timeline, folder, unread.clone())?;
        let (mix, layout) = desk.mix();
        let (reading, rate) = (Arc::clone(&desk.reading), mix.sample_rate());
        let (mut control, live) = live::start(mix, range.start);
        while control.advance() {}
        let gate = Gate::until(range.end);
        let (edge, clock) = Edge::new(live, rate, layout, &gate);
        let (wishes, asked) = bounded(16);
        let missed = Arc::new(AtomicU64::new(0));
        let (counted, watched) = (Arc::clone(&missed), gate.clone());
        let work = move |stop: &Stop| desk.serve(control, &asked, &counted, &watched, stop);
        let no_thread = |error: std::io::Error| Failed(format!("start a thread: {error}"));
        let reader = workers::start("sound reader", work).map_err(no_thread)?;
        let output = Output::open(device, edge, &gate).map_err(|failed| Failed(failed.0))?;
        Ok(Self { clock, gate, output, reading, unread, missed, wishes, _reader: reader })
    }

    /// Plays an edited film from the moment that is heard now.
    pub fn edit(&self, timeline: Arc<Timeline>) {
        drop(self.wishes.send(Wish::Film(timeline)));
    }

    /// Goes on at sample `sample` of the film: heard at once, and with whatever still sounds there of
    /// what lies long before it as soon as that has been computed.
    pub fn go(&self, sample: i64) {
        drop(self.wishes.send(Wish::Go(sample)));
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
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).clone()
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

/// What makes the mixes of a film as it is edited.
struct Desk {
    timeline: Arc<Timeline>,
    main: Id,
    folder: PathBuf,
    unread: Unread,
    reading: Arc<Mutex<Reading>>,
}

impl Desk {
    fn new(timeline: &Arc<Timeline>, folder: &Path, unread: Unread) -> Result<Self, Failed> {
        let main = timeline.settings.main;
        if timeline.main().is_none() {
            return Err(Failed("the film has no main sequence".into()));
        }
        Ok(Self {
            timeline: Arc::clone(timeline),
            main,
            folder: folder.to_owned(),
            unread,
            reading: Arc::default(),
        })
    }

    fn mix(&mut self) -> (Mix, Layout) {
        let listener = Listener::new(Arc::clone(&self.timeline), &self.folder, self.unread.clone());
        let buses = self.timeline.main().map(|sequence| sequence.buses.values());
        let last = buses.into_iter().flatten().find(|bus| bus.strip.output.is_none());
        let layout = last.map_or(Layout::Stereo, |bus| bus.layout);
        let (mix, problems) = Mix::ahead(&self.timeline, self.main, &listener, layout, AHEAD);
        for (number, problem) in problems.iter().enumerate() {
            let id = Id::parse(&format!("mix-{number}")).unwrap_or(self.main);
            self.unread.tell(id, || problem.to_string());
        }
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = mix.reading().clone();
        (mix, layout)
    }

    fn serve(
        mut self,
        mut control: Control,
        wishes: &Receiver<Wish>,
        missed: &AtomicU64,
        gate: &Gate,
        stop: &Stop,
    ) {
        let mut is_settled = true;
        while !stop.is_raised() {
            let worked = control.advance();
            missed.store(control.missed(), Ordering::Relaxed);
            let patience = if worked { Duration::ZERO } else { REST };
            match wishes.recv_timeout(patience) {
                Ok(Wish::Film(timeline)) => {
                    self.timeline = timeline;
                    let mix = self.mix().0;
                    control.replace(mix);
                }
                Ok(Wish::Go(sample)) => {
                    let mix = self.mix().0;
                    control.jump_at_once(mix, sample);
                    gate.begin_again();
                    is_settled = false;
                }
                Err(RecvTimeoutError::Timeout) if !worked && !is_settled => {
                    let mix = self.mix().0;
                    control.replace(mix);
                    is_settled = true;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}
