//! The groups of pictures of a file that can be copied, and the pictures of one.

use crate::ffmpeg::{Error, Index, Input, Medium, Packet, StreamFacts};
use crate::workers::Stop;
use std::path::Path;
use std::sync::Arc;

use super::units::Headers;
use super::{CodedPicture, Coding};

/// Packets that are read after a seek before it counts as lost.
const LOOK: usize = 200;
/// The most bytes of a group that are copied at a time.
const MOST_BYTES: usize = 64 << 20;

/// A file whose coded pictures agree with an encoder's.
#[derive(Debug)]
pub struct Groups {
    input: Input,
    stream: StreamFacts,
    headers: Headers,
    index: Arc<Index>,
    frames: Vec<Option<usize>>,
    delay: usize,
}

impl Groups {
    /// The groups of the first video of the file at `path`, whose frames are numbered by `index`;
    /// `None` where its pictures do not agree with `coding`.
    pub(in crate::media) fn open(path: &Path, index: &Arc<Index>, coding: &Coding) -> Option<Self> {
        let wanted = coding.parameters()?;
        let mut input = Input::open(path, &Stop::new()).ok()?;
        let streams = input.streams();
        let stream = streams.into_iter().find(|stream| stream.medium == Medium::Picture)?;
        let headers = Headers::read(&input.headers(stream.index))?;
        let is_alike = stream.codec == coding.codec
            && (stream.width, stream.height) == coding.size
            && stream.format == Some(coding.format)
            && headers.agree(&wanted);
        if !is_alike || !index.is_stamped() {
            return None;
        }
        input.keep_only(stream.index);
        let (index, frames) = (Arc::clone(index), index.frames_of_packets());
        let delay = usize::try_from(coding.delay).ok()?;
        Some(Self { input, stream, headers, index, frames, delay })
    }

    /// Whether a group starts with frame `first`.
    pub fn starts_at(&self, first: i64) -> bool {
        let packet = usize::try_from(first).ok().and_then(|first| self.index.packet_of(first));
        packet.is_some_and(|packet| self.index.is_key(packet))
    }

    /// How many frames from `first`, the start of a group, make a whole that leans on nothing else:
    /// at most `most`, and no more than the group has.
    pub fn whole(&self, first: i64, most: i64) -> i64 {
        let (Ok(first), Ok(most)) = (usize::try_from(first), usize::try_from(most)) else {
            return 0;
        };
        let Some(start) = self.index.packet_of(first) else { return 0 };
        let (mut whole, mut highest) = (0, first);
        for (step, packet) in (start..self.frames.len()).take(most).enumerate() {
            let Some(frame) = self.frames[packet] else { break };
            let is_next_group = step > 0 && self.index.is_key(packet);
            if is_next_group || frame < first || step > frame - first + self.delay {
                break;
            }
            highest = highest.max(frame);
            if highest - first == step {
                whole = step + 1;
            }
        }
        whole as i64
    }

    /// The coded pictures of `count` frames from `first`, in the order of decoding; fewer where they
    /// take too many bytes, none where the file does not hold what its index says.
    pub fn read(&mut self, first: i64, count: i64) -> Vec<CodedPicture> {
        let mut pictures = Vec::new();
        let whole = self.read_into(first, count, &mut pictures).unwrap_or(0);
        pictures.truncate(whole);
        pictures
    }

    /// Reads as many as there are, and answers how many of them make a whole.
    fn read_into(
        &mut self,
        first: i64,
        count: i64,
        pictures: &mut Vec<CodedPicture>,
    ) -> Result<usize, Error> {
        let mut packet = Packet::empty()?;
        let Some(start) = self.find(first, &mut packet)? else { return Ok(0) };
        let (mut bytes, mut highest, mut whole) = (0, 0, 0);
        for step in 0..count {
            if step > 0 && !self.next(&mut packet)? {
                break;
            }
            let Some(picture) = self.picture(start + step as usize, &packet, first) else { break };
            bytes += picture.bytes.len();
            if bytes > MOST_BYTES {
                break;
            }
            highest = highest.max(picture.shown);
            pictures.push(picture);
            if highest == step {
                whole = pictures.len();
            }
        }
        Ok(whole)
    }

    /// The picture of a packet that should be number `number` of the stream.
    fn picture(&self, number: usize, packet: &Packet, first: i64) -> Option<CodedPicture> {
        let frame = (*self.frames.get(number)?)?;
        let is_it = self.index.time(frame) == packet.facts().shown && packet.is_plain();
        let slices = self.headers.slices(packet.bytes()).filter(|_| is_it)?;
        let shown = frame as i64 - first;
        (slices.refreshes == (shown == 0)).then_some(CodedPicture { bytes: slices.bytes, shown })
    }

    /// Reads the packet of frame `first`; its number, if it was found.
    fn find(&mut self, first: i64, packet: &mut Packet) -> Result<Option<usize>, Error> {
        let Ok(first) = usize::try_from(first) else { return Ok(None) };
        let Some(wanted) = self.index.packet_of(first) else { return Ok(None) };
        for back in 0..4 {
            let landing = self.index.landing(first, back);
            let time = landing.time.unwrap_or_else(|| self.index.landing_time(0));
            self.input.seek(self.stream.index, time)?;
            if self.skip_to(wanted, packet)? {
                return Ok(Some(wanted));
            }
        }
        Ok(None)
    }

    /// Reads on until the packet is number `wanted`; false where it lies behind or does not come.
    fn skip_to(&mut self, wanted: usize, packet: &mut Packet) -> Result<bool, Error> {
        let mut unknown = 0;
        while unknown < LOOK && self.next(packet)? {
            match self.index.find(&packet.facts()) {
                Some(found) if found == wanted => return Ok(true),
                Some(found) if found > wanted => return Ok(false),
                Some(_) => {}
                None => unknown += 1,
            }
        }
        Ok(false)
    }

    fn next(&mut self, packet: &mut Packet) -> Result<bool, Error> {
        while self.input.read(packet)? {
            if packet.facts().stream == self.stream.index {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
