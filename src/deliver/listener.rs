//! A programme that is measured while it is played.

use std::sync::{Arc, Mutex, PoisonError};
use timeline_format::mix::Layout;

use super::digest::Digest;
use super::through::through;
use crate::play::Programme;
use crate::signal::Samples;
use crate::sound::loudness::{Loudness, Measured};

/// What was heard so far; shared by who hears and who asks.
#[derive(Debug, Clone)]
pub(super) struct Ear(Arc<Mutex<Heard>>);

/// Absent where the sample rate cannot be measured, and where no digest is asked for.
#[derive(Debug)]
struct Heard {
    meter: Option<Loudness>,
    digest: Option<Digest>,
}

impl Ear {
    pub(super) fn new(layout: Layout, sample_rate: u32, digest: Option<Digest>) -> Self {
        let meter = Loudness::new(layout, sample_rate);
        Self(Arc::new(Mutex::new(Heard { meter, digest })))
    }

    pub(super) fn hear(&self, samples: &Samples) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(meter) = &mut heard.meter {
            meter.hear(samples);
        }
        if let Some(digest) = &mut heard.digest {
            digest.hear(samples);
        }
    }

    /// What the sound measures so far; nothing where its sample rate cannot be measured.
    pub(super) fn measured(&self) -> Measured {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.meter.as_ref().map(Loudness::measured).unwrap_or_default()
    }

    /// The SHA-256 of the samples so far, where it is asked for.
    pub(super) fn digest(&self) -> Option<String> {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.digest.as_ref().map(Digest::said)
    }
}

/// The same programme, with `ear` at its sound.
pub(super) fn listen(inner: Box<dyn Programme>, ear: &Ear) -> Box<dyn Programme> {
    let ear = ear.clone();
    through(inner, move |inner, out| {
        inner.sound(out)?;
        ear.hear(out);
        Ok(())
    })
}
