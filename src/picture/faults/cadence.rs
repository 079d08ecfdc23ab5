//! Cadence: frames that are doubled in a rhythm, because the take was made at a lower rate.

use super::same::Steps;
use super::{Find, Finder, Remedy, Search, Sight};

pub(super) const FINDER: Finder = Finder {
    id: "cadence",
    label: "Cadence",
    help: "Frames that are doubled in a rhythm: every how many frames how many are new, as 2 in 3, which is 16 frames a second in 24.",
    unit: "of its frames are new",
    wrong: "Drawn animation on twos is taken for it; a rhythm that changes is not found.",
    proven: "Of 6 films each, under a coder's noise: 6 of 20, 16, 12 and 8 frames a second in 24.",
    repair: "frames",
    search: |limits| Box::new(Cadence { share: limits.of("cadence", "share"), steps: Steps::default() }),
};

struct Cadence {
    share: f64,
    steps: Steps,
}

impl Search for Cadence {
    fn see(&mut self, sight: &Sight<'_>) {
        self.steps.see(sight);
    }

    fn found(self: Box<Self>, rate: f64) -> Vec<Find> {
        let Some((period, new)) = self.steps.rhythm(self.share) else { return Vec::new() };
        let same = self.steps.same_in_rhythm();
        let frames = self.steps.start()..self.steps.start() + same.len() as i64;
        let part = new as f64 / period as f64;
        let doubles = (0..same.len()).filter(|at| same[*at]).map(|at| frames.start + at as i64);
        let figures = vec![("new", new as f64), ("in", period as f64), ("rate", rate * part)];
        let find = Find { figures, ..Find::new("cadence", frames.clone(), part) };
        vec![without(doubles.collect(), find)]
    }
}

/// A find whose remedy is to leave frames out.
pub(super) fn without(frames: Vec<i64>, find: Find) -> Find {
    Find { remedy: Some(Remedy::Without(frames)), ..find }
}
