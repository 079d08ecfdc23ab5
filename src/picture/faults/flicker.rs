//! Flicker: the light of the whole picture trembles.

use super::find::keyed;
use super::levels::{Levels, Stretch, smooth};
use super::{Find, Finder, Search, Sight, median};

/// Frames over which trembling is judged.
const WINDOW: usize = 16;
/// From the median of normal numbers' sizes to their deviation.
const DEVIATION: f64 = 1.4826;
/// Frames to either side over which light is made steady.
const STEADY: usize = 8;

pub(super) const FINDER: Finder = Finder {
    id: "flicker",
    label: "Flicker",
    help: "The light of the whole picture trembles: the second difference of its level over \u{221a}6, its median size times 1.48, over sixteen frames. A pan has none, nor has a ramp or a single leap.",
    unit: "stops",
    wrong: "Lightning, a lamp that is meant to flicker and a crowd of camera flashes are taken for faults.",
    proven: "Of 6 films each: 6 at 1.5, 2 and 4 %.",
    repair: "gains",
    search: |limits| Box::new(Flicker { stops: limits.of("flicker", "stops"), levels: Levels::default() }),
};

struct Flicker {
    stops: f64,
    levels: Levels,
}

impl Search for Flicker {
    fn see(&mut self, sight: &Sight<'_>) {
        self.levels.see(sight);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        self.levels.0.iter().flat_map(|stretch| within(stretch, self.stops)).collect()
    }
}

fn within(stretch: &Stretch, limit: f64) -> Vec<Find> {
    let changes = stretch.changes();
    let seconds: Vec<f64> = changes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let trembling = |part: &[f64]| {
        DEVIATION * median(part.iter().map(|second| second.abs()).collect()) / 6.0_f64.sqrt()
    };
    let window = WINDOW.min(seconds.len());
    if window < 6 {
        return Vec::new();
    }
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, part) in seconds.windows(window).enumerate() {
        if trembling(part) > limit {
            match spans.last_mut() {
                Some((_, end)) if *end >= at => *end = at + window,
                _ => spans.push((at, at + window)),
            }
        }
    }
    let find = |(from, to): (usize, usize)| {
        let squares: f64 = seconds[from..to].iter().map(|second| second * second).sum();
        let score = (squares / (to - from) as f64 / 6.0).sqrt();
        let frames = stretch.start + from as i64..stretch.start + to as i64 + 2;
        Find::new("flicker", frames, score).mended("gains", &[("stops", steadied(stretch))])
    };
    spans.into_iter().map(find).collect()
}

/// What each frame is to be lighter by so that the light of a stretch moves smoothly.
fn steadied(stretch: &Stretch) -> timeline_format::Param {
    let steady = smooth(&stretch.stops, STEADY);
    let pairs = stretch.stops.iter().zip(steady).enumerate();
    keyed(pairs.map(|(nth, (level, steady))| {
        (stretch.start + nth as i64, vec![((steady - level) * 1e5).round() / 1e5])
    }))
}
