//! Where a playing film is heard: one trait, and behind it the system's devices, a paced clock for
//! machines without one, and a capture for tests.
//!
//! A device asks for samples when it likes, as many as it likes, at its own rate. An [`Edge`] gives
//! them from a mix that plays ([`super::live`]): in real time, the same samples as a bounce where the
//! rates agree. An [`Output`] keeps the edge at a device: when that goes away the film goes on, paced by
//! a clock, and comes back to the device when the device comes back. A [`Clock`] says which sample is
//! heard now.

mod bridge;
mod capture;
mod clock;
mod edge;
mod null;
mod output;
mod pace;
mod shared;
mod system;
mod told;

pub use capture::Capture;
pub use clock::Clock;
pub use edge::{Edge, Lent};
pub use null::Null;
pub use output::Output;
pub use shared::Gate;
pub use system::{System, names};
pub use told::Told;

use std::time::Duration;

/// How long a device may usually ask for nothing: even one that a sound server has asleep asks sooner.
const PATIENCE: Duration = Duration::from_secs(1);

/// How a device takes its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Samples a second.
    pub rate: u32,
    /// Channels, one after the other in each frame.
    pub channels: usize,
}

/// What a device has to say while it plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It ran out of samples for a moment.
    Underrun,
    /// It plays on elsewhere: the system moved it.
    Moved(String),
    /// It is gone, or wants to be opened anew.
    Lost(String),
}

/// Why a device could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failed(pub String);

/// Something that plays. Opened, closed and asked from one thread.
pub trait Device: Send {
    /// What it is called.
    fn name(&self) -> String;

    /// Whether it could be opened now.
    fn is_there(&self) -> bool;

    /// How it would take the samples of a film of this form: as they are, if it can.
    ///
    /// # Errors
    /// Where it is not there, or has no form that can be given.
    fn form(&self, film: Form) -> Result<Form, Failed>;

    /// How long it may ask for nothing while it plays, before it counts as gone; `None` for one that is asked
    /// by hand.
    fn patience(&self) -> Option<Duration> {
        Some(PATIENCE)
    }

    /// Plays `edge`, which suits `form`, until the stream is dropped; the edge goes home then. `tell`
    /// hears what happens meanwhile, from any thread.
    ///
    /// # Errors
    /// Where it cannot be opened; the edge is on its way home then too.
    fn start(
        &mut self,
        form: Form,
        edge: Lent,
        tell: Box<dyn Fn(News) + Send + Sync>,
    ) -> Result<Box<dyn Stream>, Failed>;
}

/// A device that plays. Dropped, it stops.
pub trait Stream: Send {}
