//! Keeping a film at its device: opened, followed when it changes, replaced by a clock while it is
//! away.

use super::edge::{Berth, count};
use super::{Device, Edge, Failed, Form, Gate, Lent, News, Null, Stream, Told};
use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, after, bounded};
use std::time::{Duration, Instant};
use workers::{self, Stop, Worker};

/// How often a device that went away is looked for.
const LOOK: Duration = Duration::from_millis(500);
/// The longest that a device which fell silent is left alone before it is tried again.
const LONGEST_REST: Duration = Duration::from_secs(30);
/// How often, and after how long, an edge that is being played is asked for again.
const TRIES: usize = 50;
const RETRY: Duration = Duration::from_millis(2);
/// How long an edge may take to come home from a device that is closed.
const HOMECOMING: Duration = Duration::from_secs(5);

/// A film at a device. Dropped, it falls silent and lets go of the device.
#[derive(Debug)]
pub struct Output {
    told: Told,
    form: Form,
    _worker: Worker<()>,
}

impl Output {
    /// Plays `edge` to `device`.
    ///
    /// # Errors
    /// Where the device cannot be opened: from then on it may go and come.
    pub fn open(device: Box<dyn Device>, edge: Edge, gate: &Gate) -> Result<Self, Failed> {
        let told = Told::default();
        let (answer, answered) = bounded(1);
        let (gate, said) = (gate.clone(), told.clone());
        let worker = workers::start("sound device", move |stop| {
            let home = bounded(1);
            let (send, news) = bounded(64);
            let film = edge.form();
            let (lost, silences, watch) = (None, 0, Watch::new(&gate));
            let (told, berth) = (said, None);
            let mut keeper =
                Keeper { device, film, home, berth, gate, send, told, lost, silences, watch };
            match keeper.play(Box::new(edge)) {
                Ok((form, stream)) => {
                    drop(answer.send(Ok(form)));
                    keeper.keep(stream, &news, stop);
                }
                Err(failed) => drop(answer.send(Err(failed))),
            }
        });
        let worker = worker.map_err(|error| Failed(format!("start a thread: {error}")))?;
        let gone = || Failed("the thread of the sound device ended".into());
        let form = answered.recv().map_err(|_closed| gone())??;
        Ok(Self { told, form, _worker: worker })
    }

    /// How the device took its samples when it was opened.
    pub const fn form(&self) -> Form {
        self.form
    }

    /// What happened, for people.
    pub const fn told(&self) -> &Told {
        &self.told
    }
}

struct Keeper {
    device: Box<dyn Device>,
    film: Form,
    /// The way home of an edge, and where it arrives.
    home: (Sender<Box<Edge>>, Receiver<Box<Edge>>),
    /// Where the edge lies while it is lent.
    berth: Option<Berth>,
    gate: Gate,
    send: Sender<News>,
    told: Told,
    /// When the device went away, or was last looked for, while it is away.
    lost: Option<Instant>,
    /// How often in a row it has fallen silent.
    silences: u32,
    watch: Watch,
}

/// Sees whether a device still asks.
#[derive(Debug)]
struct Watch {
    calls: u64,
    since: Instant,
    /// It has asked since it was opened.
    has_asked: bool,
}

impl Watch {
    fn new(gate: &Gate) -> Self {
        Self { calls: gate.calls(), since: Instant::now(), has_asked: false }
    }

    /// For how long it has asked for nothing.
    fn silence(&mut self, gate: &Gate) -> Duration {
        if gate.calls() != self.calls {
            *self = Self { has_asked: true, ..Self::new(gate) };
        }
        self.since.elapsed()
    }
}

impl Keeper {
    /// Opens the device for `edge`.
    fn play(&mut self, mut edge: Box<Edge>) -> Result<(Form, Box<dyn Stream>), Failed> {
        let form = match self.device.form(self.film) {
            Ok(form) => form,
            Err(failed) => {
                drop(self.home.0.try_send(edge));
                return Err(failed);
            }
        };
        edge.suit(form);
        let lent = self.lend(edge);
        self.watch = Watch::new(&self.gate);
        let tell = teller(self.send.clone(), self.gate.clone());
        Ok((form, self.device.start(form, lent, tell)?))
    }

    /// Follows what happens until it is stopped.
    fn keep(&mut self, stream: Box<dyn Stream>, news: &Receiver<News>, stop: &Stop) {
        let mut stream = Some(stream);
        while !stop.is_raised() {
            let heard = match news.recv_timeout(LOOK) {
                Ok(news) => Some(news),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            match heard.or_else(|| self.fallen_silent()) {
                Some(News::Lost(why)) if self.lost.is_none() => {
                    let name = self.device.name();
                    self.told.tell(format!(
                        "the sound device {name} is away ({why}): the film goes on without it"
                    ));
                    self.lost = Some(Instant::now());
                    stream = self.stand_in(stream.take());
                }
                Some(News::Moved(words)) => self.told.tell(format!("sound device: {words}")),
                _ => {}
            }
            if self.may_come_back() {
                stream = self.come_back(stream.take());
            }
        }
    }

    /// Whether the device has stopped to ask, without a word.
    fn fallen_silent(&mut self) -> Option<News> {
        let patience = self.device.patience().filter(|_| self.lost.is_none())?;
        let silence = self.watch.silence(&self.gate);
        if silence <= patience {
            self.silences = if self.watch.has_asked { 0 } else { self.silences };
            return None;
        }
        self.silences += 1;
        Some(News::Lost(format!("it has asked for nothing for {:.1} s", silence.as_secs_f64())))
    }

    /// Whether the device is there again, and has rested: the longer, the oftener it fell silent.
    fn may_come_back(&mut self) -> bool {
        let rest = LOOK.saturating_mul(1 << self.silences.min(8)).min(LONGEST_REST);
        if self.lost.is_none_or(|since| since.elapsed() < rest) {
            return false;
        }
        self.lost = Some(Instant::now());
        self.device.is_there()
    }

    fn lend(&mut self, edge: Box<Edge>) -> Lent {
        let lent = Lent::new(edge, self.home.0.clone());
        self.berth = Some(lent.berth());
        lent
    }

    /// Takes the edge back from a stream, and has that closed on a thread of its own: a device whose sound
    /// server took it away may never let itself be closed.
    fn take_home(&mut self, stream: Option<Box<dyn Stream>>) -> Option<Box<Edge>> {
        let recalled = self.berth.take().and_then(|berth| recall(&berth));
        if let Some(stream) = stream
            && let Ok(closing) = workers::start("sound device: close", move |_| drop(stream))
        {
            closing.leave();
        }
        let edge = recalled.or_else(|| self.home.1.recv_timeout(HOMECOMING).ok());
        if edge.is_none() {
            let name = self.device.name();
            self.told.tell(format!("the sound device {name} does not let go: the film is silent"));
        }
        edge
    }

    /// Lets a clock play in place of the device.
    fn stand_in(&mut self, stream: Option<Box<dyn Stream>>) -> Option<Box<dyn Stream>> {
        let mut edge = self.take_home(stream)?;
        edge.suit(self.film);
        let lent = self.lend(edge);
        let tell = teller(self.send.clone(), self.gate.clone());
        Null::default().start(self.film, lent, tell).ok()
    }

    /// Gives the film back to its device, or leaves it to the clock.
    fn come_back(&mut self, stream: Option<Box<dyn Stream>>) -> Option<Box<dyn Stream>> {
        let edge = self.take_home(stream)?;
        match self.play(edge) {
            Ok((form, stream)) => {
                self.lost = None;
                let Form { rate, channels } = form;
                let name = self.device.name();
                let words =
                    format!("the sound device {name} is back: {rate} Hz, {channels} channels");
                self.told.tell(words);
                Some(stream)
            }
            Err(_) => self.stand_in(None),
        }
    }
}

/// Takes a lent edge back as soon as it is not being played.
fn recall(berth: &Berth) -> Option<Box<Edge>> {
    for _ in 0..TRIES {
        if let Some(edge) = berth.take() {
            return Some(edge);
        }
        let _due = after(RETRY).recv();
    }
    None
}

/// Passes on what a device says, and counts it. News that nobody has room for is dropped.
fn teller(send: Sender<News>, gate: Gate) -> Box<dyn Fn(News) + Send + Sync> {
    Box::new(move |news| {
        count(&gate, &news);
        drop(send.try_send(news));
    })
}
