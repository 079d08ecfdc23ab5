//! The sound: its encoder, a Wave file of it alone, and one beside numbered pictures.

use crossbeam::channel::{Receiver, RecvTimeoutError};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::Duration;
use timeline_format::Rate;
use timeline_format::mix::Layout;

use super::fold::{Fold, Folding, beside};
use super::job::{Made, Order};
use super::listener::Ear;
use super::output::Output;
use super::presets::SoundCodec;
use super::progress::{Meter, Progress};
use super::wave::{Coding, Form, Labels, Writer, Written};
use super::{Error, feed};
use crate::ffmpeg::{SoundEncoder, SoundSettings};
use crate::play::Programme;
use crate::signal::Samples;
use crate::workers::{self, Stop, Worker};

/// Opens the preset's sound encoder for a film, or for its fold.
pub(super) fn encoder(
    programme: &dyn Programme,
    order: &Order<'_>,
    layout: Layout,
) -> Result<SoundEncoder, Error> {
    let Some(target) = &order.preset.sound else {
        return Err(Error::Coding("the preset has no sound".into()));
    };
    let channels = layout.channels() as u32;
    SoundEncoder::open(&SoundSettings {
        encoder: target.codec.encoder(),
        rate: programme.sample_rate(),
        layout,
        bit_rate: target.bit_rate.map(|stereo| (stereo / 2).saturating_mul(channels)),
        options: BTreeMap::new(),
    })
    .map_err(|error| Error::Coding(error.to_string()))
}

/// Writes the film's sound into the target's Wave file.
pub(super) fn deliver(
    programme: Box<dyn Programme>,
    order: &Order<'_>,
    meter: &mut Meter,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Made, Error> {
    let path = &order.target.path;
    let (output, sink) = Output::file(path, order.target.force)?;
    let rates = (programme.rate(), programme.sample_rate());
    let mut writer = writer(&*programme, order, (path, sink), programme.layout())?;
    let mut beside = match &order.folding {
        Some(folding) => Some(Beside::start(&*programme, order, folding)?),
        None => None,
    };
    let abandon = Stop::new();
    let feed = feed::start(programme, None, true, feed::Pace::default(), &abandon)?;
    let written = match feed.sound {
        Some(blocks) => {
            let files = (&mut writer, beside.as_mut());
            write(&blocks, files, order, (meter, rates), progress)
        }
        None => Ok(None),
    };
    if !matches!(written, Ok(Some(()))) {
        abandon.raise();
    }
    feed.worker.join().map_err(|panic| Error::Coding(panic.to_string())).flatten()?;
    let rate = rates.0;
    let frame = |writer: &Writer<_>| rate.frame_of_sample(writer.samples() as i64, rates.1);
    let (frames, bytes) = (meter.frames(), writer.written());
    let failed = |error: std::io::Error, frame| {
        Error::writing(path, &error).with_progress(path, frame, frames, bytes)
    };
    let at = frame(&writer);
    match written {
        Ok(Some(())) => {}
        Ok(None) => return Err(Error::Stopped { frame: at, frames }),
        Err(error) => return Err(failed(error, at)),
    }
    let made = writer.finish(&order.ear.measured()).map_err(|error| failed(error, at))?;
    let folded = beside.map(|beside| beside.finish(order)).transpose()?;
    let was_left = output.was_left();
    output.keep()?;
    let fold_clipped =
        folded.map_or(Ok(0), |(output, made)| output.keep().map(|()| made.clipped))?;
    Ok(Made { fold_clipped, was_left, ..made.into() })
}

/// The file of the fold, in the making.
struct Beside {
    path: PathBuf,
    output: Output,
    fold: Fold,
    writer: Writer<BufWriter<File>>,
}

impl Beside {
    fn start(
        programme: &dyn Programme,
        order: &Order<'_>,
        folding: &Folding,
    ) -> Result<Self, Error> {
        let path = beside(&order.target.path, folding.to);
        let (output, sink) = Output::file(&path, order.target.force)?;
        let writer = writer(programme, order, (&path, sink), folding.to)?;
        Ok(Self { path, output, fold: folding.start(), writer })
    }

    fn write(&mut self, block: &Samples) -> std::io::Result<()> {
        self.writer.write(self.fold.make(block))
    }

    fn finish(self, order: &Order<'_>) -> Result<(Output, Written), Error> {
        let measured = order.folding.as_ref().map(|folding| folding.ear.measured());
        let written = self.writer.finish(&measured.unwrap_or_default());
        let written = written.map_err(|error| Error::writing(&self.path, &error))?;
        Ok((self.output, written))
    }
}

/// Writes block by block until there are no more; `None` where it was stopped.
fn write(
    blocks: &Receiver<Samples>,
    (writer, mut beside): (&mut Writer<BufWriter<File>>, Option<&mut Beside>),
    order: &Order<'_>,
    (meter, (rate, sample_rate)): (&mut Meter, (Rate, u32)),
    progress: &mut dyn FnMut(&Progress),
) -> std::io::Result<Option<()>> {
    loop {
        if order.stop.is_raised() {
            return Ok(None);
        }
        match blocks.recv_timeout(Duration::from_millis(100)) {
            Ok(block) => {
                writer.write(&block)?;
                beside.as_mut().map_or(Ok(()), |beside| beside.write(&block))?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(Some(())),
        }
        if meter.is_due() {
            let frame = rate.frame_of_sample(writer.samples() as i64, sample_rate);
            progress(&meter.at(frame, writer.written()));
        }
    }
}

fn writer(
    programme: &dyn Programme,
    order: &Order<'_>,
    (path, sink): (&Path, File),
    layout: Layout,
) -> Result<Writer<BufWriter<File>>, Error> {
    let coding = match order.preset.sound.as_ref().map(|sound| sound.codec) {
        Some(SoundCodec::Pcm16) => Coding::Bits16,
        Some(SoundCodec::Float32) => Coding::Float32,
        _ => Coding::Bits24,
    };
    let form = Form { coding, sample_rate: programme.sample_rate(), layout };
    let sink = BufWriter::with_capacity(1 << 18, sink);
    Writer::new(sink, form, labels(programme, order)).map_err(|error| Error::writing(path, &error))
}

/// What the file says of itself: from the container's tags, as far as they are known.
fn labels(programme: &dyn Programme, order: &Order<'_>) -> Labels {
    let tag = |name: &str| order.target.tags.get(name).cloned().unwrap_or_default();
    let rate = programme.rate();
    let (date, time) = order.target.made.clone().unwrap_or_default();
    Labels {
        description: tag("title"),
        originator: concat!("roomtone ", env!("CARGO_PKG_VERSION")).into(),
        reference: tag("reference"),
        date,
        time,
        time_reference: rate.sample_of(programme.start().max(0), programme.sample_rate()) as u64,
        rate,
        counting: order.target.counting,
    }
}

impl From<Written> for Made {
    fn from(written: Written) -> Self {
        let Written { samples, bytes, clipped } = written;
        Self { samples: samples as i64, written: bytes, clipped, ..Self::default() }
    }
}

/// A Wave file in the making.
pub(super) struct Wave {
    parts: Option<Parts>,
    worker: Option<Worker<Result<Made, Error>>>,
}

struct Parts {
    path: PathBuf,
    writer: Writer<BufWriter<File>>,
    ear: Ear,
}

impl Wave {
    /// Makes the file and its header.
    pub(super) fn start(
        programme: &dyn Programme,
        order: &Order<'_>,
        path: &Path,
    ) -> Result<Self, Error> {
        let file = File::create_new(path).map_err(|error| Error::writing(path, &error))?;
        let writer = writer(programme, order, (path, file), programme.layout())?;
        let parts = Parts { path: path.to_owned(), writer, ear: order.ear.clone() };
        Ok(Self { parts: Some(parts), worker: None })
    }

    /// Writes on a thread of its own whatever comes.
    pub(super) fn run(&mut self, blocks: Receiver<Samples>, abandon: Stop) -> std::io::Result<()> {
        if let Some(parts) = self.parts.take() {
            let work = move |_: &Stop| {
                let made = parts.write(&blocks);
                made.inspect_err(|_| abandon.raise())
            };
            self.worker = Some(workers::start("deliver: sound", work)?);
        }
        Ok(())
    }

    /// Waits until it is whole.
    pub(super) fn join(self) -> Result<Made, Error> {
        match self.worker {
            Some(worker) => worker.join().map_err(|panic| Error::Coding(panic.to_string()))?,
            None => Ok(Made::default()),
        }
    }
}

impl Parts {
    fn write(self, blocks: &Receiver<Samples>) -> Result<Made, Error> {
        let Self { path, mut writer, ear } = self;
        let wrong = |error: std::io::Error| Error::writing(&path, &error);
        for block in blocks {
            writer.write(&block).map_err(wrong)?;
        }
        Ok(writer.finish(&ear.measured()).map_err(wrong)?.into())
    }
}
