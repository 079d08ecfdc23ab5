//! A delivery into one file: encoders on threads of their own, the container on the caller's.

use crossbeam::channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::collections::BTreeMap;
use std::time::Duration;
use timeline_format::mix::Layout;

use super::coder::{Coder, Count};
use super::feed::{self, Feed, Pace};
use super::fold::Fold;
use super::job::{Made, Order};
use super::output::Output;
use super::presets::{Container, PictureCodec, PictureTarget};
use super::progress::{Meter, Progress};
use super::{Error, captions, sound, threads};
use crate::ffmpeg;
use crate::ffmpeg::{FileSettings, Muxer, Packet, PictureEncoder, PictureSettings};
use crate::ffmpeg::{SoundEncoder, Stream};
use crate::media::coded::Coding;
use crate::play::Programme;
use crate::signal::Samples;
use crate::workers::{self, Stop, Worker};

/// Packets that may wait for the container.
const WAITING: usize = 64;

type Coded = (Stream, Packet);

/// Codes the film into the target's container.
pub(super) fn deliver(
    programme: Box<dyn Programme>,
    order: &Order<'_>,
    container: ffmpeg::Container,
    meter: &mut Meter,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Made, Error> {
    let (output, sink) = Output::file(&order.target.path, order.target.force)?;
    let settings = settings(&*programme, order, container);
    let muxer =
        Muxer::new(Box::new(sink), output.hidden(), &settings).map_err(|error| coding(&error))?;
    let samples = programme.samples();
    let rate = (programme.rate(), programme.sample_rate());
    let mut job = Job::start(programme, order, (muxer, container))?;
    let written = job.write(order, meter, progress, rate);
    if !matches!(written, Ok(Some(_))) {
        job.abandon.raise();
    }
    let ended = job.join(meter.frames(), matches!(written, Ok(Some(_))));
    let path = &order.target.path;
    let (written, (copied, [clipped, fold_clipped])) = match (written, ended) {
        (Ok(Some(written)), Ok(ended)) => (written, ended),
        (_, Err(error)) => return Err(error),
        (Err(error), _) => {
            let error = Error::container(path, &error);
            return Err(error.with_progress(path, job.coded, meter.frames(), job.muxer.written()));
        }
        (Ok(None), _) => return Err(Error::Stopped { frame: job.coded, frames: meter.frames() }),
    };
    let was_left = output.was_left();
    output.keep()?;
    let samples = if order.preset.sound.is_some() { samples } else { 0 };
    Ok(Made { samples, copied, written, clipped, fold_clipped, was_left, kept: 0 })
}

pub(super) fn coding(error: &ffmpeg::Error) -> Error {
    Error::Coding(error.to_string())
}

/// What the container is told.
fn settings(
    programme: &dyn Programme,
    order: &Order<'_>,
    container: ffmpeg::Container,
) -> FileSettings {
    let mut tags = order.target.tags.clone();
    if container == ffmpeg::Container::Flac {
        let first = programme.rate().sample_of(programme.start().max(0), programme.sample_rate());
        tags.insert("time_reference".into(), first.to_string());
    }
    FileSettings {
        container,
        fast_start: container == ffmpeg::Container::Mp4,
        rate: programme.rate(),
        sample_rate: order.preset.sound.as_ref().map(|_| programme.sample_rate()),
        tags,
    }
}

/// The encoders at work and the container they fill.
struct Job {
    muxer: Muxer,
    picture: Option<(Stream, Worker<Result<Count, Error>>)>,
    sound: Option<Worker<Result<[u64; 2], Error>>>,
    film: Option<Worker<Result<(), Error>>>,
    packets: Option<Receiver<Coded>>,
    coded: i64,
    abandon: Stop,
}

impl Job {
    fn start(
        programme: Box<dyn Programme>,
        order: &Order<'_>,
        (mut muxer, container): (Muxer, ffmpeg::Container),
    ) -> Result<Self, Error> {
        let preset = order.preset;
        let mut pictures = match &preset.picture {
            Some(target) => Some(picture_encoder(&*programme, order, target)?),
            None => None,
        };
        let add = |error: ffmpeg::Error| coding(&error);
        let timecode = order.timecode.as_deref();
        let mut picture_stream = None;
        if let Some(encoder) = &pictures {
            picture_stream = Some(muxer.add_picture(encoder, timecode).map_err(add)?);
        }
        let lanes = lanes(&*programme, order, &mut muxer)?;
        let all = &order.target.captions[..];
        let texts = captions::add(&mut muxer, container, all, programme.rate())?;
        let filled = muxer.start().and_then(|()| {
            captions::fill(&mut muxer, &texts, (container, all, programme.length()))
        });
        filled.map_err(|error| Error::container(&order.target.path, &error))?;
        let abandon = Stop::new();
        let coding = coding_of(&*programme, order, pictures.as_ref());
        let copies = coding.is_some();
        let pace = Pace { coding, ..Pace::default() };
        let Feed { pictures: runs, sound: blocks, worker: film } = feed::start(
            programme,
            preset.picture.as_ref(),
            preset.sound.is_some(),
            pace,
            &abandon,
        )?;
        let (send, packets) = bounded(WAITING);
        let mut job = Self {
            muxer,
            picture: None,
            sound: None,
            film: Some(film),
            packets: Some(packets),
            coded: 0,
            abandon: abandon.clone(),
        };
        if let (Some(stream), Some(encoder), Some(runs)) = (picture_stream, pictures.take(), runs) {
            let coder = Coder::new(encoder, stream, send.clone(), copies);
            let abandon = abandon.clone();
            let work = move |_: &Stop| coder.run(&runs, &abandon);
            let worker =
                workers::start("deliver: picture", work).map_err(|error| no_thread(&error))?;
            job.picture = Some((stream, worker));
        }
        if let Some(blocks) = blocks {
            let work = move |_: &Stop| encode_sound(lanes, &blocks, &send);
            let worker =
                workers::start("deliver: sound", work).map_err(|error| no_thread(&error))?;
            job.sound = Some(worker);
        }
        Ok(job)
    }

    /// Writes packets until the encoders have no more, then completes the file: its bytes, or
    /// `None` where it was stopped.
    fn write(
        &mut self,
        order: &Order<'_>,
        meter: &mut Meter,
        progress: &mut dyn FnMut(&Progress),
        (rate, sample_rate): (timeline_format::Rate, u32),
    ) -> Result<Option<u64>, ffmpeg::Error> {
        let Some(packets) = self.packets.take() else { return Ok(None) };
        loop {
            if order.stop.is_raised() {
                return Ok(None);
            }
            match packets.recv_timeout(Duration::from_millis(100)) {
                Ok((stream, packet)) => {
                    if self.picture.as_ref().is_some_and(|(picture, _)| *picture == stream) {
                        self.coded += 1;
                    } else if self.picture.is_none() {
                        self.coded = rate.frame_of_sample(packet.shown_at(), sample_rate);
                    }
                    self.muxer.write(stream, &packet)?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if meter.is_due() {
                progress(&meter.at(self.coded, self.muxer.written()));
            }
        }
        self.muxer.finish()?;
        Ok(Some(self.muxer.written()))
    }

    /// Waits for the threads; answers how many frames were copied and how many samples were clipped, of the
    /// sound and of its fold.
    /// What went wrong first, in the order of the film's way, is the error.
    fn join(&mut self, frames: i64, is_whole: bool) -> Result<(i64, [u64; 2]), Error> {
        let panicked = |panic: workers::Panicked| Error::Coding(panic.to_string());
        let film = self.film.take().map_or(Ok(()), |worker| worker.join().map_err(panicked)?);
        let picture = self.picture.take().map_or(Ok(Count { frames, copied: 0 }), |(_, worker)| {
            worker.join().map_err(panicked)?
        });
        let sound =
            self.sound.take().map_or(Ok([0; 2]), |worker| worker.join().map_err(panicked)?);
        film?;
        let (sent, clipped) = (picture?, sound?);
        if is_whole && sent.frames != frames {
            return Err(Error::Coding(format!("{} of {frames} frames were coded", sent.frames)));
        }
        Ok((sent.copied, clipped))
    }
}

fn no_thread(error: &std::io::Error) -> Error {
    Error::Coding(format!("start a thread: {error}"))
}

/// What the encoder makes, where pictures that lie so in a file may be copied.
fn coding_of(
    programme: &dyn Programme,
    order: &Order<'_>,
    encoder: Option<&PictureEncoder>,
) -> Option<Coding> {
    let target = order.preset.picture.as_ref().filter(|_| !order.target.recode)?;
    let raster = programme.raster();
    (target.codec == PictureCodec::H264).then_some(Coding {
        codec: "h264",
        headers: encoder?.headers(),
        size: (raster.width, raster.height),
        format: target.format,
        colour: target.colour,
        delay: encoder?.delay(),
    })
}

fn picture_encoder(
    programme: &dyn Programme,
    order: &Order<'_>,
    target: &PictureTarget,
) -> Result<PictureEncoder, Error> {
    let mut options: BTreeMap<String, String> =
        target.options.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    if let Some(seconds) = target.keyframes {
        let frames = programme.rate().nominal().saturating_mul(i64::from(seconds)).max(1);
        options.insert("g".into(), frames.to_string());
    }
    threads::add(target.codec, &mut options);
    let raster = programme.raster();
    PictureEncoder::open(&PictureSettings {
        encoder: target.codec.encoder().unwrap_or_default(),
        width: raster.width,
        height: raster.height,
        rate: programme.rate(),
        format: target.format,
        colour: target.colour,
        options,
        threads: threads::of(target.codec),
        tag: (target.codec == PictureCodec::Hevc && order.preset.container != Container::Mkv)
            .then_some(*b"hvc1"),
    })
    .map_err(|error| coding(&error))
}

/// An encoder of sound at work: of the film's, or of its fold.
struct Lane {
    encoder: SoundEncoder,
    stream: Stream,
    fold: Option<Fold>,
}

/// Opens what encodes the sound, and its fold where the preset has one.
fn lanes(
    programme: &dyn Programme,
    order: &Order<'_>,
    muxer: &mut Muxer,
) -> Result<Vec<Lane>, Error> {
    let sound = order.preset.sound.iter().map(|_| (programme.layout(), None));
    let folding = order.folding.iter().map(|folding| (folding.to, Some(folding.start())));
    let lane = |(layout, fold): (Layout, Option<Fold>)| -> Result<Lane, Error> {
        let encoder = sound::encoder(programme, order, layout)?;
        let stream = muxer.add_sound(&encoder).map_err(|error| coding(&error))?;
        Ok(Lane { encoder, stream, fold })
    };
    sound.chain(folding).map(lane).collect()
}

impl Lane {
    fn send(&mut self, block: &Samples, packets: &mut Vec<Packet>) -> Result<(), ffmpeg::Error> {
        match &mut self.fold {
            Some(fold) => self.encoder.send(fold.make(block), packets),
            None => self.encoder.send(block, packets),
        }
    }
}

/// Encodes what comes; how many samples were clipped, of the sound and of its fold.
fn encode_sound(
    mut lanes: Vec<Lane>,
    blocks: &Receiver<Samples>,
    send: &Sender<Coded>,
) -> Result<[u64; 2], Error> {
    let mut packets = Vec::new();
    for block in blocks {
        for lane in &mut lanes {
            lane.send(&block, &mut packets).map_err(|error| coding(&error))?;
            if !hand_on(&mut packets, lane.stream, send) {
                return Ok([0; 2]);
            }
        }
    }
    for lane in &mut lanes {
        lane.encoder.finish(&mut packets).map_err(|error| coding(&error))?;
        hand_on(&mut packets, lane.stream, send);
    }
    let clipped = |lane: Option<&Lane>| lane.map_or(0, |lane| lane.encoder.clipped());
    Ok([clipped(lanes.first()), clipped(lanes.get(1))])
}

/// Sends packets to the container; false where it takes no more.
fn hand_on(packets: &mut Vec<Packet>, stream: Stream, send: &Sender<Coded>) -> bool {
    packets.drain(..).all(|packet| send.send((stream, packet)).is_ok())
}
