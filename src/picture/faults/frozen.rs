//! Frozen: a picture that stands still for several frames.

use super::same::Steps;
use super::{Find, Finder, Search, Sight};

pub(super) const FINDER: Finder = Finder {
    id: "frozen",
    label: "Frozen",
    help: "The same picture for several frames, to a quarter of a code in each of 160 by 96 blocks, or to an eighth of what neighbours differ by.",
    unit: "frames",
    wrong: "A still, a title and a picture in which truly nothing moves are taken for it.",
    proven: "Of 6 films each, under a coder's noise: 6 of 4, 6 and 12 frames.",
    repair: "",
    search: |limits| Box::new(Frozen { frames: limits.of("frozen", "frames"), steps: Steps::default() }),
};

struct Frozen {
    frames: f64,
    steps: Steps,
}

impl Search for Frozen {
    fn see(&mut self, sight: &Sight<'_>) {
        self.steps.see(sight);
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let find = |(first, count): (usize, usize)| {
            let from = self.steps.start() + first as i64 - 1;
            let shown = count as i64 + 1;
            (shown as f64 >= self.frames).then(|| Find::new("frozen", from..from + shown, shown as f64))
        };
        self.steps.runs().into_iter().filter_map(find).collect()
    }
}
