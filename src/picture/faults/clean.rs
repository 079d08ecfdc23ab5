//! Too clean: a picture with no grain at all.

use super::{Find, Finder, Search, Sight, median};
use crate::measures::{Of, View, named};
use timeline_format::Param;

/// Frames that are looked at.
const FRAMES: usize = 5;

pub(super) const FINDER: Finder = Finder {
    id: "clean",
    label: "Too clean",
    help: "No grain: the deviation of the noise in the flattest quarter of the picture is below a third of a code.",
    unit: "codes",
    wrong: "Drawn pictures, titles and what was denoised on purpose are taken for it.",
    proven: "Of 6 films each: 6 of softened pictures with noise of 0.2, 0.1 and 0 codes.",
    repair: "grain_match",
    search: |limits| {
        Box::new(Clean { codes: limits.of("clean", "codes"), noise: Vec::new(), frames: 0..0 })
    },
};

struct Clean {
    codes: f64,
    noise: Vec<f64>,
    frames: std::ops::Range<i64>,
}

impl Search for Clean {
    fn see(&mut self, sight: &Sight<'_>) {
        if sight.nth == 0 {
            self.frames.start = sight.frame;
        }
        self.frames.end = sight.frame + 1;
        if let (true, Some(Of::Picture(noise))) = (sight.is_among(FRAMES), named("noise").map(|it| it.of)) {
            self.noise.push(noise(&View::of(sight.whole())));
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        let noise = median(self.noise);
        if noise >= self.codes || self.frames.is_empty() {
            return Vec::new();
        }
        vec![Find::new("clean", self.frames, noise).mended("grain_match", &[("amount", Param::number(1.0))])]
    }
}
