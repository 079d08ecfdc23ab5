//! Ends: the first or the last frames of a take have another light or colour than the rest.

use super::alike::{Change, Seen};
use super::find::keyed;
use super::levels::{Levels, Stretch, slope};
use super::{Find, Finder, Search, Sight, median};

/// Frames at an end that may be off.
const ENDS: usize = 8;
/// Those that they are made like, inwards from the last of them.
const REFERENCES: [usize; 5] = [1, 2, 3, 4, 6];
/// Frames after those that are back where the rest is.
const BACK: usize = 2;
/// How many times farther off they are than the rest usually is.
const TIMES: f64 = 4.0;
/// Frames after those that they are held against.
const REST: usize = 16;

pub(super) const FINDER: Finder = Finder {
    id: "ends",
    label: "First and last frames",
    help: "The first or the last frames of a take (at most eight) have another light or colour than the frames beside them.",
    unit: "stops",
    wrong: "A take that begins or ends in a fade, or in a flash, is taken for it.",
    proven: "Of 6 films each: 6 at 4, 8 and 12 %.",
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
        let off = |numbers: &dyn Fn(usize) -> f64, limit: f64| off(&|nth| numbers(inward(nth)), limit);
        let (stops, is_light) = off(&|at| stretch.stops[at], self.stops);
        let colours = [0, 1].map(|side| off(&|at| stretch.chroma[at][side], self.codes));
        let chroma = [0, 1].map(|side| &colours[side].0);
        let is_off = |nth: &usize| is_light[*nth] || colours.iter().any(|it| it.1[*nth]);
        let far = (0..ENDS + BACK).take_while(is_off).count();
        if far == 0 || far > ENDS {
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

/// How far the frames from an end on are from where the rest goes, and which are farther than a limit and than the rest is.
fn off(numbers: &dyn Fn(usize) -> f64, limit: f64) -> (Vec<f64>, Vec<bool>) {
    let rest: Vec<f64> = (ENDS..ENDS + REST).map(numbers).collect();
    let (rise, explained) = slope(&rest);
    let rise = if explained > 0.5 { rise } else { 0.0 };
    let (middle, at) = (median(rest), ENDS as f64 + 0.5 * (REST as f64 - 1.0));
    let away: Vec<f64> =
        (0..ENDS + REST).map(|nth| numbers(nth) - middle - rise * (nth as f64 - at)).collect();
    let usual = 1.4826 * median(away[ENDS..].iter().map(|it| it.abs()).collect());
    let is_off = away.iter().map(|it| it.abs() > limit.max(TIMES * usual)).collect();
    (away, is_off)
}
