//! The only place where a thread starts: it has a name, a job, an owner and a way to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cores that this program may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A flag that asks work to end soon: shared, raised once, looked at between pieces of work.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// A flag that is not raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks every holder to stop.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether somebody asked to stop.
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A running thread. Dropping it raises its stop flag and waits for it to end.
#[derive(Debug)]
pub struct Worker<T> {
    stop: Stop,
    handle: Option<std::thread::JoinHandle<T>>,
}

/// What a thread was doing when it panicked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the thread {name} failed: {message}")]
pub struct Panicked {
    /// The thread's name.
    pub name: String,
    /// What it said.
    pub message: String,
}

impl<T> Worker<T> {
    /// The flag that stops it.
    pub const fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Whether it has ended by itself.
    pub fn is_finished(&self) -> bool {
        self.handle.as_ref().is_none_or(std::thread::JoinHandle::is_finished)
    }

    /// Lets it go on alone: for work that may wait for ever on what is not ours to end.
    pub fn leave(mut self) {
        self.handle = None;
    }

    /// Waits for its result.
    pub fn join(mut self) -> Result<T, Panicked> {
        let Some(handle) = self.handle.take() else {
            return Err(Panicked { name: String::new(), message: "it was joined before".into() });
        };
        let name = handle.thread().name().unwrap_or_default().to_owned();
        handle.join().map_err(|panic| Panicked { name, message: message_of(&*panic) })
    }
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".into())
}

impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.stop.raise();
        if let Some(handle) = self.handle.take() {
            drop(handle.join());
        }
    }
}

/// Starts a thread called `name` that does `work` until it is done or its flag is raised.
///
/// Work that waits must wait on something that ends when its owner goes (a closed channel) or look
/// at the flag in between.
#[expect(clippy::disallowed_methods, reason = "this is the one place where a thread starts")]
pub fn start<T: Send + 'static>(
    name: &str,
    work: impl FnOnce(&Stop) -> T + Send + 'static,
) -> std::io::Result<Worker<T>> {
    let stop = Stop::new();
    let seen = stop.clone();
    let handle = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&seen))?;
    Ok(Worker { stop, handle: Some(handle) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropping_a_worker_stops_it() {
        let (send, receive) = crossbeam::channel::bounded(1);
        let worker = start("test", move |stop| {
            while !stop.is_raised() {
                std::thread::yield_now();
            }
            send.send(()).unwrap();
        });
        drop(worker.unwrap());
        assert_eq!(receive.try_recv(), Ok(()));
    }

    #[test]
    fn a_panic_is_a_report() {
        let worker = start("unlucky", |_| panic!("no luck")).unwrap();
        let report: Result<(), _> = worker.join();
        assert_eq!(report.unwrap_err().to_string(), "the thread unlucky failed: no luck");
    }
}
