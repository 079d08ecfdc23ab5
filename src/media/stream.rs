//! The sound stream of a file through FFmpeg, exact to the sample wherever one starts.

use crate::ffmpeg::{self, Decoder, Frame, Index, Input, Medium, Packet, StreamFacts};
use crate::media::Error;
use crate::media::block::Block;
use crate::media::counted::{self, Coded, Counting};
use crate::workers::Stop;
use std::path::{Path, PathBuf};
use timeline_format::Ratio;

/// Samples that are decoded and thrown away before the wanted one, for codecs that lean on what
/// came before: more than the reservoir of MP3 and the 80 ms of Opus (RFC 7845, 4.6).
const LEAD: i64 = 16_384;

/// Codecs whose samples depend on the packets shortly before and on nothing else. The rest (AAC and
/// AC-3 fill bands with a noise, MP2 dithers with one, that runs on from the first packet; Opus leans
/// on all before, if by less than a ten millionth) are decoded from the start, so that a sample is the
/// same however one came to it.
const SHORT_MEMORY: &[&str] = &["flac", "alac", "mp3", "mp3float", "vorbis", "wavpack"];

/// Packets at the end that are decoded to find where the sound ends.
const TAIL: usize = 32;

/// A jump of the time stamps that is taken for one, in seconds: smaller ones are rounding.
const JUMP: Ratio = Ratio::whole(1);

/// An open sound stream and where in it we are. Positions count samples from its first.
#[derive(Debug)]
pub(super) struct Stream {
    path: PathBuf,
    input: Input,
    decoder: Decoder,
    packet: Packet,
    facts: StreamFacts,
    /// The stamp of the first sample.
    first: i64,
    /// Where the frame with a stamp starts, where the stamps are too coarse to tell.
    marks: Option<Vec<(i64, i64)>>,
    length: i64,
    /// Where the sound ends, once that is known: what is decoded after it is padding.
    end: i64,
    /// Samples to run up; `None` to decode from the start.
    lead: Option<i64>,
    drained: bool,
    block: Block,
}

impl Stream {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        Self::try_open(path).map_err(|error| Error::said(path, &error))
    }

    fn try_open(path: &Path) -> Result<Self, ffmpeg::Error> {
        let mut input = Input::open(path, &Stop::new())?;
        let find = |stream: &StreamFacts| stream.medium == Medium::Sound && stream.sample_rate > 0;
        let facts = input.streams().into_iter().find(find);
        let facts = facts.ok_or_else(|| ffmpeg::Error::refused("opening", "it has no sound"))?;
        input.keep_only(facts.index);
        let decoder = Decoder::open(&input, facts.index, 1)?;
        let lead = match facts.codec.as_str() {
            codec if codec.starts_with("pcm") || codec == "flac" => Some(0),
            codec if SHORT_MEMORY.contains(&codec) => Some(LEAD),
            _ => None,
        };
        let mut stream = Self {
            path: path.to_owned(),
            input,
            decoder,
            packet: Packet::empty()?,
            first: 0,
            marks: None,
            length: 0,
            end: i64::MAX,
            lead,
            drained: false,
            block: Block::default(),
            facts,
        };
        stream.measure()?;
        Ok(stream)
    }

    /// Seconds of its first sample on the file's clock.
    pub(super) fn begins(&self) -> Option<Ratio> {
        Ratio::whole(self.first).times(self.facts.tick)
    }

    pub(super) const fn facts(&self) -> &StreamFacts {
        &self.facts
    }

    pub(super) const fn length(&self) -> i64 {
        self.length
    }

    pub(super) const fn input(&self) -> &Input {
        &self.input
    }

    pub(super) const fn block(&self) -> &Block {
        &self.block
    }

    /// Finds the first stamp and the length, and, where stamps are coarse, where each frame starts.
    fn measure(&mut self) -> Result<(), ffmpeg::Error> {
        let nothing = || ffmpeg::Error::refused("decoding", "no sound in it can be decoded");
        let frame = self.next_frame()?.ok_or_else(nothing)?;
        self.first = frame.time().unwrap_or(0);
        if self.has_fine_stamps() {
            self.restart()?;
            let index = Index::build(&mut self.input, &self.facts)?;
            let near_end = index.time(index.count().saturating_sub(TAIL));
            self.restart()?;
            if near_end.is_some_and(|time| self.input.seek(self.facts.index, time).is_err()) {
                self.restart()?;
            }
            while let Some(frame) = self.next_frame()? {
                if let Some(at) = self.position(&frame) {
                    self.length = self.length.max(at + frame.sample_count() as i64);
                }
            }
        } else if !self.count_packets(&frame)? {
            self.restart()?;
            let frame = self.next_frame()?.ok_or_else(nothing)?;
            self.count_all(frame)?;
        }
        self.length = self.stated_end().unwrap_or(self.length);
        self.end = self.length;
        self.restart()
    }

    /// Where an MP4 or MOV file says that the sound ends, if that is within the last blocks that are
    /// decoded: the rest is what the coder padded its last block with.
    fn stated_end(&self) -> Option<i64> {
        let is_film = self.input.container().split(',').any(|name| name == "mov");
        let stated = self.samples(self.facts.duration.filter(|_| is_film)?)?.round();
        let padding = i64::from(self.facts.block.max(1024)) * 3;
        (stated > 0 && stated < self.length && self.length - stated <= padding).then_some(stated)
    }

    /// Whether a tick is a whole part of a sample, so that stamps tell samples exactly.
    fn has_fine_stamps(&self) -> bool {
        let samples = self.samples(1).unwrap_or(Ratio::ZERO);
        let ticks = Ratio::ONE.over(samples);
        ticks.is_some_and(|ticks| ticks.as_whole().is_some_and(|whole| whole >= 1))
    }

    /// How many samples so many ticks are.
    fn samples(&self, ticks: i64) -> Option<Ratio> {
        let rate = Ratio::whole(self.facts.sample_rate.into());
        Ratio::whole(ticks).times(self.facts.tick)?.times(rate)
    }

    /// Counts the samples of its packets, and decodes the first and the last few of them to see
    /// that they have as many. Whether they do.
    fn count_packets(&mut self, first: &Frame) -> Result<bool, ffmpeg::Error> {
        let first = Coded { time: self.first, samples: first.sample_count() as i64 };
        let usual = self.next_frame()?.map_or(0, |frame| frame.sample_count() as i64);
        let Some(counting) = Counting::of(&self.facts.codec, usual) else { return Ok(false) };
        self.restart()?;
        let mut packets = Vec::new();
        while self.input.read(&mut self.packet).unwrap_or(false) {
            let facts = self.packet.facts();
            if facts.stream != self.facts.index {
                continue;
            }
            let coded = facts.shown.zip(counting.samples(&self.packet));
            let Some((time, samples)) = coded else { return Ok(false) };
            packets.push(Coded { time, samples });
        }
        let stated = |time: i64| self.samples(time.checked_sub(self.first)?).map(Ratio::round);
        self.marks = counted::marks(&packets, first, stated, self.jump());
        let near_end = packets.len().saturating_sub(TAIL);
        self.restart()?;
        Ok(self.marks.is_some()
            && self.is_as_counted(Some(TAIL))?
            && self.input.seek(self.facts.index, packets[near_end].time).is_ok()
            && self.is_as_counted(None)?)
    }

    /// Whether the next frames, so many or all, start where they were counted to, each where the
    /// one before it ends. The first after a seek may lack what the decoder needed from before.
    fn is_as_counted(&mut self, most: Option<usize>) -> Result<bool, ffmpeg::Error> {
        self.decoder.flush();
        let (mut seen, mut end) = (0, None);
        while most.is_none_or(|most| seen < most) {
            let Some(frame) = self.next_frame()? else { break };
            let Some(at) = self.position(&frame) else { return Ok(false) };
            if end.is_some_and(|end| end != at) {
                return Ok(false);
            }
            end = Some(at + frame.sample_count() as i64);
            seen += 1;
        }
        self.length = end.unwrap_or(0);
        Ok(seen > 1)
    }

    /// Samples of a jump that is taken for one.
    fn jump(&self) -> i64 {
        JUMP.times(Ratio::whole(self.facts.sample_rate.into())).map_or(i64::MAX, Ratio::round)
    }

    /// Decodes all of it once, to count.
    fn count_all(&mut self, first: Frame) -> Result<(), ffmpeg::Error> {
        let jump = self.jump();
        let (mut marks, mut at, mut next) = (Vec::new(), 0, Some(first));
        while let Some(frame) = next {
            if let Some(time) = frame.time() {
                let stated = self.samples(time.saturating_sub(self.first)).map_or(at, Ratio::round);
                if stated.saturating_sub(at) > jump {
                    at = stated;
                }
                marks.push((time, at));
            }
            at += frame.sample_count() as i64;
            next = self.next_frame()?;
        }
        marks.sort_unstable();
        marks.dedup_by_key(|mark| mark.0);
        self.marks = Some(marks);
        self.length = at;
        Ok(())
    }

    /// The position of the first sample of `frame`; `None` if it cannot be told.
    fn position(&self, frame: &Frame) -> Option<i64> {
        let time = frame.time()?;
        match &self.marks {
            None => self.samples(time.checked_sub(self.first)?).map(Ratio::round),
            Some(marks) => {
                let at = marks.binary_search_by_key(&time, |mark| mark.0).ok()?;
                Some(marks[at].1)
            }
        }
    }

    /// A stamp at or before the sample at `position`.
    fn stamp(&self, position: i64) -> i64 {
        if let Some(marks) = &self.marks {
            let at = marks.partition_point(|mark| mark.1 <= position).saturating_sub(1);
            return marks.get(at).map_or(self.first, |mark| mark.0);
        }
        let rate = Ratio::whole(self.facts.sample_rate.into());
        let ticks = Ratio::whole(position).over(rate).and_then(|time| time.over(self.facts.tick));
        self.first.saturating_add(ticks.map_or(0, Ratio::floor))
    }

    fn restart(&mut self) -> Result<(), ffmpeg::Error> {
        self.input = Input::open(&self.path, &Stop::new())?;
        self.input.keep_only(self.facts.index);
        self.decoder = Decoder::open(&self.input, self.facts.index, 1)?;
        self.drained = false;
        self.block.clear();
        Ok(())
    }

    fn next_frame(&mut self) -> Result<Option<Frame>, ffmpeg::Error> {
        loop {
            match self.decoder.receive() {
                Ok(Some(frame)) => return Ok(Some(frame)),
                Ok(None) | Err(_) if self.drained => return Ok(None),
                Ok(None) | Err(_) => {}
            }
            if !self.input.read(&mut self.packet).unwrap_or(false) {
                self.drained = true;
                self.decoder.send(None)?;
            } else if self.packet.facts().stream == self.facts.index {
                drop(self.decoder.send(Some(&self.packet)));
            }
        }
    }

    /// The run of samples that `position` lies in; `None` after the end and where nothing sounds,
    /// with the position from which something does.
    pub(super) fn around(&mut self, position: i64) -> Result<Option<&Block>, Error> {
        if !self.block.holds(position) {
            self.go(position).map_err(|error| Error::said(&self.path, &error))?;
        }
        Ok(Some(&self.block).filter(|block| block.holds(position)))
    }

    fn go(&mut self, position: i64) -> Result<(), ffmpeg::Error> {
        if position < 0 || position >= self.length {
            return Ok(());
        }
        let ahead = position - self.block.end();
        let reach = if self.lead.is_some() { LEAD } else { i64::MAX };
        let near = !self.block.is_empty() && (0..reach).contains(&ahead);
        if near || (self.block.is_empty() && position < reach && !self.drained) {
            return self.decode_to(position).map(|_| ());
        }
        for lead in self.lead.map_or(vec![], |lead| vec![lead, 4 * LEAD, 32 * LEAD]) {
            if position <= lead {
                break;
            }
            self.decoder.flush();
            (self.drained, self.block) = (false, Block::default());
            let stamp = self.stamp(position - lead);
            if self.input.seek(self.facts.index, stamp).is_err() {
                break;
            }
            if self.decode_to(position)? && self.block.run_up() >= lead / 2 {
                return Ok(());
            }
        }
        self.restart()?;
        self.decode_to(position).map(|_| ())
    }

    /// Decodes on until the block holds or has passed `position`; whether it did not start after.
    fn decode_to(&mut self, position: i64) -> Result<bool, ffmpeg::Error> {
        let mut early = self.block.end() <= position && !self.block.is_empty();
        while let Some(frame) = self.next_frame()? {
            let Some(at) = self.position(&frame) else { continue };
            self.block.replace(at, &frame)?;
            self.block.end_at(self.end);
            early |= at <= position;
            if self.block.end() > position {
                return Ok(early);
            }
        }
        Ok(early)
    }
}
