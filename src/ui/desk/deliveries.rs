//! The queue of deliveries: each holds the film as it was when it was asked for, and is rendered in the
//! background while editing goes on, one after the other.

use super::{Desk, Wake};
use crate::deliver::{self, Preset, Progress, Report, Target};
use crate::play::Offline;
use crate::workers::{self, Stop, Worker};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::Timeline;

/// How a delivery stands.
#[derive(Debug, Clone)]
pub(in crate::ui) enum State {
    /// Others are before it.
    Waits,
    /// It is rendered.
    Runs,
    /// It lies whole under its name.
    Done(Box<Report>),
    /// It was stopped, and where.
    Stopped(String),
    /// It was not delivered, and why.
    Failed(String),
}

/// How much of the film is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Part {
    /// All of it.
    Whole,
    /// What is marked.
    Marked,
}

/// What to do where something lies under the name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum IfThere {
    /// Leave it there, and say so.
    Refuse,
    /// Replace it.
    Replace,
}

/// A delivery of the queue.
#[derive(Debug)]
pub(in crate::ui) struct Delivery {
    /// What it is called: the preset and where to.
    pub(in crate::ui) name: String,
    /// Where to.
    pub(in crate::ui) path: PathBuf,
    /// How it stands.
    pub(in crate::ui) state: State,
    order: Order,
    progress: Arc<Mutex<Option<Progress>>>,
    worker: Option<Worker<State>>,
}

#[derive(Debug, Clone)]
struct Order {
    film: Arc<Timeline>,
    /// The document that the film was taken from.
    document: PathBuf,
    folder: PathBuf,
    range: Range<i64>,
    /// Whether that is all of the film.
    is_whole: bool,
    preset: Preset,
    target: Target,
}

impl Delivery {
    /// How far it is.
    pub(in crate::ui) fn progress(&self) -> Option<Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is over, however it ended.
    pub(in crate::ui) const fn is_over(&self) -> bool {
        matches!(self.state, State::Done(_) | State::Stopped(_) | State::Failed(_))
    }

    /// Whether it can be tried again: it is over, and nothing lies under its name.
    pub(in crate::ui) const fn can_be_tried_again(&self) -> bool {
        matches!(self.state, State::Stopped(_) | State::Failed(_))
    }

    /// The same, to be begun.
    fn again(&self) -> Self {
        Self {
            name: self.name.clone(),
            path: self.path.clone(),
            state: State::Waits,
            order: self.order.clone(),
            progress: Arc::default(),
            worker: None,
        }
    }

    fn start(&mut self, wake: Wake) {
        let order = self.order.clone();
        let progress = Arc::clone(&self.progress);
        let worker = workers::start("delivery", move |stop| {
            let mut tell = |now: &Progress| {
                *progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(now.clone());
                wake.wake();
            };
            let result = order.deliver(stop, &mut tell);
            wake.wake();
            result
        });
        match worker {
            Ok(worker) => (self.state, self.worker) = (State::Runs, Some(worker)),
            Err(error) => self.state = State::Failed(error.to_string()),
        }
    }

    /// Takes in that it has ended, if it has.
    fn settle(&mut self) {
        let Some(worker) = self.worker.take_if(|worker| worker.is_finished()) else { return };
        let ended = worker.join();
        self.state = ended.unwrap_or_else(|panicked| State::Failed(panicked.to_string()));
    }
}

impl Order {
    fn deliver(&self, stop: &Stop, tell: &mut dyn FnMut(&Progress)) -> State {
        let film = match Offline::open(&self.film, &self.folder, self.range.clone()) {
            Ok(film) => film,
            Err(failed) => return State::Failed(failed.to_string()),
        };
        let unread = film.unread_list();
        match deliver::deliver(Box::new(film), &self.preset, &self.target, stop, tell) {
            Ok(mut report) => {
                report.warnings.extend(unread.lines());
                State::Done(Box::new(report))
            }
            Err(error) if was_stopped(&error) => State::Stopped(error.to_string()),
            Err(error) => State::Failed(error.to_string()),
        }
    }
}

/// Whether a delivery ended because somebody asked it to.
fn was_stopped(error: &deliver::Error) -> bool {
    match error {
        deliver::Error::Stopped { .. } => true,
        deliver::Error::Unfinished { why, .. } => was_stopped(why),
        _ => false,
    }
}

impl Desk {
    /// The queue, in its order.
    pub(in crate::ui) fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// Queues the film as it is now, or its marked span, for delivery.
    pub(in crate::ui) fn deliver(
        &mut self,
        preset: &Preset,
        path: PathBuf,
        part: Part,
        if_there: IfThere,
    ) {
        let (Some(film), Some(sequence)) = (&self.film, self.sequence()) else { return };
        let range = self.span().filter(|_| part == Part::Marked).unwrap_or(0..sequence.length());
        if range.is_empty() {
            return self.notices.trouble("there is nothing in the film yet to deliver");
        }
        if path.exists() && if_there == IfThere::Refuse {
            let words = "is there already: choose another name, or let it be replaced";
            return self.notices.trouble(format_args!("{} {words}", path.display()));
        }
        let title = film.now().settings.title.clone();
        let tags = (!title.is_empty()).then(|| ("title".to_owned(), title));
        let target = Target {
            path: path.clone(),
            force: if_there == IfThere::Replace,
            counting: sequence.header.timecode,
            tags: tags.into_iter().collect(),
            ..Target::default()
        };
        let order = Order {
            film: Arc::clone(film.now()),
            document: film.path().to_owned(),
            folder: film.folder(),
            is_whole: range == (0..sequence.length()),
            range,
            preset: preset.clone(),
            target,
        };
        self.deliveries.push(Delivery {
            name: preset.label.to_string(),
            path,
            state: State::Waits,
            order,
            progress: Arc::default(),
            worker: None,
        });
    }

    /// Stops a delivery, or takes it out of the queue.
    pub(in crate::ui) fn stop_delivery(&mut self, number: usize) {
        let Some(delivery) = self.deliveries.get_mut(number) else { return };
        match &delivery.worker {
            Some(worker) => worker.stop().raise(),
            None => drop(self.deliveries.remove(number)),
        }
    }

    /// Puts a delivery that was stopped or failed into the queue again, with the film as it is now.
    pub(in crate::ui) fn try_delivery_again(&mut self, number: usize) {
        let now = self.film.as_ref().map(|film| (film.path().to_owned(), Arc::clone(film.now())));
        let found = self.deliveries.get(number).filter(|it| it.can_be_tried_again());
        let Some(mut again) = found.map(Delivery::again) else { return };
        if let Some((_, film)) = now.filter(|(document, _)| *document == again.order.document) {
            let length = film.main().map_or(0, |main| main.length());
            let range = &mut again.order.range;
            range.end = if again.order.is_whole { length } else { range.end.min(length) };
            again.order.film = film;
        }
        self.deliveries.remove(number);
        self.deliveries.push(again);
    }

    /// Takes a delivery that is over off the list.
    pub(in crate::ui) fn forget_delivery(&mut self, number: usize) {
        if self.deliveries.get(number).is_some_and(Delivery::is_over) {
            self.deliveries.remove(number);
        }
    }

    /// Lets the queue go on.
    pub(in crate::ui) fn advance_deliveries(&mut self) {
        self.deliveries.iter_mut().for_each(Delivery::settle);
        let is_busy = self.deliveries.iter().any(|delivery| delivery.worker.is_some());
        let next = self.deliveries.iter_mut().find(|it| matches!(it.state, State::Waits));
        if let Some(next) = next.filter(|_| !is_busy) {
            next.start(self.wake.clone());
        }
    }
}
