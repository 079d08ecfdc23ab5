//! What a clip's sound is read from.
//!
//! A take's frame list chooses among pictures: held, dropped and repeated frames leave the sound of the
//! same file as it was recorded, from the take's `offset` on.

use crate::generators;
use crate::mix::Mix;
use crate::nest::Nest;
use crate::node::moved_settings;
use crate::sources::{Library, SharedFile, SoundFile, Sources};
use signal::{Parameter, Samples};
use std::collections::BTreeMap;
use timeline_format::mix::Layout;
use timeline_format::problem::FilmPlace;
use timeline_format::{
    Clip, ClipSound, Frames, Id, Media, Param, Problem, Rate, Ratio, Sequence, Source, Timeline,
};

/// What planning a sequence needs and gathers.
pub(crate) struct Planner<'a> {
    pub(crate) timeline: &'a Timeline,
    pub(crate) id: Id,
    pub(crate) sequence: &'a Sequence,
    pub(crate) sources: &'a dyn Sources,
    pub(crate) layout: Layout,
    /// The files of the track that is planned.
    files: Vec<SharedFile>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) nest: &'a mut Nest,
    /// Which of them each media or sequence is; `None` where it could not be opened.
    known: BTreeMap<(Kind, Id), Option<usize>>,
    /// Every file that was opened so far.
    opened: BTreeMap<(Kind, Id), Option<SharedFile>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Media,
    Sequence,
}

/// The material behind a clip.
#[derive(Debug, Clone)]
pub(crate) struct Material {
    pub(crate) origin: Origin,
    /// The grid that the source's own positions are counted on.
    pub(crate) grid: Rate,
    /// The position on that grid that the clip's `in` is counted from.
    pub(crate) offset: Frames,
    /// How much faster than the source itself a take is played.
    pub(crate) factor: Ratio,
    /// Samples a second.
    pub(crate) rate: u32,
    /// How many channels.
    pub(crate) channels: usize,
    /// How many samples; `None` is without end.
    pub(crate) length: Option<i64>,
    /// What the shot and its take say of the sound.
    pub(crate) sound: ClipSound,
}

/// Where material comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    /// A file, by its number in the planner's list.
    File(usize),
    /// A generator of the catalogue.
    Made(&'static generators::Generator),
}

impl<'a> Planner<'a> {
    pub(crate) fn new(
        timeline: &'a Timeline,
        (id, sequence): (Id, &'a Sequence),
        sources: &'a dyn Sources,
        layout: Layout,
        nest: &'a mut Nest,
    ) -> Self {
        let (files, problems) = (Vec::new(), Vec::new());
        let (known, opened) = (BTreeMap::new(), BTreeMap::new());
        Self { timeline, id, sequence, sources, layout, files, problems, nest, known, opened }
    }

    /// The sounds that generators and nodes may ask for.
    pub(crate) fn library(&self) -> Library<'_> {
        Library::of(self.sources).with(&self.nest.lessons)
    }

    /// Samples a second of the film.
    pub(crate) fn rate(&self) -> u32 {
        self.timeline.settings.sound
    }

    /// The film sample of an exact position in frames of the sequence.
    pub(crate) fn sample(&self, position: Frames) -> i64 {
        self.sequence.header.rate.sample_at(position, self.rate())
    }

    pub(crate) fn place(&self) -> FilmPlace {
        FilmPlace::sequence(self.id)
    }

    /// The material of `clip`; `None`, and a problem, where there is nothing to hear.
    pub(crate) fn material(&mut self, clip: &Clip, place: &FilmPlace) -> Option<Material> {
        match &clip.source {
            Source::Media(media) => self.media(*media, place),
            Source::Shot(shot) => self.shot(*shot, place),
            Source::Sequence(sequence) => self.nested(*sequence, place),
            Source::Generator(made) => {
                let found = generators::find(&made.kind);
                if found.is_none() {
                    let message = format!("there is no generator of sound called {:?}", made.kind);
                    self.tell(Problem::warning("sound-unknown-generator", message), place);
                }
                let generator = found?;
                self.tell_moved(generator.parameters, &made.values, place);
                Some(Material {
                    origin: Origin::Made(generator),
                    grid: self.sequence.header.rate,
                    channels: generator.channels,
                    length: None,
                    ..self.plain(self.rate())
                })
            }
        }
    }

    fn plain(&self, rate: u32) -> Material {
        Material {
            origin: Origin::File(0),
            grid: self.sequence.header.rate,
            offset: Frames::ZERO,
            factor: Ratio::ONE,
            rate,
            channels: 0,
            length: Some(0),
            sound: ClipSound::default(),
        }
    }

    fn media(&mut self, id: Id, place: &FilmPlace) -> Option<Material> {
        let Some(media) = self.timeline.media.get(&id) else {
            let message = format!("the media {id} is not in the film");
            self.tell(Problem::error("sound-media-unknown", message), place);
            return None;
        };
        let number = self.open(Kind::Media, id, |planner| planner.sources.open(id));
        let Some(number) = number else {
            let message = format!("no sound can be read from {:?}; it is silent here", media.path);
            let problem = Problem::warning("sound-media-silent", message)
                .remedy("relink the media, or remove the clip from the sound track");
            self.tell(problem, place);
            return None;
        };
        let file = &self.files[number];
        let (rate, channels, length) = (file.rate(), file.channels(), file.length());
        let grid = grid_of(media, rate)?;
        let origin = Origin::File(number);
        Some(Material { origin, grid, channels, length: Some(length), ..self.plain(rate) })
    }

    fn shot(&mut self, id: Id, place: &FilmPlace) -> Option<Material> {
        let shot = self.timeline.shots.get(&id);
        let Some((shot, take)) = shot.and_then(|shot| Some((shot, shot.chosen()?))) else {
            let message = format!("the shot {id} is not in the film or has no chosen take");
            self.tell(Problem::error("sound-shot-unknown", message), place);
            return None;
        };
        let material = self.media(take.media, place)?;
        let factor = take.rate.and_then(|rate| rate.ratio().over(material.grid.ratio()));
        let base = shot.sound.clone();
        let sound = match &take.sound {
            Some(sound) => over(&base, sound),
            None => base,
        };
        let factor = factor.unwrap_or(Ratio::ONE);
        Some(Material { offset: take.offset, factor, sound, ..material })
    }

    fn nested(&mut self, id: Id, place: &FilmPlace) -> Option<Material> {
        let Some(sequence) = self.timeline.sequences.get(&id) else {
            let message = format!("the sequence {id} is not in the film");
            self.tell(Problem::error("sound-sequence-unknown", message), place);
            return None;
        };
        if !self.nest.may_enter(id) {
            let message = format!("the sequence {id} is nested in itself, or too deep");
            self.tell(Problem::error("sound-sequence-circle", message), place);
            return None;
        }
        let number = self.open(Kind::Sequence, id, |planner| Some(planner.nest_mix(id)))?;
        let file = &self.files[number];
        let (rate, channels, length) = (file.rate(), file.channels(), file.length());
        Some(Material {
            origin: Origin::File(number),
            grid: sequence.header.rate,
            channels,
            length: Some(length),
            ..self.plain(rate)
        })
    }

    fn nest_mix(&mut self, id: Id) -> Box<dyn SoundFile> {
        let nest = &mut *self.nest;
        let (mix, problems) =
            nest.within(id, |nest| Mix::nested(self.timeline, id, self.sources, self.layout, nest));
        self.problems.extend(problems);
        Box::new(Nested(mix))
    }

    fn open(
        &mut self,
        kind: Kind,
        id: Id,
        open: impl FnOnce(&mut Self) -> Option<Box<dyn SoundFile>>,
    ) -> Option<usize> {
        if let Some(known) = self.known.get(&(kind, id)) {
            return *known;
        }
        let file = if let Some(file) = self.opened.get(&(kind, id)) {
            file.clone()
        } else {
            let file = open(self).filter(|file| file.rate() > 0 && file.channels() > 0);
            let file = file.map(SharedFile::new);
            self.opened.insert((kind, id), file.clone());
            file
        };
        let number = file.map(|file| {
            self.files.push(file);
            self.files.len() - 1
        });
        self.known.insert((kind, id), number);
        number
    }

    /// The files of the track that was planned, by their numbers.
    pub(crate) fn take_files(&mut self) -> Vec<Box<dyn SoundFile>> {
        self.known.clear();
        let files = std::mem::take(&mut self.files).into_iter();
        files.map(|file| Box::new(file) as Box<dyn SoundFile>).collect()
    }

    /// Tells of settings that are keyframed and do not move.
    pub(crate) fn tell_moved(
        &mut self,
        parameters: &[Parameter],
        values: &BTreeMap<String, Param>,
        place: &FilmPlace,
    ) {
        for parameter in moved_settings(parameters, values) {
            let message = format!("{:?} cannot move: its first key holds", parameter.id);
            let problem = Problem::warning("sound-setting-moves", message)
                .remedy("give it one value, or automate another parameter");
            self.tell(problem, place);
        }
    }

    pub(crate) fn tell(&mut self, problem: Problem, place: &FilmPlace) {
        self.problems.push(problem.in_film(place.clone()));
    }
}

/// Frames of its pictures; samples where a media is sound alone.
fn grid_of(media: &Media, rate: u32) -> Option<Rate> {
    let frames = media.picture.as_ref().and(media.rate);
    frames.or_else(|| Rate::new(rate.into(), 1))
}

/// What `above` states, and for the rest what `below` does.
pub(crate) fn over(below: &ClipSound, above: &ClipSound) -> ClipSound {
    let channels = if above.channels.is_empty() { &below.channels } else { &above.channels };
    ClipSound {
        gain: above.gain.clone().or_else(|| below.gain.clone()),
        pan: above.pan.clone().or_else(|| below.pan.clone()),
        fade_in: above.fade_in.or(below.fade_in),
        fade_out: above.fade_out.or(below.fade_out),
        channels: channels.clone(),
        loop_fade: above.loop_fade.or(below.loop_fade),
        loop_in: above.loop_in.or(below.loop_in),
        loop_out: above.loop_out.or(below.loop_out),
        hard: above.hard || below.hard,
        extra: above.extra.clone(),
    }
}

/// A sequence within another, as a sound to be read.
struct Nested(Mix);

impl SoundFile for Nested {
    fn rate(&self) -> u32 {
        self.0.sample_rate()
    }

    fn channels(&self) -> usize {
        self.0.layout().channels()
    }

    fn length(&self) -> i64 {
        self.0.length()
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        if self.0.position() != at {
            self.0.seek(at);
        }
        self.0.render(out);
    }
}
