//! Ends: the first or the last frames of a take have another light or colour than the rest.

use super::alike::{Change, Seen};
use super::find::keyed;
use super::levels::{Levels, Stretch, slope};
use super::{Find, Finder, Search, Sight, median};

/// Frames at an end that may be off.
const ENDS: usize = 8;
/// Those that they are made like, inwards from the last of them.
const REFERENCES: [usize; 5] = [1, 2, 3, 4, 6];
/// Frames after those that they are held against.
const REST: usize = 16;

pub(super) const FINDER: Finder = Finder {
    id: "ends",
    label: "First and last frames",
    help: "The first or the last frames of a take (at most eight) have another light or colour than the frames beside them.",
    unit: "stops",
    wrong: "A take that begins or ends in a fade is taken for it.",
    repair: "gains",
    search: |limits| {
        let [stops, codes] = ["stops", "codes"].map(|name| limits.of("ends", name));
        Box::new(Ends { stops, codes, levels: Levels::default(), seen: Seen::default() })
    },
};

struct Ends {
    stops: f64,
    codes: f64,
    levels: Levels,
    seen: Seen,
}

impl Search for Ends {
    fn see(&mut self, sight: &Sight<'_>) {
        self.levels.see(sight);
        self.seen.see(sight.frame, sight.image);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let long = |stretch: &&Stretch| stretch.stops.len() >= ENDS + REST;
        self.levels.0.iter().filter(long).flat_map(|it| [false, true].map(|last| self.at(it, last))).flatten().collect()
    }
}

impl Ends {
    fn at(&self, stretch: &Stretch, is_last: bool) -> Option<Find> {
        let count = stretch.stops.len();
        let inward = |nth: usize| if is_last { count - 1 - nth } else { nth };
        let of = |numbers: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let rest: Vec<f64> = (ENDS..ENDS + REST).map(|nth| numbers(inward(nth))).collect();
            let (rise, explained) = slope(&rest);
            let rise = if explained > 0.5 { rise } else { 0.0 };
            let (middle, at) = (median(rest), ENDS as f64 + 0.5 * (REST as f64 - 1.0));
            (0..ENDS).map(|nth| numbers(inward(nth)) - middle - rise * (nth as f64 - at)).collect()
        };
        let stops = of(&|at| stretch.stops[at]);
        let chroma = [0, 1].map(|side| of(&|at| stretch.chroma[at][side]));
        let is_off = |nth: &usize| {
            stops[*nth].abs() > self.stops || chroma.iter().any(|it| it[*nth].abs() > self.codes)
        };
        let far = (0..ENDS).take_while(is_off).count();
        if far == 0 || far == ENDS && (0..ENDS).all(|nth| (stops[nth] - stops[0]).abs() < 1e-9) {
            return None;
        }
        let most = stops[..far].iter().copied().fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
        let colour = chroma.iter().flat_map(|it| &it[..far]).copied().fold(0.0, |a: f64, b| a.max(b.abs()));
        let mut keys: Vec<usize> = (0..=far).collect();
        if is_last {
            keys.reverse();
        }
        let frame = |nth: usize| stretch.start + inward(nth) as i64;
        let inner = REFERENCES.map(|nth| frame(far + nth));
        let changes: Vec<Change> = (0..far).map(|nth| self.change(frame(nth), &inner)).collect();
        let keyed_by = |number: usize| {
            let change = |nth: usize| changes.get(nth).unwrap_or(&Change::NONE).values();
            keyed(keys.iter().map(|nth| (frame(*nth), change(*nth)[number].clone())))
        };
        let frames = if is_last { frame(far - 1)..frame(0) + 1 } else { frame(0)..frame(far - 1) + 1 };
        let find = Find { figures: vec![("colour_codes", colour)], ..Find::new("ends", frames, most) };
        Some(find.mended("gains", &[("gain", keyed_by(0)), ("shift", keyed_by(1))]))
    }

    /// What makes a frame as those that lie farther in: the middle of what they say.
    fn change(&self, frame: i64, inner: &[i64]) -> Change {
        let all = inner.iter().filter_map(|like| self.seen.change(frame, *like));
        Change::middle(&all.collect::<Vec<_>>())
    }
}
