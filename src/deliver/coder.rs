//! The picture's way into the container: frames through the encoder and copied pictures past it,
//! in one order.

use crossbeam::channel::{Receiver, Sender};
use std::collections::VecDeque;

use super::Error;
use super::feed::{Next, Run};
use super::file::coding;
use crate::ffmpeg::{self, Coded, Packet, PictureEncoder, Stream};
use crate::play::Copied;
use crate::workers::Stop;

/// How many frames were coded, and how many of them were copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// All of them.
    pub(super) frames: i64,
    /// Those that were copied.
    pub(super) copied: i64,
}

/// The encoder and what waits for it.
pub(super) struct Coder {
    encoder: PictureEncoder,
    stream: Stream,
    send: Sender<(Stream, Packet)>,
    /// The last picture: how it is coded hangs on what follows it.
    held: Option<Run>,
    starts_afresh: bool,
    sent: i64,
    came: i64,
    /// Copied pictures, each with its first frame and the frames that the encoder has before it.
    waiting: VecDeque<(i64, i64, Copied)>,
    count: Count,
    /// Whether packets are stamped here: the encoder does not know of what is copied.
    stamps: bool,
}

/// Why coding ends before the film does.
enum End {
    /// Nobody takes packets any more: the container says why.
    Unwanted,
    /// The encoder failed.
    Failed(Error),
}

impl From<ffmpeg::Error> for End {
    fn from(error: ffmpeg::Error) -> Self {
        Self::Failed(coding(&error))
    }
}

impl Coder {
    /// A way through `encoder` to `send`; pictures are copied past it only where it `copies`.
    pub(super) const fn new(
        encoder: PictureEncoder,
        stream: Stream,
        send: Sender<(Stream, Packet)>,
        copies: bool,
    ) -> Self {
        Self {
            encoder,
            stream,
            send,
            held: None,
            starts_afresh: false,
            sent: 0,
            came: 0,
            waiting: VecDeque::new(),
            count: Count { frames: 0, copied: 0 },
            stamps: copies,
        }
    }

    /// Codes the film until it ends or `abandon` is raised.
    pub(super) fn run(mut self, film: &Receiver<Next>, abandon: &Stop) -> Result<Count, Error> {
        match self.code_all(film, abandon) {
            Ok(()) | Err(End::Unwanted) => Ok(self.count),
            Err(End::Failed(error)) => Err(error),
        }
    }

    fn code_all(&mut self, film: &Receiver<Next>, abandon: &Stop) -> Result<(), End> {
        for next in film {
            if abandon.is_raised() {
                return Ok(());
            }
            match next {
                Next::Picture(run) => self.picture(run)?,
                Next::Copied { first, copied } => self.copy(first, copied)?,
            }
        }
        if abandon.is_raised() {
            return Ok(());
        }
        self.code_held(Coded::Freely)?;
        let mut packets = Vec::new();
        self.encoder.finish(&mut packets)?;
        self.hand_on(packets)
    }

    fn picture(&mut self, run: Run) -> Result<(), End> {
        self.code_held(Coded::Freely)?;
        self.held = Some(run);
        Ok(())
    }

    fn copy(&mut self, first: i64, copied: Copied) -> Result<(), End> {
        self.code_held(Coded::Last)?;
        self.encoder.leave_out(copied.pictures.len() as i64);
        self.starts_afresh = true;
        self.waiting.push_back((self.sent, first, copied));
        self.hand_on(Vec::new())
    }

    /// Codes the picture that is held: a fresh start goes before how it should be coded else.
    fn code_held(&mut self, coded: Coded) -> Result<(), End> {
        let Some(run) = self.held.take() else { return Ok(()) };
        let mut coded = if std::mem::take(&mut self.starts_afresh) { Coded::Afresh } else { coded };
        for _ in 0..run.count {
            let mut packets = Vec::new();
            self.encoder.send(&run.image, coded, &mut packets)?;
            self.sent += 1;
            coded = Coded::Freely;
            self.hand_on(packets)?;
        }
        Ok(())
    }

    /// Hands on the encoder's packets, and the copied pictures whose turn it is.
    fn hand_on(&mut self, packets: Vec<Packet>) -> Result<(), End> {
        self.hand_on_copies()?;
        for packet in packets {
            self.give(packet)?;
            self.came += 1;
            self.hand_on_copies()?;
        }
        Ok(())
    }

    fn hand_on_copies(&mut self) -> Result<(), End> {
        while self.waiting.front().is_some_and(|(before, ..)| *before == self.came) {
            let Some((_, first, copied)) = self.waiting.pop_front() else { break };
            for picture in copied.pictures {
                let shown = first + picture.shown;
                self.give(Packet::of(&picture.bytes, shown, shown, picture.shown == 0)?)?;
                self.count.copied += 1;
            }
        }
        Ok(())
    }

    /// A packet to the container. The nth is decoded at frame n less the encoder's delay.
    fn give(&mut self, mut packet: Packet) -> Result<(), End> {
        if self.stamps {
            packet.decode_at(self.count.frames - self.encoder.delay());
        }
        self.count.frames += 1;
        self.send.send((self.stream, packet)).or(Err(End::Unwanted))
    }
}
