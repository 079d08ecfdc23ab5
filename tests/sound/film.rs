//! Films for sound, and their material in memory.

use super::disk::OnDisk;
use roomtone::signal::Samples;
use roomtone::sound::{Mix, Score, SoundFile, Sources};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use timeline_format::media::{MediaKind, PictureStream, SoundStream};
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Clip, Extra, Frames, Id, Item, Layered, Media, Rate, Reel, Sequence, Source, Timeline, Track,
    Transition,
};

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Sound in memory.
#[derive(Debug, Clone)]
pub struct Sound {
    pub rate: u32,
    pub samples: Arc<Samples>,
}

impl Sound {
    pub fn new(rate: u32, channels: Vec<Vec<f32>>) -> Self {
        Self { rate, samples: Arc::new(Samples::from_channels(channels)) }
    }
}

impl SoundFile for Sound {
    fn rate(&self) -> u32 {
        self.rate
    }

    fn channels(&self) -> usize {
        self.samples.channel_count()
    }

    fn length(&self) -> i64 {
        self.samples.length() as i64
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        for (from, to) in self.samples.channels().iter().zip(out.channels_mut()) {
            for (index, value) in (at..).zip(to) {
                let sample = usize::try_from(index).ok().and_then(|index| from.get(index));
                *value = sample.copied().unwrap_or(0.0);
            }
        }
    }
}

/// A film in the making.
#[derive(Debug, Clone)]
pub struct Film {
    pub timeline: Timeline,
    pub sequence: Sequence,
    pub sounds: BTreeMap<Id, Sound>,
    /// Sounds that are read from files.
    pub files: BTreeMap<Id, PathBuf>,
}

impl Sources for Film {
    fn open(&self, media: Id) -> Option<Box<dyn SoundFile>> {
        if let Some(path) = self.files.get(&media) {
            return Some(Box::new(OnDisk::open(path)?));
        }
        self.sounds.get(&media).map(|sound| Box::new(sound.clone()) as Box<dyn SoundFile>)
    }
}

impl Film {
    pub fn new(rate: &str, sound: u32) -> Self {
        let rate: Rate = rate.parse().unwrap();
        let raster = Raster { width: 64, height: 36 };
        let timeline = Timeline::new(raster, rate, sound, id("main"));
        Self {
            timeline,
            sequence: Sequence::new(rate),
            sounds: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// Adds sound alone: its clips count in samples.
    pub fn sound(&mut self, name: &str, sound: Sound) {
        let mut media = Media::new(MediaKind::Sound, format!("{name}.wav"));
        media.sound = Some(SoundStream::default());
        self.timeline.media.insert(id(name), Arc::new(media));
        self.sounds.insert(id(name), sound);
    }

    /// Adds the sound of a file: its clips count in samples.
    pub fn file(&mut self, name: &str, path: PathBuf) {
        let mut media = Media::new(MediaKind::Sound, path.to_str().unwrap().to_owned());
        media.sound = Some(SoundStream::default());
        self.timeline.media.insert(id(name), Arc::new(media));
        self.files.insert(id(name), path);
    }

    /// Adds a picture with sound: its clips count in frames of `rate`.
    pub fn video(&mut self, name: &str, rate: &str, sound: Sound) {
        self.sound(name, sound);
        let mut media = (*self.timeline.media[&id(name)]).clone();
        media.kind = MediaKind::Video;
        media.rate = Some(rate.parse().unwrap());
        media.picture = Some(PictureStream::default());
        self.timeline.media.insert(id(name), Arc::new(media));
    }

    /// Adds a sequential track of sound.
    pub fn track(&mut self, name: &str, items: Vec<Item>) -> &mut Track {
        self.tracks(
            name,
            TrackKind::Sound,
            Content::Sequential(items.into_iter().collect::<Reel>()),
        )
    }

    /// Adds a free track of sound.
    pub fn free(&mut self, name: &str, layers: Vec<(&str, Layered)>) -> &mut Track {
        let layers = layers.into_iter().map(|(name, layer)| (id(name), Arc::new(layer)));
        self.tracks(name, TrackKind::Sound, Content::Free(layers.collect()))
    }

    pub fn tracks(&mut self, name: &str, kind: TrackKind, content: Content) -> &mut Track {
        let track = Track { content, ..Track::sequential(id(name), kind) };
        self.sequence.tracks.push_back(Arc::new(track));
        Arc::make_mut(self.sequence.tracks.back_mut().unwrap())
    }

    /// The film as it stands.
    pub fn timeline(&self) -> Timeline {
        self.timeline.with_sequence(id("main"), self.sequence.clone())
    }

    /// What is heard of `timeline`, which is the film as it stands.
    pub fn score<'a>(&'a self, timeline: &'a Timeline) -> Score<'a> {
        let (sequence, layout, ahead) = (id("main"), Layout::Stereo, 32_768);
        Score { timeline, sequence, sources: self, layout, ahead }
    }

    /// Its mix; fails where there is a problem.
    pub fn mix(&self, layout: Layout) -> Mix {
        let (mix, problems) = Mix::new(&self.timeline(), id("main"), self, layout);
        assert!(problems.is_empty(), "{problems:?}");
        mix
    }

    /// The whole of its mix.
    pub fn bounce(&self, layout: Layout) -> Samples {
        let mut mix = self.mix(layout);
        let mut out = Samples::silence(layout.channels(), mix.length() as usize);
        mix.render(&mut out);
        out
    }
}

/// A clip of `media` from `from` on.
pub fn clip(media: &str, from: i64) -> Clip {
    Clip { source_in: Frames::whole(from), ..Clip::new(Source::Media(id(media))) }
}

/// A clip that is cut hard.
pub fn hard(media: &str, from: i64) -> Clip {
    let mut clip = clip(media, from);
    clip.sound.hard = true;
    clip
}

pub fn item(name: &str, length: i64, clip: Clip) -> Item {
    Item::clip(id(name), length, clip)
}

pub fn layer(at: Frames, length: Frames, clip: Clip) -> Layered {
    Layered { at: Place::Absolute(at), length, clip }
}

pub fn transition(before: i64, after: i64) -> Transition {
    Transition {
        id: id("t"),
        kind: "dissolve".into(),
        before,
        after,
        sampling: timeline_format::transition::Sampling::default(),
        shape: None,
        handles: timeline_format::transition::Handles::default(),
        values: BTreeMap::new(),
        extra: Extra::new(),
    }
}

/// A sine in one channel.
pub fn sine(rate: u32, length: usize, frequency: f64, peak: f64) -> Vec<f32> {
    let turn = std::f64::consts::TAU * frequency / f64::from(rate);
    (0..length).map(|sample| (peak * (turn * sample as f64).sin()) as f32).collect()
}

/// Noise in one channel, a function of `seed`.
pub fn noise(seed: u64, length: usize) -> Vec<f32> {
    let mut ids = timeline_format::IdSource::seeded(seed);
    let mut next = || {
        let text = ids.next_id();
        text.as_str()
            .bytes()
            .fold(0_u32, |sum, byte| sum.wrapping_mul(37).wrapping_add(byte.into()))
    };
    (0..length).map(|_| f64::from(next()) as f32 / 2_147_483_600.0 - 1.0).map(|x| x * 0.5).collect()
}

/// Everything that is heard, as bytes.
pub fn bytes(samples: &Samples) -> Vec<u8> {
    samples.channels().iter().flatten().flat_map(|sample| sample.to_le_bytes()).collect()
}
