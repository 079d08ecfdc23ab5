//! The sound of one voice, at the film's sample rate, at any position: the control half's side.

use super::folded::{Fold, Folded};
use super::generators::Generate;
use super::law::fade;
use super::resampler::Resampler;
use super::sources::SoundFile;
use super::varispeed::Varispeed;
use signal::Samples;
use signal::wide;
use timeline_format::FadeShape;

/// The loudest sample that is let in, 120 dB above full scale: what is louder, or no number at all, is
/// a broken file.
const LOUDEST: f32 = 1e6;

/// The quietest sample that is let in but 0: smaller numbers are slow to compute with.
const QUIETEST: f32 = 1e-17;

/// A sample of the film and the sample of a source that sounds there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) film: i64,
    pub(super) source: i64,
}

/// How a voice's samples come to be.
#[derive(Debug)]
pub(super) enum Stream {
    /// Nothing.
    Silence,
    /// Made.
    Made(Box<dyn Generate>),
    /// Sample by sample from a file.
    Direct(usize),
    /// From a file of another rate.
    Resampled { file: usize, from: u32, to: u32, state: Option<Box<Resampler>> },
    /// From a file at another speed.
    Varied { file: usize, speed: Box<Varispeed> },
}

/// A piece of a voice that starts over: `period` samples after its start, over `fade` samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Loop {
    pub(super) start: i64,
    pub(super) period: i64,
    pub(super) fade: i64,
}

/// One voice's source.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) stream: Stream,
    pub(super) anchor: Anchor,
    pub(super) channels: usize,
    pub(super) repeat: Option<Loop>,
    pub(super) fold: Fold,
}

impl Reader {
    /// Fills `out` with the voice's samples from film sample `at` on.
    pub(super) fn read(&mut self, files: &mut [Box<dyn SoundFile>], at: i64, out: &mut Samples) {
        match self.repeat {
            Some(repeat) if at + out.length() as i64 > repeat.start => {
                self.read_loop(files, repeat, at, out);
            }
            _ => self.read_once(files, at, out),
        }
        out.channels_mut().iter_mut().for_each(|channel| hold(channel));
    }

    /// Gives back what it holds between reads.
    pub(super) fn rest(&mut self) {
        if let Stream::Resampled { state, .. } = &mut self.stream {
            *state = None;
        }
    }

    fn read_once<'f>(&mut self, files: &'f mut [Box<dyn SoundFile>], at: i64, out: &mut Samples) {
        let (Anchor { film, source }, fold) = (self.anchor, self.fold);
        let local = at - film;
        let open = |files: &'f mut [Box<dyn SoundFile>], file: usize| {
            files.get_mut(file).map(|file| Folded::new(&mut **file, fold))
        };
        match &mut self.stream {
            Stream::Silence => silence(out),
            Stream::Made(generator) => generator.fill(local + source, out),
            Stream::Direct(file) => match open(files, *file) {
                Some(mut file) => file.read(local + source, out),
                None => silence(out),
            },
            Stream::Resampled { file, from, to, state } => {
                if state.is_none() {
                    *state = Resampler::new(*from, *to, self.channels).map(Box::new);
                }
                match (state, open(files, *file)) {
                    (Some(state), Some(mut file)) => state.read(&mut file, source, local, out),
                    _ => silence(out),
                }
            }
            Stream::Varied { file, speed } => match open(files, *file) {
                Some(mut file) => speed.read(&mut file, source, local, out),
                None => silence(out),
            },
        }
    }

    /// Every sample of a repeated piece is that of its first round, and in the first `fade` samples of
    /// a later round the tail of the round before, at equal power.
    fn read_loop(
        &mut self,
        files: &mut [Box<dyn SoundFile>],
        repeat: Loop,
        at: i64,
        out: &mut Samples,
    ) {
        let (mut done, length) = (0, out.length() as i64);
        while done < length {
            let from_start = at + done - repeat.start;
            let round = from_start.div_euclid(repeat.period).max(0);
            let within = from_start - round * repeat.period;
            let count = (repeat.period - within).min(length - done);
            let fading = round > 0 && within < repeat.fade;
            let count = if fading { count.min(repeat.fade - within) } else { count };
            let first = repeat.start + within;
            let mut piece = Samples::silence(self.channels, count as usize);
            self.read_once(files, first, &mut piece);
            if fading {
                let mut tail = Samples::silence(self.channels, count as usize);
                self.read_once(files, first + repeat.period, &mut tail);
                cross(&mut piece, &tail, within, repeat.fade);
            }
            for (to, from) in out.channels_mut().iter_mut().zip(piece.channels()) {
                to[done as usize..(done + count) as usize].copy_from_slice(from);
            }
            done += count;
        }
    }
}

/// Keeps samples between the quietest and the loudest.
fn hold(samples: &mut [f32]) {
    wide(
        #[inline(always)]
        || {
            for sample in samples.iter_mut() {
                let is_heard = sample.abs() >= QUIETEST;
                let held = sample.clamp(-LOUDEST, LOUDEST);
                *sample = if is_heard { held } else { 0.0 };
            }
        },
    );
}

fn silence(out: &mut Samples) {
    for channel in out.channels_mut() {
        channel.fill(0.0);
    }
}

fn cross(head: &mut Samples, tail: &Samples, within: i64, length: i64) {
    for (head, tail) in head.channels_mut().iter_mut().zip(tail.channels()) {
        for (index, (head, tail)) in (within..).zip(head.iter_mut().zip(tail)) {
            let x = (index as f64 + 0.5) / length as f64;
            let rise = fade(FadeShape::EqualPower, x) as f32;
            *head = *head * rise + tail * fade(FadeShape::EqualPower, 1.0 - x) as f32;
        }
    }
}
