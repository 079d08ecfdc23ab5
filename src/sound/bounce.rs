//! A mix rendered as fast as it goes: a thread of its own reads ahead of the one that computes.
//!
//! They go on in rounds, in each of which every track has its next window read. The computing thread
//! waits for a round before it needs it: nothing is ever missed, and the samples are those of the same
//! [`Mix`] on one thread, bit for bit.

use super::feed::Feed;
use super::mix::Mix;
use super::player::WINDOW;
use super::render::Render;
use crossbeam::channel::{Receiver, Sender, bounded};
use signal::Samples;
use workers::{self, Panicked, Worker};

/// Rounds that may be read ahead.
const ROUNDS: usize = 4;

/// A mix that is rendered front to back.
#[derive(Debug)]
pub struct Bounce {
    render: Render,
    /// Up to which sample every track has surely been read.
    read: i64,
    permits: Sender<()>,
    rounds: Receiver<()>,
    reading: Option<Worker<()>>,
}

impl Bounce {
    /// Starts to read `mix` from `sample` on.
    pub fn start(mut mix: Mix, sample: i64) -> std::io::Result<Self> {
        mix.seek(sample);
        let (mut feed, render) = mix.split();
        feed.stock(ROUNDS + 2);
        let (permits, permitted) = bounded(ROUNDS);
        let (read, rounds) = bounded(ROUNDS + 1);
        let reading = workers::start("bounce: reading", move |_| {
            read_on(&mut feed, &permitted, &read);
        })?;
        let read = render.computed() - WINDOW as i64;
        Ok(Self { render, read, permits, rounds, reading: Some(reading) })
    }

    /// Fills `out` with the next samples.
    pub fn render(&mut self, out: &mut Samples) -> Result<(), Panicked> {
        let mut filled = 0;
        while filled < out.length() {
            while self.render.needed() > self.read {
                self.wait()?;
            }
            filled = self.render.step(out, filled);
        }
        Ok(())
    }

    /// Waits for the next round, and permits another.
    fn wait(&mut self) -> Result<(), Panicked> {
        if self.rounds.recv().is_err() || self.permits.send(()).is_err() {
            let ended = self.reading.take().map_or(Ok(()), Worker::join);
            let (name, message) = ("bounce: reading".into(), "it has ended".into());
            return Err(ended.err().unwrap_or(Panicked { name, message }));
        }
        self.read += WINDOW as i64;
        Ok(())
    }
}

/// Reads some rounds, and then one for each that is permitted.
fn read_on(feed: &mut Feed, permitted: &Receiver<()>, read: &Sender<()>) {
    let mut ahead = 0;
    while ahead < ROUNDS || permitted.recv().is_ok() {
        feed.advance_once();
        if read.send(()).is_err() {
            return;
        }
        ahead += 1;
    }
}
