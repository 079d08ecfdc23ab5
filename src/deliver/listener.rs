//! A programme that is measured while it is played.

use std::sync::{Arc, Mutex, PoisonError};

use super::through::through;
use crate::play::Programme;
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
    let hearing = ear.clone();
    let heard = through(inner, move |inner, out| {
        inner.sound(out)?;
        let mut meter = hearing.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(meter) = meter.as_mut() {
            meter.hear(out);
        }
        Ok(())
    });
    (heard, ear)
}
