//! Things that happen by chance, so many a second.

use signal::chance::{mix, unit};

/// Something that happens once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Event {
    /// When, in samples.
    pub(crate) at: f64,
    /// What tells it from all others.
    pub(crate) chance: u64,
}

impl Event {
    /// One of its numbers, evenly spread from 0 to 1.
    pub(crate) const fn draw(&self, number: u64) -> f64 {
        unit(mix(self.chance ^ mix(number)))
    }

    /// One of its numbers between two others.
    pub(crate) fn between(&self, number: u64, low: f64, high: f64) -> f64 {
        low + (high - low) * self.draw(number)
    }
}

/// Independent events at a steady rate (a Poisson process). Where fewer are wanted, [`is_kept`](Self::is_kept)
/// thins them out: a moving rate takes away events and brings them back, and leaves the others alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Events {
    stream: u64,
    /// Events a second.
    most: f64,
    /// Samples in a cell of the grid on which they are drawn.
    cell: i64,
    /// The mean of a cell.
    mean: f64,
}

impl Events {
    /// At most `most` a second.
    pub(crate) fn new(seed: u64, most: f64, sample_rate: f64) -> Self {
        let cell = (4.0 / most * sample_rate).clamp(16.0, 60.0 * sample_rate).round();
        let mean = most * cell / sample_rate;
        Self { stream: mix(seed ^ 0xe4e7), most, cell: cell as i64, mean }
    }

    /// Those whose samples lie from `from` to before `to`, in cells in order.
    pub(crate) fn between(&self, from: i64, to: i64) -> impl Iterator<Item = Event> + use<> {
        let events = *self;
        let cells = from.div_euclid(events.cell)..=(to - 1).div_euclid(events.cell);
        cells.flat_map(move |cell| events.of_cell(cell)).filter(move |event| {
            let sample = event.at.floor() as i64;
            (from..to).contains(&sample)
        })
    }

    fn of_cell(self, cell: i64) -> impl Iterator<Item = Event> {
        let stream = mix(self.stream ^ mix(cell as u64));
        (0..count(self.mean, stream)).map(move |number| {
            let chance = mix(stream.wrapping_add(number + 1));
            let at = (cell as f64 + unit(mix(!chance))) * self.cell as f64;
            Event { at, chance }
        })
    }

    /// Whether an event is one of so many a second.
    pub(crate) fn is_kept(&self, event: &Event, rate: f64) -> bool {
        event.draw(0x51ee) * self.most < rate
    }
}

/// A Poisson number of the given mean.
fn count(mean: f64, stream: u64) -> u64 {
    let draw = unit(mix(!stream));
    let (mut number, mut part) = (0, (-mean).exp());
    let mut sum = part;
    while draw >= sum && number < 1000 {
        number += 1;
        part *= mean / number as f64;
        sum += part;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_come_as_often_as_asked_and_independently() {
        for rate in [0.02, 3.0, 2000.0] {
            let events = Events::new(5, rate, 48_000.0);
            let hour = 48_000 * (20_000.0 / rate) as i64;
            let counts: Vec<f64> = (0..100)
                .map(|n| events.between(n * hour / 100, (n + 1) * hour / 100).count() as f64)
                .collect();
            let mean = counts.iter().sum::<f64>() / 100.0;
            let spread = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 99.0;
            assert!((mean - 200.0).abs() < 5.0, "{rate}: {mean}");
            assert!((spread / mean - 1.0).abs() < 0.5, "{rate}: {spread}");
        }
    }

    #[test]
    fn thinning_keeps_what_fewer_kept() {
        let events = Events::new(5, 100.0, 48_000.0);
        let all: Vec<Event> = events.between(-480_000, 480_000).collect();
        let few = all.iter().filter(|event| events.is_kept(event, 20.0)).count();
        assert!(
            all.iter().all(|event| !events.is_kept(event, 20.0) || events.is_kept(event, 50.0))
        );
        assert!((few as f64 / all.len() as f64 - 0.2).abs() < 0.03);
    }
}
