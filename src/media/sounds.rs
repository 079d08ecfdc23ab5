//! The samples of a media, exact at any position.

use crate::ffmpeg::Medium;
use crate::media::Error;
use crate::media::block::Block;
use crate::media::file::SoundFile;
use crate::media::stream::Stream;
use crate::media::wave::Wave;
use crate::signal::Samples;
use std::path::Path;
use timeline_format::{Media, Ratio};

/// Open sound. Position 0 is the moment of the media's first picture, or its own first sample where
/// there is no picture.
#[derive(Debug)]
pub struct Sounds {
    from: From,
    /// Samples from the media's start to the first of the stream; negative where it starts before.
    offset: i64,
    rate: u32,
    channels: usize,
}

#[derive(Debug)]
enum From {
    Plain(Box<Wave>),
    Coded(Coded),
}

/// What is decoded block by block.
#[derive(Debug)]
enum Coded {
    Stream(Box<Stream>),
    File(Box<SoundFile>),
}

impl Coded {
    fn length(&self) -> i64 {
        match self {
            Self::Stream(stream) => stream.length(),
            Self::File(file) => file.length(),
        }
    }

    fn block(&self) -> &Block {
        match self {
            Self::Stream(stream) => stream.block(),
            Self::File(file) => file.block(),
        }
    }

    fn around(&mut self, position: i64) -> Result<Option<&Block>, Error> {
        match self {
            Self::Stream(stream) => stream.around(position),
            Self::File(file) => file.around(position),
        }
    }

    /// How many samples from `position` on are silent, at most `most`: up to where the sound starts
    /// or goes on.
    fn gap(&self, position: i64, most: usize) -> usize {
        let next = if position < 0 { 0 } else { self.block().start() };
        let next = Some(next).filter(|next| *next > position && position < self.length());
        next.map_or(most, |next| most.min(usize::try_from(next - position).unwrap_or(most)))
    }
}

impl Sounds {
    /// Opens the sound of the file at `path`, described by `media`.
    pub fn open(path: &Path, _media: &Media) -> Result<Self, Error> {
        Self::open_file(path)
    }

    /// Opens the sound of the file at `path`.
    ///
    /// Plain Wave files are read as they are; other WAV files, AIFF and FLAC by Symphonia; all else, and
    /// what it does not know (files above 4 GB, what is in a film's container), by FFmpeg.
    pub(super) fn open_file(path: &Path) -> Result<Self, Error> {
        if let Some(wave) = Wave::open(path) {
            let (rate, channels) = (wave.rate(), wave.channels());
            return Ok(Self { from: From::Plain(Box::new(wave)), offset: 0, rate, channels });
        }
        if let Some(file) = SoundFile::open(path) {
            let (rate, channels) = (file.rate(), file.channels());
            let from = From::Coded(Coded::File(Box::new(file)));
            return Ok(Self { from, offset: 0, rate, channels });
        }
        let stream = Stream::open(path)?;
        let facts = stream.facts();
        Ok(Self {
            rate: facts.sample_rate,
            channels: usize::from(facts.channels),
            offset: offset(&stream).unwrap_or(0),
            from: From::Coded(Coded::Stream(Box::new(stream))),
        })
    }

    /// Samples a second.
    pub const fn rate(&self) -> u32 {
        self.rate
    }

    /// Channels, in the file's order.
    pub const fn channels(&self) -> usize {
        self.channels
    }

    /// Samples from the media's start to the end of its sound.
    pub fn length(&self) -> i64 {
        let length = match &self.from {
            From::Plain(wave) => wave.length(),
            From::Coded(coded) => coded.length(),
        };
        (length + self.offset).max(0)
    }

    /// Fills `out` with the samples from position `at` on: silence before the start, after the end,
    /// and in channels that the file lacks. Answers how many of them are the file's.
    pub fn read(&mut self, at: i64, out: &mut Samples) -> Result<usize, Error> {
        let coded = match &mut self.from {
            From::Plain(wave) => return wave.read(at, out),
            From::Coded(coded) => coded,
        };
        for channel in out.channels_mut() {
            channel.fill(0.0);
        }
        let (mut done, mut heard) = (0, 0);
        while done < out.length() {
            let position = at.saturating_add(done as i64).saturating_sub(self.offset);
            let Some(block) = coded.around(position)? else {
                done += coded.gap(position, out.length() - done);
                continue;
            };
            let count = copy(block, position, out, done);
            done += count;
            heard += count;
        }
        Ok(heard)
    }
}

fn copy(block: &Block, position: i64, out: &mut Samples, done: usize) -> usize {
    let from = (position - block.start()) as usize;
    let count = (block.length() - from).min(out.length() - done);
    for (channel, heard) in out.channels_mut().iter_mut().zip(block.channels()) {
        if let Some(heard) = heard.get(from..from + count) {
            channel[done..done + count].copy_from_slice(heard);
        }
    }
    count
}

/// Samples from the first picture to the first sample.
fn offset(stream: &Stream) -> Option<i64> {
    let streams = stream.input().streams();
    let picture = streams.iter().find(|stream| stream.medium == Medium::Picture)?;
    let shown = Ratio::whole(picture.start?).times(picture.tick)?;
    let rate = Ratio::whole(stream.facts().sample_rate.into());
    Some(stream.begins()?.minus(shown)?.times(rate)?.round())
}
