//! A device that is asked by hand: what it is given is looked at instead of heard.

use super::{Device, Failed, Form, Lent, News, Stream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A device for tests and measurements. Clones are the same device.
#[derive(Clone)]
pub struct Capture {
    slot: Arc<Mutex<Slot>>,
    patience: Option<Duration>,
}

struct Slot {
    form: Option<Form>,
    edge: Option<Lent>,
    tell: Option<Box<dyn Fn(News) + Send + Sync>>,
    channels: usize,
    is_there: bool,
}

impl Capture {
    /// A device that takes samples so; as the film has them where that is `None`.
    pub fn new(form: Option<Form>) -> Self {
        let slot = Slot { form, edge: None, tell: None, channels: 0, is_there: true };
        Self { slot: Arc::new(Mutex::new(slot)), patience: None }
    }

    /// The same, which counts as gone where nothing is taken for so long.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience: Some(patience), ..self }
    }

    /// Takes samples so from the next time on that it is opened.
    pub fn become_another(&self, form: Form) {
        self.slot().form = Some(form);
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next `frames` frames, or nothing where no film plays to it now.
    pub fn take(&self, frames: usize) -> Option<Vec<f32>> {
        self.take_at(frames, Instant::now())
    }

    /// Takes the next `frames` frames, the first of which is heard at `when`: a clock that goes as fast as
    /// they are taken.
    pub fn take_at(&self, frames: usize, when: Instant) -> Option<Vec<f32>> {
        let mut slot = self.slot();
        let mut out = vec![0.0; frames * slot.channels];
        slot.edge.as_mut()?.fill_at(&mut out, when);
        Some(out)
    }

    /// Is late: says that it was not given its samples in time.
    pub fn run_dry(&self) {
        if let Some(tell) = &self.slot().tell {
            tell(News::Underrun);
        }
    }

    /// Pulls the plug, or puts it back.
    pub fn plug(&self, is_there: bool) {
        let mut slot = self.slot();
        slot.is_there = is_there;
        if let (false, Some(tell)) = (is_there, &slot.tell) {
            tell(News::Lost("it was unplugged".into()));
        }
    }
}

impl std::fmt::Debug for Capture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "capture, {}", if self.slot().is_there { "there" } else { "unplugged" })
    }
}

impl Device for Capture {
    fn name(&self) -> String {
        "capture".into()
    }

    fn is_there(&self) -> bool {
        self.slot().is_there
    }

    fn form(&self, film: Form) -> Result<Form, Failed> {
        let slot = self.slot();
        if slot.is_there { Ok(slot.form.unwrap_or(film)) } else { Err(unplugged()) }
    }

    fn patience(&self) -> Option<Duration> {
        self.patience
    }

    fn start(
        &mut self,
        form: Form,
        edge: Lent,
        tell: Box<dyn Fn(News) + Send + Sync>,
    ) -> Result<Box<dyn Stream>, Failed> {
        let mut slot = self.slot();
        if !slot.is_there {
            return Err(unplugged());
        }
        (slot.edge, slot.tell, slot.channels) = (Some(edge), Some(tell), form.channels);
        Ok(Box::new(Plug(Arc::clone(&self.slot))))
    }
}

fn unplugged() -> Failed {
    Failed("it is unplugged".into())
}

struct Plug(Arc<Mutex<Slot>>);

impl Stream for Plug {}

impl Drop for Plug {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).edge = None;
    }
}
