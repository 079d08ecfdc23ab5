//! Plain Wave files, whose samples lie there as they are: straight from the bytes, without a decoder.
//!
//! Many tracks read one file at the same place, one after the other: the bytes that were read last are
//! kept. Files that are coded, cut short or odd in any way are left to who knows more of them.

use crate::ffmpeg::open_plain;
use crate::media::Error;
use crate::signal::Samples;
use crate::signal::wide;
use dasp::sample::{I24, Sample as _};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Bytes that the parts in front of the samples may take.
const HEAD: usize = 1 << 16;
/// Bytes that are read at a time where one goes on reading.
const AHEAD: usize = 1 << 16;
/// The end of the identifiers of plain formats (Microsoft, `WAVEFORMATEXTENSIBLE`).
const SUBFORMAT: [u8; 14] =
    [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

/// What a sample is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Bits16,
    Bits24,
    Bits32,
    Float32,
    Float64,
}

impl Coding {
    const fn bytes(self) -> usize {
        match self {
            Self::Bits16 => 2,
            Self::Bits24 => 3,
            Self::Bits32 | Self::Float32 => 4,
            Self::Float64 => 8,
        }
    }
}

/// What the head of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    coding: Coding,
    rate: u32,
    channels: usize,
    /// Where the samples begin and how many bytes they take.
    data: (u64, u64),
}

/// An open file.
pub(super) struct Wave {
    path: PathBuf,
    file: File,
    head: Head,
    length: i64,
    bytes: Vec<u8>,
    /// The samples whose bytes are kept.
    kept: Range<i64>,
}

impl std::fmt::Debug for Wave {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wave file {}", self.path.display())
    }
}

impl Wave {
    /// Opens the file at `path`; `None` where it is not plain, or not whole.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let mut file = open_plain(path).ok()?;
        let size = file.metadata().ok()?.len();
        let mut start = Vec::new();
        (&mut file).take(HEAD as u64).read_to_end(&mut start).ok()?;
        let head = read_head(&start).filter(|head| head.data.0 + head.data.1 <= size)?;
        let frame = (head.coding.bytes() * head.channels) as u64;
        let length = (head.data.1 / frame) as i64;
        Some(Self { path: path.to_owned(), file, head, length, bytes: Vec::new(), kept: 0..0 })
    }

    pub(super) const fn rate(&self) -> u32 {
        self.head.rate
    }

    pub(super) const fn channels(&self) -> usize {
        self.head.channels
    }

    pub(super) const fn length(&self) -> i64 {
        self.length
    }

    /// Fills `out` with the samples from `at` on, and silence where the file has none; how many it has.
    pub(super) fn read(&mut self, at: i64, out: &mut Samples) -> Result<usize, Error> {
        let end = at.saturating_add(out.length() as i64);
        let there = at.clamp(0, self.length)..end.clamp(0, self.length);
        let (before, count) = ((there.start - at) as usize, (there.end - there.start) as usize);
        let before = before.min(out.length());
        for (index, channel) in out.channels_mut().iter_mut().enumerate() {
            let is_there = index < self.head.channels && count > 0;
            let (start, end) = if is_there { (before, before + count) } else { (0, 0) };
            channel[..start].fill(0.0);
            channel[end..].fill(0.0);
        }
        if count > 0 {
            let bytes = self.keep(there)?;
            convert(self.head, &self.bytes[bytes], out, before..before + count);
        }
        Ok(count)
    }

    /// Has the bytes of some samples kept; where they lie among those that are.
    fn keep(&mut self, wanted: Range<i64>) -> Result<Range<usize>, Error> {
        let frame = self.head.coding.bytes() * self.head.channels;
        if wanted.start < self.kept.start || wanted.end > self.kept.end {
            let goes_on =
                !self.kept.is_empty() && (self.kept.start..=self.kept.end).contains(&wanted.start);
            let ahead = if goes_on { wanted.start + (AHEAD / frame) as i64 } else { 0 };
            let end = wanted.end.max(ahead.min(self.length));
            self.kept = 0..0;
            self.bytes.resize((end - wanted.start) as usize * frame, 0);
            let from = self.head.data.0 + wanted.start as u64 * frame as u64;
            let read = self.file.seek(SeekFrom::Start(from));
            read.and_then(|_| self.file.read_exact(&mut self.bytes))
                .map_err(|error| Error::new(&self.path, error))?;
            self.kept = wanted.start..end;
        }
        let start = (wanted.start - self.kept.start) as usize * frame;
        Ok(start..start + (wanted.end - wanted.start) as usize * frame)
    }
}

/// Reads the parts of a file up to its samples.
fn read_head(start: &[u8]) -> Option<Head> {
    if start.get(..4)? != b"RIFF" || start.get(8..12)? != b"WAVE" {
        return None;
    }
    let (mut at, mut format) = (12, None);
    loop {
        let name = start.get(at..at + 4)?;
        let length = u32::from_le_bytes(start.get(at + 4..at + 8)?.try_into().ok()?);
        let content = at + 8;
        match name {
            b"fmt " => format = read_format(start.get(content..content + length as usize)?),
            b"data" => {
                let (coding, rate, channels) = format?;
                let frame = (coding.bytes() * channels) as u32;
                let is_whole = length > 0 && length != u32::MAX && length % frame == 0;
                let data = (content as u64, u64::from(length));
                return is_whole.then_some(Head { coding, rate, channels, data });
            }
            _ => {}
        }
        at = content.checked_add(length as usize + length as usize % 2)?;
    }
}

/// Coding, samples a second and channels of a `fmt ` chunk.
fn read_format(chunk: &[u8]) -> Option<(Coding, u32, usize)> {
    let short = |at: usize| Some(u16::from_le_bytes(chunk.get(at..at + 2)?.try_into().ok()?));
    let (mut kind, channels, bits) = (short(0)?, usize::from(short(2)?), short(14)?);
    let rate = u32::from_le_bytes(chunk.get(4..8)?.try_into().ok()?);
    if kind == 0xfffe {
        let is_plain = short(18)? == bits && chunk.get(26..40)? == SUBFORMAT;
        kind = short(24).filter(|_| is_plain)?;
    }
    let coding = match (kind, bits) {
        (1, 16) => Coding::Bits16,
        (1, 24) => Coding::Bits24,
        (1, 32) => Coding::Bits32,
        (3, 32) => Coding::Float32,
        (3, 64) => Coding::Float64,
        _ => return None,
    };
    let is_tight = usize::from(short(12)?) == coding.bytes() * channels;
    (is_tight && rate > 0 && (1..=64).contains(&channels)).then_some((coding, rate, channels))
}

/// Spreads samples, channels mixed, over the channels of `out`.
fn convert(head: Head, bytes: &[u8], out: &mut Samples, place: Range<usize>) {
    wide(
        #[inline(always)]
        || match head.coding {
            Coding::Bits16 => spread(head.channels, bytes, out, &place, |bytes| {
                i16::from_le_bytes(bytes).to_sample()
            }),
            Coding::Bits24 => spread(head.channels, bytes, out, &place, |[low, middle, high]| {
                I24::new_unchecked(i32::from_le_bytes([0, low, middle, high]) >> 8).to_sample()
            }),
            Coding::Bits32 => spread(head.channels, bytes, out, &place, |bytes| {
                i32::from_le_bytes(bytes).to_sample()
            }),
            Coding::Float32 => spread(head.channels, bytes, out, &place, f32::from_le_bytes),
            Coding::Float64 => {
                spread(head.channels, bytes, out, &place, |bytes| f64::from_le_bytes(bytes) as f32);
            }
        },
    );
}

#[inline(always)]
fn spread<const B: usize>(
    channels: usize,
    bytes: &[u8],
    out: &mut Samples,
    place: &Range<usize>,
    value: impl Fn([u8; B]) -> f32 + Copy,
) {
    let (words, _) = bytes.as_chunks::<B>();
    match (channels, out.channels_mut()) {
        (1, [only, ..]) => {
            only[place.clone()].iter_mut().zip(words).for_each(|(to, word)| *to = value(*word));
        }
        (2, [left, right, ..]) => {
            let (pairs, _) = words.as_chunks::<2>();
            let left = left[place.clone()].iter_mut();
            for ((left, right), [one, two]) in left.zip(&mut right[place.clone()]).zip(pairs) {
                (*left, *right) = (value(*one), value(*two));
            }
        }
        (_, out) => {
            for (index, channel) in out.iter_mut().enumerate().take(channels) {
                let words = words[index..].iter().step_by(channels);
                let channel = channel[place.clone()].iter_mut();
                channel.zip(words).for_each(|(to, word)| *to = value(*word));
            }
        }
    }
}
