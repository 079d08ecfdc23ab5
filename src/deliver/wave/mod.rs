//! Wave files: broadcast extension and iXML, RF64 where they grow beyond 4 GB (EBU Tech 3306).
//!
//! The place for 64-bit lengths is kept in front from the start; whether it is needed is known, and
//! written, at the end.

mod bext;
mod coding;
mod ixml;

use crate::signal::Samples;
use crate::sound::loudness::Measured;
use std::io::{Seek, SeekFrom, Write};
use timeline_format::Rate;
use timeline_format::mix::Layout;
use timeline_format::timecode::Counting;

pub use coding::Coding;

/// What is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// What a sample is.
    pub coding: Coding,
    /// Samples a second.
    pub sample_rate: u32,
    /// The channels, in the layout's order.
    pub layout: Layout,
}

/// What the file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// What it is: 256 letters of ASCII at most.
    pub description: String,
    /// Who made it.
    pub originator: String,
    /// The originator's own name of it.
    pub reference: String,
    /// `yyyy-mm-dd`, or empty.
    pub date: String,
    /// `hh:mm:ss`, or empty.
    pub time: String,
    /// The first sample's number since midnight.
    pub time_reference: u64,
    /// Frames a second.
    pub rate: Rate,
    /// How timecode is counted.
    pub counting: Counting,
}

/// A Wave file in the making.
#[derive(Debug)]
pub struct Writer<W> {
    sink: W,
    form: Form,
    labels: Labels,
    /// Bytes up to the first sample.
    head: u64,
    /// Samples of each channel.
    samples: u64,
    clipped: u64,
    limit: u64,
    block: Vec<u8>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Samples of each channel.
    pub samples: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Samples outside full scale, which were clipped.
    pub clipped: u64,
}

impl<W: Write + Seek> Writer<W> {
    /// Writes the header, for a file of no samples.
    pub fn new(sink: W, form: Form, labels: Labels) -> std::io::Result<Self> {
        let limit = u64::from(u32::MAX);
        let (head, samples, clipped) = (0, 0, 0);
        let block = Vec::new();
        let mut writer = Self { sink, form, labels, head, samples, clipped, limit, block };
        let header = writer.header(&Measured::default());
        writer.head = header.len() as u64;
        writer.sink.write_all(&header)?;
        Ok(writer)
    }

    /// Has the file become an RF64 where it is longer than `bytes`, instead of 4 GB.
    pub fn rf64_above(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// Samples of each channel written so far.
    pub const fn samples(&self) -> u64 {
        self.samples
    }

    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.head + self.data()
    }

    /// Writes the next samples: as many channels as the layout has.
    pub fn write(&mut self, samples: &Samples) -> std::io::Result<()> {
        self.block.clear();
        self.clipped += self.form.coding.write(samples, self.samples, &mut self.block);
        self.sink.write_all(&self.block)?;
        self.samples += samples.length() as u64;
        Ok(())
    }

    /// Completes the file: its lengths, and what its sound measures.
    pub fn finish(mut self, measured: &Measured) -> std::io::Result<Written> {
        if self.data() % 2 == 1 {
            self.sink.write_all(&[0])?;
        }
        let header = self.header(measured);
        self.sink.seek(SeekFrom::Start(0))?;
        self.sink.write_all(&header)?;
        self.sink.flush()?;
        let bytes = self.written() + self.data() % 2;
        Ok(Written { samples: self.samples, bytes, clipped: self.clipped })
    }

    /// Bytes of samples.
    fn data(&self) -> u64 {
        self.samples * self.frame()
    }

    /// Bytes of one sample of every channel.
    fn frame(&self) -> u64 {
        (self.form.coding.bytes() * self.form.layout.channels()) as u64
    }

    /// Everything up to the first sample, always as long.
    fn header(&self, measured: &Measured) -> Vec<u8> {
        let mut chunks = Vec::new();
        let history = ixml::history(&self.form);
        chunk(&mut chunks, *b"bext", &bext::chunk(&self.labels, measured, &history));
        chunk(&mut chunks, *b"fmt ", &self.format());
        if self.form.coding == Coding::Float32 {
            chunk(&mut chunks, *b"fact", &short(self.samples).to_le_bytes());
        }
        chunk(&mut chunks, *b"iXML", ixml::chunk(&self.form, &self.labels).as_bytes());
        let head = 12 + 36 + chunks.len() as u64 + 8;
        let whole = head + self.data() + self.data() % 2 - 8;
        let is_long = whole > self.limit;
        let mut out = Vec::with_capacity(head as usize);
        out.extend_from_slice(if is_long { b"RF64" } else { b"RIFF" });
        out.extend_from_slice(&(if is_long { u32::MAX } else { short(whole) }).to_le_bytes());
        out.extend_from_slice(b"WAVE");
        let mut lengths = [0; 28];
        if is_long {
            for (place, length) in [whole, self.data(), self.samples].into_iter().enumerate() {
                lengths[8 * place..8 * place + 8].copy_from_slice(&length.to_le_bytes());
            }
        }
        chunk(&mut out, if is_long { *b"ds64" } else { *b"JUNK" }, &lengths);
        out.extend_from_slice(&chunks);
        out.extend_from_slice(b"data");
        let data = if is_long { u32::MAX } else { short(self.data()) };
        out.extend_from_slice(&data.to_le_bytes());
        out
    }

    /// The `fmt ` chunk: plain for one and two channels, extensible for more.
    fn format(&self) -> Vec<u8> {
        let Form { coding, sample_rate, layout } = self.form;
        let is_float = coding == Coding::Float32;
        let kind: u16 = if is_float { 3 } else { 1 };
        let is_wide = layout.channels() > 2;
        let bits = 8 * coding.bytes() as u16;
        let frame = self.frame() as u16;
        let mut out = Vec::with_capacity(40);
        out.extend_from_slice(&(if is_wide { 0xfffe } else { kind }).to_le_bytes());
        out.extend_from_slice(&(layout.channels() as u16).to_le_bytes());
        out.extend_from_slice(&sample_rate.to_le_bytes());
        out.extend_from_slice(&(sample_rate * u32::from(frame)).to_le_bytes());
        out.extend_from_slice(&frame.to_le_bytes());
        out.extend_from_slice(&bits.to_le_bytes());
        if is_wide {
            out.extend_from_slice(&22_u16.to_le_bytes());
            out.extend_from_slice(&bits.to_le_bytes());
            out.extend_from_slice(&mask(layout).to_le_bytes());
            out.extend_from_slice(&kind.to_le_bytes());
            out.extend_from_slice(&SUBFORMAT);
        } else if is_float {
            out.extend_from_slice(&0_u16.to_le_bytes());
        }
        out
    }
}

/// The end of the identifiers of plain formats (Microsoft, `WAVEFORMATEXTENSIBLE`).
const SUBFORMAT: [u8; 14] =
    [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

/// Which loudspeakers there are (Microsoft, `dwChannelMask`): the surrounds of 5.1 and 7.1 stand at the
/// side.
const fn mask(layout: Layout) -> u32 {
    match layout {
        Layout::Mono => 0x4,
        Layout::Stereo => 0x3,
        Layout::FiveOne => 0x60f,
        Layout::SevenOne => 0x63f,
    }
}

fn short(length: u64) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    out.extend_from_slice(&name);
    out.extend_from_slice(&(content.len() as u32).to_le_bytes());
    out.extend_from_slice(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}
