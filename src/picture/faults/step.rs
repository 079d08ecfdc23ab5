//! Steps: the light or the colour of the whole picture leaps, and stays where it leaps to.

use super::alike::{Change, Seen};
use super::find::keyed;
use super::levels::{Levels, Stretch};
use super::{Find, Finder, Search, Sight, median};

/// Frames to either side of a step over which it must last.
const LASTS: usize = 6;
/// Of the leap, what must last.
const PART: f64 = 0.7;
/// Frames that are held against each other: from the join on, and before it.
const PAIRS: [(i64, i64); 5] = [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1)];
/// Frames at the ends of a stretch that belong to another finder.
const ENDS: usize = 8;

pub(super) const FINDER: Finder = Finder {
    id: "step",
    label: "Join of batches",
    help: "The light or the colour of the whole picture leaps from one frame to the next and stays there: where a generator went on from what it had made.",
    unit: "stops",
    wrong: "A lamp that is switched on, and something large that comes into the picture at once, are taken for it.",
    proven: "Of 6 films each: 6 at 3, 6 and 10 % of light, and at 4, 6 and 10 codes of red.",
    repair: "gains",
    search: |limits| {
        let [stops, codes, times] = ["stops", "codes", "times"].map(|name| limits.of("step", name));
        Box::new(Steps { stops, codes, times, levels: Levels::default(), seen: Seen::default() })
    },
};

struct Steps {
    stops: f64,
    codes: f64,
    times: f64,
    levels: Levels,
    seen: Seen,
}

impl Search for Steps {
    fn see(&mut self, sight: &Sight<'_>) {
        self.levels.see(sight);
        self.seen.see(sight.frame, sight.image);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        self.levels.0.iter().flat_map(|stretch| self.within(stretch)).collect()
    }
}

impl Steps {
    fn within(&self, stretch: &Stretch) -> Vec<Find> {
        let count = stretch.stops.len();
        if count < 2 * ENDS {
            return Vec::new();
        }
        let colours = [0, 1].map(|side| stretch.chroma.iter().map(|it| it[side]).collect::<Vec<f64>>());
        let mut places = self.leaps(&stretch.stops, self.stops);
        for colour in &colours {
            places.extend(self.leaps(colour, self.codes));
        }
        places.sort_unstable();
        places.dedup();
        let find = |at: usize| {
            let stops = lasting(&stretch.stops, at);
            let [blue, red] = [0, 1].map(|side| lasting(&colours[side], at));
            let frame = stretch.start + at as i64;
            let figures = vec![("blue_codes", blue), ("red_codes", red)];
            let find = Find { figures, ..Find::new("step", frame..stretch.start + count as i64, stops) };
            find.mended("gains", &joined(frame, &self.change(frame)))
        };
        places.into_iter().map(find).collect()
    }

    /// What makes the frames from a join on as those before it: the middle of what pairs across it say.
    fn change(&self, join: i64) -> Change {
        let pairs = PAIRS.iter().filter_map(|(after, before)| self.seen.change(join + after, join - before));
        Change::middle(&pairs.collect::<Vec<_>>())
    }

    /// Where numbers leap by more than a limit, and by more than they do otherwise.
    fn leaps(&self, numbers: &[f64], limit: f64) -> Vec<usize> {
        let changes: Vec<f64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let usual = median(changes.iter().map(|change| change.abs()).collect());
        let inner = ENDS..numbers.len() + 1 - ENDS;
        let is_leap = |at: &usize| {
            let (leap, lasts) = (changes[*at - 1], lasting(numbers, *at));
            leap.abs() > limit.max(self.times * usual) && lasts / leap > PART
        };
        inner.filter(is_leap).collect()
    }
}

/// By how much numbers are higher from a place on than before it, over some to either side.
fn lasting(numbers: &[f64], at: usize) -> f64 {
    let part = |range: std::ops::Range<usize>| median(numbers[range].to_vec());
    part(at..(at + LASTS).min(numbers.len())) - part(at.saturating_sub(LASTS)..at)
}

/// What makes what comes after a join as what came before it: from there on, held.
fn joined(frame: i64, change: &Change) -> [(&'static str, timeline_format::Param); 2] {
    let ([gain, shift], [no_gain, no_shift]) = (change.values(), Change::NONE.values());
    let keys = |none: Vec<f64>, numbers: Vec<f64>| keyed([(frame - 1, none), (frame, numbers)]);
    [("gain", keys(no_gain, gain)), ("shift", keys(no_shift, shift))]
}
