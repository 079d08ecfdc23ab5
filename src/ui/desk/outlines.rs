//! The outlines of sounds, of files and of what generators make: measured on another thread as they are
//! first drawn.

use super::{Desk, Wake};
use crate::media::Peaks;
use crate::play::path_of;
use crate::sound::generators;
use crate::workers::{self, Stop, Worker};
use crossbeam::channel::{Sender, bounded};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use timeline_format::clip::Generator;
use timeline_format::{Clip, Frames, Id, Media, Param, Rate, Source};

/// Sounds that may wait to be measured; others are asked for again when they are drawn again.
const WAITING: usize = 64;
/// Outlines of made sounds that are kept.
const MOST_MADE: usize = 256;

/// A made sound: of which generator, from its first sample on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    generator: Generator,
    /// The sequence's frames a second, and the film's samples.
    rates: (Rate, u32),
    /// The generator's frame that the clip begins with, where its values move along the clip.
    first: Frames,
    /// How many samples are wanted.
    length: i64,
}

impl Made {
    /// What `generator` makes for a clip of a sequence whose first frame is `first` of it, up to frame `end`.
    pub(super) fn of(
        generator: &Generator,
        rates: (Rate, u32),
        (first, end): (Frames, Frames),
    ) -> Self {
        let moves = generator.values.values().any(Param::is_animated);
        let first = if moves { first } else { Frames::ZERO };
        let length = rates.0.sample_at(end, rates.1).max(1);
        Self { generator: generator.clone(), rates, first, length }
    }

    /// Whether the outline of `other` serves, as far as it goes.
    fn is_like(&self, other: &Self) -> bool {
        self.generator == other.generator && self.rates == other.rates && self.first == other.first
    }

    /// More of it than is asked for, so that a clip that is drawn out is not measured at each step.
    fn rounded(&self) -> Self {
        let length = (self.length as u64).next_power_of_two() as i64;
        Self { length, ..self.clone() }
    }

    fn measure(&self, stop: &Stop) -> Option<Peaks> {
        let (mut sound, channels) = generators::build(&self.generator, self.rates, self.first)?;
        Peaks::of(self.rates.1, (channels, self.length), |at, out| sound.fill(at, out), stop)
    }
}

/// Something to be measured.
#[derive(Debug)]
enum Job {
    File(Id, Arc<Media>, PathBuf),
    Made(Made),
}

/// What was measured.
#[derive(Debug, Default)]
struct Known {
    files: BTreeMap<Id, (Arc<Media>, Option<Arc<Peaks>>)>,
    made: Vec<(Made, Arc<Peaks>)>,
}

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    files: BTreeSet<Id>,
    made: Vec<Made>,
}

/// The outlines of a film's sounds.
#[derive(Debug)]
pub(super) struct Outlines {
    known: Arc<Mutex<Known>>,
    asked: Mutex<Asked>,
    /// Dropped first: the thread ends when nobody can ask any more.
    wanted: Option<Sender<Job>>,
    _worker: Option<Worker<()>>,
}

impl Outlines {
    /// Measures when asked; `wake` is called when one has been measured.
    pub(super) fn start(wake: Wake) -> Self {
        let known = Arc::<Mutex<Known>>::default();
        let (wanted, asked) = bounded::<Job>(WAITING);
        let shared = Arc::clone(&known);
        let worker = workers::start("outlines", move |stop| {
            while let Ok(job) = asked.recv() {
                measure(job, &shared, stop);
                if stop.is_raised() {
                    return;
                }
                wake.wake();
            }
        });
        Self { known, asked: Mutex::default(), wanted: Some(wanted), _worker: worker.ok() }
    }

    /// The outline of a media, if it is known; else it is measured meanwhile.
    pub(super) fn of(&self, id: Id, media: &Arc<Media>, folder: &Path) -> Option<Arc<Peaks>> {
        let known = lock(&self.known);
        match known.files.get(&id) {
            Some((same, peaks)) if Arc::ptr_eq(same, media) || same == media => peaks.clone(),
            _ => {
                drop(known);
                self.ask(id, media, folder);
                None
            }
        }
    }

    /// The outline of a made sound, as far as it is known; what lacks is measured meanwhile.
    pub(super) fn of_made(&self, made: &Made) -> Option<Arc<Peaks>> {
        let known = lock(&self.known);
        let found = known.made.iter().find(|(known, _)| known.is_like(made));
        let found = found.map(|(_, peaks)| Arc::clone(peaks));
        drop(known);
        if found.as_ref().is_none_or(|peaks| peaks.length() < made.length) {
            self.ask_made(made.rounded());
        }
        found
    }

    fn ask(&self, id: Id, media: &Arc<Media>, folder: &Path) {
        let mut asked = lock(&self.asked);
        if asked.files.contains(&id) {
            return;
        }
        let Some(path) = path_of(media, folder) else { return };
        if self.send(Job::File(id, Arc::clone(media), path)) {
            asked.files.insert(id);
        }
    }

    fn ask_made(&self, made: Made) {
        let mut asked = lock(&self.asked);
        if asked.made.contains(&made) {
            return;
        }
        if self.send(Job::Made(made.clone())) {
            asked.made.push(made);
            if asked.made.len() > MOST_MADE {
                asked.made.remove(0);
            }
        }
    }

    fn send(&self, job: Job) -> bool {
        self.wanted.as_ref().is_some_and(|wanted| wanted.try_send(job).is_ok())
    }
}

impl Desk {
    /// The outline of a sound, if it is known; else it is measured meanwhile, and the window told.
    pub(in crate::ui) fn peaks(&self, media: Id) -> Option<Arc<Peaks>> {
        let film = self.film.as_ref()?;
        let found = film.now().media.get(&media)?;
        self.outlines.of(media, found, &film.folder())
    }

    /// The outline of what a clip plays, as far as it is known: of a file, or of what its generator makes.
    /// Else it is measured meanwhile, and the window told.
    pub(in crate::ui) fn peaks_of(&self, clip: &Clip, length: Frames) -> Option<Arc<Peaks>> {
        let Source::Generator(generator) = &clip.source else {
            return self.peaks(self.media_behind(&clip.source)?.0);
        };
        let rates = (self.sequence()?.header.rate, self.film()?.now().settings.sound);
        let end = clip.source_in.plus(length.times(clip.speed.abs()?)?)?;
        let made = Made::of(generator, rates, (clip.source_in, end));
        generators::find(&generator.kind)?;
        self.outlines.of_made(&made)
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn measure(job: Job, known: &Mutex<Known>, stop: &Stop) {
    match job {
        Job::File(id, media, path) => {
            let peaks = Peaks::measure(&path, &media, stop).ok().flatten().map(Arc::new);
            if !stop.is_raised() {
                lock(known).files.insert(id, (media, peaks));
            }
        }
        Job::Made(made) => {
            let Some(peaks) = made.measure(stop) else { return };
            let mut known = lock(known);
            known.made.retain(|(other, _)| !other.is_like(&made));
            known.made.push((made, Arc::new(peaks)));
            if known.made.len() > MOST_MADE {
                known.made.remove(0);
            }
        }
    }
}
