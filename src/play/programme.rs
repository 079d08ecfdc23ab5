//! What is delivered: a length of frames, each a picture, and the samples under them.

use super::copies::Copied;
use crate::media::coded::Coding;
use crate::signal::{Colour, Image, PixelFormat, Samples};
use std::sync::Arc;
use timeline_format::Rate;
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;

/// A film, or anything else that has a picture for every frame and sound under all of them.
///
/// Frames count from 0. Sound is read from front to back; its first sample is that of frame 0, and
/// frame `n` starts at sample `rate().sample_of(first + n) - rate().sample_of(first)` where `first`
/// is the programme's first frame in its sequence.
pub trait Programme: Send {
    /// Its length in frames.
    fn length(&self) -> i64;
    /// Frames a second.
    fn rate(&self) -> Rate;
    /// The timecode of frame 0, as a frame count.
    fn start(&self) -> i64;
    /// Its size in square pixels.
    fn raster(&self) -> Raster;
    /// Samples a second.
    fn sample_rate(&self) -> u32;
    /// Its channels.
    fn layout(&self) -> Layout;
    /// Its length in samples.
    fn samples(&self) -> i64;
    /// What decides the pixels of `frame`: equal keys mean equal pictures.
    fn key(&mut self, frame: i64) -> u128;
    /// What decides the pixels of `frame` also in another run of the program: equal keys mean equal
    /// pictures, whatever has become of the document and its media meanwhile. `None` where that cannot
    /// be said, as of a slate for a file that was not read.
    fn lasting(&mut self, frame: i64) -> Option<u128>;
    /// Says what pictures will be turned into, so that one which is computed may be made so at once.
    fn prefer(&mut self, format: PixelFormat, colour: Colour);
    /// Says what the encoder of the film makes, so that pictures which lie so in a file may be copied.
    fn offer(&mut self, coding: Coding);
    /// The coded pictures that stand for the frames from `frame` on, where they lie in a file just as
    /// the encoder would want to make them. Frames are asked for in order; those that are copied are
    /// not asked for again.
    fn copied(&mut self, frame: i64) -> Option<Copied>;
    /// The picture of `frame`, at the raster, in whatever format it came to be.
    fn picture(&mut self, frame: i64) -> Result<Arc<Image>, Failed>;
    /// Fills `out` with the next samples.
    fn sound(&mut self, out: &mut Samples) -> Result<(), Failed>;
}

/// A frame or a sample that could not be made: what, where in the film, why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);
