//! The sound: its encoder, and a Wave file of it beside numbered pictures.

use crossbeam::channel::Receiver;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::job::{Made, Order};
use super::presets::Container;
use super::{Error, file};
use crate::ffmpeg;
use crate::ffmpeg::{Muxer, SoundEncoder, SoundSettings, Stream};
use crate::play::Programme;
use crate::signal::Samples;
use crate::workers::{self, Stop, Worker};

/// Opens the preset's sound encoder for a film.
pub(super) fn encoder(programme: &dyn Programme, order: &Order<'_>) -> Result<SoundEncoder, Error> {
    let Some(target) = &order.preset.sound else {
        return Err(Error::Coding("the preset has no sound".into()));
    };
    let channels = programme.layout().channels() as u32;
    let apart = !matches!(order.preset.container, Container::Wav | Container::Frames);
    SoundEncoder::open(&SoundSettings {
        encoder: target.codec.encoder(),
        rate: programme.sample_rate(),
        layout: programme.layout(),
        bit_rate: target.bit_rate.map(|stereo| (stereo / 2).saturating_mul(channels)),
        options: BTreeMap::new(),
        global_header: apart,
    })
    .map_err(|error| Error::Coding(error.to_string()))
}

/// A Wave file in the making.
pub(super) struct Wave {
    parts: Option<Parts>,
    worker: Option<Worker<Result<Made, Error>>>,
}

struct Parts {
    path: PathBuf,
    muxer: Muxer,
    encoder: SoundEncoder,
    stream: Stream,
}

impl Wave {
    /// Makes the file and its header.
    pub(super) fn start(
        programme: &dyn Programme,
        order: &Order<'_>,
        path: &Path,
    ) -> Result<Self, Error> {
        let file = File::create_new(path).map_err(|error| Error::writing(path, &error))?;
        let encoder = encoder(programme, order)?;
        let settings = file::settings(programme, order);
        let wrong = |error: ffmpeg::Error| Error::container(path, &error);
        let mut muxer = Muxer::new(Box::new(file), path, &settings).map_err(wrong)?;
        let stream = muxer.add_sound(&encoder).map_err(wrong)?;
        muxer.start().map_err(wrong)?;
        let parts = Parts { path: path.to_owned(), muxer, encoder, stream };
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
            None => Ok(Made { samples: 0, written: 0, clipped: 0 }),
        }
    }
}

impl Parts {
    fn write(mut self, blocks: &Receiver<Samples>) -> Result<Made, Error> {
        let mut packets = Vec::new();
        let mut samples = 0;
        for block in blocks {
            samples += block.length() as i64;
            self.encoder
                .send(&block, &mut packets)
                .map_err(|error| Error::Coding(error.to_string()))?;
            self.put(&mut packets)?;
        }
        self.encoder.finish(&mut packets).map_err(|error| Error::Coding(error.to_string()))?;
        self.put(&mut packets)?;
        self.muxer.finish().map_err(|error| Error::container(&self.path, &error))?;
        let clipped = self.encoder.clipped();
        Ok(Made { samples, written: self.muxer.written(), clipped })
    }

    fn put(&mut self, packets: &mut Vec<ffmpeg::Packet>) -> Result<(), Error> {
        for packet in packets.drain(..) {
            self.muxer
                .write(self.stream, &packet)
                .map_err(|error| Error::container(&self.path, &error))?;
        }
        Ok(())
    }
}
