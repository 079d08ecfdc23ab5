//! Drift: the light of the whole picture rises or falls all the time.

use super::find::keyed;
use super::levels::{Levels, Stretch, slope};
use super::{Find, Finder, Search, Sight};

/// Of the variance of the light, what a straight line must explain.
const EXPLAINED: f64 = 0.7;
/// Changes in stops that are leaps, and no drift.
const LEAP: f64 = 0.03;

pub(super) const FINDER: Finder = Finder {
    id: "drift",
    label: "Drift",
    help: "The light of the whole picture rises or falls all the time: the slope of its level by least squares, leaps left out.",
    unit: "stops a second",
    wrong: "Fades, dusk and dawn are taken for it.",
    proven: "Of 6 films each: 6 at 0.07, 0.1 and 0.2 stops a second.",
    repair: "gains",
    search: |limits| {
        let [stops, seconds] = ["stops", "seconds"].map(|name| limits.of("drift", name));
        Box::new(Drift { stops, seconds, levels: Levels::default() })
    },
};

struct Drift {
    stops: f64,
    seconds: f64,
    levels: Levels,
}

impl Search for Drift {
    fn see(&mut self, sight: &Sight<'_>) {
        self.levels.see(sight);
    }

    fn found(self: Box<Self>, rate: f64) -> Vec<Find> {
        let long = |stretch: &&Stretch| stretch.stops.len() as f64 >= self.seconds * rate;
        let found = |stretch: &Stretch| {
            let mut levels = vec![0.0];
            for change in stretch.calm(LEAP) {
                levels.push(levels[levels.len() - 1] + change);
            }
            let (rise, explained) = slope(&levels);
            let is_drift = (rise * rate).abs() > self.stops && explained > EXPLAINED;
            is_drift.then(|| of(stretch, rise, rate))
        };
        self.levels.0.iter().filter(long).filter_map(found).collect()
    }
}

/// The find, with what takes the drift away: no light is changed in the middle.
fn of(stretch: &Stretch, rise: f64, rate: f64) -> Find {
    let last = stretch.stops.len() as i64 - 1;
    let frames = stretch.start..stretch.start + last + 1;
    let half = 0.5 * last as f64 * rise;
    let ends = [(stretch.start, vec![half]), (stretch.start + last, vec![-half])];
    Find::new("drift", frames, rise * rate).mended("gains", &[("stops", keyed(ends))])
}
