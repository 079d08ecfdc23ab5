//! Range: blacks that are grey, or light that is cut off, because codes were taken for another range.

use super::{Find, Finder, Search, Sight};

/// Frames that are looked at.
const FRAMES: usize = 16;
/// Codes of a histogram, from this one on.
const FIRST: f32 = -32.0;
const BINS: usize = 340;
/// The part of all pixels that may lie beyond an end, and the part that is none.
const BEYOND: f64 = 0.0005;
const NONE: f64 = 1e-5;

pub(super) const FINDER: Finder = Finder {
    id: "range",
    label: "Range",
    help: "Codes taken for another range than they have: none lies below 16 or above 235, and the darkest not far from there, where 0 and 255 are black and white; or many lie beyond black and white.",
    unit: "codes",
    wrong: "A picture that truly begins at a dark grey between 16 and 24 is taken for it; one without darks, and one with a coder's noise around its blacks, is missed.",
    proven: "Of 4 films each: 4 of limited codes taken for full ones, and of full ones taken for limited ones, under a right matrix and a wrong one.",
    repair: "",
    search: |limits| {
        let [codes, percent] = ["codes", "percent"].map(|name| limits.of("range", name));
        Box::new(Range { codes, percent, bins: vec![0; BINS], frames: 0..0 })
    },
};

struct Range {
    codes: f64,
    percent: f64,
    bins: Vec<u64>,
    frames: std::ops::Range<i64>,
}

impl Search for Range {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if sight.is_among(FRAMES) {
            for code in sight.whole().codes() {
                self.bins[((code - FIRST).round().max(0.0) as usize).min(BINS - 1)] += 1;
            }
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let all: u64 = self.bins.iter().sum();
        let Some((low, high)) = self.ends(all) else { return Vec::new() };
        let code = |bin: usize| bin as f64 + f64::from(FIRST);
        let beyond = |is_it: &dyn Fn(f64) -> bool| {
            let many: u64 = (0..BINS).filter(|bin| is_it(code(*bin))).map(|bin| self.bins[bin]).sum();
            100.0 * many as f64 / all as f64
        };
        let outside = beyond(&|code| !(-3.0..=258.0).contains(&code));
        let is_within = beyond(&|code| !(16.0..=235.0).contains(&code)) <= 100.0 * NONE;
        let is_narrow = is_within && low <= 16.0 + self.codes;
        let figures = vec![("darkest", low), ("lightest", high), ("beyond_percent", outside)];
        let find = |score: f64| vec![Find { figures, ..Find::new("range", self.frames.clone(), score) }];
        match (is_narrow, outside > self.percent) {
            (true, _) => find(low),
            (_, true) => find(low.min(255.0 - high)),
            _ => Vec::new(),
        }
    }
}

impl Range {
    /// The darkest and the lightest code, but for a few pixels.
    fn ends(&self, all: u64) -> Option<(f64, f64)> {
        let few = (BEYOND * all as f64) as u64;
        let end = |mut bins: Box<dyn Iterator<Item = usize>>| {
            let mut sum = 0;
            bins.find(|bin| {
                sum += self.bins[*bin];
                sum > few
            })
        };
        let code = |bin: usize| bin as f64 + f64::from(FIRST);
        Some((code(end(Box::new(0..BINS))?), code(end(Box::new((0..BINS).rev()))?)))
    }
}
