//! Doubled: a frame that is there twice, out of any rhythm.

use super::same::Steps;
use super::{Find, Finder, Limits, Search, Sight};

pub(super) const FINDER: Finder = Finder {
    id: "doubled",
    label: "Doubled",
    help: "A frame that is shown again while everything else moves, out of any rhythm.",
    unit: "frames",
    wrong: "Drawn animation on twos that changes its rhythm is taken for it.",
    proven: "Of 6 films each, under a coder's noise: 6 of one and of two frames.",
    repair: "frames",
    search: |limits| Box::new(Doubled::of(limits)),
};

struct Doubled {
    share: f64,
    most: f64,
    frozen: f64,
    steps: Steps,
}

impl Doubled {
    fn of(limits: &Limits) -> Self {
        Self {
            share: limits.of("cadence", "share"),
            most: limits.of("doubled", "frames"),
            frozen: limits.of("frozen", "frames"),
            steps: Steps::default(),
        }
    }
}

impl Search for Doubled {
    fn see(&mut self, sight: &Sight<'_>) {
        self.steps.see(sight);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        if self.steps.rhythm(self.share).is_some() {
            return Vec::new();
        }
        let find = |(first, count): (usize, usize)| {
            let frame = self.steps.start() + first as i64;
            let is_short = count as f64 >= self.most && ((count + 1) as f64) < self.frozen;
            is_short.then(|| Find::new("doubled", frame..frame + count as i64, count as f64))
        };
        let finds = self.steps.runs().into_iter().filter_map(find);
        finds.map(|find| super::cadence::without(find.frames.clone().collect(), find)).collect()
    }
}
