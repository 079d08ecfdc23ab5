//! A programme whose sound goes through something on its way.

use std::sync::Arc;
use timeline_format::Rate;
use timeline_format::mix::Layout;
use timeline_format::sequence::Raster;

use crate::media::coded::Coding;
use crate::play::{Copied, Failed, Programme};
use crate::signal::{Colour, Image, PixelFormat, Samples};

/// Fills the next samples from the programme behind it.
type Sound = dyn FnMut(&mut dyn Programme, &mut Samples) -> Result<(), Failed> + Send;

/// The same programme, but that `sound` gives its sound.
pub(super) fn through(
    inner: Box<dyn Programme>,
    sound: impl FnMut(&mut dyn Programme, &mut Samples) -> Result<(), Failed> + Send + 'static,
) -> Box<dyn Programme> {
    let layout = inner.layout();
    through_as(inner, layout, sound)
}

/// The same, whose sound then has another layout.
pub(super) fn through_as(
    inner: Box<dyn Programme>,
    layout: Layout,
    sound: impl FnMut(&mut dyn Programme, &mut Samples) -> Result<(), Failed> + Send + 'static,
) -> Box<dyn Programme> {
    Box::new(Through { inner, layout, sound: Box::new(sound) })
}

struct Through {
    inner: Box<dyn Programme>,
    layout: Layout,
    sound: Box<Sound>,
}

impl Programme for Through {
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
        self.layout
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
        (self.sound)(&mut *self.inner, out)
    }
}
