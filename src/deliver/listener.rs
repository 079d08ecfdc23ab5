//! A programme that is measured while it is played.

use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::Rate;
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;

use crate::media::coded::Coding;
use crate::play::{Copied, Failed, Programme};
use crate::signal::{Colour, Image, PixelFormat, Samples};
use crate::sound::loudness::{Loudness, Measured};

/// What was heard so far; shared with the programme that is played.
#[derive(Debug, Clone)]
pub(super) struct Ear(Arc<Mutex<Option<Loudness>>>);

impl Ear {
    /// What the sound measures so far; nothing where its sample rate cannot be measured.
    pub(super) fn measured(&self) -> Measured {
        let meter = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        meter.as_ref().map(Loudness::measured).unwrap_or_default()
    }
}

/// The same programme, and an ear at its sound.
pub(super) fn listen(inner: Box<dyn Programme>) -> (Box<dyn Programme>, Ear) {
    let meter = Loudness::new(inner.layout(), inner.sample_rate());
    let ear = Ear(Arc::new(Mutex::new(meter)));
    (Box::new(Heard { inner, ear: ear.clone() }), ear)
}

struct Heard {
    inner: Box<dyn Programme>,
    ear: Ear,
}

impl Programme for Heard {
    fn length(&self) -> i64 {
        self.inner.length()
    }

    fn rate(&self) -> Rate {
        self.inner.rate()
    }

    fn start(&self) -> i64 {
        self.inner.start()
    }

    fn raster(&self) -> Raster {
        self.inner.raster()
    }

    fn sample_rate(&self) -> u32 {
        self.inner.sample_rate()
    }

    fn layout(&self) -> Layout {
        self.inner.layout()
    }

    fn samples(&self) -> i64 {
        self.inner.samples()
    }

    fn key(&mut self, frame: i64) -> u128 {
        self.inner.key(frame)
    }

    fn lasting(&mut self, frame: i64) -> Option<u128> {
        self.inner.lasting(frame)
    }

    fn prefer(&mut self, format: PixelFormat, colour: Colour) {
        self.inner.prefer(format, colour);
    }

    fn offer(&mut self, coding: Coding) {
        self.inner.offer(coding);
    }

    fn copied(&mut self, frame: i64) -> Option<Copied> {
        self.inner.copied(frame)
    }

    fn picture(&mut self, frame: i64) -> Result<Arc<Image>, Failed> {
        self.inner.picture(frame)
    }

    fn sound(&mut self, out: &mut Samples) -> Result<(), Failed> {
        self.inner.sound(out)?;
        let mut meter = self.ear.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(meter) = meter.as_mut() {
            meter.hear(out);
        }
        Ok(())
    }
}
