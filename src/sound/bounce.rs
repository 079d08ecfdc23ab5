//! A mix rendered as fast as it goes: a thread of its own reads ahead of the one that computes.
//!
//! They go on in rounds, in each of which every track has its next window read. The computing thread
//! waits for a round before it needs it: nothing is ever missed, and the samples are those of the same
//! [`Mix`] on one thread, bit for bit.

use super::feed::Feed;
use super::mix::Mix;
use super::player::WINDOW;
use super::render::Render;
use crate::signal::Samples;
use crate::workers::{self, Panicked, Worker};
use crossbeam::channel::{Receiver, Sender, bounded};

/// Rounds that may be read ahead.
const ROUNDS: usize = 4;

/// A mix that is rendered front to back.
#[derive(Debug)]
pub struct Bounce {
    render: Render,
    /// Up to which sample every track has surely been read: a player that sees nothing behind what it
    /// plays would fall silent.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::{SoundFile, Sources};
    use std::sync::Arc;
    use timeline_format::media::{MediaKind, SoundStream};
    use timeline_format::mix::Layout;
    use timeline_format::sequence::Raster;
    use timeline_format::track::{Content, TrackKind};
    use timeline_format::{Clip, Id, Item, Media, Reel, Sequence, Source, Timeline, Track};

    struct Ramp;

    impl SoundFile for Ramp {
        fn rate(&self) -> u32 {
            48_000
        }

        fn channels(&self) -> usize {
            1
        }

        fn length(&self) -> i64 {
            1 << 40
        }

        fn read(&mut self, at: i64, out: &mut Samples) {
            for (index, sample) in (at..).zip(out.channels_mut()[0].iter_mut()) {
                *sample = (index % 97) as f32 / 97.0;
            }
            std::thread::park_timeout(std::time::Duration::from_micros(50));
        }
    }

    impl Sources for Ramp {
        fn open(&self, _: Id) -> Option<Box<dyn SoundFile>> {
            Some(Box::new(Self))
        }
    }

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn film(tracks: usize) -> Timeline {
        let rate = "24".parse().unwrap();
        let mut timeline =
            Timeline::new(Raster { width: 64, height: 36 }, rate, 48_000, id("main"));
        let mut media = Media::new(MediaKind::Sound, "m.wav");
        media.sound = Some(SoundStream { rate: 48_000, channels: 1, ..SoundStream::default() });
        timeline.media.insert(id("m"), Arc::new(media));
        let mut sequence = Sequence::new(rate);
        for number in 0..tracks {
            let mut track = Track::sequential(id(&format!("t{number}")), TrackKind::Sound);
            let clip = Clip::new(Source::Media(id("m")));
            let item = Item::clip(id(&format!("c{number}")), 48, clip);
            track.content = Content::Sequential(std::iter::once(item).collect::<Reel>());
            sequence.tracks.push_back(Arc::new(track));
        }
        timeline.with_sequence(id("main"), sequence)
    }

    #[test]
    fn two_threads_give_the_samples_of_one() {
        let film = film(19);
        let mix = || Mix::new(&film, id("main"), &Ramp, Layout::Stereo).0;
        for from in [0, 128, 30_000] {
            let mut alone = Samples::silence(2, 60_000);
            let mut one = mix();
            one.seek(from);
            one.render(&mut alone);
            let mut bounced = Samples::silence(2, 60_000);
            Bounce::start(mix(), from).unwrap().render(&mut bounced).unwrap();
            assert!(alone.channels()[0].iter().all(|sample| sample.is_finite()));
            assert!(alone.channels()[0][30_000] > 0.0, "it is heard");
            assert!(alone == bounced, "from {from}");
        }
    }
}
