//! The frames of a video, by number, exactly, whichever way one comes to them.

use crate::ffmpeg::Tags;
use crate::ffmpeg::{self, Decoder, Frame, Index, Input, Kind, Medium, Packet, Speed, StreamFacts};
use crate::media::Error;
use crate::media::kept::Kept;
use crate::media::known::Edition;
use crate::media::pursuit::Sought;
use crate::signal::Image;
use crate::workers::Stop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline_format::media::Fields;

/// Packets that are read after a seek before it counts as lost.
const LOOK: usize = 200;
/// The longest step back that is playing backwards, at up to 32 times the speed; a longer one is a
/// jump, after which one goes on forward.
const STEP_BACK: usize = 64;

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Threads of the decoder; 0 is one a core.
    pub threads: usize,
    /// Bytes of decoded frames that are kept while going backwards.
    pub budget: usize,
    /// Raised to end what is under way.
    pub stop: Stop,
}

impl Default for Opening {
    fn default() -> Self {
        Self { threads: 2, budget: 256 << 20, stop: Stop::new() }
    }
}

/// An open video stream and where in it we are.
#[derive(Debug)]
pub(super) struct Video {
    pub(super) path: PathBuf,
    pub(super) opening: Opening,
    input: Input,
    pub(super) decoder: Decoder,
    pub(super) packet: Packet,
    /// Whether `packet` holds one that was not sent yet.
    pub(super) pending: bool,
    stream: StreamFacts,
    pub(super) index: Arc<Index>,
    /// The number of the next packet to be read, in the order of decoding.
    pub(super) next: usize,
    /// Frames that came out since decoding started here: the highest number, and how many.
    pub(super) highest: Option<usize>,
    counted: usize,
    pub(super) drained: bool,
    kept: Kept,
    /// Of the frame that was decoded last: which field comes first, and its colour tags.
    pub(super) said: (Option<Fields>, Tags),
    /// The timecode that the first frame carries itself.
    timecode: Option<String>,
    /// The last frame that was asked for.
    pub(super) asked: Option<usize>,
    /// What is gone after step by step.
    pub(super) sought: Option<Sought>,
}

impl Video {
    /// Opens the first picture stream of the file at `path` and finds where its frames are.
    pub(super) fn open(path: &Path, opening: &Opening) -> Result<Self, Error> {
        let failed = |error: ffmpeg::Error| Error::said(path, &error);
        let mut input = Input::open(path, &opening.stop).map_err(failed)?;
        let streams = input.streams();
        let stream = streams.into_iter().find(|stream| stream.medium == Medium::Picture);
        let stream = stream.ok_or_else(|| Error::new(path, "it has no picture"))?;
        input.keep_only(stream.index);
        let edition = Edition::of(path);
        let lent = edition.as_ref().and_then(Edition::index);
        let known = lent.is_some();
        let index = match lent {
            Some(index) => index,
            None => Arc::new(Index::build(&mut input, &stream).map_err(failed)?),
        };
        let decoder = Decoder::open(&input, stream.index, opening.threads).map_err(failed)?;
        let mut video = Self {
            path: path.to_owned(),
            input,
            decoder,
            packet: Packet::empty().map_err(failed)?,
            pending: false,
            stream,
            index,
            next: usize::MAX,
            highest: None,
            counted: 0,
            drained: true,
            kept: Kept::new(opening.budget),
            said: (None, Tags::default()),
            timecode: None,
            asked: None,
            sought: None,
            opening: opening.clone(),
        };
        if !known {
            video.begin().map_err(failed)?;
            edition.into_iter().for_each(|edition| edition.lend(&video.index));
        }
        Ok(video)
    }

    /// Decodes the first frame: what does not come out of the decoder before it is no frame.
    fn begin(&mut self) -> Result<(), ffmpeg::Error> {
        self.rewind()?;
        let nothing = || ffmpeg::Error::refused("decoding", "no frame of it can be decoded");
        let frame = self.next_frame(None)?.ok_or_else(nothing)?;
        if let (Some(time), true) = (frame.time(), self.index.is_stamped()) {
            Arc::make_mut(&mut self.index).begin_at(time);
        }
        if self.index.count() == 0 {
            return Err(nothing());
        }
        self.keep(frame)?;
        Ok(())
    }

    pub(super) const fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// What the frame that was decoded last says of itself: which field comes first, where it is
    /// interlaced, and its colour tags.
    pub(super) const fn said(&self) -> (Option<Fields>, Tags) {
        self.said
    }

    /// The timecode that its first frame carries itself, once that was decoded.
    pub(super) fn timecode(&self) -> Option<&str> {
        self.timecode.as_deref()
    }

    pub(super) const fn stream(&self) -> &StreamFacts {
        &self.stream
    }

    pub(super) const fn input(&self) -> &Input {
        &self.input
    }

    /// Frame `n`, from 0.
    pub(super) fn frame(&mut self, n: usize) -> Result<Arc<Image>, Error> {
        let back = self.asked.is_some_and(|asked| n < asked && asked - n <= STEP_BACK);
        self.asked = Some(n);
        if let Some(image) = self.kept.get(n) {
            return Ok(image);
        }
        self.reach(n, back).map_err(|error| Error::said(&self.path, &error))?.ok_or_else(|| {
            Error::new(&self.path, format!("frame {n} of {} cannot be decoded", self.index.count()))
        })
    }

    fn reach(&mut self, n: usize, back: bool) -> Result<Option<Arc<Image>>, ffmpeg::Error> {
        if n >= self.index.count() {
            return Ok(None);
        }
        let near = self.index.landing(n, 0).packet <= self.next;
        if near
            && self.highest.is_none_or(|highest| n > highest)
            && let Some(image) = self.advance(n, false)?
        {
            return Ok(Some(image));
        }
        let mut tried = None;
        for keys_before in [0, 1, 3, usize::MAX] {
            let landing = self.index.landing(n, keys_before);
            if tried == Some(landing.packet) {
                continue;
            }
            tried = Some(landing.packet);
            self.land(n, keys_before)?;
            if let Some(image) = self.advance(n, back)? {
                return Ok(Some(image));
            }
        }
        Ok(None)
    }

    /// Decodes on until frame `n`; `None` if it does not come.
    fn advance(&mut self, n: usize, keep_all: bool) -> Result<Option<Arc<Image>>, ffmpeg::Error> {
        self.kept.aim(n, keep_all);
        let skip_before = if keep_all { None } else { self.index.time(n) };
        while let Some(frame) = self.next_frame(skip_before)? {
            let number = self.number(&frame);
            if number == Some(n) || (keep_all && number.is_some()) || number > Some(n) {
                self.keep_as(number, frame)?;
            }
            if number >= Some(n) {
                return Ok(self.kept.get(n));
            }
        }
        Ok(None)
    }

    /// Which frame this is, and that it came.
    pub(super) fn number(&mut self, frame: &Frame) -> Option<usize> {
        let number = if self.index.is_stamped() {
            self.index.frame_at(frame.time()?)
        } else {
            Some(self.counted)
        };
        self.counted += 1;
        self.highest = self.highest.max(number);
        number
    }

    fn keep(&mut self, frame: Frame) -> Result<(), ffmpeg::Error> {
        let number = self.number(&frame);
        self.keep_as(number, frame)
    }

    fn keep_as(&mut self, number: Option<usize>, frame: Frame) -> Result<(), ffmpeg::Error> {
        self.said = (frame.fields(), frame.tags());
        if number == Some(0) {
            self.timecode = frame.timecode();
        }
        let image = Arc::new(frame.into_image(Kind::Video)?);
        if let Some(number) = number {
            self.kept.put(number, image);
        }
        Ok(())
    }

    /// The next frame that comes out; `None` at the end. Frames before `skip_before` that no other
    /// leans on are not decoded.
    pub(super) fn next_frame(
        &mut self,
        skip_before: Option<i64>,
    ) -> Result<Option<Frame>, ffmpeg::Error> {
        loop {
            match self.decoder.receive() {
                Ok(Some(frame)) => return Ok(Some(frame)),
                Ok(None) | Err(_) if self.drained => return Ok(None),
                Ok(None) | Err(_) => {}
            }
            if !self.pending && !self.fetch()? {
                self.drained = true;
                self.decoder.send(None)?;
                continue;
            }
            self.pending = false;
            let time = self.packet.facts().shown;
            let early = skip_before.is_some_and(|before| time.is_some_and(|time| time < before));
            let skip = early && self.index.is_stamped();
            self.decoder.set_speed(if skip { Speed::References } else { Speed::All });
            if self.decoder.send(Some(&self.packet)).is_err() && self.opening.stop.is_raised() {
                return Err(ffmpeg::Error::refused("decoding", "it was stopped"));
            }
        }
    }

    /// Reads the next packet of the stream. A file that breaks off ends there.
    pub(super) fn fetch(&mut self) -> Result<bool, ffmpeg::Error> {
        loop {
            if self.opening.stop.is_raised() {
                return Err(ffmpeg::Error::refused("reading", "it was stopped"));
            }
            if !self.input.read(&mut self.packet).unwrap_or(false) {
                return Ok(false);
            }
            if self.packet.facts().stream == self.stream.index {
                self.next = self.next.saturating_add(1);
                return Ok(true);
            }
        }
    }

    /// Stands before the packet from which frame `n` can be decoded.
    pub(super) fn land(&mut self, n: usize, keys_before: usize) -> Result<(), ffmpeg::Error> {
        let wanted = self.index.landing(n, keys_before).packet;
        for earlier in 0..6 {
            let Some(time) = self.index.landing(n, keys_before.saturating_add(earlier)).time else {
                break;
            };
            self.reset();
            if self.input.seek(self.stream.index, time).is_ok() && self.skip_to(wanted)? {
                return Ok(());
            }
        }
        self.rewind()?;
        self.skip_to(wanted).map(|_| ())
    }

    /// Stands before the first packet of the file.
    fn rewind(&mut self) -> Result<(), ffmpeg::Error> {
        self.reset();
        let first = self.index.landing_time(0);
        if self.input.seek(self.stream.index, first).is_ok() && self.skip_to(0)? {
            return Ok(());
        }
        self.input = Input::open(&self.path, &self.opening.stop)?;
        self.input.keep_only(self.stream.index);
        self.reset();
        self.next = 0;
        Ok(())
    }

    /// Lets go of all pictures: what is asked for next is decoded from a key frame again.
    pub(super) fn rest(&mut self) {
        let decoder = Decoder::open(&self.input, self.stream.index, self.opening.threads);
        self.reset();
        (self.drained, self.asked) = (true, None);
        self.kept = Kept::new(self.opening.budget);
        if let Ok(decoder) = decoder {
            self.decoder = decoder;
        }
    }

    pub(super) fn reset(&mut self) {
        self.decoder.flush();
        (self.pending, self.drained) = (false, false);
        (self.highest, self.counted, self.next) = (None, 0, usize::MAX);
    }

    /// Reads on until packet `wanted` is the next to be sent; false if it lies behind.
    fn skip_to(&mut self, wanted: usize) -> Result<bool, ffmpeg::Error> {
        let mut unknown = 0;
        while self.next != wanted || self.pending {
            if self.pending && self.next == wanted + 1 {
                return Ok(true);
            }
            self.pending = false;
            if !self.fetch()? {
                return Ok(false);
            }
            if self.next == usize::MAX {
                match self.index.find(&self.packet.facts()) {
                    Some(found) => self.next = found + 1,
                    None if unknown > LOOK => return Ok(false),
                    None => unknown += 1,
                }
            }
            if self.next == wanted + 1 {
                self.pending = true;
                return Ok(true);
            }
            if self.next > wanted && self.next != usize::MAX {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
