//! The interactive picture service.

use super::board::Board;
use super::film::Film;
use super::intent::Intent;
use super::making::{Making, Progress, StandIns};
use super::shown::{Counts, Shown};
use super::stock::Stock;
use super::thumbnails::{self, Name, Of, Thumbnails};
use super::{decoder, front};
use crate::picture::Renderer;
use crate::play::programme::Failed;
use crate::play::shelf::lock;
use crate::signal::Image;
use crate::workers::{self, Worker};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use timeline_format::Timeline;

/// A film on screen: what is asked for is shown as soon as it can be.
#[derive(Debug)]
pub struct Screen {
    board: Arc<Board>,
    stock: Arc<Stock>,
    /// Joined when dropped, after the board was closed.
    _threads: [Worker<()>; 2],
    making: Arc<Making>,
    stand_ins: Mutex<Option<Worker<()>>>,
}

impl Screen {
    /// Shows frames of the main sequence of `timeline`, whose document lies in `folder`, with `budget`
    /// bytes for pictures: see [`super::usual_budget`]. Nothing is shown before it is asked for.
    ///
    /// # Errors
    /// Where the film has no main sequence, or no thread can be had.
    pub fn open(timeline: &Arc<Timeline>, folder: &Path, budget: usize) -> Result<Self, Failed> {
        let stock = Arc::new(Stock::new(folder, budget / 4 * 3));
        let film = Arc::new(Film::new(Arc::clone(timeline), &stock)?);
        let board = Arc::new(Board::new(film, Thumbnails::new(budget / 8)));
        let renderer = Renderer::new(budget / 8).shared();
        let (shows, decodes) = (Arc::clone(&board), Arc::clone(&board));
        let no_thread = |error: std::io::Error| Failed(format!("start a thread: {error}"));
        let shows = workers::start("picture", move |_| front::serve(&shows, &renderer));
        let decodes = workers::start("picture decoder", move |_| decoder::serve(&decodes));
        let threads = [shows, decodes];
        if threads.iter().any(Result::is_err) {
            board.close();
        }
        let [shows, decodes] = threads;
        let threads = [shows.map_err(no_thread)?, decodes.map_err(no_thread)?];
        let (making, stand_ins) = (Arc::default(), Mutex::default());
        Ok(Self { board, stock, _threads: threads, making, stand_ins })
    }

    /// Goes on with an edited film at the frame that is shown. What did not change stays decoded. A film
    /// without a main sequence changes nothing.
    pub fn film(&self, timeline: Arc<Timeline>) {
        if let Ok(film) = Film::new(timeline, &self.stock) {
            self.board.ask(|asked| asked.film = Arc::new(film));
        }
    }

    /// Asks for `frame`. It never waits; the latest wish wins.
    pub fn show(&self, frame: i64, intent: Intent) {
        self.board.ask(|asked| (asked.frame, asked.intent) = (frame, intent));
    }

    /// What is to be seen now; `None` before the first picture.
    pub fn latest(&self) -> Option<Shown> {
        self.board.latest()
    }

    /// Has `wake` called, from any thread, whenever there is something new to see.
    pub fn on_news(&self, wake: impl Fn() + Send + Sync + 'static) {
        self.board.set_wake(Arc::new(wake));
    }

    /// What could not be read, one line a media.
    pub fn problems(&self) -> Vec<String> {
        self.stock.unread().lines()
    }

    /// What was done so far.
    pub fn counts(&self) -> Counts {
        let (bytes, small) = (self.stock.store().bytes(), self.board.thumbnails.bytes());
        Counts { bytes, small, ..self.board.counts() }
    }

    /// The name of a picture, to keep it by: it changes with what decides its pixels.
    pub fn name_of(&self, of: Of, frame: i64, size: (u32, u32)) -> Option<Name> {
        thumbnails::name(&self.board.asked().film, of, frame, size)
    }

    /// A picture of a media or a take within `size`, if it has been made; else it is made when there is
    /// time, and the wake is called.
    pub fn picture_of(&self, of: Of, frame: i64, size: (u32, u32)) -> Option<Arc<Image>> {
        let film = self.board.asked().film;
        let (image, is_new) = self.board.thumbnails.ask(&film, of, frame, size);
        if is_new {
            self.board.decoder.ring();
        }
        image
    }

    /// Whether any small picture that was asked for is still to be made.
    pub fn awaits_pictures(&self) -> bool {
        self.board.thumbnails.are_wanted()
    }

    /// Makes stand-ins of all media that they help, one after the other, beside everything else; they are
    /// used as soon as they are whole. Those that are there are used anyway.
    pub fn make_stand_ins(&self) {
        let film = self.board.asked().film;
        let mut stand_ins = lock(&self.stand_ins);
        if stand_ins.as_ref().is_none_or(Worker::is_finished) {
            let (making, board) = (Arc::clone(&self.making), Arc::clone(&self.board));
            *stand_ins = workers::start("stand-ins", move |stop| {
                making.run(&film, stop, &|| board.call_wake());
            })
            .ok();
        }
    }

    /// Whether stand-ins are being made.
    pub fn is_making_stand_ins(&self) -> bool {
        lock(&self.stand_ins).as_ref().is_some_and(|worker| !worker.is_finished())
    }

    /// How far the making of stand-ins is; `None` where none is made.
    pub fn stand_ins_progress(&self) -> Option<Progress> {
        self.making.progress()
    }

    /// Lets the making of stand-ins wait, or go on.
    pub fn hold_stand_ins(&self, is_held: bool) {
        self.making.hold(is_held);
    }

    /// Ends the making of stand-ins. What was not whole is gone.
    pub fn stop_stand_ins(&self) {
        lock(&self.stand_ins).iter().for_each(|worker| worker.stop().raise());
    }

    /// Says when stand-ins are seen.
    pub fn use_stand_ins(&self, when: StandIns) {
        self.board.use_stand_ins(when);
    }

    /// Waits until the latest wish is answered with the exact picture of `frame`; `None` if it is not in
    /// time.
    pub fn wait_exact(&self, frame: i64, timeout: Duration) -> Option<Shown> {
        let wish = self.board.epoch();
        self.board.wait_for(timeout, |shown, epoch| {
            shown.is_exact && shown.wanted == frame && epoch >= wish
        })
    }

    /// Waits for any picture that answers the latest wish.
    pub fn wait_any(&self, timeout: Duration) -> Option<Shown> {
        let wish = self.board.epoch();
        self.board.wait_for(timeout, |_, epoch| epoch >= wish)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.board.close();
        self.stock.close();
    }
}
