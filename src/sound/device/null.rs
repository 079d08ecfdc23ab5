//! A device that nobody hears: it asks for samples at the pace of a clock.

use super::{Device, Failed, Form, Lent, News, Stream};
use std::time::{Duration, Instant};
use workers::{self, Stop, Worker};

/// Frames that it asks for at a time.
const PERIOD: u64 = 512;

/// The paced clock: for machines without a device, and while a device is away.
#[derive(Debug, Clone, Copy)]
pub struct Null {
    period: u64,
}

impl Default for Null {
    fn default() -> Self {
        Self { period: PERIOD }
    }
}

impl Null {
    /// One that asks for `period` frames at a time.
    pub fn of_period(period: u32) -> Self {
        Self { period: u64::from(period.max(1)) }
    }
}

impl Device for Null {
    fn name(&self) -> String {
        "null".into()
    }

    fn is_there(&self) -> bool {
        true
    }

    fn form(&self, film: Form) -> Result<Form, Failed> {
        Ok(film)
    }

    fn start(
        &mut self,
        form: Form,
        mut edge: Lent,
        tell: Box<dyn Fn(News) + Send + Sync>,
    ) -> Result<Box<dyn Stream>, Failed> {
        let period = self.period;
        let worker = workers::start("null device", move |stop| {
            pace(form, period, &mut edge, &*tell, stop);
        });
        let worker = worker.map_err(|error| Failed(format!("start the null device: {error}")))?;
        Ok(Box::new(Paced { _worker: worker }))
    }
}

struct Paced {
    _worker: Worker<()>,
}

impl Stream for Paced {}

/// Asks for each period when the one before it has been played. A period that comes so late that the
/// next is due is an underrun, and the clock starts anew there.
fn pace(form: Form, period: u64, edge: &mut Lent, tell: &dyn Fn(News), stop: &Stop) {
    let mut buffer = vec![0.0; period as usize * form.channels];
    let length = Duration::from_secs_f64(period as f64 / f64::from(form.rate.max(1)));
    let (mut start, mut played) = (Instant::now(), 0);
    while !stop.is_raised() {
        edge.fill(&mut buffer, length);
        played += 1;
        let due = start + nanoseconds(played * period, form.rate);
        let now = Instant::now();
        if now > due + length {
            tell(News::Underrun);
            (start, played) = (now, 0);
        } else if due > now {
            let waited = crossbeam::channel::at(due).recv();
            debug_assert!(waited.is_ok(), "a timer always fires");
        }
    }
}

/// The exact time of so many frames, to the nanosecond.
fn nanoseconds(frames: u64, rate: u32) -> Duration {
    let exact = u128::from(frames) * 1_000_000_000 / u128::from(rate.max(1));
    Duration::from_nanos(exact as u64)
}
