//! A file from front to back: every picture and every sample, as they come, and what it says of
//! itself.

mod facts;
mod frame;
mod handles;

pub use facts::{Facts, PictureFacts, SoundFacts};

use ffmpeg_next::ffi;
use handles::{Decoder, Input};
use std::collections::VecDeque;
use std::path::Path;

use super::encode::Packet;
use super::error::Error;
use crate::signal::{Image, Samples};

const PICTURE: ffi::AVMediaType = ffi::AVMediaType::AVMEDIA_TYPE_VIDEO;
const SOUND: ffi::AVMediaType = ffi::AVMediaType::AVMEDIA_TYPE_AUDIO;

/// A piece of a file, in the order in which it is decoded; pictures in the order in which they are
/// shown.
#[derive(Debug)]
pub enum Piece {
    /// A picture, and when it is shown, in the ticks of its stream.
    Picture(Option<i64>, Image),
    /// Sound, and when it is heard, in the ticks of its stream.
    Sound(Option<i64>, Samples),
}

/// A file being read.
#[derive(Debug)]
pub struct Review {
    input: Input,
    picture: Option<(usize, Decoder)>,
    sound: Option<(usize, Decoder)>,
    ready: VecDeque<Piece>,
    ended: bool,
}

impl Review {
    /// Opens a file; the first picture and the first sound in it are read.
    pub fn open(path: &Path) -> Result<(Self, Facts), Error> {
        Self::choose(path, |input| (input.all(PICTURE).next(), input.all(SOUND).next()))
    }

    /// Opens a file, of which the second sound is read and nothing else; `None` where it has one alone.
    pub fn open_second(path: &Path) -> Result<Option<(Self, Facts)>, Error> {
        let opened = Self::choose(path, |input| (None, input.all(SOUND).nth(1)))?;
        Ok(opened.1.sound.is_some().then_some(opened))
    }

    fn choose(
        path: &Path,
        choose: impl FnOnce(&Input) -> (Option<usize>, Option<usize>),
    ) -> Result<(Self, Facts), Error> {
        let input = Input::open(path)?;
        let (picture, sound) = choose(&input);
        let facts = facts::read(&input, picture, sound);
        let open = |index: Option<usize>| match index {
            Some(index) => Ok(Some((index, Decoder::open(input.stream(index))?))),
            None => Ok(None),
        };
        let (picture, sound) = (open(picture)?, open(sound)?);
        Ok((Self { input, picture, sound, ready: VecDeque::new(), ended: false }, facts))
    }

    /// The next piece; `None` at the end.
    ///
    /// A packet that cannot be decoded is an error; the next call goes on behind it.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, Error> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Ok(Some(piece));
            }
            if self.ended {
                return Ok(None);
            }
            if let Some(packet) = self.input.read()? {
                self.decode(&packet)?;
            } else {
                self.ended = true;
                self.drain()?;
            }
        }
    }

    fn decode(&mut self, packet: &Packet) -> Result<(), Error> {
        let index = packet.stream_index();
        for (found, decoder) in [&mut self.picture, &mut self.sound].into_iter().flatten() {
            if *found == index {
                decoder.send(Some(packet))?;
                take(decoder, &mut self.ready)?;
            }
        }
        Ok(())
    }

    fn drain(&mut self) -> Result<(), Error> {
        for (_, decoder) in [&mut self.picture, &mut self.sound].into_iter().flatten() {
            decoder.send(None)?;
            take(decoder, &mut self.ready)?;
        }
        Ok(())
    }
}

fn take(decoder: &mut Decoder, ready: &mut VecDeque<Piece>) -> Result<(), Error> {
    while let Some(frame) = decoder.receive()? {
        ready.push_back(frame::piece(frame)?);
    }
    Ok(())
}
